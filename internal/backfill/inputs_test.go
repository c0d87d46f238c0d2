package backfill

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
)

func zipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return packed.Bytes()
}

// namesOf are the names of inputs below a folder.
func namesOf(t *testing.T, dir string, inputs []Input) (names []string) {
	t.Helper()
	for _, in := range inputs {
		name, err := filepath.Rel(dir, in.Name)
		require.NoError(t, err)
		names = append(names, filepath.ToSlash(name))
	}
	return names
}

func TestInputs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.log", "a.log", "sub/deep/c.log.gz", "sub/.hidden/d.log", ".e.log", "empty"} {
		writeFile(t, filepath.Join(dir, name), nil)
	}
	for name, to := range map[string]string{
		"loop": "loop", "sub/up": "..", "gone": "nowhere", "linked.log": "a.log", "folder": "sub",
	} {
		require.NoError(t, os.Symlink(to, filepath.Join(dir, name)))
	}
	all := []string{"a.log", "b.log", "empty", "linked.log", "sub/deep/c.log.gz"}
	for _, tt := range []struct {
		name  string
		paths []string
		want  []string
	}{
		{"a folder", []string{"."}, all},
		{"a folder twice, and a file of it", []string{".", "../" + filepath.Base(dir) + "/a.log", "b.log"}, all},
		{"a link to a folder", []string{"folder"}, []string{"folder/deep/c.log.gz"}},
		{"a file", []string{"b.log"}, []string{"b.log"}},
		{"a hidden file that is named", []string{".e.log"}, []string{".e.log"}},
		{"a hidden folder that is named", []string{"sub/.hidden"}, []string{"sub/.hidden/d.log"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(dir)
			inputs, err := Inputs(t.Context(), tt.paths, nil)
			require.NoError(t, err)
			assert.Equal(t, tt.want, namesOf(t, dir, inputs))
			for _, in := range inputs {
				assert.True(t, filepath.IsAbs(in.Name), "the same in whatever folder the work is taken up")
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		t.Chdir(dir)
		for path, want := range map[string]string{"missing": "no such file", "loop": "there is no file", "gone": "there is no file", "s3:///prefix": "names no bucket"} {
			_, err := Inputs(t.Context(), []string{path}, nil)
			require.ErrorContains(t, err, path)
			require.ErrorContains(t, err, want)
		}
		require.NoError(t, os.Mkdir("nothing", 0o755))
		_, err := Inputs(t.Context(), []string{"nothing"}, nil)
		require.ErrorContains(t, err, "there is no file")
	})
}

// TestOddNames: a name may hold what the journal gives a meaning to.
func TestOddNames(t *testing.T) {
	logs := t.TempDir()
	log := sample(t, first, 1, 30)
	for _, name := range []string{"a\nb.log", "a\tb.log", "ä \xff.log", "a%20b.log"} {
		writeFile(t, filepath.Join(logs, name), log)
	}
	d := newDesk(t, logs)
	for range 2 {
		w := d.work()
		_, _, err := w.Read(t.Context(), d.inputs(), d.lake, nil)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	for name, n := range d.opened {
		assert.Equal(t, 1, n, "%q", name)
	}
	assert.Len(t, d.opened, 4)
}

// combined rewrites the lines of a log in the combined format, which has no ids.
func combined(t *testing.T, log []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	for line := range bytes.Lines(log) {
		f := bytes.Split(line, []byte("\t"))
		if line[0] == '#' || len(f) < 12 {
			continue
		}
		at, err := time.Parse("2006-01-02 15:04:05", string(f[0])+" "+string(f[1]))
		require.NoError(t, err)
		query := "?" + string(f[11])
		if query == "?-" {
			query = ""
		}
		agent := bytes.ReplaceAll(f[10], []byte("%20"), []byte(" "))
		out.WriteString("192.0.2.1 - - [" + at.Format("02/Jan/2006:15:04:05 -0700") + "] \"GET " + string(f[7]) + query + " HTTP/1.1\" " + string(f[8]) + " 512 \"" + string(f[9]) + "\" \"" + string(agent) + "\"\n")
	}
	return out.Bytes()
}

// TestOverlap: logs that say the same lines, in whole or in part, give the tables
// of one. Only quality tells, which counts lines.
func TestOverlap(t *testing.T) {
	const date = "2026-11-21"
	var cdn, server []byte
	for i := range 3 {
		day := sample(t, first.AddDate(0, 0, i), uint64(i+1), 100)
		if i > 0 {
			day = bytes.SplitAfterN(day, []byte("\n"), 3)[2] // one header is enough
		}
		cdn = append(cdn, day...)
	}
	server = combined(t, cdn)
	for _, log := range []struct {
		format edge.Format
		whole  []byte
		split  func(parts int) [][]byte
	}{
		{edge.CloudFront, cdn, func(parts int) [][]byte { return split(cdn, parts) }},
		{edge.Combined, server, func(parts int) (contents [][]byte) {
			lines := bytes.SplitAfter(server, []byte("\n"))
			for i := range parts {
				contents = append(contents, bytes.Join(lines[len(lines)*i/parts:len(lines)*(i+1)/parts], nil))
			}
			return contents
		}},
	} {
		t.Run(string(log.format), func(t *testing.T) {
			backfilled := func(logs map[string][]byte) (*desk, map[string]string) {
				t.Helper()
				dir := t.TempDir()
				for name, content := range logs {
					writeFile(t, filepath.Join(dir, name), content)
				}
				d := newDesk(t, dir)
				d.format = log.format
				return d, d.done()
			}
			one, want := backfilled(map[string][]byte{"access.log": log.whole})
			require.Equal(t, len(rollup.Tables), len(want))
			labelled := one.quality(date)[rollup.Labelled]
			require.Positive(t, labelled)

			_, got := backfilled(map[string][]byte{"access.log": log.whole, "copy/access.log": log.whole, "access.log.1": log.whole})
			sameTables(t, want, got, "a copy by whatever name is the same log")

			parts, halves := log.split(3), log.split(2)
			for name, logs := range map[string]map[string][]byte{
				"packed":             {"access.log": log.whole, "access.log.gz": zipped(t, log.whole)},
				"rotated":            {"access.log": parts[2], "access.log.1": parts[1], "access.log.2.gz": zipped(t, parts[0])},
				"rotated and copied": {"access.log": log.whole, "access.log.1": halves[1], "access.log.2.gz": zipped(t, halves[0])},
				"divided twice":      {"a1": parts[0], "a2": parts[1], "a3": parts[2], "b1": halves[0], "b2": halves[1]},
				"the first part again in front of the rest": {"a": halves[0], "b": log.whole},
			} {
				d, got := backfilled(logs)
				assert.Equal(t, labelled, d.quality(date)[rollup.Labelled], name)
				if name != "rotated" {
					assert.Positive(t, d.quality(date)[rollup.Duplicate], name)
				}
				a, b := maps.Clone(want), maps.Clone(got)
				withoutQuality(a, b)
				sameTables(t, a, b, name)
			}
		})
	}
}

// TestOtherFiles: what is no log is named, and the rest is done.
func TestOtherFiles(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	want := newDesk(t, logs).done()
	picture := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0, 1, 2, 0xff, '\n'}, 1000)...)
	for name, content := range map[string][]byte{
		"picture.png": picture, "picture.gz": zipped(t, picture), "notes.txt": []byte("Buy milk.\n"), "empty.log": {}, "sub/archive.zip": []byte("PK\x03\x04"),
		"cut.gz": zipped(t, picture)[:20], "header.log": []byte("#Version: 1.0\n#Fields: date time\n"),
		"access.json": []byte(`{"a":1}` + "\n"),
	} {
		writeFile(t, filepath.Join(logs, name), content)
	}
	require.NoError(t, os.Symlink("loop", filepath.Join(logs, "loop")))
	d := newDesk(t, logs)
	skipped, err := d.run(t.Context(), nil)
	require.NoError(t, err)
	var names []string
	for _, name := range skipped {
		names = append(names, filepath.Base(name))
	}
	assert.ElementsMatch(t, []string{"picture.png", "picture.gz", "notes.txt", "empty.log", "archive.zip", "cut.gz", "header.log", "access.json"}, names)
	sameTables(t, want, d.tables())
}

