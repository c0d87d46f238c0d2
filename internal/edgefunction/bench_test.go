package edgefunction

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A page's request as Chrome on Android sends it.
func browserRequest() *http.Request {
	r := httptest.NewRequest("GET", "https://www.example.com/2026/11/an-article?utm_source=x", nil)
	for name, v := range map[string]string{
		"User-Agent":      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
		"Accept":          "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
		"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "de-DE,de;q=0.9,en;q=0.8",
		"Sec-Ch-Ua": `"Chromium";v="156", "Google Chrome";v="156", "Not=A?Brand";v="24"`, "Sec-Ch-Ua-Mobile": "?1", "Sec-Ch-Ua-Platform": `"Android"`,
		"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1", "Sec-Fetch-Dest": "document",
		"Upgrade-Insecure-Requests": "1", "Cookie": "session=0123456789abcdef; theme=dark",
	} {
		r.Header.Set(name, v)
	}
	return r
}

func BenchmarkViewerResponse(b *testing.B) {
	f, r := viewerResponse(b), browserRequest()
	header := http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Cache-Control": {"max-age=60"}, "Etag": {`"a"`}, "Vary": {"Accept-Encoding"}, "Date": {"Mon, 23 Nov 2026 12:00:00 GMT"}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.ViewerResponse(context, r, http.StatusOK, header); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkViewerRequest(b *testing.B) {
	f, r := viewerRequest(b), browserRequest()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := f.ViewerRequest(context, r); err != nil {
			b.Fatal(err)
		}
	}
}
