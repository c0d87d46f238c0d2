package simulate

var (
	html = written("text/html; charset=utf-8")
	jpeg = written("image/jpeg")
	css  = written("text/css")
	none = text{"", "-"}

	style = written("/static/site.4f2a91.css")
)

func (r *run) happen(e *event) {
	switch e.do {
	case arrive, arriveSecure:
		r.arrive(e)
	case again:
		r.reload(e)
	case click:
		r.click(e)
	case loadStyle:
		r.load(e, style, css, 14_311, fetchStyle)
	case loadPicture:
		p := &r.site.pages[e.page]
		r.load(e, p.picture, jpeg, p.picBytes, fetchPicture)
	case sendLink:
		r.share(e)
	case readPreview:
		r.readPreview(e)
	case readPicture:
		r.readPicture(e)
	case crawl:
		r.crawl(e)
	case probe:
		r.probe(e)
	case odd:
		r.count(func(t *tally) { t.bots++ }) // a browser says something of itself
		p := &r.site.pages[r.site.choose(r.dice, anyAge)]
		r.write(&request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes})
	case damage:
		r.count(func(t *tally) { t.unreadable++ })
		p := &r.site.pages[0]
		r.writeCut(&request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes})
	}
}

// visitor makes somebody who comes by the event's way.
func (r *run) visitor(e *event) {
	w := &r.ways[e.way]
	e.look = uint8(r.dice.pick(w.look))
	e.who = r.person(w.agents[e.look], ways[e.way].looks[e.look].agents)
	for r.dice.perMille(clicksPerMille * 1000 / (1000 + clicksPerMille)) {
		e.left++ // so many on average
		if e.left == 50 {
			break
		}
	}
}

func (r *run) person(c chances, agents []chance) person {
	p := person{agents[r.dice.pick(c)].agent, r.dice.newID()}
	if p.agent == chromePhone && r.world.tablets > uint32(p.trait(traitTablet, 1000)) {
		p.agent = chromeTablet
	}
	return p
}

// opening is the request for the first page of a visit.
func (r *run) opening(e *event) request {
	l := &ways[e.way].looks[e.look]
	p := &r.site.pages[e.page]
	q := request{at: e.at, who: e.who, stem: p.stem, query: query{r.carried(e), l.tag}, referer: l.referer, app: l.app, status: 200, mime: html, bytes: p.bytes, fetch: fetchAlone}
	if l.hidden || l.referer != "" && l.referer[0] == 'h' { // http…: a page; "none" else, android-app: included
		q.fetch = fetchCross
	}
	return q
}

// arrive opens the first page of a visit. Of a thousand, four come over http and
// are sent on, three follow a link to what is gone, one finds the server down,
// and ten have the page already: chosen.
func (r *run) arrive(e *event) {
	if e.do == arrive {
		r.openWith(e)
	}
	q := r.opening(e)
	if e.do == arrive {
		switch n := r.dice.below(1000); {
		case n < 4:
			q.plain, q.status, q.mime, q.bytes = true, 301, none, 512
			e.at, e.do = e.at+120, arriveSecure
			r.queue.push(*e)
		case n < 7:
			q.stem, q.status, q.bytes = gone[r.dice.below(uint32(len(gone)))], 404, 3_411
		case n < 8:
			q.status, q.bytes = 502, 1_533
		case n < 18:
			q.status, q.mime, q.bytes = 304, none, 402
		}
	}
	if q.status != 200 && q.status != 304 {
		r.count(func(t *tally) { t.errors++ })
		r.write(&q)
		return
	}
	e.tagged = true
	if e.way == r.google && q.referer != "" && agents[e.who.agent].engine == chromium && r.dice.perMille(r.world.ahead) {
		r.fetchAhead(e, &q)
		return
	}
	r.arrived(e, visit)
	r.write(&q)
	if ways[e.way].origin == Program { // which wants nothing but the page
		return
	}
	r.follow(e, loadStyle, 150, 600)
	r.goOn(e)
	if r.dice.perMille(r.world.reload) {
		r.follow(e, again, 20_000, 10*millisPerMinute)
	}
	r.passOn(e)
}

