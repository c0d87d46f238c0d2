package job_test

import (
	"context"
	"fmt"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// popular is how many of the pages of addPages have three arrivals, not one.
const popular = 100

// addPages keeps n arrivals: popular pages have three, all others one.
func (w *world) addPages(n int) {
	w.t.Helper()
	ctx := context.Background()
	classifier := darksocial.New(w.site.Site)
	facts := classifier.Facts(&darksocial.Visit{Host: siteName, Path: "/", Sees: darksocial.SeesReferer | darksocial.SeesUserAgent,
		UserAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"})
	batch := w.ledger().NewBatch()
	from := w.day().From.Unix()
	for i := range n {
		page := fmt.Sprintf("/page/%d", max(0, i-2*popular))
		if i < 3*popular {
			page = fmt.Sprintf("/page/0popular-%d", i%popular)
		}
		s := record.Sighting{ID: record.NewID(siteName, fmt.Sprint(i)), Time: from + int64(i%86_400), Page: page, Status: 200, Rules: darksocial.Version(), Facts: facts}
		require.NoError(w.t, batch.Add(ctx, w.site, &s))
	}
	require.NoError(w.t, batch.Commit(ctx))
}
