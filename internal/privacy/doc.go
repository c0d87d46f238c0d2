// Package privacy holds no code, only the test of what the project promises of
// visitors: that no address, no name and no token of theirs stays anywhere.
//
// The test makes up secrets, each unlike anything else there is: e-mail addresses,
// names, tokens, numbers, IP addresses, passwords, cookies. It puts them wherever a
// visitor, a link or a broken log could put them, runs a day of such traffic through
// a whole deployment, and looks for each of them in everything that is kept, written
// or answered, in plain and in the usual disguises.
//
//	secrets_test.go    makes secrets up
//	finder_test.go     finds them, however they are written
//	views_test.go      page views with secrets in every place there is
//	formats_test.go    as lines of a log, in every format
//	broken_test.go     and as lines that nobody can read
//	world_test.go      a deployment on either pair of stores, and what has secrets in it
//	traffic_test.go    what comes through the front: pages, hits, /_ds/me
//	kept_test.go       all that is kept afterwards, decoded
//	privacy_test.go    the day, and what of it may be found, with the reason
//	visitor_test.go    the visitor's hash, and its salt
//	commands_test.go   the same with the command, as a person runs it
//
// What may be found is listed, with the reason and the place, in privacy_test.go. A
// reason that no secret needs any more fails the test as well.
package privacy
