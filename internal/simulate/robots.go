package simulate

// robot is a program that reads pages, and how often. What asks for an address
// of its own asks for that alone.
type robot struct {
	weight uint32
	agent  agentID
	stem   text
	mime   text
	tag    string
}

// robots are one line for every eight views of people: chosen, at many sites
// they are half.
var robots = []robot{
	{30, googlebot, text{}, html, ""},
	{14, bingbot, text{}, html, ""},
	{14, gptbot, text{}, html, ""},
	{8, chatgptUser, text{}, html, ""},
	{6, linkChecker, text{}, html, ""},
	{2, googlebot, written("/robots.txt"), written("text/plain"), ""},
	{14, feedReader, written("/feed.xml"), written("application/rss+xml"), ""},
	{12, mailScanner, text{}, html, newsletterTag},
}

const (
	viewsPerRobot = 8
	crawlers      = 5 // of the robots, those that read page after page
)

var robotChances = weigh(len(robots), func(i int) uint32 { return robots[i].weight })

// probes are what a scanner for holes asks for. None of it is there.
var probes = writtenAll(
	"/.env", "/.git/config", "/wp-login.php", "/wp-admin/setup-config.php", "/xmlrpc.php", "/phpinfo.php", "/backup.zip", "/config.json",
	"/admin/", "/login", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/cgi-bin/luci", "/actuator/health", "/server-status",
	"/.aws/credentials", "/api/v1/users", "/old/index.php", "/db.sql", "/shell.php", "/owa/auth/logon.aspx",
)

// gone are articles that links still lead to.
var gone = writtenAll("/lokales/sturm-legt-moorbahn-lahm-1204", "/sport/pokal-aus-im-norden-2251", "/en/harbour-reopens-after-storm-3107")

func writtenAll(list ...string) (texts []text) {
	for _, s := range list {
		texts = append(texts, written(s))
	}
	return texts
}

// planScan plans one scan at some time of the day: within two minutes, one
// address for every hundred views. Chosen.
func (r *run) planScan(midnight uint64) {
	start := midnight + uint64(r.dice.below(millisPerDay-2*millisPerMinute))
	who := person{scanner, r.dice.newID()}
	for range max(8, min(r.config.Views/100, 400)) {
		r.queue.push(event{at: start + uint64(r.dice.below(2*millisPerMinute)), do: probe, who: who, page: int32(r.dice.below(uint32(len(probes))))})
	}
}

// planBurst plans a crawler that reads a part of the site within ten minutes: one
// page for every fifty views, at least thirty. Chosen.
func (r *run) planBurst(midnight uint64) {
	start := midnight + uint64(r.dice.below(millisPerDay-10*millisPerMinute))
	which := r.dice.below(crawlers)
	who := person{robots[which].agent, r.dice.newID()}
	for range max(30, min(r.config.Views/50, 2000)) {
		r.queue.push(event{at: start + uint64(r.dice.below(10*millisPerMinute)), do: crawl, who: who, look: uint8(which)})
	}
}

// planFeigned plans a program that reads some pages as WhatsApp does for a preview, so
// that they look shared: thirty within an hour, for every thousand views. Chosen.
func (r *run) planFeigned(midnight uint64) {
	way := wayNumber("whatsapp")
	start := midnight + uint64(r.dice.below(millisPerDay-millisPerHour))
	r.site.at(int32(start / millisPerHour))
	page := r.site.choose(r.dice, fresh)
	for range max(30, 30*min(r.config.Views, 100_000)/1000) {
		r.queue.push(event{at: start + uint64(r.dice.below(millisPerHour)), do: readPreview, way: uint8(way), page: page,
			who: r.person(r.ways[way].fetcher, ways[way].shared.fetcher)})
	}
}

// planOddities plans one damaged line and two programs that say nothing of
// themselves, by day, when anybody looks.
func (r *run) planOddities(midnight uint64) {
	at := func() uint64 {
		return midnight + uint64(r.dice.between(6, 20)*millisPerHour+r.dice.below(millisPerHour))
	}
	r.queue.push(event{at: at(), do: damage, who: person{chromeDesktop, r.dice.newID()}})
	for range 2 {
		r.queue.push(event{at: at(), do: odd, who: person{nobody, r.dice.newID()}, page: -1})
	}
}

func (r *run) planCrawl(minute uint64) {
	i := r.dice.pick(robotChances)
	r.queue.push(event{
		at: minute + uint64(r.dice.below(millisPerMinute)), do: crawl, look: uint8(i),
		who: person{robots[i].agent, r.dice.newID()},
	})
}

func (r *run) crawl(e *event) {
	robot := &robots[e.look]
	q := request{at: e.at, who: e.who, stem: robot.stem, query: query{tag: robot.tag}, status: 200, mime: robot.mime, bytes: 5_120}
	if robot.stem.sent == "" {
		p := &r.site.pages[r.site.choose(r.dice, anyAge)]
		q.stem, q.bytes = p.stem, p.bytes
	}
	if robot.mime == html {
		r.count(func(t *tally) { t.bots++ })
	} else {
		r.count(func(t *tally) { t.assets++ })
	}
	r.write(&q)
}

func (r *run) probe(e *event) {
	r.count(func(t *tally) { t.errors++ })
	r.write(&request{at: e.at, who: e.who, stem: probes[e.page], status: 404, mime: html, bytes: 1_214})
}
