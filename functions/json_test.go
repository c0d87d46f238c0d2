package functions

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/lambdatest"
)

// TestJSONLogs: another CDN's log in the bucket, read with the keys of the first
// site that names any.
func TestJSONLogs(t *testing.T) {
	d := deploy(t)
	bucket, key := logs, "cloudflare/20261120.log"
	_, err := d.s3.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(
		`{"ClientRequestHost":"www.example.org","ClientRequestMethod":"GET","ClientRequestReferer":"","ClientRequestURI":"/artikel/moor","ClientRequestUserAgent":"WhatsApp/2.25.33.70 A","EdgeResponseStatus":200,"EdgeStartTimestamp":1795168800000000000,"RayID":"r1"}` + "\n" +
			`{"ClientRequestHost":"other.example","ClientRequestURI":"/","EdgeStartTimestamp":"2026-11-20T10:00:01Z","RayID":"r2"}` + "\n" +
			`{"ClientRequestHost":"www.example.org","ClientRequestURI":"/geheim","RayID":"r3"}` + "\n")})
	require.NoError(t, err)
	env := append(d.env, "LOG_FORMAT=json", `SITES={"example.com":{"hosts":["example.com"]},"example.org":{"hosts":["example.org"],"log_fields":{"preset":"cloudflare","country":null}}}`)
	label := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), env...)
	_, err = label.Invoke(context.Background(), []byte(`{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"2026-11-20T10:04:00.000Z","s3":{"bucket":{"name":"`+logs+`"},"object":{"key":"`+key+`"}}}]}`))
	require.NoError(t, err, label.Logs())
	assert.Contains(t, label.Logs(), `"lines":3,"written":1,"filtered":{"other_host":1},"failed":{"keys":1}`)
	assert.NotContains(t, label.Logs(), "geheim", "no line of a log is logged")
}
