package rollup

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"darksocial/darksocial/record"
)

// A key is the kind of sum and what its rows are told apart by. Keys of one kind
// stand together when sorted.
type kind byte

const (
	sumArrivals  kind = 'a' // the columns of Arrival → arrivals, reads
	sumBlock     kind = 'b' // the id of a block that was read → nothing
	sumCampaigns kind = 'c' // the columns of Campaign → arrivals, reads
	sumAudience  kind = 'd' // channel, source, dimension, value → arrivals
	sumEvidence  kind = 'e' // channel, source, rule → arrivals
	sumArticle   kind = 'f' // page, fact, value → page views that say so
	sumCame      kind = 'g' // root, generation, code, visitor → shares, arrivals
	sumHours     kind = 'h' // hour, channel, source, visibility → arrivals, previews
	sumPageHours kind = 'i' // hour, page, visibility → arrivals, previews
	sumCodes     kind = 'k' // what is known of a code: see Fold.addCode → codeCounts
	sumPages     kind = 'p' // page → arrivals, private, public, previews, shares, orders, reads
	sumSeen      kind = 'q' // door, outcome, reason, rules → records
	sumReceipt   kind = 'r' // a receipt's key → the receipt
	sumSources   kind = 's' // source → arrivals
	sumShares    kind = 'w' // page, button, app → shares, previews, arrivals, reads
	sumPurchases kind = 'x' // page, source, button, link, rule, currency → purchaseCounts
	sumSold      kind = 'y' // root, generation, code, currency → orders, credit by each rule, orders whose time is known, seconds
	sumOrders    kind = 'z' // number, rule, root, code, link, currency → credit
	sumUnknown   kind = 'u' // door, name, rules → records
	sumVisitors  kind = 'v' // level, key, visitor → page views
	sumTags      kind = 't' // the three tags of a campaign → arrivals
)

// key makes the key of a sum. Parts hold no zero byte: they come from tables, and
// from text that was cleaned of control characters.
func (k kind) key(dst []byte, parts ...string) []byte {
	dst = append(dst, byte(k))
	for i, part := range parts {
		if i > 0 {
			dst = append(dst, 0)
		}
		if strings.IndexByte(part, 0) >= 0 {
			part = strings.ReplaceAll(part, "\x00", "")
		}
		dst = append(dst, part...)
	}
	return dst
}

// parts takes a key apart again.
func parts(key []byte, n int) ([]string, error) {
	list := strings.Split(string(key[1:]), "\x00")
	if len(list) != n {
		return nil, fmt.Errorf("rollup: a key of %d parts where there should be %d", len(list), n)
	}
	return list, nil
}

// Adder takes counts to be added up by key.
type Adder interface {
	Add(key []byte, counts ...int64) error
}

// Sums are the sums of a day, in the order of their keys. All goes through those
// whose key begins with a byte; it may be called more than once.
type Sums interface {
	All(first byte) iter.Seq2[Entry, error]
}

// Entry is a key and its value: counts, or what the kind of the key says.
type Entry struct{ Key, Value []byte }

// Combine makes one value of two of the same key.
func Combine(key, a, b []byte) []byte {
	switch kind(key[0]) {
	case sumBlock:
		return a
	case sumReceipt: // the same, or read with other rules: one of them, whichever came first
		if bytes.Compare(a, b) < 0 {
			return append(a[:0], b...)
		}
		return a
	}
	return addCounts(a, b)
}

// BlockEntry notes that a block was read, for the manifest.
func BlockEntry(id []byte) Entry {
	return Entry{Key: append([]byte{byte(sumBlock)}, id...)}
}

// ReceiptEntry notes a receipt, which counts once however often it was found.
func ReceiptEntry(r *record.Receipt) Entry {
	return Entry{Key: r.AppendKey([]byte{byte(sumReceipt)}), Value: record.AppendReceipt(nil, r)}
}

// Blocks goes through the ids of the blocks that were read, in rising order.
func Blocks(sums Sums) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for s, err := range sums.All(byte(sumBlock)) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(s.Key[1:], nil) {
				return
			}
		}
	}
}

// counts goes through sums of one kind, with their keys taken apart.
func counts(sums Sums, k kind, nParts, nCounts int) iter.Seq2[counted, error] {
	return func(yield func(counted, error) bool) {
		n := make([]int64, nCounts)
		for s, err := range sums.All(byte(k)) {
			c := counted{n: n}
			if err == nil {
				c.parts, err = parts(s.Key, nParts)
			}
			if err == nil && !Counts(s.Value, n) {
				err = fmt.Errorf("rollup: a sum of kind %q has not %d counts", string(k), nCounts)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// counted is one sum; n is valid until the next one.
type counted struct {
	parts []string
	n     []int64
}

// Doors lists the doors that anything of the day was read or seen at, in order. There
// are none where all blocks were of the days beside it.
func Doors(sums Sums) ([]string, error) {
	some := map[string]bool{}
	for r, err := range receipts(sums) {
		if err != nil {
			return nil, err
		}
		some[r.Door.String()] = true
	}
	for c, err := range counts(sums, sumSeen, 4, 1) {
		if err != nil {
			return nil, err
		}
		some[c.parts[0]] = true
	}
	return slices.Sorted(maps.Keys(some)), nil
}
