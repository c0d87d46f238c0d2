package record

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/share"
)

var classifier = darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// someSighting is one of the few page views there are in these tests, as a door
// may see it: few, so that many sightings meet in one record.
func someSighting(r *rand.Rand) Sighting {
	view, door := r.IntN(6), pick(r, Log, Realtime, Route, Beacon)
	v := darksocial.Visit{
		Host: "www.example.com", Path: fmt.Sprintf("/a/%d", view),
		Query:     pick(r, "", "", "utm_source=whatsapp&utm_medium=social", "fbclid=x", "gclid=1"),
		Referer:   pick(r, "", "", "https://l.facebook.com/", "https://blog.neighbour.example/", "android-app://com.slack/"),
		UserAgent: pick(r, "WhatsApp/2.25.33.70 A", "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.6668.100 Mobile Safari/537.36", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Pling/7.1"),
		Country:   pick(r, "", "DE", "AT"),
		Sees:      pick(r, darksocial.SeesReferer|darksocial.SeesUserAgent, darksocial.SeesAll, darksocial.SeesUserAgent),
	}
	if v.Sees.Has(darksocial.SeesHeaders) {
		v.Headers.FetchSite = pick(r, "", "none", "cross-site", "same-origin")
		v.Headers.Purpose = pick(r, "", "", "prefetch")
		v.Headers.GPC = pick(r, "", "1")
		v.Headers.RequestedWith = pick(r, "", "com.viber.voip")
	}
	if door == Beacon {
		v.Navigation = pick(r, darksocial.NavigationUnknown, darksocial.Navigate, darksocial.Reload)
	}
	s := Sighting{
		ID: NewID("example.com", fmt.Sprint(view)), Door: door, Time: 1_790_000_000 + r.Int64N(3),
		Page: pick(r, v.Path, v.Path, v.Path, "/other"), Status: pick(r, 0, 200, 304), Rules: pick(r, "aaa", "bbb"), Facts: classifier.Facts(&v),
	}
	if r.IntN(3) == 0 {
		s.Code = pick(r, "code1", "code2")
		s.Visitor = pick(r, "v1", "v2")
		s.Reading = reading.Reading{Known: true, Seconds: uint16(r.IntN(500)), Depth: uint8(r.IntN(101)), Words: uint16(r.IntN(2) * 300)}
		s.Article = pick(r, darksocial.Article{}, darksocial.Article{Title: "A"}, darksocial.Article{Title: "B", Words: 7})
	}
	return s
}

func someSightings(r *rand.Rand, n int) []Sighting {
	all := make([]Sighting, n)
	for i := range all {
		all[i] = someSighting(r)
	}
	return all
}

func packed(s Sighting) Packed {
	return Packed{ID: s.ID, Time: s.Time, Body: AppendSighting(nil, &s)}
}

// throughStore groups sightings into blocks at random, stores and reads them, and
// merges what comes back: some grouping, some order, some twice.
func throughStore(t *testing.T, r *rand.Rand, all []Sighting) map[ID]Record {
	t.Helper()
	all = slices.Clone(all)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = append(all, all[:r.IntN(len(all)+1)]...)
	parts := []map[ID]*Record{{}, {}} // merged apart, then together
	for len(all) > 0 {
		n := 1 + r.IntN(len(all))
		group := make([]Packed, 0, n)
		for _, s := range all[:n] {
			group = append(group, packed(s))
		}
		all = all[n:]
		block, err := Unpack(Pack(group, nil))
		require.NoError(t, err)
		part := pick(r, parts...)
		for _, p := range block.Sightings {
			s, err := DecodeSighting(p.Body, p.ID, p.Time)
			require.NoError(t, err)
			if part[p.ID] == nil {
				part[p.ID] = &Record{}
			}
			part[p.ID].Add(&s)
		}
	}
	merged := map[ID]Record{}
	for _, part := range parts {
		for id, rec := range part {
			m := merged[id]
			m.Merge(rec)
			merged[id] = m
		}
	}
	return merged
}

func TestMergeAnyOrderAnyGrouping(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := someSightings(r, 1+r.IntN(40))
		want := throughStore(t, r, all)
		for range 3 {
			require.Equal(t, want, throughStore(t, r, all), "seed %d", seed)
		}
		for id, rec := range want {
			again := rec
			again.Merge(&rec)
			require.Equal(t, rec, again, "merging a record with itself changes nothing")
			require.Equal(t, id, rec.ID)
			visit := rec.Visit()
			require.Equal(t, visit, rec.Visit())
		}
	}
}

