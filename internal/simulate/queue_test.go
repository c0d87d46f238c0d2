package simulate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestQueueIsInOrder is against sorting.
func TestQueueIsInOrder(t *testing.T) {
	d := dice{rand.NewPCG(1, 2)}
	const hours = 5
	q := newQueue(hours)
	var want []event
	plan := func(from uint64) {
		e := event{at: from + uint64(d.below(300))*60_000, page: int32(len(want))} // many at the same time
		q.push(e)
		if e.at < hours*millisPerHour {
			want = append(want, e)
		}
	}
	for range 2000 {
		plan(0)
	}
	var got []event
	for hour := range hours {
		q.begin(hour)
		for minute := range uint64(60) {
			now := uint64(hour)*millisPerHour + (minute+1)*millisPerMinute
			for e, ok := q.next(now); ok; e, ok = q.next(now) {
				require.Less(t, e.at, now)
				got = append(got, e)
				if d.perMille(300) { // one leads to another
					plan(e.at)
				}
			}
		}
	}
	slices.SortStableFunc(want, func(a, b event) int { return int(int64(a.at) - int64(b.at)) })
	require.Greater(t, len(want), 2200)
	require.Equal(t, len(want), len(got))
	for i := range want {
		require.Equal(t, want[i].at, got[i].at)
		require.Equal(t, want[i].page, got[i].page, "what was planned first happens first")
	}
}
