// Package web answers the requests of pages and people: the handlers of the functions
// that stand behind the CDN, the same on one machine.
//
// # What collect answers
//
//	path                       methods  answer
//	/_ds/hit, /_ds/read        GET      204 when it is durable; nothing may cache it
//	/_ds/share                 GET      a share code, as JSON; a button's may be cached by the browser
//	/_ds/buy                   GET, POST  204 when it is durable: see package orders
//	/_ds/s/CODE                GET      302 to the page that was shared, the same for all; nothing may cache it
//	/_ds/me, .css, .js         GET      a page: how this very visit looks to the site
//	/_ds/ds.js, /_ds/read.js,
//	/_ds/share.js              GET      the scripts; an hour in caches
//	the site's routed_paths    GET      the origin's page: see Route
//
// Everything else is 404. A request that is refused says why in X-DS-Refused, in one
// word:
//
//	method     405  only GET
//	path       404  nothing answers there
//	not_cdn    403  the request did not come through the site's own CDN
//	repeated   400  a header of the edge stands there twice
//	body       400  a GET has no body
//	host       403  the host is of no site of ours
//	cross_site 403  another site's page sent it
//	no_page    403  no page sent it: it was typed, or nothing says where it is from
//	length     414  longer than any page of ours sends it
//	query, version, id, page, referrer, navigation, age, reading, button, grade, code, link
//	           400  that part of a hit, or of what is shared, cannot be read
//	signature  403  of an order: it is not the shop's, or of another text
//	v, s, type, order, refund, amount, currency, ordered
//	           400  that field of an order is wrong; the text says what it must be
//	conflict, too_much, too_many
//	           409  an order was told before, and otherwise; more is given back than was paid; too often
//	too_long   413  an order of more than 4 KB
//	upgrade    400  a routed page speaks no other protocol
//	authorization
//	           400  a routed page takes no credentials
//	loop       508  the origin of a page asks us for it
//	origin     502  the origin does not answer, or not in HTTP; 504 if it takes too long
//	busy       503  too many are waiting
//	store      503  it could not be made durable; sent again it counts once
//
// An answer 204 may say in X-DS-Note what was made of a hit: hint_version, hint and
// hint_time are hints that could not be used; no_hint, no_script, objects, nothing, bot,
// internal and the nav.… rules are why it was counted and left out. Of routed pages no_id,
// gone and lost are counted as well. Of an order it says duplicate, unattributed, waiting
// or late: see package orders.
//
// # Which requests are ours
//
// The sites of a deployment are an allow-list, by the host the edge says the visitor
// asked for. A hit must come from a page of the same site: browsers say so in
// Sec-Fetch-Site, which no page can write, and in Origin and Referer, which it can
// only leave out. Whatever of the three is there must agree, and one must be there.
// A program can write them all: it can also load pages, so it could not be told
// from a visitor anyway. What it can do is bounded: a page's name is cleaned, the
// time is the edge's or ours, and nothing it sends reaches another record but by an
// id it would have to know.
package web
