package report

import (
	"context"
	"math"
	"strings"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

// numbers are the headline numbers of some arrivals. openapi.yaml says what each means.
type numbers struct {
	Arrivals            int64    `json:"arrivals"`
	Private             int64    `json:"private"`
	Public              int64    `json:"public"`
	Undecided           int64    `json:"undecided"`
	PrivatelyShared     *float64 `json:"privately_shared"`
	Direct              int64    `json:"direct"`
	BroughtToLight      int64    `json:"brought_to_light"`
	BroughtToLightShare *float64 `json:"brought_to_light_share"`
	Objected            int64    `json:"objected"`
	Measured            int64    `json:"measured"`
	Readers             *int64   `json:"readers"`
	EngagedSeconds      *int64   `json:"engaged_seconds"`
	Shares              *int64   `json:"shares"`
	Previews            *int64   `json:"previews"`
	PassedOn            *float64 `json:"passed_on"`
	VisitorDays         *int64   `json:"visitor_days"`
	Orders              *int64   `json:"orders"`
	bought
}

// isShare reports whether a channel is one by which people share: see
// darksocial.Label.Shared.
func isShare(channel string) bool {
	return channel == "dark_social" || channel == "social" || channel == "email"
}

// sides are how many of a row's arrivals came from shares, by whom these were for.
func sides(channel, visibility string, n int64) (private, public, undecided int64) {
	switch {
	case !isShare(channel):
	case visibility == "private":
		private = n
	case visibility == "public":
		public = n
	default:
		undecided = n
	}
	return private, public, undecided
}

func (n *numbers) addArrival(row *rollup.Arrival) {
	private, public, undecided := sides(row.Channel, row.Visibility, row.Arrivals)
	n.Arrivals += row.Arrivals
	n.Private += private
	n.Public += public
	n.Undecided += undecided
	if row.ByReferrer == "direct" {
		n.Direct += row.Arrivals
		if row.Channel != "direct" {
			n.BroughtToLight += row.Arrivals
		}
	}
	if row.Page == rollup.Objected {
		n.Objected += row.Arrivals
	}
	n.Measured += row.Measured
	addKnown(&n.Readers, row.Readers)
	addKnown(&n.EngagedSeconds, row.EngagedSeconds)
}

func (n *numbers) add(other *numbers) {
	n.Arrivals += other.Arrivals
	n.Private += other.Private
	n.Public += other.Public
	n.Undecided += other.Undecided
	n.Direct += other.Direct
	n.BroughtToLight += other.BroughtToLight
	n.Objected += other.Objected
	n.Measured += other.Measured
	addKnown(&n.Readers, other.Readers)
	addKnown(&n.EngagedSeconds, other.EngagedSeconds)
	addKnown(&n.Shares, other.Shares)
	addKnown(&n.Previews, other.Previews)
	addKnown(&n.VisitorDays, other.VisitorDays)
	addKnown(&n.Orders, other.Orders)
	n.addBought(&other.bought)
}

// finish works out the ratios.
func (n *numbers) finish() {
	n.PrivatelyShared = ratio(n.Private, n.Private+n.Public)
	n.BroughtToLightShare = ratio(n.BroughtToLight, n.Direct)
	n.PassedOn = perHundred(n.Shares, n.Readers)
	n.bought.finish(n.Orders != nil || n.Purchases != nil)
}

// addKnown adds a number that may not be known to another one.
func addKnown(sum **int64, n *int64) {
	if n == nil {
		return
	}
	added := *n
	if *sum != nil {
		added += **sum
	}
	*sum = &added
}

// ratio is a part of a whole, to four places; nil of nothing.
func ratio(part, whole int64) *float64 {
	if whole == 0 {
		return nil
	}
	return rounded(float64(part)/float64(whole), 4)
}

// perHundred is how many there are for each hundred of others; nil where one of the two
// is not known, and where there are no others.
func perHundred(n, of *int64) *float64 {
	if n == nil || of == nil || *of == 0 {
		return nil
	}
	return rounded(100*float64(*n)/float64(*of), 2)
}

func rounded(n float64, places int) *float64 {
	unit := math.Pow10(places)
	n = math.Round(n*unit) / unit
	return &n
}

// byDay are the numbers of each day of a range, without ratios. Of a day without data
// they are nil.
func (d *days) byDay(ctx context.Context, f *filter) ([]*numbers, error) {
	list := make([]*numbers, len(d.Days))
	for i, day := range d.Days {
		if day.State() != tables.NoData {
			list[i] = &numbers{}
		}
	}
	err := d.arrivals(ctx, f, func(i int, row *rollup.Arrival) { list[i].addArrival(row) })
	if err != nil {
		return nil, err
	}
	return list, d.Each(ctx, func(i int, day *tables.Day) error {
		if list[i] == nil {
			return nil
		}
		if err := list[i].addShared(ctx, day, d.digests[i], f); err != nil {
			return err
		}
		if err := list[i].addBoughtOn(ctx, day, f); err != nil {
			return err
		}
		return list[i].addVisitors(ctx, day, d.digests[i], f)
	})
}

// addShared adds the shares and the previews of a day, as far as a table tells them under
// the filter.
func (n *numbers) addShared(ctx context.Context, day *tables.Day, digest *tables.Digest, f *filter) error {
	switch {
	case !f.labels() && !f.pages():
		shares, previews := digest.Shares, digest.Previews
		n.Shares, n.Previews = &shares, &previews
	case !f.labels():
		some, err := pagesThatFit(ctx, day, f)
		if err != nil {
			return err
		}
		rows, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return some(p.Page) })
		if err != nil {
			return err
		}
		var shares, previews int64
		for i := range rows {
			shares += rows[i].Shares
			previews += rows[i].Previews
		}
		n.Shares, n.Previews = &shares, &previews
	case !f.pages():
		rows, err := day.Hours(ctx)
		if err != nil {
			return err
		}
		var previews int64
		for i := range rows {
			if f.fits(rows[i].Channel, rows[i].Source, rows[i].Visibility) {
				previews += rows[i].Previews
			}
		}
		n.Previews = &previews
	}
	return nil
}

