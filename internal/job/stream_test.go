package job_test

import (
	"context"
	"encoding/json"
	"io"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
)

func rules() string { return darksocial.Version() }

// cable is a connection that breaks after some bytes.
type cable struct {
	io.ReadCloser
	left int
}

func (c *cable) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.ErrUnexpectedEOF // what net/http says
	}
	n, err := c.ReadCloser.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

func kinesis(t *testing.T) events.KinesisEvent {
	t.Helper()
	var event events.KinesisEvent
	require.NoError(t, json.Unmarshal(eventFile(t, "label", "kinesis.json"), &event))
	return event
}

func (w *world) stream(records []events.KinesisEventRecord) events.KinesisEventResponse {
	w.t.Helper()
	payload, err := json.Marshal(events.KinesisEvent{Records: records})
	require.NoError(w.t, err)
	got, err := w.events().Handle(context.Background(), payload)
	require.NoError(w.t, err)
	return got.(events.KinesisEventResponse)
}

// TestStreamTriedAgain: records that come again, whole, in halves or both, are
// counted once, and so are the lines.
func TestStreamTriedAgain(t *testing.T) {
	all := kinesis(t).Records
	require.Len(t, all, 5)
	once := embeddedWorld(t)
	assert.Empty(t, once.stream(all).BatchItemFailures)
	want := once.rollUp()
	assert.Equal(t, int64(5), once.lines())

	for name, ranges := range map[string][][]events.KinesisEventRecord{
		"the same again":              {all, all},
		"whole, then halves":          {all, all[:2], all[2:]},
		"halves, then whole":          {all[:3], all[3:], all},
		"halves of halves, whole too": {all, all[:3], all[3:], all[:1], all[1:3]},
	} {
		t.Run(name, func(t *testing.T) {
			pairs(t, func(t *testing.T, w *world) {
				for _, records := range ranges {
					w.stream(records)
				}
				assert.Equal(t, want, w.rollUp())
			})
		})
	}
	t.Run("halves alone", func(t *testing.T) {
		w := embeddedWorld(t)
		w.stream(all[:2])
		w.stream(all[2:])
		assert.Equal(t, want, w.rollUp())
	})
	t.Run("killed on the way", func(t *testing.T) {
		for n := 0; ; n++ {
			w := embeddedWorld(t)
			answer := w.killed(n, true).stream(all)
			if len(answer.BatchItemFailures) == 0 {
				require.Positive(t, n)
				break
			}
			assert.Equal(t, all[0].Kinesis.SequenceNumber, answer.BatchItemFailures[0].ItemIdentifier, "all of them again")
			w.stream(all[:2])
			w.stream(all[2:])
			assert.Equal(t, want, w.rollUp(), "killed at write %d", n)
		}
	})
}

// TestStreamKeepsWhatItCannotRead: a stream forgets, so a line nobody understands
// is kept itself.
func TestStreamKeepsWhatItCannotRead(t *testing.T) {
	w := embeddedWorld(t)
	all := kinesis(t).Records
	w.stream(all)
	w.stream(all)
	kept := w.pointers()
	require.Len(t, kept, 1)
	assert.Equal(t, string(all[3].Kinesis.Data), kept[0])
	w.rollUp()
	assert.Equal(t, int64(1), w.outcomes()[rollup.Failed])
}

// TestStreamAndFiles: the same page view in a file and in the stream is one.
func TestStreamAndFiles(t *testing.T) {
	w := embeddedWorld(t)
	w.stream(kinesis(t).Records)
	w.rollUp()
	before := rows[rollup.Arrival](w, "arrivals")
	for range 2 {
		_, err := w.events().Handle(context.Background(), eventFile(t, "label", "sqs-s3.json"))
		require.NoError(t, err)
		w.rollUp()
	}
	seen := map[string]int64{}
	for _, row := range rows[rollup.Quality](w, "quality") {
		seen[row.Door+" "+row.Outcome] += row.Records
	}
	assert.Equal(t, int64(5), seen["realtime labelled"]+seen["realtime filtered"]+seen["realtime failed"], "each door's lines add up by themselves")
	assert.Greater(t, len(rows[rollup.Arrival](w, "arrivals")), len(before))
}
