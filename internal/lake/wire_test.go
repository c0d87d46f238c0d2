package lake_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/lake"
	"darksocial/internal/object"
)

// brokenLake is a lake behind a wire that fails as it is told, and the same lake
// without it.
func brokenLake(t *testing.T) (broken, whole *lake.S3, w *wire) {
	t.Helper()
	cfg := engine.S3(t)
	bucket := newBucket(t, cfg)
	whole = lake.NewS3(engine.S3Client(cfg), bucket)
	w = &wire{next: cfg.HTTPClient}
	cfg.HTTPClient = w
	cfg.Retryer = func() aws.Retryer { // the standard one, but for the wait between two tries
		return retry.AddWithMaxBackoffDelay(retry.NewStandard(), time.Millisecond)
	}
	return lake.NewS3(engine.S3Client(cfg), bucket), whole, w
}

// wire lets Puts through to the engine, or fails them.
type wire struct {
	next    aws.HTTPClient
	lose    int    // of so many Puts the answer is lost
	between func() // happens before it is noticed
	refuse  int    // so many Puts are not let through, as from an overloaded server
	status  int    // what all Puts are answered with, if not 0
	code    string
	puts    atomic.Int64
}

func (w *wire) Do(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPut {
		return w.next.Do(r)
	}
	w.puts.Add(1)
	switch {
	case w.status != 0:
		return says(r, w.status, w.code)
	case w.refuse > 0:
		w.refuse--
		return says(r, http.StatusServiceUnavailable, "SlowDown")
	}
	response, err := w.next.Do(r)
	if err != nil || w.lose == 0 {
		return response, err
	}
	w.lose--
	response.Body.Close()
	if w.between != nil {
		w.between()
	}
	return nil, io.ErrUnexpectedEOF
}

func says(r *http.Request, status int, code string) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
	body := `<?xml version="1.0" encoding="UTF-8"?><Error><Code>` + code + `</Code><Message>no</Message></Error>`
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/xml"}},
		Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func put(t *testing.T, s object.Store, content, old string) (etag string) {
	t.Helper()
	etag, err := s.Put(t.Context(), "key", strings.NewReader(content), old)
	require.NoError(t, err)
	return etag
}

func read(t *testing.T, s object.Store) string {
	t.Helper()
	body, _, err := s.Open(t.Context(), "key")
	require.NoError(t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(t, err)
	return string(content)
}
