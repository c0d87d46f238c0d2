package privacy

import (
	"bytes"
	"compress/gzip"
	"maps"
	"strings"
	"time"
)

// broken makes lines of a format that nobody can read, each full of secrets.
func (g *generator) broken(f *format, at time.Time) (lines []string) {
	add := func(what string, line func(v *view) string) {
		lines = append(lines, line(g.loaded()))
		g.put(f.name + ": a line that nobody can read, " + what)
	}
	good := func(v *view) string { return f.line(v, at) }
	switch f.name {
	case "cloudfront", "cloudfront-realtime":
		g.brokenColumns(f, at, add)
	case "combined":
		g.brokenCombined(add, good)
	default:
		g.brokenObjects(f, at, add)
	}
	add("cut", func(v *view) string { return good(v)[:len(good(v))/2] })
	add("too long", func(v *view) string {
		return strings.Replace(good(v), "muehlenwehr", "muehlenwehr"+strings.Repeat("x", 260<<10), 1) + g.email()
	})
	add("of no format", func(*view) string {
		return g.email() + " " + g.ipv4() + " " + g.token(30) + " \x16\x03\x01 " + g.name() + " " + g.phone()
	})
	return lines
}

// loaded is a view with secrets in all its places.
func (g *generator) loaded() *view {
	v := &view{
		host: pageHost, contentType: "text/html", path: "/lokales/muehlenwehr/" + g.email() + "/" + g.token(30), query: "token=" + g.token(40) + "&tel=" + g.phone() + "&ip=" + g.ipv6(),
		referer: "https://" + g.name() + ":" + g.password() + "@mail.example/" + g.escapedEmail(1) + "?sid=" + g.uuid(), agent: inApp + " " + g.email() + " " + g.hex(),
	}
	g.who(v)
	return v
}

// brokenColumns changes columns of a text log.
func (g *generator) brokenColumns(f *format, at time.Time, add func(string, func(*view) string)) {
	fields, dated := standardFields, "date"
	if f.name == "cloudfront-realtime" {
		fields, dated = realtimeFields, "timestamp"
	}
	with := func(column, value string) func(*view) string {
		return func(v *view) string {
			values := columns(v, at)
			values["cs-headers"] = ""
			values[column] = value
			return textLine(fields, values)
		}
	}
	add("more columns", func(v *view) string { return f.line(v, at) + "\t" + g.email() + "\t" + g.ipv4() })
	add("a date that is none", with(dated, g.email()))
	add("a date to come", with(dated, map[string]string{"date": "2031-01-01", "timestamp": "1924992000.0"}[dated]))
	add("no path", with("cs-uri-stem", ""))
	add("something else for a path", with("cs-uri-stem", g.email()))
	add("an object that is none", func(v *view) string { return `{"cs-uri-stem":` + f.line(v, at) })
	add("an object without a path", func(v *view) string {
		return asJSON(map[string]string{"c-ip": v.ip, "cs(Cookie)": v.cookie, "cs-uri-query": v.query})
	})
	add("a control character", func(v *view) string {
		return strings.Replace(f.line(v, at), "/lokales/", "/lokales/\x01"+g.name(), 1)
	})
}

func (g *generator) brokenCombined(add func(string, func(*view) string), good func(*view) string) {
	replace := func(old, with string) func(*view) string {
		return func(v *view) string { return strings.Replace(good(v), old, with, 1) }
	}
	add("no date", replace("[", "{"))
	add("a date that is none", replace("/Nov/", "/Nix/"))
	add("a date to come", replace("/2026:", "/2031:"))
	add("a zone that is none", replace("+0000]", "#0000]"))
	add("no request", replace(`"GET `, `GET `))
	add("another request", replace("GET ", g.name()+"; "))
	add("a target that is none", replace("/lokales/", g.email()+"/"))
	add("a status that is none", replace(`" 200 `, `" `+g.phone()+` `))
	add("a control character", replace("/lokales/", `/lokales/\x01`+g.name()))
}

// brokenObjects changes values of JSON.
func (g *generator) brokenObjects(f *format, at time.Time, add func(string, func(*view) string)) {
	object := func(v *view) map[string]any {
		switch f.name {
		case "ndjson":
			return ndjsonObject(v, at)
		case "json":
			return mappedObject(v, at)
		}
		values, object := columns(v, at), map[string]any{}
		for _, field := range standardFields {
			object[field] = written(values[columnOf(field)])
		}
		return object
	}
	with := func(change map[string]any) func(*view) string {
		return func(v *view) string {
			changed := object(v)
			maps.Copy(changed, change)
			return asJSON(changed)
		}
	}
	switch f.name {
	case "ndjson":
		add("a time that is none", with(map[string]any{"time": g.email()}))
		add("a time to come", with(map[string]any{"time": "2031-01-01T00:00:00Z"}))
		add("no address of a page", with(map[string]any{"url": g.email()}))
		add("an address with a control character", with(map[string]any{"url": "/a\x01" + g.email()}))
		add("headers that are none", with(map[string]any{"headers": "cookie: " + g.token(30)}))
		add("a header that is no text", with(map[string]any{"headers": map[string]any{"cookie": map[string]string{g.email(): g.token(30)}}}))
		add("an object for a text", with(map[string]any{"user_agent": map[string]string{"name": g.name()}}))
		add("a list", func(v *view) string { return asJSON([]any{object(v)}) })
		add("a text", func(v *view) string { return asJSON(asJSON(object(v))) })
	case "json":
		add("a time that is none", with(map[string]any{"t": g.email()}))
		add("a time to come", with(map[string]any{"t": 1924992000}))
		add("no page", with(map[string]any{"request": g.email()}))
		add("an address that is none", with(map[string]any{"request": map[string]any{"host": pageHost, "uri": g.email()}}))
		add("a list for a text", with(map[string]any{"rid": g.may(givenIDs, g.request()), "request": map[string]any{"host": pageHost, "uri": []string{g.email()}}}))
		add("a list", func(v *view) string { return asJSON([]any{object(v)}) })
	default:
		add("a date that is none", with(map[string]any{"date": g.email()}))
		add("no path", with(map[string]any{"cs-uri-stem": nil}))
		add("something else for a path", with(map[string]any{"cs-uri-stem": g.email()}))
	}
}

// brokenGzip is a log of which the end is missing, and one that is none.
func (g *generator) brokenGzip(f *format, at time.Time) [][]byte {
	var cut bytes.Buffer
	z := gzip.NewWriter(&cut)
	_, _ = z.Write(f.write(g.views(f.name+": a gzip that was cut"), at)) // a buffer takes everything
	_ = z.Close()
	none := "\x1f\x8b" + f.line(g.loaded(), at) + "\n"
	g.put(f.name + ": a gzip that is none")
	return [][]byte{cut.Bytes()[:cut.Len()*2/3], []byte(none)}
}
