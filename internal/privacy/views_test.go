package privacy

import (
	"encoding/base64"
	"strings"
)

// view is a page view as whoever wrote it down saw it.
type view struct {
	what string // where its secrets are
	// left says that no door keeps anything of it; otherHost that it was for a host
	// that is not the site's.
	left, otherHost bool

	host, path, query, referer, agent, contentType string
	headers                                        map[string]string // others than these; lower-case names

	// Who asks. Nobody is to read it, wherever it stands.
	id, ip, forwarded, cookie, authorization, user string
}

const (
	siteName  = "example.com"
	pageHost  = "www.example.com"
	hidden    = "/kunden/*/**" // what the site hides by its site file
	safari    = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
	inApp     = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
	onWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
	webView   = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36"
)

// places are the places of a page view in which a secret may stand.
var places = []struct {
	what string
	put  func(g *generator, v *view)
}{
	{"path, address", func(g *generator, v *view) { v.path = "/profil/" + g.email() }},
	{"path, address escaped", func(g *generator, v *view) { v.path = "/profil/" + g.escapedEmail(1) + "/bilder" }},
	{"path, address escaped twice", func(g *generator, v *view) { v.path = "/profil/" + g.escapedEmail(2) }},
	{"path, address escaped five times", func(g *generator, v *view) { v.path = "/profil/" + g.escapedEmail(5) }},
	{"path, address in capitals", func(g *generator, v *view) { v.path = "/PROFIL/" + strings.ToUpper(g.email()) }},
	{"path, address in its midst", func(g *generator, v *view) { v.path = "/abmelden/an:" + g.email() + ",sofort/ok" }},
	{"path, name behind @", func(g *generator, v *view) { v.path = "/@" + g.name() + "/beitraege" }},
	{"path, name before @", func(g *generator, v *view) { v.path = "/~" + g.name() + "%40intern/notiz" }},
	{"path, name in hidden segments", func(g *generator, v *view) { v.path = "/kunden/" + g.name() + "/rechnung/" + g.name() }},
	{"path, name in a segment that nobody hides", func(g *generator, v *view) { v.path = "/autoren/" + g.may(namesInPaths, g.name()) }},
	{"path, token", func(g *generator, v *view) { v.path = "/s/" + g.token(22) }},
	{"path, long token", func(g *generator, v *view) { v.path = "/s/" + g.token(86) + "==/weiter" }},
	{"path, UUID", func(g *generator, v *view) { v.path = "/s/" + strings.ToUpper(g.uuid()) }},
	{"path, JWT", func(g *generator, v *view) { v.path = "/s/" + g.jwt() }},
	{"path, hex", func(g *generator, v *view) { v.path = "/s/id-" + g.hex() + ".html" }},
	{"path, telephone", func(g *generator, v *view) { v.path = "/anruf/" + g.phone() + "/tel:" + g.phone() }},
	{"path, order", func(g *generator, v *view) { v.path = "/bestellung/" + g.order() + "/nr-" + g.order() }},
	{"path, IPv4", func(g *generator, v *view) { v.path = "/netz/" + g.ipv4() }},
	{"path, IPv4 with port", func(g *generator, v *view) { v.path = "/netz/" + g.ipv4() + ":8080/" }},
	{"path, IPv6", func(g *generator, v *view) { v.path = "/netz/" + g.ipv6() + "/x" }},
	{"path, IPv6 as in an address", func(g *generator, v *view) { v.path = "/netz/[" + g.ipv6() + "]:443" }},
	{"path, parameter behind ;", func(g *generator, v *view) { v.path = "/artikel;jsessionid=" + g.password() + "/x" }},
	{"path, parameter behind an escaped ;", func(g *generator, v *view) { v.path = "/artikel%3Bjsessionid%3D" + g.hex() }},
	{"path, query behind an escaped ?", func(g *generator, v *view) { v.path = "/konto%3Fpasswort%3D" + g.password() }},
	{"path, query behind a ? escaped twice", func(g *generator, v *view) { v.path = "/konto%253Fpasswort%253D" + g.password() }},
	{"path, cut in an address", func(g *generator, v *view) { v.path = cutIn(g.email(), "/.", 2048) }},

	{"query", func(g *generator, v *view) {
		v.query = "email=" + g.email() + "&e=" + g.escapedEmail(1) + "&token=" + g.token(30) + "&passwort=" + g.password() + "&tel=" + g.phone() +
			"&nr=" + g.order() + "&ip=" + g.ipv4() + "&ip6=" + g.ipv6() + "&sid=" + g.uuid() + "&jwt=" + g.jwt() + "&wer=" + g.name() + "&" + g.hex()
	}},
	{"query, behind a share", func(g *generator, v *view) {
		v.query = "utm_term=" + g.email() + "&utm_content=" + g.name() + "&utm_id=" + g.hex() + "&fbclid=" + g.token(60) + "&igshid=" + g.token(24)
	}},
	{"query, paid click", func(g *generator, v *view) { v.query = "gclid=" + g.token(90) + "&msclkid=" + g.hex() }},
	{"query, newsletter", func(g *generator, v *view) {
		v.query = "mc_eid=" + g.hex() + "&mc_cid=" + g.password() + "&_ke=" + g.email()
	}},
	{"campaign, address", func(g *generator, v *view) {
		v.query = "utm_source=" + g.email() + "&utm_medium=" + g.escapedEmail(1) + "&utm_campaign=" + g.escapedEmail(2)
	}},
	{"campaign, address in capitals", func(g *generator, v *view) {
		v.query = "utm_source=" + strings.ToUpper(g.escapedEmail(3)) + "&utm_medium=" + strings.ToUpper(g.email())
	}},
	{"campaign, address in other tools' tags", func(g *generator, v *view) {
		v.query = "mtm_source=" + g.email() + "&pk_medium=" + g.escapedEmail(4) + "&mtm_campaign=an+" + g.email() + "+und+mehr"
	}},
	{"campaign, address in ref", func(g *generator, v *view) { v.query = "ref=" + g.escapedEmail(1) }},
	{"campaign, address escaped byte by byte", func(g *generator, v *view) {
		v.query = "utm_campaign=" + strings.Replace(g.email(), "@", "%25%34%30", 1) + "&utm_source=" + strings.Replace(g.email(), "@", "%4%30", 1)
	}},
	{"campaign, cut in an address", func(g *generator, v *view) { v.query = "utm_campaign=" + cutIn(g.email(), "x", 128) }},
	{"campaign, cut in an escape", func(g *generator, v *view) {
		v.query = "utm_campaign=" + cutIn(g.email(), "x", 127) + "&utm_source=" + cutIn(g.escapedEmail(1), "x", 126) + "&utm_medium=" + cutIn(g.escapedEmail(2), "x", 125)
	}},
	{"campaign without an address", func(g *generator, v *view) {
		v.query = "utm_source=brief&utm_campaign=" + g.may(campaignValues, g.name())
	}},

	{"Referer, mail box", func(g *generator, v *view) {
		v.referer = "https://" + g.name() + ":" + g.password() + "@mail.example/inbox/" + g.email() + "?token=" + g.token(40) + "#" + g.token(20)
	}},
	{"Referer, search", func(g *generator, v *view) {
		v.referer = "https://www.google.com/search?q=" + g.name() + "+" + g.phone()
	}},
	{"Referer, unknown search", func(g *generator, v *view) {
		v.referer = "https://finder.example/suche/" + g.email() + "?q=" + g.name()
	}},
	{"Referer, link shim", func(g *generator, v *view) {
		v.referer = "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2F%3Femail%3D" + g.escapedEmail(1) + "&h=" + g.token(60)
	}},
	{"Referer, escaped", func(g *generator, v *view) {
		v.referer = "https%3A%2F%2Fwebmail.example%2F" + g.escapedEmail(1) + "%3Fsid%3D" + g.hex()
	}},
	{"Referer, app", func(g *generator, v *view) { v.referer = "android-app://com.example.mail/" + g.email() }},
	{"Referer, no address of a page", func(g *generator, v *view) { v.referer = "mailto:" + g.email() }},
	{"Referer, address alone", func(g *generator, v *view) { v.referer = g.email() + "/" }},
	{"Referer, address escaped, as a host", func(g *generator, v *view) { v.referer = "https://" + g.escapedEmail(1) + "/" }},
	{"Referer, IPv4 as a host", func(g *generator, v *view) { v.referer = "http://" + g.ipv4() + ":8080/fritz?sid=" + g.hex() }},
	{"Referer, IPv6 as a host", func(g *generator, v *view) { v.referer = "http://[" + g.ipv6() + "]/lovelace" }},
	{"Referer, IPv4 alone", func(g *generator, v *view) { v.referer = g.ipv4() }},
	{"Referer, name in a host", func(g *generator, v *view) {
		v.referer = "https://" + g.may(refererHosts, g.name()) + ".blog.example/" + g.name()
	}},
	{"Referer, page of the site", func(g *generator, v *view) {
		v.left, v.referer = true, "https://www.example.com/profil/"+g.email()+"?token="+g.token(30)
	}},

	{"User-Agent, address", func(g *generator, v *view) { v.agent = inApp + " " + g.email() }},
	{"User-Agent, address in brackets", func(g *generator, v *view) { v.agent = inApp + " (" + g.escapedEmail(1) + ")" }},
	{"User-Agent, address behind an app", func(g *generator, v *view) { v.agent = safari + " Kundenapp/3.1 (" + g.email() + "; " + g.uuid() + ")" }},
	{"User-Agent, address and nothing else", func(g *generator, v *view) { v.left, v.agent = true, g.email() }},
	{"User-Agent, token", func(g *generator, v *view) { v.agent = inApp + " " + g.token(24) }},
	{"User-Agent, UUID", func(g *generator, v *view) { v.agent = inApp + " [" + g.uuid() + "]" }},
	{"User-Agent, hex", func(g *generator, v *view) { v.agent = webView + " " + g.hex() + "/1" }},
	{"User-Agent, telephone", func(g *generator, v *view) { v.agent = inApp + " tel" + g.phone()[1:] + " nr-" + g.order() }},
	{"User-Agent, IP", func(g *generator, v *view) {
		v.agent = inApp + " via-" + strings.ReplaceAll(g.ipv4(), ".", "-") + "/" + g.ipv6()
	}},
	{"User-Agent, IPv4 behind a word", func(g *generator, v *view) { v.agent = inApp + " ip" + g.ipv4() }},
	{"User-Agent, device", func(g *generator, v *view) {
		v.agent = strings.Replace(webView, "Pixel 8", g.name()+"s "+g.email()+" "+g.token(20), 1)
	}},
	{"User-Agent, known app", func(g *generator, v *view) {
		v.agent = inApp + " [FBAN/FBIOS;FBAV/533.0;FBDV/" + g.name() + ";" + g.token(40) + "]"
	}},
	{"User-Agent, desktop", func(g *generator, v *view) { v.agent = onWindows + " " + g.name() + "/" + g.token(30) }},
	{"User-Agent, unknown app", func(g *generator, v *view) {
		v.agent = inApp + " " + g.may(unknownApps, g.name()) + "/2.0 " + g.token(24)
	}},

	{"X-Requested-With, address", func(g *generator, v *view) { v.headers = map[string]string{"x-requested-with": g.email()} }},
	{"X-Requested-With, token", func(g *generator, v *view) { v.headers = map[string]string{"x-requested-with": g.token(40)} }},
	{"X-Requested-With, UUID", func(g *generator, v *view) { v.headers = map[string]string{"x-requested-with": g.uuid()} }},
	{"X-Requested-With, token in a package", func(g *generator, v *view) {
		v.headers = map[string]string{"x-requested-with": "com.example." + g.hex()}
	}},
	{"X-Requested-With, unknown app", func(g *generator, v *view) {
		v.headers = map[string]string{"x-requested-with": "de." + strings.ReplaceAll(g.may(unknownApps, g.name()), "-", ".")}
	}},
	{"client hints and what is no hint", func(g *generator, v *view) {
		v.headers = map[string]string{"sec-ch-ua": `"` + g.name() + `";v="1"`, "sec-ch-ua-platform": `"` + g.token(30) + `"`, "sec-fetch-dest": g.token(24), "sec-purpose": g.may(ownWords, g.password()),
			"from": g.email(), "x-user": g.name(), "x-api-key": g.token(40), "x-csrf-token": g.hex()}
	}},
	{"host of somebody else", func(g *generator, v *view) { v.otherHost, v.host = true, g.name()+".fremd.example" }},
	{"media type", func(g *generator, v *view) { v.contentType = "text/html; name=" + g.email() }},
}

