package privacy

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/job"
	"darksocial/internal/web"
)

// logs brings a log of each format, by the way logs of it come.
func (w *world) logs(g *generator) {
	for i := range formats {
		f := &formats[i]
		at := midnight.Add(time.Duration(2+i) * time.Hour)
		views := g.views(f.name)
		n := len(g.secrets)
		bad := g.broken(f, at)
		if f.name == "cloudfront-realtime" {
			for _, s := range g.secrets[n:] {
				s.may = unreadable
			}
		}
		good := f.write(views, at)
		whole := append(bytes.Clone(good), strings.Join(bad, "\n")+"\n"...)
		want := job.Result{Lines: len(views) + len(bad), Written: kept(views, f.seesHost)}
		switch f.name {
		case "cloudfront":
			w.check(f, want, w.s3(f, whole))
		case "cloudfront-realtime":
			w.kinesis(g, f, good, bad)
		default:
			result, err := w.labeler(f).File(ctx, "access.log", bytes.NewReader(whole), noon, nil)
			require.NoError(w.t, err)
			w.check(f, want, result)
		}
		if f.name == "cloudfront-realtime" {
			continue // it comes in no files
		}
		for _, content := range g.brokenGzip(f, at.Add(30*time.Minute)) {
			result, err := w.labeler(f).File(ctx, "access.log.gz", bytes.NewReader(content), noon, nil)
			require.NoError(w.t, err)
			assert.Equal(w.t, 1, result.Failed["damaged"], f.name)
		}
	}
}

// check makes sure that the secrets went where they should: most of them into what
// is kept.
func (w *world) check(f *format, want job.Result, got *job.Result) {
	w.t.Helper()
	failed := 0
	for _, n := range got.Failed {
		failed += n
	}
	assert.Equal(w.t, want.Lines, got.Lines, "%s: lines", f.name)
	assert.Equal(w.t, want.Written, got.Written, "%s: kept; left out: %v", f.name, got.Filtered)
	assert.Equal(w.t, want.Lines-len(places), failed, "%s: failed: %v", f.name, got.Failed)
}

// s3 labels a log that lies in a bucket, and names one that is gone.
func (w *world) s3(f *format, content []byte) *job.Result {
	w.put("E2ABC.2026-11-20-09.a1b2.log", content)
	event := func(keys ...string) []byte {
		var e events.S3Event
		for _, key := range keys {
			e.Records = append(e.Records, events.S3EventRecord{EventSource: "aws:s3", EventTime: noon,
				S3: events.S3Entity{Bucket: events.S3Bucket{Name: w.bucket}, Object: events.S3Object{Key: key}}})
		}
		return []byte(asJSON(e))
	}
	handler := job.NewEvents(w.labeler(f), w.objects)
	result, err := handler.Handle(ctx, event("E2ABC.2026-11-20-09.a1b2.log"))
	require.NoError(w.t, err)
	message := asJSON(events.SQSEvent{Records: []events.SQSMessage{
		{MessageId: "1", EventSource: "aws:sqs", Body: string(event("E2ABC.2026-11-20-09.a1b2.log", "gone.log"))}, {MessageId: "2", EventSource: "aws:sqs", Body: "no event"},
	}})
	answer, err := handler.Handle(ctx, []byte(message))
	require.NoError(w.t, err)
	assert.Len(w.t, answer.(events.SQSEventResponse).BatchItemFailures, 1)
	return result.(*job.Result)
}

// kinesis labels the records of a stream, a line each: first while the store fails,
// then again. A record that nobody can read is kept as it is.
func (w *world) kinesis(g *generator, f *format, good []byte, bad []string) {
	var records []string
	for line := range strings.Lines(string(good)) {
		records = append(records, line)
	}
	records = append(records, bad...)
	records = append(records, f.line(g.loaded(), noon)+"\n"+g.email()+"\n") // a line that can be read comes along
	for _, s := range g.put(f.name + ": a record of two lines") {
		s.may = unreadable
	}
	handler := job.NewEvents(w.labeler(f), w.objects)
	for _, broken := range []bool{true, false} {
		w.blocks.broken.Store(broken)
		answer, err := handler.Handle(ctx, []byte(asJSON(kinesisEvent(records))))
		require.NoError(w.t, err)
		assert.Equal(w.t, broken, len(answer.(events.KinesisEventResponse).BatchItemFailures) > 0)
	}
}

// kinesisEvent is what Lambda gives of a stream.
func kinesisEvent(records []string) (e events.KinesisEvent) {
	for i, data := range records {
		n := strconv.Itoa(1000 + i)
		e.Records = append(e.Records, events.KinesisEventRecord{EventID: "shardId-000000000000:" + n, EventSource: "aws:kinesis", EventSourceArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/logs",
			Kinesis: events.KinesisRecord{Data: []byte(data), SequenceNumber: n, ApproximateArrivalTimestamp: events.SecondsEpochTime{Time: noon}}})
	}
	return e
}

