package darksocial

import "strings"

// origin is where a Referer says the click was.
type origin struct {
	kind originKind
	host string // web: lower case, without port and "www."; app: the package as written
	path string // web: with its "/", percent-encoded, without query
}

type originKind uint8

const (
	originNone originKind = iota // no Referer
	originWeb
	originApp        // android-app://PACKAGE
	originUnreadable // something is there, but no address
)

// readReferer takes a Referer apart. It is lenient about what logs do to one:
// blanks around it, the scheme missing, everything escaped once more.
func readReferer(raw string) origin {
	raw = strings.TrimSpace(raw)
	if raw == "" || raw == "-" {
		return origin{}
	}
	if len(raw) > 8192 {
		raw = raw[:8192]
	}
	if strings.Contains(raw, "%3A%2F%2F") || strings.Contains(raw, "%3a%2f%2f") {
		raw = unescapeColonSlash(raw)
	}
	scheme, rest, ok := strings.Cut(raw, "://")
	switch {
	case !ok, strings.ContainsAny(scheme, "/?#."):
		rest, ok = raw, false // "example.com/page", perhaps with an address in its query
	case strings.EqualFold(scheme, "android-app"):
		name, _, _ := strings.Cut(rest, "/")
		if !isPackage(name) {
			return origin{kind: originUnreadable}
		}
		return origin{kind: originApp, host: name}
	case !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https"):
		return origin{kind: originUnreadable}
	}
	end := strings.IndexAny(rest, "/?#")
	host, path := rest, "/"
	if end >= 0 {
		host = rest[:end]
		if rest[end] == '/' {
			path = rest[end:]
			if stop := strings.IndexAny(path, "?#"); stop >= 0 {
				path = path[:stop]
			}
		}
	}
	if !ok && (strings.Contains(host, "@") || !strings.Contains(host, ".")) {
		return origin{kind: originUnreadable} // "mailto:…", "about"
	}
	if host = bareHost(host); !isHost(host) {
		return origin{kind: originUnreadable}
	}
	return origin{kind: originWeb, host: host, path: path}
}

// unescapeColonSlash undoes an escaping of the whole address, of which only the
// host is of interest.
func unescapeColonSlash(s string) string {
	return strings.NewReplacer("%3A", ":", "%3a", ":", "%2F", "/", "%2f", "/").Replace(s)
}

// bareHost cuts off user, port and a final dot, and lowers the case.
func bareHost(host string) string {
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if colon := strings.LastIndexByte(host, ':'); colon >= 0 && strings.IndexByte(host, ']') < colon {
		host = host[:colon]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// isHost reports whether s could be the name or address of a host.
func isHost(s string) bool {
	if s == "" || len(s) > maxHost || s[0] == '.' || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case isWord(c), c == '-', c == '_', c == ':', c == '[', c == ']', c >= 0x80:
		case c == '.' && s[i-1] != '.':
		default:
			return false
		}
	}
	return true
}

// isPackage reports whether s could be the name of an Android package.
func isPackage(s string) bool {
	if s == "" || len(s) > 100 || !isLetter(s[0]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isWord(c) && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// searchPages are what pages of search results are called in addresses.
var searchPages = set("search", "websearch", "suche", "recherche", "buscar", "busca", "cerca", "ricerca", "szukaj", "hledat", "sok", "zoeken", "ara")

// isSearchPage reports whether a path leads to search results: a segment, less
// its extension, says so. A site's search of its own pages leads to its own
// pages; one that leads to ours searches more than itself.
func isSearchPage(path string) bool {
	for rest := path; rest != ""; {
		var segment string
		segment, rest, _ = strings.Cut(strings.TrimPrefix(rest, "/"), "/")
		name, _, _ := strings.Cut(segment, ".")
		if searchPages[name] {
			return true
		}
	}
	return false
}

// withoutWWW takes off the one label that never makes another site.
func withoutWWW(host string) string { return strings.TrimPrefix(host, "www.") }

// under reports whether host is name or lies below it; both in lower case.
func under(host, name string) bool {
	if len(host) <= len(name) {
		return host == name
	}
	return strings.HasSuffix(host, name) && host[len(host)-len(name)-1] == '.'
}
