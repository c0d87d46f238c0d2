// Package darksocial tells where a visit to a web page came from, honestly.
//
// Most links that people share privately arrive without a Referer, and analytics
// files them under "direct". Some of those visits name themselves all the same:
// in the User-Agent of an app's own browser, in X-Requested-With, in an
// android-app Referer, in a click id. This package reads all that a request
// shows and gives one verdict, a Label, with the reasons for it:
//
//	c := darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})
//	label := c.Classify(&darksocial.Visit{
//		Host: "www.example.com", Path: "/a",
//		UserAgent: "… Safari/537.36 [WA4A/2.25.33.70;]",
//		Sees:      darksocial.SeesReferer | darksocial.SeesUserAgent,
//	})
//	// label.Channel is DarkSocial, label.Source "whatsapp", label.Visibility Private
//
// # How a verdict is found
//
// Classify is Resolve of Facts. Facts looks at one signal after the other and
// notes which rule of which table it fits; it decides nothing. Resolve then
// applies the policy, which stands on one page in classify.go: what kind of
// request it is, and which of the signals that name a source goes first. What a
// door stores is the facts, so that a better policy serves old days as well.
//
// A rule is a row of a table: apps.go, fetchers.go, bots.go, packages.go,
// hosts_*.go, params.go. Its ID is stored with each label it led to and never
// changes. Version is a hash of all tables.
//
// # What it does not do
//
// It reads no message, asks no network, keeps no state but a bounded memory of
// User-Agents, and knows no time. No signal means Direct with confidence unknown:
// how much of that was shared is for an estimate, not for a label. Every header
// is a claim that a client can forge.
package darksocial
