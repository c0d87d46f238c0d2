package cost_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/share"
	"darksocial/internal/cost"
	"darksocial/internal/orders"
)

// events is how many of a kind are counted.
const events = 20

// keyBytes is what an item of the table has beside a block: pk, sk, the names of four
// attributes and when it expires.
const keyBytes = len("b/"+siteName+"/2026-11-20T12/0") + 16 + len("pkskbexpires") + 21

func (d *deployment) hit(more string) string {
	return fmt.Sprintf("/_ds/hit?v=1&i=%024x&h=%s&p=%%2Fartikel%%2Fmoor&n=navigate&a=1%s", d.next(), d.hint(), more)
}

// stored is how many bytes lie in the table for an hour.
func (d *deployment) stored(hour string) (bytes int) {
	require.NoError(d.t, d.records.Scan(d.t.Context(), siteName+"/2026-11-20T"+hour+"/0", func(_ string, data []byte) error {
		bytes += len(data) + keyBytes
		return nil
	}))
	return bytes
}

// TestLogMeasured holds the figures of Batches to what label consumes.
func TestLogMeasured(t *testing.T) {
	for _, b := range cost.Batches {
		t.Run(fmt.Sprint(b.Arrivals), func(t *testing.T) {
			d := deploy(t, 0)
			d.label("before", arrivalLog(1_000_000, 1, 0)) // after which the day is known
			before, stored := d.spent(), d.stored("11")
			result := d.label("log", arrivalLog(0, b.Arrivals, cost.LinesPerArrival-1))
			require.Equal(t, b.Arrivals, result.Written)
			require.Equal(t, b.Arrivals*cost.LinesPerArrival, result.Lines)
			n, after := float64(b.Arrivals), d.spent()
			writes, bytes := (after.writes-before.writes)/n, float64(d.stored("11")-stored)/n
			t.Logf("%.4f write units and %.1f bytes each", writes, bytes)
			assert.LessOrEqual(t, writes, b.Writes)
			assert.GreaterOrEqual(t, writes, b.Writes/1.6, "the constant is too high: it would not notice when it costs more")
			assert.LessOrEqual(t, bytes, b.Bytes)
			assert.GreaterOrEqual(t, bytes, b.Bytes/1.6)
			assert.Equal(t, before.reads, after.reads)
		})
	}
}

// TestBatches: the figures keep to what internal/dynamo's TestCost lets an arrival cost.
func TestBatches(t *testing.T) {
	bounds := map[int]float64{10: 0.1, 100: 0.04, 1000: 0.024, 10_000: 0.024}
	for _, b := range cost.Batches {
		assert.LessOrEqual(t, b.Writes, bounds[b.Arrivals], b.Arrivals)
	}
}

// TestCollectMeasured holds the other constants to what collect consumes.
func TestCollectMeasured(t *testing.T) {
	d := deploy(t, 0)
	code := func(more string) share.Code {
		answer := d.ask("GET", "/_ds/share?v=1&b=whatsapp&p=/artikel/moor"+more, "", 200)
		var said struct{ Code share.Code }
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &said))
		return said.Code
	}
	use := func(code func(string) share.Code, more string, c share.Code) {
		code(more + fmt.Sprintf("&k=%s&i=%024x", c, d.next()))
	}
	button, own := code(""), code("&g=share")
	use(code, "&g=share", own)
	keys, err := d.orders.Keys(t.Context(), siteName)
	require.NoError(t, err)
	for _, tt := range []struct {
		name  string
		event func()
		want  spent
	}{
		{"hit", func() { d.ask("GET", d.hit(""), "", 204) }, spent{cost.HitWrites, 0}},
		{"hit and reading in one", func() { d.ask("GET", d.hit("&e=25&y=80&w=600"), "", 204) }, spent{cost.HitWrites, 0}},
		{"reading", func() {
			d.ask("GET", fmt.Sprintf("/_ds/read?v=1&i=%024x&h=%s&p=%%2Fartikel%%2Fmoor&n=navigate&a=30&e=25&y=80&w=600", d.next(), d.hint()), "", 204)
		}, spent{cost.ReadWrites, 0}},
		{"routed page", func() {
			d.ask("GET", "/angebote/x", "", 200, "Sec-Fetch-Site", "none", "Sec-Fetch-Dest", "document", "Referer", "")
		}, spent{cost.RouteWrites, 0}},
		{"share by a button", func() { use(code, "", button) }, spent{cost.ButtonWrites, 0}},
		{"asking for a code", func() { code("&g=share") }, spent{0, 0}},
		{"share with a code of its own", func() { use(code, "&g=share", code("&g=share")) }, spent{cost.ShareWrites, cost.ShareReads}},
		{"hit of somebody who comes with a code", func() {
			d.ask("GET", d.hit(""), "", 204, "Referer", "https://"+siteName+"/artikel/moor?ds="+string(own))
		}, spent{cost.CodedWrites, cost.CodedReads}},
		{"order of a recommendation", func() {
			body := fmt.Sprintf(`{"v":1,"type":"order","order":"N-%d","amount":8999,"currency":"EUR","ordered":%d,"code":"%s","link":"session"}`, d.next(), noon.Unix(), own)
			d.ask("POST", "/_ds/buy", body, 204, "Ds-Signature", orders.Sign(keys[0], body), "Referer", "", "Sec-Fetch-Site", "")
		}, spent{cost.OrderWrites, cost.OrderReads}},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, d.each(events, tt.event)) })
	}
}

// TestHitBytes: what a hit stores.
func TestHitBytes(t *testing.T) {
	d := deploy(t, 0)
	d.each(events, func() { d.ask("GET", d.hit(""), "", 204) })
	each := float64(d.stored("12")) / (events + 1)
	t.Logf("%.0f bytes", each)
	assert.LessOrEqual(t, each, float64(cost.HitBytes))
	assert.GreaterOrEqual(t, each, cost.HitBytes/1.6)
}

// TestLinear: four times as many arrivals, in batches of the same size, cost four times as much.
func TestLinear(t *testing.T) {
	const batch = 500
	units := func(batches int) float64 {
		d := deploy(t, 0)
		for i := range batches {
			d.label(fmt.Sprint("log", i), arrivalLog(i*batch, batch, 1))
		}
		return d.spent().writes
	}
	assert.InEpsilon(t, 4, units(8)/units(2), 0.1)
}
