package simulate

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/edge"
)

// What is recorded in events/ is written by this package. The tests compare;
// with -update they write:
//
//	go test ./internal/simulate -run Recorded -update
var update = flag.Bool("update", false, "write what is recorded in events/")

const recorded = "../../events"

// zip compresses like CloudFront's files, but the same each time: without a name
// and without a time.
func zip(t *testing.T, log []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	require.NoError(t, err)
	_, err = z.Write(log)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// requireRecorded compares a compressed log with what it should hold. Compressed
// bytes may differ between releases of Go, so the file stays as it is.
func requireRecorded(t *testing.T, path string, want []byte) (file []byte) {
	t.Helper()
	path = filepath.Join(recorded, path)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, zip(t, want), 0o644))
	}
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	z, err := gzip.NewReader(bytes.NewReader(file))
	require.NoError(t, err)
	assert.Empty(t, z.Name)
	assert.True(t, z.ModTime.IsZero())
	got, err := io.ReadAll(z)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got), "%s is not what this package writes: run the test with -update", path)
	return file
}

func requireEvent(t *testing.T, name string, event any) {
	t.Helper()
	path := filepath.Join(recorded, "label", name)
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	require.NoError(t, enc.Encode(event))
	if *update {
		require.NoError(t, os.WriteFile(path, want.Bytes(), 0o644))
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want.String(), string(got), "%s: run the test with -update", path)
}

func TestRecordedSample(t *testing.T) {
	log, truth := simulated(t, Config{Seed: 1, Date: friday, Host: "www.example.com", Views: 7_200})
	file := requireRecorded(t, "sample/www.example.com.2026-11-20.log.gz", log)
	assert.InDelta(t, 20_000, truth.Lines, 1000)
	assert.LessOrEqual(t, len(file), 600_000)
}

// object is a log file in a bucket, with what S3 says of it.
type object struct {
	key, etag string
	size      int
	at        time.Time // when it was put
}

const (
	account   = "123456789012"
	region    = "eu-central-1"
	bucket    = "example-logs"
	queueARN  = "arn:aws:sqs:" + region + ":" + account + ":example-logs-new"
	streamARN = "arn:aws:kinesis:" + region + ":" + account + ":stream/example-logs"
)

// hours are three hours of a small day, each a file where a delivery would put
// it. The characters in the second and third name are escaped in an S3 event.
var hours = []struct{ hour, key string }{
	{"09", "cdn/E2EXAMPLE.2026-11-20-09.a1b2c3d4.gz"},
	{"12", "cdn/site=www.example.com/E2EXAMPLE.2026-11-20-12.5e6f7a8b.gz"},
	{"19", "cdn logs/E2EXAMPLE.2026-11-20-19.09c8d7e6.gz"},
}

func smallDay(t *testing.T) (header string, lines []string) {
	log, _ := simulated(t, Config{Seed: 10606, Date: friday, Host: "www.example.com", Views: 130})
	all := strings.SplitAfter(string(log), "\n")
	return all[0] + all[1], all[2 : len(all)-1]
}

func TestRecordedLabelEvents(t *testing.T) {
	header, lines := smallDay(t)
	var objects []object
	var whole, bad int
	for i, h := range hours {
		log := header
		for _, line := range lines {
			if strings.HasPrefix(line, "2026-11-20\t"+h.hour+":") {
				log += line
			}
		}
		file := requireRecorded(t, filepath.Join("label/objects", bucket, h.key), []byte(log))
		hour, err := strconv.Atoi(h.hour)
		require.NoError(t, err)
		sum := md5.Sum(file)
		objects = append(objects, object{h.key, hex.EncodeToString(sum[:]), len(file), friday.Add(time.Duration(hour+1)*time.Hour + time.Duration(i+4)*time.Minute)})

		var line edge.Line
		for r := reader(t, file); r.Next(&line); {
			if line.Err != nil {
				bad++
			} else {
				whole++
			}
		}
	}
	assert.InDelta(t, 60, whole, 6)
	assert.Equal(t, 1, bad, "one line of the three files is damaged")

	gone := object{"cdn/E2EXAMPLE.2026-11-20-05.00000000.gz", "d41d8cd98f00b204e9800998ecf8427e", 1234, friday.Add(6 * time.Hour)}
	requireEvent(t, "s3.json", s3Event(objects[0]))
	requireEvent(t, "eventbridge.json", createdEvent(objects[0]))
	requireEvent(t, "sqs-s3.json", sqsEvent(t, s3Event(objects[0]), s3Event(objects[1]), s3Event(objects[2])))
	requireEvent(t, "sqs-eventbridge.json", sqsEvent(t, createdEvent(objects[0]), createdEvent(objects[1]), createdEvent(objects[2])))
	requireEvent(t, "sqs-unknown.json", sqsEvent(t, s3Event(objects[0]), entries{"message": "hello", "from": "somebody else"}))
	requireEvent(t, "sqs-gone.json", sqsEvent(t, s3Event(gone)))
	requireEvent(t, "sqs-test-event.json", sqsEvent(t, entries{
		"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-20T08:00:00.000Z", "Bucket": bucket, "RequestId": "EXAMPLE0REQUEST0", "HostId": "EXAMPLE+host/id=",
	}))
	requireEvent(t, "kinesis.json", kinesisEvent(t, lines))
}

