package lambdatest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) { Main(m) }

func echo(t *testing.T, env ...string) *Function {
	t.Helper()
	return Start(t, Build(t, "./testdata/echo"), env...)
}

// failure invokes the function and returns the error it must answer with.
func failure(t *testing.T, f *Function, event string) *Error {
	t.Helper()
	response, err := f.Invoke(t.Context(), []byte(event))
	assert.Nil(t, response)
	var e *Error
	require.ErrorAs(t, err, &e)
	return e
}

func succeeds(t *testing.T, f *Function, text string) {
	t.Helper()
	response, err := f.Invoke(t.Context(), fmt.Appendf(nil, `{"do":"echo","text":%q}`, text))
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprintf("%q", text), string(response))
}

func TestInvoke(t *testing.T) {
	f := echo(t)
	succeeds(t, f, "one")
	succeeds(t, f, strings.Repeat("two", 1_000_000))
}

// TestManyAtOnce: they wait for their turn, and none gets another's answer.
func TestManyAtOnce(t *testing.T) {
	f := echo(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			response, err := f.Invoke(t.Context(), fmt.Appendf(nil, `{"do":"echo","text":"%d"}`, i))
			assert.NoError(t, err)
			assert.Equal(t, fmt.Sprintf(`"%d"`, i), string(response))
		})
	}
	wg.Wait()
}

func TestWhatTheFunctionSees(t *testing.T) {
	t.Setenv("OF_THE_TEST", "not the function's")
	f := echo(t, "SITE=example.com", "AWS_REGION=eu-central-1")
	ask := func(ctx context.Context) (seen struct {
		ID, ARN  string
		Deadline int64
		Env      map[string]string
	}) {
		response, err := f.Invoke(ctx, []byte(`{"do":"about"}`))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(response, &seen))
		return seen
	}

	before := time.Now()
	first := ask(context.Background())
	assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, first.ID)
	assert.Equal(t, "arn:aws:lambda:us-east-1:123456789012:function:test", first.ARN)
	assert.GreaterOrEqual(t, first.Deadline, before.Add(timeout).UnixMilli())
	assert.LessOrEqual(t, first.Deadline, time.Now().Add(timeout).UnixMilli())
	for name, want := range map[string]string{
		"SITE": "example.com", "AWS_REGION": "eu-central-1", "AWS_LAMBDA_FUNCTION_NAME": "test",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "TZ": ":UTC",
	} {
		assert.Equal(t, want, first.Env[name], name)
	}
	assert.NotContains(t, first.Env, "OF_THE_TEST")
	assert.NotContains(t, first.Env, "HOME")

	deadline := before.Add(17 * time.Second)
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	defer cancel()
	second := ask(ctx)
	assert.Equal(t, deadline.UnixMilli(), second.Deadline)
	assert.NotEqual(t, first.ID, second.ID)
	assert.Equal(t, 2, strings.Count(f.Logs(), "asked about myself"))
}

func TestError(t *testing.T) {
	f := echo(t)
	e := failure(t, f, `{"do":"fail","text":"no such day"}`)
	assert.Equal(t, "refused", e.Type)
	assert.Equal(t, "no such day", e.Message)
	assert.EqualError(t, e, "refused: no such day")
	succeeds(t, f, "it goes on")

	e = failure(t, f, `not JSON`)
	assert.Equal(t, "SyntaxError", e.Type)
	succeeds(t, f, "it goes on")
}

func TestPanic(t *testing.T) {
	f := echo(t)
	e := failure(t, f, `{"do":"panic","text":"oh"}`)
	assert.Equal(t, "string", e.Type)
	assert.Equal(t, "oh", e.Message)
	assert.NotEmpty(t, e.StackTrace)

	e = failure(t, f, `{"do":"echo"}`)
	assert.Equal(t, "Runtime.ExitError", e.Type, "a panic ends the process")
	assert.Contains(t, e.Error(), "the process should exit")
}

func TestExit(t *testing.T) {
	f := echo(t)
	e := failure(t, f, `{"do":"exit","text":"my last words"}`)
	assert.Equal(t, "Runtime.ExitError", e.Type)
	assert.Equal(t, "Runtime exited with error: exit status 5", e.Message)
	assert.Equal(t, "my last words", e.Logs)
}

func TestFailsToStart(t *testing.T) {
	e := failure(t, echo(t, "START=exit"), `{"do":"echo"}`)
	assert.Equal(t, "Runtime.ExitError", e.Type)
	assert.Contains(t, e.Error(), "TABLE is not set")

	e = failure(t, echo(t, "START=report"), `{"do":"echo"}`)
	assert.Equal(t, "Config.Missing", e.Type)
	assert.Equal(t, "TABLE is not set", e.Message)
}

// TestOutOfTime: who is at work when the time is over is killed.
func TestOutOfTime(t *testing.T) {
	f := echo(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error)
	go func() {
		_, err := f.Invoke(ctx, []byte(`{"do":"hang"}`))
		ended <- err
	}()
	require.Eventually(t, func() bool { return strings.Contains(f.Logs(), "hanging") }, time.Minute, time.Millisecond)
	cancel()
	assert.ErrorIs(t, <-ended, context.Canceled)
	assert.Equal(t, "Runtime.ExitError", failure(t, f, `{"do":"echo"}`).Type)
}

func TestTooLarge(t *testing.T) {
	f := echo(t)
	_, err := f.Invoke(t.Context(), bytes.Repeat([]byte(" "), maxPayload+1))
	assert.ErrorContains(t, err, "6291457 bytes")
	e := failure(t, f, `{"do":"large"}`)
	assert.Equal(t, "Function.ResponseSizeTooLarge", e.Type)
}

// TestFailsWhileAnswering: the error of a response that is read as it is sent comes in its trailer.
func TestFailsWhileAnswering(t *testing.T) {
	f := echo(t)
	e := failure(t, f, `{"do":"half"}`)
	assert.Equal(t, "refused", e.Type)
	assert.Equal(t, "the source broke", e.Message)
	succeeds(t, f, "it goes on")
}

// TestNotItsInvocation: an answer to another invocation is refused, as Lambda does.
func TestNotItsInvocation(t *testing.T) {
	f := echo(t)
	for _, kind := range []string{"response", "error"} {
		response, err := f.Invoke(t.Context(), fmt.Appendf(nil, `{"do":"stray","text":%q}`, kind))
		require.NoError(t, err)
		assert.Equal(t, "400", string(response), kind)
	}
	succeeds(t, f, "its own")
}

func TestStops(t *testing.T) {
	var f *Function
	t.Run("a test", func(t *testing.T) {
		f = echo(t)
		succeeds(t, f, "it runs")
	})
	select {
	case <-f.process.Done():
	default:
		assert.Fail(t, "it outlived its test")
	}
}

func TestBuild(t *testing.T) {
	binary := Build(t, "./testdata/echo")
	assert.Equal(t, binary, Build(t, "./testdata/echo"))
	assert.Equal(t, "bootstrap", binary[strings.LastIndexByte(binary, os.PathSeparator)+1:])
	content, err := os.ReadFile(binary)
	require.NoError(t, err)
	assert.NotContains(t, string(content), "net/rpc.(*Server)", "built without lambda.norpc")
	assert.Contains(t, string(content), "lambda.norpc", "the build says how it was made")
}
