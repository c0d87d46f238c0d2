package verify

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"darksocial/internal/edge"
)

// maxBody bounds what is read of an answer, in bytes: enough to keep a connection.
const maxBody = 4 << 20

const maxRedirections = 10

// metric finds the hints in a Server-Timing.
var metric = regexp.MustCompile(`(?:^|,)\s*ds;desc="([^"]*)"`)

// marked is the page's address with the tags that name the visit.
func (t *try) marked() *url.URL {
	u := *t.Page
	q := u.Query()
	q.Set("utm_source", campaign)
	q.Set("utm_medium", "verify")
	q.Set("utm_campaign", t.view)
	u.RawQuery, u.Fragment = q.Encode(), ""
	if u.Path == "" {
		u.Path = "/"
	}
	return &u
}

// get asks for an address as a browser does.
func (t *try) get(ctx context.Context, u *url.URL, header http.Header) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header = header.Clone()
	r.Header.Set("User-Agent", userAgent)
	r.Header.Set("Accept-Language", "en")
	answer, err := t.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoHTTP, err)
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, maxBody))
	return answer, err
}

// open asks for the page and reads the hint in the answer.
func (t *try) open(ctx context.Context) error {
	asked := t.marked()
	t.report.Page = asked.String()
	answer, err := t.navigate(ctx, asked)
	if err != nil {
		return fmt.Errorf("open %s: %w", asked, err)
	}
	t.page = answer.Request.URL // where redirections led to
	kind := answer.Header.Get("Content-Type")
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/html") {
		t.ended(stepPage, Failed, "%s answered %d, %q. Choose a page of the site's that is there", t.page, answer.StatusCode, kind)
	} else {
		t.ended(stepPage, OK, "%s answered %d", t.page, answer.StatusCode)
	}
	t.readHint(answer)
	return nil
}

// navigate opens an address that was typed, and follows where it leads.
func (t *try) navigate(ctx context.Context, to *url.URL) (*http.Response, error) {
	header := http.Header{"Accept": {"text/html,application/xhtml+xml"}, "Sec-Fetch-Site": {"none"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"document"}}
	for range maxRedirections {
		answer, err := t.get(ctx, to, header)
		if err != nil || answer.StatusCode/100 != 3 || answer.Header.Get("Location") == "" {
			return answer, err
		}
		if to, err = answer.Location(); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("more than %d redirections", maxRedirections)
}

func (t *try) readHint(answer *http.Response) {
	all := metric.FindAllStringSubmatch(strings.Join(answer.Header.Values("Server-Timing"), ", "), -1)
	if len(all) == 0 {
		t.ended(stepHint, Failed, "the page's answer has no Server-Timing with ds. Attach the output viewer_response_function_arn to viewer-response of the behaviours that serve pages")
		return
	}
	t.text = all[len(all)-1][1]
	hint, err := edge.ParseHint(t.text)
	if err != nil {
		t.ended(stepHint, Failed, "%q: %v. Deploy the edge function of this version", t.text, err)
		return
	}
	t.known(&hint)
	says := "request " + hint.RequestID
	switch cdn := answer.Header.Get("X-Amz-Cf-Id"); {
	case cdn == hint.RequestID:
		says += ", as the answer's X-Amz-Cf-Id"
	case cdn != "":
		says += "; the answer's X-Amz-Cf-Id is another, " + cdn + ": the log will tell which is the log's"
	}
	if hint.FetchSite != "none" || hint.FetchDest != "document" {
		t.ended(stepHint, Failed, "%s; but Sec-Fetch-Site is %q and Sec-Fetch-Dest %q, and none and document were sent: something before the edge changes headers", says, hint.FetchSite, hint.FetchDest)
		return
	}
	t.ended(stepHint, OK, "%s", says)
}

// script asks for the page's script, which answers only if /_ds/* leads to collect.
func (t *try) script(ctx context.Context) error {
	answer, err := t.get(ctx, t.page.ResolveReference(&url.URL{Path: "/_ds/ds.js"}), t.fromPage("script", "no-cors"))
	if err != nil {
		return err
	}
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || !strings.Contains(kind, "javascript") {
		t.ended(stepScript, Failed, "/_ds/ds.js answered %d, %q. Add the behaviours of the output behaviours, before all others, to the origin collect_origin%s", answer.StatusCode, kind, why(answer))
		return nil
	}
	t.ended(stepScript, OK, "/_ds/ds.js is collect's")
	return nil
}

// fromPage are the headers of a request that the page makes.
func (t *try) fromPage(dest, mode string) http.Header {
	return http.Header{"Accept": {"*/*"}, "Referer": {t.page.String()}, "Sec-Fetch-Site": {"same-origin"}, "Sec-Fetch-Mode": {mode}, "Sec-Fetch-Dest": {dest}}
}

// hit sends what the script would send: web/src/beacon.ts.
func (t *try) hit(ctx context.Context) error {
	q := url.Values{"v": {"1"}, "i": {t.view}, "p": {t.page.EscapedPath()}, "n": {"navigate"}, "a": {fmt.Sprint(int(t.now().Sub(t.began) / time.Second))}}
	if t.hint != nil {
		q.Set("h", t.text)
	}
	answer, err := t.get(ctx, t.page.ResolveReference(&url.URL{Path: "/_ds/hit", RawQuery: q.Encode()}), t.fromPage("empty", "cors"))
	if err != nil {
		return err
	}
	switch note := answer.Header.Get("X-DS-Note"); {
	case answer.StatusCode != http.StatusNoContent:
		t.ended(stepHit, Failed, "/_ds/hit answered %d%s", answer.StatusCode, why(answer))
	case note != "":
		t.ended(stepHit, Failed, "/_ds/hit answered 204 and did not keep it, or not all: %s (internal/web/doc.go says what the words mean)", note)
	default:
		t.ended(stepHit, OK, "/_ds/hit answered 204: it is written")
	}
	return nil
}

// why is what a refusal says of itself.
func why(answer *http.Response) string {
	if word := answer.Header.Get("X-DS-Refused"); word != "" {
		return ": " + word + " (internal/web/doc.go says what the words mean)"
	}
	if answer.StatusCode == http.StatusForbidden {
		return ". 403 without a reason is the function URL's: the distribution may not call it. Both permissions are needed, and the origin access control has to sign always"
	}
	return ""
}
