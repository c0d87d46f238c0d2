// Package reading tells readers from mere views.
//
// A page that was opened was not read yet. What a script in the page can see without
// watching anybody is for how long the page was visible while its visitor did
// something (scrolled, moved, typed), and how far down the text came into view. How
// long a text takes says its number of words:
//
//	expected seconds = words ÷ 4
//
// which is 240 words a minute, about the silent reading rate of adults for prose in
// English (238, Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047; the
// slower languages of that review are near 200, its faster ones near 260).
//
// A reader has seen at least half of the text and stayed for at least half of the time
// it takes: people skim, skip what they know, and read faster than they think. Of a
// short text 8 seconds are asked for all the same, because fewer go by before
// anybody has decided to leave; of a long one 120 seconds are enough, because who
// stays for two minutes reads. Where nobody knows the number of words, half of the
// page and 20 seconds are asked for, the half of a text of 160 words.
//
// Where nothing was told of how a page was read, nobody knows: a log sees requests,
// not eyes. That is not the same as a mere view.
package reading

// Kind says what came of a page view.
type Kind uint8

const (
	Unknown Kind = iota // nothing was told
	View
	Reader
)

// Reading is how much of a page was read. The zero Reading is not known.
type Reading struct {
	Known   bool
	Seconds uint16 // engaged: the page visible and its visitor active
	Depth   uint8  // of the text that came into view, in percent
	Words   uint16 // of the text; 0 if the page does not say
}

// Bounds of a reading. A script that keeps to the contract stays within them.
const (
	MaxSeconds = 1800 // after half an hour somebody has gone for coffee
	MaxDepth   = 100
)

// Merge adds another word on the same page view: what was read does not become less.
func (r *Reading) Merge(other Reading) {
	r.Known = r.Known || other.Known
	r.Seconds = max(r.Seconds, other.Seconds)
	r.Depth = max(r.Depth, other.Depth)
	r.Words = max(r.Words, other.Words)
}

// The rule's numbers: see the package's documentation.
const (
	wordsPerSecond = 4
	leastDepth     = 50 // percent
	leastSeconds   = 8
	mostSeconds    = 120
	withoutWords   = 20 // seconds
)

// Kind says whether the page was read.
func (r Reading) Kind() Kind {
	switch {
	case !r.Known:
		return Unknown
	case r.Depth >= leastDepth && r.Seconds >= r.asked():
		return Reader
	}
	return View
}

// asked is how many seconds make a reader.
func (r Reading) asked() uint16 {
	if r.Words == 0 {
		return withoutWords
	}
	return min(max(r.Words/wordsPerSecond/2, leastSeconds), mostSeconds)
}

// Buckets are the upper bounds of the read times that tables tell apart, in seconds;
// the last one has none.
var Buckets = [...]uint16{10, 30, 60, 120, 300}

// Bucket is the place of a reading among len(Buckets)+1.
func (r Reading) Bucket() int {
	for i, end := range Buckets {
		if r.Seconds < end {
			return i
		}
	}
	return len(Buckets)
}
