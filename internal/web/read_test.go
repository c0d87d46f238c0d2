package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
)

// readRequest is a hit's request, changed into a word on how the page was read.
func readRequest(change url.Values) url.Values {
	all := url.Values{"n": {"-"}, "r": {"-"}, "a": {"60"}, "e": {"42"}, "y": {"80"}, "w": {"400"}}
	for name, v := range change {
		all[name] = v
	}
	return all
}

func (w *world) read(change url.Values) (status int, reason string) {
	r := hitRequest(readRequest(change))
	r.URL.Path = "/_ds/read"
	answer := w.do(r)
	if refused := answer.Header.Get("X-DS-Refused"); refused != "" {
		return answer.StatusCode, refused
	}
	return answer.StatusCode, answer.Header.Get("X-DS-Note")
}

// TestRead: what becomes of a word on how a page was read.
func TestRead(t *testing.T) {
	byRequest, byView := record.NewID(siteName, requestID), record.ViewID(siteName, viewID)
	for _, tt := range []struct {
		name   string
		change url.Values
		doors  string
		status int
		reason string
		id     record.ID
		want   reading.Reading
	}{
		{"as usual", nil, "", 204, "", byRequest, reading.Reading{Known: true, Seconds: 42, Depth: 80, Words: 400}},
		{"more than half an hour", url.Values{"e": {"99999"}}, "", 204, "", byRequest, reading.Reading{Known: true, Seconds: 1800, Depth: 80, Words: 400}},
		{"more words than there are", url.Values{"w": {"1000000"}}, "", 204, "", byRequest, reading.Reading{Known: true, Seconds: 42, Depth: 80, Words: 65535}},
		{"no words", url.Values{"w": {"x"}}, "", 204, "", byRequest, reading.Reading{Known: true, Seconds: 42, Depth: 80}},
		{"not a second", url.Values{"e": {"0"}, "y": {"0"}}, "", 204, "", byRequest, reading.Reading{Known: true, Words: 400}},
		{"only the script counts", url.Values{"h": {"-"}}, "beacon", 204, "", byView, reading.Reading{Known: true, Seconds: 42, Depth: 80, Words: 400}},

		{"no hint, logs count", url.Values{"h": {"-"}}, "", 204, "no_hint", record.ID{}, reading.Reading{}},
		{"in the future", url.Values{"h": {hint(noon.Add(time.Hour), "none")}}, "", 204, "hint_time", record.ID{}, reading.Reading{}},
		{"nothing", url.Values{"e": {"-"}}, "", 204, "nothing", record.ID{}, reading.Reading{}},
		{"who objects", url.Values{"o": {"1"}}, "", 204, "objects", record.ID{}, reading.Reading{}},
		{"negative", url.Values{"e": {"-1"}}, "", 400, "reading", record.ID{}, reading.Reading{}},
		{"no number", url.Values{"e": {"long"}}, "", 400, "reading", record.ID{}, reading.Reading{}},
		{"deeper than the page", url.Values{"y": {"101"}}, "", 400, "reading", record.ID{}, reading.Reading{}},
		{"deeper than a byte", url.Values{"y": {"256"}}, "", 400, "reading", record.ID{}, reading.Reading{}},
		{"an age of a day", url.Values{"a": {"86400"}}, "", 400, "age", record.ID{}, reading.Reading{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.doors != "" {
				w = newWorld(t, tt.doors)
			}
			status, reason := w.read(tt.change)
			assert.Equal(t, tt.status, status)
			assert.Equal(t, tt.reason, reason)
			kept := w.kept()
			if tt.id == (record.ID{}) {
				assert.Empty(t, kept)
				return
			}
			require.Contains(t, kept, tt.id)
			s := kept[tt.id].Seen(record.Read)
			assert.Equal(t, &record.Sighting{ID: tt.id, Door: record.Read, Time: s.Time, Page: "/artikel/moor", Rules: darksocial.Version(), Reading: tt.want}, s)
		})
	}
}

// TestReadAgain: ten thousand words on one page view are one reading, and no more
// page views than there were.
func TestReadAgain(t *testing.T) {
	w := newWorld(t)
	require.Equal(t, 204, w.do(hitRequest(nil)).StatusCode)
	for i := range 10_000 {
		status, _ := w.read(url.Values{"e": {fmt.Sprint(i % 100)}, "y": {fmt.Sprint(i % 101)}})
		require.Equal(t, 204, status)
	}
	kept := w.kept()
	require.Len(t, kept, 1)
	visit := kept[record.NewID(siteName, requestID)].Visit()
	assert.Equal(t, reading.Reading{Known: true, Seconds: 99, Depth: 100, Words: 400}, visit.Reading)
	assert.Equal(t, "/artikel/moor", visit.Page)
}

// TestArticle: what a page says of itself is text, bounded, and nothing else.
func TestArticle(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change url.Values
		want   darksocial.Article
	}{
		{"as usual", url.Values{"t": {"Moor in Flammen"}, "s": {"Lokales"}, "b": {"A. Beispiel"}, "z": {"2026-11-20T08:30:00+01:00"}, "k": {"/moor/"}, "w": {"512"}},
			darksocial.Article{Title: "Moor in Flammen", Topic: "Lokales", Author: "A. Beispiel", Published: "2026-11-20T07:30:00Z", Canonical: "/moor", Words: 512}},
		{"a day", url.Values{"t": {"T"}, "z": {"2026-11-20"}}, darksocial.Article{Title: "T", Published: "2026-11-20"}},
		{"HTML is text", url.Values{"t": {"<script>alert(1)</script> & <b>"}}, darksocial.Article{Title: "<script>alert(1)</script> & <b>"}},
		{"on several lines, with what cannot be seen", url.Values{"t": {" Moor\r\n\tin\u202e Flammen\x00\u200b "}}, darksocial.Article{Title: "Moor in Flammen"}},
		{"long", url.Values{"t": {strings.Repeat("ä", 300)}, "s": {strings.Repeat("s", 100)}, "b": {strings.Repeat("b", 200)}},
			darksocial.Article{Title: strings.Repeat("ä", 100), Topic: strings.Repeat("s", 60), Author: strings.Repeat("b", 100)}},
		{"a date that is none", url.Values{"t": {"T"}, "z": {"yesterday"}}, darksocial.Article{Title: "T"}},
		{"another site's name for the page", url.Values{"t": {"T"}, "k": {"https://evil.example/"}}, darksocial.Article{Title: "T"}},
		{"the name it has", url.Values{"t": {"T"}, "k": {"/artikel/moor/index.html"}}, darksocial.Article{Title: "T"}},
		{"words alone are no article", url.Values{"w": {"512"}}, darksocial.Article{}},
	} {
		w := newWorld(t)
		require.Equal(t, 204, w.do(hitRequest(tt.change)).StatusCode, tt.name)
		assert.Equal(t, tt.want, w.kept()[record.NewID(siteName, requestID)].Seen(record.Beacon).Article, tt.name)
	}
	w := newWorld(t)
	answer := w.do(hitRequest(url.Values{"t": {strings.Repeat("x", 1<<20)}}))
	assert.Equal(t, 414, answer.StatusCode, "a title of a megabyte")
	assert.Equal(t, "length", answer.Header.Get("X-DS-Refused"))
}
