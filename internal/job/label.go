package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Labeler reads sources of lines, labels each line and keeps what is a page view
// from outside. It is safe for concurrent use.
type Labeler struct {
	ledger   *ledger.Ledger
	sites    site.All
	failures Failures
	formats  Formats
	codes    Codes // nil: none are looked for
}

// Formats say how lines are read: those of objects and files, and those of a
// stream. A line without a host is of the first site.
type Formats struct{ Objects, Stream edge.Options }

// NewLabeler returns a Labeler of sites, of which there is at least one.
func NewLabeler(l *ledger.Ledger, sites []*site.Site, failures Failures, formats Formats) *Labeler {
	if len(sites[0].Hosts) > 0 {
		formats.Objects.Host, formats.Stream.Host = sites[0].Hosts[0], sites[0].Hosts[0]
	}
	return &Labeler{ledger: l, sites: site.Serve(sites), failures: failures, formats: formats}
}

// Result counts lines by what became of them:
//
//	Lines = Written + Σ Filtered + Σ Failed
//
// Which of the written ones were there before, only a roll-up can tell.
type Result struct {
	Lines    int            `json:"lines"`
	Written  int            `json:"written"`
	Filtered map[string]int `json:"filtered"`
	Failed   map[string]int `json:"failed"`
}

// NewResult returns one of no lines.
func NewResult() *Result { return &Result{Filtered: map[string]int{}, Failed: map[string]int{}} }

// Add adds another result.
func (r *Result) Add(other *Result) {
	r.Lines += other.Lines
	r.Written += other.Written
	for _, m := range [...]struct {
		to, from map[string]int
	}{{r.Filtered, other.Filtered}, {r.Failed, other.Failed}} {
		for reason, n := range m.from {
			m.to[reason] += n
		}
	}
}

// Reasons why a line is left out, beside those of package edge and of its label.
const (
	reasonHost     = "other_host" // a host of no site of ours
	reasonNoTime   = "no_time"
	reasonDamaged  = "damaged"  // the rest of a gzip
	reasonGone     = "gone"     // an object that was deleted before it was read
	reasonReplaced = "replaced" // an object that was overwritten before it was read
)

// input is a source being read.
type input struct {
	name     string // in errors
	door     record.Door
	options  edge.Options
	body     io.Reader
	source   func() record.Source // asked for when the body was read
	modified time.Time            // dates lines that say no time
	at       Place
	keepLine func(number int) error // keeps a line that failed, where none can be pointed to; may be nil
	progress func(lines int)        // may be nil
}

// read labels the lines of a source into a batch and returns what became of them.
// An error means that the source, or the store, failed: nothing of it counts, and
// it can be read again. What is wrong with the lines is no error.
func (l *Labeler) read(ctx context.Context, batch *ledger.Batch, in *input) (*Result, error) {
	body := &remembering{r: in.body}
	reader, err := edge.NewReader(body, in.name, in.options)
	if err != nil {
		return nil, err
	}
	t := newTally(in.door)
	ids := newOrdinals()
	failed := failedLines{}
	said := newNoted(l.codes)
	var line edge.Line
	var sighting record.Sighting
	for reader.Next(&line) {
		t.lines++
		if in.progress != nil {
			in.progress(t.lines)
		}
		s, reason, err := l.sighting(&line, ids, in.door, &sighting)
		switch {
		case err != nil:
			t.failed(s, reason)
			if in.keepLine == nil {
				failed.add(line.Number, reason)
			} else if err := in.keepLine(line.Number); err != nil {
				return nil, err
			}
		case reason != "":
			t.filtered(s, sighting.Time, reason)
		default:
			err := l.codeOf(ctx, s, line.Visit.Query, &sighting)
			if err == nil {
				err = said.add(ctx, s, &sighting)
			}
			if err == nil {
				err = batch.Add(ctx, s.Site, &sighting)
			}
			if err != nil {
				return nil, err
			}
			t.written(s, sighting.Time)
		}
		if t.lines%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	if body.err != nil {
		return nil, fmt.Errorf("read %s: %w", in.name, body.err)
	}
	if reader.Err() != nil { // a damaged gzip: reading it again would not help
		t.lines++
		failed.add(line.Number+1, reasonDamaged)
		t.failed(l.sites[0], reasonDamaged)
	}
	if err := failed.keep(ctx, l.failures, in); err != nil {
		return nil, err
	}
	if err := said.flush(ctx); err != nil {
		return nil, err
	}
	return t.result(), t.deliver(ctx, batch, in)
}

// sighting makes a sighting of a line, or says why it is left out. An error means
// that the line could not be understood.
func (l *Labeler) sighting(line *edge.Line, ids *ordinals, door record.Door, to *record.Sighting) (s *site.Served, reason string, err error) {
	if line.Err != nil {
		return l.sites[0], edge.Reason(line.Err), line.Err
	}
	v := &line.Visit
	s, ours := l.sites.Of(v.Host)
	if v.Time.IsZero() {
		return s, reasonNoTime, errNoTime
	}
	*to = record.Sighting{Door: door, Time: v.Time.Unix()}
	if !ours {
		return s, reasonHost, nil
	}
	to.Facts = s.Classifier.Facts(v)
	if label := darksocial.Resolve(&to.Facts); label.LeftOut() != "" {
		return s, label.LeftOut(), nil
	}
	if v.ID != "" {
		to.ID = record.NewID(s.Name, v.ID)
	} else {
		to.ID = ids.id(s.Name, v)
	}
	to.Page, to.Status, to.Rules = s.Page(v.Path), v.Status, darksocial.Version()
	return s, "", nil
}

var errNoTime = errors.New("the line has no time: nobody knows of which day it is")

// remembering remembers the error of the body itself, so that a connection that
// broke is told from a file that is damaged.
type remembering struct {
	r   io.Reader
	err error
}

func (m *remembering) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && err != io.EOF {
		m.err = err
	}
	return n, err
}
