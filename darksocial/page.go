package darksocial

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPage bounds the name of a page, in bytes.
const maxPage = 512

// left is what stands for a segment that must not be stored.
const left = "*"

// Page returns the name of the page a path shows: one name per page, whatever
// the link to it looked like, and nothing personal in it. Everything that counts
// pages counts them by this name.
//
//   - escapes are undone where the character is printable, "//" and dot segments
//     go, index files and a final slash go, AMP's marks go;
//   - a segment with an "@", one that is an IP address, and one that is a token (a
//     session, a hash, a long number) becomes "*", as do the segments the site hides;
//   - at most 512 bytes are kept.
//
// Page(Page(p)) is Page(p).
func (s *Site) Page(path string) string {
	if len(path) > 4*maxPage { // between segments: half of an e-mail address does not look like one
		path = path[:strings.LastIndexByte(path[:4*maxPage], '/')+1] + left
	}
	// Taking one mark off may bare the next: "/a/index.amp.html". Paths that go
	// on like that are nobody's page.
	for range 20 {
		page := s.clean(path)
		if page == path {
			return page
		}
		path = page
	}
	return "/" + left
}

// clean is one round of Page.
func (s *Site) clean(path string) string {
	path = readable(path)
	if i := strings.IndexAny(path, "?#;"); i >= 0 { // escaped or not: links are escaped once too often
		path = path[:i]
	}
	var segments []string
	for segment := range strings.SplitSeq(path, "/") {
		segment = strings.TrimSpace(segment)
		switch {
		case segment == "", segment == ".":
		case segment == "..":
			segments = segments[:max(0, len(segments)-1)]
		case strings.Contains(segment, "@"), isToken(segment), isAddress(segment):
			segments = append(segments, left)
		default:
			segments = append(segments, segment)
		}
	}
	segments = withoutAMP(withoutIndex(segments))
	page := s.hide("/" + strings.Join(segments, "/"))
	if len(page) > maxPage {
		whole := strings.LastIndexByte(page[:maxPage-len(left)], '/') // the segments that fit
		page = page[:whole+1] + left
	}
	return page
}

// readable undoes a path's escapes and takes out what cannot be shown.
func readable(path string) string {
	for range 3 { // it may have been escaped more than once on its way
		next := unescape(path)
		if next == path {
			break
		}
		path = next
	}
	clean := func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}
	return strings.Map(clean, path)
}

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

// withoutIndex cuts off the file a directory is shown by.
func withoutIndex(segments []string) []string {
	if len(segments) == 0 {
		return segments
	}
	switch name, ext, _ := strings.Cut(strings.ToLower(segments[len(segments)-1]), "."); {
	case name != "index" && name != "default":
	case ext == "html", ext == "htm", ext == "php", ext == "asp", ext == "aspx", ext == "jsp", ext == "shtml":
		return withoutIndex(segments[:len(segments)-1])
	}
	return segments
}

// withoutAMP cuts off what marks the AMP copy of a page: /amp in front or behind
// and .amp before or for .html.
func withoutAMP(segments []string) []string {
	for len(segments) > 1 && segments[0] == "amp" {
		segments = segments[1:]
	}
	for len(segments) > 1 && segments[len(segments)-1] == "amp" {
		segments = segments[:len(segments)-1]
	}
	if n := len(segments); n > 0 {
		last := segments[n-1]
		for strings.HasSuffix(last, ".amp.html") {
			last = strings.TrimSuffix(last, ".amp.html") + ".html"
		}
		for strings.HasSuffix(last, ".amp") && last != ".amp" {
			last = strings.TrimSuffix(last, ".amp")
		}
		segments[n-1] = last
	}
	return segments
}

// Bounds of what may be a token. Article numbers have up to ten digits, ids of
// videos eleven characters; words of a slug stand between hyphens.
const (
	longNumber = 11 // digits in a row: telephone numbers, orders, cards
	longToken  = 20 // letters and digits in a row, both among them
	longWord   = 40 // letters in a row: no language's word in an address is longer
)

// isToken reports whether a segment holds something made for one person or one
// occasion: a long number, a long run of letters and digits mixed, or a UUID.
func isToken(segment string) bool {
	uuid := len(segment) == len("00000000-0000-0000-0000-000000000000")
	for i := 0; i < len(segment); {
		start, digits, hex := i, 0, true
		for i < len(segment) && (isWord(segment[i]) || segment[i] == '=') {
			if isDigit(segment[i]) {
				digits++
			}
			hex = hex && isHex(segment[i])
			i++
		}
		if n := i - start; digits == n && n >= longNumber || digits > 0 && n >= longToken || n >= longWord {
			return true
		}
		uuid = uuid && hex && (i == 8 || i == 13 || i == 18 || i == 23 || i == 36)
		i++
	}
	return uuid
}

// isAddress reports whether a segment is an IP address, with a port or without. One of
// letters alone is somebody's word: "Face::Add".
func isAddress(segment string) bool {
	if strings.IndexByte(segment, ':') < 0 && strings.Count(segment, ".") != 3 || !strings.ContainsAny(segment, "0123456789") {
		return false
	}
	if _, err := netip.ParseAddrPort(segment); err == nil {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(segment, "[]"))
	return err == nil
}

// hide puts "*" for the starred segments of the site's patterns.
func (s *Site) hide(page string) string {
	for _, pattern := range s.Pages.Hide {
		if !PathFits(page, pattern) {
			continue
		}
		have, want := strings.Split(page, "/"), strings.Split(pattern, "/")
		for i := range want {
			switch {
			case want[i] == "**":
				return strings.Join(append(have[:min(i, len(have))], left), "/")
			case want[i] == "*" && i < len(have):
				have[i] = left
			}
		}
		page = strings.Join(have, "/")
	}
	return page
}
