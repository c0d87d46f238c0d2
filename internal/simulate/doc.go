// Package simulate writes the access log of a site that does not exist, and says
// what is in it: "seed → log + truth". The site is a small local newspaper, in
// German and English.
//
//	world, _ := simulate.ByName("seo-spike")
//	truth, err := simulate.Write(file, simulate.Config{
//		Seed: 1, Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Days: 7,
//		Host: "www.example.com", Views: 5000, World: world,
//	})
//
// # What happens
//
// People come by the ways of ways.go, and each way shows what it shows at a real
// site: some name themselves, most do not. A link that is sent or posted is read
// by its app for a preview first, from the sender's device or from a server that
// caches it, and clicked on minutes to days later. Some who got a private link
// pass it on, and so do some of those who got it from them (sharing.go). First
// pages are loaded again, Chrome fetches results of a search and pages of the site
// ahead of a click (visit.go). Some browsers object to being counted. Around the people there are pictures, crawlers,
// scans for holes and damaged lines (robots.go). Articles are published through
// the days and are read less as they age (site.go).
//
// How much there is of each is the World's: see Worlds. Numbers are published ones,
// with their source beside them, or are said to be chosen. In the worlds of Adversarial
// somebody wants to be counted wrongly, or what a site does looks like what it is not;
// they stand in no figure with the others. Varied makes one more world for each number.
//
// The same Config gives the same bytes, on every machine and with every Go, and
// another Format, Zone or way of cutting into files changes nothing of what
// happens. Lines come out in the order of time and are not kept: memory holds the
// site's pages, their counts by day, the codes there are, and what is still to come
// of the visits under way.
//
// # Codes
//
// With Config.Keys people share by buttons, and their links carry codes (package share):
//
//	config.Keys, config.Coded, config.Stripped, config.Forged = keys, 700, 100, 5
//	config.Shared = func(code share.Code, item *share.Item) error { … } // keep it
//
// Codes are drawn with dice of their own. All else happens as without, to the
// millisecond: the addresses of some lines are longer, and so are the Referers of what
// the pages load. The code stands before what apps and sites add to an address.
//
// A link that is sent or posted by an app (private and public ways of ways.go with a
// preview) has a code of its own if a button made it. The button is the app's, where it
// has one, else "copy" or "system". Mail between people has no codes, and no post of
// the site's own channel that is tagged.
//
// Who passes on a link by a button, and has come by a code, makes a child of that code;
// behind the last generation that an item can tell, a first one. A message that is
// forwarded has the code that it came with. So has an address that is copied out of the
// browser, because no page changes its address. Where the code was lost on opening, a
// copied address has none, and a button makes a first one; the message still has it.
//
// Previews are as many as without codes, and ask for the address with its code. A
// server's cache is of the page here: a real one would read each code once.
//
// Forged codes have the form of the site's and are none: half are another site's, half
// have a wrong last letter. Who came with one passes the page on without.
//
// # What the log tells of it
//
// The formats differ in what they show: see Format. CloudFront and Combined logs
// show Referer, User-Agent and query; Realtime and NDJSON all headers. Only with
// those can be told that a page was fetched ahead, that a page hid its address,
// which app an unnamed web view is of, and which browser objects. The truth has
// both, as "log" and "headers".
//
// # Truth
//
// Truth is written as truth.json. Its fields:
//
//	world, seed, host, views   as configured
//	from, to                   the first midnight, and the one behind the last day; UTC
//	time_zone                  of local_days
//	lines                      of the log, without directives
//	days                       a Day for each day, UTC
//	local_days                 the same in the time zone; empty if that is UTC
//	hours                      {hour, visits, reloads, ahead, previews} for each hour
//	recommendations            of each code, in the order of codes; see below
//	lost, forged               people who came by a link whose code was taken off, and with a code that is made up
//
// A day:
//
//	date, whole                whole is false where the log has only a part of the day
//	lines                      = arrivals' lines + previews + inside + inside_ahead + bots + assets + errors + unreadable
//	arrivals                   pages opened from outside, see below
//	previews                   pages read for a preview, by the app a label names
//	inside, inside_ahead       clicks from page to page; pages fetched ahead of one
//	bots, assets               pages read by programs; pictures, styles, feeds
//	errors, unreadable         redirects and errors; damaged lines
//	pages                      by page, named as in the tables
//	campaigns                  {source, medium, campaign, visits, reloads, ahead, objected} by utm triple
//	direct                     what is direct really was: {log, headers}, each by origin, with "reload" for pages loaded again.
//	                           The sum is what a table has as direct: headers is without who objects, of whom it has none
//	shared                     private links: {links, passed_on, visits}, the visits by how often the link had been passed on
//
// A row of arrivals:
//
//	way, origin                by which way people really came, and why: private, public, search, typed, assistant, link, campaign, program
//	is                         visit; reload: the same request once more; ahead: fetched before the click
//	log, headers               {channel, source, visibility, direct_kind} that a label must say: without and with all headers
//	objected                   whether the browsers object (Sec-GPC)
//	lines, opened              how many; how many of those fetched ahead were then opened
//	coded                      of the lines, those with a code of the site's in the address; not there if there are none
//	devices, countries         of those lines, as they show them
//
// A log without Sec-Fetch-Site takes every row for visits; one with it takes
// "ahead" for prefetches. Nothing but a beacon tells reloads from visits. In a
// Realtime log the headers may be cut behind what names an app: direct_kind is
// then unknown.
//
// A log with all headers shows who objects. An objection changes no label, and of
// those lines tables tell only that there was an arrival, and in which hour: no
// page, name, campaign, device or country. Without the headers nobody is seen to object.
//
// A page:
//
//	page                       its name
//	visits, reloads, ahead     lines
//	objected                   of visits and reloads, those by browsers that object
//	log, headers               {private, public}: lines whose label says so of a share, visits and reloads; headers is without
//	                           who objects, as tables are
//	shared                     {private, public}: visits that really were, named or not
//	previews                   lines
//
// A recommendation:
//
//	code, root, parent         root is the first it came of, of a first one itself; parent is then empty
//	generation                 0 for a first one, at most share.MaxAncestors
//	button, page, made         page is named as in the tables
//	opened                     the first visit by a browser that does not object; not there if there was none
//	arrivals                   with the code in the address: {visits, objected, reloads, objected_reloads}; objected is part of visits,
//	                           objected_reloads of reloads
//	reach                      the same, of it and of all that came of it
//	children                   shares that came of it at once
//	previews                   by the app a label names
//	days, local_days           arrivals by date, UTC and in the time zone; local_days is empty if that is UTC
//
// Arrivals are what opens a page: without redirects and errors, and without what is
// fetched ahead, which a log without Sec-Fetch-Site takes for visits (only of forged
// codes: search has no others). Labels, direct and pages are those of the requests
// without what a code says of them.
package simulate
