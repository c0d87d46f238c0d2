package report_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
)

// someDay is a day with an arrival, a preview and a record.
func someDay(arrivals int64) aDay {
	hour := time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)
	return aDay{
		"arrivals":  {rollup.Arrival{Page: "/a", Channel: "direct", Visibility: "unknown", Confidence: "unknown", DirectKind: "unknown", ByReferrer: "direct", Arrivals: arrivals}},
		"pages":     {rollup.Page{Page: "/a", Title: "A", Arrivals: arrivals, Previews: 1}},
		"hours":     {rollup.Hour{Hour: hour, Channel: "direct", Visibility: "unknown", Arrivals: arrivals, Previews: 1}},
		"quality":   {rollup.Quality{Door: "log", Outcome: rollup.Labelled, Reason: "visit", Rules: "r", Complete: true, Records: arrivals}},
		"evidence":  {rollup.Evidence{Channel: "direct", Arrivals: arrivals}},
		"audience":  {rollup.Audience{Channel: "direct", Dimension: "device", Value: "phone", Arrivals: arrivals}},
		"campaigns": {rollup.Campaign{UTMSource: "a", Channel: "campaign", Arrivals: arrivals}},
	}
}

// TestDamaged: a day whose table is missing, cut or no table is left out and named; the
// others are told. A table from before a column, and a day from before a table, are no
// faults.
func TestDamaged(t *testing.T) {
	key := job.TableKey("arrivals", siteName, "2026-11-18")
	for _, tt := range []struct {
		name       string
		damage     func(t *testing.T, w *world)
		unreadable bool
		arrivals   int64
	}{
		{"whole", func(*testing.T, *world) {}, false, 7},
		{"missing", func(t *testing.T, w *world) { require.NoError(t, w.lake.Delete(t.Context(), key)) }, true, 5},
		{"empty", func(t *testing.T, w *world) { overwrite(t, w.lake, key, nil) }, true, 5},
		{"half", func(t *testing.T, w *world) { overwrite(t, w.lake, key, func(b []byte) []byte { return b[:len(b)/2] }) }, true, 5},
		{"no table", func(t *testing.T, w *world) {
			overwrite(t, w.lake, key, func([]byte) []byte { return []byte("<html>") })
		}, true, 5},
		{"another table", func(t *testing.T, w *world) {
			overwrite(t, w.lake, key, func([]byte) []byte {
				return encoded(t, struct {
					Arrivals string `parquet:"arrivals"`
				}{"many"})
			})
		}, true, 5},
		{"an older schema", func(t *testing.T, w *world) {
			overwrite(t, w.lake, key, func([]byte) []byte {
				return encoded(t, struct {
					Page     string `parquet:"page"`
					Channel  string `parquet:"channel"`
					Arrivals int64  `parquet:"arrivals"`
				}{"/a", "direct", 3})
			})
		}, false, 8},
		{"a day from before a table", func(t *testing.T, w *world) {
			m, err := job.ManifestOf(t.Context(), w.lake, siteName, "2026-11-18")
			require.NoError(t, err)
			m.Tables = m.Tables[:8]
			w.putManifest(m)
			require.NoError(t, w.lake.Delete(t.Context(), job.TableKey("shares", siteName, "2026-11-18")))
		}, false, 7},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, &site.Site{Name: siteName}, friday)
			w.put("2026-11-17", true, someDay(5))
			w.put("2026-11-18", true, someDay(2))
			tt.damage(t, w)
			for range 2 { // the second time from memory
				got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-17", "to", "2026-11-18")
				assert.Equal(t, tt.arrivals, got.Numbers.Arrivals)
				assert.Nil(t, got.Numbers.Readers)
				assert.Equal(t, tt.unreadable, len(got.Meta.Days.Unreadable) == 1)
				if tt.unreadable {
					assert.False(t, got.Meta.Complete)
				}
			}
			ask[struct{}](w, "shares", "from", "2026-11-17", "to", "2026-11-18")
			ask[struct{}](w, "series", "from", "2026-11-17", "to", "2026-11-18")
		})
	}
}

func encoded(t *testing.T, row any) []byte {
	var file bytes.Buffer
	_, err := parquetfile.WriteRows(&file, row, func(yield func(any, error) bool) { yield(row, nil) })
	require.NoError(t, err)
	return file.Bytes()
}

