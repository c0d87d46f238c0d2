package web

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
	"darksocial/internal/site"
)

const (
	meSafari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
	meChrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36"
)

// meVisits are requests as browsers send them, and what the page must say of them.
var meVisits = []struct {
	name   string
	target string // "/_ds/me" if empty
	header map[string]string
	label  string // kind, channel, source, confidence
	says   []string
	not    []string
}{
	{
		name: "WhatsApp, Android, its own browser",
		header: map[string]string{
			"User-Agent":       "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.7499.52 Mobile Safari/537.36 [WA4A/2.25.32.75;]",
			"X-Requested-With": "com.whatsapp", "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
			"Sec-CH-UA": `"Android WebView";v="143", "Chromium";v="143"`, "Sec-CH-UA-Mobile": "?1", "Sec-CH-UA-Platform": `"Android"`,
		},
		label: "visit dark_social whatsapp certain",
		says: []string{
			"A person opened the page inside an app. It came from WhatsApp (dark social); the share is assumed to be private, as most in this source are.",
			"certain, for an honest client", "direct: there was no Referer and no campaign tag",
			"X-Requested-With names the app com.whatsapp", "xrw.com.whatsapp", "ua.whatsapp.wa4a",
			"whether it was a message or a channel, status or story for many",
			`"Android WebView";v="143", "Chromium";v="143"`,
		},
		not: []string{meTexts["en"].PlainMaybe, meTexts["en"].Says},
	},
	{
		name:   "iPhone, Safari, over http, and nothing else",
		header: map[string]string{"User-Agent": meSafari, "CloudFront-Forwarded-Proto": "http"},
		label:  "visit direct  unknown",
		says: []string{
			"A person opened the page. Nothing says where the link was.", "unknown: there is nothing to be sure of",
			"whether somebody shared the link: iMessage, Signal, SMS", "sfs.absent", meTexts["en"].PlainSeen, "Sec-Fetch-Site not sent",
		},
		not: []string{"inside an app"},
	},
	{
		name: "Facebook, iPhone, its own browser",
		header: map[string]string{
			"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 [FBAN/FBIOS;FBAV/480.0;FBBV/1;FBDV/iPhone15,2;FBLC/de_DE;FBOP/5]",
			"Referer":    "http://m.facebook.com/", "CloudFront-Forwarded-Proto": "https",
		},
		target: "/_ds/me?fbclid=IwAR0abc_DEF-1",
		label:  "visit social facebook certain",
		says: []string{
			"It came from Facebook (a social network); whether the share was private or public, nothing here tells.",
			"whether the link was in a feed or in a message", "a social network", "click.fbclid", "http://m.facebook.com/",
		},
		not: []string{meTexts["en"].PlainSeen, meTexts["en"].PlainMaybe},
	},
	{
		name:   "WhatsApp's web client",
		header: map[string]string{"User-Agent": meChrome, "Referer": "https://web.whatsapp.com/", "Sec-Fetch-Site": "cross-site"},
		label:  "visit dark_social whatsapp likely",
		says:   []string{"A person opened the page. It came from WhatsApp (dark social)", "the Referer is web.whatsapp.com", "ref.web.whatsapp.com", "Sec-Fetch-Site cross-site"},
	},
	{
		name:   "a program",
		header: map[string]string{"User-Agent": "curl/8.5.0"},
		label:  "bot   unknown",
		says:   []string{"A program asked, not a person.", meTexts["en"].PlainMaybe},
		not:    []string{meTexts["en"].Sure, meTexts["en"].Before, meTexts["en"].Unknown},
	},
	{
		name:   "a fetcher of previews",
		header: map[string]string{"User-Agent": "WhatsApp/2.24.13.78 A"},
		label:  "preview dark_social whatsapp certain",
		says:   []string{"A preview of the link was drawn for WhatsApp", "who shares the link, with whom"},
		not:    []string{meTexts["en"].Before},
	},
	{
		name:   "an objection",
		header: map[string]string{"User-Agent": meChrome, "Sec-GPC": "1", "DNT": "1", "Sec-Fetch-Site": "none"},
		label:  "visit direct  unknown",
		says:   []string{"No web page led here: it was typed, bookmarked, or opened from another app.", meTexts["en"].Says + " Sec-GPC: 1, DNT: 1."},
	},
	{
		name:   "a campaign",
		target: "/_ds/me?utm_source=Zeitung+am+Morgen&utm_medium=email&utm_campaign=%C3%9Cbersicht&x=4711",
		header: map[string]string{"User-Agent": meChrome},
		label:  "visit campaign  strong",
		says:   []string{"It came from a tagged campaign link, a post or mail of the site's own, for all its readers.", "e-mail", "utm.medium.email"},
	},
	{
		name:   "an ad",
		target: "/_ds/me?gclid=EAIaIQobChMI",
		header: map[string]string{"User-Agent": meChrome, "Referer": "https://www.google.com/"},
		label:  "visit paid google strong",
		says:   []string{"It came from Google (a paid link).", "click.gclid"},
	},
	{
		name:   "a click inside the site",
		header: map[string]string{"User-Agent": meChrome, "Referer": "https://www.example.com/konto?token=4711", "Sec-Fetch-Site": "same-origin"},
		label:  "internal   unknown",
		says:   []string{"This is a click inside the site, not an arrival.", "https://www.example.com/konto?token=4711"},
	},
	{
		name:   "a site no table lists",
		header: map[string]string{"User-Agent": meChrome, "Referer": "https://blog.example.org/a"},
		label:  "visit referral blog.example.org strong",
		says:   []string{"It came from blog.example.org (a link on another site)."},
	},
	{
		name:   "ahead of a click, in the words of an older browser",
		header: map[string]string{"User-Agent": meChrome, "X-Moz": "prefetch"},
		label:  "prefetch direct  unknown",
		says:   []string{"A browser fetched the page ahead of a click that may never come.", "X-Moz prefetch"},
		not:    []string{"X-Purpose"},
	},
}

