package report

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/signin"
	"darksocial/internal/site"
)

// query is what a call asks for, read and within bounds.
type query struct {
	site     *site.Site
	from, to rollup.Day
	compare  string
	filter   filter
	sort     string
	root     string
	limit    int
	offset   int
}

// filter is what rows must fit. What is nil is not asked for; an empty text stands for
// rows that have none.
type filter struct{ channel, source, visibility, topic, page *string }

// none is how a filter names what has no source, or no topic.
const none = "(none)"

const (
	maxDays      = 400
	defaultLimit = 20
	maxLimit     = 500
	maxOffset    = 10_000

	firstDate = "2000-01-01" // and nothing before it
)

// longest is how long the value of a parameter may be, in bytes.
var longest = map[string]int{
	"site": 63, "from": 10, "to": 10, "compare": 16, "channel": 16, "source": 256, "visibility": 16, "topic": 512, "page": 2048,
	"limit": 6, "offset": 6, "sort": 16, "root": 64,
}

var allowed = map[string][]string{
	"compare":    {"previous", "weekdays"},
	"channel":    {"dark_social", "social", "email", "search", "ai", "paid", "campaign", "referral", "direct"},
	"visibility": {"private", "public", "unknown"},
	"sort":       {"arrivals", "private", "public", "readers", "shares", "passed_on"},
}

// read reads the parameters of a call that takes some of them. What a share link fixes
// is put in where it is left out, and must not be another.
func (h *Report) read(raw string, e *endpoint, grant *signin.Token) (*query, error) {
	given, err := parameters(raw, e)
	if err != nil {
		return nil, err
	}
	q := &query{limit: defaultLimit, sort: "arrivals"}
	name := given["site"]
	if name == "" {
		return nil, invalid("site", "site is missing: name one of those that /api/v1/sites lists")
	}
	if !grant.MaySee(name) {
		return nil, forbidden("site", "this token is not for the site %q; /api/v1/sites lists those it is for", name)
	}
	i := slices.IndexFunc(h.sites, func(s *site.Site) bool { return s.Name == name })
	if i < 0 {
		return nil, forbidden("site", "there is no site %q here; /api/v1/sites lists those there are", name)
	}
	q.site = h.sites[i]
	if err := fix(given, e, grant.Fixed); err != nil {
		return nil, err
	}
	if e.takesAll("from", "to") {
		if err := q.readDays(given, h.now(), grant.Fixed); err != nil {
			return nil, err
		}
	}
	if e == now && grant.Fixed != nil && grant.Fixed.From != "" {
		if date := rollup.DayOf(h.now(), q.site.Zone()).Date; date < grant.Fixed.From || date > grant.Fixed.To {
			return nil, forbidden("", "this share link shows the days from %s to %s, and not the last minutes", grant.Fixed.From, grant.Fixed.To)
		}
	}
	q.compare, q.root = given["compare"], given["root"]
	if given["sort"] != "" {
		q.sort = given["sort"]
	}
	for _, n := range [...]struct {
		name           string
		to             *int
		smallest, most int
	}{{"limit", &q.limit, 1, maxLimit}, {"offset", &q.offset, 0, maxOffset}} {
		text, ok := given[n.name]
		if !ok {
			continue
		}
		if *n.to, err = strconv.Atoi(text); err != nil || *n.to < n.smallest || *n.to > n.most {
			return nil, invalid(n.name, "%s is a whole number from %d to %d", n.name, n.smallest, n.most)
		}
	}
	q.filter = filter{filterOf(given, "channel"), filterOf(given, "source"), filterOf(given, "visibility"), filterOf(given, "topic"), filterOf(given, "page")}
	if q.compare != "" && grant.Fixed != nil && grant.Fixed.From != "" {
		return nil, forbidden("compare", "this share link shows its own days alone: leave compare out")
	}
	return q, nil
}

// parameters reads those a call takes, each once.
func parameters(raw string, e *endpoint) (map[string]string, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, invalid("", "the query cannot be read: escape parameters as in a form")
	}
	given := map[string]string{}
	for name, list := range values {
		most, known := longest[name]
		switch {
		case !known:
			return nil, invalid("", "there is no such parameter; openapi.yaml lists those of each call")
		case len(list) > 1:
			return nil, invalid(name, "%s is given more than once", name)
		case !e.takesAll(name):
			return nil, notOffered(name, "%s is not offered by %s: no table holds it. Leave %s out.", e.name, name, name)
		case len(list[0]) > most:
			return nil, invalid(name, "%s is longer than %d bytes", name, most)
		case !utf8.ValidString(list[0]) || strings.ContainsFunc(list[0], unicode.IsControl):
			return nil, invalid(name, "%s has bytes that are no text", name)
		case list[0] == "":
			return nil, invalid(name, "%s is empty: leave it out, or give it a value", name)
		}
		if among, ok := allowed[name]; ok && !slices.Contains(among, list[0]) {
			return nil, invalid(name, "%s is one of %s", name, strings.Join(among, ", "))
		}
		given[name] = list[0]
	}
	return given, nil
}

