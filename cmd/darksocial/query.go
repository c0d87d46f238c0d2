package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/lake/queries"
)

type queryCmd struct {
	storeFlags
	Name string `arg:"" optional:"" help:"Which question: see --list."`
	From string `help:"First day, like 2026-11-20. Without it, all days there are tables of." placeholder:"DATE"`
	To   string `help:"Last day; the first, if not given." placeholder:"DATE"`
	JSON bool   `help:"Answer as JSON."`
	List bool   `help:"List the questions."`
}

func (queryCmd) Help() string {
	return `Asks the tables a question that analysts ask, in SQL: the same that Terraform saves in Athena. It is run by DuckDB, whose command duckdb must be on PATH.

Examples:
  darksocial query --list
  darksocial query direct --site www.example.com
  darksocial query week-over-week --site www.example.com --from 2026-11-01 --to 2026-11-30 --json`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *queryCmd) Validate() error {
	switch {
	case c.List:
		return nil
	case c.Name == "":
		return errors.New("which question? Name one: darksocial query --list tells which there are")
	case c.To != "" && c.From == "":
		return errors.New("--to needs --from")
	}
	for _, date := range []string{c.From, c.To} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return fmt.Errorf("%q is no date: write it like 2026-11-20", date)
		}
	}
	_, err := queries.Find(c.Name)
	return err
}

func (c *queryCmd) Run(s streams) error {
	if c.List {
		return listQueries(s.out)
	}
	q, err := queries.Find(c.Name)
	if err != nil {
		return err
	}
	if c.To == "" {
		c.To = c.From
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	site, folder := st.site.Name, filepath.Join(c.Store, "lake")
	dates, err := datesIn(context.Background(), st.lake, "arrivals", site, c.From, c.To)
	if err != nil {
		return err
	}
	if len(dates) == 0 {
		return errors.New("there are no tables of these days: label a log, then roll it up")
	}
	r := queries.Range{Site: site, First: dates[0], Last: dates[len(dates)-1], Today: time.Now().UTC().Format(time.DateOnly)}
	return duckDB(s, folder, tablesOf(folder, site)+q.SQL(r), c.JSON)
}

// listQueries tells which questions there are, and of each what it answers and what it
// cannot know.
func listQueries(out io.Writer) error {
	for _, q := range queries.All() {
		kind := ""
		if q.View {
			kind = " (a view)"
		}
		about := strings.ReplaceAll(q.About, "Cannot know: ", "\n  Cannot know: ")
		if _, err := fmt.Fprintf(out, "%s%s\n  %s. %s\n\n", q.Name, kind, q.Title, strings.ReplaceAll(about, " \n", "\n")); err != nil {
			return err
		}
	}
	return nil
}

// tablesOf makes DuckDB, run in the lake's folder, see the tables of which a site has
// any. Older versions have made fewer; what asks for one of the others says so.
func tablesOf(folder, site string) string {
	var names []string
	for _, table := range rollup.Tables {
		if found, _ := os.ReadDir(filepath.Join(folder, table.Name, "site="+site)); len(found) > 0 {
			names = append(names, table.Name)
		}
	}
	return queries.Tables("", site, names)
}

// duckDB runs SQL in the folder of a lake, with none of the user's own settings.
func duckDB(s streams, folder, sql string, asJSON bool) error {
	command, err := exec.LookPath("duckdb")
	if err != nil {
		return fmt.Errorf("duckdb, which runs the SQL, is not on PATH. Get it from https://duckdb.org/install (on a Mac: brew install duckdb), or read the Parquet files in %s with a program of your own", folder)
	}
	if command, err = filepath.Abs(command); err != nil {
		return err
	}
	look := "-box" // all rows; its usual look leaves some out
	if asJSON {
		look = "-json"
	}
	var answer, complaint bytes.Buffer
	run := exec.Command(command, "-init", os.DevNull, "-bail", "-batch", look, ":memory:")
	run.Dir, run.Stdin, run.Stdout, run.Stderr = folder, strings.NewReader(sql), &answer, &complaint
	if err := run.Run(); err != nil {
		return fmt.Errorf("duckdb: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	text := strings.TrimSpace(answer.String())
	switch {
	case text == "" && asJSON:
		text = "[]"
	case text == "":
		text = "No rows: nothing of this kind on these days."
	}
	_, err = fmt.Fprintln(s.out, text)
	return err
}
