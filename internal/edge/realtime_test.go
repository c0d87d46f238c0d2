package edge

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

func TestRealtimeTimestamp(t *testing.T) {
	opt := Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", "cs-uri-stem"}}
	tests := []struct {
		timestamp string
		want      time.Time
		wantErr   string
	}{
		{"1795445520.123", at145200.Add(123 * time.Millisecond), ""},
		{"1795445520", at145200, ""},
		{"1795445520.", at145200, ""},
		{"1795445520.1234567891", at145200.Add(123456789), ""},
		{"-", time.Time{}, ""},
		{"0.000", time.Time{}, "dated 1970-01-01"},
		{"-5", time.Time{}, "dated 1969-12-31"},
		{"4102444800.000", time.Time{}, "dated 2100-01-01"},
		{"99999999999999999999", time.Time{}, "timestamp"},
		{"NaN", time.Time{}, "timestamp is not a number"},
		{"1795445520.x", time.Time{}, "timestamp is not a number"},
		{"1795445520.-1", time.Time{}, "timestamp is not a number"},
		{"soon", time.Time{}, "timestamp is not a number"},
	}
	for _, tt := range tests {
		t.Run(tt.timestamp, func(t *testing.T) {
			line := readOne(t, tt.timestamp+"\t/a", opt)
			if tt.wantErr != "" {
				assert.ErrorContains(t, line.Err, tt.wantErr)
				return
			}
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit.Time)
		})
	}
}

func TestRealtimeSees(t *testing.T) {
	tests := []struct {
		name   string
		fields string
		line   string
		want   darksocial.Visit
	}{
		{"path alone", "cs-uri-stem", "/a", darksocial.Visit{Path: "/a"}},
		{"referer", "cs-uri-stem cs-referer", "/a\t-", darksocial.Visit{Path: "/a", Sees: darksocial.SeesReferer}},
		{"user agent", "cs-uri-stem cs-user-agent", "/a\tx", darksocial.Visit{Path: "/a", UserAgent: "x", Sees: darksocial.SeesUserAgent}},
		{"host of the distribution", "cs-host cs-uri-stem", "d1.cloudfront.net\t/a", darksocial.Visit{Host: "d1.cloudfront.net", Path: "/a"}},
		{
			"columns before headers",
			"cs-uri-stem cs-user-agent cs-referer cs-headers",
			"/a\tcolumn\t-\tuser-agent:block%0Areferer:https://example.org/%0A",
			darksocial.Visit{Path: "/a", UserAgent: "column", Sees: darksocial.SeesAll},
		},
		{
			"headers where there are no columns",
			"cs-uri-stem cs-headers",
			"/a\tUser-Agent:Mozilla/5.0%20(X)%0AReferer:https://example.org/?q=%25C3%25A4%0A",
			darksocial.Visit{Path: "/a", UserAgent: "Mozilla/5.0 (X)", Referer: "https://example.org/?q=%C3%A4", Sees: darksocial.SeesAll},
		},
		{
			"headers without them: not sent",
			"cs-uri-stem cs-headers",
			"/a\thost:www.example.com%0A",
			darksocial.Visit{Path: "/a", Sees: darksocial.SeesAll},
		},
		{
			"cut headers: what is there is known, what is not is not",
			"cs-uri-stem cs-headers",
			"/a\tuser-agent:x%0Adnt:1%0Acookie:" + strings.Repeat("x", 780),
			darksocial.Visit{Path: "/a", UserAgent: "x", Headers: darksocial.Headers{DNT: "1"}, Sees: darksocial.SeesUserAgent},
		},
		{"empty headers: nobody looked", "cs-uri-stem cs-headers", "/a\t-", darksocial.Visit{Path: "/a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.line, Options{Format: CloudFrontRealtime, Fields: strings.Fields(tt.fields)})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit)
		})
	}
}

func TestRealtimeHeaders(t *testing.T) {
	const block = "host:www.example.com%0Asec-fetch-site:none%0ADNT:1%0A"
	long := func(n int, tail string) string {
		return "x-long:" + strings.Repeat("x", n-len("x-long:")-len(tail)) + tail
	}
	tests := []struct {
		name         string
		block        string
		names, count string
		want         darksocial.Headers
		complete     bool
	}{
		{"whole", block, "-", "3", darksocial.Headers{FetchSite: "none", DNT: "1"}, true},
		{"count is not logged", block, "-", "-", darksocial.Headers{FetchSite: "none", DNT: "1"}, true},
		{"count says there are more", block, "-", "4", darksocial.Headers{FetchSite: "none", DNT: "1"}, false},
		{"count is nonsense", block, "-", "many", darksocial.Headers{FetchSite: "none", DNT: "1"}, false},
		{"the cookie is counted and left out", block, "host%0ACookie%0Asec-fetch-site%0ADNT%0A", "4", darksocial.Headers{FetchSite: "none", DNT: "1"}, true},
		{"the cookie is there, something else is not", block + "cookie:a%0A", "cookie%0A", "5", darksocial.Headers{FetchSite: "none", DNT: "1"}, false},
		{"no line feed at the end", "dnt:1%0asec-gpc:1", "-", "2", darksocial.Headers{DNT: "1", GPC: "1"}, true},
		{"values are escaped once", "sec-ch-ua:%22Chromium%22;v=%22143%22,%20%22Not?A_Brand%22%0Asec-ch-ua-platform:%22Android%22%0Asec-ch-ua-mobile:?1%0A", "-", "3", darksocial.Headers{Brands: `"Chromium";v="143", "Not?A_Brand"`, Platform: `"Android"`, Mobile: "?1"}, true},
		{"an escaped percent is no line feed", "x-requested-with:a%250Ab%0A", "-", "1", darksocial.Headers{RequestedWith: "a%0Ab"}, true},
		{"a value with colons", "x-requested-with:a:b%0A", "-", "1", darksocial.Headers{RequestedWith: "a:b"}, true},
		{"a line without a colon", "dnt:1%0Anonsense%0A", "-", "1", darksocial.Headers{DNT: "1"}, true},
		{"Sec-Purpose before Purpose", "purpose:prefetch%0Asec-purpose:prefetch;prerender%0A", "-", "2", darksocial.Headers{Purpose: "prefetch;prerender"}, true},
		{"cut in the last value", long(790, "%0A") + "sec-gpc:1", "-", "-", darksocial.Headers{}, false},
		{"cut, the header before is whole", "dnt:1%0A" + long(792, ""), "-", "-", darksocial.Headers{DNT: "1"}, false},
		{"cut in an escape that was dropped", "dnt:1%0A" + long(790, ""), "-", "-", darksocial.Headers{DNT: "1"}, false},
		{"full, not cut", "dnt:1%0A" + long(789, "%0A"), "-", "-", darksocial.Headers{DNT: "1"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, strings.Join([]string{"/a", tt.block, tt.names, tt.count}, "\t"),
				Options{Format: CloudFrontRealtime, Fields: []string{"cs-uri-stem", "cs-headers", "cs-header-names", "cs-headers-count"}})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit.Headers)
			assert.Equal(t, tt.complete, line.Visit.Sees.Has(darksocial.SeesHeaders))
		})
	}
}
