package preflight

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// edgeRegion is where CloudFront keeps what has a region.
const edgeRegion = "us-east-1"

// maxAnswer bounds what is read of an answer, in bytes. A distribution with all its
// behaviours is some 100 KB.
const maxAnswer = 16 << 20

// Doer makes requests: http.Client is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Client asks AWS. Its requests only read.
type Client struct {
	config aws.Config
	http   Doer
	now    func() time.Time
	signer *v4.Signer
}

// NewClient returns a client with the credentials and the region of a configuration.
// A BaseEndpoint in it (AWS_ENDPOINT_URL) stands for all of AWS.
func NewClient(config aws.Config, http Doer, now func() time.Time) *Client {
	return &Client{config: config, http: http, now: now, signer: v4.NewSigner()}
}

// Region is where functions are to run.
func (c *Client) Region() string { return c.config.Region }

// service is a part of AWS, as it is signed for, where it is asked.
type service struct{ name, host, region string }

var (
	cloudFront    = service{"cloudfront", "cloudfront.amazonaws.com", edgeRegion}
	edgeLogs      = service{"logs", "logs." + edgeRegion + ".amazonaws.com", edgeRegion}
	serviceQuotas = service{"servicequotas", "servicequotas." + edgeRegion + ".amazonaws.com", edgeRegion}
)

// Refused is AWS's answer that it does not do what was asked.
type Refused struct {
	Status  int
	Code    string // AccessDenied, NoSuchDistribution, …
	Message string
}

func (e *Refused) Error() string {
	return strings.TrimSpace(fmt.Sprintf("AWS answered %d %s: %s", e.Status, e.Code, e.Message))
}

// get asks for a path with GET.
func (c *Client) get(ctx context.Context, s service, path string) ([]byte, error) {
	return c.do(ctx, s, http.MethodGet, path, nil, nil)
}

// getXML asks for a path of CloudFront and reads the answer into a value.
func (c *Client) getXML(ctx context.Context, path string, answer any) error {
	body, err := c.get(ctx, cloudFront, path)
	if err == nil {
		err = xml.Unmarshal(body, answer)
	}
	return err
}

// call asks a service whose requests name an operation and are JSON.
func (c *Client) call(ctx context.Context, s service, operation string, ask, answer any) error {
	body, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	header := http.Header{"Content-Type": {"application/x-amz-json-1.1"}, "X-Amz-Target": {operation}}
	if body, err = c.do(ctx, s, http.MethodPost, "/", header, body); err != nil {
		return err
	}
	return json.Unmarshal(body, answer)
}

// do signs a request, makes it and returns the answer's body. An answer of another
// status than 2xx is a *Refused.
func (c *Client) do(ctx context.Context, s service, method, path string, header http.Header, body []byte) ([]byte, error) {
	base := "https://" + s.host
	if c.config.BaseEndpoint != nil {
		base = strings.TrimSuffix(*c.config.BaseEndpoint, "/")
	}
	r, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	if c.config.Credentials == nil {
		return nil, errors.New("there are no credentials")
	}
	credentials, err := c.config.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, fmt.Errorf("credentials: %w", err)
	}
	sum := sha256.Sum256(body)
	if err := c.signer.SignHTTP(ctx, credentials, r, hex.EncodeToString(sum[:]), s.name, s.region, c.now()); err != nil {
		return nil, err
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode/100 != 2 {
		return nil, refusal(answer.StatusCode, read)
	}
	return read, nil
}

// refusal reads why, of CloudFront's XML or the other services' JSON.
func refusal(status int, body []byte) error {
	e := &Refused{Status: status, Code: http.StatusText(status)}
	var x struct {
		Error struct{ Code, Message string }
	}
	var j struct {
		Type    string `json:"__type"`
		Message string // or message: names are read in any case
	}
	switch {
	case xml.Unmarshal(body, &x) == nil && x.Error.Code != "":
		e.Code, e.Message = x.Error.Code, x.Error.Message
	case json.Unmarshal(body, &j) == nil:
		if j.Type != "" {
			e.Code = j.Type[strings.LastIndexByte(j.Type, '#')+1:]
		}
		e.Message = j.Message
	}
	return e
}