func overwrite(t *testing.T, lake object.Store, key string, change func([]byte) []byte) {
	body, _, err := lake.Open(t.Context(), key)
	require.NoError(t, err)
	content, err := io.ReadAll(body)
	require.NoError(t, errors.Join(err, body.Close()))
	if change == nil {
		change = func([]byte) []byte { return nil }
	}
	_, err = lake.Put(t.Context(), key, bytes.NewReader(change(content)), object.Any)
	require.NoError(t, err)
}

// brokenLake fails, or waits, as long as it is told to. It counts what is opened.
type brokenLake struct {
	object.Store
	mu     sync.Mutex
	fails  error
	hangs  bool
	opened map[string]int
}

func (b *brokenLake) Open(ctx context.Context, key string) (io.ReadCloser, string, error) {
	b.mu.Lock()
	b.opened[key]++
	fails, hangs := b.fails, b.hangs
	b.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return nil, "", ctx.Err()
	}
	if fails != nil {
		return nil, "", fails
	}
	return b.Store.Open(ctx, key)
}

// TestStoreFails: an answer says that it cannot be made now, says nothing of why, and is
// made when the store is well again.
func TestStoreFails(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	w.put("2026-11-18", true, someDay(2))
	broken := &brokenLake{Store: w.lake, opened: map[string]int{}, fails: errors.New("secret-bucket: access denied")}
	w.serve(broken)
	parameters := values("site", siteName, "from", "2026-11-18", "to", "2026-11-18")
	for _, call := range []string{"direct", "numbers", "series", "sources", "pages", "recommendations", "hours", "audience", "quality", "campaigns", "shares"} {
		answer := w.get(call, parameters)
		require.Equal(t, http.StatusServiceUnavailable, answer.Code, call)
		assert.Equal(t, "5", answer.Header().Get("Retry-After"))
		checkError(t, call, answer.Body.Bytes())
		assert.NotContains(t, answer.Body.String(), "secret-bucket")
	}
	broken.mu.Lock()
	broken.fails = nil
	broken.mu.Unlock()
	assert.Equal(t, int64(2), ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-18", "to", "2026-11-18").Numbers.Arrivals)
}

// TestStoreHangs: nobody waits longer than they want to.
func TestStoreHangs(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	w.put("2026-11-18", true, someDay(2))
	w.serve(&brokenLake{Store: w.lake, opened: map[string]int{}, hangs: true})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/numbers?"+values("site", siteName, "from", "2026-11-18", "to", "2026-11-18").Encode(), nil).WithContext(ctx)
	r.Header.Set("X-DS-Token", w.token)
	answer := w.do(r)
	assert.Equal(t, http.StatusServiceUnavailable, answer.Code)
	assert.Contains(t, answer.Body.String(), "too slow")
}

// TestReadOnce: what is final is read once, whatever is asked of it and by how many.
func TestReadOnce(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	for _, date := range dates("2026-11-11", "2026-11-18") {
		w.put(date, true, someDay(2))
	}
	counting := &brokenLake{Store: w.lake, opened: map[string]int{}}
	w.serve(counting)
	parameters := values("site", siteName, "from", "2026-11-11", "to", "2026-11-18")
	var wait sync.WaitGroup
	for range 3 {
		for _, call := range []string{"direct", "numbers", "series", "sources", "pages", "quality", "hours"} {
			wait.Go(func() { assert.Equal(t, http.StatusOK, w.get(call, parameters).Code, call) })
		}
	}
	wait.Wait()
	w.set(friday.Add(5 * time.Minute))
	ask[struct{}](w, "numbers", "from", "2026-11-11", "to", "2026-11-18")
	for key, n := range counting.opened {
		assert.Equal(t, 1, n, key)
	}
	assert.True(t, len(counting.opened) > 8*5)

	// A day that is rolled up again is read again.
	w.put("2026-11-18", true, someDay(9))
	w.set(friday.Add(20 * time.Minute))
	got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-11", "to", "2026-11-18")
	assert.Equal(t, int64(7*2+9), got.Numbers.Arrivals)
	n := 0
	for key, times := range counting.opened {
		if times > 1 && !strings.HasPrefix(key, "manifests/") {
			n++
			assert.Contains(t, key, "dt=2026-11-18")
		}
	}
	assert.NotZero(t, n)
}
