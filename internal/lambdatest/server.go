package lambdatest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// server is the runtime API of one function.
type server struct {
	waiting chan *invocation // has no room: an invocation is given when it is asked for
	asked   chan struct{}    // closed when the function asks for the first time
	once    sync.Once

	mu      sync.Mutex
	current *invocation // given and not answered
	init    *messages.InvokeResponse_Error
}

func newServer() *server {
	return &server{waiting: make(chan *invocation), asked: make(chan struct{})}
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", s.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", s.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", s.failure)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", s.initFailure)
	return mux
}

// initError is what the function reported of its start, or nil.
func (s *server) initError() *messages.InvokeResponse_Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.init
}

func (s *server) next(w http.ResponseWriter, r *http.Request) {
	s.once.Do(func() { close(s.asked) })
	select {
	case <-r.Context().Done(): // the function has gone
	case i := <-s.waiting:
		s.mu.Lock()
		s.current = i
		s.mu.Unlock()
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Lambda-Runtime-Aws-Request-Id", i.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(i.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", functionARN)
		_, _ = w.Write(i.payload) // a function that does not read it ends, or is out of time
	}
}

func (s *server) response(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPayload+1))
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, "InvalidRequest", err.Error())
	case len(body) > maxPayload:
		s.answer(w, r, http.StatusRequestEntityTooLarge, answer{failed: &messages.InvokeResponse_Error{
			Type:    "Function.ResponseSizeTooLarge",
			Message: fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxPayload),
		}})
	case r.Trailer.Get("Lambda-Runtime-Function-Error-Type") != "": // it failed while it answered
		s.answer(w, r, http.StatusAccepted, answer{failed: trailing(r.Trailer)})
	default:
		s.answer(w, r, http.StatusAccepted, answer{payload: body})
	}
}

func (s *server) failure(w http.ResponseWriter, r *http.Request) {
	if failed := reported(w, r); failed != nil {
		s.answer(w, r, http.StatusAccepted, answer{failed: failed})
	}
}

func (s *server) initFailure(w http.ResponseWriter, r *http.Request) {
	if failed := reported(w, r); failed != nil {
		s.mu.Lock()
		s.init = failed
		s.mu.Unlock()
		accept(w)
	}
}

// answer ends the invocation that the request names, if it is the current one.
func (s *server) answer(w http.ResponseWriter, r *http.Request, status int, a answer) {
	s.mu.Lock()
	i := s.current
	if i != nil && i.id == r.PathValue("id") {
		s.current = nil
	} else {
		i = nil
	}
	s.mu.Unlock()
	switch {
	case i == nil:
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
	case status == http.StatusAccepted:
		i.answer <- a
		accept(w)
	default:
		i.answer <- a
		refuse(w, status, a.failed.Type, a.failed.Message)
	}
}

// reported reads an error that the function reports, or refuses it.
func reported(w http.ResponseWriter, r *http.Request) *messages.InvokeResponse_Error {
	var e messages.InvokeResponse_Error
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPayload))
	if err = errors.Join(err, json.Unmarshal(body, &e)); err != nil {
		refuse(w, http.StatusBadRequest, "InvalidErrorShape", err.Error())
		return nil
	}
	return &e
}

// trailing reads an error that came too late for a status: a type, and the error
// as base64 of its JSON.
func trailing(trailer http.Header) *messages.InvokeResponse_Error {
	e := &messages.InvokeResponse_Error{}
	body, err := base64.StdEncoding.DecodeString(trailer.Get("Lambda-Runtime-Function-Error-Body"))
	if err = errors.Join(err, json.Unmarshal(body, e)); err != nil {
		e.Message = "a trailer that cannot be read: " + err.Error()
	}
	e.Type = trailer.Get("Lambda-Runtime-Function-Error-Type")
	return e
}

func accept(w http.ResponseWriter) {
	say(w, http.StatusAccepted, map[string]string{"status": "OK"})
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	say(w, status, map[string]string{"errorType": kind, "errorMessage": message})
}

func say(w http.ResponseWriter, status int, body map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
