// Command echo is a function that does what its event says.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type event struct {
	Do   string `json:"do"`
	Text string `json:"text"`
}

type refused struct{ why string }

func (r *refused) Error() string { return r.why }

func main() {
	switch os.Getenv("START") {
	case "exit":
		log.Fatal("TABLE is not set")
	case "report":
		log.Fatal(post("init/error", `{"errorType":"Config.Missing","errorMessage":"TABLE is not set"}`))
	}
	lambda.Start(handle)
}

// post says something to the runtime API, and returns the status of its answer.
func post(path, body string) (int, error) {
	url := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/" + path
	response, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

func handle(ctx context.Context, e event) (any, error) {
	switch e.Do {
	case "echo":
		return e.Text, nil
	case "about":
		return about(ctx)
	case "fail":
		return nil, &refused{e.Text}
	case "panic":
		panic(e.Text)
	case "exit":
		fmt.Println(e.Text)
		os.Exit(5)
	case "hang":
		log.Print("hanging")
		select {}
	case "stray": // answers what it was not asked
		return post("invocation/none/"+e.Text, "{}")
	case "large":
		return strings.Repeat("x", 7<<20), nil
	case "half": // fails in the midst of its answer
		return io.MultiReader(bytes.NewReader([]byte(`"half`)), broken{}), nil
	}
	return nil, errors.New("unknown event")
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, &refused{"the source broke"} }

func about(ctx context.Context) (any, error) {
	lc, _ := lambdacontext.FromContext(ctx)
	deadline, _ := ctx.Deadline()
	log.Print("asked about myself")
	return json.RawMessage(fmt.Sprintf(`{"id":%q,"arn":%q,"deadline":%d,"env":%s}`,
		lc.AwsRequestID, lc.InvokedFunctionArn, deadline.UnixMilli(), environment())), nil
}

func environment() []byte {
	env := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	text, _ := json.Marshal(env)
	return text
}
