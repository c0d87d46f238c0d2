package simulate

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

var friday = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func simulated(t testing.TB, c Config) ([]byte, *Truth) {
	t.Helper()
	var b bytes.Buffer
	truth, err := Write(&b, c)
	require.NoError(t, err)
	return b.Bytes(), truth
}

func world(t testing.TB, name string) *World {
	t.Helper()
	w, ok := ByName(name)
	require.True(t, ok, name)
	return w
}

// later is when the logs are read: a line of the future is refused.
func later() time.Time { return friday.AddDate(0, 1, 0) }

func reader(t testing.TB, log []byte) *edge.Reader {
	t.Helper()
	r, err := edge.NewReader(bytes.NewReader(log), "log", edge.Options{
		Format: edge.CloudFront,
		Now:    later,
	})
	require.NoError(t, err)
	return r
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, f := range Formats {
		c := Config{Seed: 7, Date: friday, Days: 2, Host: host, Views: 1500, World: world(t, "usual"), Format: f}
		first, truth := simulated(t, c)
		again, truthAgain := simulated(t, c)
		assert.True(t, bytes.Equal(first, again), f)
		assert.Equal(t, truth, truthAgain, f)

		c.Zone = time.FixedZone("east", 8*3600)
		zoned, truthZoned := simulated(t, c)
		assert.True(t, bytes.Equal(first, zoned), f)
		assert.Equal(t, truth.Days, truthZoned.Days, f)
	}
}

// TestOtherRequests: no two logs have a request id in common, or what was labelled
// of one would be taken for the other's.
func TestOtherRequests(t *testing.T) {
	c := Config{Seed: 7, Date: friday, Host: host, Views: 1000}
	ids := requestIDs(t, c)
	for name, change := range map[string]func(*Config){
		"seed":  func(c *Config) { c.Seed++ },
		"date":  func(c *Config) { c.Date = c.Date.AddDate(0, 0, 1) },
		"world": func(c *Config) { c.World = world(t, "usual") },
	} {
		other := c
		change(&other)
		for id := range requestIDs(t, other) {
			require.False(t, ids[id], "another %s, other requests", name)
		}
	}
}

func requestIDs(t *testing.T, c Config) map[string]bool {
	t.Helper()
	log, _ := simulated(t, c)
	ids := map[string]bool{}
	var line edge.Line
	r := reader(t, log)
	for r.Next(&line) {
		if line.Err == nil {
			if len(line.ID) != 56 || ids[line.ID] {
				require.Fail(t, "not an id of its own", line.ID)
			}
			ids[strings.Clone(line.ID)] = true
		}
	}
	require.NoError(t, r.Err())
	require.NotEmpty(t, ids)
	return ids
}

func TestConfigIsChecked(t *testing.T) {
	for want, spoil := range map[string]func(*Config){
		"Host is empty":                     func(c *Config) { c.Host = "" },
		"Views is 0":                        func(c *Config) { c.Views = 0 },
		"Days is -1":                        func(c *Config) { c.Days = -1 },
		"Date is 2026-11-20T01:00:00Z":      func(c *Config) { c.Date = friday.Add(time.Hour) },
		"Date is 2026-11-20T00:00:00+01:00": func(c *Config) { c.Date = time.Date(2026, 11, 20, 0, 0, 0, 0, time.FixedZone("", 3600)) },
		"Format is none of cloudfront, ":    func(c *Config) { c.Format = "weblog" },
	} {
		c := Config{Seed: 1, Date: friday, Host: host, Views: 10}
		spoil(&c)
		_, err := Write(io.Discard, c)
		assert.ErrorContains(t, err, want)
	}
}

