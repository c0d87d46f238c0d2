// Package lambdatest runs a Lambda function the way Lambda does: its unmodified
// binary, as a process of its own, which asks a server for its invocations. What a
// test of a handler in its own process cannot see is tested as well: what main
// reads from its environment, how it fails to start, what becomes of a panic.
//
//	func TestMain(m *testing.M) { lambdatest.Main(m) }
//
//	func TestLabel(t *testing.T) {
//		f := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), "SITE=example.com")
//		response, err := f.Invoke(t.Context(), event)
//	}
//
// The server speaks the runtime API of 2018-06-01
// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). A Function is one
// execution environment: it takes one invocation at a time, and once its process
// has ended it takes none, where Lambda would start another one.
package lambdatest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"darksocial/internal/engine/process"
)

const (
	// timeout is the function's where the caller's context has no deadline.
	timeout = 60 * time.Second

	// maxPayload is what a request or a response may weigh:
	// docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
	maxPayload = 6 << 20

	functionName = "test"
	functionARN  = "arn:aws:lambda:us-east-1:123456789012:function:" + functionName
)

// Main runs the tests of a package, removes what Build made, and exits. It is the
// same as engine.Main; a package that needs both calls either.
func Main(m *testing.M) { process.Main(m) }

// Function is a running function.
type Function struct {
	process *process.Process
	server  *server
}

// Start starts a function. Its environment is what Lambda sets and env, nothing
// of the test's own; its keys are made up unless env names others. It is stopped
// at the end of the test.
func Start(t testing.TB, binary string, env ...string) *Function {
	t.Helper()
	binary, err := filepath.Abs(binary)
	if err != nil {
		t.Fatalf("lambdatest: %v", err)
	}
	f := &Function{server: newServer()}
	web := httptest.NewServer(f.server.handler())
	// docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
	cmd := exec.Command(binary)
	cmd.Dir = filepath.Dir(binary)
	cmd.Env = append([]string{
		"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(web.URL, "http://"),
		"AWS_LAMBDA_FUNCTION_NAME=" + functionName,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
		"AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + functionName,
		"AWS_LAMBDA_LOG_STREAM_NAME=2026/11/23/[$LATEST]test",
		"AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1",
		"AWS_ACCESS_KEY_ID=lambdatest", "AWS_SECRET_ACCESS_KEY=lambdatest",
		"LAMBDA_TASK_ROOT=" + cmd.Dir, "_HANDLER=" + filepath.Base(binary),
		"LANG=en_US.UTF-8", "TZ=:UTC", "PATH=/usr/local/bin:/usr/bin/:/bin",
		"TMPDIR=" + t.TempDir(), // instead of /tmp, which on Lambda ends with the environment
	}, env...)
	if f.process, err = process.Start(cmd); err != nil {
		web.Close()
		t.Fatalf("lambdatest: %v", err)
	}
	t.Cleanup(func() {
		f.process.Stop()
		web.Close()
	})
	return f
}

// Asked is closed when the function asks for its first invocation: its cold start
// is over.
func (f *Function) Asked() <-chan struct{} { return f.server.asked }

// Stop ends the function before the end of the test.
func (f *Function) Stop() { f.process.Stop() }

// Logs is what the function has written so far, to stderr and stdout.
func (f *Function) Logs() string { return f.process.Output() }

// Error is an invocation that did not succeed.
type Error struct {
	messages.InvokeResponse_Error // what the function reported; Type and Message are Lambda's if it did not

	Logs string // what it wrote, if its process ended
}

func (e *Error) Error() string {
	says := e.Type + ": " + e.Message
	if e.Logs != "" {
		says += "\n" + e.Logs
	}
	return says
}

// Invoke has the function handle a payload. The deadline the function sees is
// that of ctx, else in a minute. An error of the function is an *Error. If ctx
// ends while the function is at work, the function is killed, as Lambda does.
func (f *Function) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	if len(payload) > maxPayload {
		return nil, fmt.Errorf("lambdatest: a request of %d bytes: Lambda takes %d", len(payload), maxPayload)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout) // no later than ctx's own
	defer cancel()
	deadline, _ := ctx.Deadline()
	i := &invocation{id: requestID(), payload: payload, deadline: deadline, answer: make(chan answer, 1)}

	select {
	case f.server.waiting <- i:
	case <-f.process.Done():
		return nil, f.ended()
	case <-ctx.Done():
		return nil, fmt.Errorf("lambdatest: the function did not ask for an invocation: %w\n%s", ctx.Err(), f.Logs())
	}
	select {
	case a := <-i.answer:
		return a.payload, a.error()
	case <-f.process.Done():
		select {
		case a := <-i.answer: // the last thing it did
			return a.payload, a.error()
		default:
			return nil, f.ended()
		}
	case <-ctx.Done():
		f.process.Stop()
		return nil, fmt.Errorf("lambdatest: %s: the function was at work: %w\n%s", i.id, ctx.Err(), f.Logs())
	}
}

// ended is the error of a function whose process has ended: what it reported of
// its start, else what Lambda says.
func (f *Function) ended() error {
	e := &Error{Logs: strings.TrimSpace(f.Logs())}
	if reported := f.server.initError(); reported != nil {
		e.InvokeResponse_Error = *reported
		return e
	}
	e.Type, e.Message = "Runtime.ExitError", "Runtime exited without providing a reason"
	if err := f.process.Err(); err != nil {
		e.Message = "Runtime exited with error: " + err.Error()
	}
	return e
}

// requestID is a UUID, as Lambda's are.
func requestID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: pkg.go.dev/crypto/rand#Read
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// answer is how an invocation ended.
type answer struct {
	payload []byte
	failed  *messages.InvokeResponse_Error
}

func (a answer) error() error {
	if a.failed == nil {
		return nil
	}
	return &Error{InvokeResponse_Error: *a.failed}
}

// invocation is a payload on its way through the function.
type invocation struct {
	id       string
	payload  []byte
	deadline time.Time
	answer   chan answer // takes one without waiting
}
