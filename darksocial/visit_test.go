package darksocial

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHeadersSet(t *testing.T) {
	var h Headers
	for _, name := range []string{
		"x-requested-with", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-purpose", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-gpc", "dnt",
	} {
		assert.True(t, h.Set(name, name), name)
	}
	assert.Equal(t, Headers{
		RequestedWith: "x-requested-with", FetchSite: "sec-fetch-site", FetchMode: "sec-fetch-mode", FetchDest: "sec-fetch-dest", Purpose: "sec-purpose",
		Brands: "sec-ch-ua", Mobile: "sec-ch-ua-mobile", Platform: "sec-ch-ua-platform", GPC: "sec-gpc", DNT: "dnt",
	}, h)
	for _, name := range []string{"", "cookie", "user-agent", "referer", "Sec-Fetch-Site"} {
		assert.False(t, h.Set(name, "x"), name)
	}
}

// TestPurpose: Sec-Purpose and what browsers sent before it, in any order.
func TestPurpose(t *testing.T) {
	for _, old := range []string{"purpose", "x-purpose", "x-moz"} {
		var h Headers
		h.Set(old, "prefetch")
		assert.Equal(t, "prefetch", h.Purpose, old)
		h.Set("sec-purpose", "prefetch;prerender")
		h.Set(old, "other")
		assert.Equal(t, "prefetch;prerender", h.Purpose, old)
	}
}

// TestHeadersRead: what the headers say, at a door that sees them and at one
// that does not.
func TestHeadersRead(t *testing.T) {
	c := New(Site{})
	for _, tt := range []struct {
		name      string
		headers   Headers
		sees      Sight
		site      FetchSite
		prefetch  Tri
		objection Tri
		device    Device
	}{
		{"nothing, seen", Headers{}, SeesAll, FetchSiteAbsent, No, No, DeviceUnknown},
		{"nothing, not seen", Headers{}, 0, FetchSiteUnknown, Unknown, Unknown, DeviceUnknown},
		{"none", Headers{FetchSite: "none"}, SeesAll, FetchSiteNone, No, No, DeviceUnknown},
		{"cross-site", Headers{FetchSite: "cross-site"}, 0, FetchSiteCross, Unknown, Unknown, DeviceUnknown},
		{"same-site", Headers{FetchSite: "same-site"}, SeesAll, FetchSiteSame, No, No, DeviceUnknown},
		{"same-origin", Headers{FetchSite: "same-origin"}, SeesAll, FetchSiteSame, No, No, DeviceUnknown},
		{"what no browser says", Headers{FetchSite: "elsewhere"}, SeesAll, FetchSiteAbsent, No, No, DeviceUnknown},
		{"prefetch", Headers{Purpose: "prefetch"}, SeesAll, FetchSiteAbsent, Yes, No, DeviceUnknown},
		{"prerender", Headers{Purpose: "prefetch;prerender"}, 0, FetchSiteUnknown, Yes, Unknown, DeviceUnknown},
		{"Safari's preview", Headers{Purpose: "preview"}, SeesAll, FetchSiteAbsent, Yes, No, DeviceUnknown},
		{"another purpose", Headers{Purpose: "previewer"}, SeesAll, FetchSiteAbsent, No, No, DeviceUnknown},
		{"GPC", Headers{GPC: "1"}, 0, FetchSiteUnknown, Unknown, Yes, DeviceUnknown},
		{"DNT", Headers{DNT: "1"}, SeesAll, FetchSiteAbsent, No, Yes, DeviceUnknown},
		{"DNT taken back", Headers{DNT: "0"}, SeesAll, FetchSiteAbsent, No, No, DeviceUnknown},
		{"a phone", Headers{Mobile: "?1"}, SeesAll, FetchSiteAbsent, No, No, Phone},
		{"no phone", Headers{Mobile: "?0"}, SeesAll, FetchSiteAbsent, No, No, DeviceUnknown},
	} {
		v := Visit{Host: "www.example.com", Path: "/a", Headers: tt.headers, Sees: tt.sees &^ SeesUserAgent}
		f := c.Facts(&v)
		assert.Equal(t, tt.site, f.FetchSite, tt.name)
		assert.Equal(t, tt.prefetch, f.Prefetch, tt.name)
		assert.Equal(t, tt.objection, f.Objection, tt.name)
		assert.Equal(t, tt.device, f.Device, tt.name)
	}
}
