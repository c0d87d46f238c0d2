package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"darksocial/internal/report/signin"
)

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make a token, which is told once."`
	List   tokenListCmd   `cmd:"" help:"List the tokens and share links there are."`
	Revoke tokenRevokeCmd `cmd:"" help:"End a token, with its sessions and share links."`
}

func (tokenCmd) Help() string {
	return `Tokens open the report: who has one sees the report of the sites it is for, until it expires or is revoked, and can change nothing. What is kept of a token is a hash; if it is lost, make another.

Examples:
  darksocial token create --site www.example.com --days 90 --name "Redaktion"
  darksocial token list --site www.example.com
  darksocial token revoke --site www.example.com 3f9c0a1b2c4d`
}

// toldToken is a token as it is told to machines.
type toldToken struct {
	ID      string        `json:"id"`
	Kind    string        `json:"kind"` // token or link
	Name    string        `json:"name,omitempty"`
	Sites   []string      `json:"sites"`
	Made    time.Time     `json:"made"`
	Expires time.Time     `json:"expires"`
	Fixed   *signin.Fixed `json:"fixed,omitempty"`
	Token   string        `json:"token,omitempty"` // of one that was just made
}

func told(t *signin.Token) toldToken {
	kind := "token"
	if t.Fixed != nil {
		kind = "link"
	}
	return toldToken{ID: t.Short(), Kind: kind, Name: t.Name, Sites: t.Sites, Made: t.Made, Expires: t.Expires, Fixed: t.Fixed}
}

type tokenCreateCmd struct {
	deployedFlags
	Also []string `help:"Other sites of the same deployment that it is for as well." placeholder:"SITE"`
	Days int      `help:"For how many days it works." default:"90" placeholder:"N"`
	Name string   `help:"What to call it: whose it is, or what for." placeholder:"NAME"`
	JSON bool     `help:"Answer as JSON."`
}

const (
	maxTokenDays = 3650
	maxTokenName = 100 // bytes
)

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *tokenCreateCmd) Validate() error {
	if c.Days < 1 || c.Days > maxTokenDays {
		return fmt.Errorf("--days %d: give 1 to %d", c.Days, maxTokenDays)
	}
	if len(c.Name) > maxTokenName {
		return fmt.Errorf("--name is longer than %d bytes", maxTokenName)
	}
	return nil
}

func (c *tokenCreateCmd) Run(s streams) (err error) {
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	token := &signin.Token{Sites: append([]string{d.site.Name}, c.Also...), Name: c.Name, Expires: time.Now().Add(time.Duration(c.Days) * 24 * time.Hour)}
	secret, err := d.tokens.Create(ctx, token)
	if err != nil {
		return err
	}
	if c.JSON {
		answer := told(token)
		answer.Token = secret
		return json.NewEncoder(s.out).Encode(answer)
	}
	if _, err := fmt.Fprintln(s.out, secret); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "This token opens the report of %s until %s. It is not shown again; %s revokes it.\n",
		strings.Join(token.Sites, ", "), token.Expires.Format("2006-01-02"), "darksocial token revoke "+token.Short())
	return err
}

type tokenListCmd struct {
	deployedFlags
	JSON bool `help:"Answer as JSON."`
}

func (c *tokenListCmd) Run(s streams) (err error) {
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	list, err := d.tokens.List(ctx)
	if err != nil {
		return err
	}
	answer := []toldToken{}
	for _, t := range list {
		if t.MaySee(d.site.Name) {
			answer = append(answer, told(t))
		}
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(answer)
	}
	if len(answer) == 0 {
		_, err := fmt.Fprintf(s.out, "There is no token for %s. Make one: darksocial token create --site %s\n", d.site.Name, d.site.Name)
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tkind\tmade\texpires\tsites\tname")
	for _, t := range answer {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Kind, t.Made.Format("2006-01-02"), t.Expires.Format("2006-01-02"), strings.Join(t.Sites, ", "), t.Name)
	}
	return w.Flush()
}

type tokenRevokeCmd struct {
	deployedFlags
	JSON bool   `help:"Answer as JSON."`
	ID   string `arg:"" help:"Its id, as darksocial token list shows it. The token itself is not needed."`
}

func (c *tokenRevokeCmd) Run(s streams) (err error) {
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	token, err := d.tokens.Revoke(ctx, c.ID)
	if errors.Is(err, signin.ErrUnknown) {
		return fmt.Errorf("there is no token or link %q: darksocial token list shows those there are", c.ID)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(told(token))
	}
	_, err = fmt.Fprintf(s.out, "%s is revoked. Sessions and share links that came of it end within a minute.\n", token.Short())
	return err
}
