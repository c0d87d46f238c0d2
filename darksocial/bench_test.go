package darksocial

import (
	"fmt"
	"strings"
	"testing"
)

// benchVisits is a mix such as a news site sees: mostly plain browsers from
// search and nowhere, some in-app browsers, some programs.
func benchVisits() []Visit {
	const (
		chrome   = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36"
		safari   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
		firefox  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
		facebook = "Mozilla/5.0 (Linux; Android 15; SM-S921B Build/AP3A.240905.015.A2; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.70 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/530.0.0.48.74;IABMV/1;]"
		whatsapp = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.70 Mobile Safari/537.36 [WA4A/2.25.33.70;]"
		google   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0.788317806 Mobile/15E148 Safari/604.1"
		bot      = "Mozilla/5.0 (compatible; ExampleBot/2.0; +https://bot.example/about)"
	)
	return []Visit{
		{Host: "www.example.com", Path: "/politik/wahl-2026.html", UserAgent: chrome, Sees: SeesAll, Headers: Headers{FetchSite: "none", FetchMode: "navigate", FetchDest: "document"}},
		{Host: "www.example.com", Path: "/politik/wahl-2026.html", UserAgent: safari, Referer: "https://www.google.com/", Sees: SeesAll, Headers: Headers{FetchSite: "cross-site", FetchMode: "navigate", FetchDest: "document"}},
		{Host: "www.example.com", Path: "/sport/a-4711", UserAgent: firefox, Referer: "https://blog.neighbour.example/post", Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/sport/a-4711", UserAgent: facebook, Query: "fbclid=IwY2xjawExample", Referer: "https://l.facebook.com/", Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/sport/a-4711", UserAgent: whatsapp, Sees: SeesAll, Headers: Headers{RequestedWith: "com.whatsapp", FetchSite: "none"}},
		{Host: "www.example.com", Path: "/", UserAgent: google, Referer: "https://www.google.de/", Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/kultur/buch", Query: "utm_source=newsletter&utm_medium=email&utm_campaign=kw45", UserAgent: safari, Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/kultur/buch", UserAgent: chrome, Referer: "https://www.example.com/", Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/kultur/buch", UserAgent: bot, Sees: SeesReferer | SeesUserAgent},
		{Host: "www.example.com", Path: "/kultur/buch", UserAgent: "WhatsApp/2.25.33.70 A", Sees: SeesReferer | SeesUserAgent},
	}
}

var benchLabel Label // keeps the compiler from leaving the work out

// BenchmarkClassify/warm labels visits whose User-Agents were seen before, as
// nearly all of a site's are; cold meets a new User-Agent each time.
func BenchmarkClassify(b *testing.B) {
	b.Run("warm", func(b *testing.B) {
		c, visits := New(Site{}), benchVisits()
		for i := range visits {
			benchLabel = c.Classify(&visits[i])
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			benchLabel = c.Classify(&visits[i])
			if i++; i == len(visits) {
				i = 0
			}
		}
	})
	b.Run("cold", func(b *testing.B) {
		c, visits := New(Site{}), benchVisits()
		agents := make([]string, 4*agentsRemembered) // round and round: none is still remembered
		for i := range agents {
			agents[i] = fmt.Sprintf("%s Build/%d", visits[i%len(visits)].UserAgent, i)
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			v := visits[i%len(visits)]
			v.UserAgent = agents[i%len(agents)]
			benchLabel = c.Classify(&v)
			i++
		}
	})
}

// BenchmarkHostile labels visits made to cost time: 64 KiB of User-Agent, and
// the longest Referer and query a CDN lets through.
func BenchmarkHostile(b *testing.B) {
	const size = 64 << 10
	for _, h := range []struct{ name, text string }{
		{"parens", "("}, {"blanks", " "}, {"products", "Mozilla/5.0 "}, {"semicolons", "(compatible; "}, {"near-misses", "FBAN/FB4 FB_IAB/FB4 "}, {"urls", "http:/"}, {"firefox", "Gecko Firefox/1 "},
	} {
		text := ("Mozilla/5.0 (X11; Linux) " + strings.Repeat(h.text, size/len(h.text)))[:size]
		b.Run("user-agent/"+h.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a := readAgent(text) // past the memory: each of an attacker's is new
				benchLabel.Evidence.add(a.bot)
			}
		})
	}
	c := New(Site{})
	b.Run("referer", func(b *testing.B) {
		v := Visit{Host: "www.example.com", Path: "/", Referer: "https://" + strings.Repeat("a.", size/2), Sees: SeesReferer}
		for b.Loop() {
			benchLabel = c.Classify(&v)
		}
	})
	b.Run("query", func(b *testing.B) {
		v := Visit{Host: "www.example.com", Path: "/", Query: strings.Repeat("utm_source=%41&", size/15), Sees: SeesReferer}
		for b.Loop() {
			benchLabel = c.Classify(&v)
		}
	})
}
