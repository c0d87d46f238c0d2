package job

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// Manifest says of what the tables of a day were made. It lies beside them, one
// per site and day: a line of JSON, and behind it the ids of the blocks that were
// read, 12 bytes each, in rising order.
type Manifest struct {
	Site string `json:"site"`
	Date string `json:"dt"`
	Zone string `json:"time_zone"`
	// From and To are when the day begins and ends. They are those of the zone but
	// for the days around a change of it: see window.
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Rules string    `json:"rules"` // version of the rules that resolved the records
	// Closes is when the day closes: three days after its end, or after its first
	// roll-up if that came later. From then on its tables stay as they are.
	Closes time.Time       `json:"closes"`
	Closed bool            `json:"closed"`
	Doors  []string        `json:"doors"` // that saw the day's records
	Tables []ManifestTable `json:"tables"`
	Blocks int             `json:"blocks"`
	Late   int             `json:"late,omitempty"` // records that came after the day was closed, and are not in the tables
}

// ManifestTable is a table as it was written.
type ManifestTable struct {
	Name string `json:"table"`
	Rows int64  `json:"rows"`
	ETag string `json:"etag"`
}

// closeAfter is how long a day stays open after its end. CloudFront delivers most
// logs within an hour and warns of 24; three days leave room for what failed and
// was sent again.
const closeAfter = 3 * 24 * time.Hour

func manifestKey(site, date string) string {
	return "manifests/site=" + site + "/dt=" + date + ".manifest"
}

// TableKey is where the table of a day lies.
func TableKey(table, site, date string) string {
	return table + "/site=" + site + "/dt=" + date + "/part.parquet"
}

// stored is a manifest as it was found, with its blocks still to be read.
type stored struct {
	Manifest
	etag string // "" if there was none
}

// readManifest reads the manifest of a day; there may be none. blocks, which may
// be nil, is told the ids of its blocks.
func readManifest(ctx context.Context, lake object.Store, site, date string, blocks func(ledger.BlockID) error) (*stored, error) {
	key := manifestKey(site, date)
	body, etag, err := lake.Open(ctx, key)
	if errors.Is(err, object.ErrNotFound) {
		return &stored{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer body.Close()
	in := bufio.NewReader(body)
	line, err := in.ReadBytes('\n')
	m := &stored{etag: etag}
	if err == nil {
		err = json.Unmarshal(line, &m.Manifest)
	}
	for n := 0; err == nil && blocks != nil && n < m.Blocks; n++ {
		var id ledger.BlockID
		if _, err = io.ReadFull(in, id[:]); err == nil {
			err = blocks(id)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("manifest %s: %w", key, err)
	}
	return m, nil
}

// ManifestOf returns the manifest of a day, or nil if it has no tables.
func ManifestOf(ctx context.Context, lake object.Store, site, date string) (*Manifest, error) {
	m, err := readManifest(ctx, lake, site, date, nil)
	if err != nil || m.etag == "" {
		return nil, err
	}
	return &m.Manifest, nil
}

// writeManifest writes a manifest in the place of the one that was found.
func writeManifest(ctx context.Context, lake object.Store, dir string, m *Manifest, blocks iter.Seq2[[]byte, error], found string) error {
	file, err := os.CreateTemp(dir, "manifest-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	ids := bufio.NewWriter(file)
	m.Blocks = 0
	for range blocks {
		m.Blocks++
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, _ = ids.Write(append(line, '\n')) // Flush tells
	for id, err := range blocks {
		if err != nil {
			return err
		}
		_, _ = ids.Write(id)
	}
	if err := ids.Flush(); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := lake.Put(ctx, manifestKey(m.Site, m.Date), file, found); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return nil
}

// lost counts the blocks of the last roll-up that were not read this time. Both
// lists rise.
func lost(ctx context.Context, lake object.Store, site, date string, read iter.Seq2[[]byte, error]) (int, error) {
	next, stop := iter.Pull2(read)
	defer stop()
	missing := 0
	at, err, more := next()
	_, manifestErr := readManifest(ctx, lake, site, date, func(id ledger.BlockID) error {
		for more && err == nil && bytes.Compare(at, id[:]) < 0 {
			at, err, more = next()
		}
		if err == nil && (!more || !bytes.Equal(at, id[:])) {
			missing++
		}
		return err
	})
	return missing, errors.Join(err, manifestErr)
}
