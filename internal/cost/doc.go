// Package cost says what darksocial costs, as a function of what it uses: how much of
// each thing that AWS charges for an arrival takes, by each of the ways by which it can
// be seen, times the price of the thing.
//
//	for _, path := range cost.Paths() {
//		fmt.Println(path.Name, cost.Total(path.Use.PerMillion()))
//	}
//
// What an arrival uses is counted: tests of this package give the functions' own handlers
// logs, hits, pages, shares and orders on an engine that speaks DynamoDB, and hold the
// constants of measured.go to what it says was consumed. What cannot be counted on one
// machine (how long a function waits for a store that is elsewhere, how CloudFront cuts
// its logs) is a parameter, chosen high, and said so beside it.
//
// The tables of docs/cost.md are made of it: go test ./internal/cost -run TestPage -update.
package cost
