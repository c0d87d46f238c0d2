package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"darksocial/darksocial/record"
	"darksocial/internal/object"
)

// Failures keeps what could not be understood, to be read again when it can.
type Failures interface {
	Put(ctx context.Context, key string, body io.ReadSeeker, old string) (etag string, err error)
}

// Prefixes in the lake. What is under failedPointers says where a failed line is
// and never what it held. Records that nobody else keeps are kept under
// failedRecords, encrypted, for a week.
const (
	failedPointers = "failed/pointers/"
	failedRecords  = "failed/records/"
)

// Place is where a source can be read again.
type Place struct {
	Bucket string `json:"bucket,omitempty"`
	Key    string `json:"key"`
	ETag   string `json:"etag,omitempty"`
}

// failure is the content of a pointer.
type failure struct {
	Place
	Lines []lineRange `json:"lines,omitempty"`
	// More says that further lines failed which are not listed.
	More bool `json:"more,omitempty"`
	// Reason is why the whole source failed.
	Reason string `json:"reason,omitempty"`
}

// lineRange is lines that failed for the same reason, one after the other.
type lineRange struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Reason string `json:"reason"`
}

// failedRanges is how many ranges of lines a pointer lists at most.
const failedRanges = 1000

// failedLines collects the lines of a source that failed.
type failedLines struct {
	ranges []lineRange
	more   bool
}

func (f *failedLines) add(number int, reason string) {
	if n := len(f.ranges) - 1; n >= 0 && f.ranges[n].Reason == reason && f.ranges[n].To == number-1 {
		f.ranges[n].To = number
		return
	}
	if len(f.ranges) == failedRanges {
		f.more = true
		return
	}
	f.ranges = append(f.ranges, lineRange{number, number, reason})
}

// keep writes the pointer of a source, if anything failed in it.
func (f *failedLines) keep(ctx context.Context, failures Failures, in *input) error {
	if len(f.ranges) == 0 {
		return nil
	}
	return keep(ctx, failures, in.source(), failure{Place: in.at, Lines: f.ranges, More: f.more})
}

// keep writes a pointer. Its name is made of the source: written again, it is the same.
func keep(ctx context.Context, failures Failures, source record.Source, f failure) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if _, err := failures.Put(ctx, failedPointers+source.ID.String()+".json", bytes.NewReader(text), object.Any); err != nil {
		return fmt.Errorf("keep what failed in %s: %w", f.Key, err)
	}
	return nil
}
