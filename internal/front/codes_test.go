package front

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestShareCodesShareOneAnswer: pages that were opened with share codes are one page to
// the cache and to the site. The log has the address as it was asked for.
func TestShareCodesShareOneAnswer(t *testing.T) {
	w := newWorld(t, Options{LeftOut: "ds"})
	var asked []string
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.RequestURI)
		assert.Equal(t, r.RequestURI, r.URL.RequestURI())
		text("<p>page", "Cache-Control", "max-age=60")(rw, r)
	}
	queries := []string{"?a=1&ds=8ZkPq4vR2Ts", "?ds=8ZkPq4vR2Tt&a=1", "?a=1", "?a=1&ds", "?a=1&ads=2", "?a=%20&ds=x&b=+"}
	for _, query := range queries {
		require.Equal(t, http.StatusOK, w.get("/article"+query).Code)
	}
	assert.Equal(t, []string{"/article?a=1", "/article?a=1&ads=2", "/article?a=%20&b=+"}, asked)
	for i, visit := range w.logged() {
		assert.Equal(t, strings.TrimPrefix(queries[i], "?"), visit.Query)
	}
}
