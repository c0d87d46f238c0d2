package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/big"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"darksocial/darksocial/record"
	"darksocial/internal/object"
)

// stream labels the records of a Kinesis event. When the store fails, all of them
// are to be sent again. A line that cannot be understood is kept as it is, since
// a stream forgets it: encrypted, for a week.
func (e *Events) stream(ctx context.Context, payload []byte) (any, error) {
	var event events.KinesisEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, fmt.Errorf("the Kinesis event cannot be read: %w", err)
	}
	source, err := streamSource(event.Records)
	if err != nil {
		return nil, err
	}
	lines, recordOf := joined(event.Records)
	batch := e.labeler.ledger.NewBatch()
	result, err := e.labeler.read(ctx, batch, &input{
		name: "kinesis", door: record.Realtime, options: e.labeler.formats.Stream, body: bytes.NewReader(lines),
		source: func() record.Source { return source }, modified: event.Records[0].Kinesis.ApproximateArrivalTimestamp.Time,
		keepLine: func(number int) error { return e.keepRecord(ctx, &event.Records[recordOf[number-1]]) },
	})
	if err == nil {
		err = batch.Commit(ctx)
	}
	answer := events.KinesisEventResponse{BatchItemFailures: []events.KinesisBatchItemFailure{}}
	if err != nil {
		slog.ErrorContext(ctx, "records not labelled", "records", len(event.Records), "error", err.Error())
		first := event.Records[0].Kinesis.SequenceNumber
		answer.BatchItemFailures = append(answer.BatchItemFailures, events.KinesisBatchItemFailure{ItemIdentifier: first})
		return answer, nil
	}
	slog.InfoContext(ctx, "labelled", "records", len(event.Records), "lines", result.Lines, "written", result.Written,
		"filtered", result.Filtered, "failed", result.Failed)
	return answer, nil
}

// streamSource is the range of a shard that records are of.
func streamSource(records []events.KinesisEventRecord) (record.Source, error) {
	first, last := records[0], records[len(records)-1]
	from, ok1 := new(big.Int).SetString(first.Kinesis.SequenceNumber, 10)
	to, ok2 := new(big.Int).SetString(last.Kinesis.SequenceNumber, 10)
	shard, _, ok3 := strings.Cut(first.EventID, ":")
	if !ok1 || !ok2 || !ok3 {
		return record.Source{}, fmt.Errorf("the Kinesis event has a record without sequence number or event id")
	}
	return record.StreamSource(first.EventSourceArn, shard, from.Bytes(), to.Bytes()), nil
}

// joined puts the lines of all records into one text, and says of each line in
// which record it was.
func joined(records []events.KinesisEventRecord) (lines []byte, recordOf []int) {
	for i, r := range records {
		text := bytes.TrimRight(r.Kinesis.Data, "\r\n")
		for range bytes.Count(text, []byte("\n")) + 1 {
			recordOf = append(recordOf, i)
		}
		lines = append(append(lines, text...), '\n')
	}
	return lines, recordOf
}

// keepRecord keeps a record that holds a line nobody understands.
func (e *Events) keepRecord(ctx context.Context, r *events.KinesisEventRecord) error {
	key := failedRecords + strings.ReplaceAll(r.EventID, ":", "-")
	if _, err := e.labeler.failures.Put(ctx, key, bytes.NewReader(r.Kinesis.Data), object.Any); err != nil {
		return fmt.Errorf("keep a record that cannot be read: %w", err)
	}
	return nil
}
