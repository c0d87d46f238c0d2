package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/engine"
)

// The command's tests are scripts: each file of testdata/script is a call as a
// person would type it, with its files and what must come out.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"darksocial": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
		Setup: func(e *testscript.Env) error {
			e.Setenv("RULES", darksocial.Version())
			root, err := filepath.Abs("../..")
			e.Setenv("ROOT", root)
			return err
		},
	})
}

// exits runs a command that must end with a status: exits 3 darksocial classify.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	var ended *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); !errors.As(err, &ended) || strconv.Itoa(ended.ExitCode()) != args[0] || neg {
		ts.Fatalf("want exit status %s, got %v", args[0], err)
	}
}

var (
	update  = flag.Bool("update", false, "write the outputs of the README, and of recorded events, instead of comparing them")
	example = regexp.MustCompile("(?s)(```console\n\\$ (.*?)\n)(.*?)```")
)

// TestREADME runs the README's examples and compares what they print. An output
// that ends in a line of "..." shows only the first lines; the version of the
// rules, which changes with every rule, is shown as "…".
func TestREADME(t *testing.T) {
	t.Chdir("../..")
	store := filepath.Join(t.TempDir(), "darksocial-data")
	t.Setenv("DARKSOCIAL_STORE", store)
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	examples := example.FindAllStringSubmatch(string(text), -1)
	require.NotEmpty(t, examples)
	written := example.ReplaceAllStringFunc(string(text), func(block string) string {
		e := example.FindStringSubmatch(block)
		var out, complaints strings.Builder
		status := run(words(e[2])[1:], streams{strings.NewReader(""), &out, &complaints})
		require.Contains(t, []int{exitOK, exitPartial}, status, complaints.String())
		got := strings.NewReplacer(darksocial.Version(), "…", store, "darksocial-data").Replace(out.String())
		if shown, cut := strings.CutSuffix(e[3], "...\n"); cut {
			lines := strings.SplitAfterN(got, "\n", strings.Count(shown, "\n")+1)
			got = strings.Join(lines[:len(lines)-1], "") + "...\n"
		}
		return e[1] + got + "```"
	})
	written = querying(t, written, store)
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(written), 0o644))
		return
	}
	require.Equal(t, written, string(text), "the README shows what the command no longer prints: run make generate")
}

var query = regexp.MustCompile("(?s)(```sql\n(.*?)```\n\n```\n)(.*?)```")

// querying runs the README's SQL on the tables its examples have made, and puts
// in what comes out: a row a line.
func querying(t *testing.T, text, store string) string {
	require.True(t, query.MatchString(text))
	return query.ReplaceAllStringFunc(text, func(block string) string {
		q := query.FindStringSubmatch(block)
		var out strings.Builder
		for line := range strings.Lines(engine.DuckDB(t, strings.ReplaceAll(q[2], "darksocial-data", store))) {
			row := regexp.MustCompile(`"\w+":`).ReplaceAllString(strings.Trim(strings.TrimSpace(line), "{}"), "")
			out.WriteString(strings.NewReplacer(",", "  ", `"`, "").Replace(row) + "\n")
		}
		return q[1] + out.String() + "```"
	})
}

var word = regexp.MustCompile(`'[^']*'|[^\s']+`)

// words splits a command line at blanks outside of single quotes.
func words(line string) []string {
	list := word.FindAllString(line, -1)
	for i := range list {
		list[i] = strings.Trim(list[i], "'")
	}
	return list
}

// TestRulesPage: the page in docs is the one the tables make.
func TestRulesPage(t *testing.T) {
	var want strings.Builder
	require.NoError(t, darksocial.WriteRulesPage(&want))
	got, err := os.ReadFile("../../docs/rules.md")
	require.NoError(t, err)
	require.True(t, want.String() == string(got), "docs/rules.md is not what the tables say: run make generate")
}

// TestSitePage: the site file in docs is valid.
func TestSitePage(t *testing.T) {
	text, err := os.ReadFile("../../docs/site.md")
	require.NoError(t, err)
	_, file, ok := strings.Cut(string(text), "```json\n")
	require.True(t, ok)
	file, _, _ = strings.Cut(file, "```")
	site, err := darksocial.ParseSite("docs/site.md", []byte(file))
	require.NoError(t, err)
	require.Equal(t, "Sport", site.Topic("/sport/fussball"))
	require.Equal(t, "Travel", site.Topic("/de/reise/moor"))
	require.Equal(t, "/orders/*", site.Page("/orders/4711"))
}
