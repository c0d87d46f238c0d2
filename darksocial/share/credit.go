package share

import (
	"fmt"
	"math/big"
	"slices"
)

// Rule says which share of a recommendation is given the credit for a purchase. None is
// the truth: they are four ways to look at one chain, side by side.
type Rule string

const (
	// FirstShare gives all to the share with which the recommendation began.
	FirstShare Rule = "first_share"
	// LastShare gives all to the share by which the buyer came.
	LastShare Rule = "last_share"
	// Linear gives each share of the chain the same.
	Linear Rule = "linear"
	// ChainDecay gives the buyer's own share most, and each one before it less by the
	// same factor.
	ChainDecay Rule = "chain_decay"
)

// Rules are all there are, in the order of columns.
var Rules = [...]Rule{FirstShare, LastShare, Linear, ChainDecay}

// DefaultDecay is the factor of ChainDecay in thousandths: each share before the last
// is worth half of the one after it.
const DefaultDecay = 500

// MaxDecay is a factor of 1: then ChainDecay is Linear.
const MaxDecay = 1000

// MaxAmount bounds an amount in minor units, either way.
const MaxAmount = 1_000_000_000_000

// MaxChain is how long a chain may be: a share and its ancestors.
const MaxChain = MaxAncestors + 1

// Credit divides an amount of minor units among the shares of a chain, of which the
// last, by which the buyer came, is first. decay is the factor of ChainDecay, in
// thousandths. The parts add up to the amount exactly; what cannot be divided evenly goes
// to those who are owed the largest fractions, of equal ones to the later shares. A
// negative amount is divided like a positive one.
func Credit(rule Rule, amount int64, chain, decay int) []int64 {
	if chain < 1 || chain > MaxChain || amount < -MaxAmount || amount > MaxAmount || decay < 1 || decay > MaxDecay {
		panic(fmt.Sprintf("share: credit of %d among %d with decay %d", amount, chain, decay))
	}
	parts := make([]int64, chain)
	if amount < 0 {
		for i, n := range Credit(rule, -amount, chain, decay) {
			parts[i] = -n
		}
		return parts
	}
	switch rule {
	case FirstShare:
		parts[chain-1] = amount
	case LastShare:
		parts[0] = amount
	case Linear:
		for i := range parts {
			parts[i] = amount / int64(chain)
			if int64(i) < amount%int64(chain) {
				parts[i]++
			}
		}
	case ChainDecay:
		divide(parts, amount, weights(chain, decay))
	default:
		panic("share: no rule " + string(rule))
	}
	return parts
}

// weights are those of a chain: decay^i * 1000^(chain-1-i), so that all are whole.
func weights(chain, decay int) []*big.Int {
	list := make([]*big.Int, chain)
	for i := range list {
		of := new(big.Int).Exp(big.NewInt(int64(decay)), big.NewInt(int64(i)), nil)
		list[i] = of.Mul(of, new(big.Int).Exp(big.NewInt(MaxDecay), big.NewInt(int64(chain-1-i)), nil))
	}
	return list
}

// divide divides an amount by weights, by the method of the largest remainder.
func divide(parts []int64, amount int64, weights []*big.Int) {
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, w)
	}
	remainders := make([]*big.Int, len(parts))
	left := amount
	for i, w := range weights {
		part, rest := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(amount), w), total, new(big.Int))
		parts[i], remainders[i] = part.Int64(), rest
		left -= parts[i]
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range order[:left] { // fewer than there are parts
		parts[i]++
	}
}

// Change is how the credit for a purchase changes when what was paid for it goes from
// one amount to another: from 0 for an order, down for a refund. However often a part is
// given back, when all of it is, no credit is left.
func Change(rule Rule, before, after int64, chain, decay int) []int64 {
	parts := Credit(rule, after, chain, decay)
	for i, n := range Credit(rule, before, chain, decay) {
		parts[i] -= n
	}
	return parts
}
