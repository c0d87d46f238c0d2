package report

import (
	"context"
	"slices"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
)

type whyAnswer struct {
	Meta       *meta     `json:"meta"`
	Arrivals   int64     `json:"arrivals"`
	Channel    string    `json:"channel"`
	Source     string    `json:"source"`
	Title      string    `json:"title"`
	Confidence []counted `json:"confidence"`
	Visibility []counted `json:"visibility"`
	Surfaces   []counted `json:"surfaces"`
	Rules      []whyRule `json:"rules"`
	CannotKnow []string  `json:"cannot_know"`
}

// whyRule is a rule that was the strongest of some arrivals.
type whyRule struct {
	Rule       string `json:"rule"`
	Signal     string `json:"signal"`
	Says       string `json:"says"`
	Cite       string `json:"cite"`
	Arrivals   int64  `json:"arrivals"`
	Confidence string `json:"confidence"`
	Visibility string `json:"visibility"`
	Assumed    bool   `json:"assumed"`
}

// whyRules is how many rules are told.
const whyRules = 100

func whyOf(ctx context.Context, a *asked) (any, error) {
	if a.filter.channel == nil && a.filter.source == nil {
		return nil, invalid("channel", "of what is asked why? Give channel, source, or both")
	}
	answer := &whyAnswer{Channel: text(a.filter.channel), Source: text(a.filter.source)}
	answer.Title = darksocial.Title(answer.Source)
	confidence, visibility, surface := map[string]int64{}, map[string]int64{}, map[string]int64{}
	channels := map[string]int64{}
	err := a.now.arrivals(ctx, &a.filter, func(_ int, row *rollup.Arrival) {
		answer.Arrivals += row.Arrivals
		confidence[row.Confidence] += row.Arrivals
		visibility[row.Visibility] += row.Arrivals
		surface[row.Surface] += row.Arrivals
		channels[row.Channel] += row.Arrivals
	})
	if err != nil {
		return nil, err
	}
	answer.Confidence, answer.Visibility, answer.Surfaces = inOrder(confidence, confidences), inOrder(visibility, visibilities), inOrder(surface, surfaces)
	var missing []notOfferedField
	assumed := false
	if a.filter.evidence() {
		rules := map[string]int64{}
		if err := a.now.evidence(ctx, &a.filter, func(row *rollup.Evidence) { rules[row.Rule] += row.Arrivals }); err != nil {
			return nil, err
		}
		answer.Rules = []whyRule{}
		for _, c := range most(rules, whyRules) {
			rule := whyRuleOf(c.Value)
			rule.Arrivals = c.Arrivals
			assumed = assumed || rule.Assumed
			answer.Rules = append(answer.Rules, rule)
		}
	} else {
		missing = append(missing, notOfferedField{"rules", noEvidence})
	}
	answer.CannotKnow = cannotKnow(channels, visibility, answer.Source, assumed)
	answer.Meta, err = a.meta(ctx, missing...)
	return answer, err
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// whyRuleOf tells a rule. One that this program does not know is told by its id.
func whyRuleOf(id string) whyRule {
	found, ok := darksocial.FindRule(id)
	if !ok {
		return whyRule{Rule: id, Confidence: "unknown", Visibility: "unknown"}
	}
	r := darksocial.RuleOf(found)
	return whyRule{Rule: id, Signal: r.Signal.String(), Says: r.Words(), Cite: r.Cited(), Confidence: r.Confidence.String(), Visibility: r.Visibility.String(), Assumed: r.Assumed}
}

// cannotKnow says what labels like these leave open, in the words in which one visit is
// explained.
func cannotKnow(channels, visibility map[string]int64, source string, assumed bool) []string {
	list := []string{}
	for channel := darksocial.DarkSocial; channel <= darksocial.Direct; channel++ {
		if channels[channel.String()] == 0 {
			continue
		}
		for _, v := range [...]darksocial.Visibility{darksocial.VisibilityUnknown, darksocial.Private, darksocial.Public} {
			if visibility[v.String()] == 0 {
				continue
			}
			label := darksocial.Label{Kind: darksocial.KindVisit, Channel: channel, Visibility: v, Source: source}
			if rule, ok := darksocial.FindRule("vis.assumed"); ok && assumed {
				label.Evidence.Add(rule)
			}
			facts := darksocial.Facts{Sees: darksocial.SeesAll}
			for _, unknown := range darksocial.Explain(&facts, &label).Unknown {
				if !slices.Contains(list, unknown) {
					list = append(list, unknown)
				}
			}
		}
	}
	return list
}
