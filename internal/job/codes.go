package job

import (
	"context"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/site"
)

// Codes checks share codes, and notes what is seen of them: see codes.Codes.
type Codes interface {
	In(ctx context.Context, site, query, parameter string) (share.Code, error)
	Note(ctx context.Context, site string, events []codes.Event) error
}

// Coded makes a Labeler see share codes in the addresses of pages.
func (l *Labeler) Coded(codes Codes) *Labeler {
	l.codes = codes
	return l
}

// codeOf adds to a sighting the share code in the page's address.
func (l *Labeler) codeOf(ctx context.Context, s *site.Served, query string, sighting *record.Sighting) error {
	if l.codes == nil {
		return nil
	}
	code, err := l.codes.In(ctx, s.Name, query, s.CodeName())
	sighting.Code = string(code)
	return err
}

// noted collects what a source says of share codes, each thing once.
type noted struct {
	codes Codes
	seen  map[notedOf]int64 // when first, in Unix seconds
}

type notedOf struct {
	site    string
	code    share.Code
	preview string
}

// mostNoted bounds how much is collected before it is noted.
const mostNoted = 10_000

func newNoted(codes Codes) *noted { return &noted{codes: codes, seen: map[notedOf]int64{}} }

// add takes what a sighting says.
func (n *noted) add(ctx context.Context, s *site.Served, sighting *record.Sighting) error {
	if sighting.Code == "" || sighting.Facts.Objection == darksocial.Yes {
		return nil
	}
	of := notedOf{site: s.Name, code: share.Code(sighting.Code)}
	switch label := darksocial.Resolve(&sighting.Facts); {
	case label.Kind == darksocial.KindVisit:
	case label.ProvesShare() != "":
		of.preview = label.ProvesShare()
	default:
		return nil
	}
	if at, ok := n.seen[of]; !ok || sighting.Time < at {
		n.seen[of] = sighting.Time
	}
	if len(n.seen) < mostNoted {
		return nil
	}
	return n.flush(ctx)
}

// flush notes what was collected. It may be noted before the records are durable: read
// again, they say the same.
func (n *noted) flush(ctx context.Context) error {
	bySite := map[string][]codes.Event{}
	for of, at := range n.seen {
		bySite[of.site] = append(bySite[of.site], codes.Event{Code: of.code, At: at, Preview: of.preview})
	}
	clear(n.seen)
	for name, events := range bySite {
		if err := n.codes.Note(ctx, name, events); err != nil {
			return err
		}
	}
	return nil
}
