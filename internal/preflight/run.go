package preflight

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Options say what is looked at.
type Options struct {
	Distribution string // id, or a host name that leads to it
	Name         string // of the deployment, Terraform's var.name: what is called after it is ours
	Code         string // parameter of a page's address that carries share codes
	Routed       int    // behaviours for routed pages that will be added
}

// Level says how a finding stands to a deployment.
type Level string

// Levels of findings.
const (
	// Stop is what has to be changed first: with it something cannot be attached, or
	// would hurt.
	Stop Level = "stop"
	// Adapt is what the module has to be told.
	Adapt Level = "adapt"
	// Unseen is what could not be looked at.
	Unseen Level = "unseen"
)

// Finding is one thing that is in the way.
type Finding struct {
	Level Level  `json:"level"`
	At    string `json:"at"`   // of the distribution or the account
	What  string `json:"what"` // there is
	Why   string `json:"why"`  // it matters
	Do    string `json:"do"`
}

// Report is what was looked at, and what is in the way. No finding is good news.
type Report struct {
	Distribution string    `json:"distribution"`
	Hosts        []string  `json:"hosts"`
	Region       string    `json:"region"`
	Findings     []Finding `json:"findings"`
}

// look is a run: what has been read, and what has been found.
type look struct {
	*Client
	Options
	distribution *distribution
	report       Report
}

// behaviorsAdded are /_ds/*.js and /_ds/*: Terraform's output behaviours.
const behaviorsAdded = 2

// ErrNone says that no distribution of the account has the name.
var ErrNone = errors.New("no distribution of this account answers to this name; is it another account's?")

// Run looks. An error means that the distribution itself could not be read; anything
// else that could not be is a finding.
func Run(ctx context.Context, c *Client, o Options) (*Report, error) {
	id, err := c.find(ctx, o.Distribution)
	if err != nil {
		return nil, fmt.Errorf("preflight: find %s: %w", o.Distribution, err)
	}
	d, err := c.distribution(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("preflight: read distribution %s: %w", id, err)
	}
	l := &look{Client: c, Options: o, distribution: d, report: Report{Distribution: d.ID, Hosts: d.Aliases, Region: c.Region(), Findings: []Finding{}}}
	l.checkState()
	l.checkPaths()
	l.checkFunctions(ctx)
	l.checkCaches(ctx)
	l.checkSources(ctx)
	l.checkRealtime(ctx)
	l.checkConcurrency(ctx)
	l.checkQuotas(ctx)
	return &l.report, nil
}

var isID = regexp.MustCompile(`^E[A-Z0-9]{5,}$`)

// find returns the id of a distribution, by a name that leads to it.
func (c *Client) find(ctx context.Context, name string) (id string, err error) {
	if isID.MatchString(name) {
		return name, nil
	}
	err = c.distributions(ctx, func(of string, hosts []string) bool {
		for _, host := range hosts {
			if covers(strings.ToLower(host), strings.ToLower(name)) {
				id = of
			}
		}
		return id != ""
	})
	if err == nil && id == "" {
		err = ErrNone
	}
	return id, err
}

// covers reports whether an alias, which may begin with *., is of a host.
func covers(alias, host string) bool {
	if parent, any := strings.CutPrefix(alias, "*"); any {
		own, _, _ := strings.Cut(host, ".")
		return host == own+parent
	}
	return alias == host
}

// found adds a finding.
func (l *look) found(level Level, at, what, why, do string) {
	l.report.Findings = append(l.report.Findings, Finding{level, at, what, why, do})
}

// unseen adds what could not be looked at.
func (l *look) unseen(at string, err error, do string) {
	l.found(Unseen, at, "could not be read: "+err.Error(), "nobody has looked, so what is in the way here is not known", do)
}

// pages are the behaviours that may serve pages: all but our own.
func (l *look) pages() []*behavior {
	pages := []*behavior{&l.distribution.Default}
	for i := range l.distribution.Others {
		if b := &l.distribution.Others[i]; !isOwn(b.PathPattern) {
			pages = append(pages, b)
		}
	}
	return pages
}

// isOwn reports a pattern of Terraform's output behaviours.
func isOwn(pattern string) bool { return strings.HasPrefix(strings.TrimPrefix(pattern, "/"), "_ds/") }

// names joins the names of behaviours that have the same trouble.
func names(list []*behavior) string {
	var all []string
	for _, b := range list {
		all = append(all, b.name())
	}
	return "behaviour " + strings.Join(slices.Compact(all), ", ")
}

func (l *look) checkState() {
	if !l.distribution.Enabled {
		l.found(Stop, "distribution", "it is disabled", "it answers nobody, so there is nothing to see", "enable it")
	}
}
