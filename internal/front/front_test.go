package front

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	functions "darksocial/terraform/edge"
)

// TestDefaults: without options there are a clock, ids like CloudFront's that the
// edge function takes, and a cache.
func TestDefaults(t *testing.T) {
	l, err := OpenAccessLog(t.TempDir(), time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	page := text("page", "Cache-Control", "max-age=60")
	f := New(page, page, Functions{Own: load(t, "viewer-request.js", functions.ViewerRequest), Pages: load(t, "viewer-response.js", functions.ViewerResponse)},
		l, func(err error) { assert.NoError(t, err) }, Options{})
	ids := map[string]bool{}
	for _, result := range []string{resultMiss, resultHit} {
		answer := httptest.NewRecorder()
		f.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/a", nil))
		id := answer.Header().Get("X-Amz-Cf-Id")
		assert.Regexp(t, `^[A-Za-z0-9_-]{54}==$`, id)
		assert.Contains(t, answer.Header().Get("Server-Timing"), "1."+id+".")
		assert.Equal(t, result+" from darksocial", answer.Header().Get("X-Cache"))
		ids[id] = true
	}
	assert.Len(t, ids, 2)
}