func TestMe(t *testing.T) {
	for _, tt := range meVisits {
		t.Run(tt.name, func(t *testing.T) {
			if tt.target == "" {
				tt.target = mePath
			}
			page := readMe(t, askMe(t, http.MethodGet, tt.target, tt.header))
			for _, want := range tt.says {
				assert.Contains(t, page.text, want)
			}
			for _, unwanted := range tt.not {
				assert.NotContains(t, page.text, unwanted)
			}
			label := labelOf(t, page.testCase)
			assert.Equal(t, tt.label, strings.Join([]string{label.Kind.String(), label.Channel.String(), label.Source, label.Confidence.String()}, " "))
			assert.Equal(t, meLabel(tt.target, tt.header), label, "the test case has the page's label, with its evidence")
		})
	}
}

// TestMeOptOut: the page says whether the browser carries the mark, and what the
// button would do.
func TestMeOptOut(t *testing.T) {
	for cookie, off := range map[string]bool{"": false, "a=b; ds_off=1": true, "ds_off=0": false, "xds_off=1": false} {
		body := askMe(t, http.MethodGet, mePath, map[string]string{"Cookie": cookie}).Body.String()
		assert.Equal(t, off, strings.Contains(body, `<p id="marked"><strong>`), cookie)
		assert.Equal(t, !off, strings.Contains(body, `<p id="unmarked">`), cookie)
		assert.Equal(t, off, strings.Contains(body, ">"+meTexts["en"].On+"</button>"), cookie)
		assert.Contains(t, body, `<script src="/_ds/ds.js" data-wait-for-consent="" defer="defer"></script>`)
	}
}