type entries map[string]any

// s3Event is what S3 sends of its own accord. The key is escaped like a form's
// value, "/" excepted.
func s3Event(o object) entries {
	return entries{"Records": []entries{{
		"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": region, "eventTime": o.at.Format("2006-01-02T15:04:05.000Z"), "eventName": "ObjectCreated:Put",
		"userIdentity":      entries{"principalId": "AWS:EXAMPLE"},
		"requestParameters": entries{"sourceIPAddress": "192.0.2.1"},
		"responseElements":  entries{"x-amz-request-id": "EXAMPLE0REQUEST0", "x-amz-id-2": "EXAMPLE+host/id="},
		"s3": entries{
			"s3SchemaVersion": "1.0", "configurationId": "new-logs",
			"bucket": entries{"name": bucket, "ownerIdentity": entries{"principalId": "EXAMPLE"}, "arn": "arn:aws:s3:::" + bucket},
			"object": entries{"key": strings.ReplaceAll(url.QueryEscape(o.key), "%2F", "/"), "size": o.size, "eTag": o.etag, "sequencer": fmt.Sprintf("00%014X", o.at.Unix())},
		},
	}}}
}

// createdEvent is what S3 sends through EventBridge. The key is as it is.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
func createdEvent(o object) entries {
	return entries{
		"version": "0", "id": fmt.Sprintf("00000000-0000-4000-8000-%012x", o.at.Unix()), "detail-type": "Object Created", "source": "aws.s3",
		"account": account, "time": o.at.Format(time.RFC3339), "region": region, "resources": []string{"arn:aws:s3:::" + bucket},
		"detail": entries{
			"version": "0", "bucket": entries{"name": bucket},
			"object":     entries{"key": o.key, "size": o.size, "etag": o.etag, "sequencer": fmt.Sprintf("00%014X", o.at.Unix())},
			"request-id": "EXAMPLE0REQUEST0", "requester": "delivery.logs.amazonaws.com", "source-ip-address": "192.0.2.1", "reason": "PutObject",
		},
	}
}

func sqsEvent(t *testing.T, bodies ...any) entries {
	t.Helper()
	var records []entries
	for i, body := range bodies {
		b, err := json.Marshal(body)
		require.NoError(t, err)
		sum := md5.Sum(b)
		sent := strconv.FormatInt(friday.Add(21*time.Hour+time.Duration(i)*time.Second).UnixMilli(), 10)
		records = append(records, entries{
			"messageId": fmt.Sprintf("00000000-0000-4000-9000-%012x", i+1), "receiptHandle": fmt.Sprintf("EXAMPLEHANDLE%d", i+1), "body": string(b),
			"attributes": entries{
				"ApproximateReceiveCount": "1", "SentTimestamp": sent, "SenderId": "EXAMPLE", "ApproximateFirstReceiveTimestamp": sent,
			},
			"messageAttributes": entries{}, "md5OfBody": hex.EncodeToString(sum[:]), "eventSource": "aws:sqs", "eventSourceARN": queueARN, "awsRegion": region,
		})
	}
	return entries{"Records": records}
}

// realtime are the columns of the lines in kinesis.json, in the order CloudFront
// writes them in. events/README.md lists them, too.
var realtime = strings.Fields("timestamp sc-status cs-method cs-protocol cs-host cs-uri-stem x-edge-request-id x-host-header cs-user-agent cs-referer cs-uri-query sc-content-type c-country")

