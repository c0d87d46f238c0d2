package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf16"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

// meCase is a visit as `darksocial explain` and `classify` read it: ndjson of
// internal/edge. What is empty was not sent.
type meCase struct {
	URL       string            `json:"url"`
	Referer   string            `json:"referer"`
	UserAgent string            `json:"user_agent"`
	Headers   map[string]string `json:"headers"`
}

// testCase writes a visit as one line that anybody may read: it gets the same label,
// and names nobody. Of the page's address it has what the label was made of, and of
// the Referer's query, which no rule reads, that there was one.
func testCase(h http.Header, visit *darksocial.Visit, facts *darksocial.Facts) (string, error) {
	line := meCase{
		URL:       "https://" + visit.Host + visit.Path + readParameters(facts),
		Referer:   visit.Referer,
		UserAgent: visit.UserAgent,
		Headers:   map[string]string{},
	}
	if at := strings.IndexByte(visit.Referer, '?'); at >= 0 {
		line.Referer = visit.Referer[:at+1]
	}
	for _, name := range edge.HeaderNames {
		if name == "User-Agent" || name == "Referer" {
			continue
		}
		if value := edge.HeaderValue(h, name); value != "" {
			line.Headers[strings.ToLower(name)] = value
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // people read it; the page escapes it itself
	if err := enc.Encode(line); err != nil {
		return "", err
	}
	return escapeUnseen(strings.TrimSuffix(out.String(), "\n")), nil
}

// escapeUnseen writes what cannot be seen in a line of JSON as escapes: the line is to
// be looked through before it is published, and to survive being copied.
func escapeUnseen(line string) string {
	var out strings.Builder
	for _, r := range line {
		if unicode.IsPrint(r) {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.String()
}

// readParameters is the query the label was made of: the campaign's tags, and of
// click ids the name. The id itself is that of one person's click.
func readParameters(facts *darksocial.Facts) string {
	var query []string
	tags, text := facts.Campaign, facts.Campaign.Text()
	for _, p := range [...]struct{ name, value, text string }{
		{"utm_source", tags.Source, text.Source},
		{"utm_medium", tags.Medium, text.Medium},
		{"utm_campaign", tags.Name, text.Name},
	} {
		switch {
		case p.value == "":
		case p.text == "*": // it may have been somebody's address
			query = append(query, p.name+"=*")
		default:
			query = append(query, p.name+"="+p.value)
		}
	}
	for i := range facts.Evidence.Len() {
		if r := darksocial.RuleOf(facts.Evidence.At(i)); strings.HasPrefix(r.ID, "click.") {
			query = append(query, r.Token+"=x")
		}
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + strings.Join(query, "&")
}