// fetchAhead asks for a result of a search before anybody has clicked on it. Who
// then opens it makes no other line for the page: half do, chosen.
func (r *run) fetchAhead(e *event, q *request) {
	q.purpose = "prefetch"
	r.arrived(e, ahead)
	r.write(q)
	if r.dice.perMille(500) {
		w, objects := &r.ways[e.way], e.who.objects()
		r.count(func(t *tally) { t.of(e, ahead, w, objects).opened++ })
		e.at += uint64(r.dice.between(2_000, 30_000))
		r.follow(e, loadStyle, 150, 600)
		r.goOn(e)
	}
}

// reload shows the first page once more. The request is the same but for its id:
// Referer and Sec-Fetch-Site stay those of the visit (measured in Chromium).
func (r *run) reload(e *event) {
	r.arrived(e, reload)
	q := r.opening(e)
	r.write(&q)
}

// arrived counts a line that looks like a visit.
func (r *run) arrived(e *event, is kind) {
	w := &r.ways[e.way]
	device, country, objects := agents[e.who.agent].device, e.who.country(), e.who.objects()
	coded := !e.bare && r.codes.links[e.link].made != nil
	r.count(func(t *tally) { t.arrive(e, is, w, device, country, objects, coded) })
	r.hours[e.at/millisPerHour].add(is)
	r.countCode(e, is)
}

// click opens another page of the site: from an article one in four goes to the
// front page. Chosen.
func (r *run) click(e *event) {
	p := &r.site.pages[e.page]
	q := request{at: e.at, who: e.who, stem: p.stem, status: 200, mime: html, bytes: p.bytes, fetch: fetchInside}
	r.fromPage(&q, e, e.from)
	if e.ahead { // as measured in Chromium
		q.fetch, q.purpose = fetchAlone, "prefetch;prerender"
		r.count(func(t *tally) { t.insideAhead++ })
	} else {
		r.count(func(t *tally) { t.inside++ })
	}
	r.write(&q)
	e.tagged = false
	if e.ahead && r.dice.perMille(500) { // nobody clicks: chosen
		return
	}
	r.goOn(e)
}

// goOn plans what a page leads to: its picture, and the next page after ten
// seconds to three minutes.
func (r *run) goOn(e *event) {
	r.follow(e, loadPicture, 200, 1500)
	if e.left == 0 {
		return
	}
	next := *e
	next.left--
	next.do, next.from = click, e.page
	next.page = r.site.choose(r.dice, fresh)
	if int(e.page) >= r.site.fronts && r.dice.perMille(250) {
		next.page = 0
	}
	next.at += uint64(r.dice.between(10_000, 180_000))
	next.ahead = agents[e.who.agent].engine == chromium && r.dice.perMille(r.world.prerender)
	r.queue.push(next)
}

// follow plans something that happens so many milliseconds later.
func (r *run) follow(e *event, do action, from, to uint32) {
	next := *e
	next.do = do
	next.at += uint64(r.dice.between(from, to))
	r.queue.push(next)
}

func (r *run) load(e *event, stem, mime text, bytes uint32, fetch fetch) {
	r.count(func(t *tally) { t.assets++ })
	q := request{at: e.at, who: e.who, stem: stem, status: 200, mime: mime, bytes: bytes, fetch: fetch}
	r.fromPage(&q, e, e.page)
	r.write(&q)
}

// fromPage makes a page the Referer: its whole address, because it is the site's
// own (strict-origin-when-cross-origin).
func (r *run) fromPage(q *request, e *event, page int32) {
	l := &ways[e.way].looks[e.look]
	q.app = l.app
	q.from = &r.site.pages[page].stem
	if e.tagged {
		q.fromQuery = query{r.carried(e), l.tag}
	}
}
