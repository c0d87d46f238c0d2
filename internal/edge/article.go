package edge

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
)

// Bounds of what a page says of itself, in bytes.
const (
	maxTitle  = 200
	maxTopic  = 60
	maxAuthor = 100
)

// readReading reads how a page was read: engaged seconds, percent of the text, words
// of the text. Times are the browser's own count, bounded: what is more than half an
// hour is half an hour.
func readReading(q url.Values) (reading.Reading, bool) {
	if q.Get("e") == "" {
		return reading.Reading{}, true
	}
	seconds, err := strconv.ParseUint(q.Get("e"), 10, 32)
	if err != nil {
		return reading.Reading{}, false
	}
	depth, err := strconv.ParseUint(q.Get("y"), 10, 8)
	if err != nil || depth > reading.MaxDepth {
		return reading.Reading{}, false
	}
	return reading.Reading{Known: true, Seconds: uint16(min(seconds, reading.MaxSeconds)), Depth: uint8(depth), Words: words(q)}, true
}

// words is the number of words of the page's text, or 0.
func words(q url.Values) uint16 {
	n, err := strconv.ParseUint(q.Get("w"), 10, 32)
	if err != nil {
		return 0
	}
	return uint16(min(n, 1<<16-1))
}

// readArticle reads what the page says of itself. What cannot be read is left out.
func readArticle(q url.Values) darksocial.Article {
	a := darksocial.Article{
		Title: line(q.Get("t"), maxTitle), Topic: line(q.Get("s"), maxTopic), Author: line(q.Get("b"), maxAuthor),
		Published: published(q.Get("z")), Canonical: q.Get("k"),
	}
	if len(a.Canonical) > maxPagePath || !strings.HasPrefix(a.Canonical, "/") || hasControl(a.Canonical) {
		a.Canonical = ""
	}
	if a != (darksocial.Article{}) {
		a.Words = words(q)
	}
	return a
}

// line is text on one line, without what cannot be shown, cut at a length. A page may
// be made for one person, "Inbox of me@example.com": a mail address becomes "*".
func line(s string, most int) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s))
	for i, word := range words {
		if hasMailAddress(word) {
			words[i] = "*"
		}
	}
	s = strings.Join(words, " ")
	for len(s) > most {
		_, last := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-last]
	}
	return strings.TrimSpace(s)
}

// hasMailAddress reports whether an "@" stands in the midst of a word. One before it
// is a name in some network: "(@name)".
func hasMailAddress(word string) bool {
	inName := func(c byte) bool {
		return isLetter(c) || '0' <= c && c <= '9' || c >= utf8.RuneSelf || strings.IndexByte("._-+", c) >= 0
	}
	for i := 1; i < len(word)-1; i++ {
		if word[i] == '@' && inName(word[i-1]) && inName(word[i+1]) {
			return true
		}
	}
	return false
}

// published reads a date of publication as pages write it: a day, or a moment, which
// is put into UTC.
func published(s string) string {
	if len(s) > 40 {
		return ""
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day.Format(time.DateOnly)
	}
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return ""
}
