package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
)

// AppendSighting appends a sighting without its ID and Time: what many have in
// common, so that it packs well. DecodeSighting reads it.
func AppendSighting(dst []byte, s *Sighting) []byte {
	f := &s.Facts
	dst = append(dst, byte(s.Door))
	dst = binary.AppendUvarint(dst, uint64(s.Status))
	dst = append(dst,
		byte(f.Sees)|byte(f.FetchSite)<<3|byte(f.Prefetch)<<6,
		byte(f.Objection)|byte(f.Device)<<2|byte(f.Navigation)<<4|bit(f.OffPlatform)<<7)
	dst = append(dst, byte(f.Evidence.Len()))
	for i := range f.Evidence.Len() {
		dst = appendString(dst, darksocial.RuleOf(f.Evidence.At(i)).ID)
	}
	for _, text := range [...]string{f.OS, f.Browser, f.Country, f.RefererHost, f.Tagged,
		f.Campaign.Source, f.Campaign.Medium, f.Campaign.Name, f.Unnamed, s.Rules, s.Page} {
		dst = appendString(dst, text)
	}
	dst = append(dst, bit(s.Code != "")|bit(s.Visitor != "")<<1|bit(s.Reading.Known)<<2|bit(s.Article != darksocial.Article{})<<3)
	if s.Code != "" {
		dst = appendString(dst, s.Code)
	}
	if s.Visitor != "" {
		dst = appendString(dst, s.Visitor)
	}
	if s.Reading.Known {
		dst = binary.AppendUvarint(dst, uint64(s.Reading.Seconds))
		dst = append(dst, s.Reading.Depth)
		dst = binary.AppendUvarint(dst, uint64(s.Reading.Words))
	}
	if a := &s.Article; *a != (darksocial.Article{}) {
		for _, text := range [...]string{a.Title, a.Topic, a.Author, a.Published, a.Canonical} {
			dst = appendString(dst, text)
		}
		dst = binary.AppendUvarint(dst, uint64(a.Words))
	}
	return dst
}

// DecodeSighting reads what AppendSighting wrote.
func DecodeSighting(body []byte, id ID, time int64) (Sighting, error) {
	d := decoder{rest: body}
	s := Sighting{ID: id, Time: time}
	f := &s.Facts
	if s.Door = d.door(); s.Door >= numDoors { // what comes in by others is no sighting
		d.fail(errValue)
	}
	s.Status = d.int()
	packed := d.byte()
	f.Sees, f.FetchSite, f.Prefetch = darksocial.Sight(packed&7), darksocial.FetchSite(packed>>3&7), darksocial.Tri(packed>>6)
	packed = d.byte()
	f.Objection, f.Device, f.Navigation, f.OffPlatform = darksocial.Tri(packed&3), darksocial.Device(packed>>2&3), darksocial.Navigation(packed>>4&7), packed>>7 == 1
	if f.FetchSite > darksocial.FetchSiteSame || f.Prefetch > darksocial.Yes || f.Objection > darksocial.Yes || f.Navigation > darksocial.Prerender {
		d.fail(errValue)
	}
	for range d.byte() {
		id := d.string()
		rule, ok := darksocial.FindRule(id)
		if !ok && d.err == nil {
			d.fail(fmt.Errorf("rule %q is unknown to this program: it was written by a newer one, update this one", id))
		}
		if d.err != nil {
			break
		}
		f.Evidence.Add(rule)
	}
	for _, text := range [...]*string{&f.OS, &f.Browser, &f.Country, &f.RefererHost, &f.Tagged,
		&f.Campaign.Source, &f.Campaign.Medium, &f.Campaign.Name, &f.Unnamed, &s.Rules, &s.Page} {
		*text = d.string()
	}
	has := d.byte()
	if has&1 != 0 {
		s.Code = d.string()
	}
	if has&2 != 0 {
		s.Visitor = d.string()
	}
	if has&4 != 0 {
		s.Reading = reading.Reading{Known: true, Seconds: d.uint16(), Depth: d.byte(), Words: d.uint16()}
	}
	if a := &s.Article; has&8 != 0 {
		for _, text := range [...]*string{&a.Title, &a.Topic, &a.Author, &a.Published, &a.Canonical} {
			*text = d.string()
		}
		a.Words = d.uint16()
	}
	return s, d.end()
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendString(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

var (
	errShort   = errors.New("ends early")
	errValue   = errors.New("holds a value that is none")
	errTooMuch = errors.New("goes on after its end")
)

// decoder reads values one after the other. After the first error it reads
// nothing more, and end returns it.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.rest = nil
}

func (d *decoder) end() error {
	if d.err == nil && len(d.rest) > 0 {
		d.err = errTooMuch
	}
	return d.err
}

func (d *decoder) byte() byte {
	if len(d.rest) == 0 {
		d.fail(errShort)
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.fail(errShort)
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) uint16() uint16 { return uint16(min(d.uvarint(), math.MaxUint16)) }

func (d *decoder) int() int { return int(min(d.uvarint(), math.MaxInt32)) }

// length reads how many things follow that take at least size bytes each.
func (d *decoder) length(size int) int {
	n := d.uvarint()
	if n > uint64(len(d.rest)/size) {
		d.fail(errShort)
		return 0
	}
	return int(n)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.fail(errShort)
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) string() string { return string(d.bytes(d.length(1))) }

func (d *decoder) id() (id ID) {
	copy(id[:], d.bytes(len(id)))
	return id
}

func (d *decoder) door() Door {
	door := Door(d.byte())
	if door >= numDoors && door != Shares && door != Orders {
		d.fail(errValue)
		return Log
	}
	return door
}
