package darksocial

import (
	"fmt"
	"strings"
)

// Explanation is a label in words, for the person whose visit it was or who
// wonders about a row of a table.
type Explanation struct {
	Verdict string   // one sentence: what it was and where it came from
	Sure    string   // how sure that is
	Before  string   // what a tool that reads only Referer and utm would say; empty if that cannot be said
	Why     []Reason // the evidence, strongest first
	Unknown []string // what the request cannot tell
}

// Reason is one rule of the evidence in words.
type Reason struct {
	Rule   string // its id
	Says   string // what was found and what it means
	Source string // where it can be read that it means that; may be empty
}

// Explain puts a label, and the facts it was made of, into words.
func Explain(f *Facts, l *Label) Explanation {
	e := Explanation{Verdict: verdict(l), Sure: sureness[l.Confidence]}
	if l.Kind == KindVisit || l.Kind == KindPrefetch {
		switch l.ByReferrer {
		case ChannelNone:
		case Direct:
			e.Before = "direct: there was no Referer and no campaign tag"
		default:
			e.Before = channelWords[l.ByReferrer]
		}
	} else {
		e.Sure = ""
	}
	for i := range l.Evidence.Len() {
		r := &rules[l.Evidence.At(i)]
		e.Why = append(e.Why, Reason{Rule: r.ID, Says: r.Words(), Source: r.Cited()})
	}
	e.Unknown = unknowns(f, l)
	return e
}

func verdict(l *Label) string {
	from := Title(l.Source)
	switch l.Kind {
	case KindOther:
		return "This is no page navigation, so it is no visit."
	case KindBot:
		return "A program asked, not a person."
	case KindInternal:
		if l.Evidence.Has(reloaded) || l.Evidence.Has(wentBack) {
			return "The page had been on this screen before: a page view, not an arrival."
		}
		return "This is a click inside the site, not an arrival."
	case KindPreview:
		if l.Source == "" {
			return "A program read the page to draw a preview of a link: somebody is sharing it. It is no visit."
		}
		return "A preview of the link was drawn for " + from + ": somebody is sharing it there. It is no visit."
	}
	what := "A person opened the page"
	if l.Kind == KindPrefetch {
		what = "A browser fetched the page ahead of a click that may never come"
	}
	if l.Surface == InApp {
		what += " inside an app"
	}
	switch {
	case l.Channel == Direct && l.DirectKind == TypedOrApp:
		return what + ". No web page led here: it was typed, bookmarked, or opened from another app."
	case l.Channel == Direct && l.DirectKind == HiddenWeb:
		return what + ". Another web page led here and hid its address."
	case l.Channel == Direct:
		return what + ". Nothing says where the link was."
	case from == "":
		from = channelWords[l.Channel]
	default:
		from += " (" + channelWords[l.Channel] + ")"
	}
	return what + ". It came from " + from + visibilityWords(l) + "."
}

// visibilityWords says whom the share was for, where there was one: a search or
// a link on a site is none.
func visibilityWords(l *Label) string {
	switch l.Channel {
	case DarkSocial, Social, Email:
	case Campaign:
		if l.Visibility == Public {
			return ", a post or mail of the site's own, for all its readers"
		}
		return ""
	default:
		return ""
	}
	switch {
	case l.Visibility == VisibilityUnknown:
		return "; whether the share was private or public, nothing here tells"
	case l.Evidence.Has(assumed):
		return "; the share is assumed to be " + l.Visibility.String() + ", as most in this source are"
	}
	return "; the share was " + l.Visibility.String()
}

var channelWords = [...]string{
	DarkSocial: "dark social", Social: "a social network", Email: "e-mail", Search: "search", AI: "an AI assistant", Paid: "a paid link",
	Campaign: "a tagged campaign link", Referral: "a link on another site", Direct: "direct",
}

var sureness = [...]string{
	ConfidenceUnknown: "unknown: there is nothing to be sure of",
	Possible:          "possible: one hint, which others may share",
	Likely:            "likely: the shape or the habit of this source",
	Strong:            "strong: a header names the source",
	Certain:           "certain, for an honest client: only this app writes that name",
}

// Words says what a rule looks for and what it means, in one phrase.
func (r *Rule) Words() string {
	from := r.Source
	if from != "" {
		from = Title(from)
	}
	switch r.Signal {
	case SignalNotPage:
		return "not a page: " + r.Token
	case SignalFetcher:
		if from == "" {
			from = "some app"
		}
		return fmt.Sprintf("the User-Agent has %q: the preview fetcher of %s", strings.Trim(r.Token, "^*$"), from)
	case SignalBot:
		if r.Cite == "" {
			return "the User-Agent is a program's: " + r.Token
		}
		return fmt.Sprintf("a program's mark: %q", strings.Trim(r.Token, "^*$"))
	case SignalPrefetch:
		return "the browser asked ahead of a click (Sec-Purpose)"
	case SignalInternal:
		return "inside the site: " + r.Token
	case SignalShareCode, SignalShared:
		return "the link carries a share code: " + r.Token
	case SignalPaid:
		return fmt.Sprintf("the link carries %q: a paid click", r.Token)
	case SignalOwnChannel:
		return "the site lists the link's utm values as its own post"
	case SignalCampaign:
		return fmt.Sprintf("the link is tagged: %q", r.Token)
	case SignalReferer:
		return "the Referer is " + r.Token
	case SignalAppReferer:
		return "the Referer names the app " + r.Token
	case SignalRequestedWith:
		return "X-Requested-With names the app " + r.Token
	case SignalUserAgent:
		return fmt.Sprintf("the User-Agent has %q: %s's own browser", strings.Trim(r.Token, "^*$"), from)
	case SignalSoftClick:
		return fmt.Sprintf("the link carries %q: it has been on %s, which says nothing of public or private", r.Token, from)
	case SignalShape:
		if from == "" {
			return fmt.Sprintf("a web view that names no app: %s", r.Token)
		}
		return fmt.Sprintf("the shape of %s's web view: %s", from, r.Token)
	case SignalFetchSite:
		return "Sec-Fetch-Site: " + r.Token
	}
	return r.Token
}

// unknowns lists what this request leaves open.
func unknowns(f *Facts, l *Label) []string {
	var list []string
	if l.Kind == KindPreview {
		return []string{"who shares the link, with whom, and whether it is sent at all"}
	}
	if l.Kind != KindVisit && l.Kind != KindPrefetch {
		return nil
	}
	if !f.Sees.Has(SeesReferer) {
		list = append(list, "whether there was a Referer: this door does not see it")
	}
	if !f.Sees.Has(SeesUserAgent) {
		list = append(list, "which app or browser it was: this door does not see the User-Agent")
	}
	if !f.Sees.Has(SeesHeaders) {
		list = append(list, "what the browser said in Sec-Fetch-Site and X-Requested-With: this door does not see them")
	}
	switch {
	case l.Channel == Direct:
		list = append(list, "whether somebody shared the link: iMessage, Signal, SMS, most mail apps and many messengers open it without a trace")
	case l.Source == "google_app":
		list = append(list, "whether it was a search or Discover")
	case l.Visibility == VisibilityUnknown && (l.Channel == Social || l.Channel == DarkSocial):
		list = append(list, "whether the link was in a feed or in a message")
	case l.Evidence.Has(assumed) && l.Visibility == Private:
		list = append(list, "whether it was a message or a channel, status or story for many")
	}
	return list
}