// cutIn puts an address behind so much of fill that its local part ends at most
// bytes: whoever cuts there cuts the "@" off.
func cutIn(address, fill string, most int) string {
	local, _, _ := strings.Cut(strings.ReplaceAll(address, "%", "@"), "@")
	padding := strings.Repeat(fill, most/len(fill))[:most-len(local)]
	if strings.HasPrefix(fill, "/") {
		padding = padding[:len(padding)-1] + "/"
	}
	return padding + address
}

// views makes a page view for each place, as a source of its own shall see them.
func (g *generator) views(source string) []view {
	list := make([]view, len(places))
	for i, place := range places {
		v := &list[i]
		v.what, v.host, v.path, v.agent, v.contentType = place.what, pageHost, "/lokales/muehlenwehr", safari, "text/html; charset=utf-8"
		place.put(g, v)
		g.who(v)
		g.put(source + ": " + place.what)
	}
	return list
}

// who fills in who asks.
func (g *generator) who(v *view) {
	n := len(g.secrets)
	v.id, v.ip, v.forwarded = g.may(givenIDs, g.request()), g.address(), g.address()+", "+g.ipv4()
	v.cookie = "sid=" + g.token(32) + "; konto=" + g.email()
	v.authorization = "Bearer " + g.jwt()
	if g.dice.IntN(2) == 0 {
		v.authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(g.name()+":"+g.password()))
	}
	v.user = g.name()
	g.unlogged(n)
}

// kept counts the views that a log's reader keeps. seesHost says that the log has
// the host.
func kept(views []view, seesHost bool) (n int) {
	for i := range views {
		if !views[i].left && !(seesHost && views[i].otherHost) {
			n++
		}
	}
	return n
}
