package report_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/lake"
	"darksocial/internal/site"
)

// awsWorld is a deployment on engines that speak as AWS does.
func awsWorld(t testing.TB) *world {
	client := dynamodb.NewFromConfig(engine.DynamoDB(t))
	table := engine.Name(t)
	require.NoError(t, dynamo.Create(context.Background(), client, table))
	buckets := engine.S3Client(engine.S3(t))
	bucket := engine.Name(t)
	_, err := buckets.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &bucket})
	require.NoError(t, err)
	return openWorld(t, dynamo.New(client, table), lake.NewS3(buckets, bucket), &site.Site{Name: siteName}, friday)
}

// TestAWS: signing in, closed days and today are the same on the other pair of stores.
func TestAWS(t *testing.T) {
	w := awsWorld(t)
	w.put("2026-11-17", true, someDay(5))
	w.put("2026-11-18", true, someDay(2))
	w.label([]byte(visitLine(friday.Add(-3*time.Hour), "a", "/a", "") + visitLine(friday.Add(-3*time.Minute), "b", "/a", "")))
	got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-16", "to", today)
	assert.Equal(t, int64(9), got.Numbers.Arrivals)
	assert.Equal(t, []string{"2026-11-16", "2026-11-19"}, got.Meta.Days.WithoutData)
	assert.Equal(t, friday.Add(-3*time.Minute), got.Meta.DataUpTo.UTC())
	assert.Equal(t, int64(1), ask[nowSaid](w, "now").Arrivals)
	ask[struct{}](w, "sites")

	cookie := w.signIn(w.token).Result().Cookies()[0]
	assert.Equal(t, http.StatusOK, w.with(cookie, "/api/v1/sites").Code)
	out := request(http.MethodDelete, "/api/v1/session", "")
	out.AddCookie(cookie)
	assert.Equal(t, http.StatusNoContent, w.do(out).Code)
	assert.Equal(t, http.StatusUnauthorized, w.with(cookie, "/api/v1/sites").Code)
	list, err := w.tokens.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	_, err = w.tokens.Revoke(t.Context(), list[0].Short())
	require.NoError(t, err)
	assert.Equal(t, http.StatusUnauthorized, w.signIn(w.newTokenOver()).Code)
}

// newTokenOver is one that has expired.
func (w *world) newTokenOver() string {
	secret := w.newToken(siteName)
	w.set(w.now().Add(31 * 24 * time.Hour))
	return secret
}
