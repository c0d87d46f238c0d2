package dynamo

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/engine"
	"darksocial/internal/ledger"
)

const (
	chrome   = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
	safari   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
	firefox  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
	facebook = "Mozilla/5.0 (Linux; Android 15; SM-S921B Build/AP3A.240905.015.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.70 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/530.0.0.48.74;IABMV/1;]"
	google   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0.788317806 Mobile/15E148 Safari/604.1"
)

// views are page views as an access log of a news site shows them.
var views = []darksocial.Visit{
	{UserAgent: chrome},
	{UserAgent: safari},
	{UserAgent: firefox},
	{UserAgent: safari, Referer: "https://www.google.com/"},
	{UserAgent: chrome, Referer: "https://www.google.de/"},
	{UserAgent: google, Referer: "https://www.google.de/"},
	{UserAgent: firefox, Referer: "https://blog.neighbour.example/post"},
	{UserAgent: facebook, Query: "fbclid=IwY2xjawExample", Referer: "https://l.facebook.com/"},
	{UserAgent: safari, Query: "utm_source=newsletter&utm_medium=email&utm_campaign=kw45"},
	{UserAgent: "WhatsApp/2.25.33.70 A"},
}

// arrivals packs n page views of a quarter of an hour into a block, as a batch of
// a log with one object does it, receipt included.
func arrivals(n int) ledger.Block {
	const site, rules = "example.com", "k3v9x2mq"
	start := time.Date(2026, 11, 20, 9, 15, 0, 0, time.UTC)
	classifier := darksocial.New(darksocial.Site{Hosts: []string{site}})
	r := rand.New(rand.NewPCG(1, 1))
	packed := make([]record.Packed, n)
	for i := range packed {
		v := views[r.IntN(len(views))]
		v.Host, v.Sees = "www.example.com", darksocial.SeesReferer|darksocial.SeesUserAgent
		// Few pages have most readers: Zipf.
		v.Path = fmt.Sprintf("/politik/2026/artikel-%d.html", int(60/(1+60*r.Float64())))
		s := record.Sighting{
			ID: record.NewID(site, fmt.Sprint("request ", i)), Door: record.Log, Time: start.Unix() + r.Int64N(900),
			Page: v.Path, Status: 200, Rules: rules, Facts: classifier.Facts(&v),
		}
		packed[i] = record.Packed{ID: s.ID, Time: s.Time, Body: record.AppendSighting(nil, &s)}
	}
	receipts := []record.Receipt{{
		Source: record.ObjectSource("logs", "E2EXAMPLE.2026-11-20-09.a1b2c3d4.gz", "9b2cf535f27731c974343645a3985328"),
		Door:   record.Log, Rules: rules, Quarter: start.Unix() / record.Quarter, Written: n,
		Filtered: []record.Count{{Reason: "asset", N: 8 * n}, {Reason: "bot", N: n / 3}},
	}}
	return ledger.Block{
		Partition: "example.com/2026-11-20T09/0", Key: record.BlockKey(packed, receipts),
		Data: record.Pack(packed, receipts), Expires: start.AddDate(0, 0, 10),
	}
}

// TestCost publishes what an arrival costs, and that the count of it is right: what
// DynamoDB says, and what follows from the sizes.
func TestCost(t *testing.T) {
	for _, tt := range []struct {
		arrivals int
		most     float64 // write units for each
	}{
		{1, 1}, {10, 0.1}, {100, 0.04}, {1000, 0.024},
	} {
		t.Run(fmt.Sprint(tt.arrivals), func(t *testing.T) {
			s := open(t, engine.DynamoDB(t))
			block := arrivals(tt.arrivals)
			require.NoError(t, s.Append(t.Context(), []ledger.Block{block}))
			assert.Equal(t, units([]ledger.Block{block}), s.Consumed())
			each := s.Consumed() / float64(tt.arrivals)
			t.Logf("%d arrivals: %d bytes, %v write units, %.4f each", tt.arrivals, len(block.Data), s.Consumed(), each)
			assert.LessOrEqual(t, each, tt.most)
		})
	}
}

// BenchmarkAppend appends one block of so many arrivals at a time.
func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := open(b, engine.DynamoDB(b))
			block := arrivals(n)
			blocks := 0
			for b.Loop() {
				block.Key = fmt.Sprintf("%016d", blocks) // as long as a real one
				if err := s.Append(b.Context(), []ledger.Block{block}); err != nil {
					b.Fatal(err)
				}
				blocks++
			}
			b.ReportMetric(s.Consumed()/float64(blocks*n), "WCU/arrival")
		})
	}
}
