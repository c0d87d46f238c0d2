package job_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/job"
	"darksocial/internal/object"
)

// TestForgetOrders: tables of single orders go after 90 days, and no others.
func TestForgetOrders(t *testing.T) {
	w := embeddedWorld(t)
	for _, table := range []string{"orders", "purchases"} {
		for _, site := range []string{siteName, "other.example"} {
			for _, date := range []string{"2026-08-21", "2026-08-22", "2026-11-20"} {
				_, err := w.lake.Put(t.Context(), job.TableKey(table, site, date), strings.NewReader("rows"), object.Any)
				require.NoError(t, err)
			}
		}
	}
	require.NoError(t, job.ForgetOrders(t.Context(), w.lake, siteName, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)))
	var left []string
	require.NoError(t, w.lake.List(t.Context(), "orders/", func(key string) error {
		left = append(left, key)
		return nil
	}))
	assert.Len(t, left, 5)
	assert.NotContains(t, left, job.TableKey("orders", siteName, "2026-08-21"))
}
