package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReadReferer(t *testing.T) {
	web := func(host, path string) origin { return origin{originWeb, host, path} }
	app := func(name string) origin { return origin{kind: originApp, host: name} }
	none, unreadable := origin{}, origin{kind: originUnreadable}
	for _, tt := range []struct {
		raw  string
		want origin
	}{
		{"", none},
		{"-", none},
		{" \t", none},
		{" - ", none},

		{"https://www.example.com/a/b?c#d", web("www.example.com", "/a/b")},
		{"http://example.com", web("example.com", "/")},
		{"https://example.com?a=/b", web("example.com", "/")},
		{"https://example.com#a", web("example.com", "/")},
		{"  https://example.com/a  ", web("example.com", "/a")},
		{"HTTPS://Example.COM/A", web("example.com", "/A")},
		{"https://example.com./a", web("example.com", "/a")},
		{"https://example.com:8443/a", web("example.com", "/a")},
		{"https://example.com.:8443", web("example.com", "/")},
		{"https://user:secret@example.com/a", web("example.com", "/a")},
		{"https://user@mail.example@example.com:1/a", web("example.com", "/a")},
		{"https://localhost/a", web("localhost", "/a")},
		{"http://192.0.2.7:8080/", web("192.0.2.7", "/")},
		{"http://[2001:db8::7]/a", web("[2001:db8::7]", "/a")},
		{"http://[2001:db8::7]:8080/a", web("[2001:db8::7]", "/a")},
		{"https://bücher.example/a", web("bücher.example", "/a")},
		{"https://xn--bcher-kva.example/", web("xn--bcher-kva.example", "/")},
		{"https://a_b.example/", web("a_b.example", "/")},

		// The scheme is missing, or everything escaped.
		{"example.com", web("example.com", "/")},
		{"www.example.com/a?b=c", web("www.example.com", "/a")},
		{"www.example.com/url?q=https://other.example/", web("www.example.com", "/url")},
		{"https%3A%2F%2Fwww.example.com%2Fa", web("www.example.com", "/a")},
		{"http%3a%2f%2fexample.com", web("example.com", "/")},
		{"https://example.com/url?q=https%3A%2F%2Fother.example%2F", web("example.com", "/url")},
		{"blap", unreadable},
		{"/a/b", unreadable},
		{"?a=b", unreadable},

		// No web page.
		{"javascript:alert(1)", unreadable},
		{"javascript://example.com/%0aalert(1)", unreadable},
		{"about:blank", unreadable},
		{"data:text/html,x", unreadable},
		{"file:///C:/a.html", unreadable},
		{"mailto:somebody@example.com", unreadable},
		{"blob:https://example.com/4b1d", unreadable},
		{"https://", unreadable},
		{"https:///a", unreadable},
		{"https://.example.com/", unreadable},
		{"https://a..b/", unreadable},
		{"https://exa mple.com/", unreadable},
		{"https://example.com\x00/", unreadable},
		{"https://<script>/", unreadable},
		{"https://" + strings.Repeat("a", maxHost+1) + "/", unreadable},
		{strings.Repeat("a", 1<<20), unreadable},
		{"https://example.com/" + strings.Repeat("a", 1<<20), web("example.com", "/"+strings.Repeat("a", 8192-len("https://example.com/")))},

		// An app.
		{"android-app://com.whatsapp", app("com.whatsapp")},
		{"android-app://com.whatsapp/", app("com.whatsapp")},
		{"Android-App://com.whatsapp/", app("com.whatsapp")},
		{"android-app%3A%2F%2Fcom.whatsapp%2F", app("com.whatsapp")},
		{"android-app://com.google.android.googlequicksearchbox/https/www.google.com", app("com.google.android.googlequicksearchbox")},
		{"android-app://m.facebook.com", app("m.facebook.com")},
		{"android-app://com.Slack/", app("com.Slack")},
		{"android-app://", unreadable},
		{"android-app:///", unreadable},
		{"android-app://1.2/", unreadable},
		{"android-app://com whatsapp/", unreadable},
		{"android-app://" + strings.Repeat("a", 101), unreadable},
		{"ios-app://310633997/", unreadable},
	} {
		assert.Equal(t, tt.want, readReferer(tt.raw), "%.80q", tt.raw)
	}
}

func TestHostsOfReferers(t *testing.T) {
	for _, tt := range []struct{ host, name string }{
		{"example.com", "example.com"},
		{"a.example.com", "example.com"},
		{"a.b.example.com", "b.example.com"},
	} {
		assert.True(t, under(tt.host, tt.name), "%s under %s", tt.host, tt.name)
	}
	for _, tt := range []struct{ host, name string }{
		{"notexample.com", "example.com"},
		{"example.com.evil.example", "example.com"},
		{"example.com", "a.example.com"},
		{"", "example.com"},
		{".example.com", "a.example.com"},
	} {
		assert.False(t, under(tt.host, tt.name), "%s under %s", tt.host, tt.name)
	}
	assert.Equal(t, "example.com", withoutWWW("www.example.com"))
	assert.Equal(t, "www2.example.com", withoutWWW("www2.example.com"))
}
