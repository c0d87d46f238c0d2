// Package edgetest holds the visits that every door is tested with: the same visit,
// through whichever door, gets the same label.
package edgetest

import (
	"fmt"
	"time"

	"darksocial/darksocial"
)

// Visits are the rows of the door test, the seeds of the fuzz targets and what
// the benchmarks read. Paths and queries are as a browser sends them.
var Visits = func() []Visit {
	rows := []Visit{
		{"WhatsApp, Android", darksocial.Visit{
			Path:      "/artikel/wahl",
			UserAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.7499.52 Mobile Safari/537.36 [WA4A/2.25.32.75;]",
			Headers:   darksocial.Headers{RequestedWith: "com.whatsapp", FetchSite: "none", FetchMode: "navigate", FetchDest: "document", Brands: `"Android WebView";v="143", "Chromium";v="143"`, Mobile: "?1", Platform: `"Android"`},
		}},
		{"WhatsApp, iPhone", darksocial.Visit{
			Path:      "/artikel/wahl",
			Query:     "ref=wa&x=1",
			UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 [WAiOS/2.25.31]",
		}},
		{"WhatsApp on the web", darksocial.Visit{
			Path: "/", Referer: "https://web.whatsapp.com/", UserAgent: chrome,
			Headers: darksocial.Headers{FetchSite: "cross-site", FetchMode: "navigate", FetchDest: "document", GPC: "1"},
		}},
		{"Facebook, Android", darksocial.Visit{
			Path: "/video/7", Query: "fbclid=IwAR0abc_DEF-1", Referer: "http://m.facebook.com/",
			UserAgent: "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.7499.52 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0.0.1;]",
		}},
		{"Facebook, iPhone", darksocial.Visit{
			Path: "/video/7", Referer: "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fvideo%2F7&h=AT0",
			UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 [FBAN/FBIOS;FBAV/480.0;FBBV/1;FBDV/iPhone15,2;FBLC/de_DE;FBOP/5]",
		}},
		{"Messenger", darksocial.Visit{
			Path:      "/a",
			UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 [FBAN/MessengerForiOS;FBAV/480.0]",
		}},
		{"Instagram", darksocial.Visit{
			Path: "/mode/herbst", Query: "utm_source=ig&utm_medium=social", Referer: "https://l.instagram.com/",
			UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83 Instagram 360.0.0.1 (iPhone15,2; iOS 18_1; de_DE; de; scale=3.00; 1179x2556; 1)",
		}},
		{"Viber, by package", darksocial.Visit{
			Path:      "/rezepte/kuchen",
			UserAgent: "Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36",
			Headers:   darksocial.Headers{RequestedWith: "com.viber.voip", FetchSite: "none", Platform: `"Android"`, DNT: "1"},
		}},
		{"Gmail, Android Custom Tab", darksocial.Visit{Path: "/newsletter", Referer: "android-app://com.google.android.gm/", UserAgent: chrome}},
		{"preview, WhatsApp", darksocial.Visit{Path: "/artikel/wahl", UserAgent: "WhatsApp/2.24.13.78 A"}},
		{"preview, Facebook", darksocial.Visit{
			Path: "/artikel/wahl", Status: 206, Query: "ds=abc123",
			UserAgent: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
		}},
		{"preview, Telegram, HEAD", darksocial.Visit{Path: "/a", Method: "HEAD", UserAgent: "TelegramBot (like TwitterBot)"}},
		{"search", darksocial.Visit{Path: "/", Referer: "https://www.google.com/", UserAgent: chrome}},
		{"search with words", darksocial.Visit{
			Path: "/", Referer: "https://search.example/?q=caf%C3%A9+m%C3%BCnchen&hl=de", UserAgent: chrome,
		}},
		{"hidden", darksocial.Visit{
			Path: "/a/b/c", UserAgent: chrome,
			Headers: darksocial.Headers{FetchSite: "cross-site", FetchMode: "navigate", FetchDest: "document"},
		}},
		{"typed", darksocial.Visit{Path: "/", UserAgent: chrome, Headers: darksocial.Headers{FetchSite: "none"}}},
		{"prefetch", darksocial.Visit{Path: "/", UserAgent: chrome, Headers: darksocial.Headers{Purpose: "prefetch;prerender", FetchSite: "none"}}},
		{"no User-Agent", darksocial.Visit{Path: "/a", Status: 403}},
		{"umlauts", darksocial.Visit{
			Path: "/stra%C3%9Fe/%C3%9Cbersicht", Query: "q=gr%C3%BC%C3%9Fe&ort=K%c3%b6ln", Referer: "https://example.org/%C3%A4", UserAgent: chrome,
		}},
		{"spaces", darksocial.Visit{Path: "/a%20b/c%20d", Query: "q=a+b%20c", Referer: "https://example.org/a%20b", UserAgent: chrome}},
		{"percent signs", darksocial.Visit{Path: "/100%25/50%2525", Query: "p=100%25&half=%&odd=%zz&twice=%252F", UserAgent: chrome}},
		{"reserved characters", darksocial.Visit{
			Path: "/a;b=c,d/(e)/~f/'g'/!/*", Query: "a=1&b=%26&c=%3D&d[]=x&e={y}&f=a|b&g=%23h", Referer: "https://example.org/?next=%2Fa%3Fb%26c", UserAgent: chrome,
		}},
		{"URL in the query", darksocial.Visit{
			Path: "/go", Query: "u=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D%2520", Referer: "https://t.example/?u=https%3A%2F%2Fexample.org%2F", UserAgent: chrome,
		}},
		{"quotes and backslashes", darksocial.Visit{
			Path: "/zitat/%22hallo%22", Query: "q=%22a%22&w=c:%5Cd", UserAgent: `Mozilla/5.0 (X11; "quoted" \back\ 'single' <b>) Test/1.0`,
		}},
		{"emoji", darksocial.Visit{
			Path: "/%F0%9F%8D%B0", Query: "%F0%9F%8D%B0=%E2%9C%93", UserAgent: "Mozilla/5.0 (Linux; Café 🍰) Test/1.0",
		}},
		{"odd User-Agents", darksocial.Visit{
			Path: "/", UserAgent: "Zeitung%20App/3.1 (100% free; tab\there) CFNetwork/1568 Darwin/24.1.0",
		}},
		{"other subdomain, deep path, not found", darksocial.Visit{
			Path: "/2026/11/23/politik/ein-sehr-langer-titel-mit-vielen-worten-1234567.html", Query: "utm_campaign=a%2Bb&utm_source=news", Status: 404, UserAgent: chrome,
			Referer: "https://blog.example.com/2026/", Country: "AT",
		}},
	}
	for i := range rows {
		v := &rows[i].Visit
		v.ID = fmt.Sprintf("q%02dMNkEzR5BEM_SaF47gjtX9zBDO2m349OY2an0QPEaUum1ZOLr-==", i)
		v.Time = time.Date(2026, 11, 23, 14, 52, i, 0, time.UTC)
		v.Host = "www.example.com"
		v.ContentType = "text/html"
		v.Sees = darksocial.SeesAll
		if v.Method == "" {
			v.Method = "GET"
		}
		if v.Status == 0 {
			v.Status = 200
		}
		if v.Country == "" {
			v.Country = "DE"
		}
	}
	return rows
}()

// Visit is a row: a visit, and what is special about it.
type Visit struct {
	Name string
	darksocial.Visit
}

const chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36"
