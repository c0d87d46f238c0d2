package main

import (
	"encoding/json"
	"errors"

	"darksocial/darksocial"
)

type rulesCmd struct {
	Word     string `arg:"" optional:"" help:"Show only rules whose id, token or source holds this."`
	JSON     bool   `help:"One rule per line, as JSON." xor:"form"`
	Markdown bool   `help:"Write the page docs/rules.md." xor:"form"`
}

func (rulesCmd) Help() string {
	return `Examples:
  darksocial rules viber
  darksocial rules --json ref.mail
  darksocial rules --markdown > docs/rules.md`
}

// rule is a rule as --json writes it.
type rule struct {
	ID         string `json:"id"`
	Signal     string `json:"signal"`
	Token      string `json:"token"`
	Source     string `json:"source"`
	Channel    string `json:"channel"`
	Visibility string `json:"visibility"`
	Confidence string `json:"confidence"`
	From       string `json:"from"`
}

func (c *rulesCmd) Run(s streams) error {
	if c.Markdown {
		return darksocial.WriteRulesPage(s.out)
	}
	found := darksocial.FindRules(c.Word)
	if len(found) == 0 {
		return errors.New("no rule holds \"" + c.Word + "\"; to add one, see CONTRIBUTING.md")
	}
	if !c.JSON {
		return darksocial.WriteRules(s.out, found)
	}
	out := json.NewEncoder(s.out)
	for _, r := range found {
		if err := out.Encode(rule{r.ID, r.Signal.String(), r.Token, r.Source, r.Channel.String(), r.Visibility.String(), r.Confidence.String(), r.Cited()}); err != nil {
			return err
		}
	}
	return nil
}
