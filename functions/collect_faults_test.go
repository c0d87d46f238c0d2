package functions

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

// TestTableThatIsAway: what could not be made durable is not acknowledged, and sent
// again it counts once.
func TestTableThatIsAway(t *testing.T) {
	for _, tt := range []struct {
		name    string
		how     http.HandlerFunc
		known   bool // the function has seen the day
		refused string
	}{
		{"no rights, the first hit of a day", forbid, false, "store"},
		{"no rights", forbid, true, "store"},
		{"not to be reached", hangUp, true, "store"}, // the function's patience ends before that of its tries
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := startCollect(t)
			if tt.known {
				require.Equal(t, http.StatusNoContent, c.do(c.hit("before")).StatusCode)
			}
			before, _ := c.kept()
			c.tables.fail(tt.how)
			answer := c.do(c.hit("lost"))
			assert.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
			assert.Equal(t, tt.refused, answer.Header.Get("X-DS-Refused"))
			assert.Equal(t, "5", answer.Header.Get("Retry-After"))
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			assert.Contains(t, c.Logs(), "hit not written")
			kept, _ := c.kept()
			assert.Equal(t, before, kept)

			c.tables.fail(nil)
			require.Equal(t, http.StatusNoContent, c.do(c.hit("lost")).StatusCode, c.Logs())
			kept, _ = c.kept()
			assert.Len(t, kept, len(before)+1)
			assert.Contains(t, kept, record.NewID(siteName, "lost"))
		})
	}
}
