package simulate

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"darksocial/darksocial"
)

// Files of a folder beside the logs.
const (
	TruthFile = "truth.json" // a Truth
	SiteFile  = "site.json"  // the site as its owner would describe it, for --site-file
)

// WriteFiles writes the log into a folder, a file for each day or each hour, with
// the truth and the site beside it. The folder may be there already, but empty:
// logs of two worlds would be read as one.
func WriteFiles(dir string, hourly bool, c Config) (*Truth, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	if err := makeEmpty(dir); err != nil {
		return nil, fmt.Errorf("simulate: %w", err)
	}
	truth, err := write(c, &folder{dir, hourly, &c})
	if err != nil {
		return nil, err
	}
	if err := truth.WriteFile(filepath.Join(dir, TruthFile)); err != nil {
		return nil, err
	}
	site := c.World.Site(c.Host)
	return truth, writeJSON(filepath.Join(dir, SiteFile), struct {
		Hosts       []string                `json:"hosts"`
		OwnChannels []darksocial.OwnChannel `json:"own_channels,omitempty"`
	}{site.Hosts, site.OwnChannels})
}

// WriteFile writes the truth as JSON.
func (t *Truth) WriteFile(name string) error { return writeJSON(name, t) }

func makeEmpty(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty: give a new folder", dir)
	}
	return err
}

func writeJSON(name string, value any) error {
	b, err := json.MarshalIndent(value, "", " ")
	if err == nil {
		err = os.WriteFile(name, append(b, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	return nil
}

// folder makes a file for each day or hour that has a line.
type folder struct {
	dir    string
	hourly bool
	config *Config
}

func (f *folder) open(at time.Time) (io.WriteCloser, time.Time, error) {
	from, until := at.Truncate(24*time.Hour), at.Truncate(24*time.Hour).AddDate(0, 0, 1)
	name := from.Format(time.DateOnly) + ".log.gz"
	if f.hourly {
		from, until = at.Truncate(time.Hour), at.Truncate(time.Hour).Add(time.Hour)
		name = from.Format("2006-01-02-15") + ".log.gz"
		if strings.HasPrefix(string(f.config.Format), "cloudfront") { // as CloudFront names them
			name = fmt.Sprintf("E2EXAMPLE.%s.%08x.gz", from.Format("2006-01-02-15"), uint32(mix(f.config.Seed<<32^uint64(from.Unix()))))
		}
	}
	file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		err = fmt.Errorf("%w: somebody else writes into the folder", err)
	}
	if err != nil {
		return nil, until, err
	}
	z, err := gzip.NewWriterLevel(file, gzip.BestSpeed)
	return zipped{z, file}, until, err
}

// zipped is a compressed file.
type zipped struct {
	*gzip.Writer
	file *os.File
}

func (z zipped) Close() error { return errors.Join(z.Writer.Close(), z.file.Close()) }
