package cost_test

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/cost"
)

func TestNeeds(t *testing.T) {
	over := func(l cost.Load) (names []string) {
		for _, n := range l.Needs() {
			if n.Over() {
				names = append(names, n.What)
			}
		}
		return names
	}
	assert.Empty(t, over(cost.Loads[0]), "logs take it")
	assert.NotEmpty(t, over(cost.Loads[2]))
	assert.Empty(t, over(cost.Load{Lines: 100, Views: 10, Hits: 10}), "most sites")

	assert.Equal(t, 1, cost.Load{Lines: 100, Views: 10, Hits: 10}.Shards())
	assert.Equal(t, 2, cost.Load{Hits: 501}.Shards(), "half of what a partition takes")
	assert.Equal(t, 1<<record.MaxShardBits, cost.Loads[2].Shards(), "there are no more")
	assert.Equal(t, 101, cost.Load{Lines: 100_001}.KinesisShards())
}

// TestVisitorBytes: what a visitor takes in the sums of shards.
func TestVisitorBytes(t *testing.T) {
	const visitors = 500
	d := deploy(t, 1)
	for i := range visitors {
		d.ask("GET", d.hit(""), "", 204, "X-Ds-Ip", fmt.Sprintf("10.%d.%d.7", i/250, i%250))
	}
	d.clock = d.clock.Add(36 * time.Hour)
	day, err := rollup.ParseDay("2026-11-20", d.site.Zone())
	require.NoError(t, err)
	for shard := range 2 {
		_, err := d.roller().Shard(t.Context(), d.site, day, shard)
		require.NoError(t, err)
	}
	var bytes int64
	require.NoError(t, d.lake.List(t.Context(), "partials/", func(key string) error {
		body, _, err := d.lake.Open(context.Background(), key)
		if err != nil {
			return err
		}
		defer body.Close()
		n, err := io.Copy(io.Discard, body)
		bytes += n
		return err
	}))
	each := float64(bytes) / visitors
	t.Logf("%.0f bytes", each)
	assert.LessOrEqual(t, each, float64(cost.VisitorBytes))
	assert.GreaterOrEqual(t, each, cost.VisitorBytes/1.3)
}
