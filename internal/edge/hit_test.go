package edge

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

const aRequestID = "yFHbDvCDsQTXJKem666hFJqAYBhaGhAMu398GrX7RMVW=="

var hints = []struct {
	text string
	want Hint
	err  error
}{
	{"1." + aRequestID + ".1795786000.cross-site.document..0", Hint{aRequestID, time.Unix(1795786000, 0).UTC(), "cross-site", "document", "", false}, nil},
	{"1.a.0....1", Hint{"a", time.Unix(0, 0).UTC(), "", "", "", true}, nil},
	{"1.a.1.none.document.prefetch;prerender.0", Hint{"a", time.Unix(1, 0).UTC(), "none", "document", "prefetch;prerender", false}, nil},

	{"", Hint{}, ErrHint},
	{"1", Hint{}, ErrHint},
	{"0.a.1....0", Hint{}, ErrHint},
	{"-1.a.1....0", Hint{}, ErrHint},
	{"one.a.1....0", Hint{}, ErrHint},
	{"2.whatever", Hint{}, ErrHintVersion},
	{"12", Hint{}, ErrHintVersion},
	{"1.a.1...0", Hint{}, ErrHint},
	{"1.a.1.....0", Hint{}, ErrHint},
	{"1..1....0", Hint{}, ErrHint},
	{"1.a b.1....0", Hint{}, ErrHint},
	{"1.a\".1....0", Hint{}, ErrHint},
	{"1." + strings.Repeat("a", 129) + ".1....0", Hint{}, ErrHint},
	{"1.a.-1....0", Hint{}, ErrHint},
	{"1.a.1e3....0", Hint{}, ErrHint},
	{"1.a.99999999999....0", Hint{}, ErrHint},
	{"1.a.....0", Hint{}, ErrHint},
	{"1.a.1.None...0", Hint{}, ErrHint},
	{"1.a.1." + strings.Repeat("n", 41) + "...0", Hint{}, ErrHint},
	{"1.a.1....2", Hint{}, ErrHint},
	{"1.a.1....", Hint{}, ErrHint},
	{"1.a.1....0 ", Hint{}, ErrHint},
}

func TestParseHint(t *testing.T) {
	for _, tt := range hints {
		got, err := ParseHint(tt.text)
		assert.ErrorIs(t, err, tt.err, tt.text)
		assert.Equal(t, tt.want, got, tt.text)
	}
}

// TestHitIsThePages: of the script's request only that is taken which is the page's
// as well.
func TestHitIsThePages(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/_ds/hit?v=1&i=0123456789abcdef01234567&p=/a&r=https://web.whatsapp.com&n=navigate&a=3&c=1", nil)
	for name, value := range map[string]string{
		"X-Ds-Host": "www.example.com:8080", "User-Agent": "Mozilla", "X-Requested-With": "com.viber.voip", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors",
		"Sec-Fetch-Dest": "empty", "Purpose": "prefetch", "Referer": "https://www.example.com/a?utm_source=b", "Sec-CH-UA-Mobile": "?1",
	} {
		r.Header.Set(name, value)
	}
	h, err := ReadHit(r)
	require.NoError(t, err)
	want := darksocial.Visit{Host: "www.example.com", Path: "/a", Query: "utm_source=b", Referer: "https://web.whatsapp.com", UserAgent: "Mozilla", Method: "GET", ContentType: "text/html",
		Headers: darksocial.Headers{RequestedWith: "com.viber.voip", Mobile: "?1"}, Navigation: darksocial.Navigate, Sees: darksocial.SeesReferer | darksocial.SeesUserAgent}
	assert.Equal(t, want, h.Visit)
	assert.Equal(t, 3*time.Second, h.Age)
	assert.True(t, h.Cached)

	// A router has changed the address since: its query is another page's.
	r.Header.Set("Referer", "https://www.example.com/b?utm_source=b")
	h, err = ReadHit(r)
	require.NoError(t, err)
	assert.Empty(t, h.Visit.Query)
}

// FuzzHit: whatever is sent, a hit is an error or within its bounds.
func FuzzHit(f *testing.F) {
	for _, tt := range hints {
		f.Add("v=1&i=0123456789abcdef01234567&p=%2Fa&r=https%3A%2F%2Fweb.whatsapp.com&n=reload&a=3&c=1&h="+url.QueryEscape(tt.text), "https://www.example.com/a?b=c", "Mozilla", "www.example.com")
	}
	f.Add("v=1&o=1&q="+aRequestID, "", "", "")
	f.Add("v=1&n=noscript", "https://www.example.com/%zz", "\xff", "[::1]:80")
	classifier := darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})
	f.Fuzz(func(t *testing.T, query, referer, agent, host string) {
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/_ds/hit", RawQuery: query}, Header: http.Header{}}
		r.Header.Set("Referer", referer)
		r.Header.Set("User-Agent", agent)
		r.Header.Set("X-Ds-Host", host)
		h, err := ReadHit(r)
		if err != nil {
			var bad BadHit
			require.ErrorAs(t, err, &bad)
			require.Nil(t, h)
			return
		}
		v := &h.Visit
		require.LessOrEqual(t, len(v.Path)+len(v.Query)+len(v.Referer)+len(v.UserAgent), 16<<10)
		require.True(t, h.Age >= 0 && h.Age <= MaxAge)
		require.True(t, h.ViewID == "" || len(h.ViewID) == 24)
		require.False(t, hasControl(v.Path))
		if h.Objects {
			require.Zero(t, *v)
		}
		if h.Hint != nil {
			require.True(t, IsRequestID(h.Hint.RequestID))
			require.True(t, utf8.ValidString(h.Hint.FetchSite+h.Hint.FetchDest+h.Hint.Purpose))
		}
		classifier.Classify(v)
	})
}
