package backfill

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger/ledgertest"
	"darksocial/internal/site"
)

const endless = 1 << 30

// TestInterruptedAnywhere interrupts backfills at random places, again and again
// until they are done, and wants the tables that nothing disturbed gives.
func TestInterruptedAnywhere(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 4, 2, 80)
	undisturbed := newDesk(t, logs)
	want := undisturbed.done()
	require.Equal(t, 2*len(rollup.Tables), len(want), "two of the days have neighbours on both sides")

	counted := newDesk(t, logs)
	writes, calls := &ledgertest.Life{Left: endless}, 0
	_, err := counted.run(t.Context(), &interruption{life: writes, tell: func(Reading) { calls++ }})
	require.NoError(t, err)
	most := endless - writes.Left
	require.Greater(t, most, 40)
	require.GreaterOrEqual(t, calls, 8, "each of the logs is told of")

	const runs = 10 // of five interruptions each
	for seed := range uint64(runs) {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 0))
			d := newDesk(t, logs)
			interrupted := 0
			for interrupted < 5 {
				ctx, cancel := context.WithCancel(t.Context())
				by := &interruption{life: &ledgertest.Life{Left: endless}, tell: func(Reading) {}}
				if r.IntN(3) == 0 {
					n := r.IntN(calls)
					by.tell = func(Reading) {
						if n--; n == 0 {
							cancel()
						}
					}
				} else {
					by.life = &ledgertest.Life{Left: r.IntN(most / 2), Half: r.IntN(2) == 0}
				}
				_, err := d.run(ctx, by)
				cancel()
				if err == nil { // it was done before: begin with another
					sameTables(t, want, d.tables(), seed, interrupted)
					d = newDesk(t, logs)
					continue
				}
				require.True(t, strings.Contains(err.Error(), ledgertest.ErrKilled.Error()) || ctx.Err() != nil, "%v", err)
				interrupted++
			}
			sameTables(t, want, d.done(), seed)
		})
	}
}

// TestInterruptedAtEachWrite is the same for one backfill that is killed at its
// first write, resumed, killed at the next, and so on to its end.
func TestInterruptedAtEachWrite(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	want := newDesk(t, logs).done()
	d := newDesk(t, logs)
	n := 0
	for ; ; n++ {
		_, err := d.run(t.Context(), &interruption{life: &ledgertest.Life{Left: n, Half: true}, tell: func(Reading) {}})
		if err == nil {
			break
		}
		require.ErrorIs(t, err, ledgertest.ErrKilled)
		require.Less(t, n, 100)
	}
	assert.Greater(t, n, 5)
	sameTables(t, want, d.tables())
}

// TestReadOnce: what was read to its end is not opened again, what was changed
// since is.
func TestReadOnce(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	names := []string{"2026-11-20.a.log", "2026-11-20.b.log", "2026-11-21.a.log", "2026-11-21.b.log", "2026-11-22.a.log", "2026-11-22.b.log"}
	undisturbed := newDesk(t, logs)
	want := undisturbed.done()

	d := newDesk(t, logs)
	stopAt := func(name string) map[string]int {
		t.Helper()
		clear(d.opened)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := d.run(ctx, &interruption{tell: func(r Reading) {
			if filepath.Base(r.Name) == name {
				cancel()
			}
		}})
		require.ErrorIs(t, err, context.Canceled)
		return d.opened
	}
	grown := filepath.Join(logs, names[2])
	content, err := os.ReadFile(grown)
	require.NoError(t, err)
	writeFile(t, grown, split(content, 2)[0])

	// Two logs are a group: it dies in the third.
	assert.Equal(t, map[string]int{names[0]: 1, names[1]: 1, names[2]: 1, names[3]: 1, names[4]: 1}, stopAt(names[4]))
	assert.Equal(t, map[string]int{names[4]: 1}, stopAt(names[4]))

	touched := filepath.Join(logs, names[3])
	info, err := os.Stat(touched)
	require.NoError(t, err)
	require.NoError(t, os.Chtimes(touched, time.Time{}, info.ModTime().Add(time.Millisecond)))
	assert.Equal(t, map[string]int{names[3]: 1, names[4]: 1}, stopAt(names[4]), "of the same size, changed within the same second")

	writeFile(t, grown, content)
	clear(d.opened)
	got := d.done()
	assert.Equal(t, map[string]int{names[2]: 1, names[3]: 1, names[4]: 1, names[5]: 1}, d.opened, "the group of the touched one was not read to its end")
	const date = "2026-11-21"
	before, after := undisturbed.quality(date), d.quality(date)
	assert.Positive(t, after[rollup.Duplicate], "half of the grown log was read twice")
	assert.Equal(t, before[rollup.Labelled], after[rollup.Labelled])
	withoutQuality(want, got)
	sameTables(t, want, got)
}

