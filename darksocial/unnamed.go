package darksocial

import (
	"cmp"
	"slices"
	"strings"
)

// unnamedToken returns the product an app has put behind the browser's own in
// the User-Agent of a phone, when no table knows it: "FooApp" in
// "… Mobile/15E148 FooApp/3.1". Browsers' names are left out.
func unnamedToken(ua string) string {
	if !strings.Contains(ua, "Mobile") || !strings.HasPrefix(ua, "Mozilla/") {
		return ""
	}
	at := strings.LastIndex(ua, "Safari/")
	if at < 0 {
		at = strings.LastIndex(ua, "Mobile/")
	}
	if at < 0 {
		return ""
	}
	_, rest, _ := strings.Cut(ua[at:], " ")
	rest = strings.TrimLeft(rest, " [(;")
	end := 0
	for end < len(rest) && (isWord(rest[end]) || rest[end] == '_' || rest[end] == '-' || rest[end] == '.') {
		end++
	}
	name := rest[:end]
	if len(name) < 2 || len(name) > maxUnnamed || !isLetter(name[0]) || isBrowserToken(name) || !isAppName(name) ||
		strings.HasPrefix(rest[end:], "@") || strings.HasPrefix(rest[end:], "%") {
		return ""
	}
	return name
}

// isAppName reports whether a name may be stored: it has not the digits of a number,
// an address or an id, which some apps and proxies write there.
func isAppName(name string) bool {
	digits := 0
	for i := range len(name) {
		if isDigit(name[i]) {
			digits++
		}
	}
	return digits == 0 || digits < 6 && !isToken(name)
}

const maxUnnamed = 40 // bytes of a name worth counting

// isBrowserToken reports whether a browser writes the name: most say so in it.
func isBrowserToken(name string) bool {
	return browserTokens[name] || hasFold(name, "browser") && !hasFold(name, "inapp")
}

// browserTokens are the browsers that do not, and what they and phones add.
var browserTokens = set("Safari", "Mobile", "Version", "Chrome", "CriOS", "FxiOS", "Firefox", "EdgiOS", "EdgA", "Edg", "Edge", "EdgW",
	"OPR", "OPT", "OPiOS", "OPX", "DuckDuckGo", "Ddg", "Brave", "Vivaldi", "Whale", "Focus", "Klar", "Ecosia", "Puffin", "PHX", "XiaoMi",
	"Maxthon", "MXiOS", "DolphinHDCN", "SogouMSE", "Quark", "Silk", "Ghostery", "Midori", "AppleWebKit", "gzip",
	"ARM", "HTC", "LG", "NOKIA", "Nokia", "SAMSUNG", "Xbox", "PlayStation")

// Unnamed counts names of apps no table knows, so that a new in-app browser is
// noticed within days. It holds at most as many names as it was made for: when
// it is full, a new name and one of each name there are struck out together. So
// a count may be too low, by at most Undercount, and a name that makes up more
// than one in limit of all is never lost (Misra, Gries: Finding repeated
// elements, 1982). Counting takes constant time on average, whatever comes. It is
// not safe for concurrent use.
type Unnamed struct {
	limit  int
	counts map[string]int
	// Undercount is by how much a count may be too low; 0 until names were struck out.
	Undercount int
}

// NewUnnamed returns a counter of at most limit names.
func NewUnnamed(limit int) *Unnamed {
	return &Unnamed{limit: max(1, limit), counts: make(map[string]int)}
}

// Count counts a name once; the empty name is none.
func (u *Unnamed) Count(name string) {
	if name == "" {
		return
	}
	if count, known := u.counts[name]; known {
		u.counts[name] = count + 1
		return
	}
	if len(u.counts) < u.limit {
		u.counts[strings.Clone(name)] = 1
		return
	}
	u.Undercount++
	for n := range u.counts {
		if u.counts[n]--; u.counts[n] == 0 {
			delete(u.counts, n)
		}
	}
}

// NameCount is a name and how often it was seen.
type NameCount struct {
	Name  string
	Count int
}

// Top returns the n most frequent names, most frequent first.
func (u *Unnamed) Top(n int) []NameCount {
	all := make([]NameCount, 0, len(u.counts))
	for name, count := range u.counts {
		all = append(all, NameCount{name, count})
	}
	slices.SortFunc(all, func(a, b NameCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return all[:min(n, len(all))]
}
