package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/engine/process"
)

// asking runs the command query, and returns what it printed and complained of.
func asking(t *testing.T, want int, args ...string) (out, complaints string) {
	t.Helper()
	var printed, complained strings.Builder
	status := run(append([]string{"query"}, args...), streams{strings.NewReader(""), &printed, &complained})
	require.Equal(t, want, status, complained.String())
	return printed.String(), complained.String()
}

// TestQuery asks tables that label and rollup made, with the DuckDB of the tests under
// the name of its command.
func TestQuery(t *testing.T) {
	engine.DuckDB(t, "SELECT 1") // or the test is skipped
	node, err := exec.LookPath("node")
	require.NoError(t, err)
	bin := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho \"$@\" >'%s/called'\nexec '%s' '%s'\n", bin, node, filepath.Join(process.Root(), "internal", "engine", "duckdb.mjs"))
	require.NoError(t, os.WriteFile(filepath.Join(bin, "duckdb"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	t.Setenv("DARKSOCIAL_STORE", filepath.Join(t.TempDir(), "it's a store"))

	var log, complaints strings.Builder
	require.Equal(t, exitOK, run([]string{"simulate", "--views", "200", "--date", "2026-11-20", "--days", "1"}, streams{strings.NewReader(""), &log, &complaints}), complaints.String())
	path := filepath.Join(t.TempDir(), "log")
	require.NoError(t, os.WriteFile(path, []byte(log.String()), 0o600))
	require.Contains(t, []int{exitOK, exitPartial}, run([]string{"run", "--site", "www.example.com", path}, streams{strings.NewReader(""), &log, &complaints}), complaints.String())

	out, _ := asking(t, exitOK, "direct", "--site", "www.example.com", "--json")
	var first struct {
		Channel  string
		Arrivals int64
		Percent  float64
	}
	require.NoError(t, json.NewDecoder(strings.NewReader(out)).Decode(&first), out)
	assert.Positive(t, first.Arrivals)
	called, err := os.ReadFile(filepath.Join(bin, "called"))
	require.NoError(t, err)
	assert.Equal(t, "-init /dev/null -bail -batch -json :memory:\n", string(called))

	all, _ := asking(t, exitOK, "reconciliation", "--site", "www.example.com")
	day, _ := asking(t, exitOK, "reconciliation", "--site", "www.example.com", "--from", "2026-11-20")
	assert.Contains(t, day, `"dt":"2026-11-20"`)
	assert.Equal(t, all, day)
	out, _ = asking(t, exitOK, "articles", "--site", "www.example.com", "--json") // a view
	assert.Contains(t, out, `"page":"/`)
	out, _ = asking(t, exitOK, "sold", "--site", "www.example.com", "--json")
	assert.Equal(t, "[]\n", out)
	out, _ = asking(t, exitOK, "sold", "--site", "www.example.com")
	assert.Equal(t, "No rows: nothing of this kind on these days.\n", out)

	_, complained := asking(t, exitFailed, "direct", "--site", "www.example.com", "--from", "2026-11-21")
	assert.Contains(t, complained, "label a log, then roll it up")
	require.NoError(t, os.RemoveAll(filepath.Join(os.Getenv("DARKSOCIAL_STORE"), "lake", "purchases")))
	_, complained = asking(t, exitFailed, "purchases", "--site", "www.example.com")
	assert.Contains(t, complained, "Table with name purchases does not exist")

	t.Setenv("PATH", t.TempDir())
	_, complained = asking(t, exitFailed, "direct", "--site", "www.example.com")
	assert.Contains(t, complained, "duckdb, which runs the SQL, is not on PATH. Get it from https://duckdb.org/install")
	assert.Contains(t, complained, filepath.Join(os.Getenv("DARKSOCIAL_STORE"), "lake"))
}

func TestQueryRefuses(t *testing.T) {
	t.Setenv("DARKSOCIAL_STORE", t.TempDir())
	out, _ := asking(t, exitOK, "--list")
	assert.True(t, strings.HasPrefix(out, "direct\n  Direct, taken apart. What "), out)
	assert.Contains(t, out, "\n  Cannot know: who of those")
	assert.Contains(t, out, "visitor_days (a view)\n")
	for _, tt := range []struct {
		args   string
		status int
		want   string
	}{
		{"", exitUsage, "darksocial query --list tells which there are"},
		{"../../terraform/queries/01-direct.sql", exitUsage, "there are direct, dark-social"},
		{"direct'", exitUsage, "there are direct"},
		{"direct", exitFailed, "Give its host"},
		{"direct --site www.example.com --to 2026-11-20", exitUsage, "--to needs --from"},
		{"direct --site www.example.com --from yesterday", exitUsage, `"yesterday" is no date: write it like 2026-11-20`},
		{"direct --site www.example.com --from 2026-11-20 --to 2026-11-31", exitUsage, `"2026-11-31" is no date`},
		{"direct --site www.example.com", exitFailed, "there are no tables of these days"},
		{"direct --site ../../etc", exitFailed, "--site"},
	} {
		_, complained := asking(t, tt.status, strings.Fields(tt.args)...)
		assert.Contains(t, complained, tt.want, tt.args)
	}
}
