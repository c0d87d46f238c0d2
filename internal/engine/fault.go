package engine

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Faults stands between a client and its engine and lets requests fail the way
// AWS lets them, which an engine on this machine never does: throttled, half
// done, not there. Nothing is random: requests are counted, so that a test of one
// goroutine sees the same each time. The SDK's own tries count as well; it waits
// up to seconds between them, so a test may want to give it a Retryer without.
type Faults struct {
	next   aws.HTTPClient
	signer signer

	mu       sync.Mutex
	down     bool
	refuse   counter
	halve    counter
	requests map[string]int
}

// Break puts faults between the engine and every client that is made from cfg
// from now on. At first there are none.
func Break(cfg *aws.Config) *Faults {
	f := &Faults{next: cfg.HTTPClient, signer: signer{cfg.Credentials, cfg.Region}, requests: map[string]int{}}
	cfg.HTTPClient = f
	return f
}

// Refuse lets the last of every n requests be turned away unprocessed, as
// DynamoDB does over the table's throughput, and S3 does with "SlowDown". 1 is
// every request, 0 none.
func (f *Faults) Refuse(n int) { f.set(func() { f.refuse = counter{every: n} }) }

// Halve lets the last of every n BatchWriteItem requests be done in part: every
// second item of it comes back as unprocessed. A single item is never held back,
// so that who asks again comes to an end. 1 is every request, 0 none.
func (f *Faults) Halve(n int) { f.set(func() { f.halve = counter{every: n} }) }

// Down refuses every connection until Up.
func (f *Faults) Down() { f.set(func() { f.down = true }) }

// Up ends Down.
func (f *Faults) Up() { f.set(func() { f.down = false }) }

// Requests is how many requests of an operation were made so far, failed ones
// included. DynamoDB's operations have names, such as "BatchWriteItem"; for S3 it
// is the method, such as "PUT".
func (f *Faults) Requests(operation string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requests[operation]
}

func (f *Faults) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// counter finds the last of every so many.
type counter struct{ every, seen int }

func (c *counter) hit() bool {
	c.seen++
	return c.every > 0 && c.seen%c.every == 0
}

// RoundTrip makes Faults an http.RoundTripper.
func (f *Faults) RoundTrip(r *http.Request) (*http.Response, error) { return f.Do(r) }

// Do makes Faults the HTTP client of an aws.Config.
func (f *Faults) Do(r *http.Request) (*http.Response, error) {
	_, operation, dynamo := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	if !dynamo {
		operation = r.Method
	}
	f.mu.Lock()
	f.requests[operation]++
	down := f.down
	refused := !down && f.refuse.hit()
	halved := !down && !refused && operation == "BatchWriteItem" && f.halve.hit()
	f.mu.Unlock()

	switch {
	case down:
		closeBody(r)
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	case refused && dynamo:
		closeBody(r)
		return answer(r, http.StatusBadRequest, "application/x-amz-json-1.0", tooMuch), nil
	case refused:
		closeBody(r)
		return answer(r, http.StatusServiceUnavailable, "application/xml", slowDown), nil
	case halved:
		return f.doHalf(r)
	}
	return f.next.Do(r)
}

// What AWS says: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html,
// docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
const (
	tooMuch = `{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",` +
		`"message":"The level of configured provisioned throughput for the table was exceeded."}`
	slowDown = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>fault</RequestId></Error>`
)

func answer(r *http.Request, status int, contentType, body string) *http.Response {
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header:        http.Header{"Content-Type": {contentType}, "X-Amzn-Requestid": {"fault"}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
	}
}

// closeBody does what a RoundTripper owes even to a request it does not send.
func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

func withBody(r *http.Request, body []byte) *http.Request {
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	return r
}
