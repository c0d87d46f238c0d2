package rollup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

// receipt is that of an object of a bucket for the quarter after noon.
func receipt(key string, written int) *record.Receipt {
	return &record.Receipt{Source: record.ObjectSource("logs", key, "etag"), Rules: "rules1", Quarter: noon / record.Quarter, Written: written}
}

// span is that of a range of a stream.
func span(from, to byte, written int) *record.Receipt {
	r := receipt("", written)
	r.Source, r.Door = record.StreamSource("stream", "shard", []byte{from}, []byte{to}), record.Realtime
	return r
}

func (v view) atDoor(d record.Door) view {
	v.door = d
	return v
}

func with(r *record.Receipt, change func(*record.Receipt)) *record.Receipt {
	change(r)
	return r
}

var over = Options{Pages: 10, Sources: 10, Few: 5, Over: true}

func TestQuality(t *testing.T) {
	realtime := view{door: record.Realtime}
	three := numbered(realtime, realtime, realtime)
	mixed := with(receipt("a.gz", 2), func(r *record.Receipt) {
		r.Filtered = []record.Count{{Reason: "bot", N: 3}, {Reason: "internal", N: 1}}
		r.Failed = []record.Count{{Reason: "columns", N: 2}}
	})
	rules2 := func(r *record.Receipt) { r.Rules = "rules2" }
	for _, tt := range []struct {
		name     string
		records  []*record.Record
		receipts []*record.Receipt
		options  Options
		want     []Quality
	}{
		{"nothing", nil, nil, over, nil},
		{"each outcome", numbered(view{}, view{agent: fetcher}), []*record.Receipt{mixed}, over, []Quality{
			{"log", "failed", "columns", "rules1", true, 2},
			{"log", "filtered", "bot", "rules1", true, 3},
			{"log", "filtered", "internal", "rules1", true, 1},
			{"log", "labelled", "preview", "rules1", true, 1},
			{"log", "labelled", "visit", "rules1", true, 1},
		}},
		{"the day is not over", numbered(view{}), []*record.Receipt{receipt("a.gz", 1)}, Options{}, []Quality{{"log", "labelled", "visit", "rules1", false, 1}}},
		{"a line twice", numbered(view{}), []*record.Receipt{receipt("a.gz", 1), receipt("b.gz", 2)}, over, []Quality{
			{"log", "duplicate", "", "rules1", true, 2}, {"log", "labelled", "visit", "rules1", true, 1}}},
		{"a receipt found twice", numbered(view{}), []*record.Receipt{receipt("a.gz", 1), receipt("a.gz", 1)}, over, []Quality{{"log", "labelled", "visit", "rules1", true, 1}}},
		{"a receipt alone", nil, []*record.Receipt{receipt("a.gz", 3)}, over, []Quality{{"log", "duplicate", "", "rules1", true, 3}}},
		{"no receipt", numbered(view{}), nil, over, []Quality{{"log", "labelled", "visit", "rules1", false, 1}}},
		{"a receipt missing", numbered(view{}, view{}, view{}), []*record.Receipt{receipt("a.gz", 2)}, over, []Quality{{"log", "labelled", "visit", "rules1", false, 3}}},
		{"one door's receipts are not another's", numbered(realtime), []*record.Receipt{receipt("a.gz", 1)}, over, []Quality{
			{"log", "duplicate", "", "rules1", false, 1}, {"realtime", "labelled", "visit", "rules1", false, 1}}},
		{"one view at two doors", []*record.Record{together(view{}, realtime)}, []*record.Receipt{receipt("a.gz", 1), span(1, 1, 1)}, over, []Quality{
			{"log", "labelled", "visit", "rules1", true, 1}, {"realtime", "labelled", "visit", "rules1", true, 1}}},
		{"a range again in halves", three, []*record.Receipt{span(1, 3, 3), span(1, 2, 2), span(3, 3, 1)}, over, []Quality{{"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"a half again in halves", three, []*record.Receipt{span(1, 3, 3), span(1, 2, 2), span(1, 1, 1), span(2, 2, 1)}, over, []Quality{{"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"halves alone", three, []*record.Receipt{span(1, 2, 2), span(3, 3, 1)}, over, []Quality{{"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"ranges that overlap", three, []*record.Receipt{span(1, 2, 2), span(2, 3, 2)}, over, []Quality{
			{"realtime", "duplicate", "", "rules1", true, 1}, {"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"ranges of different shards", three, []*record.Receipt{span(1, 3, 2), with(span(1, 2, 1), func(r *record.Receipt) { r.Source.ID[0]++ })}, over, []Quality{{"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"a range in another quarter", three, []*record.Receipt{span(1, 3, 2), with(span(1, 2, 1), func(r *record.Receipt) { r.Quarter++ })}, over, []Quality{{"realtime", "labelled", "visit", "rules1", true, 3}}},
		{"read again with new rules", []*record.Record{together(view{}, view{rules: "rules2"})}, []*record.Receipt{receipt("a.gz", 1), with(receipt("a.gz", 1), rules2)}, over,
			[]Quality{{"log", "labelled", "visit", "rules2", true, 1}}},
		// Nobody knows any more that it was this line that was left out the second time.
		{"read again with new rules that leave it out", numbered(view{}), []*record.Receipt{with(receipt("a.gz", 0), func(r *record.Receipt) {
			r.Rules, r.Filtered = "rules2", []record.Count{{Reason: "bot", N: 1}}
		})}, over, []Quality{{"log", "filtered", "bot", "rules2", false, 1}, {"log", "labelled", "visit", "rules1", false, 1}}},
		{"delivered twice, read with old and new rules", []*record.Record{together(view{}, view{rules: "rules2"})}, []*record.Receipt{receipt("a.gz", 1), with(receipt("b.gz", 1), rules2)}, over,
			[]Quality{{"log", "duplicate", "", "rules1", true, 1}, {"log", "labelled", "visit", "rules2", true, 1}}},
		{"a half again with new rules", []*record.Record{together(realtime, view{door: record.Realtime, rules: "rules2"}), view{id: 1, door: record.Realtime}.record()},
			[]*record.Receipt{span(1, 2, 2), with(span(1, 1, 1), rules2)}, over,
			[]Quality{{"realtime", "labelled", "visit", "rules1", true, 1}, {"realtime", "labelled", "visit", "rules2", true, 1}}},
		{"a beacon that names another page", []*record.Record{together(view{}, view{door: record.Beacon, page: "/forged"})},
			[]*record.Receipt{receipt("a.gz", 1), with(receipt("beacons", 1), func(r *record.Receipt) { r.Door = record.Beacon })}, over,
			[]Quality{{"beacon", "failed", "mismatch", "rules1", true, 1}, {"log", "labelled", "visit", "rules1", true, 1}}},
		{"of the day before and after", []*record.Record{view{at: -12*3600 - 1}.record(), view{id: 1, at: 12 * 3600}.record(), view{id: 2, at: -12 * 3600}.record()},
			[]*record.Receipt{with(receipt("a.gz", 1), func(r *record.Receipt) { r.Quarter -= 48 })}, over, []Quality{{"log", "labelled", "visit", "rules1", true, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sums := foldAll(t, tt.records...)
			for _, r := range tt.receipts {
				sums.put(ReceiptEntry(r))
			}
			assert.Equal(t, tt.want, rows[Quality](t, sums, tt.options, "quality"))
		})
	}
}

func TestUnknownApps(t *testing.T) {
	apps := func(n int, name string) (views []view) {
		for range n {
			views = append(views, view{agent: pling[:len(pling)-len("Pling/7.1")] + name + "/1"})
		}
		return views
	}
	unknown := func(sums Sums, few int) (got []Quality) {
		for _, row := range rows[Quality](t, sums, Options{Few: few}, "quality") {
			if row.Outcome == UnknownApp {
				got = append(got, row)
			}
		}
		return got
	}
	views := append(append(apps(5, "Often"), apps(4, "Seldom")...), apps(1, "Once")...)
	sums := foldAll(t, numbered(views...)...)
	assert.Equal(t, []Quality{{"log", UnknownApp, "(other)", "rules1", false, 5}, {"log", UnknownApp, "Often", "rules1", false, 5}}, unknown(sums, 5))
	assert.Equal(t, []Quality{{"log", UnknownApp, "(other)", "rules1", false, 10}}, unknown(sums, 6))
	assert.Len(t, unknown(sums, 0), 3)

	views = nil
	for i := range 150 { // a hundred at most have names
		views = append(views, apps(1+i%2, fmt.Sprintf("App%03d", i))...)
	}
	got := unknown(foldAll(t, numbered(views...)...), 1)
	require.Len(t, got, 101)
	var n int64
	for _, row := range got {
		n += row.Records
	}
	assert.EqualValues(t, len(views), n)
	assert.Equal(t, "App000", got[1].Reason, "of equal ones the first in the alphabet")
}

// line is a line of a log: a page view, or why it is none.
type line struct {
	view   view
	reason string // why it was left out
	failed bool
}

// sourceRead is a source that was read: with some rules, and which lines.
type sourceRead struct {
	source record.Source
	door   record.Door
	rules  string
	lines  []line
}

// receipts are those of a source that was read, one per quarter of an hour.
func (r *sourceRead) receipts() map[int64]*record.Receipt {
	byQuarter := map[int64]*record.Receipt{}
	for _, l := range r.lines {
		q := (noon + l.view.at) / record.Quarter
		rc := byQuarter[q]
		if rc == nil {
			rc = &record.Receipt{Source: r.source, Door: r.door, Rules: r.rules, Quarter: q}
			byQuarter[q] = rc
		}
		switch {
		case l.reason == "":
			rc.Written++
		case l.failed:
			rc.Failed = append(rc.Failed, record.Count{Reason: l.reason, N: 1})
		default:
			rc.Filtered = append(rc.Filtered, record.Count{Reason: l.reason, N: 1})
		}
	}
	return byQuarter
}

func someLines(r *rand.Rand, door record.Door, n int) []line {
	lines := make([]line, n)
	for i := range lines {
		id := r.IntN(200)
		lines[i].view = view{id: id, door: door, at: int64(id)*600 - 50_000 + int64(door), page: fmt.Sprintf("/%d", id%7), agent: pick(r, safari, pling, fetcher)}
		if door == record.Beacon && id%5 == 0 {
			lines[i].view.page = "/forged"
		}
		switch r.IntN(6) {
		case 0:
			lines[i].reason = pick(r, "bot", "internal")
		case 1:
			lines[i].reason, lines[i].failed = pick(r, "columns", "time"), true
		}
	}
	return lines
}

// someReadings are objects and ranges of a stream, read again and again: as they
// were, with other rules, in nested parts. It also returns the lines that count:
// each source once, and of ranges those that lie in no other.
func someReadings(r *rand.Rand) (readings []sourceRead, lines map[record.Door]int) {
	lines = map[record.Door]int{}
	count := func(door record.Door, list []line) {
		for _, l := range list {
			if day.Has(noon + l.view.at) {
				lines[door]++
			}
		}
	}
	rules := func() string { return pick(r, "rules1", "rules2", "rules3") }
	for i := range r.IntN(6) {
		door := pick(r, record.Log, record.Route, record.Beacon)
		object := someLines(r, door, r.IntN(100))
		count(door, object)
		for range 1 + r.IntN(3) {
			readings = append(readings, sourceRead{record.ObjectSource("logs", fmt.Sprint(i), "e"), door, rules(), object})
		}
	}
	stream := someLines(r, record.Realtime, 200)
	at := 0
	for at < len(stream) {
		n := 1 + r.IntN(60)
		var split func(from, to int)
		split = func(from, to int) {
			for range 1 + r.IntN(2) {
				readings = append(readings, sourceRead{record.StreamSource("s", "1", []byte{1, byte(from)}, []byte{1, byte(to - 1)}), record.Realtime, rules(), stream[from:to]})
			}
			if middle := (from + to) / 2; middle > from && r.IntN(2) == 0 {
				split(from, middle)
				split(middle, to)
			}
		}
		end := min(at+n, len(stream))
		split(at, end)
		if at = end; r.IntN(4) == 0 && end < len(stream) {
			at = max(0, at-5) // the next range begins in this one, and may end there
		}
	}
	seen := map[string]bool{}
	for _, re := range readings {
		at := string(re.source.From) + string(re.source.To)
		if re.door != record.Realtime || seen[at] {
			continue
		}
		seen[at] = true
		if !slices.ContainsFunc(readings, func(wide sourceRead) bool {
			return wide.source.Contains(&re.source) && string(wide.source.From)+string(wide.source.To) != at
		}) {
			count(record.Realtime, re.lines)
		}
	}
	return readings, lines
}

// TestOutcomesAddUp: whatever was read again, and however often its receipts were
// found, the outcomes of a door add up to the lines it read.
func TestOutcomesAddUp(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		readings, lines := someReadings(r)
		records := map[record.ID]*record.Record{}
		var receipts []*record.Receipt
		for _, re := range readings {
			for _, l := range re.lines {
				if l.reason != "" {
					continue
				}
				l.view.rules = re.rules
				s := l.view.sighting()
				if records[s.ID] == nil {
					records[s.ID] = &record.Record{}
				}
				records[s.ID].Add(&s)
			}
			for _, rc := range re.receipts() {
				for range 1 + r.IntN(2) {
					receipts = append(receipts, rc)
				}
			}
		}
		sums := sorted{}
		for _, rec := range records {
			foldInto(t, sums, day, rec)
		}
		missing := sorted{} // the same without one receipt in three
		for key, value := range sums {
			missing[key] = value
		}
		for i, rc := range receipts {
			if !day.HasQuarter(rc.Quarter) {
				continue
			}
			sums.put(ReceiptEntry(rc))
			if i%3 > 0 {
				missing.put(ReceiptEntry(rc))
			}
		}
		outcomes := map[record.Door]int{}
		doors := map[string]record.Door{"log": record.Log, "realtime": record.Realtime, "route": record.Route, "beacon": record.Beacon}
		for _, row := range rows[Quality](t, sums, over, "quality") {
			require.True(t, row.Complete, "seed %d: %+v", seed, row)
			require.Positive(t, row.Records, "seed %d: %+v", seed, row)
			if row.Outcome != UnknownApp {
				outcomes[doors[row.Door]] += int(row.Records)
			}
		}
		for door, n := range lines {
			if n == 0 {
				delete(lines, door)
			}
		}
		require.Equal(t, lines, outcomes, "seed %d", seed)
		for _, row := range rows[Quality](t, missing, over, "quality") {
			require.Positive(t, row.Records, "seed %d: %+v", seed, row)
		}
	}
}

// TestNestedRanges: what is left out is what lies in another range, against a
// comparison of each with each.
func TestNestedRanges(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 4))
		byKey := map[string]*record.Receipt{}
		for range r.IntN(20) {
			from := 1 + r.IntN(300)
			number := func(n int) []byte { // without leading zeros
				if n < 256 {
					return []byte{byte(n)}
				}
				return []byte{byte(n >> 8), byte(n)}
			}
			rc := receipt("", 1)
			rc.Source = record.StreamSource("s", pick(r, "1", "2"), number(from), number(from+r.IntN(100)))
			rc.Quarter += r.Int64N(2)
			byKey[string(rc.AppendKey(nil))] = rc
		}
		sums := sorted{}
		want := map[string]bool{}
		for key, rc := range byKey {
			sums.put(ReceiptEntry(rc))
			want[key] = true
			for other, wide := range byKey {
				if other != key && wide.Quarter == rc.Quarter && wide.Source.Contains(&rc.Source) {
					delete(want, key)
				}
			}
		}
		got := map[string]bool{}
		for rc, err := range receipts(sums) {
			require.NoError(t, err)
			got[string(rc.AppendKey(nil))] = true
		}
		require.Equal(t, want, got, "seed %d", seed)
	}
}

func TestLargest(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		l := newLargest(r.IntN(10))
		n := map[string]int64{}
		for i := range r.IntN(30) {
			n[fmt.Sprint(i)] = r.Int64N(5)
		}
		for name, count := range n {
			l.offer(name, count)
		}
		l.choose()
		for name := range n {
			before := 0
			for other := range n {
				if cmp.Or(cmp.Compare(n[other], n[name]), cmp.Compare(name, other)) > 0 {
					before++
				}
			}
			require.Equal(t, before < l.limit, l.has(name), "seed %d: %q is number %d of %d", seed, name, before, l.limit)
		}
	}
}
