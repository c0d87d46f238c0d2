package main

import (
	"darksocial/darksocial"
)

type rulesCmd struct {
	Word     string `arg:"" optional:"" help:"Show only rules whose id, token or source holds this."`
	Markdown bool   `help:"Write the page docs/rules.md."`
}

func (rulesCmd) Help() string {
	return `Examples:
  darksocial rules viber
  darksocial rules ref.mail
  darksocial rules --markdown > docs/rules.md`
}

func (c *rulesCmd) Run(s streams) error {
	if c.Markdown {
		return darksocial.WriteRulesPage(s.out)
	}
	return darksocial.WriteRules(s.out, c.Word)
}
