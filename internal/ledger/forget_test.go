package ledger

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

// TestForgetCode: the code is gone from every block, and nothing else is: the same
// page views, the same receipts, under the same names.
func TestForgetCode(t *testing.T) {
	for _, bits := range []int{0, 2} {
		m := newMemory()
		l, s := New(m, m, at(midnight)), aSite(bits)
		var c content
		for i := range 200 {
			one := sighting(i, int64(i)*300)
			switch i % 4 {
			case 0:
				one.Code = "forget-me"
			case 1:
				one.Code = "forget-me-not"
			case 2:
				one.Code = "keep-me"
			}
			c.sightings = append(c.sightings, one)
		}
		c.receipts = []record.Receipt{{Source: record.ContentSource([]byte("a")), Rules: "rules1", Quarter: midnight.Unix() / record.Quarter, Written: 200}}
		require.NoError(t, deliver(t, l, s, c))
		names := func() (list []string) {
			for _, b := range m.all() {
				list = append(list, b.Partition+" "+b.Key)
			}
			return list
		}
		before := names()

		n, err := l.ForgetCode(t.Context(), s, "forget-me")
		require.NoError(t, err)
		assert.Equal(t, 50, n, "bits %d", bits)
		assert.Equal(t, before, names())
		for i := range c.sightings {
			if code := &c.sightings[i].Code; *code == "forget-me" {
				*code = ""
			}
		}
		want, got := said(c), readable(t, m)
		assert.Equal(t, want, got)
		n, err = l.ForgetCode(t.Context(), s, "forget-me")
		require.NoError(t, err)
		assert.Zero(t, n, "there is nothing more")
		for _, b := range m.all() {
			assert.NotContains(t, fmt.Sprintf("%s", b.Data), "forget-me\x00")
		}
	}
}
