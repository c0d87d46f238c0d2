package simulate

// robot is a program that reads pages, and how often. What asks for an address
// of its own asks for that alone.
type robot struct {
	weight uint32
	agent  agentID
	stem   string
	mime   string
	tag    string
}

// robots are one line for every eight views of people: chosen, at many sites
// they are half.
var robots = []robot{
	{30, googlebot, "", html, ""},
	{14, bingbot, "", html, ""},
	{14, gptbot, "", html, ""},
	{8, chatgptUser, "", html, ""},
	{6, linkChecker, "", html, ""},
	{2, googlebot, "/robots.txt", "text/plain", ""},
	{14, feedReader, "/feed.xml", "application/rss+xml", ""},
	{12, mailScanner, "", html, newsletterTag},
}

const viewsPerRobot = 8

// probes are what a scanner for holes asks for. None of it is there.
var probes = []string{
	"/.env", "/.git/config", "/wp-login.php", "/wp-admin/setup-config.php", "/xmlrpc.php", "/phpinfo.php", "/backup.zip", "/config.json",
	"/admin/", "/login", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/cgi-bin/luci", "/actuator/health", "/server-status",
	"/.aws/credentials", "/api/v1/users", "/old/index.php", "/db.sql", "/shell.php", "/owa/auth/logon.aspx",
}

// gone are articles that links still lead to.
var gone = []string{"/lokales/sturm-legt-moorbahn-lahm-1204", "/sport/pokal-aus-im-norden-2251", "/en/harbour-reopens-after-storm-3107"}

// planScan plans one scan at some time of the day: within two minutes, one
// address for every hundred views. Chosen.
func (d *day) planScan() {
	start := d.dice.below(millisPerDay - 2*millisPerMinute)
	who := person{scanner, d.newID()}
	for range max(8, min(d.config.Views/100, 400)) {
		d.queue.push(event{at: start + d.dice.below(2*millisPerMinute), do: probe, who: who, page: int32(d.dice.below(uint32(len(probes))))})
	}
}

// planOddities plans one damaged line and two programs that say nothing of
// themselves, by day, when anybody looks.
func (d *day) planOddities() {
	at := func() uint32 { return d.dice.between(6, 20)*60*millisPerMinute + d.dice.below(60*millisPerMinute) }
	d.queue.push(event{at: at(), do: damage, who: person{chromeDesktop, d.newID()}})
	for range 2 {
		d.queue.push(event{at: at(), do: odd, who: person{nobody, d.newID()}, page: -1})
	}
}

func (d *day) crawl(e *event) {
	r := &robots[e.look]
	q := request{at: e.at, who: e.who, stem: r.stem, tag: r.tag, status: 200, mime: r.mime, bytes: 5_120}
	if r.stem == "" {
		p := &d.site.pages[d.site.choose(d.dice, anyAge)]
		q.stem, q.bytes = p.stem, p.bytes
	}
	if r.mime == html {
		d.truth.Bots++
	} else {
		d.truth.Assets++
	}
	d.write(&q)
}

func (d *day) probe(e *event) {
	d.truth.Errors++
	d.write(&request{at: e.at, who: e.who, stem: probes[e.page], status: 404, mime: html, bytes: 1_214})
}
