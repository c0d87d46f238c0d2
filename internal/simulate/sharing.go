package simulate

// sharing is what goes before the visits of a way: a link is sent, and the app
// reads the page for a preview.
type sharing struct {
	fetcher []chance
	app     string // as the preview's label calls it
	// clicks on a shared link, on average: chosen. Between one and nearly twice as
	// many come of each.
	clicks uint32
	// cache is for how many minutes an app's server does not read a page again;
	// 0 where the sender's own device reads it, each time: WhatsApp (signalapp/
	// Signal-Android#5724), Signal (#13522), iMessage (peter.upfold.org.uk, 2019).
	// Slack's and Snapchat's is half an hour (opengraphplus.com,
	// developers.snap.com/robots); others' are longer than a day, as far as is known.
	cache uint32
	crowd uint32 // how many servers read it; chosen
}

const dayLong = 24 * 60

// delays between a preview and a click, in seconds: any step is as likely as any
// other. The one gap that has been published is 6 seconds (Telegram); the rest is
// chosen: half come within five minutes, the last two hours later. Late ones find
// the message in the evening or days after.
var (
	delays     = [...]uint32{6, 15, 30, 60, 150, 300, 600, 1200, 2400, 4800, 7200}
	lateDelays = [...]uint32{7_200, 14_400, 28_800, 57_600, 115_200, 230_400}
)

// delay draws one, in milliseconds.
func (r *run) delay() uint64 {
	steps := delays[:]
	if r.dice.perMille(r.world.late) {
		steps = lateDelays[:]
	}
	i := r.dice.below(uint32(len(steps) - 1))
	return 1000*uint64(steps[i]) + uint64(r.dice.below(1000*(steps[i+1]-steps[i])))
}

// send plans the first sending of a link by somebody who found the page. A link
// brings several readers, so it is sent as much less often than they come; what
// readers pass on brings some of them, too.
func (r *run) send(e *event) {
	w := &ways[e.way]
	if r.dice.below(w.shared.clicks) != 0 || w.origin == Private && r.dice.perMille(r.world.passOn) {
		return
	}
	e.do = sendLink
	e.page = r.choose(w)
	r.queue.push(*e)
}

// share sends a link: the app reads the page at once, people click later.
func (r *run) share(e *event) {
	s := ways[e.way].shared
	if ways[e.way].origin == Private {
		r.count(func(t *tally) {
			t.sent++
			if e.generation > 0 {
				t.passedOn++
			}
		})
	}
	r.sendCode(e)
	if r.asksFor(e, s) {
		for i := range s.crowd {
			fetch := *e
			fetch.do, fetch.who = readPreview, r.person(r.ways[e.way].fetcher, s.fetcher)
			if i > 0 { // the first is the sender's own server
				fetch.at += uint64(r.dice.below(20_000))
			}
			r.queue.push(fetch)
		}
	}
	for range 1 + r.dice.below(2*s.clicks-1) {
		visit := *e
		visit.do = arrive
		visit.at += r.delay()
		r.visitor(&visit)
		r.queue.push(visit)
	}
}

// asksFor reports whether the app reads the page: it does not where previews are
// off, has it with a forwarded message, or in its server's cache.
func (r *run) asksFor(e *event, s *sharing) bool {
	if r.dice.perMille(r.world.noPreview) || e.forwarded && s.cache == 0 {
		return false
	}
	if s.cache == 0 {
		return true
	}
	last := &r.ways[e.way].read[e.page]
	if *last > 0 && e.at < *last-1+uint64(s.cache)*millisPerMinute {
		return false
	}
	*last = e.at + 1
	return true
}

// passOn lets a reader of a private message send the link on, by the same app in
// three of four cases: chosen. A link brings several readers, so few send it on:
// the readers of all links that come of one are passOn in a thousand of its own.
func (r *run) passOn(e *event) {
	w := &ways[e.way]
	if r.world.passOn == 0 || w.origin != Private || w.shared == nil {
		return
	}
	next := *e
	if r.dice.perMille(250) {
		next.way = uint8(r.dice.pick(r.messengers))
	}
	if !r.dice.perMille(r.world.passOn / ways[next.way].shared.clicks) {
		return
	}
	next.do, next.tagged, next.left = sendLink, false, 0
	next.generation = min(next.generation+1, 100)
	next.forwarded = next.way == e.way && r.dice.perMille(r.world.forward)
	next.at += uint64(r.dice.between(20_000, 15*millisPerMinute)) // read it first: chosen
	r.passCode(&next)
	r.queue.push(next)
}

// readPreview reads the page and then its picture, as WhatsApp does
// (github.com/moldabekov/whatsipp, issue 2).
func (r *run) readPreview(e *event) {
	r.count(func(t *tally) {
		t.previews[r.ways[e.way].app]++
		t.pages[e.page].previews++
	})
	r.hours[e.at/millisPerHour].Previews++
	r.countPreview(e)
	p := &r.site.pages[e.page]
	r.write(&request{at: e.at, who: e.who, stem: p.stem, query: query{code: r.carried(e)}, status: 200, mime: html, bytes: p.bytes})
	r.follow(e, readPicture, 300, 1500)
}

func (r *run) readPicture(e *event) {
	r.count(func(t *tally) { t.assets++ })
	p := &r.site.pages[e.page]
	r.write(&request{at: e.at, who: e.who, stem: p.picture, status: 200, mime: jpeg, bytes: p.picBytes})
}