// withoutQuality leaves out the table that counts lines, not visits.
func withoutQuality(all ...map[string]string) {
	for _, tables := range all {
		maps.DeleteFunc(tables, func(key, _ string) bool { return strings.HasPrefix(key, "quality/") })
	}
}

// TestTornJournal: a journal of which the last line is cut names an input less,
// and one that a killed run could not write to names none.
func TestTornJournal(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	want := newDesk(t, logs).done()
	d := newDesk(t, logs)
	w := d.work()
	_, _, err := w.Read(t.Context(), d.inputs(), d.lake, nil)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	journal := filepath.Join(d.dir, "journal")
	whole, err := os.ReadFile(journal)
	require.NoError(t, err)
	for _, cut := range []int{1, 2, 10, 30, len(whole)} {
		require.NoError(t, os.WriteFile(journal, whole[:len(whole)-cut], 0o644))
		clear(d.opened)
		w := d.work()
		_, _, err := w.Read(t.Context(), d.inputs(), d.lake, nil)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		switch {
		case cut == 1: // only the end of the line
			assert.Empty(t, d.opened)
		case cut == len(whole):
			assert.Len(t, d.opened, 6)
		default:
			assert.Equal(t, map[string]int{"2026-11-22.b.log": 1}, d.opened)
		}
	}
	sameTables(t, want, d.done())
}

// TestJournalFails: what was read counts, and is read again, when the journal
// cannot be written.
func TestJournalFails(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 1, 60)
	want := newDesk(t, logs).done()
	d := newDesk(t, logs)
	w := d.work()
	journal := w.journal()
	require.NoError(t, os.Mkdir(journal, 0o755)) // which is no file to write to
	_, _, err := w.Read(t.Context(), d.inputs(), d.lake, nil)
	require.ErrorContains(t, err, journal)
	require.NoError(t, w.Close())
	require.NoError(t, os.Remove(journal))
	clear(d.opened)
	sameTables(t, want, d.done())
	assert.Len(t, d.opened, 3)
}

// TestOtherRules: records that were read under other rules, or as of another site,
// do not mix with those of now.
func TestOtherRules(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 100)
	own := func(d *desk) *desk {
		d.site = &site.Site{Name: host, Site: d.site.Site}
		d.site.OwnChannels = []darksocial.OwnChannel{{UTMSource: "newsletter", Source: "email"}, {UTMMedium: "social", Source: "facebook"}}
		return d
	}
	before, want := newDesk(t, logs).done(), own(newDesk(t, logs)).done()
	require.False(t, maps.Equal(before, want), "the site file makes no difference")

	d := newDesk(t, logs)
	halfway := func() {
		_, err := d.run(t.Context(), &interruption{life: &ledgertest.Life{Left: 15}, tell: func(Reading) {}})
		require.ErrorIs(t, err, ledgertest.ErrKilled)
	}
	halfway()
	w := d.work()
	assert.False(t, w.Anew())
	require.NoError(t, w.Close())
	d = own(d)
	w = d.work()
	assert.True(t, w.Anew())
	require.NoError(t, w.Close())
	sameTables(t, want, d.done())

	t.Run("topics and the time zone are asked later", func(t *testing.T) {
		d := newDesk(t, logs)
		_, err := d.run(t.Context(), &interruption{life: &ledgertest.Life{Left: 15}, tell: func(Reading) {}})
		require.ErrorIs(t, err, ledgertest.ErrKilled)
		d.site = &site.Site{Name: host, Site: d.site.Site}
		d.site.Topics, d.site.TimeZone = []darksocial.Topic{{Path: "/**", Topic: "All"}}, "Europe/Berlin"
		w := d.work()
		assert.False(t, w.Anew())
		require.NoError(t, w.Close())
	})
}

// TestTwoAtOnce: of two in the same folder, the second is told.
func TestTwoAtOnce(t *testing.T) {
	d := newDesk(t)
	w := d.work()
	_, err := Open(d.dir, d.site, w.options, clockNow)
	require.ErrorContains(t, err, "another one is at work in "+d.dir)
	require.NoError(t, w.Close())
	require.NoError(t, d.work().Close())
}

// TestRemovedHalfway: a work folder that was removed in part does not take a log
// for read whose records are gone.
func TestRemovedHalfway(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	want := newDesk(t, logs).done()
	for _, gone := range [][]string{{"journal"}, {"journal", "segments"}, {"journal", "segments", "days.json"}, {"journal", "segments", "days.json", "lock"}} {
		d := newDesk(t, logs)
		w := d.work()
		_, _, err := w.Read(t.Context(), d.inputs(), d.lake, nil)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		for _, name := range gone {
			require.NoError(t, os.RemoveAll(filepath.Join(d.dir, name)))
		}
		sameTables(t, want, d.done(), gone)
	}
}
