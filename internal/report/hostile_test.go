package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
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

// aDay are the rows of a day's tables. Tables it does not name are empty.
type aDay map[string][]any

// put writes a day as a roll-up leaves it.
func (w *world) put(date string, closed bool, tables aDay) {
	w.t.Helper()
	ctx := context.Background()
	m := job.Manifest{Site: siteName, Date: date, Zone: "UTC", Closed: closed, Doors: []string{"log"}}
	var err error
	m.From, err = time.Parse("2006-01-02", date)
	require.NoError(w.t, err)
	m.To = m.From.Add(24 * time.Hour)
	for _, table := range rollup.Tables {
		var file bytes.Buffer
		rows := tables[table.Name]
		_, err := parquetfile.WriteRows(&file, table.Row, func(yield func(any, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		})
		require.NoError(w.t, err)
		etag, err := w.lake.Put(ctx, job.TableKey(table.Name, siteName, date), bytes.NewReader(file.Bytes()), object.Any)
		require.NoError(w.t, err)
		m.Tables = append(m.Tables, job.ManifestTable{Name: table.Name, Rows: int64(len(rows)), ETag: etag})
	}
	w.putManifest(&m)
}

func (w *world) putManifest(m *job.Manifest) {
	w.t.Helper()
	line, err := json.Marshal(m)
	require.NoError(w.t, err)
	_, err = w.lake.Put(context.Background(), "manifests/site="+siteName+"/dt="+m.Date+".manifest", bytes.NewReader(append(line, '\n')), object.Any)
	require.NoError(w.t, err)
}

// hostile are texts that whoever visits a site can put into its tables.
var hostile = []string{
	"/<script>alert(1)</script>", `/"quoted"/'single'`, "/=cmd|' /C calc'!A0", "/ümläut/日本語/🙂", "/a%00b", "/\u202egnp.exe", "/" + strings.Repeat("x", 1500), `/\"},{"page":"`, "/</title><img src=x onerror=alert(1)>", "/\u2028\u2029",
}

// TestHostile: what is hostile is plain text, told as it was read, and found again by it.
func TestHostile(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	var arrivals, pages, campaigns, quality []any
	for _, text := range hostile {
		arrivals = append(arrivals, rollup.Arrival{Page: text, Channel: "referral", Source: text, Visibility: "unknown", Surface: "browser", Confidence: "strong", ByReferrer: "referral", Arrivals: 2})
		pages = append(pages, rollup.Page{Page: text, Title: text, Topic: text, Author: text, Arrivals: 2})
		campaigns = append(campaigns, rollup.Campaign{UTMSource: text, UTMMedium: text, UTMCampaign: text, Channel: "campaign", Arrivals: 1})
		quality = append(quality, rollup.Quality{Door: "log", Outcome: rollup.UnknownApp, Reason: text, Rules: "r", Complete: true, Records: 5})
	}
	w.put("2026-11-19", true, aDay{"arrivals": arrivals, "pages": pages, "campaigns": campaigns, "quality": quality})
	type answer struct {
		Pages []struct{ Page, Title, Topic string }
		Total int
	}
	got := ask[answer](w, "pages", "from", "2026-11-19", "to", "2026-11-19")
	var told []string
	for _, p := range got.Pages {
		assert.Equal(t, p.Page, p.Title)
		told = append(told, p.Page)
	}
	assert.ElementsMatch(t, hostile, told)
	for _, text := range hostile {
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
			continue
		}
		if len(text) < 256 {
			assert.Equal(t, int64(2), ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-19", "to", "2026-11-19", "source", text).Numbers.Arrivals, text)
			assert.Equal(t, 1, ask[answer](w, "pages", "from", "2026-11-19", "to", "2026-11-19", "topic", text).Total, text)
		}
		ask[struct{}](w, "page", "from", "2026-11-19", "to", "2026-11-19", "page", text)
	}
	for _, call := range []string{"sources", "campaigns", "quality", "direct"} {
		body := w.get(call, values("site", siteName, "from", "2026-11-19", "to", "2026-11-19")).Body
		assert.NotContains(t, body.String(), "<script", call)
		checkAnswer(t, call, body.Bytes())
	}
	ask[struct{}](w, "why", "from", "2026-11-19", "to", "2026-11-19", "source", hostile[0])
}

// TestBadParameters: what cannot be answered says which parameter it is and what to do.
func TestBadParameters(t *testing.T) {
	w := quiet(t)
	good := values("site", siteName, "from", "2026-11-01", "to", today)
	for _, tt := range []struct{ name, value, field string }{
		{"site", "", "site"}, {"site", "nobody.example", "site"}, {"site", "../x", "site"}, {"site", strings.Repeat("a", 10_000), "site"},
		{"from", "", "from"}, {"from", "yesterday", "from"}, {"from", "2026-02-30", "from"}, {"from", "1926-11-20", "from"}, {"from", "0000-01-01", "from"}, {"from", "2024-11-20", "from"},
		{"from", "2026-11-21", "to"}, {"to", "2026-11-21", "to"}, {"to", "2126-11-20", "to"}, {"to", "20261120", "to"}, {"to", "2026-11-20T00:00:00Z", "to"}, {"to", "9999-12-31", "to"},
		{"compare", "next", "compare"}, {"channel", "made up", "channel"}, {"channel", "DIRECT", "channel"}, {"visibility", "secret", "visibility"},
		{"source", "", "source"}, {"source", "a\x00b", "source"}, {"source", "\xff", "source"}, {"source", strings.Repeat("a", 10_000), "source"}, {"page", "/a\nb", "page"}, {"page", strings.Repeat("é", 1500), "page"},
		{"limit", "5", "limit"}, {"root", "a", "root"}, {"sort", "arrivals", "sort"}, {"nothing", "1", ""}, {"<script>", "1", ""},
	} {
		parameters := url.Values{}
		for name := range good {
			parameters.Set(name, good.Get(name))
		}
		parameters.Set(tt.name, tt.value)
		answer := w.get("numbers", parameters)
		assert.Contains(t, []int{http.StatusBadRequest, http.StatusForbidden, http.StatusRequestURITooLong}, answer.Code, "%s=%.30q", tt.name, tt.value)
		checkError(t, "numbers", answer.Body.Bytes())
		var said struct{ Field, Error string }
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &said))
		if answer.Code != http.StatusRequestURITooLong {
			assert.Equal(t, tt.field, said.Field, "%s=%.30q: %s", tt.name, tt.value, said.Error)
		}
		assert.Less(t, len(said.Error), 300)
	}
	for _, raw := range []string{"site=%zz", "site=" + siteName + "&site=" + siteName, "a;b", "%"} {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/numbers", nil)
		r.URL.RawQuery = raw
		r.Header.Set("X-DS-Token", w.token)
		assert.Equal(t, http.StatusBadRequest, w.do(r).Code, raw)
	}
	for _, tt := range [][2]string{{"limit", "0"}, {"limit", "501"}, {"limit", "-1"}, {"limit", "1e3"}, {"limit", "99999999999999999999"}, {"offset", "10001"}, {"offset", "-1"}, {"sort", "page"}} {
		good.Set(tt[0], tt[1])
		assert.Equal(t, http.StatusBadRequest, w.get("pages", good).Code, tt)
		good.Del(tt[0])
	}
	assert.Equal(t, http.StatusNotFound, w.get("made-up", good).Code)
	assert.Equal(t, http.StatusBadRequest, w.get("why", good).Code, "of what?")
	assert.Equal(t, http.StatusBadRequest, w.get("page", good).Code, "which?")
	assert.Equal(t, http.StatusBadRequest, w.get("recommendation", good).Code, "which?")
}