func TestDoorsTogether(t *testing.T) {
	v := darksocial.Visit{Host: "www.example.com", Path: "/a", UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", Sees: darksocial.SeesReferer | darksocial.SeesUserAgent}
	log := Sighting{ID: NewID("s", "1"), Door: Log, Time: 100, Page: "/a", Status: 200, Facts: classifier.Facts(&v)}
	v.Sees, v.Headers.FetchSite, v.Headers.Purpose = darksocial.SeesAll, "none", "prefetch"
	beacon := Sighting{ID: log.ID, Door: Beacon, Time: 103, Page: "/a", Facts: classifier.Facts(&v), Reading: reading.Reading{Known: true, Seconds: 40, Depth: 80}}

	for _, tt := range []struct {
		name  string
		order []Sighting
	}{{"log first", []Sighting{log, beacon}}, {"beacon first", []Sighting{beacon, log}}} {
		t.Run(tt.name, func(t *testing.T) {
			var rec Record
			for _, s := range tt.order {
				rec.Add(&s)
			}
			got, label := rec.Visit(), rec.Label()
			assert.Equal(t, int64(100), got.Time, "the log's time")
			assert.Equal(t, 200, got.Status)
			assert.Equal(t, reading.Reading{Known: true, Seconds: 40, Depth: 80}, got.Reading)
			assert.Equal(t, darksocial.KindVisit, label.Kind, "a page that ran was not only fetched ahead")
			assert.Equal(t, darksocial.TypedOrApp, label.DirectKind, "the hint knows what the log does not")
			assert.Equal(t, 1, label.Evidence.Len(), "and the log's not knowing is gone")
			assert.False(t, rec.Mismatch(Beacon))
			assert.Len(t, rec.Sightings(), 2)
			assert.Nil(t, rec.Seen(Route))
		})
	}

	t.Run("another page", func(t *testing.T) {
		var rec Record
		forged := beacon
		forged.Page, forged.Reading.Seconds = "/advertisement", 9000
		rec.Add(&log)
		rec.Add(&forged)
		assert.True(t, rec.Mismatch(Beacon))
		got := rec.Visit()
		assert.Equal(t, log, got, "nothing of a made-up beacon stays")
	})
	t.Run("beacon alone", func(t *testing.T) {
		var rec Record
		rec.Add(&beacon)
		assert.False(t, rec.Mismatch(Beacon))
		assert.Equal(t, darksocial.KindVisit, rec.Visit().kind())
	})
}

func (s Sighting) kind() darksocial.Kind { return darksocial.Resolve(&s.Facts).Kind }

func TestIDs(t *testing.T) {
	id := NewID("example.com", "abc==")
	got, ok := ParseID(id.String())
	assert.True(t, ok)
	assert.Equal(t, id, got)
	for _, bad := range []string{"", "abc", id.String() + "A", "!!!!!!!!!!!!!!!!"} {
		_, ok := ParseID(bad)
		assert.False(t, ok, bad)
	}
	assert.NotEqual(t, NewID("a", "bc"), NewID("ab", "c"), "parts do not run together")
	v := darksocial.Visit{Path: "/a"}
	assert.Equal(t, LineID("s", &v, 0), LineID("s", &v, 0))
	assert.NotEqual(t, LineID("s", &v, 0), LineID("s", &v, 1))
	for bits := range MaxShardBits + 1 {
		assert.Less(t, id.Shard(bits), 1<<bits)
		assert.Equal(t, id.Shard(MaxShardBits)>>(MaxShardBits-bits), id.Shard(bits), "a shard is divided, never mixed")
	}
}

// TestShare: a share comes back as it was kept, and is no sighting.
func TestShare(t *testing.T) {
	want := &Share{ID: ShareID("example.com", "8ZkPq4vR2Ts"), Time: 1795435200, Page: "/a", Button: "copy", Code: "8ZkPq4vR2Ts", Visitor: "v", Rules: "r"}
	body := want.AppendBody(nil)
	got, err := Decode(body, want.ID, want.Time)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.True(t, IsShare(body))
	_, err = DecodeSighting(body, want.ID, want.Time)
	assert.Error(t, err)
	for n := range body {
		_, err := Decode(body[:n], want.ID, want.Time)
		assert.Error(t, err, n)
	}
	s := Sighting{Page: "/a"}
	_, err = DecodeShare(s.AppendBody(nil), want.ID, want.Time)
	assert.Error(t, err)
	assert.NotEqual(t, ShareID("example.com", "a"), ViewID("example.com", "a"), "names of two kinds of things")
}

// TestOrder: an order comes back as it was kept, with and without a recommendation.
func TestOrder(t *testing.T) {
	for _, want := range []*Order{
		{ID: OrderID("example.com", "h"), Time: 1795435200, After: 8999, Currency: "EUR", Link: share.Session, Chain: []Recommended{{"B", "/a", "copy", "signal"}, {"A", "/a", "whatsapp", "whatsapp"}},
			Decay: 500, SinceOpen: 0, Number: "2026-17", Rules: "r"},
		{ID: RefundID("example.com", "h", "1"), Time: 1795435200, Before: 8999, After: 8000, Currency: "JPY", Decay: 1000, SinceOpen: -1},
	} {
		body := want.AppendBody(nil)
		got, err := Decode(body, want.ID, want.Time)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		for n := range body {
			_, err := Decode(body[:n], want.ID, want.Time)
			assert.Error(t, err, n)
		}
	}
	ids := map[ID]bool{OrderID("s", "h"): true, RefundID("s", "h", ""): true, RefundID("s", "h", "1"): true, OrderID("t", "h"): true, ShareID("s", "h"): true}
	assert.Len(t, ids, 5)
}
