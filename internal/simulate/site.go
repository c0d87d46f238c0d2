package simulate

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// page is a page of the site, with all that a log line needs of it.
type page struct {
	stem      text   // its path
	name      string // what the tables call it
	picture   text   // the path of its picture
	bytes     uint32
	picBytes  uint32
	published int32  // in hours since the first midnight
	rank      uint32 // 1 is what most people want to read
}

// site is the newspaper: its front pages, then its articles, newest first.
type site struct {
	pages  []page
	fronts int
	hour   int32
	front  uint32   // of a thousand who type an address, those who want a front page
	kept   uint32   // of a thousand of the others, those who want what they had found before
	fresh  []uint64 // running sums of how likely each page is: what is shared and linked to from the front page
	anyAge []uint64 // what search finds
}

// choice says which pages a way leads to.
type choice uint8

const (
	home   choice = iota // most a front page, else something fresh
	fresh                // what is new
	anyAge               // what search finds, old or new
)

var fronts = []string{"/", "/lokales/", "/sport/", "/kultur/", "/wirtschaft/", "/en/"}

// The words of the addresses. Two have a letter beyond ASCII, as German papers'
// addresses do: a browser sends "%C3%BC", and a log has "%25C3%25BC".
var (
	german = [3][]string{
		{"feuerwehr", "stadtrat", "moorbahn", "wochenmarkt", "freibad", "radweg", "grundschule", "handballerinnen", "hochwasser", "tierheim",
			"theater", "bahnhof", "weihnachtsmarkt", "klinik", "windpark", "baeckerei", "b%C3%BCrgerbus", "m%C3%BChlenfest"},
		{"feiert-jubilaeum", "vor-dem-aus", "oeffnet-wieder", "sucht-freiwillige", "wird-saniert", "sorgt-fuer-streit", "zieht-um", "kostet-mehr"},
		{"am-markt", "im-norden", "in-der-altstadt", "am-hafen", "an-der-muehle", "im-moor"},
	}
	english = [3][]string{
		{"fire-brigade", "town-council", "harbour", "weekly-market", "cycle-path", "primary-school", "museum", "railway-station"},
		{"turns-fifty", "to-close", "opens-again", "needs-volunteers", "under-repair", "divides-town"},
		{"this-winter", "after-storm", "near-old-mill", "in-north"},
	}
)

const (
	usualFront = 750 // chosen
	archive    = 30  // days the articles reach back: chosen
	publishing = 15  // hours of a day in which articles appear
	firstHour  = 5   // the first of them, in UTC
)

// newSite makes as many articles as a paper with so many readers may have: one
// for 25 views a day, chosen so that the page tables of large sites are large.
// It goes on publishing through the days, unless it was given up long ago.
func newSite(d dice, views, days int, old bool) *site {
	perDay := max(2, min(views/25, 20_000)/archive)
	newest, last := int32(0), days-1
	if old {
		newest, last = -24*archive, 0
	}
	s := &site{fronts: len(fronts), hour: -1, front: usualFront}
	for _, path := range fronts {
		s.pages = append(s.pages, page{stem: written(path), name: pageName(path), picture: written("/static/kopf.jpg"),
			bytes: d.between(9_000, 14_000), picBytes: 18_204, published: newest - 24*archive})
	}
	number := 10_000 + (archive+last)*perDay
	for day := last; day > -archive; day-- {
		for i := perDay - 1; i >= 0; i-- {
			s.pages = append(s.pages, newArticle(d, number, newest+int32(24*day+firstHour+i*publishing/perDay)))
			number--
		}
	}
	articles := s.pages[s.fronts:]
	for i := range articles { // deal the ranks out in any order
		j := d.below(uint32(i + 1))
		articles[i].rank = articles[j].rank
		articles[j].rank = uint32(i + 1)
	}
	s.fresh = make([]uint64, len(articles))
	s.anyAge = make([]uint64, len(articles))
	return s
}

func newArticle(d dice, number int, published int32) page {
	section, words := fronts[1+d.below(4)], &german
	if d.perMille(200) { // one in five is in English: chosen
		section, words = "/en/", &english
	}
	stem := section
	for i, list := range words {
		if i > 0 {
			stem += "-"
		}
		stem += list[d.below(uint32(len(list)))]
	}
	id := strconv.Itoa(number)
	return page{
		stem:      written(stem + "-" + id),
		name:      pageName(stem + "-" + id),
		picture:   written("/bilder/" + id + "/gross.jpg"),
		bytes:     d.between(6_000, 16_000),
		picBytes:  d.between(30_000, 90_000),
		published: published,
	}
}

// pageName is a path as people read it.
func pageName(path string) string {
	name, err := url.PathUnescape("/" + strings.Trim(path, "/"))
	if err != nil {
		panic(err) // the words above are written wrongly
	}
	return name
}

// How much less an article is asked for with each day of its age: chosen. Shares
// burst and decay; search goes on finding what is old.
var (
	freshByAge = [...]uint64{1000, 350, 140, 70, 40, 25, 15, 10}
	anyByAge   = [...]uint64{400, 350, 300, 260, 230, 200, 180, 160}
)

// at brings the likelihoods up to an hour: articles are not read before they are
// published. Popularity follows Zipf's law, as that of pages does (Breslau et
// al., Web caching and Zipf-like distributions, 1999).
func (s *site) at(hour int32) {
	if s.hour == hour {
		return
	}
	s.hour = hour
	var sumFresh, sumAny uint64
	for i := range s.pages[s.fronts:] {
		p := &s.pages[s.fronts+i]
		if age := hour - p.published; age > 0 {
			days := min(int(age/24), len(freshByAge)-1)
			sumFresh += freshByAge[days] * 10_000 / uint64(p.rank)
			sumAny += anyByAge[days] * 10_000 / uint64(p.rank)
		}
		s.fresh[i], s.anyAge[i] = sumFresh, sumAny
	}
}

// choose draws a page.
func (s *site) choose(d dice, c choice) int32 {
	sums := s.fresh
	switch {
	case c == home && d.perMille(s.front):
		if d.perMille(800) {
			return 0
		}
		return int32(d.below(uint32(s.fronts)))
	case c == anyAge, c == home && d.perMille(s.kept):
		sums = s.anyAge
	}
	// The sums may be larger than dice reach.
	target := d.pcg.Uint64() % sums[len(sums)-1]
	i, _ := slices.BinarySearch(sums, target)
	for sums[i] <= target { // the draw is below the sum; pages not yet published add nothing
		i++
	}
	return int32(s.fronts + i)
}

// newestAt is the article that was published last before an hour.
func (s *site) newestAt(hour int32) int32 {
	i := s.fronts
	for i < len(s.pages)-1 && s.pages[i].published >= hour {
		i++
	}
	return int32(i)
}
