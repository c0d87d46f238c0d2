package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/job"
	"darksocial/internal/ledger/ledgertest"
	"darksocial/internal/object"
)

// counting are objects that count how many of them are open. Each has one line.
type counting struct {
	open, most, closed atomic.Int64
	fail               func(key string) error
}

type countedBody struct {
	io.Reader
	c *counting
}

func (b countedBody) Close() error {
	b.c.open.Add(-1)
	b.c.closed.Add(1)
	return nil
}

func (c *counting) Open(_ context.Context, _, key, _ string) (*object.Object, error) {
	if err := c.fail(key); err != nil {
		return nil, err
	}
	if open := c.open.Add(1); open > c.most.Load() {
		c.most.Store(open)
	}
	line := fmt.Sprintf("#Fields: date time x-edge-request-id x-host-header cs-uri-stem sc-status cs(User-Agent)\n2026-11-20\t10:00:00\t%s\texample.com\t/%s\t200\tMozilla/5.0%%20(Windows%%20NT%%2010.0;%%20Win64;%%20x64;%%20rv:144.0)%%20Gecko/20100101%%20Firefox/144.0\n", key, key)
	return &object.Object{Body: countedBody{strings.NewReader(line), c}, ETag: "etag-" + key, Modified: midnight}, nil
}

// manyMessages is an event of n messages with an object each.
func manyMessages(t *testing.T, n int) []byte {
	t.Helper()
	var event events.SQSEvent
	for i := range n {
		body := fmt.Sprintf(`{"Records":[{"eventSource":"aws:s3","eventTime":"2026-11-20T10:04:00Z","s3":{"bucket":{"name":"b"},"object":{"key":"k%d"}}}]}`, i)
		event.Records = append(event.Records, events.SQSMessage{MessageId: fmt.Sprint("m", i), EventSource: "aws:sqs", Body: body})
	}
	payload, err := json.Marshal(event)
	require.NoError(t, err)
	return payload
}

// TestOpenedAhead: objects are opened before their turn, a few at a time, and all
// of them are closed, whatever fails.
func TestOpenedAhead(t *testing.T) {
	const n = 50
	broken := errors.New("broken")
	for name, tt := range map[string]struct {
		fail       func(string) error
		wantFailed int
	}{
		"all are there":       {func(string) error { return nil }, 0},
		"some cannot be read": {func(key string) error { return map[bool]error{true: broken}[strings.HasSuffix(key, "7")] }, 5},
		"some are gone":       {func(key string) error { return map[bool]error{true: object.ErrNotFound}[strings.HasSuffix(key, "7")] }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := embeddedWorld(t)
			c := &counting{fail: tt.fail}
			answer, err := job.NewEvents(w.labeler(), c).Handle(context.Background(), manyMessages(t, n))
			require.NoError(t, err)
			assert.Len(t, answer.(events.SQSEventResponse).BatchItemFailures, tt.wantFailed)
			assert.Zero(t, c.open.Load())
			assert.LessOrEqual(t, c.most.Load(), int64(9), "eight, and the one that is read")
		})
	}
	t.Run("the store fails", func(t *testing.T) {
		w := embeddedWorld(t).killed(0, false)
		c := &counting{fail: func(string) error { return nil }}
		_, err := job.NewEvents(w.labeler(), c).Handle(context.Background(), manyMessages(t, n))
		require.ErrorIs(t, err, ledgertest.ErrKilled)
		assert.Zero(t, c.open.Load(), "what was opened and not read is closed")
	})
	t.Run("the time is up", func(t *testing.T) {
		w := embeddedWorld(t)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		c := &counting{fail: func(string) error { return ctx.Err() }}
		answer, err := job.NewEvents(w.labeler(), c).Handle(ctx, manyMessages(t, n))
		if err == nil {
			assert.Len(t, answer.(events.SQSEventResponse).BatchItemFailures, n)
		}
		assert.Zero(t, c.open.Load())
	})
}
