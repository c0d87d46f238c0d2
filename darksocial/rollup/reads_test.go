package rollup

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
)

// read is a word on how a page view was read.
func read(id int, page string, seconds uint16, depth uint8) record.Sighting {
	return record.Sighting{ID: record.NewID("example.com", fmt.Sprint(id)), Door: record.Read, Time: noon, Page: page, Rules: "rules1",
		Reading: reading.Reading{Known: true, Seconds: seconds, Depth: depth, Words: 400}}
}

func number(n int64) *int64 { return &n }

// TestReads: how arrivals were read is known where the script told, and null where
// it did not.
func TestReads(t *testing.T) {
	records := numbered(view{referer: whatsApp}, view{referer: whatsApp}, view{referer: whatsApp}, view{referer: reddit, query: "utm_source=a"}, view{page: "/b"})
	for _, word := range []record.Sighting{
		read(0, "/a", 70, 90), read(0, "/a", 60, 95), // the same reader, told twice
		read(1, "/a", 9, 100), // has scrolled to the end, and not read
		read(3, "/a", 300, 50),
		read(4, "/other", 300, 100), // of another page than was opened: made up
	} {
		for _, r := range records {
			if r.ID == word.ID {
				r.Add(&word)
			}
		}
	}
	var alone record.Record // of a page view that nobody saw
	word := read(9, "/a", 300, 100)
	alone.Add(&word)
	sums := foldAll(t, append(records, &alone)...)

	messenger := arrival("/a", "dark_social", "whatsapp", "private", "likely", "", "social", 3)
	messenger.Measured, messenger.Readers, messenger.EngagedSeconds, messenger.Under10s, messenger.From60s = 2, number(1), number(79), 1, 1
	network := arrival("/a", "campaign", "a", "unknown", "strong", "", "campaign", 1)
	got := rows[Arrival](t, sums, DefaultOptions, "arrivals")
	assert.Contains(t, got, messenger)
	for _, row := range got {
		if row.Channel == network.Channel {
			assert.Equal(t, []any{int64(1), number(1), number(300), int64(1)}, []any{row.Measured, row.Readers, row.EngagedSeconds, row.From300s})
		}
		if row.Page == "/b" {
			assert.Equal(t, []any{int64(0), (*int64)(nil), (*int64)(nil)}, []any{row.Measured, row.Readers, row.EngagedSeconds})
		}
	}
	pages := rows[Page](t, sums, DefaultOptions, "pages")
	assert.Equal(t, Page{Page: "/a", Arrivals: 4, PrivateArrivals: 3, Measured: 3, Readers: number(2), EngagedSeconds: number(379), Under10s: 1, From60s: 1, From300s: 1, PassedOn: new(float64)}, pages[0])
	campaign := rows[Campaign](t, sums, DefaultOptions, "campaigns")[0]
	assert.Equal(t, []any{int64(1), number(1), number(300), int64(1)}, []any{campaign.Measured, campaign.Readers, campaign.EngagedSeconds, campaign.From300s})

	outcomes := map[string]int64{}
	for _, row := range rows[Quality](t, sums, DefaultOptions, "quality") {
		if row.Door == "read" {
			outcomes[row.Outcome+" "+row.Reason] += row.Records
		}
	}
	assert.Equal(t, map[string]int64{"labelled visit": 3, "failed mismatch": 1, "filtered no_view": 1}, outcomes)
}

// TestArticles: what an article says of itself is what most of its views say, of at
// least three; of equally many the smallest. No visitor renames it.
func TestArticles(t *testing.T) {
	said := func(id int, page string, a darksocial.Article) *record.Record {
		s := view{id: id, page: page, door: record.Beacon}.sighting()
		s.Article = a
		var r record.Record
		for range 100 { // sent again and again it is one view's word
			r.Add(&s)
		}
		return &r
	}
	moor := darksocial.Article{Title: "Moor in Flammen", Topic: "Lokales", Author: "A. Beispiel", Published: "2026-11-20", Canonical: "/moor", Words: 512}
	records := []*record.Record{
		said(0, "/a", moor), said(1, "/a", moor), said(2, "/a", moor),
		said(3, "/a", darksocial.Article{Title: "Aardvark wins"}), said(4, "/a", darksocial.Article{Title: "Aardvark wins"}),
		said(5, "/few", moor), said(6, "/few", moor),
		said(10, "/sport/1", darksocial.Article{Title: "B"}), said(11, "/sport/1", darksocial.Article{Title: "B"}), said(12, "/sport/1", darksocial.Article{Title: "B"}),
		said(13, "/sport/1", darksocial.Article{Title: "A"}), said(14, "/sport/1", darksocial.Article{Title: "A"}), said(15, "/sport/1", darksocial.Article{Title: "A"}),
	}
	objecting := said(20, "/a", darksocial.Article{Title: "by who objects"})
	objecting.Seen(record.Beacon).Facts.Objection = darksocial.Yes
	sums := foldAll(t, append(records, objecting)...)
	facts := func(o Options) map[string]string {
		m := map[string]string{}
		for _, p := range rows[Page](t, sums, o, "pages") {
			words := int64(0)
			if p.Words != nil {
				words = *p.Words
			}
			m[p.Page] = fmt.Sprintf("%s|%s|%s|%s|%s|%d", p.Title, p.Topic, p.Author, p.Published, p.Canonical, words)
		}
		return m
	}
	assert.Equal(t, map[string]string{
		"/a": "Moor in Flammen|Lokales|A. Beispiel|2026-11-20|/moor|512", "/few": "|||||0", "/sport/1": "A|Sport||||0", "(objected)": "|||||0",
	}, facts(DefaultOptions))
	assert.Equal(t, map[string]string{"/sport/1": "A|Sport||||0", "(other)": "|||||0"}, facts(Options{Pages: 1}), "the largest page, and the rest")
}