func TestMeAnswers(t *testing.T) {
	get := askMe(t, http.MethodGet, mePath, nil)
	assert.Equal(t, http.StatusOK, get.Code)
	assert.Equal(t, http.Header{
		"Cache-Control":           {"no-store"},
		"Content-Length":          get.Result().Header["Content-Length"],
		"Content-Security-Policy": {"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
		"Content-Type":            {"text/html; charset=utf-8"},
		"Referrer-Policy":         {"same-origin"},
		"X-Content-Type-Options":  {"nosniff"},
		"X-Robots-Tag":            {"noindex"},
	}, get.Result().Header)

	head := askMe(t, http.MethodHead, mePath, nil)
	assert.Equal(t, http.StatusOK, head.Code)
	assert.Equal(t, get.Result().Header, head.Result().Header, "HEAD says what GET would")
	assert.Empty(t, head.Body.String())

	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "get"} {
		for _, path := range []string{mePath, meStylePath, meScriptPath} {
			answer := askMe(t, method, path, nil)
			assert.Equal(t, http.StatusMethodNotAllowed, answer.Code, method)
			assert.Equal(t, "GET, HEAD", answer.Header().Get("Allow"))
			assert.Equal(t, "method", answer.Header().Get("X-DS-Refused"))
		}
	}
	for _, path := range []string{"/_ds/me/", "/_ds/me.html", "/_ds/ME", "/", "/_ds/"} {
		assert.Equal(t, http.StatusNotFound, askMe(t, http.MethodGet, path, nil).Code, path)
	}
}

func TestMeRefusesHosts(t *testing.T) {
	for _, host := range []string{"example.net", "", "www.example.com.evil.example", "notexample.com", "www.example.com/x", "<script>"} {
		answer := askMe(t, http.MethodGet, mePath, map[string]string{"X-Ds-Host": host})
		assert.Equal(t, http.StatusForbidden, answer.Code, host)
		assert.Equal(t, "host", answer.Header().Get("X-DS-Refused"))
		assert.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
		assert.Equal(t, "text/plain; charset=utf-8", answer.Header().Get("Content-Type"))
		assert.Contains(t, answer.Body.String(), "not among those of the sites")
	}
	anyHost := Me(site.Serve([]*site.Site{{Name: "any"}}))
	for host, want := range map[string]int{"": http.StatusForbidden, "localhost": http.StatusOK, "[::1]:8080": http.StatusOK} {
		r := httptest.NewRequest(http.MethodGet, mePath, nil)
		r.Header.Set("X-Ds-Host", host)
		w := httptest.NewRecorder()
		anyHost.ServeHTTP(w, r)
		assert.Equal(t, want, w.Code, host)
	}
}

func TestMeAssets(t *testing.T) {
	for path, mediaType := range map[string]string{meStylePath: "text/css; charset=utf-8", meScriptPath: "text/javascript; charset=utf-8"} {
		answer := askMe(t, http.MethodGet, path, map[string]string{"X-Ds-Host": ""}) // the same for everybody
		assert.Equal(t, http.StatusOK, answer.Code)
		assert.Equal(t, mediaType, answer.Header().Get("Content-Type"))
		assert.Equal(t, "public, max-age=3600", answer.Header().Get("Cache-Control"))
		assert.Equal(t, "nosniff", answer.Header().Get("X-Content-Type-Options"))
		assert.NotEmpty(t, answer.Body.String())
		tag := answer.Header().Get("ETag")
		assert.Regexp(t, `^"[0-9a-f]{16}"$`, tag)

		known := askMe(t, http.MethodGet, path, map[string]string{"If-None-Match": tag})
		assert.Equal(t, http.StatusNotModified, known.Code)
		assert.Empty(t, known.Body.String())
		assert.Empty(t, askMe(t, http.MethodHead, path, nil).Body.String())
	}
}

