// Package trials holds the estimate of what is still dark against simulated sites, of
// which the truth is known. It stands between three packages that do not know each other:
// simulate writes logs, edge and darksocial read and label them, darksocial/estimate
// reckons.
//
//	trial, err := trials.Try(config, estimate.Both, estimate.Triggering)
//
// A trial simulates a site's week, writes its log in a format and reads it back line by
// line, as classify does, so that the estimate sees what a log shows and nothing else. The
// truth is what simulate says of the arrivals without a name and without a code: how many
// were visits that came by something shared. Pages loaded again are none.
//
// VariedWeek draws a site for each number: 200 to 20,000 views a day, with three headers or
// all, with codes (up to 60 % of the links) in two of three, and in a world in which
// everything that an estimate cannot see is drawn anew. WorldWeek does the same in a world
// by name. Adversarial worlds are judged by themselves.
//
// # The figures
//
//	go test ./internal/estimating/trials -run Varied -weeks 400 -first 1001 -v -timeout 60m
//	go test ./internal/estimating/trials -run Worlds -each 6 -first 51 -v -timeout 60m
//
// A Report tells how many weeks were refused, in how many the truth lay in the interval,
// how wide that was, and how far the estimate was off in parts of direct, beside the better
// of two rules: that everything at deep pages was shared, and that nothing was.
//
// The same sites are no proof for others. Therefore package estimate has a second, quite
// different generator in its tests.
package trials
