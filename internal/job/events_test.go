package job_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/object"
)

var update = flag.Bool("update", false, "write the expected answers instead of comparing with them")

const objects = "../../events/label/objects"

func (w *world) events() *job.Events {
	return job.NewEvents(w.labeler(), lake.NewFolderObjects(objects))
}

// answers compares what a handler answered with the file beside the event.
func answers(t *testing.T, function, event string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	require.NoError(t, err)
	file := filepath.Join("../../events", function, strings.TrimSuffix(event, ".json")+".want.json")
	if *update {
		require.NoError(t, os.WriteFile(file, append(text, '\n'), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.JSONEq(t, string(want), string(text))
}

// TestRecordedEvents gives each recorded event to its handler, on both pairs.
func TestRecordedEvents(t *testing.T) {
	pairs(t, func(t *testing.T, w *world) {
		for _, name := range eventFiles(t, "label") {
			t.Run("label/"+name, func(t *testing.T) {
				got, err := w.events().Handle(context.Background(), eventFile(t, "label", name))
				require.NoError(t, err)
				answers(t, "label", name, got)
			})
		}
		for _, name := range []string{"hourly.json", "scheduled-event.json", "range.json", "shard.json", "merge.json"} { // shard before merge
			t.Run("rollup/"+name, func(t *testing.T) {
				w.mark()
				got, err := w.roller().Handle(context.Background(), eventFile(t, "rollup", name))
				require.NoError(t, err)
				answers(t, "rollup", name, got)
			})
		}
		assert.Len(t, eventFiles(t, "rollup"), 5, "each event is tried")
		assert.Positive(t, w.outcomes()[rollup.Labelled])
	})
}

// mark lets the day be due again, by a record that comes after its end.
func (w *world) mark() {
	w.t.Helper()
	w.label(sample(w.t, 1, 1))
}

// TestSameObjectsByEveryWay: whichever way the news of an object takes, and
// however often it comes, what is stored is the same.
func TestSameObjectsByEveryWay(t *testing.T) {
	var want map[string]string
	for _, ways := range [][]string{{"sqs-s3.json"}, {"sqs-eventbridge.json"}, {"s3.json", "sqs-s3.json", "eventbridge.json", "sqs-s3.json"}, {"sqs-unknown.json", "sqs-eventbridge.json"}} {
		w := embeddedWorld(t)
		for _, name := range ways {
			_, err := w.events().Handle(context.Background(), eventFile(t, "label", name))
			require.NoError(t, err)
		}
		got := w.rollUp()
		if want == nil {
			want = got
		}
		assert.Equal(t, want, got, "%v", ways)
	}
}

func TestOtherShapes(t *testing.T) {
	w := embeddedWorld(t)
	ctx := context.Background()
	for payload, want := range map[string]string{
		``:               "no JSON object",
		`[]`:             "no JSON object",
		`{}`:             "no shape this function knows",
		`{"Records":[]}`: "no shape",
		`{"Records":[{"eventSource":"aws:sns"}]}`:                                                      "no shape",
		`{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"b"},"object":{"key":""}}}]}`:      "names no object",
		`{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"b"},"object":{"key":"%zz"}}}]}`:   "cannot be read",
		`{"detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{}}}`:                "names no object",
		`{"Records":[{"eventSource":"aws:kinesis","eventID":"x","kinesis":{"sequenceNumber":"abc"}}]}`: "without sequence number",
		`{"Records":[{"eventSource":"aws:kinesis","kinesis":{"data":5}}]}`:                             "cannot be read",
	} {
		_, err := w.events().Handle(ctx, []byte(payload))
		assert.ErrorContains(t, err, want, payload)
	}

	t.Run("in a message of SQS they go back to the queue, the others are labelled", func(t *testing.T) {
		event := events.SQSEvent{Records: []events.SQSMessage{
			{MessageId: "bad-1", EventSource: "aws:sqs", Body: "hello"},
			{MessageId: "good", EventSource: "aws:sqs", Body: string(eventFile(t, "label", "s3.json"))},
			{MessageId: "bad-2", EventSource: "aws:sqs", Body: `{"Records":[{"eventSource":"aws:dynamodb"}]}`},
		}}
		payload, err := json.Marshal(event)
		require.NoError(t, err)
		got, err := w.events().Handle(ctx, payload)
		require.NoError(t, err)
		assert.Equal(t, events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{{ItemIdentifier: "bad-1"}, {ItemIdentifier: "bad-2"}}}, got)
		w.rollUp()
		assert.Positive(t, w.outcomes()[rollup.Labelled])
	})
}

// TestObjectGoneOrReplaced: both are counted and pointed to, and what is there
// instead is labelled once.
func TestObjectGoneOrReplaced(t *testing.T) {
	ctx := context.Background()
	t.Run("gone", func(t *testing.T) {
		w := embeddedWorld(t)
		for range 2 {
			_, err := w.events().Handle(ctx, eventFile(t, "label", "sqs-gone.json"))
			require.NoError(t, err)
		}
		w.rollUp()
		assert.Contains(t, rows[rollup.Quality](w, "quality"), rollup.Quality{Door: "log", Outcome: "failed", Reason: "gone", Rules: rules(), Complete: true, Records: 1})
		pointers := w.pointers()
		require.Len(t, pointers, 1, "told twice, noted once")
		assert.Contains(t, pointers[0], `"reason":"gone"`)
	})
	t.Run("replaced", func(t *testing.T) {
		old, err := embeddedWorld(t).events().Handle(ctx, eventFile(t, "label", "s3.json"))
		require.NoError(t, err)
		w := embeddedWorld(t)
		stale := bytes.Replace(eventFile(t, "label", "s3.json"), []byte(`"eTag"`), []byte(`"eTag": "00000000000000000000000000000000", "was"`), 1)
		got, err := w.events().Handle(ctx, stale)
		require.NoError(t, err)
		assert.Equal(t, old, got, "what is there now is labelled")
		want := w.rollUp()
		_, err = w.events().Handle(ctx, eventFile(t, "label", "s3.json"))
		require.NoError(t, err)
		assert.Equal(t, want, w.rollUp(), "its own event changes nothing")
		pointers := w.pointers()
		require.Len(t, pointers, 1)
		assert.Contains(t, pointers[0], `"reason":"replaced"`)
	})
}

// pointers are what is kept of failures, sorted by key.
func (w *world) pointers() []string {
	w.t.Helper()
	var all []string
	require.NoError(w.t, w.lake.List(context.Background(), "failed/", func(key string) error {
		all = append(all, string(w.read(key)))
		return nil
	}))
	return all
}

// TestFailedLinesArePointedTo: a pointer names the lines and never quotes them.
func TestFailedLinesArePointedTo(t *testing.T) {
	w := embeddedWorld(t)
	log := sample(t, 7, 30)
	cut := append(bytes.Clone(log), []byte("2026-11-20\t10:00:00\tsecret-of-a-visitor\nalso cut\n")...)
	result := w.label(cut)
	assert.Equal(t, 3, result.Failed["columns"], "two of ours, and the one the sample has")
	pointers := w.pointers()
	require.Len(t, pointers, 1)
	assert.Contains(t, pointers[0], `"reason":"columns"`)
	assert.NotContains(t, pointers[0], "secret")
	var pointer struct {
		Lines []struct{ From, To int } `json:"lines"`
	}
	require.NoError(t, json.Unmarshal([]byte(pointers[0]), &pointer))
	last := pointer.Lines[len(pointer.Lines)-1]
	n := bytes.Count(cut, []byte("\n"))
	assert.Equal(t, n-1, last.From)
	assert.Equal(t, n, last.To, "lines side by side are one range")
}

// TestDamagedGzip: the lines before the damage count, and the rest is pointed to.
func TestDamagedGzip(t *testing.T) {
	w := embeddedWorld(t)
	ctx := context.Background()
	const key = "cdn/E2EXAMPLE.2026-11-20-09.a1b2c3d4.gz"
	whole, err := os.ReadFile(filepath.Join(objects, "example-logs", key))
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "example-logs", "cdn"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "example-logs", key), whole[:len(whole)*3/4], 0o644))
	got, err := job.NewEvents(w.labeler(), lake.NewFolderObjects(dir)).Handle(ctx, eventFile(t, "label", "s3.json"))
	require.NoError(t, err)
	result := got.(*job.Result)
	assert.Equal(t, 1, result.Failed["damaged"])
	assert.Positive(t, result.Written)
	w.rollUp()
	assert.Equal(t, int64(result.Lines), w.lines())
	assert.Contains(t, strings.Join(w.pointers(), ""), `"reason":"damaged"`)
}

