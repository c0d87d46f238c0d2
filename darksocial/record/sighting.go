package record

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
)

// ID names a page view of a site: a hash, of which 12 bytes are enough for two in
// ten thousand million never to meet by chance, and none to be found on purpose.
type ID [12]byte

// NewID is the id of the page view that a site's CDN gave a request id.
func NewID(site, requestID string) ID {
	return hashed("request", site, requestID)
}

// ViewID is the id of a page view by the name that the page itself gave it, where no
// request id is known.
func ViewID(site, name string) ID { return hashed("view", site, name) }

// LineID is the id of a page view in a log without request ids: a hash of what
// the line says. ordinal tells apart lines that say the same, counted from 0.
func LineID(site string, v *darksocial.Visit, ordinal int) ID {
	var when [16]byte
	binary.BigEndian.PutUint64(when[:], uint64(v.Time.UnixNano()))
	binary.BigEndian.PutUint32(when[8:], uint32(v.Status))
	binary.BigEndian.PutUint32(when[12:], uint32(ordinal))
	return hashed("line", site, string(when[:]), v.Method, v.Host, v.Path, v.Query, v.Referer, v.UserAgent)
}

// hashed hashes parts with their lengths, so that no two lists of parts are alike.
func hashed(parts ...string) ID {
	var buf [1024]byte
	text := buf[:0]
	for _, part := range parts {
		text = binary.AppendUvarint(text, uint64(len(part)))
		text = append(text, part...)
	}
	sum := sha256.Sum256(text)
	return ID(sum[:len(ID{})])
}

// String gives the id as it is shown and looked up: 16 characters.
func (id ID) String() string { return base64.RawURLEncoding.EncodeToString(id[:]) }

// ParseID reads what String wrote.
func ParseID(s string) (ID, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(raw) != len(ID{}) {
		return ID{}, false
	}
	return ID(raw), true
}

// MaxShardBits is how finely a site's records may be divided: into 64 parts.
const MaxShardBits = 6

// Shard is the part of 2^bits an id belongs to: its leading bits.
func (id ID) Shard(bits int) int { return int(id[0]) >> (8 - bits) }

// Door is a way by which page views are seen. Where doors disagree on page, time
// and status, the first in this order is believed.
type Door uint8

const (
	Log      Door = iota // an access log, in files
	Realtime             // an access log, as a stream
	Route                // a page proxied by us
	Beacon               // a script in the page
	Read                 // the same script, of how the page was read: never a page view by itself
	numDoors

	// What comes in by the doors behind these is no page view.

	Shares Door = 16 // share buttons tell that they were used: see Share
	Orders Door = 17 // a shop tells what was bought, and given back: see Order
)

func (d Door) String() string {
	switch d {
	case Shares:
		return "share"
	case Orders:
		return "order"
	}
	return darksocial.DoorNames[d]
}

// Sighting is what one door saw of one page view.
type Sighting struct {
	ID     ID
	Door   Door
	Time   int64 // at the edge, in Unix seconds
	Page   string
	Status int    // HTTP status; 0 if the door does not see it
	Rules  string // version of the rule tables by which the facts were read
	Facts  darksocial.Facts

	Code    string // a share code of the site's that the page was opened with, its tag checked
	Visitor string // the day's hash of a visitor; empty where none was made
	Reading reading.Reading
	Article darksocial.Article
}

// Shown is the time of a sighting.
func (s *Sighting) Shown() time.Time { return time.Unix(s.Time, 0).UTC() }

// merge adds another sighting of the same page view at the same door: the same
// line delivered twice, or a beacon that was sent again.
func (s *Sighting) merge(other *Sighting) {
	if other.place().compare(s.place()) < 0 {
		s.Time, s.Page, s.Status = other.Time, other.Page, other.Status
	}
	s.Facts.Merge(&other.Facts)
	s.Rules = max(s.Rules, other.Rules)
	s.Code = max(s.Code, other.Code)
	s.Visitor = max(s.Visitor, other.Visitor)
	s.Reading.Merge(other.Reading)
	if other.Article.Compare(s.Article) > 0 {
		s.Article = other.Article
	}
}

// place is where and when a page was shown: one thing, not three.
type place struct {
	time   int64
	page   string
	status int
}

func (s *Sighting) place() place { return place{s.Time, s.Page, s.Status} }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.time, q.time), cmp.Compare(p.page, q.page), cmp.Compare(p.status, q.status))
}

func (id ID) compare(other ID) int { return bytes.Compare(id[:], other[:]) }
