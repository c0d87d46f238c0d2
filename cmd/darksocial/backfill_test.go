package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/backfill"
	"darksocial/internal/engine/process"
	"darksocial/internal/simulate"
)

const newspaper = "www.example.com"

// oldLogs writes some days of a simulated site into a folder, each in so many
// files. The first day has no line before it, the last none after it.
func oldLogs(t testing.TB, days, parts, views int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for i := range days {
		date := time.Date(2026, 11, 10+i, 0, 0, 0, 0, time.UTC)
		var log bytes.Buffer
		_, err := simulate.Write(&log, simulate.Config{Seed: uint64(i + 1), Date: date, Host: newspaper, Views: views})
		require.NoError(t, err)
		lines := bytes.SplitAfter(log.Bytes(), []byte("\n"))
		header, lines := bytes.Join(lines[:2], nil), lines[2:]
		for part := range parts {
			content := append(bytes.Clone(header), bytes.Join(lines[len(lines)*part/parts:len(lines)*(part+1)/parts], nil)...)
			require.NoError(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s.%04d.log", date.Format(time.DateOnly), part)), content, 0o644))
		}
	}
	return dir
}

// called runs a command on a store and returns what it wrote.
func called(t *testing.T, store string, args ...string) (out, complaints string) {
	t.Helper()
	var o, e strings.Builder
	status := run(append([]string{args[0], "--store", store}, args[1:]...), streams{strings.NewReader(""), &o, &e})
	require.Contains(t, []int{exitOK, exitPartial}, status, e.String())
	return o.String(), e.String()
}

// parquet are the tables in a store, byte by byte, by key.
func parquet(t *testing.T, store string) map[string]string {
	t.Helper()
	root := filepath.Join(store, "lake")
	paths, err := filepath.Glob(filepath.Join(root, "*", "*", "*", "*.parquet"))
	require.NoError(t, err)
	tables := map[string]string{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		key, err := filepath.Rel(root, path)
		require.NoError(t, err)
		tables[filepath.ToSlash(key)] = string(content)
	}
	return tables
}

// different names the tables that are not the same in two stores.
func different(t *testing.T, a, b string) (keys []string) {
	t.Helper()
	one, other := parquet(t, a), parquet(t, b)
	require.Equal(t, slices.Sorted(maps.Keys(one)), slices.Sorted(maps.Keys(other)))
	require.NotZero(t, len(one))
	for key := range one {
		if one[key] != other[key] {
			table, _, _ := strings.Cut(key, "/")
			keys = append(keys, table)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// TestRelabel: the tables of days made anew with other rules are those that a
// first backfill with these rules makes, all of them, whatever it is that the
// rules change.
func TestRelabel(t *testing.T) {
	logs := oldLogs(t, 4, 1, 200)
	siteFile := func(text string) string {
		path := filepath.Join(t.TempDir(), "site.json")
		require.NoError(t, os.WriteFile(path, []byte(`{"hosts":["`+newspaper+`"],`+text+`}`), 0o644))
		return path
	}
	before := t.TempDir()
	called(t, before, "backfill", "--site", newspaper, logs)
	for name, tt := range map[string]struct {
		rules string
		want  string // a table that changes
		kept  bool   // the records hold enough to do it without the logs
	}{
		"channels": {`"own_channels":[{"utm_source":"newsletter","source":"email"}]`, "arrivals", false},
		"topics":   {`"topics":[{"path":"/**","topic":"All"}]`, "pages", true}, // and no arrival
	} {
		t.Run(name, func(t *testing.T) {
			fresh, store, kept := t.TempDir(), t.TempDir(), t.TempDir()
			file := siteFile(tt.rules)
			called(t, fresh, "backfill", "--site", newspaper, "--site-file", file, logs)
			require.Contains(t, different(t, before, fresh), tt.want, "the rules make no difference")

			called(t, store, "backfill", "--site", newspaper, logs)
			out, told := called(t, store, "backfill", "--site", newspaper, "--site-file", file, "--relabel", logs)
			assert.Contains(t, out, "2026-11-11  left out: not agreed")
			assert.Contains(t, told, tt.want)
			assert.Empty(t, different(t, before, store), "nobody agreed")

			// A run that is killed has written some tables and no manifest.
			key := "arrivals/site=" + newspaper + "/dt=2026-11-11/part.parquet"
			require.NoError(t, os.WriteFile(filepath.Join(store, "lake", key), []byte(parquet(t, fresh)[key]), 0o644))
			called(t, store, "backfill", "--site", newspaper, "--site-file", file, "--relabel", "--yes", logs)
			assert.Empty(t, different(t, fresh, store))
			out, told = called(t, store, "backfill", "--site", newspaper, "--site-file", file, "--relabel", "--yes", logs)
			assert.Equal(t, 2, strings.Count(out, "left out: nothing would become different"), out)
			assert.Empty(t, told)

			for _, log := range []string{"2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"} {
				called(t, kept, "label", "--site", newspaper, filepath.Join(logs, log+".0000.log"))
			}
			called(t, kept, "rollup", "--site", newspaper)
			out, told = called(t, kept, "backfill", "--site", newspaper, "--site-file", file, "--relabel", "--yes", "--from", "2026-11-11", "--to", "2026-11-12")
			if tt.kept {
				assert.Equal(t, 2, strings.Count(out, "rows of arrivals"), out)
				assert.Contains(t, told, "2026-11-12  changes pages")
				require.True(t, maps.Equal(parquet(t, fresh), only(parquet(t, kept), "2026-11-11", "2026-11-12")))
			} else {
				assert.Equal(t, 2, strings.Count(out, "left out: nothing would become different"), "what a link's tags meant is decided when the line is read")
			}
		})
	}
}

// only leaves the tables of some days.
func only(tables map[string]string, dates ...string) map[string]string {
	maps.DeleteFunc(tables, func(key, _ string) bool {
		return !slices.ContainsFunc(dates, func(date string) bool { return strings.Contains(key, "dt="+date) })
	})
	return tables
}

// TestKilled kills the command while it reads and while it rolls up, and begins it
// again until it is done.
func TestKilled(t *testing.T) {
	logs := oldLogs(t, 8, 130, 150) // of 500 files a segment is made
	undisturbed := filepath.Join(t.TempDir(), "store")
	called(t, undisturbed, "backfill", "--site", newspaper, logs)

	store := filepath.Join(t.TempDir(), "store")
	files := func(pattern ...string) func() int {
		return func() int {
			found, err := filepath.Glob(filepath.Join(append([]string{store}, pattern...)...))
			require.NoError(t, err)
			return len(found)
		}
	}
	segments := files("backfill", newspaper, "segments", "*.segment")
	days := files("lake", "manifests", "site="+newspaper, "*.manifest")
	killed := 0
	for _, at := range []struct {
		count func() int
		n     int
	}{{segments, 1}, {segments, 3}, {days, 1}, {days, 3}, {days, 5}} {
		if killedAt(t, exec.Command("darksocial", "backfill", "--site", newspaper, "--store", store, logs), at.count, at.n) {
			killed++
		}
	}
	t.Logf("killed %d times before its end", killed)
	assert.Positive(t, killed, "each time it was done before it could be killed")
	called(t, store, "backfill", "--site", newspaper, logs)
	assert.Empty(t, different(t, undisturbed, store))
	assert.Equal(t, 6*len(rollup.Tables), len(parquet(t, store)))
}

// killedAt starts a command, kills it when a count has reached n, and reports
// whether that was before its end.
func killedAt(t *testing.T, cmd *exec.Cmd, count func() int, n int) bool {
	t.Helper()
	p, err := process.Start(cmd)
	require.NoError(t, err)
	defer p.Stop()
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for {
		select {
		case <-p.Done():
			var ended *exec.ExitError // the logs have a line that is cut
			if errors.As(p.Err(), &ended) && ended.ExitCode() == exitPartial {
				return false
			}
			require.NoError(t, p.Err(), p.Output())
			return false
		case <-late.C:
			require.Fail(t, "it neither ended nor came to be killed", p.Output())
		case <-poll.C:
			if count() >= n {
				p.Stop()
				return !cmd.ProcessState.Exited()
			}
		}
	}
}

// TestTimeLeft: bytes that an earlier run has read took no time now.
func TestTimeLeft(t *testing.T) {
	begun := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	const mb = 1 << 20
	for name, tt := range map[string]struct {
		before int64 // bytes read by earlier runs
		done   int64 // by this one, in ten seconds
		all    int64
		want   string
	}{
		"the first run":       {0, 100 * mb, 1000 * mb, "access.log ██··················  10 %  1m30s left  50,000 lines, 5,000 a second "},
		"a resumed one":       {900 * mb, 100 * mb, 1900 * mb, "access.log ██··················  10 %  1m30s left  50,000 lines, 5,000 a second "},
		"one that goes on":    {900 * mb, 50 * mb, 1000 * mb, "access.log ██████████··········  50 %  10s left  50,000 lines, 5,000 a second "},
		"at its end":          {0, 1000 * mb, 1000 * mb, "access.log ████████████████████ 100 %  0s left  50,000 lines, 5,000 a second "},
		"nothing to read yet": {900 * mb, 0, 1000 * mb, "50,000 lines, 5,000 a second "},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			now := begun
			p := &progress{out: &out, now: func() time.Time { return now }, begun: begun}
			p.bytes(backfill.Reading{Done: tt.before, All: tt.all, Name: "/logs/access.log"})
			assert.Equal(t, "\r\033[K0 lines, 0 a second ", out.String(), "at once")
			out.Reset()
			now = begun.Add(400 * time.Millisecond)
			p.bytes(backfill.Reading{Done: tt.before, All: tt.all, Name: "/logs/access.log"})
			assert.Empty(t, out.String(), "not more than twice a second")
			now = begun.Add(10 * time.Second)
			p.bytes(backfill.Reading{Done: tt.before + tt.done, All: tt.all, Lines: 50_000, Name: "/logs/access.log"})
			assert.Equal(t, "\r\033[K"+tt.want, out.String())
			out.Reset()
			p.done()
			assert.Equal(t, "\r\033[K", out.String())
		})
	}
	t.Run("nobody watches", func(t *testing.T) {
		p := newBar(streams{strings.NewReader(""), &strings.Builder{}, &strings.Builder{}})
		p.bytes(backfill.Reading{Done: 1, All: 2})
		p.done()
		assert.Nil(t, p.out)
	})
}

// BenchmarkBackfill makes tables of four days of logs, two of which are covered
// from end to end, and tells lines per second and core, and how much memory it
// took at most. Ten times as many lines should take no more.
func BenchmarkBackfill(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "darksocial")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Stderr = os.Stderr
	require.NoError(b, build.Run())
	const days = 4
	for _, lines := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			dir := b.TempDir()
			written := 0
			for i := range days {
				date := time.Date(2026, 11, 10+i, 0, 0, 0, 0, time.UTC)
				file, err := os.Create(filepath.Join(dir, date.Format(time.DateOnly)+".log"))
				require.NoError(b, err)
				truth, err := simulate.Write(file, simulate.Config{Seed: uint64(i + 1), Date: date, Host: newspaper, Views: lines / days * 10 / 27})
				require.NoError(b, err)
				require.NoError(b, file.Close())
				written += truth.Lines
			}
			var cpu time.Duration
			peak, runs := 0.0, 0
			for b.Loop() {
				cmd := exec.Command(binary, "backfill", "--site", newspaper, "--store", filepath.Join(b.TempDir(), "store"), dir)
				if err := cmd.Run(); err != nil {
					b.Fatal(err)
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				peak = max(peak, peakMB(cmd.ProcessState))
				runs++
			}
			b.ReportMetric(float64(runs*written)/cpu.Seconds(), "lines/s/core")
			b.ReportMetric(peak, "peak-MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}
