package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/backfill"
	"darksocial/internal/edge"
	"darksocial/internal/function"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
)

type backfillCmd struct {
	storeFlags
	Format  string   `help:"Format of the logs: cloudfront, combined, ndjson, json, cloudfront-realtime, or auto, which looks at the first log." default:"auto" enum:"auto,ndjson,json,cloudfront,cloudfront-realtime,combined"`
	Fields  []string `help:"Field names of a real-time log, in the order configured." placeholder:"NAME,…"`
	From    string   `help:"First day to make tables of, like 2026-11-01." placeholder:"DATE"`
	To      string   `help:"Last day to make tables of." placeholder:"DATE"`
	Partial bool     `help:"Make tables also of days that the logs do not cover from end to end."`
	Relabel bool     `help:"Make the tables of days anew that have some: of the logs given, or of the records that are kept."`
	Yes     bool     `help:"With --relabel: do not ask before tables are changed."`
	Lake    string   `help:"Where the tables go: a folder, or s3://bucket. By default that of the store." placeholder:"PLACE"`
	JSON    bool     `help:"Tell what was done as JSON."`
	Paths   []string `arg:"" optional:"" help:"Logs, folders of logs, or s3://bucket/prefix."`
}

func (backfillCmd) Help() string {
	return `Makes tables of logs that are there already, months of them, without keeping records. It can be interrupted at any time: called again, it goes on. Days that have tables are left alone, and so are days that the logs do not cover from end to end, because half a day looks like a bad one.

With --relabel the tables of days are made anew with today's rules, the difference is shown, and nothing is changed before you agree. Without logs it works on the records that are kept; with logs only on days that nothing but logs had seen.

Examples:
  darksocial backfill --site www.example.com --time-zone Europe/Berlin /var/log/nginx
  darksocial backfill --site www.example.com --lake s3://my-lake s3://my-logs/cdn/
  darksocial backfill --site www.example.com --relabel --from 2026-10-01 --to 2026-10-31`
}

// Validate is asked before Run.
func (c *backfillCmd) Validate() error {
	if len(c.Paths) == 0 && !c.Relabel {
		return errors.New("which logs? Name files, folders, or s3://bucket/prefix")
	}
	if (c.From == "") != (c.To == "") {
		return errors.New("--from and --to need each other")
	}
	return checkFormat(c.Format, c.Fields, c.SiteFile)
}

func (c *backfillCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	run := &backfilling{backfillCmd: c, streams: s, store: st, ctx: context.Background(), tables: st.lake}
	if err := run.choose(); err != nil {
		return err
	}
	if len(c.Paths) == 0 {
		return run.relabelRecords()
	}
	return run.logs()
}

// backfilling is one run of the command.
type backfilling struct {
	*backfillCmd
	streams
	store  *store
	ctx    context.Context
	tables object.Store
	done   []*dayDone
}

// dayDone is what was done to a day, or why nothing was.
type dayDone struct {
	Date   string           `json:"dt"`
	Status string           `json:"status"` // rolled_up, or left_out
	Why    string           `json:"why,omitempty"`
	Rows   map[string]int64 `json:"rows,omitempty"`
}

// choose reads the flags that say where and when.
func (b *backfilling) choose() error {
	if place, ok := strings.CutPrefix(b.Lake, "s3://"); ok {
		bucket := strings.TrimSuffix(place, "/")
		if bucket == "" || strings.Contains(bucket, "/") {
			return fmt.Errorf("--lake %s: a lake is a whole bucket, write it as s3://bucket", b.Lake)
		}
		cfg, err := function.AWS(b.ctx)
		if err != nil {
			return err
		}
		b.tables = lake.NewS3(function.S3(cfg), bucket)
	} else if b.Lake != "" {
		folder, err := lake.OpenDisk(b.Lake)
		if err != nil {
			return err
		}
		b.tables = folder
	}
	for _, date := range [...]string{b.From, b.To} {
		if date == "" {
			continue
		}
		if _, err := rollup.ParseDay(date, b.store.site.Zone()); err != nil {
			return err
		}
	}
	return nil
}

// logs reads the logs and rolls up their days.
func (b *backfilling) logs() error {
	inputs, err := backfill.Inputs(b.ctx, b.Paths, func() (backfill.Bucket, error) {
		cfg, err := function.AWS(b.ctx)
		return lake.NewS3Objects(function.S3(cfg)), err
	})
	if err != nil {
		return err
	}
	options, err := b.options(inputs)
	if err != nil {
		return err
	}
	work, err := backfill.Open(filepath.Join(b.Store, "backfill", b.store.site.Name), b.store.site, options, time.Now)
	if err != nil {
		return err
	}
	work.Coded(b.store.codes)
	if work.Anew() {
		fmt.Fprintln(b.err, "darksocial: the rules, the site file or the format are not those it was begun with, so it begins anew")
	}
	bar := newBar(b.streams)
	result, skipped, err := work.Read(b.ctx, inputs, b.tables, bar.bytes)
	bar.done()
	if err != nil {
		return errors.Join(err, work.Close())
	}
	for _, name := range skipped {
		fmt.Fprintf(b.err, "darksocial: %s: no line at its beginning is of the format %s; left out\n", name, options.Format)
	}
	if err := b.days(work); err != nil {
		return errors.Join(err, work.Close())
	}
	if err := work.Remove(); err != nil {
		return err
	}
	if err := b.report(result); err != nil {
		return err
	}
	return partly(result)
}

