package rollup

import (
	"iter"

	"darksocial/darksocial"
)

// Table is a table of a day: its name, a zero row, whose type is the schema, and
// its rows, which come in a fixed order.
type Table struct {
	Name string
	Row  any
	Rows func(*Total) iter.Seq2[any, error]
}

// Tables are all there are.
var Tables = []Table{
	{"arrivals", Arrival{}, arrivalRows},
	{"pages", Page{}, pageRows},
	{"quality", Quality{}, qualityRows},
}

// Options say how rows are made of sums.
type Options struct {
	Pages   int  // how many pages have rows of their own
	Sources int  // how many sources have
	FewApps int  // an unknown app's name is told from so many records on: a rarer one might be one person's
	Over    bool // the day is over: no more records are expected
}

// DefaultOptions are those of a site that says nothing else.
var DefaultOptions = Options{Pages: 10_000, Sources: 1_000, FewApps: 5}

// Total is the sums of a whole day, and what of them is large enough to be told.
type Total struct {
	Options
	sums    Sums
	site    *darksocial.Site
	pages   largest
	sources largest
}

// NewTotal goes through the sums of a day once to find its largest pages and sources.
func NewTotal(sums Sums, site *darksocial.Site, o Options) (*Total, error) {
	t := &Total{Options: o, sums: sums, site: site, pages: newLargest(o.Pages), sources: newLargest(o.Sources)}
	for c, err := range counts(sums, sumPages, 1, 4) {
		if err != nil {
			return nil, err
		}
		t.pages.offer(c.parts[0], c.n[0])
	}
	for c, err := range counts(sums, sumSources, 1, 1) {
		if err != nil {
			return nil, err
		}
		if c.parts[0] != "" { // none is no source, and stays what it is
			t.sources.offer(c.parts[0], c.n[0])
		}
	}
	t.pages.choose()
	t.sources.choose()
	return t, nil
}

// arrivalRows come by page, "(other)" last; the rows of one page fit into memory,
// because so do the sources.
func arrivalRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		page := rowsOfPage{}
		other := rowsOfPage{}
		var at string
		for c, err := range counts(t.sums, sumArrivals, 8, 1) {
			if err != nil {
				yield(nil, err)
				return
			}
			row := Arrival{Page: c.parts[0], Channel: c.parts[1], Source: t.sources.name(c.parts[2]), Visibility: c.parts[3], Surface: c.parts[4],
				Confidence: c.parts[5], DirectKind: c.parts[6], ByReferrer: c.parts[7]}
			if !t.pages.has(row.Page) {
				row.Page = Other
				other[row] += c.n[0]
				continue
			}
			if row.Page != at {
				if !page.flush(yield) {
					return
				}
				at = row.Page
			}
			page[row] += c.n[0]
		}
		_ = page.flush(yield) && other.flush(yield)
	}
}

func pageRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		other := Page{Page: Other}
		for c, err := range counts(t.sums, sumPages, 1, 4) {
			if err != nil {
				yield(nil, err)
				return
			}
			row := Page{Page: c.parts[0], Topic: t.site.Topic(c.parts[0]), Arrivals: c.n[0], PrivateArrivals: c.n[1], PublicArrivals: c.n[2], Previews: c.n[3]}
			if t.pages.has(row.Page) {
				if !yield(row, nil) {
					return
				}
				continue
			}
			other.Arrivals += row.Arrivals
			other.PrivateArrivals += row.PrivateArrivals
			other.PublicArrivals += row.PublicArrivals
			other.Previews += row.Previews
		}
		if other != (Page{Page: Other}) {
			yield(other, nil)
		}
	}
}
