package job_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/job"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

// countingKV counts what a store is asked for.
type countingKV struct {
	codes.KV
	gets int
}

func (c *countingKV) Get(ctx context.Context, collection, name string) ([]byte, error) {
	c.gets++
	return c.KV.Get(ctx, collection, name)
}

func (c *countingKV) GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error) {
	c.gets += len(names)
	return c.KV.GetMany(ctx, collection, names)
}

// coded are a world's share codes, made with a key that is the same every time.
func coded(t testing.TB, w *world, siteName string) (*codes.Codes, *share.Keys, *countingKV) {
	key := bytes.Repeat([]byte("key!"), 8)
	kept, err := json.Marshal(map[string][]byte{"current": key})
	require.NoError(t, err)
	_, err = w.kv.Swap(context.Background(), "keys/"+siteName, "share", nil, kept, time.Time{})
	require.NoError(t, err)
	keys, err := share.NewKeys(siteName, key)
	require.NoError(t, err)
	kv := &countingKV{KV: w.kv.(codes.KV)}
	return codes.New(kv, w.now), keys, kv
}

// toldShare is what the tables of all days tell of a share.
type toldShare struct {
	root, parent            string
	generation, children    int
	shares, arrivals, reach int
	days                    map[string]int // arrivals by date
}

// TestRecommendationsRecovered: of a week in which links are passed on from hand to hand
// the tables tell exactly what happened, as far as codes were kept: who came of which
// share, over how many generations, and how far each reached. Made-up codes are nobody's.
func TestRecommendationsRecovered(t *testing.T) {
	first := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)
	chains, ok := simulate.ByName("chains")
	require.True(t, ok)
	for _, tt := range []struct {
		seed            uint64
		coded, stripped uint32
	}{{1, 1000, 0}, {2, 700, 100}, {3, 300, 500}} {
		t.Run(fmt.Sprint(tt), func(t *testing.T) {
			w := embeddedWorld(t)
			c := simulate.Config{Seed: tt.seed, Date: first, Days: 7, Host: "www.example.com", Views: 1500, World: chains, Format: simulate.NDJSON,
				Coded: tt.coded, Stripped: tt.stripped, Forged: 20}
			w.site = &site.Site{Name: siteName, Site: c.World.Site(c.Host)}
			w.set(first.AddDate(0, 0, 8))
			known, keys, kv := coded(t, w, siteName)
			c.Keys = keys
			batch := w.ledger().NewBatch()
			c.Shared = func(code share.Code, item *share.Item) error {
				if _, err := known.Keep(t.Context(), siteName, code, item); err != nil {
					return err
				}
				return batch.Add(t.Context(), w.site, &record.Share{ID: record.ShareID(siteName, string(code)), Time: item.Made, Page: w.site.Page(item.Page), Button: item.Button, Code: string(code)})
			}
			var log bytes.Buffer
			truth, err := simulate.Write(&log, c)
			require.NoError(t, err)
			require.NoError(t, batch.Commit(t.Context()))
			require.NotZero(t, truth.Forged.Visits)

			// Lines come in two files, the second one first, and the first one twice.
			lines := bytes.SplitAfter(log.Bytes(), []byte("\n"))
			half := len(lines) / 2
			parts := [][]byte{bytes.Join(lines[half:], nil), bytes.Join(lines[:half], nil)}
			labeler := job.NewLabeler(w.ledger(), w.sites(), w.lake, job.Formats{Objects: edge.Options{Format: edge.NDJSON, Now: w.now}}).Coded(known)
			for _, part := range [...]int{0, 1, 1} {
				_, err := labeler.File(t.Context(), "log", bytes.NewReader(parts[part]), first, nil)
				require.NoError(t, err)
			}
			kv.gets = 0
			roller := w.roller().Coded(known)
			roller.Tell()
			_, err = roller.Due(t.Context())
			require.NoError(t, err)
			assert.Less(t, kv.gets, 8*2*len(truth.Recommendations), "a code is asked for about once a day")

			want, got := map[string]toldShare{}, map[string]toldShare{}
			for _, r := range truth.Recommendations {
				told := toldShare{root: string(r.Root), parent: string(r.Parent), generation: r.Generation, children: r.Children, shares: 1,
					arrivals: seen(r.Arrivals), reach: seen(r.Reach), days: map[string]int{}}
				for date, came := range r.Days {
					if seen(came) > 0 {
						told.days[date] = seen(came)
					}
				}
				want[string(r.Code)] = told
			}
			for i := range truth.Days {
				date := truth.Days[i].Date
				for _, row := range rowsOn[rollup.Recommendation](w, "recommendations", date) {
					told := got[row.Code]
					told.root, told.parent, told.generation = row.Root, row.Parent, int(row.Generation)
					told.children += int(row.Children)
					told.shares += int(row.Shares)
					told.arrivals += int(row.Arrivals)
					told.reach += int(row.Reach)
					if told.days == nil {
						told.days = map[string]int{}
					}
					if row.Arrivals > 0 {
						told.days[date] += int(row.Arrivals)
					}
					got[row.Code] = told
				}
			}
			require.NotEmpty(t, want)
			require.Len(t, got, len(want))
			for code, told := range want {
				require.Equal(t, told, got[code], code)
			}
			for _, r := range truth.Recommendations {
				item, err := known.Find(t.Context(), siteName, string(r.Code))
				require.NoError(t, err)
				opened := int64(0)
				if !r.Opened.IsZero() {
					opened = r.Opened.Unix()
				}
				assert.Equal(t, opened, item.Opened)
			}
		})
	}
}

