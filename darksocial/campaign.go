package darksocial

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readTags finds what the link's own parameters say: paid first, then the site's
// own channels, then any other campaign.
func (c *Classifier) readTags(f *Facts, link *tags) {
	f.found(link.paid)
	if !link.tagged() {
		f.found(link.mail)
		return
	}
	f.Campaign = TagValues{impersonal(link.source), impersonal(link.medium), impersonal(link.campaign)}
	var buf [maxTag]byte
	var source, medium, campaign RuleID
	if link.source != "" {
		value := foldTag(&buf, link.source)
		source = tables.utmSources.find(value)
		if name, assistant := tagSource(value, link.source); name != "" {
			f.Tagged = name
			if assistant {
				source = assistantTag
			}
		}
	}
	if link.medium != "" {
		medium = tables.utmMediums.find(foldTag(&buf, link.medium))
	}
	if link.campaign != "" {
		campaign = tables.utmCampaigns.find(foldTag(&buf, link.campaign))
	}
	tagRules := [...]RuleID{medium, source, campaign}
	for _, id := range tagRules {
		if id != 0 && rules[id].Signal == SignalPaid {
			f.found(id)
		}
	}
	if own, ok := c.site.ownChannel(link); ok {
		f.found(ownChannel)
		f.Tagged = own.Source
	}
	f.found(link.mail)
	if source == assistantTag {
		f.found(source)
	}
	for _, id := range tagRules {
		if id != 0 && rules[id].Signal == SignalCampaign {
			f.found(id)
		}
	}
}

// tagAliases are short forms people write into utm_source.
var tagAliases = map[string]string{
	"fb": "facebook", "ig": "instagram", "insta": "instagram", "tw": "x", "twitter": "x", "li": "linkedin", "yt": "youtube",
	"wa": "whatsapp", "tg": "telegram", "msteams": "teams", "openai": "chatgpt", "pplx": "perplexity", "googleads": "google",
	"adwords": "google",
}

// tagSource names the source a utm_source value means: one of ours or an alias,
// by the value folded with foldTag, or a host or address the tables know, by the
// value as it is. Assistants tag the links they give by themselves, so such a
// tag names the assistant and is nobody's campaign.
func tagSource(folded []byte, value string) (name string, assistant bool) {
	if alias, ok := tagAliases[string(folded)]; ok {
		return alias, sources[alias].channel == AI
	}
	if name, ok := tables.sourceNames[string(folded)]; ok {
		return name, sources[name].channel == AI
	}
	at := readReferer(unescape(value))
	if at.kind != originWeb {
		return "", false
	}
	id, ok := tables.hosts.find(at.host, at.path)
	if !ok {
		return "", false
	}
	return rules[id].Source, rules[id].Channel == AI
}

// utmTable compares folded values with the rows of one parameter, in their order.
type utmTable struct {
	exact map[string]RuleID
	loose []looseTag
	rest  RuleID // the row "*"
}

type looseTag struct {
	prefix, suffix string
	id             RuleID
}

func (t *utmTable) add(value string, id RuleID) {
	switch {
	case value == "*":
		t.rest = id
	case strings.HasPrefix(value, "*"):
		t.loose = append(t.loose, looseTag{suffix: value[1:], id: id})
	case strings.HasSuffix(value, "*"):
		t.loose = append(t.loose, looseTag{prefix: value[:len(value)-1], id: id})
	default:
		t.exact[value] = id
	}
}

func (t *utmTable) find(value []byte) RuleID {
	if id, ok := t.exact[string(value)]; ok {
		return id
	}
	for _, l := range t.loose {
		if len(value) >= len(l.prefix)+len(l.suffix) && string(value[:len(l.prefix)]) == l.prefix && string(value[len(value)-len(l.suffix):]) == l.suffix {
			return l.id
		}
	}
	return t.rest
}

// bounded is a value of at most maxTag bytes. One with an "@" that is longer is none
// at all: cut before its "@" it would look like anything else.
func bounded(value string) string {
	switch {
	case len(value) <= maxTag:
		return value
	case impersonal(value) == left:
		return left
	}
	return value[:maxTag]
}

// impersonal is a value that may be stored: one with an "@", however often and in
// whatever pieces it was escaped, is somebody's address and becomes "*". So does one
// that is escaped over and over: that is nobody's campaign.
func impersonal(value string) string {
	text := value
	for range 20 {
		if strings.Contains(text, "@") {
			return left
		}
		next := unescape(text)
		if next == text {
			return value
		}
		text = next
	}
	return left
}

// Text gives the values as people wrote them: unescaped, with nothing in them that
// cannot be shown.
func (t TagValues) Text() TagValues {
	return TagValues{tagText(t.Source), tagText(t.Medium), tagText(t.Name)}
}

func tagText(value string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, unescape(strings.ReplaceAll(value, "+", " "))))
}
