package functions

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/stretchr/testify/assert"
)

// watched is a DynamoDB between a function and the engine. It notes what it is asked
// for, and fails when it is told to. engine.Faults does the same inside of a client,
// and a function's client is in a process of its own.
type watched struct {
	t      *testing.T
	engine aws.Config
	url    string
	names  map[string]string // of tables, and what the test calls them

	mu    sync.Mutex
	fault http.HandlerFunc // answers in the engine's place, if there is one
	asked []string
	units float64
}

// watch stands before an engine until the end of the test.
func watch(t *testing.T, engine aws.Config, names map[string]string) *watched {
	w := &watched{t: t, engine: engine, names: names}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// fail lets every request fail from now on, or none, if how is nil.
func (w *watched) fail(how http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault = how
}

// hangUp is a DynamoDB that cannot be reached.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// forbid is a DynamoDB that does not know the function's rights, which no second try
// changes.
func forbid(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = io.WriteString(w, `{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no rights"}`)
}

// calls returns what was asked for since it was last called, each as an operation and
// the table, and the write units this took.
func (w *watched) calls() (asked []string, units float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked, units = w.asked, w.units
	w.asked, w.units = nil, 0
	return asked, units
}

// ServeHTTP passes a request on, signed for the engine.
func (w *watched) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the function has gone
	}
	w.mu.Lock()
	fault := w.fault
	w.asked = append(w.asked, w.call(r, body))
	w.mu.Unlock()
	if fault != nil {
		fault(rw, r)
		return
	}
	answer, status, err := w.pass(r, body)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadGateway)
		return
	}
	w.mu.Lock()
	w.units += writeUnits(answer)
	w.mu.Unlock()
	rw.Header().Set("Content-Type", "application/x-amz-json-1.0")
	rw.WriteHeader(status)
	_, _ = rw.Write(answer)
}

// call names a request.
func (w *watched) call(r *http.Request, body []byte) string {
	var about struct {
		TableName    string
		RequestItems map[string][]json.RawMessage
	}
	assert.NoError(w.t, json.Unmarshal(body, &about))
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	for table := range about.RequestItems {
		about.TableName = table
	}
	return operation + " " + w.names[about.TableName]
}

func (w *watched) pass(r *http.Request, body []byte) (answer []byte, status int, err error) {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, *w.engine.BaseEndpoint, bytes.NewReader(body))
	if err != nil {
		return nil, 0, err
	}
	for _, name := range []string{"Content-Type", "X-Amz-Target"} {
		out.Header.Set(name, r.Header.Get(name))
	}
	keys, err := w.engine.Credentials.Retrieve(r.Context())
	if err != nil {
		return nil, 0, err
	}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(r.Context(), keys, out, hex.EncodeToString(sum[:]), "dynamodb", w.engine.Region, time.Now()); err != nil {
		return nil, 0, err
	}
	response, err := w.engine.HTTPClient.Do(out)
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	return answer, response.StatusCode, err
}

// writeUnits is what an answer to a batch says it took. Only those are looked at:
// they are what a hit costs.
func writeUnits(answer []byte) float64 {
	var batch struct {
		ConsumedCapacity []struct{ CapacityUnits float64 }
	}
	if json.Unmarshal(answer, &batch) != nil { // of one item, it is no list
		return 0
	}
	sum := 0.0
	for _, table := range batch.ConsumedCapacity {
		sum += table.CapacityUnits
	}
	return sum
}