// TestMeScriptAndPage: the script finds what it looks for, and the policy lets the
// page have all that it names.
func TestMeScriptAndPage(t *testing.T) {
	page := askMe(t, http.MethodGet, mePath, nil).Body.String()
	script := askMe(t, http.MethodGet, meScriptPath, nil).Body.String()
	looked := regexp.MustCompile(`part\("([a-z-]+)"\)`).FindAllStringSubmatch(script, -1)
	assert.NotEmpty(t, looked)
	for _, name := range looked {
		assert.Equal(t, 1, strings.Count(page, `id="`+name[1]+`"`), name[1])
	}
	for _, name := range regexp.MustCompile(`dataset\.([a-z]+)`).FindAllStringSubmatch(script, -1) {
		assert.Contains(t, page, "data-"+name[1]+`="`)
	}
	assert.NotRegexp(t, ` (style|on[a-z]+)=|<style|<script>`, page, "the policy would block it")
	for _, address := range regexp.MustCompile(`(?:src|rel="stylesheet" href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.True(t, strings.HasPrefix(address[1], "/_ds/"), address[1])
	}
}

// TestSplitSource: the source of every rule there is can be followed where it begins
// with an address.
func TestSplitSource(t *testing.T) {
	links := 0
	for _, r := range darksocial.Rules() {
		link, note := splitSource(r.Cited())
		assert.NotContains(t, note, "https://")
		if link == "" {
			continue
		}
		links++
		u, err := url.Parse(link)
		require.NoError(t, err)
		assert.NotEmpty(t, u.Host, r.ID)
		assert.NotRegexp(t, `[:\s,]$`, link)
		assert.NotContains(t, u.Path, ":")
	}
	assert.Positive(t, links)
	link, note := splitSource("https://example.org/a: read there")
	assert.Equal(t, []string{"https://example.org/a", "read there"}, []string{link, note})
}

// The site the tests ask.
var meSite = &site.Site{Name: "www.example.com", Site: darksocial.Site{Hosts: []string{"example.com"}}}

// askMe asks for something of the page, as the CDN passes a request on.
func askMe(t testing.TB, method, target string, header map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	Me(site.Serve([]*site.Site{meSite})).ServeHTTP(w, meRequest(method, target, header))
	return w
}

func meRequest(method, target string, header map[string]string) *http.Request {
	path, query, _ := strings.Cut(target, "?")
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Method, r.URL.RawQuery = method, query
	r.Header.Set("X-Ds-Host", "www.example.com")
	r.Header.Set("X-Ds-Ip", "192.0.2.77")
	r.Header.Set("X-Ds-Id", "q07MNkEzR5BEM_SaF47gjtX9zBDO2m349OY2an0QPEaUum1ZOLr-==")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	return r
}

// meLabel is the label of a request for a page of the site with the same headers.
func meLabel(target string, header map[string]string) darksocial.Label {
	visit := edge.Request(meRequest(http.MethodGet, target, header))
	visit.Path = "/"
	return darksocial.New(meSite.Site).Classify(&visit)
}

// labelOf reads a test case the way `darksocial classify` does.
func labelOf(t testing.TB, line string) darksocial.Label {
	t.Helper()
	assert.NotContains(t, line, "\n")
	r, err := edge.NewReader(strings.NewReader(line), "test case", edge.Options{Format: edge.NDJSON})
	require.NoError(t, err)
	var read edge.Line
	require.True(t, r.Next(&read))
	require.NoError(t, read.Err)
	assert.Equal(t, darksocial.SeesAll, read.Visit.Sees)
	label := darksocial.New(meSite.Site).Classify(&read.Visit)
	require.False(t, r.Next(&read))
	return label
}

// mePage is what a page shows.
type mePage struct {
	text     string // all of it, with single blanks
	testCase string
}

// readMe reads the page, which is well-formed: it is written so that a reader of XML
// reads it, too.
func readMe(t testing.TB, answer *httptest.ResponseRecorder) (page mePage) {
	t.Helper()
	require.Equal(t, http.StatusOK, answer.Code)
	body := answer.Body.String()
	d := xml.NewDecoder(strings.NewReader(body))
	var text strings.Builder
	var open []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err, body)
		switch x := token.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
			if !slices.Contains([]string{"strong", "code", "em", "a", "span"}, x.Name.Local) {
				text.WriteByte(' ')
			}
		case xml.CharData:
			if len(open) > 0 && open[len(open)-1] == "textarea" {
				page.testCase += string(x)
			} else {
				text.Write(x)
			}
		}
	}
	page.text = strings.Join(strings.Fields(text.String()), " ")
	return page
}