// TestWriteErrorEndsIt: what cannot be written is not simulated any more.
func TestWriteErrorEndsIt(t *testing.T) {
	full := errors.New("disk full")
	written := 0
	_, err := Write(writerFunc(func([]byte) (int, error) { written++; return 0, full }), Config{Seed: 1, Date: friday, Days: 1000, Host: host, Views: 10_000})
	assert.ErrorIs(t, err, full)
	assert.Equal(t, 1, written)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestFiles: the files of the days, or of the hours, are the log in pieces, and
// each can be read by itself.
func TestFiles(t *testing.T) {
	c := Config{Seed: 7, Date: friday, Days: 2, Host: host, Views: 800, World: world(t, "channel")}
	whole, truth := simulated(t, c)
	header := string(whole[:strings.Index(string(whole), "\n2026")+1])
	for _, hourly := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "logs")
		got, err := WriteFiles(dir, hourly, c)
		require.NoError(t, err)
		require.Equal(t, truth, got)

		var all strings.Builder
		all.WriteString(header)
		names, err := filepath.Glob(filepath.Join(dir, "*.gz"))
		require.NoError(t, err)
		for _, name := range names {
			lines, ok := strings.CutPrefix(unzip(t, name), header)
			require.True(t, ok, name)
			date := strings.ReplaceAll(strings.Split(lines, ":")[0], "\t", "-") // 2026-11-20-09
			if !hourly {
				date = date[:len("2026-11-20")]
			}
			require.Contains(t, filepath.Base(name), date)
			all.WriteString(lines)
		}
		require.True(t, all.String() == string(whole))
		if hourly {
			assert.Greater(t, len(names), 40)
			assert.Regexp(t, `^E2EXAMPLE\.2026-11-20-\d\d\.[0-9a-f]{8}\.gz$`, filepath.Base(names[0]))
		} else {
			assert.Len(t, names, 2)
		}

		var read Truth
		content, err := os.ReadFile(filepath.Join(dir, TruthFile))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(content, &read))
		assert.Equal(t, truth, &read)
		content, err = os.ReadFile(filepath.Join(dir, SiteFile))
		require.NoError(t, err)
		site, err := darksocial.ParseSite(SiteFile, content)
		require.NoError(t, err)
		assert.Equal(t, c.World.Site(host), *site)

		_, err = WriteFiles(dir, hourly, c)
		assert.ErrorContains(t, err, "is not empty")
	}
}

func unzip(t *testing.T, name string) string {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	z, err := gzip.NewReader(file)
	require.NoError(t, err)
	content, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(content)
}

// TestEscape holds to the list of AWS's documentation.
func TestEscape(t *testing.T) {
	assert.Equal(t, "%00%09%20%7F%C3%BC", escape("\x00\t \x7fü"))
	assert.Equal(t, "%3C%3E%22%23%25%7B%7D%7C%5C%5E%7E%5B%5D%60%27", escape(`<>"#%{}|\^~[]`+"`'"))
	const plain = "!$&()*+,-./0129:;=?@ABYZ_abyz"
	assert.Equal(t, plain, escape(plain))
}

// TestReferersNeedNoEscapes: those of other sites are written into every format as
// they stand in the table.
func TestReferersNeedNoEscapes(t *testing.T) {
	for _, w := range ways {
		for _, l := range w.looks {
			assert.Equal(t, l.referer, escape(l.referer))
			assert.Equal(t, l.tag, escape(l.tag))
		}
	}
}

// TestMemory: of a day's lines, 25 MB, nothing is left but what the truth tells of it.
func TestMemory(t *testing.T) {
	peak := func(days int) uint64 {
		var most uint64
		var m runtime.MemStats
		lines := 0
		_, err := Write(writerFunc(func(p []byte) (int, error) {
			if lines++; lines%16 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return len(p), nil
		}), Config{Seed: 2, Date: friday, Days: days, Host: host, Views: 20_000, World: world(t, "old-site")})
		require.NoError(t, err)
		return most
	}
	short := peak(1)
	long := peak(6)
	perDay := (long - min(long, short)) / 5
	t.Logf("at most %d KB for a day, %d KB for six", short>>10, long>>10)
	assert.Less(t, perDay, uint64(1<<20))
}