// seen is how many of those who came a log with all headers takes for arrivals that may
// be told of: a page that is loaded again looks like one, and who objects is not told of.
func seen(c simulate.Came) int { return c.Visits - c.Objected + c.Reloads - c.ObjectedReloads }

// TestForgedCodes: of a million codes that were made up none is taken for one of the
// site's, and none is looked up.
func TestForgedCodes(t *testing.T) {
	w := embeddedWorld(t)
	known, _, kv := coded(t, w, siteName)
	_, err := known.Keys(t.Context(), siteName)
	require.NoError(t, err)
	kv.gets = 0
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	random := uint64(1)
	query := []byte("utm_source=a&ds=00000000000")
	for range 1_000_000 {
		for i := len(query) - share.Length; i < len(query); i++ {
			random = random*6364136223846793005 + 1442695040888963407
			query[i] = alphabet[random>>33%58]
		}
		code, err := known.In(t.Context(), siteName, string(query), "ds")
		if err != nil || code != "" {
			t.Fatal(string(query), err)
		}
	}
	assert.Zero(t, kv.gets)
}

// BenchmarkRecommendation folds a recommendation of 100,000 arrivals, of 10,000 shares
// over 16 generations, and writes its tables.
func BenchmarkRecommendation(b *testing.B) {
	w := embeddedWorld(b)
	known, keys, _ := coded(b, w, siteName)
	w.set(midnight.Add(20 * time.Hour))
	batch := w.ledger().NewBatch()
	random := &dice{1}
	items := map[share.Code]*share.Item{}
	var list []share.Code
	for i := range 10_000 {
		code, err := keys.New(random)
		require.NoError(b, err)
		item := share.Item{Grade: share.PerShare, Button: "whatsapp", Page: "/a", Made: midnight.Unix() + int64(i)}
		if i > 0 {
			parent := list[random.below(len(list))]
			item = item.Child(code, parent, items[parent], share.Session)
		}
		items[code] = &item
		list = append(list, code)
		_, err = known.Keep(context.Background(), siteName, code, &item)
		require.NoError(b, err)
		require.NoError(b, batch.Add(context.Background(), w.site, &record.Share{ID: record.ShareID(siteName, string(code)), Time: item.Made, Page: "/a", Button: "whatsapp", Code: string(code)}))
	}
	for i := range 100_000 {
		require.NoError(b, batch.Add(context.Background(), w.site, &record.Sighting{ID: record.ViewID(siteName, fmt.Sprint(i)), Door: record.Beacon, Time: midnight.Unix() + 20_000 + int64(i)/3,
			Page: "/a", Code: string(list[random.below(len(list))]), Visitor: fmt.Sprint(i)}))
	}
	require.NoError(b, batch.Commit(context.Background()))
	for b.Loop() {
		o, err := w.roller().Coded(known).Day(context.Background(), w.site, w.day(), false)
		require.NoError(b, err)
		require.GreaterOrEqual(b, o.Rows["recommendations"], int64(10_000))
	}
}

// dice are random numbers that are the same every time.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state = d.state*6364136223846793005 + 1442695040888963407
	return d.state >> 33
}

func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(d.next())
	}
	return len(p), nil
}

var _ io.Reader = (*dice)(nil)