// request is what the browser of a view sends for an address of ours.
func request(v *view, method, target string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	r.Host, r.RemoteAddr = v.host, net.JoinHostPort(v.ip, "4711")
	for _, h := range requestHeaders(v) {
		r.Header.Set(h[0], h[1])
	}
	for _, name := range []string{"X-Ds-Ip", "X-Ds-Host", "X-Ds-Id", "X-Ds-Other"} { // forged: the edge takes them away
		r.Header.Set(name, v.ip)
	}
	return r
}

var hintIn = regexp.MustCompile(`ds;desc="([^"]*)"`)

// visits opens a page for each place of secrets, and runs its script.
func (w *world) visits(g *generator) {
	views := g.views("front")
	written := 0
	for i := range views {
		v := &views[i]
		page := w.do(w.front, "a page", request(v, "GET", pathAndQuery(v)))
		require.Equal(w.t, 200, page.Code, v.what)
		hint := hintIn.FindStringSubmatch(page.Header().Get("Server-Timing"))
		require.Len(w.t, hint, 2, v.what)
		answer := w.do(w.front, "a hit", g.hit(v, hint[1]))
		g.put("front: " + v.what + ", in the hit")
		switch {
		case v.otherHost:
			assert.Equal(w.t, 403, answer.Code, v.what)
		case len(v.path) > 2048:
			assert.Equal(w.t, 414, answer.Code, v.what)
		default:
			assert.Equal(w.t, 204, answer.Code, "%s: %v", v.what, answer.Header())
			if answer.Header().Get("X-Ds-Note") == "" {
				written++
			}
		}
	}
	assert.GreaterOrEqual(w.t, written, kept(views, true)-1)
	// The other site counts by the script alone, and knows views by their own ids.
	views, written = g.views("script alone"), 0
	for i := range views {
		v := &views[i]
		if !v.otherHost {
			v.host = scriptSite
		}
		answer := w.do(w.front, "a hit", g.hit(v, ""))
		g.put("script alone: " + v.what + ", in the hit")
		if answer.Code == 204 && answer.Header().Get("X-Ds-Note") == "" {
			written++
		}
	}
	assert.GreaterOrEqual(w.t, written, kept(views, true)-1)
}

// hit is what the script of a page sends, and much that it does not.
func (g *generator) hit(v *view, hint string) *http.Request {
	n := len(g.secrets)
	q := url.Values{"v": {"1"}, "i": {g.view()}, "p": {v.path}, "r": {v.referer}, "n": {"navigate"}, "a": {"1"},
		"email": {g.email()}, "token": {g.token(40)}, "utm_source": {g.name()}, "ip": {g.address()}, g.name(): {g.phone()}}
	if hint != "" {
		q.Set("h", hint)
	}
	r := request(v, "GET", "/_ds/hit?"+q.Encode())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Dest", "empty")
	r.Header.Set("Referer", "https://"+v.host+v.path+"?"+strings.TrimPrefix(v.query+"&nur="+g.token(30), "&"))
	g.unlogged(n)
	return r
}