// FuzzCall: no query ends the program, or is answered by anything but what the contract
// says.
func FuzzCall(f *testing.F) {
	w := quiet(f)
	w.put("2026-11-19", true, aDay{"arrivals": {rollup.Arrival{Page: "/a", Channel: "direct", Visibility: "unknown", Arrivals: 1}}})
	calls := []string{"sites", "direct", "numbers", "series", "sources", "pages", "page", "recommendations", "recommendation", "now", "hours", "audience", "quality", "why", "campaigns", "shares", "nothing"}
	of := "site=" + siteName + "&from=2026-11-19&to=2026-11-20"
	for i, query := range []string{of, of + "&channel=direct", of + "&compare=weekdays", of + "&limit=1&offset=2", of + "&page=%2Fa&source=(none)", "", "&&;=", of + "&topic=%ff", of + "&from=2026-11-19", "site=%00"} {
		f.Add(i, query)
	}
	c := readContract(f)
	f.Fuzz(func(t *testing.T, which int, query string) {
		call := calls[(which%len(calls)+len(calls))%len(calls)]
		r := httptest.NewRequest(http.MethodGet, "/api/v1/"+call, nil)
		r.URL.RawQuery = query
		r.Header.Set("X-DS-Token", w.token)
		answer := w.do(r)
		w.clock.Add(1) // or too many would be asked for in a minute
		status := "default"
		switch answer.Code {
		case http.StatusOK:
			status = "200"
		case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusRequestURITooLong, http.StatusUnauthorized, http.StatusTooManyRequests:
		default:
			t.Fatalf("%s?%s: %d %s", call, query, answer.Code, answer.Body)
		}
		if call == "nothing" {
			call, status = "numbers", "default"
		}
		assert.Empty(t, c.problemsOf("get", call, status, answer.Body.Bytes()), fmt.Sprint(call, "?", query))
	})
}
