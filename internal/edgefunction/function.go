// Package edgefunction runs a CloudFront Function outside of CloudFront: in tests,
// and in the CDN front of darksocial serve.
//
//	f, err := edgefunction.Load("viewer-response.js", edge.ViewerResponse)
//	header, err := f.ViewerResponse(edgefunction.Context{RequestID: id, ViewerIP: ip}, r, status, header)
//
// The function gets the event that CloudFront gives it, and its message is taken
// back by CloudFront's rules
// (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html):
// names in lower case, several lines of one name in multiValue, cookies apart from
// the headers, some headers not shown at all and some for reading only. What the
// function did not touch goes on byte for byte.
//
// An error is what CloudFront answers with 502 or 503: a function that throws,
// takes too long, returns no message or one with a header it may not set.
//
// Every run has a JavaScript runtime of its own, which takes some microseconds to
// make. So no run sees what another one left behind, and a Function is safe for
// concurrent use. Not offered are what our functions do without: modules (import,
// the key-value store), console, and async handlers.
package edgefunction

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/dop251/goja"
)

const (
	// maxSource is CloudFront's: "Maximum size of a function", 10 KB, at
	// docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html.
	maxSource = 10 << 10

	// maxTime ends a run that would not end by itself. It is wall time, and so far
	// above the millisecond CloudFront allows that no busy machine fails a page.
	maxTime = 20 * time.Second

	// maxCalls ends a recursion before it fills the memory.
	maxCalls = 256
)

// Function is a CloudFront Function. It is safe for concurrent use.
type Function struct {
	name    string
	program *goja.Program
	maxTime time.Duration // a test sets it, so as not to wait
}

// Load compiles a function. It fails where CloudFront would not publish it: a
// source that is no JavaScript, defines no handler, or is larger than 10 KB. The
// name is for error messages.
func Load(name, source string) (*Function, error) {
	if len(source) > maxSource {
		return nil, fmt.Errorf("edgefunction: %s: %d bytes, CloudFront takes %d", name, len(source), maxSource)
	}
	program, err := goja.Compile(name, source, false)
	if err != nil {
		return nil, fmt.Errorf("edgefunction: %s: %w", name, err)
	}
	f := &Function{name: name, program: program, maxTime: maxTime}
	start := func(vm *goja.Runtime) error {
		_, err := f.handler(vm)
		return err
	}
	if err := f.isolated(time.Now(), start); err != nil {
		return nil, err
	}
	return f, nil
}

// Context is what CloudFront knows of a request beside the request.
type Context struct {
	RequestID string // x-edge-request-id of the access log
	ViewerIP  string
	Now       func() time.Time // of Date.now(); nil is time.Now
}

func (c *Context) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// Answer is what a function answers itself, in place of the cache and the origin.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// ViewerRequest runs the function on a request, before the cache. It returns the
// header the request goes on with, which shares nothing with r.Header; r.Host stays
// as it is, and r.URL is set to a new one if the function changed path or query. If
// the function answers itself, the answer is returned and no header.
func (f *Function) ViewerRequest(c Context, r *http.Request) (http.Header, *Answer, error) {
	given := requestParts(r)
	var header http.Header
	var answer *Answer
	err := f.run(c, "viewer-request", given, nil, func(message *goja.Object) (err error) {
		if isSet(message.Get("statusCode")) {
			answer, err = readAnswer(message)
			return err
		}
		header, err = given.applyTo(r, message)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return header, answer, nil
}

// ViewerResponse runs the function on an answer on its way to the viewer and
// returns the answer's header, which shares nothing with the given one. Like
// CloudFront it does not run on a status of 400 or more. Status and body cannot be
// changed by this way: a function that does is an error.
func (f *Function) ViewerResponse(c Context, r *http.Request, status int, header http.Header) (http.Header, error) {
	if status >= http.StatusBadRequest {
		return header.Clone(), nil
	}
	given := responseParts(status, header)
	var changed http.Header
	err := f.run(c, "viewer-response", requestParts(r), given, func(message *goja.Object) (err error) {
		changed, err = given.applied(message)
		return err
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// run calls the handler with an event made of a request and, if there is one, a
// response, and has its message read.
func (f *Function) run(c Context, eventType string, request *request, response *response, read func(message *goja.Object) error) error {
	return f.call(c.now(), func(vm *goja.Runtime) goja.Value {
		event := vm.NewObject()
		set(event, "version", vm.ToValue("1.0"))
		set(event, "context", text(vm, "eventType", eventType, "requestId", c.RequestID))
		set(event, "viewer", text(vm, "ip", c.ViewerIP))
		set(event, "request", request.object(vm))
		if response != nil {
			set(event, "response", response.object(vm))
		}
		return event
	}, func(message goja.Value) error {
		object, ok := message.(*goja.Object)
		if !ok {
			return errors.New("the handler returned no message")
		}
		if object.ExportType() == reflect.TypeFor[*goja.Promise]() {
			return errors.New("the handler is async, which is not offered here")
		}
		return read(object)
	})
}

// call calls the handler in a runtime of its own. All of it, the reading too, can
// run code of the function, so all of it is bounded and its panics are errors.
func (f *Function) call(now time.Time, event func(*goja.Runtime) goja.Value, read func(message goja.Value) error) error {
	return f.isolated(now, func(vm *goja.Runtime) error {
		handler, err := f.handler(vm)
		if err != nil {
			return err
		}
		message, err := handler(goja.Undefined(), event(vm))
		if err != nil {
			return err
		}
		return read(message)
	})
}

// isolated runs Go code that calls into a new runtime.
func (f *Function) isolated(now time.Time, body func(*goja.Runtime) error) error {
	vm := goja.New()
	vm.SetMaxCallStackSize(maxCalls)
	vm.SetTimeSource(func() time.Time { return now }) // one time for the whole run, as in CloudFront
	timer := time.AfterFunc(f.maxTime, func() { vm.Interrupt("ran for more than " + f.maxTime.String()) })
	defer timer.Stop()

	var failed error
	call, _ := goja.AssertFunction(vm.ToValue(func(goja.FunctionCall) goja.Value {
		failed = body(vm)
		return goja.Undefined()
	}))
	if _, err := call(goja.Undefined()); err != nil {
		failed = err
	}
	if tooDeep := (*goja.StackOverflowError)(nil); errors.As(failed, &tooDeep) { // it says only where
		failed = fmt.Errorf("called itself more than %d deep%w", maxCalls, failed)
	}
	if failed != nil {
		return fmt.Errorf("edgefunction: %s: %w", f.name, failed)
	}
	return nil
}

// handler runs the source, which defines the handler.
func (f *Function) handler(vm *goja.Runtime) (goja.Callable, error) {
	if _, err := vm.RunProgram(f.program); err != nil {
		return nil, err
	}
	handler, ok := goja.AssertFunction(vm.Get("handler"))
	if !ok {
		return nil, errors.New("there is no function handler(event)")
	}
	return handler, nil
}
