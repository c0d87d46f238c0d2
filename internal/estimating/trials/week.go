package trials

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/estimate"
	"darksocial/darksocial/share"
	"darksocial/internal/edge"
	"darksocial/internal/estimating"
	"darksocial/internal/simulate"
)

// Week is a site's week that was simulated, and read back from its log.
type Week struct {
	Config simulate.Config
	Seen   *estimate.Collector
	Masked *estimate.Calibrator
	Truth  Truth
}

// Truth is where the nameless arrivals without a code came from.
type Truth struct {
	Direct int
	Shared int            // visits that came by something shared, in private or public
	ByApp  map[string]int // of those: by way
}

// Simulate writes the log of a week, reads it, and gathers what an estimate is made of.
// The log is never kept.
func Simulate(c simulate.Config) (*Week, error) {
	var buttons sync.Map // the log is read while it is written
	c.Shared = func(code share.Code, item *share.Item) error {
		buttons.Store(code, item.Button)
		return nil
	}
	r, w := io.Pipe()
	done := make(chan error, 1)
	var truth *simulate.Truth
	go func() {
		out := bufio.NewWriterSize(w, 1<<16)
		var err error
		truth, err = simulate.Write(out, c)
		if err == nil {
			err = out.Flush()
		}
		w.CloseWithError(err)
		done <- err
	}()
	g := Gatherer{Into: estimate.NewCollector(c.Date.Unix(), c.Days), Masked: estimate.NewCalibrator(), Keys: c.Keys, Button: func(code share.Code) string {
		button, _ := buttons.Load(code)
		name, _ := button.(string)
		return name
	}}
	err := g.Read(r, edge.Options{Format: edge.Format(c.Format), Host: c.Host, Now: func() time.Time { return c.Date.AddDate(1, 0, 0) }}, c.World.Site(c.Host))
	_ = r.CloseWithError(err)
	if writing := <-done; err == nil {
		err = writing
	}
	if err != nil {
		return nil, fmt.Errorf("trials: %s of seed %d: %w", c.World.Name, c.Seed, err)
	}
	return &Week{c, g.Into, g.Masked, truthOf(truth, c.Format.AllHeaders())}, nil
}

// truthOf counts what is direct though its code, if it has one, is read.
func truthOf(truth *simulate.Truth, headers bool) Truth {
	t := Truth{ByApp: map[string]int{}}
	for i := range truth.Days {
		for j := range truth.Days[i].Arrivals {
			a := &truth.Days[i].Arrivals[j]
			name := a.Log
			if headers {
				name = a.Headers
			}
			if name.Channel != "direct" || headers && a.Objected || a.Is == "ahead" {
				continue
			}
			n := a.Lines - a.Coded
			t.Direct += n
			if a.Is == "visit" && (a.Origin == simulate.Private || a.Origin == simulate.Public) {
				t.Shared += n
				t.ByApp[a.Way] += n
			}
		}
	}
	return t
}

// Gatherer reads a log into a Collector.
type Gatherer struct {
	Into   *estimate.Collector
	Keys   *share.Keys             // nil where there are no codes
	Button func(share.Code) string // that made a code; nil where nobody knows
	Masked *estimate.Calibrator    // gets arrivals of which the button names the app; nil where nobody asks
}

// Read reads a whole log.
func (g *Gatherer) Read(log io.Reader, options edge.Options, site darksocial.Site) error {
	reader, err := edge.NewReader(log, "log", options)
	if err != nil {
		return err
	}
	classifier := darksocial.New(site)
	var line edge.Line
	for reader.Next(&line) {
		if line.Err == nil {
			facts := classifier.Facts(&line.Visit)
			g.add(&line.Visit, &facts, &site)
		}
	}
	return reader.Err()
}

func (g *Gatherer) add(v *darksocial.Visit, f *darksocial.Facts, site *darksocial.Site) {
	label := darksocial.Resolve(f)
	switch label.Kind {
	case darksocial.KindVisit:
		if f.Objection != darksocial.Yes {
			a := estimating.Arrival(v.Time.Unix(), site.Page(v.Path), f, &label)
			if a.Code = g.code(v.Query, site); a.Code != "" {
				g.mask(a.Code, &label)
			}
			g.Into.Add(a)
		}
	case darksocial.KindPreview:
		if app := label.ProvesShare(); app != "" {
			g.Into.AddPreview(estimate.Preview{Time: v.Time.Unix(), Page: site.Page(v.Path), App: app, Code: g.code(v.Query, site)})
		}
	}
}

// mask counts what the headers alone say of an arrival of which the code's button tells
// the app.
func (g *Gatherer) mask(code string, l *darksocial.Label) {
	if g.Masked == nil || g.Button == nil {
		return
	}
	app := g.Button(share.Code(code))
	if app == "copy" || app == "system" {
		return // the system's sheet and the clipboard name none
	}
	named := ""
	if l.Channel != darksocial.Direct {
		named = strings.Clone(l.Source)
	}
	g.Masked.Add(estimate.Masked{Code: code, App: app, Named: named, Confidence: l.Confidence.String()})
}

func (g *Gatherer) code(query string, site *darksocial.Site) string {
	if g.Keys == nil || query == "" {
		return ""
	}
	values, err := url.ParseQuery(query)
	if code := values.Get(site.CodeName()); err == nil && g.Keys.Ours(code) {
		return code
	}
	return ""
}
