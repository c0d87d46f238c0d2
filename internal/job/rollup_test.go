package job_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/ledger"
)

func TestShardsAreOneFold(t *testing.T) {
	log := sample(t, 7, 500)
	whole := embeddedWorld(t)
	whole.label(log)
	want := whole.rollUp()
	pairs(t, func(t *testing.T, w *world) {
		w.site.ShardBits = 2
		w.label(log)
		assert.Equal(t, want, w.rollUp(), "divided or not, the day is the same")
		w.label(sample(t, 8, 20))
		full := w.rollUp()

		order := func(o string) error {
			_, err := w.roller().Handle(context.Background(), json.RawMessage(o))
			return err
		}
		assert.ErrorContains(t, order(`{"site":"example.com","dt":"2026-11-20","merge":true}`), "shard 0 is missing")
		for shard := range 4 {
			require.NoError(t, order(fmt.Sprintf(`{"site":"example.com","dt":"2026-11-20","shard":%d}`, shard)))
		}
		require.NoError(t, order(`{"site":"example.com","dt":"2026-11-20","merge":true}`))
		assert.Equal(t, full, w.tables(), "folded apart, the shards are one fold")
		assert.Error(t, order(`{"site":"example.com","dt":"2026-11-20","merge":true}`), "partials serve once")
		assert.ErrorContains(t, order(`{"site":"example.com","dt":"2026-11-20","shard":4}`), "shards 0 to 3")

		w.site.ShardBits = 1 // the setting was changed after the day was divided
		for shard := range 2 {
			require.NoError(t, order(fmt.Sprintf(`{"site":"example.com","dt":"2026-11-20","shard":%d}`, shard)))
		}
		require.NoError(t, order(`{"site":"example.com","dt":"2026-11-20","merge":true}`))
		assert.Equal(t, full, w.tables())
	})
}

func TestDaysAreDue(t *testing.T) {
	pairs(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		due := func() []string {
			done, err := w.roller().Handle(ctx, json.RawMessage(`{"schedule":"hourly","time":"2026-11-20T12:05:00Z"}`))
			require.NoError(t, err)
			var dates []string
			for _, o := range done {
				dates = append(dates, o.Date+" "+o.Status)
			}
			return dates
		}
		w.set(midnight.Add(12 * time.Hour))
		assert.Empty(t, due(), "no records, no day")
		w.label(sample(t, 7, 60))
		assert.Equal(t, []string{"2026-11-20 rolled_up"}, due())
		assert.Equal(t, []string{"2026-11-20 rolled_up"}, due(), "today is rolled up each time")

		w.set(dayAfter)
		assert.Empty(t, due(), "the day is over, and nothing was written to it since")
		w.label(sample(t, 8, 60))
		assert.Equal(t, []string{"2026-11-20 rolled_up"}, due(), "written to after its end")
		assert.Empty(t, due())

		w.set(midnight.Add(24*time.Hour + 72*time.Hour - time.Second))
		assert.Empty(t, due())
		w.set(midnight.Add(24*time.Hour + 72*time.Hour))
		assert.Equal(t, []string{"2026-11-20 rolled_up"}, due(), "the last time: it closes")
		assert.Empty(t, due())
		closed := w.tables()

		late := sample(t, 9, 40)
		kept := w.label(late).Written
		require.Positive(t, kept)
		assert.Equal(t, []string{"2026-11-20 closed"}, due(), "late records are counted")
		assert.Equal(t, closed, w.tables(), "and change nothing")
		assert.Empty(t, due())
		o, err := w.roller().Day(ctx, w.site, w.day(), false)
		require.NoError(t, err)
		assert.Equal(t, &job.Outcome{Site: siteName, Date: date, Status: "closed", Late: kept}, o)

		_, err = w.roller().Handle(ctx, json.RawMessage(`{"site":"example.com","from":"2026-11-20","to":"2026-11-20","reopen":true}`))
		require.NoError(t, err)
		assert.NotEqual(t, closed, w.tables(), "they were kept: a reopened day has them")
	})
}

// TestNothingIsLost: a store that has forgotten records must not make the tables
// forget them.
func TestNothingIsLost(t *testing.T) {
	w := embeddedWorld(t)
	w.label(sample(t, 7, 100))
	want := w.rollUp()
	w.blocks = &forgetful{w.blocks}
	_, err := w.roller().Day(context.Background(), w.site, w.day(), false)
	require.ErrorContains(t, err, "would lose records")
	assert.Equal(t, want, w.tables())
}

