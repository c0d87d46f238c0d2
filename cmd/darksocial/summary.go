package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"darksocial/internal/job"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/summary"
)

type summaryCmd struct {
	storeFlags
	From string `help:"First day, like 2026-11-20. Without it, all days there are tables of." placeholder:"DATE"`
	To   string `help:"Last day; the first, if not given." placeholder:"DATE"`
	JSON bool   `help:"Answer as JSON."`
}

func (summaryCmd) Help() string {
	return `Tells what the tables say of a site: what its direct visits really were, and which articles are shared privately and publicly.

Examples:
  darksocial summary --site www.example.com
  darksocial summary --site www.example.com --from 2026-11-01 --to 2026-11-30 --json`
}

func (c *summaryCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	if c.To == "" {
		c.To = c.From
	}
	return st.summarize(s, c.From, c.To, c.JSON)
}

// summarize prints the summary of the days of a range, or of all there are.
func (s *store) summarize(out streams, from, to string, asJSON bool) error {
	ctx, site := context.Background(), s.site.Name
	sum := summary.New(site)
	dates, err := datesIn(ctx, s.lake, "arrivals", site, from, to)
	if err != nil {
		return err
	}
	if len(dates) == 0 {
		return errors.New("there are no tables of these days: label a log, then roll it up")
	}
	for _, date := range dates {
		sum.Day(date)
		err := errors.Join(
			eachRowIn(ctx, s.lake, "arrivals", site, date, sum.Arrival),
			eachRowIn(ctx, s.lake, "pages", site, date, sum.Page),
			eachRowIn(ctx, s.lake, "quality", site, date, sum.Quality),
			ifThere(eachRowIn(ctx, s.lake, "recommendations", site, date, sum.Recommendation)),
			ifThere(eachRowIn(ctx, s.lake, "purchases", site, date, sum.Purchase)),
		)
		if err != nil {
			return err
		}
	}
	if asJSON {
		return json.NewEncoder(out.out).Encode(sum.Answer())
	}
	_, err = io.WriteString(out.out, sum.Answer().Text())
	return err
}

// datesIn lists the days a site has a table of.
func datesIn(ctx context.Context, tables object.Store, table, site, from, to string) ([]string, error) {
	var dates []string
	prefix := table + "/site=" + site + "/dt="
	err := tables.List(ctx, prefix, func(key string) error {
		date, _, _ := strings.Cut(strings.TrimPrefix(key, prefix), "/")
		if within(date, from, to) {
			dates = append(dates, date)
		}
		return nil
	})
	return dates, err
}

// within reports whether a date lies in a range, both ends with it. Without a
// first day every date does.
func within(date, from, to string) bool { return from == "" || from <= date && date <= to }

// ifThere lets a table be missing that days had not that were rolled up by an older
// version.
func ifThere(err error) error {
	if errors.Is(err, object.ErrNotFound) {
		return nil
	}
	return err
}

// eachRowIn calls take with each row of a table of a day.
func eachRowIn[T any](ctx context.Context, tables object.Store, table, site, date string, take func(*T)) error {
	key := job.TableKey(table, site, date)
	body, _, err := tables.Open(ctx, key)
	if errors.Is(err, object.ErrNotFound) {
		return fmt.Errorf("the table %s is not there: roll up %s again: %w", key, date, err)
	}
	if err != nil {
		return err
	}
	defer body.Close()
	content, err := io.ReadAll(body) // a day's table is a few MB
	if err != nil {
		return err
	}
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		take(&row)
	}
	return nil
}
