package simulate

import (
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"darksocial/darksocial/share"
)

// Config says what is written.
type Config struct {
	Seed uint64
	Date time.Time // midnight UTC of the first day
	Days int       // 0 is one
	Host string    // of the site, as in x-host-header
	// Views is about how many pages people open in a day. A log has two to three
	// times as many lines.
	Views  int
	World  *World         // nil is the first of Worlds
	Format Format         // "" is CloudFront
	Zone   *time.Location // of the site, for Truth.LocalDays; nil is UTC

	// Keys make the codes that shared links carry; nil is no codes, whatever the World.
	// With codes nothing else happens than without: only addresses differ.
	Keys *share.Keys
	// Coded are the links that are sent by a button that gives each share a code of its
	// own, per thousand of those that are not forwarded; of the others the address was
	// copied.
	Coded uint32
	// Stripped are the clicks on links with a code that come without it, per thousand:
	// an app or a cleaner of addresses has taken it off.
	Stripped uint32
	// Forged are the arrivals by links without a code that come with one that is none of
	// the site's, per thousand.
	Forged uint32
	// Shared is called with each code and what the site would keep of it, when it is
	// made: in the order of time, before anything asks for its address. An error ends
	// the log, and Write returns it. nil is nothing.
	Shared func(share.Code, *share.Item) error
}

// Write writes the log in one piece and says what is in it.
func Write(w io.Writer, c Config) (*Truth, error) {
	return write(c, stream{w})
}

func write(c Config, to sink) (*Truth, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	r := newRun(c, to)
	r.all(r.happen)
	if err := r.closeFile(); err != nil {
		return nil, fmt.Errorf("simulate: %w", err)
	}
	r.truth.Lines = int(r.log.lines)
	return &r.truth, nil
}

// complete checks what is there and fills in what is not.
func (c *Config) complete() error {
	if c.Days == 0 {
		c.Days = 1
	}
	if c.World == nil {
		c.World = &Worlds[0]
	}
	if c.Format == "" {
		c.Format = Formats[0]
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	switch {
	case c.Host == "":
		return errors.New("simulate: Host is empty: name the site")
	case c.Views < 1:
		return fmt.Errorf("simulate: Views is %d: a day has at least one", c.Views)
	case c.Days < 1:
		return fmt.Errorf("simulate: Days is %d: a log has at least one", c.Days)
	case !c.Date.Equal(c.Date.UTC().Truncate(24 * time.Hour)):
		return fmt.Errorf("simulate: Date is %s: give midnight UTC", c.Date.Format(time.RFC3339))
	}
	c.Date = c.Date.UTC()
	if err := c.checkCodes(); err != nil {
		return err
	}
	return c.Format.check()
}

// sink is where a log goes.
type sink interface {
	// open gives what to write to from a time on, and until when.
	open(at time.Time) (w io.WriteCloser, until time.Time, err error)
}

// stream takes all in one piece.
type stream struct{ io.Writer }

func (s stream) open(time.Time) (io.WriteCloser, time.Time, error) { return s, time.Time{}, nil }
func (stream) Close() error                                        { return nil }

// turnFile closes the file before and opens the next. After an error nothing is
// written any more.
func (r *run) turnFile(at uint64) {
	r.until = math.MaxUint64
	if r.fail(r.closeFile()) {
		return
	}
	file, until, err := r.sink.open(r.log.time(at))
	if r.fail(err) {
		return
	}
	r.file = file
	r.out.Reset(file)
	_, _ = r.out.WriteString(formats[r.config.Format].header)
	if !until.IsZero() {
		r.until = uint64(until.Sub(r.config.Date).Milliseconds())
	}
}

// closeFile writes out what is left and returns the first error there was.
func (r *run) closeFile() error {
	r.fail(r.out.Flush()) // bufio keeps the first error
	if r.file != nil {
		r.fail(r.file.Close())
		r.file = nil
	}
	r.out.Reset(io.Discard)
	return r.err
}

func (r *run) fail(err error) bool {
	if r.err == nil {
		r.err = err
	}
	return r.err != nil
}