type forgetful struct{ ledger.Blocks }

func (f *forgetful) Scan(ctx context.Context, partition string, each func(string, []byte) error) error {
	if strings.Contains(partition, "T10/") {
		return nil
	}
	return f.Blocks.Scan(ctx, partition, each)
}

// TestTornBlock: a day with a block that cannot be read is not rolled up without it.
func TestTornBlock(t *testing.T) {
	for name, tear := range map[string]func([]byte) []byte{
		"cut":                func(b []byte) []byte { return b[:len(b)/2] },
		"another byte":       func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"of a newer version": func(b []byte) []byte { b[0]++; return b },
	} {
		t.Run(name, func(t *testing.T) {
			w := embeddedWorld(t)
			w.label(sample(t, 7, 100))
			want := w.rollUp()
			torn := 0
			ctx := context.Background()
			const partition = "example.com/2026-11-20T10/0"
			var block ledger.Block
			require.NoError(t, w.blocks.Scan(ctx, partition, func(key string, data []byte) error {
				block = ledger.Block{Partition: partition, Key: key, Data: tear(append([]byte(nil), data...)), Expires: dayAfter.Add(time.Hour)}
				torn++
				return nil
			}))
			require.Equal(t, 1, torn)
			require.NoError(t, w.blocks.Append(ctx, []ledger.Block{block}))
			_, err := w.roller().Day(ctx, w.site, w.day(), false)
			require.ErrorContains(t, err, block.Key)
			require.ErrorContains(t, err, partition)
			assert.Equal(t, want, w.tables())
		})
	}
}

func TestOrders(t *testing.T) {
	w := embeddedWorld(t)
	for order, want := range map[string]string{
		`[]`:                     "no order",
		`{}`:                     "no order",
		`"rollup"`:               "no order",
		`{"site":"example.com"}`: "no order",
		`{"site":"other.example","dt":"2026-11-20","merge":true}`:         "no such site",
		`{"site":"example.com","from":"2026-11-20","to":"2026-11-19"}`:    "range",
		`{"site":"example.com","from":"yesterday","to":"2026-11-19"}`:     "no date",
		`{"site":"example.com","dt":"2026-11-20","merge":true,"shard":0}`: "no order",
		`{"site":"example.com","dt":"2026-13-20","shard":0}`:              "no date",
		`{"site":"example.com","from":"1026-11-20","to":"2026-11-19"}`:    "range",
	} {
		_, err := w.roller().Handle(context.Background(), json.RawMessage(order))
		assert.ErrorContains(t, err, want, order)
	}
}

// TestManyPages: a million paths somebody made up cost neither memory nor rows.
func TestManyPages(t *testing.T) {
	w := embeddedWorld(t)
	n := 1_000_000
	if raced {
		n = 50_000
	}
	w.addPages(n)
	w.rollUp()
	var arrivals, ofOthers int64
	table := rows[rollup.Arrival](w, "arrivals")
	for _, row := range table {
		arrivals += row.Arrivals
		if row.Page == rollup.Other {
			ofOthers += row.Arrivals
		}
	}
	assert.Equal(t, int64(n), arrivals)
	assert.Equal(t, int64(n-rollup.DefaultOptions.Pages-popular*2), ofOthers)
	assert.Len(t, table, rollup.DefaultOptions.Pages+1)
	pages := rows[rollup.Page](w, "pages")
	assert.Len(t, pages, rollup.DefaultOptions.Pages+1)
	assert.Equal(t, "/page/0", pages[0].Page[:len("/page/0")])
}

// TestOnce: a day made of old logs is closed at once. Records that come of it later
// are counted, and its roll-up never fails because of blocks it does not know.
func TestOnce(t *testing.T) {
	ctx := context.Background()
	old := embeddedWorld(t)
	old.label(sample(t, 7, 60))
	live := embeddedWorld(t)
	live.lake = old.lake
	_, err := old.roller().Once(ctx, old.site, old.day())
	require.NoError(t, err)
	want := old.tables()

	kept := live.label(sample(t, 8, 30)).Written
	done, err := live.roller().Due(ctx)
	require.NoError(t, err)
	assert.Equal(t, []*job.Outcome{{Site: siteName, Date: date, Status: "closed", Late: kept}}, done)
	assert.Equal(t, want, live.tables())
}
