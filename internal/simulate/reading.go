package simulate

import "darksocial/darksocial/reading"

// habit is what somebody does with a page they have opened. The shares are chosen:
// that more than half of page views get less than 15 seconds, and most readers stop
// before the end, is what Chartbeat has seen (Haile 2014,
// https://time.com/12933/what-you-think-you-know-about-the-web-is-wrong/).
type habit uint8

const (
	bounces  habit = iota // sees that it is not what they wanted
	skims                 // scrolls to the end for pictures and headlines
	begins                // reads the first paragraphs, and stops before the middle
	reads                 // reads most of it, or all
	abandons              // begins, and leaves it open in front of an empty chair
	searches              // looks for one thing up and down, and finds it
	numHabits
)

var habits = weigh(int(numHabits), func(i int) uint32 {
	return [numHabits]uint32{bounces: 380, skims: 140, begins: 180, reads: 220, abandons: 50, searches: 30}[i]
})

// idleAfter is for how many seconds after the last sign of life somebody counts as
// active: the script's own number.
const idleAfter = 15

// wordsOnScreen is about what fits on one.
const wordsOnScreen = 120

// Read is one way in which a page of some words is read: what is true of it, and what
// the script in the page sees of it. The truth is that a reader has read at least half
// of the text.
func (d dice) Read(words uint32) (reader bool, seen reading.Reading) {
	perMinute := d.between(150, 330) // words; the range of Brysbaert's review, with a margin
	read, looked, seconds := uint32(0), uint32(0), uint32(0)
	pauses := uint32(0) // seconds without a sign of life
	timeFor := func(n uint32) uint32 { return n * 60 / perMinute }
	switch habit(d.pick(habits)) {
	case bounces:
		seconds = d.between(1, 9)
		read = min(words*seconds*perMinute/60/max(words, 1), words/4)
		looked = read + wordsOnScreen*d.between(2, 12)/10
	case skims:
		seconds = d.between(4, 8+words/25)
		read, looked = words*d.between(5, 25)/100, words*d.between(70, 101)/100
	case begins:
		read = words * d.between(10, 50) / 100
		seconds, looked = timeFor(read)+d.between(0, 6), read+wordsOnScreen*d.between(5, 20)/10
	case reads:
		read = words * d.between(50, 101) / 100
		seconds, looked = timeFor(read)+d.between(0, 10), read+wordsOnScreen*d.between(3, 15)/10
		for range seconds / 60 { // something else for a moment, on the same page
			pauses += d.between(0, 12)
		}
	case abandons:
		read = words * d.between(5, 40) / 100
		seconds, pauses, looked = timeFor(read), d.between(60, 3600), read+wordsOnScreen/2
	case searches:
		seconds = d.between(10, 50)
		read, looked = words*d.between(5, 30)/100, words*d.between(50, 101)/100
	}
	// Whoever reads scrolls every few lines. On a large screen some do so seldom that
	// the script takes them to be gone.
	lost := uint32(0)
	if d.perMille(200) {
		lost = seconds * d.between(0, 25) / 100
	}
	engaged := seconds - lost + min(pauses, idleAfter)
	return 2*read >= words, reading.Reading{Known: true, Seconds: uint16(min(engaged, reading.MaxSeconds)),
		Depth: uint8(min(100, looked*100/max(words, 1))), Words: uint16(words)}
}
