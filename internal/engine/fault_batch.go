package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// batch is the part of a BatchWriteItem request, and of its answer, that lists
// write requests by table.
type batch map[string][]json.RawMessage

// halves splits a batch: every second write request, over all tables, is left
// for later.
func (b batch) halves() (now, later batch) {
	now, later = batch{}, batch{}
	n := 0
	for _, table := range slices.Sorted(maps.Keys(b)) {
		for _, item := range b[table] {
			into := now
			if n%2 == 1 {
				into = later
			}
			into[table] = append(into[table], item)
			n++
		}
	}
	return now, later
}

// doHalf lets half of a BatchWriteItem request through, and adds the other half to
// what the answer calls unprocessed.
func (f *Faults) doHalf(r *http.Request) (*http.Response, error) {
	request, err := readObject(r.Body)
	if err != nil {
		return nil, err
	}
	var items batch
	if err := json.Unmarshal(request["RequestItems"], &items); err != nil {
		return nil, err
	}
	now, later := items.halves()
	body, err := withField(request, "RequestItems", now)
	if err != nil {
		return nil, err
	}
	half := withBody(r, body)
	if err := f.signer.sign(half, body); err != nil {
		return nil, err
	}
	response, err := f.next.Do(half)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}

	said, err := readObject(response.Body)
	if err != nil {
		return nil, err
	}
	unprocessed := batch{}
	if field := said["UnprocessedItems"]; field != nil {
		if err := json.Unmarshal(field, &unprocessed); err != nil {
			return nil, err
		}
	}
	for table, items := range later {
		unprocessed[table] = append(unprocessed[table], items...)
	}
	if body, err = withField(said, "UnprocessedItems", unprocessed); err != nil {
		return nil, err
	}
	response.Header.Del("X-Amz-Crc32") // was that of the body the engine sent
	response.Header.Del("Content-Length")
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return response, nil
}

func readObject(body io.ReadCloser) (map[string]json.RawMessage, error) {
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	var object map[string]json.RawMessage
	err = json.Unmarshal(text, &object)
	return object, err
}

func withField(object map[string]json.RawMessage, name string, value batch) ([]byte, error) {
	field, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	object[name] = field
	return json.Marshal(object)
}

// signer signs a request again whose body is no longer the one that was signed.
type signer struct {
	credentials aws.CredentialsProvider
	region      string
}

func (s signer) sign(r *http.Request, body []byte) error {
	keys, err := s.credentials.Retrieve(r.Context())
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	r.Header.Del("Authorization")
	return v4.NewSigner().SignHTTP(r.Context(), keys, r, hex.EncodeToString(sum[:]), "dynamodb", s.region, time.Now())
}
