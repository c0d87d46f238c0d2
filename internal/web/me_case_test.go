package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMeCase: the line itself, in the order people read it.
func TestMeCase(t *testing.T) {
	for _, tt := range []struct {
		name, target string
		header       map[string]string
		want         string
	}{
		{"nothing", mePath, nil, `{"url":"https://www.example.com/","referer":"","user_agent":"","headers":{}}`},
		{"all of it", mePath + "?a=1&fbclid=IwAR0abc&utm_campaign=a%2Bb&pk_source=zeitung", map[string]string{
			"Referer": "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2F&h=AT0", "User-Agent": meSafari, "Sec-Fetch-Site": "cross-site", "DNT": "0", "Accept": "*/*",
		}, `{"url":"https://www.example.com/?utm_source=zeitung&utm_campaign=a%2Bb&fbclid=x","referer":"https://l.facebook.com/l.php?","user_agent":"` + meSafari + `","headers":{"dnt":"0","sec-fetch-site":"cross-site"}}`},
		{"somebody's address", mePath + "?utm_source=jane%40example.org&utm_medium=email&mc_eid=4711", nil,
			`{"url":"https://www.example.com/?utm_source=*&utm_medium=email&mc_eid=x","referer":"","user_agent":"","headers":{}}`},
		{"signs of HTML", mePath, map[string]string{"User-Agent": `a<b>&"c"`}, `{"url":"https://www.example.com/","referer":"","user_agent":"a<b>&\"c\"","headers":{}}`},
		{"what cannot be seen", mePath, map[string]string{"User-Agent": "a\u202eb\U000e0001\xffc"}, `{"url":"https://www.example.com/","referer":"","user_agent":"a\u202eb\udb40\udc01\ufffdc","headers":{}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := readMe(t, askMe(t, http.MethodGet, tt.target, tt.header)).testCase
			assert.Equal(t, tt.want, got)
			assert.True(t, json.Valid([]byte(got)))
		})
	}
}

// TestMeKeepsToItself: what says who somebody is, is nowhere on the page, and what
// only this one click has is not in the line to be published.
func TestMeKeepsToItself(t *testing.T) {
	answer := askMe(t, http.MethodGet, mePath+"?fbclid=IwAR0clickid&mail=jane@example.org&utm_source=jane.roe%40example.org", map[string]string{
		"X-Ds-Ip": "192.0.2.77", "X-Forwarded-For": "192.0.2.78", "CloudFront-Viewer-Address": "192.0.2.79:443", "X-Ds-Id": "requestid==",
		"Cookie": "session=cookievalue; ds_off=1", "Authorization": "Basic authvalue", "X-Api-Key": "apikey",
		"Referer": "https://www.example.org/reset?token=refererquery", "User-Agent": meChrome,
	})
	page := readMe(t, answer)
	for _, secret := range []string{"192.0.2.", "requestid", "cookievalue", "session", "authvalue", "apikey", "jane", "clickid"} {
		assert.NotContains(t, answer.Body.String(), secret)
		for name, values := range answer.Header() {
			assert.NotContains(t, strings.Join(values, " "), secret, name)
		}
	}
	assert.NotContains(t, page.testCase, "refererquery")
	assert.Contains(t, page.testCase, `"referer":"https://www.example.org/reset?"`)
}

// meHostile are values no browser sends.
var meHostile = []string{
	"", "-", "?", "null", `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea><script>alert(1)</script>`, `'"\` + "`", `{{.Verdict}}`, "&lt;b&gt;&amp;",
	"\xff\xfe\xc3", "\u202egro.elpmaxe", "a\u0000b\tc\x7f", "\u2028\ufffe\uffff\U000e0001", strings.Repeat("<", 8192), strings.Repeat("\u00e4", 4097), strings.Repeat("A ", 4096),
	"https://example.org/<script>?q=\"'", "android-app://com.whatsapp/\"><b>", "javascript:alert(1)", "https://%3Cscript%3E/", "utm_source=<script>&utm_medium=\"'&fbclid=<b>",
}

func TestMeHostile(t *testing.T) {
	for _, value := range meHostile {
		checkMe(t, value, value, value, value)
		checkMe(t, meSafari+" ["+value+"]", "https://example.org/"+value, "none", "utm_source="+value)
	}
}

// FuzzMe: whatever is sent, the page is well-formed, bounded and runs nothing, and
// its line has its label.
func FuzzMe(f *testing.F) {
	for _, value := range meHostile {
		f.Add(value, value, value, value)
	}
	for _, v := range meVisits {
		f.Add(v.header["User-Agent"], v.header["Referer"], v.header["Sec-Fetch-Site"], strings.TrimPrefix(v.target, mePath+"?"))
	}
	f.Fuzz(func(t *testing.T, userAgent, referer, other, query string) {
		checkMe(t, userAgent, referer, other, query)
	})
}

func checkMe(t *testing.T, userAgent, referer, other, query string) {
	t.Helper()
	header := map[string]string{"User-Agent": userAgent, "Referer": referer, "Accept-Language": other}
	for _, name := range []string{"X-Requested-With", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Purpose", "Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-GPC", "DNT", "CloudFront-Forwarded-Proto", "CloudFront-Viewer-Country"} {
		header[name] = other
	}
	answer := askMe(t, http.MethodGet, mePath+"?"+query, header)
	body := answer.Body.String()
	require.True(t, utf8.ValidString(body))
	assert.Less(t, len(body), 100_000)
	assert.Equal(t, 2, strings.Count(body, "<script"))
	assert.NotContains(t, body, "<img")
	page := readMe(t, answer)
	if strings.Contains(referer, "%") || strings.Contains(query, "@") || strings.Contains(query, "%40") {
		return // a Referer that is escaped as a whole is read with its query, and no line holds an address
	}
	assert.Equal(t, meLabel(mePath+"?"+query, header), labelOf(t, page.testCase))
}