// TestBrokenConnection: an object that breaks off while it is read is no damaged
// object; it goes back to the queue.
func TestBrokenConnection(t *testing.T) {
	w := embeddedWorld(t)
	broken := job.NewEvents(w.labeler(), breaking{lake.NewFolderObjects(objects)})
	got, err := broken.Handle(context.Background(), eventFile(t, "label", "sqs-s3.json"))
	require.NoError(t, err)
	assert.Len(t, got.(events.SQSEventResponse).BatchItemFailures, 3)
	want := embeddedWorld(t)
	for _, world := range []*world{w, want} {
		_, err = world.events().Handle(context.Background(), eventFile(t, "label", "sqs-s3.json"))
		require.NoError(t, err)
	}
	assert.Equal(t, want.rollUp(), w.rollUp())
	assert.Empty(t, w.pointersOf("damaged"))
}

func (w *world) pointersOf(reason string) (some []string) {
	for _, p := range w.pointers() {
		if strings.Contains(p, reason) {
			some = append(some, p)
		}
	}
	return some
}

// breaking is objects whose connection breaks after some bytes.
type breaking struct{ job.Objects }

func (b breaking) Open(ctx context.Context, bucket, key, version string) (*object.Object, error) {
	o, err := b.Objects.Open(ctx, bucket, key, version)
	if err == nil {
		o.Body = &cable{o.Body, 700}
	}
	return o, err
}
