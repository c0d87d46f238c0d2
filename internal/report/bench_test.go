package report_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/object"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

// benchCalls are the calls of the page, each of the same days.
var benchCalls = []struct{ name, call string }{
	{"direct", "direct"}, {"numbers", "numbers"}, {"series", "series"}, {"sources", "sources"}, {"pages", "pages"}, {"pages by source", "pages?source=whatsapp"}, {"page", "page?page=/"},
	{"numbers by page", "numbers?page=/"}, {"recommendations", "recommendations"}, {"hours", "hours"}, {"audience", "audience"}, {"quality", "quality"}, {"why", "why?source=whatsapp"}, {"campaigns", "campaigns"}, {"shares", "shares"},
}

// BenchmarkAnswers measures each call on a folder: cold, by a program that has just
// begun, and kept, by one that was asked for the same days before.
func BenchmarkAnswers(b *testing.B) {
	b.Run("90 days of 5,000 views", func(b *testing.B) {
		w := newWorld(b, &site.Site{Name: siteName}, friday)
		w.liveOn(b, 5000, 90)
		benchAnswers(b, w, "2026-08-23", today)
	})
	b.Run("28 days of 10,000 pages", func(b *testing.B) {
		w := newWorld(b, &site.Site{Name: siteName}, friday)
		for _, date := range dates("2026-10-23", "2026-11-19") {
			w.put(date, true, manyPages(10_000))
		}
		benchAnswers(b, w, "2026-10-23", "2026-11-19")
	})
}

func benchAnswers(b *testing.B, w *world, from, to string) {
	ask := func(b *testing.B, call string) {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/"+call, nil)
		query := r.URL.Query()
		for name, value := range map[string]string{"site": siteName, "from": from, "to": to} {
			query.Set(name, value)
		}
		r.URL.RawQuery = query.Encode()
		r.Header.Set("X-DS-Token", w.token)
		answer := w.do(r)
		if answer.Code != http.StatusOK && answer.Code != http.StatusNotFound {
			b.Fatal(call, answer.Code, answer.Body)
		}
		b.ReportMetric(float64(answer.Body.Len())/1024, "KB")
	}
	for _, c := range benchCalls {
		b.Run(c.name+"/cold", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w.serve(w.lake)
				b.StartTimer()
				ask(b, c.call)
			}
		})
		b.Run(c.name+"/kept", func(b *testing.B) {
			w.serve(w.lake)
			ask(b, c.call)
			for b.Loop() {
				b.StopTimer()
				w.set(w.now().Add(31 * time.Second)) // an answer is kept for 30 seconds
				b.StartTimer()
				ask(b, c.call)
			}
		})
	}
	b.Run("now", func(b *testing.B) {
		for b.Loop() {
			w.set(w.now().Add(11 * time.Second))
			r := httptest.NewRequest(http.MethodGet, "/api/v1/now?site="+siteName, nil)
			r.Header.Set("X-DS-Token", w.token)
			require.Equal(b, http.StatusOK, w.do(r).Code)
		}
	})
}

// liveOn lets a site live for a week up to today, and repeats the tables of its days for
// as many before.
func (w *world) liveOn(b *testing.B, views, days int) {
	var log bytes.Buffer
	_, err := simulate.Write(&log, simulate.Config{Seed: 3, Date: firstMidnight, Days: 7, Host: siteName, Views: views, Format: simulate.NDJSON})
	require.NoError(b, err)
	earlier, later := parted(b, log.Bytes(), friday.Add(-2*time.Hour), friday)
	w.label(append(earlier, later...))
	_, err = w.roller(w.lake).Range(context.Background(), w.site, "2026-11-14", "2026-11-19", false)
	require.NoError(b, err)
	for i := range days - 7 {
		to := firstMidnight.AddDate(0, 0, -1-i)
		w.repeat(b, firstMidnight.AddDate(0, 0, i%6).Format("2006-01-02"), to)
	}
}

// repeat makes a day of the tables of another.
func (w *world) repeat(b *testing.B, date string, to time.Time) {
	ctx := context.Background()
	m, err := job.ManifestOf(ctx, w.lake, siteName, date)
	require.NoError(b, err)
	m.Date, m.From, m.To, m.Closed, m.Blocks = to.Format("2006-01-02"), to, to.Add(24*time.Hour), true, 0
	for i := range m.Tables {
		body, _, err := w.lake.Open(ctx, job.TableKey(m.Tables[i].Name, siteName, date))
		require.NoError(b, err)
		content, err := io.ReadAll(body)
		require.NoError(b, err)
		require.NoError(b, body.Close())
		m.Tables[i].ETag, err = w.lake.Put(ctx, job.TableKey(m.Tables[i].Name, siteName, m.Date), bytes.NewReader(content), object.Any)
		require.NoError(b, err)
	}
	w.putManifest(m)
}

// manyPages are the tables of a day with so many pages, to which people come by five ways.
func manyPages(n int) aDay {
	day := aDay{}
	ways := []rollup.Arrival{
		{Channel: "search", Source: "google", Visibility: "unknown", Surface: "browser", Confidence: "strong", ByReferrer: "search"},
		{Channel: "direct", Visibility: "unknown", Surface: "browser", Confidence: "unknown", DirectKind: "typed_or_app", ByReferrer: "direct"},
		{Channel: "dark_social", Source: "whatsapp", Visibility: "private", Surface: "in_app", Confidence: "certain", ByReferrer: "direct"},
		{Channel: "social", Source: "facebook", Visibility: "unknown", Surface: "in_app", Confidence: "certain", ByReferrer: "direct"},
		{Channel: "social", Source: "mastodon", Visibility: "public", Surface: "browser", Confidence: "strong", ByReferrer: "social"},
	}
	for i := range n {
		page := fmt.Sprintf("/artikel/2026/ein-langer-name-mit-nummer-%d", i)
		for _, a := range ways[:1+i%len(ways)] {
			a.Page, a.Arrivals = page, int64(1+i%9)
			day["arrivals"] = append(day["arrivals"], a)
		}
		day["pages"] = append(day["pages"], rollup.Page{Page: page, Title: "Ein Artikel mit einem Titel von üblicher Länge", Topic: []string{"Lokales", "Sport", "Kultur"}[i%3], Arrivals: int64(5 + i%40), PrivateArrivals: int64(i % 6), PublicArrivals: int64(i % 4)})
		day["daily_visitors"] = append(day["daily_visitors"], rollup.DailyVisitors{Level: "page", Key: page})
	}
	day["quality"] = []any{rollup.Quality{Door: "log", Outcome: rollup.Labelled, Reason: "visit", Rules: "r", Complete: true, Records: 1}}
	return day
}
