package edgefunction

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// wantTiming says in Go what the function must make of an event with all its
// parts: the slow twin.
func wantTiming(e event, before []string) []string {
	_, response := valuesOf(e.response)
	_, request := valuesOf(e.request)
	_, cookies := valuesOf(e.cookies)
	if !ofPage(e) || !regexp.MustCompile(`^[A-Za-z0-9+/=_-]{1,128}$`).MatchString(e.id) {
		return before
	}
	objection := "0"
	if slices.Contains(request["sec-gpc"], "1") || slices.Contains(request["dnt"], "1") || slices.Contains(cookies["ds_off"], "1") {
		objection = "1"
	}
	metric := fmt.Sprintf(`ds;desc="1.%s.%d.%s.%s.%s.%s"`, e.id, second,
		harmless(first(request["sec-fetch-site"])), harmless(first(request["sec-fetch-dest"])), harmless(first(request["sec-purpose"])), objection)
	switch {
	case len(response["server-timing"]) > 1:
		return append(before, metric)
	case len(before) == 1:
		return []string{before[0] + ", " + metric}
	}
	return []string{metric}
}

// ofPage reports whether the event is of a page.
func ofPage(e event) bool {
	_, response := valuesOf(e.response)
	_, request := valuesOf(e.request)
	if e.status == 304 && len(response["content-type"]) == 0 {
		return strings.Contains(first(request["accept"]), "text/html")
	}
	return ofHTML(first(response["content-type"]))
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

func ofHTML(contentType string) bool {
	for _, media := range []string{"text/html", "application/xhtml+xml"} {
		if len(contentType) >= len(media) && strings.EqualFold(contentType[:len(media)], media) {
			rest := strings.TrimLeft(contentType[len(media):], " \t")
			return rest == "" || rest[0] == ';'
		}
	}
	return false
}

func harmless(v string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(v) {
		if ('a' <= r && r <= 'z' || strings.ContainsRune(";=-", r)) && b.Len() < 40 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// parseServerTiming reads the header by its grammar, strictly, and returns its
// metrics as they are written: www.w3.org/TR/server-timing/#the-server-timing-header-field.
func parseServerTiming(s string) (metrics []string, err error) {
	const (
		token  = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
		quoted = `"(?:[\t \x21\x23-\x5b\x5d-\x7e\x{80}-\x{10ffff}]|\\[\t \x21-\x7e\x{80}-\x{10ffff}])*"`
		param  = `[ \t]*;[ \t]*` + token + `[ \t]*=[ \t]*(?:` + token + `|` + quoted + `)`
	)
	metric := regexp.MustCompile(`^(` + token + `(?:` + param + `)*)[ \t]*(?:,|$)`)
	for {
		if s = strings.TrimLeft(s, " \t,"); s == "" { // a list may have empty elements: www.rfc-editor.org/rfc/rfc9110.html#name-lists
			return metrics, nil
		}
		m := metric.FindStringSubmatch(s)
		if m == nil {
			return nil, fmt.Errorf("no metric: %q", s)
		}
		metrics = append(metrics, m[1])
		s = s[len(m[0]):]
	}
}