// fix puts in what a share link fixes.
func fix(given map[string]string, e *endpoint, fixed *signin.Fixed) error {
	if fixed == nil {
		return nil
	}
	for _, f := range [...]struct{ name, value string }{
		{"channel", fixed.Channel}, {"source", fixed.Source}, {"visibility", fixed.Visibility}, {"topic", fixed.Topic}, {"page", fixed.Page},
	} {
		switch {
		case f.value == "":
			continue
		case !e.takesAll(f.name):
			return notOffered(f.name, "%s by %s is not offered, and this share link is fixed to one", e.name, f.name)
		case given[f.name] == "":
			given[f.name] = f.value
		case given[f.name] != f.value:
			return forbidden(f.name, "this share link is fixed to another %s", f.name)
		}
	}
	return nil
}

// filterOf is a parameter as rows must have it.
func filterOf(given map[string]string, name string) *string {
	value, ok := given[name]
	if !ok {
		return nil
	}
	if value == none {
		value = ""
	}
	return &value
}

// readDays reads the range of days, which are those of the site's own time zone.
func (q *query) readDays(given map[string]string, now time.Time, fixed *signin.Fixed) error {
	if fixed != nil && fixed.From != "" {
		if given["from"] == "" && given["to"] == "" {
			given["from"], given["to"] = fixed.From, fixed.To
		}
	}
	zone := q.site.Zone()
	for _, end := range [...]struct {
		name string
		to   *rollup.Day
	}{{"from", &q.from}, {"to", &q.to}} {
		if given[end.name] == "" {
			return invalid(end.name, "%s is missing: give a date like 2026-11-20", end.name)
		}
		day, err := rollup.ParseDay(given[end.name], zone)
		if err != nil || day.Date != given[end.name] {
			return invalid(end.name, "%s is no date: write it like 2026-11-20", end.name)
		}
		*end.to = day
	}
	today := rollup.DayOf(now, zone)
	switch {
	case q.to.From.Before(q.from.From):
		return invalid("to", "to is before from")
	case q.to.From.After(today.From):
		return invalid("to", "to is after today, which is %s at the site", today.Date)
	case q.from.Date < firstDate:
		return invalid("from", "there is nothing before %s", firstDate)
	case daysBetween(q.from, q.to) > maxDays:
		return invalid("from", "a range has at most %d days", maxDays)
	case fixed != nil && fixed.From != "" && (q.from.Date < fixed.From || q.to.Date > fixed.To):
		return forbidden("from", "this share link shows the days from %s to %s", fixed.From, fixed.To)
	}
	return nil
}

// daysBetween is how many days a range has, both ends with it.
func daysBetween(from, to rollup.Day) int {
	return int(noon(to).Sub(noon(from)).Hours()/24) + 1
}

// noon is a day as a date in UTC, where all days have the same length.
func noon(d rollup.Day) time.Time {
	t, _ := time.Parse("2006-01-02", d.Date) // a Day has a date
	return t
}

// comparedWith is the range that a range is compared with.
func (q *query) comparedWith() (from, to rollup.Day) {
	days := daysBetween(q.from, q.to)
	if q.compare == "weekdays" {
		days = (days + 6) / 7 * 7
	}
	zone := q.site.Zone()
	shifted := func(d rollup.Day) rollup.Day {
		moved, _ := rollup.ParseDay(noon(d).AddDate(0, 0, -days).Format("2006-01-02"), zone) // it is a date
		return moved
	}
	return shifted(q.from), shifted(q.to)
}

// labels reports whether rows are asked for by what a label says of them.
func (f *filter) labels() bool { return f.channel != nil || f.source != nil || f.visibility != nil }

// pages reports whether rows are asked for by their page.
func (f *filter) pages() bool { return f.topic != nil || f.page != nil }

// fits reports whether a row's label fits.
func (f *filter) fits(channel, source, visibility string) bool {
	return (f.channel == nil || *f.channel == channel) && (f.source == nil || *f.source == source) && (f.visibility == nil || *f.visibility == visibility)
}

// given are the parameters of the filter, in their order, as they are told.
func (f *filter) given() (names []string) {
	for _, p := range [...]struct {
		name  string
		value *string
	}{{"channel", f.channel}, {"source", f.source}, {"visibility", f.visibility}, {"topic", f.topic}, {"page", f.page}} {
		if p.value != nil {
			names = append(names, p.name)
		}
	}
	return names
}

// key names all that is asked for.
func (q *query) key() string {
	key := []string{q.site.Name, q.from.Date, q.to.Date, q.compare, q.sort, q.root, strconv.Itoa(q.limit), strconv.Itoa(q.offset)}
	for _, value := range [...]*string{q.filter.channel, q.filter.source, q.filter.visibility, q.filter.topic, q.filter.page} {
		if value == nil {
			key = append(key, "-")
		} else {
			key = append(key, "="+*value)
		}
	}
	return strings.Join(key, "\x00") // values have no control characters
}
