package simulate

import (
	"time"

	"darksocial/darksocial/share"
)

// Truth is what was written. The package documentation says what its fields mean.
type Truth struct {
	World     string    `json:"world"`
	Seed      uint64    `json:"seed"`
	Host      string    `json:"host"`
	Views     int       `json:"views"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	TimeZone  string    `json:"time_zone"`
	Lines     int       `json:"lines"`
	Days      []Day     `json:"days"`
	LocalDays []Day     `json:"local_days"`
	Hours     []Hour    `json:"hours"`

	// Of links with codes, where there are any.
	Recommendations []Recommendation `json:"recommendations,omitempty"`
	Lost            Came             `json:"lost,omitzero"`
	Forged          Came             `json:"forged,omitzero"`
}

// Day is what a day's lines are. Each line is in exactly one of its numbers:
// arrivals, previews, inside, inside_ahead, bots, assets, errors or unreadable.
type Day struct {
	Date  string `json:"date"`
	Whole bool   `json:"whole"` // false where the log has only a part of the day
	Lines int    `json:"lines"`

	Arrivals    []Arrival      `json:"arrivals"`
	Previews    map[string]int `json:"previews"`
	Inside      int            `json:"inside"`
	InsideAhead int            `json:"inside_ahead"`
	Bots        int            `json:"bots"`
	Assets      int            `json:"assets"`
	Errors      int            `json:"errors"`
	Unreadable  int            `json:"unreadable"`

	Pages     []Page     `json:"pages"`
	Campaigns []UTM      `json:"campaigns"`
	Direct    Direct     `json:"direct"`
	Shared    Generation `json:"shared"`
}

// Arrival counts lines that open a page from outside, of one way and one look, by
// browsers that object or by those that do not.
type Arrival struct {
	Way       string         `json:"way"`
	Origin    Origin         `json:"origin"`
	Is        string         `json:"is"`
	Log       Name           `json:"log"`
	Headers   Name           `json:"headers"`
	Objected  bool           `json:"objected"`
	Lines     int            `json:"lines"`
	Opened    int            `json:"opened"`
	Coded     int            `json:"coded,omitempty"`
	Devices   map[string]int `json:"devices"`
	Countries map[string]int `json:"countries"`
}

// Page counts what came to a page.
type Page struct {
	Page     string `json:"page"`
	Visits   int    `json:"visits"`
	Reloads  int    `json:"reloads"`
	Ahead    int    `json:"ahead"`
	Objected int    `json:"objected"`
	Log      Sides  `json:"log"`
	Headers  Sides  `json:"headers"`
	Shared   Sides  `json:"shared"`
	Previews int    `json:"previews"`
}

// Sides are private and public.
type Sides struct {
	Private int `json:"private"`
	Public  int `json:"public"`
}

// UTM counts the lines of a triple of utm values.
type UTM struct {
	Source   string `json:"source"`
	Medium   string `json:"medium"`
	Campaign string `json:"campaign"`
	Visits   int    `json:"visits"`
	Reloads  int    `json:"reloads"`
	Ahead    int    `json:"ahead"`
	Objected int    `json:"objected"`
}

// Direct is what "direct" really was, by origin: the truth an estimate is judged
// by. A page loaded again is none of them, and stands as "reload". Headers is
// without the lines of browsers that object: tables do not call them direct.
type Direct struct {
	Log     map[string]int `json:"log"`
	Headers map[string]int `json:"headers"`
}

// Generation tells how far private links went.
type Generation struct {
	Links    int   `json:"links"`     // sent on the day
	PassedOn int   `json:"passed_on"` // of them, by people to whom they had been sent
	Visits   []int `json:"visits"`    // by how often the link had been passed on before: 0, 1, 2, …
}

// Hour counts what came in an hour.
type Hour struct {
	Hour     time.Time `json:"hour"`
	Visits   int       `json:"visits"`
	Reloads  int       `json:"reloads"`
	Ahead    int       `json:"ahead"`
	Previews int       `json:"previews"`
}

func (h *Hour) add(is kind) {
	switch is {
	case visit:
		h.Visits++
	case reload:
		h.Reloads++
	case ahead:
		h.Ahead++
	}
}

// Recommendation is a link that was shared with a code of its own, and what came of it.
type Recommendation struct {
	Code       share.Code `json:"code"`
	Root       share.Code `json:"root"`       // the first it came of; of a first one itself
	Parent     share.Code `json:"parent"`     // empty for a first one
	Generation int        `json:"generation"` // 0 for a first one
	Button     string     `json:"button"`
	Page       string     `json:"page"`
	Made       time.Time  `json:"made"`
	Opened     time.Time  `json:"opened,omitzero"` // first, by a browser that does not object

	Arrivals Came           `json:"arrivals"` // by the code itself
	Reach    Came           `json:"reach"`    // by it and by all that came of it
	Children int            `json:"children"`
	Previews map[string]int `json:"previews"`

	Days      map[string]Came `json:"days"` // its arrivals, by date
	LocalDays map[string]Came `json:"local_days"`
}

// Came is how many people came, and how many of them by browsers that object.
type Came struct {
	Visits          int `json:"visits"`
	Objected        int `json:"objected"` // of the visits
	Reloads         int `json:"reloads"`
	ObjectedReloads int `json:"objected_reloads"` // of the reloads
}

func (c *Came) add(is kind, objects bool) {
	all, objected := &c.Visits, &c.Objected
	if is == reload {
		all, objected = &c.Reloads, &c.ObjectedReloads
	}
	*all++
	if objects {
		*objected++
	}
}

func (c Came) plus(other Came) Came {
	return Came{c.Visits + other.Visits, c.Objected + other.Objected, c.Reloads + other.Reloads, c.ObjectedReloads + other.ObjectedReloads}
}

// Verdict is what a label says of a line, as far as a Truth tells it.
type Verdict struct{ Kind, Channel, Source, Visibility string }

// Labels are how often each label must come out: at a door that sees all headers,
// or at one that sees Referer, User-Agent and query alone. Unreadable lines have
// none.
func (d *Day) Labels(allHeaders bool) map[Verdict]int {
	labels := map[Verdict]int{}
	add := func(v Verdict, n int) {
		if n > 0 {
			labels[v] += n
		}
	}
	for i := range d.Arrivals {
		a := &d.Arrivals[i]
		name, kind := a.Log, "visit"
		if allHeaders {
			if name = a.Headers; a.Is == kindNames[ahead] {
				kind = "prefetch"
			}
		}
		add(Verdict{kind, name.Channel, name.Source, name.Visibility}, a.Lines)
	}
	for app, n := range d.Previews {
		add(previewVerdict(app), n)
	}
	if allHeaders {
		add(Verdict{"prefetch", direct, "", "unknown"}, d.InsideAhead)
	} else {
		add(Verdict{"internal", "", "", "unknown"}, d.InsideAhead)
	}
	add(Verdict{"internal", "", "", "unknown"}, d.Inside)
	add(Verdict{"bot", "", "", "unknown"}, d.Bots)
	add(Verdict{"other", "", "", "unknown"}, d.Assets+d.Errors)
	return labels
}

func previewVerdict(app string) Verdict {
	n := Name{"dark_social", app, "private", ""}
	if publicPreviews[app] {
		n = Name{"social", app, "unknown", ""}
		if app == "mastodon" || app == "reddit" { // nearly all there is for all
			n.Visibility = "public"
		}
	}
	return Verdict{"preview", n.Channel, n.Source, n.Visibility}
}
