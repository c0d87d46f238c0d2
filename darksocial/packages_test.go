package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// inPackage is a visit in an app's WebView.
func inPackage(name, ua string) Visit {
	return Visit{Host: "www.example.com", Path: "/a", UserAgent: ua, Headers: Headers{RequestedWith: name}, Sees: SeesAll}
}

// fromPackage is a visit in a browser that an app has opened.
func fromPackage(name string) Visit {
	return Visit{Host: "www.example.com", Path: "/a", UserAgent: uaChrome, Referer: "android-app://" + name + "/", Sees: SeesAll}
}

func TestPackagesAreFound(t *testing.T) {
	c := New(Site{})
	for _, row := range packages {
		t.Run(row.name, func(t *testing.T) {
			for _, name := range []string{row.name, row.name + ".zzz"} {
				v := inPackage(name, uaWebView)
				f := c.Facts(&v)
				assert.Contains(t, ids(&f.Evidence), "xrw."+row.name, name)
				assert.Empty(t, f.Unnamed, "a listed package is named")
				l := Resolve(&f)
				assert.Equal(t, row.source, l.Source)
				assert.Equal(t, InApp, l.Surface)

				v = fromPackage(name)
				f = c.Facts(&v)
				assert.Contains(t, ids(&f.Evidence), "app."+row.name, name)
				l = Resolve(&f)
				assert.Equal(t, row.source, l.Source)
				assert.NotEqual(t, Direct, l.Channel)
				assert.Equal(t, Referral, l.ByReferrer)
			}
		})
	}
}

func TestLongestPackageWins(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"com.facebook.katana", "com.facebook"},
		{"com.facebook.orca", "com.facebook.orca"},
		{"com.facebook.orca.beta", "com.facebook.orca"},
		{"com.facebook.orcas", "com.facebook"},
		{"com.instagram.android", "com.instagram"},
		{"com.instagram.barcelona", "com.instagram.barcelona"},
		{"com.whatsapp.w4b", "com.whatsapp"},
		{"com.google.android.gm", "com.google.android.gm"},
		{"com.google.android.gms", "com.google.android.gms"},
		{"com.google.android.apps.messaging", "com.google.android.apps.messaging"},
		{"com.google.android.apps.maps", "com.google.android.apps"},
		{"com.whatsappclone", ""},
		{"com", ""},
		{"", ""},
	} {
		p, ok := tables.packages.find(tt.name)
		if tt.want == "" {
			assert.False(t, ok, tt.name)
			continue
		}
		assert.Equal(t, "xrw."+tt.want, idOf(p.requestedWith), tt.name)
		assert.Equal(t, "app."+tt.want, idOf(p.app), tt.name)
	}
}

// TestBrowserPackages: whoever reads in a browser on WebView is browsing.
func TestBrowserPackages(t *testing.T) {
	c := New(Site{})
	unlisted := []string{"com.acme.webbrowser", "net.acme.Browser2", "org.acme.webview_shell"}
	for _, name := range append(unlisted, browserPackages...) {
		for _, ua := range []string{uaWebView, uaTelegram} {
			v := inPackage(name, ua)
			f := c.Facts(&v)
			assert.Equal(t, "xrw.browser", ids(&f.Evidence)[0], name)
			assert.Empty(t, f.Unnamed, name)
			l := Resolve(&f)
			assert.Equal(t, Direct, l.Channel, name)
			assert.Equal(t, Browser, l.Surface, name)
		}
		v := fromPackage(name)
		f := c.Facts(&v)
		assert.Equal(t, []string{"app.browser", "sfs.absent"}, ids(&f.Evidence), name)
		l := Resolve(&f)
		assert.Equal(t, Direct, l.Channel, name)
	}
}

func TestUnlistedPackages(t *testing.T) {
	c := New(Site{})
	v := inPackage("net.acme.chatter", uaTelegram)
	f := c.Facts(&v)
	assert.Equal(t, []string{"xrw.other", "shape.telegram", "sfs.absent"}, ids(&f.Evidence), "the shape is noted, and yields")
	assert.Equal(t, "net.acme.chatter", f.Unnamed)
	l := Resolve(&f)
	assert.Equal(t, InApp, l.Surface)
	assert.Equal(t, Direct, l.Channel)
	assert.Empty(t, l.Source)

	v = fromPackage("net.acme.chatter")
	f = c.Facts(&v)
	assert.Equal(t, []string{"app.other", "sfs.absent"}, ids(&f.Evidence))
	l = Resolve(&f)
	assert.Equal(t, Referral, l.Channel)
}

func TestOwnPackageIsInternal(t *testing.T) {
	c := New(Site{Packages: []string{"com.example.news"}})
	for _, tt := range []struct {
		visit Visit
		want  Kind
	}{
		{inPackage("com.example.news", uaWebView), KindInternal},
		{fromPackage("com.example.news"), KindInternal},
		{inPackage("com.example.newsletter", uaWebView), KindVisit},
		{fromPackage("com.example.newsletter"), KindVisit},
		{inPackage("", uaWebView), KindVisit},
	} {
		assert.Equal(t, tt.want, c.Classify(&tt.visit).Kind, "%s %s", tt.visit.Headers.RequestedWith, tt.visit.Referer)
	}
}

// TestReversedHosts: an unlisted package is its maker's host, written backwards.
func TestReversedHosts(t *testing.T) {
	c := New(Site{})
	for _, tt := range []struct {
		name, source string
		channel      Channel
	}{
		{"com.quora.android", "quora", Social},
		{"com.QUORA.android", "quora", Social},
		{"com.notquora.android", "", Referral},
	} {
		v := fromPackage(tt.name)
		l := c.Classify(&v)
		assert.Equal(t, tt.source, l.Source, tt.name)
		assert.Equal(t, tt.channel, l.Channel, tt.name)
		assert.Equal(t, tt.source != "", l.Evidence.Has(reversedHost), tt.name)
	}
	for name, want := range map[string]string{
		"com.example.app":     "app.example.com",
		"Com.Example":         "example.com",
		"single":              "single",
		"a.b.c.d.e.f.g.h.i.j": "f.e.d.c.b.a",
	} {
		assert.Equal(t, want, reversed(name))
	}
}

// TestNoPackages: what is no package's name says nothing, and the shape counts.
func TestNoPackages(t *testing.T) {
	c := New(Site{})
	for _, name := range []string{
		"", "-", "XMLHttpRequest", "xmlhttprequest", " com.whatsapp", "com.whatsapp ", "com whatsapp", "com.whatsapp\x00", "1.2.3",
		".com.whatsapp", "<script>", "com.whatsäpp", strings.Repeat("a", 101), strings.Repeat("a.", 1<<19),
	} {
		v := inPackage(name, uaTelegram)
		f := c.Facts(&v)
		assert.Equal(t, []string{"shape.telegram", "sfs.absent"}, ids(&f.Evidence), "%.40q", name)
		assert.Empty(t, f.Unnamed)
		if name == "" || len(name) > 100 {
			continue
		}
		v = fromPackage(name)
		f = c.Facts(&v)
		assert.NotContains(t, ids(&f.Evidence), "app.com.whatsapp", "%.40q", name)
	}
}