// options says how the logs are read; auto goes by the first that can be read.
func (b *backfilling) options(inputs []backfill.Input) (edge.Options, error) {
	options := b.store.options(edge.Format(b.Format), b.Fields)
	if b.Format != "auto" {
		return options, nil
	}
	const tried = 20
	for _, in := range inputs[:min(tried, len(inputs))] {
		body, err := in.Open(b.ctx)
		if err != nil {
			return options, err
		}
		var whole io.Reader
		options.Format, whole = b.store.guess(body)
		isLog := job.IsLog(whole, options)
		if err := body.Close(); err != nil {
			return options, err
		}
		if isLog {
			return options, nil
		}
	}
	return options, fmt.Errorf("in what format are the logs? None of the first %d files is one that can be told; say --format", min(tried, len(inputs)))
}

// days rolls up the days that the logs cover and that have no tables, or, to
// relabel, those that have.
func (b *backfilling) days(work *backfill.Work) error {
	days, coverage, err := work.Days(b.ctx)
	if err != nil {
		return err
	}
	roller := job.NewRoller(work.Ledger(), b.store.sites(), b.tables, parquetfile.WriteRows, time.Now).Coded(b.store.codes)
	bar := newBar(b.streams)
	defer bar.done()
	for i, day := range days {
		if !within(day.Date, b.From, b.To) {
			continue
		}
		manifest, err := job.ManifestOf(b.ctx, b.tables, b.store.site.Name, day.Date)
		if err != nil {
			return err
		}
		why, err := b.leftOut(day, manifest)
		if err != nil {
			return err
		}
		if missing := coverage.Missing(day); why == "" && missing != "" && !b.Partial {
			why = missing + "; --partial takes it all the same"
		}
		switch {
		case why != "":
			b.leaveOut(day, why)
		case b.Relabel:
			bar.done()
			if err := b.relabel(roller, day, true); err != nil {
				return err
			}
		default:
			bar.say(fmt.Sprintf("rolling up %s, day %d of %d", day.Date, i+1, len(days)))
			o, err := roller.Once(b.ctx, b.store.site, day)
			if err != nil {
				return err
			}
			b.done = append(b.done, &dayDone{Date: day.Date, Status: o.Status, Rows: o.Rows})
		}
	}
	return nil
}

// leftOut says why a day is left alone however well the logs cover it, or "".
func (b *backfilling) leftOut(day rollup.Day, manifest *job.Manifest) (string, error) {
	switch {
	case b.Relabel && manifest == nil:
		return "it has no tables yet; backfill it without --relabel", nil
	case b.Relabel && !manifest.LogsAlone():
		return "not only logs have seen it, so logs alone cannot make its tables", nil
	case b.Relabel:
		return "", nil
	case manifest != nil:
		return "it has tables; --relabel makes them anew", nil
	case day.To.After(time.Now()):
		return "it is not over yet", nil
	}
	kept, err := b.kept(day)
	if kept {
		return "records of it are kept: roll it up from them", nil
	}
	return "", err
}

var errKept = errors.New("there is a record")

// kept reports whether the store has anything of a day.
func (b *backfilling) kept(day rollup.Day) (bool, error) {
	err := b.store.ledger.Scan(b.ctx, b.store.site.Name, day.From, day.To, ledger.Shard{}, func(_ ledger.BlockID, block *record.Unpacked) error {
		for i := range block.Sightings {
			if day.Has(block.Sightings[i].Time) {
				return errKept
			}
		}
		for i := range block.Receipts {
			if day.HasQuarter(block.Receipts[i].Quarter) {
				return errKept
			}
		}
		return nil
	})
	if errors.Is(err, errKept) {
		return true, nil
	}
	return false, err
}

func (b *backfilling) leaveOut(day rollup.Day, why string) {
	b.done = append(b.done, &dayDone{Date: day.Date, Status: "left_out", Why: why})
}

// report tells what was done.
func (b *backfilling) report(result *job.Result) error {
	if b.JSON {
		return json.NewEncoder(b.out).Encode(map[string]any{"lines": result, "days": b.done})
	}
	var text strings.Builder
	if result != nil && result.Lines > 0 {
		text.WriteString(describe(result) + "\n")
	}
	for _, day := range b.done {
		if day.Status == "left_out" {
			fmt.Fprintf(&text, "%s  left out: %s\n", day.Date, day.Why)
		} else {
			text.WriteString(rowsInWords(day.Date, day.Rows) + "\n")
		}
	}
	if len(b.done) == 0 {
		text.WriteString("There was no day to do.\n")
	}
	_, err := io.WriteString(b.out, text.String())
	return err
}

// agreed asks whether tables may be changed.
func (b *backfilling) agreed(what string) bool {
	if b.Yes {
		return true
	}
	if !isTerminal(b.in) {
		return false
	}
	fmt.Fprintf(b.err, "%s? [y/N] ", what)
	answer, _ := bufio.NewReader(b.in).ReadString('\n')
	return strings.EqualFold(strings.TrimSpace(answer), "y")
}
