package job

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// shape is what an event looks like, as far as one must know to tell its kind.
type shape struct {
	Records []struct {
		Source   string `json:"eventSource"`
		SourceUC string `json:"EventSource"`
	} `json:"Records"`
	Event      string `json:"Event"`
	DetailType string `json:"detail-type"`
}

// kind is what an event is.
type kind int

const (
	unknownEvent kind = iota
	sqsEvent
	s3Event
	objectCreated // EventBridge's event of S3
	kinesisEvent
	testEvent // S3 sends one when notifications are set up
)

func kindOf(payload []byte) (kind, error) {
	var s shape
	if err := json.Unmarshal(payload, &s); err != nil {
		return unknownEvent, fmt.Errorf("the event is no JSON object: %w", err)
	}
	switch {
	case s.Event == "s3:TestEvent":
		return testEvent, nil
	case s.DetailType == "Object Created":
		return objectCreated, nil
	case len(s.Records) > 0:
		switch s.Records[0].Source {
		case "aws:sqs":
			return sqsEvent, nil
		case "aws:s3":
			return s3Event, nil
		case "aws:kinesis":
			return kinesisEvent, nil
		}
	}
	return unknownEvent, nil
}

// objectRef is an object an event names.
type objectRef struct {
	bucket, key, etag, version string
	at                         time.Time // of the event
}

// objectsOf returns the objects that an event of S3 names: its own event, or the
// one EventBridge makes of it. A test event names none.
func objectsOf(payload []byte) ([]objectRef, error) {
	k, err := kindOf(payload)
	if err != nil {
		return nil, err
	}
	switch k {
	case testEvent:
		return nil, nil
	case s3Event:
		return s3Objects(payload)
	case objectCreated:
		return eventBridgeObjects(payload)
	}
	return nil, errShape
}

var errShape = errors.New("the event is of no shape this function knows: it reads S3 events, from S3, SQS or EventBridge, and Kinesis events")

func s3Objects(payload []byte) ([]objectRef, error) {
	var e events.S3Event
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("the S3 event cannot be read: %w", err)
	}
	var refs []objectRef
	for i, r := range e.Records {
		key := r.S3.Object.URLDecodedKey // S3 writes keys as in a form: "+" is a blank
		if key == "" || r.S3.Bucket.Name == "" || r.EventTime.IsZero() {
			return nil, fmt.Errorf("record %d of the S3 event names no object, or no time", i)
		}
		refs = append(refs, objectRef{r.S3.Bucket.Name, key, r.S3.Object.ETag, r.S3.Object.VersionID, r.EventTime})
	}
	return refs, nil
}

func eventBridgeObjects(payload []byte) ([]objectRef, error) {
	var e struct {
		Time   time.Time `json:"time"`
		Detail struct {
			Bucket struct {
				Name string `json:"name"`
			} `json:"bucket"`
			Object struct {
				Key     string `json:"key"` // not escaped, unlike S3's own
				ETag    string `json:"etag"`
				Version string `json:"version-id"`
			} `json:"object"`
		} `json:"detail"`
	}
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("the event cannot be read: %w", err)
	}
	o := e.Detail.Object
	if o.Key == "" || e.Detail.Bucket.Name == "" || e.Time.IsZero() {
		return nil, errors.New("the event names no object, or no time")
	}
	return []objectRef{{e.Detail.Bucket.Name, o.Key, o.ETag, o.Version, e.Time}}, nil
}