// addBoughtOn adds the purchases of a day that came of a recommendation. With which label
// the buyer had come, no table says.
func (n *numbers) addBoughtOn(ctx context.Context, day *tables.Day, f *filter) error {
	if f.labels() {
		return nil
	}
	orders, err := purchases(ctx, day, f, n.addPurchase)
	if err == nil && !f.pages() {
		n.Orders = orders
	} else if orders != nil {
		n.addOrders(0) // there is a shop
	}
	return err
}

// addVisitors adds the visitors of a day. They are counted of the site, of a channel, of
// a source and of a page, and of nothing else. Who came and is not among them was seen
// by a door that hashes no visitor: how many those are, nobody knows.
func (n *numbers) addVisitors(ctx context.Context, day *tables.Day, digest *tables.Digest, f *filter) error {
	if len(f.given()) > 1 || digest.Visitors == nil {
		return nil
	}
	var found int64
	var ok bool
	switch {
	case f.channel != nil:
		found, ok = digest.Visitors[tables.Level{Level: "channel", Key: *f.channel}]
	case f.source != nil:
		found, ok = digest.Visitors[tables.Level{Level: "source", Key: *f.source}]
	case f.page != nil:
		visitors, err := visitorsOf(ctx, day, *f.page)
		if err != nil {
			return err
		}
		if visitors != nil {
			found, ok = *visitors, true
		}
	case len(f.given()) == 0:
		found, ok = digest.Visitors[tables.Level{Level: "site"}]
	default:
		return nil
	}
	if ok || n.Arrivals == 0 {
		n.VisitorDays = &found
	}
	return nil
}

// visitorsOf are the visitors of a page on a day; nil if nobody knows.
func visitorsOf(ctx context.Context, day *tables.Day, page string) (*int64, error) {
	rows, err := day.DailyVisitors(ctx)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Level == "page" && rows[i].Key == page {
			return rows[i].Visitors, nil
		}
	}
	return nil, nil
}

// missing says which numbers no table tells under the filter.
func (f *filter) missing() (list []notOfferedField) {
	by := strings.Join(f.given(), " and ")
	if f.labels() {
		for _, field := range [...]string{"shares", "passed_on"} {
			list = append(list, notOfferedField{field, "shares are counted by page, not by " + by})
		}
		for _, field := range [...]string{"orders", "purchases", "revenue"} {
			list = append(list, notOfferedField{field, "purchases are counted by the page that was recommended, not by " + by})
		}
		if f.pages() {
			list = append(list, notOfferedField{"previews", "previews of a page are not counted by " + by})
		}
	}
	if !f.labels() && f.pages() {
		list = append(list, notOfferedField{"orders", "an order without a recommendation is of no page"})
	}
	if len(f.given()) > 1 || f.visibility != nil || f.topic != nil {
		list = append(list, notOfferedField{"visitor_days", "visitors are counted of the site, of one channel, one source or one page, not by " + by})
	}
	return list
}

func total(list []*numbers) *numbers {
	sum := &numbers{}
	for _, n := range list {
		if n != nil {
			sum.add(n)
		}
	}
	sum.finish()
	return sum
}
