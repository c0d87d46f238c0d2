package darksocial

import "strings"

// botByForm finds programs that name nothing the tables know, by what no browser
// writes.
func botByForm(ua string) RuleID {
	switch {
	case strings.HasPrefix(ua, "Mozilla/"):
		if !engines.any(ua) {
			return formEngine
		}
	case !bareBrowsers.any(ua):
		return formProgram
	}
	switch {
	case otherCompatible(ua):
		return formCompatible
	case khtmlTail(ua):
		return formKHTML
	}
	return noRule
}

// bareBrowsers are marks of browsers that do not begin with "Mozilla/": Opera,
// those of phones before the touch screen, and those behind an app's own name.
var bareBrowsers = anywhere(
	"mozilla",
	"opera", "ucweb", "midp", "netfront", "up.browser", "profile/", "applewebkit", "docomo/", "kddi-", "j-phone/", "vodafone/", "softbank/",
	"blackberry", "nokia", "sonyericsson", "samsung", "symbianos", "mot-", "lg-", "lge-", "htc", "lynx/", "links (", "elinks", "w3m/", "dillo/",
	"netsurf", "amiga", "mosaic", "obigo", "teleca", "maui", "webos", "browser/",
)

// engines are marks of a rendering engine, or of a system a browser runs on.
var engines = anywhere(
	"gecko", "webkit", "msie", "trident", "opera", "presto", "konqueror", "khtml", "netfront", "goanna", "netscape", "firefox", "avantgo", "icab",
	"windows", "win9", "win32", "mac", "linux", "x11", "nokia", "symbian", "blackberry", "palm", "iphone", "ipad", "android", "brew", "profile/",
	"playstation", "nintendo", "cellphone", "browser", "beos", "amiga", "risc os", "netsurf", "plan9", "os/2", "[en", "[ja", "[de", "[fr", "; i)", "; u)", "; u;", "; i;", "webtv",
	"sunos", "freebsd", "openbsd",
)

// anywhere matches texts in any case and any place.
func anywhere(texts ...string) *matcher {
	written := make([]string, len(texts))
	for i, text := range texts {
		written[i] = "*" + text + "*"
	}
	return newMatcher(written)
}

// otherCompatible reports whether "compatible;" is followed by a program's name.
// Only browsers that wanted to pass for Netscape or Internet Explorer wrote it.
func otherCompatible(ua string) bool {
	at := indexFold(ua, "compatible;")
	if at < 0 || hasFold(ua, "msie ") || hasFold(ua, "[en]") {
		return false
	}
	rest := strings.TrimLeft(ua[at+len("compatible;"):], " ")
	if rest == "" || !isWord(rest[0]) {
		return false // nobody's name
	}
	for _, browser := range compatibleBrowsers {
		if len(rest) >= len(browser) && strings.EqualFold(rest[:len(browser)], browser) {
			return false
		}
	}
	return true
}

var compatibleBrowsers = []string{
	"MSIE", "Konqueror", "iCab", "OmniWeb", "ABrowse", "Linux", "Windows", "Origyn", "NetPositive", "AvantGo", "NetFront", "U;", "KUN", "IBrowse",
	"Opera", "Netscape", "Mozilla", "Android", "Macintosh", "Intel", "X11", "IE", "AmigaVoyager", "AWEB", "Voyager", "WebTV", "Palm", "Nokia", "Symbian",
	"Galeon", "Dillo", "Gecko", "RISC OS", "Lynx", "Camino", "Firefox", "Safari", "Chrome", "Maxthon",
}

// khtmlTail reports whether the engine's remark holds more than browsers write:
// "(KHTML, like Gecko; Google Web Preview)". Some of WebKit's early relatives put
// Safari's number there.
func khtmlTail(ua string) bool {
	at := strings.Index(ua, "(KHTML, like Gecko")
	if at < 0 {
		return false
	}
	rest := ua[at+len("(KHTML, like Gecko"):]
	return rest != "" && (rest[0] == ';' || rest[0] == ',') && !strings.HasPrefix(strings.TrimLeft(rest[1:], " "), "Safari")
}
