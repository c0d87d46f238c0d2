package backfill

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/engine"
	"darksocial/internal/lake"
)

// TestS3 backfills with the command from a bucket into a bucket, and from a folder
// into a folder: byte for byte the same.
func TestS3(t *testing.T) {
	cfg := engine.S3(t)
	client := engine.S3Client(cfg)
	bucket := func() string {
		name := engine.Name(t)
		_, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name})
		require.NoError(t, err)
		return name
	}
	put := func(bucket, key string, content []byte) {
		_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(content)})
		require.NoError(t, err)
	}
	command := filepath.Join(t.TempDir(), "darksocial")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", command, "darksocial/cmd/darksocial")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	backfill := func(args ...string) (string, string, error) {
		cmd := exec.CommandContext(t.Context(), command, append([]string{"backfill", "--site", host, "--store", filepath.Join(t.TempDir(), "store")}, args...)...)
		cmd.Env = append(os.Environ(), engine.S3Env(t, cfg)...)
		var out, complaints bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &complaints
		err := cmd.Run()
		if cmd.ProcessState.ExitCode() == 3 { // each log has a line that is cut
			err = nil
		}
		return out.String(), complaints.String(), err
	}

	folder, logs, tables := t.TempDir(), bucket(), bucket()
	for i := range 3 {
		date := first.AddDate(0, 0, i)
		log := sample(t, date, uint64(i+1), 100)
		name := date.Format("E2ABC.2006-01-02.gz")
		writeFile(t, filepath.Join(folder, name), zipped(t, log))
		put(logs, "cdn/"+name, zipped(t, log))
	}
	// A day that would be covered as well, if the prefix were not kept to.
	put(logs, "other/E2ABC.gz", zipped(t, sample(t, first.AddDate(0, 0, 3), 9, 100)))
	put(logs, "cdn/", nil)
	put(logs, "cdn/picture.png", []byte("\x89PNG\r\n\x1a\n"))
	put(logs, "cdn/empty", nil)

	beside := t.TempDir()
	told, _, err := backfill("--lake", beside, folder)
	require.NoError(t, err)
	fromS3, complaints, err := backfill("--lake", "s3://"+tables, "s3://"+logs+"/cdn/")
	require.NoError(t, err, complaints)
	assert.Equal(t, told, fromS3)
	assert.Equal(t, "darksocial: s3://"+logs+"/cdn/picture.png: no line at its beginning is of the format cloudfront; left out\n", complaints)

	onDisk, err := lake.OpenDisk(beside)
	require.NoError(t, err)
	want := tablesIn(t, onDisk)
	assert.Equal(t, len(rollup.Tables), len(want), "of the one day that is covered")
	sameTables(t, want, tablesIn(t, lake.NewS3(client, tables)))

	t.Run("again", func(t *testing.T) {
		out, _, err := backfill("--lake", "s3://"+tables+"/", "s3://"+logs)
		require.NoError(t, err)
		assert.Contains(t, out, "2026-11-21  left out: it has tables")
		assert.Contains(t, out, "2026-11-22  ", "the logs of the whole bucket cover one day more")
	})
	for name, tt := range map[string]struct{ lake, logs, want string }{
		"a lake with a prefix":  {"s3://" + tables + "/tables", folder, "write it as s3://bucket"},
		"a lake without a name": {"s3://", folder, "write it as s3://bucket"},
		"no such bucket":        {"s3://" + tables, "s3://" + engine.Name(t) + "/cdn/", "NoSuchBucket"},
		"no such lake":          {"s3://" + engine.Name(t), folder, "NoSuchBucket"},
		"nothing there":         {"s3://" + tables, "s3://" + logs + "/nothing/", "there is no file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, complaints, err := backfill("--lake", tt.lake, tt.logs)
			require.Error(t, err)
			assert.Contains(t, complaints, tt.want)
		})
	}
}
