package record

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"
)

// MaxBlock is how long a block may become, in bytes. An item of DynamoDB ends at
// 400 KB, keys and all.
const MaxBlock = 300_000

// maxContent bounds what a block may unpack to, so that a damaged or hostile one
// cannot take all memory. Packer stays far below it.
const maxContent = 64 << 20

// blockVersion is the first byte of a block. A change of what a block holds takes
// the next number, and Unpack goes on reading those before.
const blockVersion = 1

// A block is
//
//	version  1 byte
//	checksum 4 bytes, CRC-32C of what follows
//	n        uvarint, number of sightings
//	ids      n × 12 bytes; hashes do not compress
//	length   uvarint, of what follows when unpacked
//	flate of:
//	  receipts  uvarint, and each with its length in front
//	  bodies    n, each with its length in front: see Entry
//	  times     n × 4 bytes, in four columns, highest byte first
//
// Sightings are sorted by body, so that what they share stands side by side.

var checksums = crc32.MakeTable(crc32.Castagnoli)

// Packed is an entry on its way into a block.
type Packed struct {
	ID   ID
	Time int64
	Body []byte // as AppendBody wrote it
}

// Pack makes a block. sightings are put into another order.
func Pack(sightings []Packed, receipts []Receipt) []byte {
	slices.SortFunc(sightings, func(a, b Packed) int {
		return cmp.Or(bytes.Compare(a.Body, b.Body), cmp.Compare(a.Time, b.Time), a.ID.compare(b.ID))
	})
	var head bytes.Buffer
	head.Write([]byte{blockVersion, 0, 0, 0, 0})
	head.Write(binary.AppendUvarint(nil, uint64(len(sightings))))
	for i := range sightings {
		head.Write(sightings[i].ID[:])
	}
	content := binary.AppendUvarint(nil, uint64(len(receipts)))
	for i := range receipts {
		content = appendString(content, string(AppendReceipt(nil, &receipts[i])))
	}
	for i := range sightings {
		content = binary.AppendUvarint(content, uint64(len(sightings[i].Body)))
		content = append(content, sightings[i].Body...)
	}
	for shift := 24; shift >= 0; shift -= 8 {
		for i := range sightings {
			content = append(content, byte(uint32(sightings[i].Time)>>shift))
		}
	}
	head.Write(binary.AppendUvarint(nil, uint64(len(content))))
	w := writers.Get().(*flate.Writer)
	w.Reset(&head)
	_, _ = w.Write(content) // a bytes.Buffer takes everything
	_ = w.Close()
	writers.Put(w)
	block := head.Bytes()
	binary.BigEndian.PutUint32(block[1:], crc32.Checksum(block[5:], checksums))
	return block
}

// writers are kept because each has a megabyte of tables.
var writers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(err) // no such level
	}
	return w
}}

// BlockKey is the name of a block: a hash of the ids in it, their doors and the
// sources it has receipts of. A block that is written again gets the same name;
// one with other content never does.
func BlockKey(sightings []Packed, receipts []Receipt) string {
	ids, doors := make([]seen, len(sightings)), make([]byte, len(sightings))
	for i, s := range sightings {
		ids[i] = seen{s.ID, s.Body[0]}
	}
	slices.SortFunc(ids, seen.compare)
	h := sha256.New()
	for i := range ids {
		h.Write(ids[i].id[:])
		doors[i] = ids[i].door
	}
	if some := slices.Compact(slices.Clone(doors)); len(some) <= 1 {
		doors = some // one byte for a batch of one door, as it was before there were others
	}
	h.Write(doors)
	keys := make([]string, len(receipts))
	for i := range receipts {
		keys[i] = string(receipts[i].AppendKey(nil))
	}
	slices.Sort(keys)
	for _, key := range keys {
		h.Write(appendString(nil, key))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// seen is that a door saw a page view.
type seen struct {
	id   ID
	door byte
}

func (s seen) compare(other seen) int {
	return cmp.Or(s.id.compare(other.id), cmp.Compare(s.door, other.door))
}

// Unpacked is the content of a block.
type Unpacked struct {
	Sightings []Packed // bodies lie in one buffer
	Receipts  []Receipt
}

// Unpack reads a block. The error of a block that is damaged, or from a newer
// version, says so.
func Unpack(block []byte) (*Unpacked, error) {
	switch {
	case len(block) < 5:
		return nil, fmt.Errorf("record: block %w", errShort)
	case block[0] != blockVersion:
		return nil, fmt.Errorf("record: block of version %d, this program reads up to %d: update it", block[0], blockVersion)
	case binary.BigEndian.Uint32(block[1:]) != crc32.Checksum(block[5:], checksums):
		return nil, fmt.Errorf("record: block is damaged: its checksum is wrong")
	}
	d := decoder{rest: block[5:]}
	n := d.length(len(ID{}))
	u := &Unpacked{Sightings: make([]Packed, n)}
	for i := range u.Sightings {
		u.Sightings[i].ID = d.id()
	}
	d.inflate()
	for range d.length(1) {
		r, err := DecodeReceipt(d.bytes(d.length(1)))
		if err != nil {
			d.fail(err)
			break
		}
		u.Receipts = append(u.Receipts, r)
	}
	for i := range u.Sightings {
		if u.Sightings[i].Body = d.bytes(d.length(1)); d.err != nil {
			break
		}
	}
	for range 4 {
		for i, b := range d.bytes(n) {
			u.Sightings[i].Time = u.Sightings[i].Time<<8 | int64(b)
		}
	}
	if err := d.end(); err != nil {
		return nil, fmt.Errorf("record: block %w", err)
	}
	return u, nil
}

// inflate unpacks what comes next, which says its length in front.
func (d *decoder) inflate() {
	n := d.uvarint()
	if n > min(maxContent, 1032*uint64(len(d.rest))) { // no byte of deflate stands for more
		d.fail(errValue)
	}
	if d.err != nil {
		return
	}
	r := flate.NewReader(bytes.NewReader(d.rest))
	content := make([]byte, n)
	if _, err := io.ReadFull(r, content); err != nil {
		d.fail(fmt.Errorf("is damaged: %w", err))
		return
	}
	if _, err := r.Read(make([]byte, 1)); err != io.EOF {
		d.fail(errTooMuch)
		return
	}
	d.rest = content
}
