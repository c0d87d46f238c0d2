package web_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
)

const webView = "Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36"

// TestOneRecord: a page view that the log and the page's script tell of is one
// arrival with what both know, whichever comes first, hours apart, and after the
// day was rolled up.
func TestOneRecord(t *testing.T) {
	const (
		log    = "log"
		beacon = "beacon"
		roll   = "roll up"
	)
	type step struct {
		at time.Duration // after noon
		do string
	}
	for _, tt := range []struct {
		name  string
		steps []step
	}{
		{"log, then beacon", []step{{0, log}, {time.Second, beacon}}},
		{"beacon, then log", []step{{time.Second, beacon}, {5 * time.Minute, log}}},
		{"beacon five hours later, after consent", []step{{time.Minute, log}, {5 * time.Hour, beacon}}},
		{"log a day later", []step{{time.Second, beacon}, {24 * time.Hour, log}}},
		{"beacon after the roll-up", []step{{time.Minute, log}, {2 * time.Minute, roll}, {3 * time.Minute, beacon}}},
		{"log after the roll-up", []step{{time.Second, beacon}, {time.Minute, roll}, {2 * time.Minute, log}}},
		{"log after the day was over and rolled up", []step{{time.Second, beacon}, {20 * time.Hour, roll}, {30 * time.Hour, log}}},
		{"both again and again", []step{{0, beacon}, {0, log}, {0, beacon}, {time.Minute, roll}, {time.Hour, log}, {2 * time.Hour, beacon}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			disk, err := lake.OpenDisk(t.TempDir())
			require.NoError(t, err)
			sites := []*site.Site{w.site}
			roller := job.NewRoller(w.ledger, sites, disk, parquetfile.WriteRows, w.now)
			labeler := job.NewLabeler(w.ledger, sites, disk, job.Formats{Objects: edge.Options{Format: edge.CloudFront, Now: w.now}})
			beacons := 0
			// Roll-ups run every hour: one of them is the first after midnight.
			steps := append(tt.steps, step{13 * time.Hour, roll}, step{31 * time.Hour, roll})
			slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at, b.at) })
			for _, s := range steps {
				w.clock.Store(noon.Add(s.at).Unix())
				switch s.do {
				case log:
					_, err := labeler.File(ctx, "log", strings.NewReader(logLine()), w.now(), nil)
					require.NoError(t, err)
				case beacon:
					r := hitRequest(url.Values{"h": {hint(noon, "none")}, "p": {"/rezepte/kuchen"}, "a": {fmt.Sprint(int(s.at.Seconds()))}})
					r.Header.Set("User-Agent", webView)
					r.Header.Set("X-Requested-With", "com.viber.voip")
					require.Equal(t, 204, w.do(r).StatusCode)
					beacons++
				case roll:
					_, err := roller.Due(ctx)
					require.NoError(t, err)
				}
			}
			assert.Equal(t, []rollup.Arrival{{Page: "/rezepte/kuchen", Channel: "dark_social", Source: "viber", Visibility: "private", Surface: "in_app",
				Confidence: "strong", ByReferrer: "direct", Arrivals: 1}}, table[rollup.Arrival](t, disk, "arrivals"))
			quality := map[string]int64{}
			for _, row := range table[rollup.Quality](t, disk, "quality") {
				quality[row.Door+" "+row.Outcome] += row.Records
				assert.True(t, row.Complete)
			}
			want := map[string]int64{"log labelled": 1, "beacon labelled": 1}
			if beacons > 1 {
				want["beacon duplicate"] = int64(beacons - 1)
			}
			assert.Equal(t, want, quality)
		})
	}
}

// logLine is the log's line of the page view: it knows no app.
func logLine() string {
	return "#Version: 1.0\n#Fields: date time cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-edge-request-id x-host-header sc-content-type\n" +
		noon.Format("2006-01-02\t15:04:05") + "\tGET\td111111abcdef8.cloudfront.net\t/rezepte/kuchen\t200\t-\t" + strings.ReplaceAll(webView, " ", "%20") + "\t-\t" + requestID + "\twww.example.com\ttext/html\n"
}

// table reads a table of the day.
func table[T any](t *testing.T, disk *lake.Disk, name string) []T {
	t.Helper()
	body, _, err := disk.Open(ctx, job.TableKey(name, siteName, noon.Format("2006-01-02")))
	require.NoError(t, err)
	defer body.Close()
	data, err := io.ReadAll(body)
	require.NoError(t, err)
	var rows []T
	for row, err := range parquetfile.Read[T](bytes.NewReader(data), int64(len(data))) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}