// TestNotReadable: a log that may not be read, or breaks off, ends the run with its
// name; when it can be read, the run goes on with it.
func TestNotReadable(t *testing.T) {
	logs := t.TempDir()
	days(t, logs, 3, 2, 60)
	want := newDesk(t, logs).done()
	broken := errors.New("connection reset")
	for _, tt := range []struct {
		name string
		open func(in Input) (io.ReadCloser, error)
		want error
	}{
		{"no permission", func(in Input) (io.ReadCloser, error) {
			return nil, &fs.PathError{Op: "open", Path: in.Name, Err: fs.ErrPermission}
		}, fs.ErrPermission},
		{"breaks off", func(in Input) (io.ReadCloser, error) {
			file, err := in.Open(context.Background())
			return struct {
				io.Reader
				io.Closer
			}{io.MultiReader(io.LimitReader(file, 2000), failing{broken}), file}, err
		}, broken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, logs)
			const bad = "2026-11-21.b.log"
			plain := map[string]Input{}
			all, err := Inputs(t.Context(), d.paths, nil)
			require.NoError(t, err)
			for _, in := range all {
				plain[in.Name] = in
			}
			d.open = func(in Input) (io.ReadCloser, error) {
				if filepath.Base(in.Name) == bad {
					return tt.open(plain[in.Name])
				}
				return plain[in.Name].Open(t.Context())
			}
			_, err = d.run(t.Context(), nil)
			require.ErrorIs(t, err, tt.want)
			require.ErrorContains(t, err, bad)
			assert.Zero(t, len(d.tables()))

			d.open = nil
			clear(d.opened)
			sameTables(t, want, d.done())
			assert.Equal(t, map[string]int{"2026-11-21.a.log": 1, bad: 1, "2026-11-22.a.log": 1, "2026-11-22.b.log": 1}, d.opened)
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
