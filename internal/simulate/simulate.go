// Package simulate writes the access log of a site that does not exist: one day
// of a small local newspaper, in German and English, as CloudFront would have
// logged it. "config → log + what is in it".
//
//	truth, err := simulate.Write(file, simulate.Config{
//		Seed: 1, Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
//		Host: "www.example.com", Views: 7000,
//	})
//
// People come by the ways of ways.go, and each way shows what it shows at a real
// site: some name themselves, most do not. A link that is shared is read by its
// app for a preview first and clicked on minutes later. Around the people there
// are pictures, crawlers, a scan for holes and a few damaged lines.
//
// The same Config gives the same bytes, on every machine and with every Go.
// Lines come out in the order of time and are not kept: memory holds the site's
// pages and what is still to come of the visits under way.
package simulate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"
)

// Config says what day is written.
type Config struct {
	Seed uint64
	Date time.Time // midnight UTC
	Host string    // of the site, as in x-host-header
	// Views is about how many pages people open in the day. A log has two to
	// three times as many lines.
	Views int
}

// Truth counts what was written. Every line is in exactly one of its numbers.
type Truth struct {
	Lines      int              // without the directives
	Visits     map[string]Shown // people who came from elsewhere, by way
	Inside     int              // clicks from page to page
	Previews   map[string]int   // pages that apps read for a preview, by app
	Bots       int              // pages that other programs read
	Assets     int              // styles, pictures, feeds: what is no page
	Errors     int              // redirects and errors
	Unreadable int              // damaged lines
}

// Shown counts visits by what their requests show.
type Shown struct {
	Named    int // something in the request names the way
	Nameless int // nothing does: to a log they are "direct"
}

// Write writes the day's log and says what is in it.
func Write(w io.Writer, c Config) (Truth, error) {
	if err := c.check(); err != nil {
		return Truth{}, err
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	d := newDay(buffered, c)
	d.run()
	if err := buffered.Flush(); err != nil { // bufio keeps the first error
		return Truth{}, fmt.Errorf("simulate: %w", err)
	}
	return d.truth, nil
}

func (c *Config) check() error {
	switch {
	case c.Host == "":
		return errors.New("simulate: Host is empty: name the site")
	case c.Views < 1:
		return fmt.Errorf("simulate: Views is %d: a day has at least one", c.Views)
	case !c.Date.Equal(c.Date.UTC().Truncate(24 * time.Hour)):
		return fmt.Errorf("simulate: Date is %s: give midnight UTC", c.Date.Format(time.RFC3339))
	}
	return nil
}
