package estimating_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/estimate"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/estimating"
	sites "darksocial/internal/site"
)

const (
	phone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
	fetcher = "WhatsApp/2.24.11.77 A"
)

var day = rollup.DayOf(time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), time.UTC)

// seen is a page view.
type seen struct {
	agent, referer, code string
	after                time.Duration // of the day's beginning
	door                 record.Door
	objects              bool
}

// views are the page views of a day.
type views []seen

func (v views) Views(_ context.Context, s *sites.Site, d rollup.Day, each func(*record.Record) error) error {
	classifier := darksocial.New(s.Site)
	for _, view := range v {
		visit := darksocial.Visit{Time: d.From.Add(view.after), Host: "www.example.com", Path: "/sport/derby", Referer: view.referer, UserAgent: view.agent, Method: "GET", Status: 200, Sees: darksocial.SeesAll}
		if view.objects {
			visit.Headers.GPC = "1"
		}
		var r record.Record
		r.Add(&record.Sighting{Door: view.door, Time: visit.Time.Unix(), Page: visit.Path, Status: 200, Facts: classifier.Facts(&visit), Code: view.code})
		if err := each(&r); err != nil {
			return err
		}
	}
	return nil
}

// items are what is kept of codes.
type items map[share.Code]*share.Item

func (i items) Items(_ context.Context, _ string, codes []share.Code) (map[share.Code]*share.Item, error) {
	if i == nil {
		return nil, errors.New("the store is down")
	}
	found := map[share.Code]*share.Item{}
	for _, code := range codes {
		if item := i[code]; item != nil {
			found[code] = item
		}
	}
	return found, nil
}

var kept = items{
	"button": {Grade: share.PerButton, Button: "whatsapp", Made: 1},
	"copied": {Grade: share.PerShare, Button: "copy", Made: 1},
	"own":    {Grade: share.Own, Source: "whatsapp", Name: "Kanal", Made: 1},
}

func TestGather(t *testing.T) {
	for _, test := range []struct {
		name            string
		view            seen
		direct, preview int
		masked          int
	}{
		{name: "nameless", view: seen{agent: phone}, direct: 1},
		{name: "named", view: seen{agent: phone, referer: "https://www.google.com/"}},
		{name: "one who objects", view: seen{agent: phone, objects: true}},
		{name: "of the day before", view: seen{agent: phone, after: -time.Second}},
		{name: "of the day after", view: seen{agent: phone, after: 24 * time.Hour}},
		{name: "by a door that does not count", view: seen{agent: phone, door: record.Beacon}},
		{name: "a code of which nothing is kept", view: seen{agent: phone, code: "unknown"}, direct: 1},
		{name: "a code whose button names the app", view: seen{agent: phone, code: "button"}, masked: 1},
		{name: "a code that was copied", view: seen{agent: phone, code: "copied"}},
		{name: "a post of the site's own", view: seen{agent: phone, code: "own"}},
		{name: "a preview", view: seen{agent: fetcher}, preview: 1},
		{name: "a preview by a fetcher of no app", view: seen{agent: "Googlebot/2.1 (+http://www.google.com/bot.html)"}},
		{name: "a preview of a post of the site's own", view: seen{agent: fetcher, code: "own"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			of := &sites.Site{Name: "www.example.com", Site: darksocial.Site{Hosts: []string{"www.example.com"}, Doors: []string{"log"}}}
			collector, calibrator, err := estimating.Gather(t.Context(), views{test.view}, kept, of, []rollup.Day{day})
			require.NoError(t, err)
			assert.Equal(t, test.direct, collector.Direct())
			assert.Equal(t, test.preview, collector.Run(estimate.Both, 1).Quality.Previews)
			assert.Equal(t, test.masked, calibrator.Result().Arrivals)
		})
	}
}

// TestGatherMany: codes are asked for in parts, and none is left behind.
func TestGatherMany(t *testing.T) {
	many := make(views, 25_000)
	for i := range many {
		many[i] = seen{agent: phone, code: "button", after: time.Duration(i) * time.Second}
	}
	_, calibrator, err := estimating.Gather(t.Context(), many, kept, &sites.Site{Name: "www.example.com"}, []rollup.Day{day})
	require.NoError(t, err)
	assert.Equal(t, len(many), calibrator.Result().Arrivals)
}

func TestGatherFails(t *testing.T) {
	of := &sites.Site{Name: "www.example.com"}
	_, _, err := estimating.Gather(t.Context(), views{{agent: phone, code: "button"}}, items(nil), of, []rollup.Day{day})
	assert.ErrorContains(t, err, "the store is down")
	_, _, err = estimating.Gather(t.Context(), views{}, kept, of, nil)
	assert.ErrorIs(t, err, estimating.ErrDays)
	_, _, err = estimating.Gather(t.Context(), views{}, kept, of, make([]rollup.Day, estimate.MaxDays+1))
	assert.ErrorIs(t, err, estimating.ErrDays)
}