// refusals are hits that are refused or left out, and what belongs to no page.
func (w *world) refusals(g *generator) {
	query := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q := r.URL.Query()
			q.Set(name, value)
			r.URL.RawQuery = q.Encode()
			r.RequestURI = r.URL.RequestURI()
		}
	}
	target := func(target string) func(*http.Request) {
		return func(r *http.Request) {
			u, err := url.ParseRequestURI(target)
			require.NoError(w.t, err)
			r.URL, r.RequestURI = u, target
		}
	}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	hint := func(objects string) string {
		return fmt.Sprintf("1.%s.%d.none.document..%s", g.request(), w.now().Unix(), objects)
	}
	list := []struct {
		what   string
		change func(*http.Request)
		status int
	}{
		{"version", query("v", g.email()), 400},
		{"view's id", query("i", g.email()), 400},
		{"view's id of another length", query("i", g.hex()), 400},
		{"request's id", query("q", g.email()), 400},
		{"page", query("p", g.email()), 400},
		{"page with a control character", query("p", "/\x01"+g.email()), 400},
		{"long page", query("p", "/"+strings.Repeat("x", 2100)+g.name()), 400},
		{"long referrer", query("r", "https://"+strings.Repeat("x", 300)+"/"+g.email()), 400},
		{"navigation", query("n", g.name()), 400},
		{"age", query("a", g.phone()), 400},
		{"long query", query("x", g.email()+strings.Repeat("x", 5000)), 414},
		{"query that is none", func(r *http.Request) { target("/_ds/hit?v=1&p=%zz" + g.email())(r) }, 400},
		{"another site's page", header("Origin", "https://"+g.name()+".example"), 403},
		{"another site's Referer", header("Referer", "https://"+g.name()+".example/"+g.email()), 403},
		{"Referer that is none", header("Referer", g.email()), 403},
		{"typed", header("Sec-Fetch-Site", "none"), 403},
		{"host of no site", func(r *http.Request) { r.Host = g.name() + ".example" }, 403},
		{"path nobody answers", target("/_ds/" + g.email() + "?token=" + g.token(30)), 404},
		{"POST", func(r *http.Request) {
			r.Method, r.ContentLength = "POST", 3
			r.Header.Set("X-Amz-Content-Sha256", g.hex())
		}, 403},
		{"objection by a header", header("Sec-Gpc", "1"), 204},
		{"objection by another header", header("Dnt", "1"), 204},
		{"objection by the mark", header("Cookie", "ds_off=1; sid="+g.token(30)), 204},
		{"objection in the hit", func(r *http.Request) { query("o", "1")(r); query("q", g.token(50))(r) }, 204},
		{"objection in the hint", query("h", hint("1")), 204},
		{"hint that is none", query("h", g.email()), 204},
		{"hint of another version", query("h", "2."+g.email()), 204},
		{"hint with an odd word", query("h", strings.Replace(hint("0"), "document", g.name(), 1)), 204},
		{"no script", query("n", "noscript"), 204},
		{"reload", query("n", "reload"), 204},
		{"visit by a program", header("User-Agent", "Kundenbot/1.0 (+"+g.email()+")"), 204},
	}
	g.put("hits that are refused or left out")
	for _, tt := range list {
		r := g.hit(g.loaded(), hint("0"))
		tt.change(r)
		g.put("hit, " + tt.what)
		answer := w.do(w.front, "a hit, "+tt.what, r)
		assert.Equal(w.t, tt.status, answer.Code, "%s: %v", tt.what, answer.Header())
	}

	// What three views of a page say of it is believed.
	v := g.loaded()
	v.path = "/lokales/was-die-seite-sagt"
	says := map[string]string{"t": "Posteingang von " + g.email() + ": 3 neu", "s": g.email(), "b": g.may(bylines, g.name()), "k": "/profil/" + g.email(), "z": "2026-11-20",
		"w": "300", "e": "40", "y": "80"}
	for range 3 {
		for _, path := range [...]string{"/_ds/hit", "/_ds/read"} {
			r := g.hit(v, hint("0"))
			r.URL.Path = path
			for name, value := range says {
				query(name, value)(r)
			}
			assert.Equal(w.t, 204, w.do(w.front, "what a page says", r).Code)
		}
	}
	g.put("hit, what the page says of itself")

	// Behind a CDN that does not sign, what does not carry its word is refused.
	r := g.hit(g.loaded(), hint("0"))
	r.Header.Set(web.SecretHeader, g.token(40))
	assert.Equal(w.t, 403, w.do(web.OnlyCDN([]string{"the word"}, w.collect), "a stranger", r).Code)
	g.put("a stranger's hit")

	w.blocks.broken.Store(true)
	answer := w.do(w.front, "a hit while the store fails", g.hit(g.loaded(), hint("0")))
	w.blocks.broken.Store(false)
	assert.Equal(w.t, 503, answer.Code)
	g.put("a hit while the store fails")
}

// me asks for the page that shows visitors what the site sees of them: the headers
// that are read, and nothing of who they are.
func (w *world) me(g *generator) {
	n := len(g.secrets)
	views := g.views("/_ds/me")
	find := newFinder(g.secrets[n:])
	for i := range views {
		v := &views[i]
		if v.otherHost {
			continue
		}
		answer := httptest.NewRecorder()
		w.front.ServeHTTP(answer, request(v, "GET", "/_ds/me?"+v.query))
		require.Equal(w.t, 200, answer.Code, v.what)
		require.Contains(w.t, answer.Body.String(), "darksocial explain")
		for _, f := range find.find(wholeAnswer(answer)) {
			shown := strings.Contains(f.where, "Referer") || strings.Contains(f.where, "User-Agent") || strings.Contains(f.where, "X-Requested-With") || strings.Contains(f.where, "client hints")
			assert.True(w.t, !f.unlogged && (shown || f.may == campaignValues), "/_ds/me shows %s: %s", f.secret, f.context)
		}
	}
}

// cdn labels what the front has logged, as serve does: it looks into the log, which
// is the CDN's and has what a CDN logs, and deletes it. So many page views must come
// out of it.
func (w *world) cdn(g *generator, views int) {
	_, err := w.cdnLog.Rotate()
	require.NoError(w.t, err)
	logs, err := w.cdnLog.Leftover()
	require.NoError(w.t, err)
	require.Len(w.t, logs, 1)
	content, err := os.ReadFile(logs[0])
	require.NoError(w.t, err)
	all := newFinder(g.secrets).find(content)
	for _, f := range all {
		assert.False(w.t, f.unlogged, "the CDN's log has %s: %s", f.secret, f.context)
	}
	result, err := w.labeler(&formats[0]).File(ctx, logs[0], bytes.NewReader(content), w.now(), nil)
	require.NoError(w.t, err)
	assert.Empty(w.t, result.Failed)
	assert.GreaterOrEqual(w.t, result.Written, views)
	require.NoError(w.t, os.Remove(logs[0]))
}
