package edge

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge/edgetest"
)

// TestRequest: every row of the door test, sent as a request to a real server, is
// the same visit, and so has the same label.
func TestRequest(t *testing.T) {
	var got darksocial.Visit
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = Request(r) }))
	defer server.Close()
	for _, row := range edgetest.Visits {
		t.Run(row.Name, func(t *testing.T) {
			r, err := http.NewRequest(row.Visit.Method, server.URL, nil)
			require.NoError(t, err)
			r.URL.Opaque = "//" + r.URL.Host + row.Visit.Path // as it is, not escaped anew
			r.URL.RawQuery = row.Visit.Query
			send(r.Header, &row.Visit)
			answer, err := server.Client().Do(r)
			require.NoError(t, err)
			require.NoError(t, answer.Body.Close())

			want := row.Visit
			want.Time, want.Status, want.ContentType = got.Time, 0, "" // the caller's
			assert.Equal(t, want, got)
			got.Status, got.ContentType = row.Visit.Status, row.Visit.ContentType
			sameLabel(t, &row.Visit, &got)
		})
	}
}

// send writes a visit into the headers of a request, as the CDN passes them on.
func send(h http.Header, v *darksocial.Visit) {
	for name, value := range map[string]string{
		"X-Ds-Host": v.Host, "X-Ds-Id": v.ID, "CloudFront-Viewer-Country": v.Country,
		"Referer": v.Referer, "User-Agent": v.UserAgent, "X-Requested-With": v.Headers.RequestedWith,
		"Sec-Fetch-Site": v.Headers.FetchSite, "Sec-Fetch-Mode": v.Headers.FetchMode, "Sec-Fetch-Dest": v.Headers.FetchDest,
		"Sec-Purpose": v.Headers.Purpose, "Sec-CH-UA": v.Headers.Brands, "Sec-CH-UA-Mobile": v.Headers.Mobile,
		"Sec-CH-UA-Platform": v.Headers.Platform, "Sec-GPC": v.Headers.GPC, "DNT": v.Headers.DNT,
	} {
		switch {
		case value != "":
			h.Set(name, value)
		case name == "User-Agent":
			h[name] = nil // else Go's client sends its own
		}
	}
}

// TestHeaderNames: the names are all that a visit has room for, each of them once.
func TestHeaderNames(t *testing.T) {
	for _, name := range HeaderNames {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set(name, "https://example.org/")
		want := darksocial.Visit{Path: "/", Method: "GET", Sees: darksocial.SeesAll}
		switch name {
		case "User-Agent":
			want.UserAgent = "https://example.org/"
		case "Referer":
			want.Referer = "https://example.org/"
		default:
			require.True(t, want.Headers.Set(strings.ToLower(name), "https://example.org/"), name)
		}
		assert.Equal(t, want, Request(r), name)
	}
	full := darksocial.Headers{RequestedWith: "x", FetchSite: "x", FetchMode: "x", FetchDest: "x", Purpose: "x", Brands: "x", Mobile: "x", Platform: "x", GPC: "x", DNT: "x"}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, name := range HeaderNames {
		r.Header.Set(name, "x")
	}
	assert.Equal(t, full, Request(r).Headers)
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(HeaderNames))), len(HeaderNames), "each once")
}

