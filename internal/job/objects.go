package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"darksocial/darksocial/record"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// Objects reads the objects that events name.
type Objects interface {
	// Open reads an object of a bucket, in a version if one is named. The error
	// is object.ErrNotFound if it is not there.
	Open(ctx context.Context, bucket, key, version string) (*object.Object, error)
}

// Events labels what events name: the handler of functions/label.
type Events struct {
	labeler *Labeler
	objects Objects
}

// NewEvents returns the handler.
func NewEvents(l *Labeler, o Objects) *Events { return &Events{l, o} }

// Handle labels what an event names and answers as its service wants it: with
// the messages or records to be sent again. It is safe to send any of it again.
func (e *Events) Handle(ctx context.Context, payload json.RawMessage) (any, error) {
	k, err := kindOf(payload)
	if err != nil {
		return nil, err
	}
	switch k {
	case sqsEvent:
		return e.messages(ctx, payload)
	case kinesisEvent:
		return e.stream(ctx, payload)
	}
	refs, err := objectsOf(payload)
	if err != nil {
		return nil, err
	}
	d := e.newDelivery()
	objects := openAhead(ctx, e.objects, refs)
	defer objects.close()
	for _, ref := range refs {
		if err := d.read(ctx, ref, objects); err != nil {
			return nil, err
		}
	}
	return d.commit(ctx)
}

// messages labels the objects named in messages of SQS. A message that cannot be
// understood, or whose object cannot be read, is sent again and ends in the
// queue for dead letters; the others are not harmed.
func (e *Events) messages(ctx context.Context, payload []byte) (any, error) {
	var event events.SQSEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, fmt.Errorf("the SQS event cannot be read: %w", err)
	}
	named := make([][]objectRef, len(event.Records))
	failed := make([]error, len(event.Records))
	var all []objectRef
	for i, m := range event.Records {
		named[i], failed[i] = objectsOf([]byte(m.Body))
		all = append(all, named[i]...)
	}
	d := e.newDelivery()
	objects := openAhead(ctx, e.objects, all)
	defer objects.close()
	answer := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for i, m := range event.Records {
		for _, ref := range named[i] {
			failed[i] = cmp.Or(d.read(ctx, ref, objects), failed[i])
		}
		if d.batch.Err() != nil {
			return nil, d.batch.Err() // nothing is durable: all of it again
		}
		if err := failed[i]; err != nil {
			slog.ErrorContext(ctx, "message not labelled", "message", m.MessageId, "error", err.Error())
			answer.BatchItemFailures = append(answer.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: m.MessageId})
		}
	}
	if _, err := d.commit(ctx); err != nil {
		return nil, err
	}
	return answer, nil
}

// delivery is the objects of one event on their way into one batch.
type delivery struct {
	labeler *Labeler
	batch   *ledger.Batch
	result  *Result
}

func (e *Events) newDelivery() *delivery {
	return &delivery{labeler: e.labeler, batch: e.labeler.ledger.NewBatch(), result: NewResult()}
}

// read labels the object whose turn it is. One that is gone, or is another by now,
// is noted: its lines are nowhere to be had.
func (d *delivery) read(ctx context.Context, ref objectRef, objects *ahead) error {
	o, err := objects.next()
	at := Place{Bucket: ref.bucket, Key: ref.key, ETag: ref.etag}
	if errors.Is(err, object.ErrNotFound) {
		return d.gone(ctx, ref, at)
	}
	if err != nil {
		return fmt.Errorf("open s3://%s/%s: %w", ref.bucket, ref.key, err)
	}
	defer o.Body.Close()
	if want := strings.Trim(ref.etag, `"`); want != "" && want != o.ETag {
		// What is there now has its own event, and being the same source it then
		// changes nothing.
		if err := keep(ctx, d.labeler.failures, record.ObjectSource(ref.bucket, ref.key, ref.etag), failure{Place: at, Reason: reasonReplaced}); err != nil {
			return err
		}
		at.ETag = o.ETag
	}
	source := record.ObjectSource(ref.bucket, ref.key, o.ETag)
	r, err := d.labeler.read(ctx, d.batch, &input{
		name: "s3://" + ref.bucket + "/" + ref.key, door: record.Log, options: d.labeler.formats.Objects, body: o.Body,
		source: func() record.Source { return source }, modified: o.Modified, at: at,
	})
	if err != nil {
		return err
	}
	d.result.Add(r)
	return nil
}

// gone counts an object that is not there any more as one that failed, at the
// time of its event.
func (d *delivery) gone(ctx context.Context, ref objectRef, at Place) error {
	l := d.labeler
	source := record.ObjectSource(ref.bucket, ref.key, ref.etag)
	if err := keep(ctx, l.failures, source, failure{Place: at, Reason: reasonGone}); err != nil {
		return err
	}
	t := newTally(record.Log)
	t.lines++
	t.failed(l.sites[0], reasonGone)
	d.result.Add(t.result())
	return t.deliver(ctx, d.batch, &input{source: func() record.Source { return source }, modified: ref.at})
}

// commit makes all that was read durable, and tells what became of it.
func (d *delivery) commit(ctx context.Context) (*Result, error) {
	if err := d.batch.Commit(ctx); err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "labelled", "lines", d.result.Lines, "written", d.result.Written,
		"filtered", d.result.Filtered, "failed", d.result.Failed)
	return d.result, nil
}
