package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"darksocial/darksocial/estimate"
)

type calibrateCmd struct{ estimateFlags }

func (calibrateCmd) Help() string {
	return `Tells how right the site's labels are, measured by its own share codes: a code says in which app a link was shared, and is left out when the visit is named. Of each app: precision (of those named so, how many were) and recall (of those that were, how many are named). Of each confidence: how often it is right.

Examples:
  darksocial calibrate --site www.example.com --from 2026-11-01 --to 2026-11-20
  darksocial calibrate --site www.example.com --from 2026-11-20 --json`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *calibrateCmd) Validate() error {
	if c.From == "" {
		return errors.New("give the days, --from and --to: what codes say is in the store alone, and not in a log")
	}
	return c.estimateFlags.Validate()
}

func (c *calibrateCmd) Run(s streams) error {
	_, masked, _, err := c.gather(s)
	if err != nil {
		return err
	}
	result := masked.Result()
	if c.JSON {
		return json.NewEncoder(s.out).Encode(result)
	}
	return describeCalibration(s.out, &result)
}

func describeCalibration(out io.Writer, r *estimate.Calibration) error {
	if r.Arrivals == 0 {
		_, err := fmt.Fprintln(out, "No visit came with a code of which the app is known: buttons that name an app make them (docs/share-buttons.md).")
		return err
	}
	if _, err := fmt.Fprintf(out, "%s visits came with a code of which the app is known.\n\n", comma(r.Arrivals)); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "app\tshared in it\tnamed so\tboth\tprecision\trecall\t")
	for _, a := range r.Apps {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t\n", a.App, comma(a.Coded), comma(a.Named), comma(a.Right), percents(a.Precision, a.Named), percents(a.Recall, a.Coded))
	}
	fmt.Fprintln(w, "\nconfidence\tnamed\tright\tbelieved\tmeasured\t\t")
	for _, l := range r.Levels {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.0f %%\t%s\t\t\n", l.Confidence, comma(l.Named), comma(l.Right), 100*l.Believed, percents(l.Measured, l.Named))
	}
	return w.Flush()
}

// percents writes a part and where it lies 19 times of 20; of nothing there is none.
func percents(i estimate.Interval, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %% (%.0f–%.0f)", 100*i.Estimate, 100*i.Low, 100*i.High)
}
