// Package verify sends one marked visit through a deployed site and follows it to where
// it is kept. It finds what no plan and no test can: whether the edge's id and the log's
// are the same string, on this distribution, today.
//
//	v := verify.New(verify.Client(time.Minute), records, time.Now, pause, rand.Reader)
//	report, err := v.Run(ctx, verify.Visit{Page: page, Site: site, Wait: 30 * time.Minute}, tell)
//
// The visit does what a browser does: it asks for a page, reads the hint in the answer,
// asks for the script, sends the hit that the script would send, and looks for the record.
// Then it waits for the log line of the page's request to be labelled and to become the
// same record.
//
// It counts as a visit, because only what is counted can be followed; so it says openly
// what it is. Its User-Agent is a browser's with the program's name behind it, and the
// page's address has the tags of a campaign that is called like the program. In the
// tables it is one arrival of that campaign, which can be told apart for ever. A
// User-Agent that named only the program would be a robot's and be left out.
//
// Nothing is cleaned up: Left says what stays.
package verify
