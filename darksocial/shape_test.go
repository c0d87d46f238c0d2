package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// shaped is Chrome's User-Agent on Android with what the shapes look at.
func shaped(release, version, tail string) string {
	return "Mozilla/5.0 (Linux; Android " + release + "; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + version + tail
}

func TestShape(t *testing.T) {
	const full, frozen, phone = "141.0.7390.122", "141.0.0.0", " Mobile Safari/537.36"
	for _, tt := range []struct{ name, ua, want string }{
		// Telegram takes the model out and keeps the release.
		{"Telegram", shaped("15", full, phone), "shape.telegram"},
		{"Telegram on a tablet", shaped("13", full, " Safari/537.36"), "shape.telegram"},
		{"Telegram on a release with a dot", shaped("8.1.0", full, phone), "shape.telegram"},
		{"frozen version", shaped("15", frozen, phone), ""},
		{"release 10", shaped("10", full, phone), "shape.android-10-k"},
		{"release 10, frozen: Chrome", shaped("10", frozen, phone), ""},
		{"Opera's tail", shaped("15", full, phone+" OPR/93.4.0"), ""},
		{"Edge's tail", shaped("15", full, phone+" EdgA/141.0.3537.80"), ""},
		{"Mi's tail on release 10", shaped("10", full, phone+" XiaoMi/MiuiBrowser/14.40.1"), ""},
		{"short version", shaped("15", "141.0.7390", phone), ""},
		{"no version", shaped("15", "", phone), ""},
		{"a model", "Mozilla/5.0 (Linux; Android 15; SM-S936B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + full + phone, ""},
		{"a model that ends in K", "Mozilla/5.0 (Linux; Android 15; Mi 9T K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + full + phone, ""},
		{"a build behind K", "Mozilla/5.0 (Linux; Android 15; K Build/AP3A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + full + phone, ""},
		{"a model before K", shaped("14; SM-X200", full, phone), ""},
		{"a language before K", shaped("14; de-de", full, phone), ""},

		// Android's web view.
		{"wv", uaWebView, "shape.android-webview"},
		{"wv and a name nobody lists", uaWebView + " AcmeChat/3.1", "shape.android-webview"},
		{"wv, K, full version", strings.Replace(uaTelegram, "; K)", "; K; wv)", 1), "shape.android-webview"},
		{"Google's mark", uaChrome + " GoogleWv/1.0", "shape.android-webview"},
		{"wv elsewhere", uaChrome + " wv)", ""},

		// WKWebView to the letter.
		{"iPhone", uaIPhone, "shape.ios-webview"},
		{"iPad", uaIPad, "shape.ios-webview"},
		{"iPod", "Mozilla/5.0 (iPod touch; CPU iPhone OS 15_8_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148", "shape.ios-webview"},
		{"Safari", uaSafari, ""},
		{"a name behind it", uaIPhone + " AcmeChat/3.1", ""},
		{"no build", strings.TrimSuffix(uaIPhone, "22G109"), ""},
		{"Chrome on iOS", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/144.0.7559.85 Mobile/15E148 Safari/604.1", ""},
		{"Mac", uaMac, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, idOf(shapeOf(tt.ua)), tt.ua)
			assert.Equal(t, tt.want, idOf(readAgent(tt.ua).shape), tt.ua)
		})
	}
}

// TestMessengerShape: FBOP/80 without IABMV on iOS 18 is disputed, and so no more
// than possible.
func TestMessengerShape(t *testing.T) {
	const facebook = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBDV/iPhone16,1;FBSN/iOS;FBSV/18.5;FBOP/80]"
	for _, tt := range []struct {
		name, ua, want string
	}{
		{"all of it", facebook, "shape.messenger-fbop80"},
		{"another FBOP", strings.Replace(facebook, "FBOP/80", "FBOP/5", 1), ""},
		{"IABMV", strings.Replace(facebook, "FBOP/80", "FBOP/80;IABMV/1", 1), ""},
		{"iOS 17", strings.Replace(facebook, "OS 18_5", "OS 17_5", 1), ""},
		{"iOS 9", strings.Replace(facebook, "OS 18_5", "OS 9_3", 1), ""},
		{"iOS 26", strings.Replace(facebook, "OS 18_5", "OS 26_1", 1), "shape.messenger-fbop80"},
		{"Facebook's pages app", strings.Replace(facebook, "FBIOS", "FBPageAdmin", 1), ""},
	} {
		assert.Equal(t, tt.want, idOf(readAgent(tt.ua).shape), tt.name)
	}

	v := logged(func(v *Visit) { v.UserAgent = facebook })
	l := New(Site{}).Classify(&v)
	assert.Equal(t, "messenger", l.Source)
	assert.Equal(t, Possible, l.Confidence)
	assert.Equal(t, []string{"shape.messenger-fbop80", "ua.facebook.fbios", "sfs.unknown"}, evidenceIDs(&l))
}
