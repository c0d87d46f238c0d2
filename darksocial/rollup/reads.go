package rollup

import "darksocial/darksocial/reading"

// numReads is how many counts say how arrivals were read: measured, readers, engaged
// seconds, and a bucket each.
const numReads = 3 + len(reading.Buckets) + 1

// readsOf are the counts of one arrival.
func readsOf(r reading.Reading) (counts [numReads]int64) {
	if !r.Known {
		return counts
	}
	counts[0] = 1
	if r.Kind() == reading.Reader {
		counts[1] = 1
	}
	counts[2] = int64(r.Seconds)
	counts[3+r.Bucket()] = 1
	return counts
}

// andReads puts the counts of a reading behind others.
func andReads(r reading.Reading, counts ...int64) []int64 {
	reads := readsOf(r)
	return append(counts, reads[:]...)
}

// putReads puts counts into the columns of a row. Where nothing was measured, nobody
// knows how many readers there were: that is null, not 0.
func putReads(n []int64, measured *int64, readers, seconds **int64, buckets ...*int64) {
	if *measured = n[0]; n[0] > 0 {
		r, s := n[1], n[2]
		*readers, *seconds = &r, &s
	}
	for i, bucket := range buckets {
		*bucket = n[3+i]
	}
}
