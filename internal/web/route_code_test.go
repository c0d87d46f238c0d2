package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// TestRoutedCode: a shop is told the code a page was opened with, and no text of a
// client's; the visit is kept with it, and so is what it says of the code.
func TestRoutedCode(t *testing.T) {
	const whatsApp = "WhatsApp/2.24.13.78 A"
	for _, tt := range []struct {
		name     string
		query    string // CODE is a code of the site's
		asks     []string
		told     bool
		kept     bool
		opened   bool
		previews int
	}{
		{"a code", "?a=1&ds=CODE", nil, true, true, true, 0},
		{"a client's own word", "", []string{"X-Ds-Code", "8ZkPq4vR2Ts"}, false, false, false, 0},
		{"a forged one", "?ds=8ZkPq4vR2Ts", nil, false, false, false, 0},
		{"a text", "?ds=me@example.com", nil, false, false, false, 0},
		{"a preview", "?ds=CODE", []string{"User-Agent", whatsApp, "X-Requested-With", "", "Sec-Fetch-Site", "", "Sec-Fetch-Mode", "", "Sec-Fetch-Dest", ""}, false, true, false, 1},
		{"a click inside", "?ds=CODE", []string{"Sec-Fetch-Site", "same-origin"}, false, false, false, 0},
		{"a browser that objects", "?ds=CODE", []string{"Sec-Gpc", "1"}, false, false, false, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seen := make(chan http.Header, 1)
			w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
				seen <- r.Header
				html(answer, r)
			}))
			known := codes.New(w.store, w.now)
			w.pages = ledger.NewWriter(w.ledger, record.Route, time.Minute)
			w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(w.store, w.now), w.now).Routing(w.route(w.pages).Sharing(known))
			code, err := known.New(ctx, siteName)
			require.NoError(t, err)
			_, err = known.Keep(ctx, siteName, code, &share.Item{Grade: share.PerShare, Button: "copy", Page: "/artikel/moor", Made: noon.Unix() - 60})
			require.NoError(t, err)

			answer := w.get("/artikel/moor"+strings.ReplaceAll(tt.query, "CODE", string(code)), tt.asks...)
			require.Equal(t, 200, answer.StatusCode)
			told := (<-seen).Get("X-Ds-Code")
			if tt.told {
				assert.Equal(t, string(code), told)
			} else {
				assert.Empty(t, told)
			}
			w.busy.Wait()
			inRecords := ""
			for _, r := range w.kept() {
				inRecords = r.Code()
			}
			if tt.kept {
				assert.Equal(t, string(code), inRecords)
			} else {
				assert.Empty(t, inRecords)
			}
			item, err := known.Find(ctx, siteName, string(code))
			require.NoError(t, err)
			assert.Equal(t, tt.opened, item.Opened != 0)
			assert.Len(t, item.Previews, tt.previews)
		})
	}
}
