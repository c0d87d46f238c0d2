package simulate

const html = "text/html;%20charset=utf-8"

func (d *day) happen(e *event) {
	switch e.do {
	case arrive, arriveSecure:
		d.arrive(e)
	case click:
		d.click(e)
	case loadStyle:
		d.load(e, "/static/site.4f2a91.css", "text/css", 14_311)
	case loadPicture:
		p := &d.site.pages[e.page]
		d.load(e, p.picture, "image/jpeg", p.picBytes)
	case share:
		d.share(e)
	case readPreview:
		d.readPreview(e)
	case readPicture:
		d.readPicture(e)
	case crawl:
		d.crawl(e)
	case probe:
		d.probe(e)
	case odd:
		d.truth.Bots++ // a browser says something of itself
		p := &d.site.pages[d.site.choose(d.dice, anyAge)]
		d.write(&request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes})
	case damage:
		d.truth.Unreadable++
		p := &d.site.pages[0]
		d.writeCut(&request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes})
	}
}

// arrive opens the first page of a visit. Of a thousand, four come over http and
// are sent on, three follow a link to what is gone, one finds the server down,
// and ten have the page already: chosen.
func (d *day) arrive(e *event) {
	l := &ways[e.way].looks[e.look]
	p := &d.site.pages[e.page]
	q := request{at: e.at, who: e.who, stem: p.stem, tag: l.tag, referer: l.referer, status: 200, mime: html, bytes: p.bytes}
	if e.do == arrive {
		switch n := d.dice.below(1000); {
		case n < 4:
			q.plain, q.status, q.mime, q.bytes = true, 301, "-", 512
			e.at, e.do = e.at+120, arriveSecure
			d.queue.push(*e)
		case n < 7:
			q.stem, q.status, q.bytes = gone[d.dice.below(uint32(len(gone)))], 404, 3_411
		case n < 8:
			q.status, q.bytes = 502, 1_533
		case n < 18:
			q.status, q.mime, q.bytes = 304, "-", 402
		}
	}
	d.write(&q)
	if q.status != 200 && q.status != 304 {
		d.truth.Errors++
		return
	}
	if l.named {
		d.visits[e.way].Named++
	} else {
		d.visits[e.way].Nameless++
	}
	e.tagged = true
	d.follow(e, loadStyle, 150, 600)
	d.goOn(e)
}

// click opens another page of the site: from an article one in four goes to the
// front page. Chosen.
func (d *day) click(e *event) {
	d.truth.Inside++
	p := &d.site.pages[e.page]
	q := request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes}
	d.fromPage(&q, e, e.from)
	d.write(&q)
	e.tagged = false
	d.goOn(e)
}

// goOn plans what a page leads to: its picture, and the next page after ten
// seconds to three minutes.
func (d *day) goOn(e *event) {
	d.follow(e, loadPicture, 200, 1500)
	if e.left == 0 {
		return
	}
	next := *e
	next.left--
	next.do, next.from = click, e.page
	next.page = d.site.choose(d.dice, fresh)
	if int(e.page) >= d.site.fronts && d.dice.perMille(250) {
		next.page = 0
	}
	next.at += d.dice.between(10_000, 180_000)
	d.queue.push(next)
}

// follow plans something that happens so many milliseconds later.
func (d *day) follow(e *event, do action, from, to uint32) {
	next := *e
	next.do = do
	next.at += d.dice.between(from, to)
	d.queue.push(next)
}

func (d *day) load(e *event, stem, mime string, bytes uint32) {
	d.truth.Assets++
	q := request{at: e.at, who: e.who, stem: stem, status: 200, mime: mime, bytes: bytes}
	d.fromPage(&q, e, e.page)
	d.write(&q)
}

// fromPage makes a page the Referer: its whole address, because it is the site's
// own (strict-origin-when-cross-origin).
func (d *day) fromPage(q *request, e *event, page int32) {
	q.ownStem = d.site.pages[page].stem
	if e.tagged {
		q.ownTag = ways[e.way].looks[e.look].tag
	}
}

// share sends a link: the app reads the page at once, people click later.
func (d *day) share(e *event) {
	s := ways[e.way].shared
	if d.asksFor(e, s) {
		for i := range s.crowd {
			fetch := *e
			fetch.do, fetch.who = readPreview, d.person(s.fetcher)
			if i > 0 { // the first is the sender's own server
				fetch.at += d.dice.below(20_000)
			}
			d.queue.push(fetch)
		}
	}
	for range 1 + d.dice.below(2*s.clicks-1) {
		visit := *e
		visit.do = arrive
		visit.at += d.dice.delay()
		d.visitor(&visit)
		d.queue.push(visit)
	}
}

// asksFor reports whether the app reads the page, or has it in its cache.
func (d *day) asksFor(e *event, s *sharing) bool {
	if s.cache == 0 {
		return true
	}
	last := &d.cached[e.way][e.page]
	if *last > 0 && e.at < *last-1+s.cache*millisPerMinute {
		return false
	}
	*last = e.at + 1
	return true
}

// readPreview reads the page and then its picture, as WhatsApp does
// (github.com/moldabekov/whatsipp, issue 2).
func (d *day) readPreview(e *event) {
	d.truth.Previews[ways[e.way].shared.app]++
	p := &d.site.pages[e.page]
	d.write(&request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes})
	d.follow(e, readPicture, 300, 1500)
}

func (d *day) readPicture(e *event) {
	d.truth.Assets++
	p := &d.site.pages[e.page]
	d.write(&request{at: e.at, who: e.who, stem: p.picture, status: 200, mime: "image/jpeg", bytes: p.picBytes})
}
