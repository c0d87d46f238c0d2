package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
)

type directAnswer struct {
	Meta        *meta        `json:"meta"`
	Direct      *directParts `json:"direct"`
	Before      *directParts `json:"before"`
	BeforeRange *beforeRange `json:"before_range"`
	Estimate    *estimate    `json:"estimate"`
}

// estimate is how much of what is still dark was shared.
type estimate struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Level float64 `json:"level"`
}

// directParts is what the arrivals were that a tool calls direct that reads only Referer
// and campaign tags.
type directParts struct {
	Arrivals            int64        `json:"arrivals"`
	Direct              int64        `json:"direct"`
	Unseen              int64        `json:"unseen"`
	BroughtToLight      int64        `json:"brought_to_light"`
	BroughtToLightShare *float64     `json:"brought_to_light_share"`
	Parts               []directPart `json:"parts"`
}

type directPart struct {
	Part     string           `json:"part"`
	Arrivals int64            `json:"arrivals"`
	Sources  []sourceArrivals `json:"sources"`
}

type sourceArrivals struct {
	Source   string `json:"source"`
	Title    string `json:"title"`
	Arrivals int64  `json:"arrivals"`
}

// parts of direct, in the order in which they are told.
var parts = [...]string{"messengers", "mail", "networks", "ai", "other_named", "hidden_web", "typed_or_app", "unknown"}

func partOf(row *rollup.Arrival) string {
	switch row.Channel {
	case "dark_social":
		return "messengers"
	case "email":
		return "mail"
	case "social":
		return "networks"
	case "ai":
		return "ai"
	case "direct":
		if row.DirectKind == "hidden_web" || row.DirectKind == "typed_or_app" {
			return row.DirectKind
		}
		return "unknown"
	}
	return "other_named"
}

func directOf(ctx context.Context, a *asked) (any, error) {
	answer := &directAnswer{}
	var err error
	if answer.Direct, err = a.now.direct(ctx, &a.filter); err != nil {
		return nil, err
	}
	if a.before != nil {
		if answer.Before, err = a.before.direct(ctx, &a.filter); err != nil {
			return nil, err
		}
		answer.BeforeRange = a.beforeRange()
	}
	answer.Meta, err = a.meta(ctx)
	return answer, err
}

func (d *days) direct(ctx context.Context, f *filter) (*directParts, error) {
	p := &directParts{}
	named := map[string]map[string]int64{}
	for _, part := range parts {
		named[part] = map[string]int64{}
	}
	err := d.arrivals(ctx, f, func(_ int, row *rollup.Arrival) {
		p.Arrivals += row.Arrivals
		switch {
		case row.ByReferrer == "" && row.Page != rollup.Objected:
			p.Unseen += row.Arrivals
		case row.ByReferrer == "direct":
			p.Direct += row.Arrivals
			if row.Channel != "direct" {
				p.BroughtToLight += row.Arrivals
			}
			named[partOf(row)][row.Source] += row.Arrivals
		}
	})
	if err != nil {
		return nil, err
	}
	p.BroughtToLightShare = ratio(p.BroughtToLight, p.Direct)
	for _, part := range parts {
		of := directPart{Part: part}
		for _, n := range named[part] {
			of.Arrivals += n
		}
		delete(named[part], "") // none is no source
		of.Sources = largestSources(named[part], partSources)
		p.Parts = append(p.Parts, of)
	}
	return p, nil
}

// partSources is how many sources of a part are named.
const partSources = 12

// largestSources are the sources with the most arrivals; the rest is one together.
func largestSources(arrivals map[string]int64, most int) []sourceArrivals {
	list := []sourceArrivals{}
	rest := arrivals[rollup.Other]
	for source, n := range arrivals {
		if source != rollup.Other {
			list = append(list, sourceArrivals{source, darksocial.Title(source), n})
		}
	}
	slices.SortFunc(list, func(a, b sourceArrivals) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Source, b.Source))
	})
	for len(list) > most {
		rest += list[len(list)-1].Arrivals
		list = list[:len(list)-1]
	}
	if rest > 0 {
		list = append(list, sourceArrivals{rollup.Other, rollup.Other, rest})
	}
	return list
}
