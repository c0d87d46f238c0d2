package record

import (
	"bytes"
	"cmp"
	"encoding/binary"
)

// Quarter is the length of time a receipt counts, in seconds. Every time zone is
// a whole number of quarters of an hour away from UTC, so the receipts of a local
// day can be told from those of the next.
const Quarter = 15 * 60

// Source is what records were read from: an object of a bucket in one version, a
// file's content, or a range of a stream.
type Source struct {
	ID ID
	// From and To are the first and last sequence number of a range, as numbers
	// without leading zeros. Both are empty for what is read as a whole.
	From, To []byte
}

// ObjectSource is an object of a bucket in the version an ETag names.
func ObjectSource(bucket, key, etag string) Source {
	return Source{ID: hashed("object", bucket, key, etag)}
}

// ContentSource is a file by the hash of its content: the same file under another
// name is the same source.
func ContentSource(hash []byte) Source {
	return Source{ID: hashed("content", string(hash))}
}

// StreamSource is a range of a shard of a stream.
func StreamSource(stream, shard string, from, to []byte) Source {
	return Source{ID: hashed("stream", stream, shard), From: from, To: to}
}

// BatchSource is what requests brought that were written together, by a name no
// other batch has.
func BatchSource(name string) Source { return Source{ID: hashed("batch", name)} }

// Contains reports whether another range of the same source lies within this one:
// a batch that was tried again in halves.
func (s *Source) Contains(other *Source) bool {
	return s.ID == other.ID && compareNumbers(s.From, other.From) <= 0 && compareNumbers(other.To, s.To) <= 0
}

func compareNumbers(a, b []byte) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), bytes.Compare(a, b))
}

// Receipt says what became of the lines of one source in one quarter of an hour.
// It is written when everything it counts is durable. A source has at most one
// receipt per quarter, however often it was read:
//
//	lines = Written + Filtered + Failed
type Receipt struct {
	Source   Source
	Door     Door
	Rules    string // version of the rule tables
	Quarter  int64  // its number: Unix seconds / 900
	Written  int
	Filtered []Count
	Failed   []Count
}

// Count is a number of lines and why they were left out.
type Count struct {
	Reason string
	N      int
}

// AppendKey appends a key under which receipts sort by quarter and source, wide
// ranges before the ranges they contain.
func (r *Receipt) AppendKey(dst []byte) []byte {
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.Quarter))
	dst = append(dst, r.Source.ID[:]...)
	dst = append(append(dst, byte(len(r.Source.From))), r.Source.From...)
	dst = append(dst, ^byte(len(r.Source.To)))
	for _, b := range r.Source.To {
		dst = append(dst, ^b)
	}
	return dst
}

// AppendReceipt appends the receipt in the form it is stored in.
func AppendReceipt(dst []byte, r *Receipt) []byte {
	dst = append(dst, r.Source.ID[:]...)
	dst = appendString(dst, string(r.Source.From))
	dst = appendString(dst, string(r.Source.To))
	dst = append(dst, byte(r.Door))
	dst = appendString(dst, r.Rules)
	dst = binary.AppendUvarint(dst, uint64(r.Quarter))
	dst = binary.AppendUvarint(dst, uint64(r.Written))
	for _, counts := range [...][]Count{r.Filtered, r.Failed} {
		dst = binary.AppendUvarint(dst, uint64(len(counts)))
		for _, c := range counts {
			dst = appendString(dst, c.Reason)
			dst = binary.AppendUvarint(dst, uint64(c.N))
		}
	}
	return dst
}

// DecodeReceipt reads what AppendReceipt wrote.
func DecodeReceipt(data []byte) (Receipt, error) {
	d := decoder{rest: data}
	r := d.receipt()
	return r, d.end()
}

func (d *decoder) receipt() Receipt {
	r := Receipt{Source: Source{ID: d.id()}}
	r.Source.From, r.Source.To = []byte(d.string()), []byte(d.string())
	r.Door = d.door()
	r.Rules = d.string()
	r.Quarter = int64(d.uvarint())
	r.Written = d.int()
	for _, counts := range [...]*[]Count{&r.Filtered, &r.Failed} {
		n := d.length(2)
		for range n {
			*counts = append(*counts, Count{d.string(), d.int()})
		}
	}
	return r
}
