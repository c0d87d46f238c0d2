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
// with their source beside them, or are said to be chosen.
//
// The same Config gives the same bytes, on every machine and with every Go, and
// another Format, Zone or way of cutting into files changes nothing of what
// happens. Lines come out in the order of time and are not kept: memory holds the
// site's pages, their counts by day, and what is still to come of the visits under
// way.
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
package simulate