// kinesisEvent has the first five pages of an hour as a real-time log has them,
// the fourth cut.
func kinesisEvent(t *testing.T, lines []string) entries {
	t.Helper()
	at := map[string]int{}
	for i, name := range strings.Fields(columns) {
		at[strings.NewReplacer("cs(Host)", "cs-host", "cs(Referer)", "cs-referer", "cs(User-Agent)", "cs-user-agent").Replace(name)] = i
	}
	var records []entries
	for _, line := range lines {
		values := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(records) == 5 || !strings.HasPrefix(line, "2026-11-20\t17:") || values[at["sc-content-type"]] != html.logged {
			continue
		}
		when, err := time.Parse("2006-01-02 15:04:05", values[0]+" "+values[1])
		require.NoError(t, err)
		var out []string
		for _, name := range realtime {
			switch name {
			case "timestamp":
				out = append(out, fmt.Sprintf("%d.%03d", when.Unix(), 100+len(records)))
			case "c-country":
				out = append(out, "DE")
			case "cs-uri-stem": // with the query, as real-time logs have it
				stem := values[at[name]]
				if query := values[at["cs-uri-query"]]; query != "-" {
					stem += "?" + query
				}
				out = append(out, stem)
			default:
				out = append(out, values[at[name]])
			}
		}
		record := strings.Join(out, "\t") + "\n"
		if len(records) == 3 {
			record = record[:len(record)/2]
		}
		number := fmt.Sprintf("4960000000000000000000000000000000000000000000000000%04d", len(records)+1)
		records = append(records, entries{
			"kinesis": entries{
				"kinesisSchemaVersion": "1.0", "partitionKey": strconv.Itoa(len(records) + 1), "sequenceNumber": number,
				"data": base64.StdEncoding.EncodeToString([]byte(record)), "approximateArrivalTimestamp": float64(when.Unix() + 4),
			},
			"eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "shardId-000000000000:" + number, "eventName": "aws:kinesis:record",
			"invokeIdentityArn": "arn:aws:iam::" + account + ":role/example-label", "awsRegion": region, "eventSourceARN": streamARN,
		})
	}
	require.Len(t, records, 5)
	return entries{"Records": records}
}

// TestRecordedEventsAreWhatLambdaSends reads them as AWS's own library does.
func TestRecordedEventsAreWhatLambdaSends(t *testing.T) {
	requireObject := func(o events.S3Object, key string) {
		file, err := os.ReadFile(filepath.Join(recorded, "label/objects", bucket, key))
		require.NoError(t, err)
		sum := md5.Sum(file)
		assert.Equal(t, hex.EncodeToString(sum[:]), o.ETag)
		assert.Equal(t, int64(len(file)), o.Size)
	}
	var batch events.SQSEvent
	readEvent(t, "sqs-s3.json", &batch)
	require.Len(t, batch.Records, 3)
	for i, message := range batch.Records {
		var e events.S3Event
		require.NoError(t, json.Unmarshal([]byte(message.Body), &e))
		require.Len(t, e.Records, 1)
		assert.Equal(t, hours[i].key, e.Records[0].S3.Object.URLDecodedKey)
		assert.Equal(t, i > 0, e.Records[0].S3.Object.Key != hours[i].key, "the first needs no escapes, the others do")
		requireObject(e.Records[0].S3.Object, hours[i].key)
	}

	readEvent(t, "sqs-eventbridge.json", &batch)
	require.Len(t, batch.Records, 3)
	for i, message := range batch.Records {
		var e events.EventBridgeEvent
		require.NoError(t, json.Unmarshal([]byte(message.Body), &e))
		var detail struct {
			Object events.S3Object
		}
		require.NoError(t, json.Unmarshal(e.Detail, &detail))
		assert.Equal(t, hours[i].key, detail.Object.Key)
		requireObject(detail.Object, hours[i].key)
	}

	readEvent(t, "sqs-gone.json", &batch)
	require.Len(t, batch.Records, 1)
	var gone events.S3Event
	require.NoError(t, json.Unmarshal([]byte(batch.Records[0].Body), &gone))
	assert.NoFileExists(t, filepath.Join(recorded, "label/objects", bucket, gone.Records[0].S3.Object.URLDecodedKey))

	var k events.KinesisEvent
	readEvent(t, "kinesis.json", &k)
	require.Len(t, k.Records, 5)
	for i, record := range k.Records {
		r, err := edge.NewReader(bytes.NewReader(record.Kinesis.Data), "record", edge.Options{Format: edge.CloudFrontRealtime, Fields: realtime, Now: later})
		require.NoError(t, err)
		var line edge.Line
		require.True(t, r.Next(&line))
		assert.Equal(t, i == 3, line.Err != nil, "record %d: %v", i, line.Err)
	}
}

func readEvent(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(recorded, "label", name))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, into))
}

// TestRecordedEventsHoldNothingReal: no account and no resource but the examples'.
func TestRecordedEventsHoldNothingReal(t *testing.T) {
	found := 0
	for _, function := range []string{"label", "rollup"} {
		err := filepath.WalkDir(filepath.Join(recorded, function), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".want.json") {
				return err
			}
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, json.Valid(b), path)
			for _, arn := range strings.Split(string(b), "arn:aws:")[1:] {
				arn, _, _ = strings.Cut(arn, `"`)
				assert.Contains(t, arn, "example", path)
				if part := strings.Split(arn, ":"); part[2] != "" {
					assert.Equal(t, account, part[2], path)
				}
			}
			found++
			return nil
		})
		require.NoError(t, err)
	}
	assert.GreaterOrEqual(t, found, 13)
}