func TestRequestReads(t *testing.T) {
	for _, tt := range []struct {
		name, target string
		header       http.Header
		want         darksocial.Visit
	}{
		{"nothing", "/", nil, darksocial.Visit{Path: "/"}},
		{"host in any case, with port", "/", http.Header{"X-Ds-Host": {"WWW.Example.com:8443"}}, darksocial.Visit{Host: "www.example.com", Path: "/"}},
		{"Host is the function's own", "http://abc.lambda-url.example/", nil, darksocial.Visit{Path: "/"}},
		{"a host that is none", "/", http.Header{"X-Ds-Host": {"a.example/b"}}, darksocial.Visit{Path: "/"}},
		{"a host with a blank", "/", http.Header{"X-Ds-Host": {"a.example b"}}, darksocial.Visit{Path: "/"}},
		{"a host with a user", "/", http.Header{"X-Ds-Host": {"jane@a.example"}}, darksocial.Visit{Path: "/"}},
		{"IPv6", "/", http.Header{"X-Ds-Host": {"[2001:DB8::1]:443"}}, darksocial.Visit{Host: "[2001:db8::1]", Path: "/"}},
		{"country", "/", http.Header{"Cloudfront-Viewer-Country": {"de"}}, darksocial.Visit{Path: "/", Country: "DE"}},
		{"no country", "/", http.Header{"Cloudfront-Viewer-Country": {"Germany"}}, darksocial.Visit{Path: "/"}},
		{"of repeated headers the first", "/", http.Header{
			"Referer": {"https://example.org/", "https://example.net/"}, "User-Agent": {"curl/8", "curl/9"},
			"Sec-Fetch-Site": {"none", "cross-site"}, "X-Ds-Host": {"a.example", "b.example"}, "X-Ds-Id": {"1", "2"},
		}, darksocial.Visit{ID: "1", Host: "a.example", Path: "/", Referer: "https://example.org/", UserAgent: "curl/8", Headers: darksocial.Headers{FetchSite: "none"}}},
		{"Sec-Purpose before the older", "/", http.Header{"X-Moz": {"prefetch"}, "Purpose": {"preview"}, "Sec-Purpose": {"prefetch;prerender"}},
			darksocial.Visit{Path: "/", Headers: darksocial.Headers{Purpose: "prefetch;prerender"}}},
		{"an empty header says nothing", "/", http.Header{"X-Moz": {"prefetch"}, "Sec-Purpose": {""}, "Referer": {""}},
			darksocial.Visit{Path: "/", Headers: darksocial.Headers{Purpose: "prefetch"}}},
		{"not escaped", "/stra\u00dfe?q=\u00fc", http.Header{"Referer": {"https://example.org/\u00e4 b"}},
			darksocial.Visit{Path: "/stra%C3%9Fe", Query: "q=%C3%BC", Referer: "https://example.org/%C3%A4%20b"}},
		{"a fragment", "/?a=b#c", nil, darksocial.Visit{Path: "/", Query: "a=b"}},
		{"who asks is not looked at", "/", http.Header{"X-Ds-Ip": {"192.0.2.7"}, "X-Forwarded-For": {"192.0.2.7"}, "Cookie": {"a=b"}, "Authorization": {"Basic x"}}, darksocial.Visit{Path: "/"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			var err error
			r.URL, err = r.URL.Parse(tt.target)
			require.NoError(t, err)
			if _, fragment, ok := strings.Cut(tt.target, "#"); ok {
				r.URL.RawQuery += "#" + fragment // as net/http leaves it in a request
			}
			r.Header = tt.header
			tt.want.Method, tt.want.Sees = "GET", darksocial.SeesAll
			assert.Equal(t, tt.want, Request(r))
		})
	}
}

// TestRequestIsBounded: whatever the client sends, and however it is escaped.
func TestRequestIsBounded(t *testing.T) {
	for _, unit := range []string{"a", "\u00e4", "\xff", "%C3%A4", " "} {
		long := strings.Repeat(unit, 20_000)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery = "/"+long, long
		for _, name := range append([]string{"X-Ds-Host", "X-Ds-Id", "CloudFront-Viewer-Country"}, HeaderNames...) {
			r.Header.Set(name, long)
		}
		v := Request(r)
		for want, got := range map[int][]string{
			8192: {v.Path, v.Query}, 2048: {v.Referer}, 1024: {v.UserAgent},
			512: {v.ID, v.Headers.RequestedWith, v.Headers.FetchSite, v.Headers.FetchMode, v.Headers.FetchDest, v.Headers.Purpose,
				v.Headers.Brands, v.Headers.Mobile, v.Headers.Platform, v.Headers.GPC, v.Headers.DNT},
		} {
			for _, s := range got {
				assert.Len(t, s, want, "%q", unit)
			}
		}
		assert.LessOrEqual(t, len(v.Host), 512)
		assert.Empty(t, v.Country)
	}
}

// TestHeaderValue: what a page shows of a header is what was read.
func TestHeaderValue(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, name := range HeaderNames {
		r.Header.Add(name, name+strings.Repeat("a", 5000))
		r.Header.Add(name, "second")
	}
	v := Request(r)
	assert.Equal(t, v.UserAgent, HeaderValue(r.Header, "User-Agent"))
	assert.Equal(t, v.Referer, HeaderValue(r.Header, "Referer"))
	var again darksocial.Headers
	for _, name := range HeaderNames {
		again.Set(strings.ToLower(name), HeaderValue(r.Header, name))
	}
	assert.Equal(t, v.Headers, again)
	assert.Empty(t, HeaderValue(nil, "DNT"))
}
