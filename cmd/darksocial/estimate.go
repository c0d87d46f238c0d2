package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"darksocial/darksocial/estimate"
	"darksocial/darksocial/rollup"
	"darksocial/internal/estimating"
)

// estimateFlags say of which days an estimate is: of records that are kept, or of logs
// that are read for it.
type estimateFlags struct {
	storeFlags
	logFlags
	From string `help:"First day of records in the store, like 2026-11-20. Without it logs are read, and nothing is kept of them." placeholder:"DATE"`
	To   string `help:"Last day; the first, if not given." placeholder:"DATE"`
	JSON bool   `help:"Answer as JSON."`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (f *estimateFlags) Validate() error {
	switch {
	case f.From == "" && f.To != "":
		return errors.New("--to needs a --from")
	case f.From != "" && len(f.Files) > 0:
		return errors.New("--from is of records in the store: give it, or logs")
	}
	return checkFormat(f.Format, f.Fields, f.SiteFile)
}

// gather reads what an estimate is made of. partial is told after the answer.
func (f *estimateFlags) gather(s streams) (seen *estimate.Collector, masked *estimate.Calibrator, partial, err error) {
	if f.From == "" {
		// As if the logs were labelled, in a folder that is gone afterwards.
		if f.Store, err = os.MkdirTemp("", "darksocial-"); err != nil {
			return nil, nil, nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(f.Store)) }()
	}
	st, err := f.open()
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	var days []rollup.Day
	if f.From != "" {
		days, err = st.daysFrom(f.From, f.To)
	} else {
		result, labelled := f.label(s, st)
		if labelled != nil {
			return nil, nil, nil, labelled
		}
		if partial = partly(result); partial != nil {
			fmt.Fprintf(s.err, "darksocial: %s of %s lines could not be read\n", comma(sum(result.Failed)), comma(result.Lines))
		}
		days, err = st.daysKept(context.Background())
	}
	if err != nil {
		return nil, nil, nil, err
	}
	bar := newBar(s)
	bar.say("estimating")
	defer bar.done()
	seen, masked, err = estimating.Gather(context.Background(), st.roller(), st.codes, st.site, days)
	return seen, masked, partial, err
}

func (s *store) daysFrom(from, to string) ([]rollup.Day, error) {
	if to == "" {
		to = from
	}
	first, err := rollup.ParseDay(from, s.site.Zone())
	if err != nil {
		return nil, err
	}
	last, err := rollup.ParseDay(to, s.site.Zone())
	if err != nil {
		return nil, err
	}
	return daysBetween(first, last)
}

// daysKept are the days from the first to the last there are records of.
func (s *store) daysKept(ctx context.Context) ([]rollup.Day, error) {
	var first, last time.Time
	err := s.ledger.Days(ctx, s.site.Name, func(utc time.Time) error {
		if first.IsZero() || utc.Before(first) {
			first = utc
		}
		if end := utc.Add(24*time.Hour - time.Second); end.After(last) {
			last = end
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if first.IsZero() {
		return nil, errors.New("the logs hold no page view from outside: there is nothing to estimate")
	}
	return daysBetween(rollup.DayOf(first, s.site.Zone()), rollup.DayOf(last, s.site.Zone()))
}

func daysBetween(first, last rollup.Day) ([]rollup.Day, error) {
	var days []rollup.Day
	for day := first; !day.From.After(last.From) && len(days) <= estimate.MaxDays; day = day.Next() {
		days = append(days, day)
	}
	if len(days) == 0 || len(days) > estimate.MaxDays {
		return nil, fmt.Errorf("from %s to %s: %w", first.Date, last.Date, estimating.ErrDays)
	}
	return days, nil
}

type estimateCmd struct{ estimateFlags }

func (estimateCmd) Help() string {
	return `Estimates how many of the visits without a name came by something a person shared: an interval, in which the truth lies 19 times of 20, if the site is like those it was tried on. Where the visits cannot tell, it refuses and says why. It knows of no single visit whether it was shared.

A week of a site, or more, tells more than a day.

Examples:
  darksocial estimate --format cloudfront --site www.example.com < access.log
  darksocial estimate --store darksocial-data --site www.example.com --from 2026-11-14 --to 2026-11-20
  darksocial estimate --site www.example.com --json E2ABC.2026-11-*.gz`
}

// estimateSeed makes the same records give the same interval.
const estimateSeed = 1

func (c *estimateCmd) Run(s streams) error {
	seen, _, partial, err := c.gather(s)
	if err != nil {
		return err
	}
	result := seen.Run(estimate.Both, estimateSeed)
	if c.JSON {
		err = json.NewEncoder(s.out).Encode(toldOf(&result))
	} else {
		err = describeEstimate(s.out, &result)
	}
	return errors.Join(err, partial)
}

// toldEstimate is an estimate as machines are told it: without figures, where there are
// none to be trusted.
type toldEstimate struct {
	Direct   int                `json:"direct"`
	Shared   *estimate.Interval `json:"shared"` // null where it is refused
	BySource []estimate.Source  `json:"by_source"`
	Parts    []estimate.Part    `json:"parts"`
	Quality  estimate.Quality   `json:"quality"`
}

func toldOf(r *estimate.Result) toldEstimate {
	told := toldEstimate{Direct: r.Direct, BySource: []estimate.Source{}, Parts: []estimate.Part{}, Quality: r.Quality}
	if !r.Quality.Refused {
		told.Shared, told.BySource, told.Parts = &r.Shared, append(told.BySource, r.BySource...), append(told.Parts, r.Parts...)
	}
	return told
}

func describeEstimate(out io.Writer, r *estimate.Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Visits without a name: %s\n", comma(r.Direct))
	if r.Quality.Refused {
		b.WriteString("How many of them were shared cannot be told.\n")
	} else {
		fmt.Fprintf(&b, "Of them shared by somebody: %s (by estimate; 19 times of 20 it is %s to %s)\n", rounded(r.Shared.Estimate), rounded(r.Shared.Low), rounded(r.Shared.High))
	}
	for _, reason := range r.Quality.Reasons {
		fmt.Fprintf(&b, "  %s\n", reason)
	}
	if !r.Quality.Refused && len(r.BySource) > 0 {
		b.WriteString("\n")
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(w, "by way of\tabout\tat least\tat most\tpreviews\t")
		for _, source := range r.BySource {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t\n", source.Source, rounded(source.Shared.Estimate), rounded(source.Shared.Low), rounded(source.Shared.High), comma(source.Previews))
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintf(&b, "\nIt stands on %s previews and %s codes, and believes what is written down in package estimate where neither tells.\n", comma(r.Quality.Previews), comma(r.Quality.Codes))
	_, err := io.WriteString(out, b.String())
	return err
}

func rounded(x float64) string { return comma(int(x + 0.5)) }
