// Package engine gives tests real engines to run against, on loopback: one that
// speaks DynamoDB, one that speaks S3, and DuckDB. No store of this project is
// tested against a stand-in written by its own authors.
//
// A test package that uses DynamoDB or S3 starts them once and shares them:
//
//	func TestMain(m *testing.M) { engine.Main(m) }
//
//	func TestPut(t *testing.T) {
//		client := dynamodb.NewFromConfig(engine.DynamoDB(t))
//		// make a table with a name of its own, such as engine.Name(t)
//	}
//
// The first call starts the engine, Main stops it. What tests put there stays for
// the whole package, so every test makes tables and buckets of its own.
//
// The engines are dynoxide (SQLite inside), versitygw (plain files) and the
// DuckDB of npm. `make test` installs them; without them a test is skipped, or
// fails if DARKSOCIAL_REQUIRE_ALL is 1. With AWS_ENDPOINT_URL_DYNAMODB or
// AWS_ENDPOINT_URL_S3 set, that endpoint is used instead: DynamoDB Local, MinIO
// or AWS itself, with the region and credentials of the environment.
package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"darksocial/internal/engine/process"
)

const region = "us-east-1"

// The keys are made anew by every test binary, so that an engine answers to no
// other. Both engines take the same ones: a function that a test runs has one
// set of credentials.
var accessKey, secretKey = rand.Text(), rand.Text()

// Main runs the tests of a package, stops the engines they shared, and exits.
func Main(m *testing.M) { process.Main(m) }

// DynamoDB returns the configuration for a DynamoDB of the test package's own.
func DynamoDB(t testing.TB) aws.Config {
	t.Helper()
	return dynamoDB.config(t)
}

// S3 returns the configuration for an S3 of the test package's own. It wants
// path style, which the SDK chooses by itself for 127.0.0.1; S3Client chooses it
// for any endpoint.
func S3(t testing.TB) aws.Config {
	t.Helper()
	return objects.config(t)
}

// S3Client is a client that addresses buckets in the path, not in the host name.
func S3Client(cfg aws.Config) *s3.Client {
	return s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true })
}

// DynamoDBEnv is the environment in which a program finds the engine behind cfg
// by itself, through config.LoadDefaultConfig.
func DynamoDBEnv(t testing.TB, cfg aws.Config) []string {
	t.Helper()
	return append(environment(t, cfg), dynamoDB.env+"="+*cfg.BaseEndpoint)
}

// S3Env does the same for S3. Both together are the environment of one program.
func S3Env(t testing.TB, cfg aws.Config) []string {
	t.Helper()
	return append(environment(t, cfg), objects.env+"="+*cfg.BaseEndpoint)
}

func environment(t testing.TB, cfg aws.Config) []string {
	t.Helper()
	keys, err := cfg.Credentials.Retrieve(context.Background())
	if err != nil {
		t.Fatalf("engine: credentials: %v", err)
	}
	env := []string{"AWS_REGION=" + cfg.Region, "AWS_ACCESS_KEY_ID=" + keys.AccessKeyID, "AWS_SECRET_ACCESS_KEY=" + keys.SecretAccessKey}
	if keys.SessionToken != "" {
		env = append(env, "AWS_SESSION_TOKEN="+keys.SessionToken)
	}
	return env
}

var (
	names     atomic.Int64
	notInName = regexp.MustCompile(`[^a-z0-9]+`)
)

// Name is a name for a table or a bucket that no other test of the package has,
// and that both services take: 3 to 63 of a-z, 0-9 and "-".
func Name(t testing.TB) string {
	name := strings.Trim(notInName.ReplaceAllString(strings.ToLower(t.Name()), "-"), "-")
	// Outside of this package's own engines the name must be new as well.
	unique := fmt.Sprintf("-%s-%d", strings.ToLower(accessKey[:8]), names.Add(1))
	return name[:min(len(name), 63-len(unique))] + unique
}

// shared is one engine of the test binary.
type shared struct {
	name   string
	env    string // where another endpoint is named
	engine func(testing.TB) (command, check)

	mu   sync.Mutex
	cfg  *aws.Config
	fail error
}

func (s *shared) config(t testing.TB) aws.Config {
	t.Helper()
	if url := os.Getenv(s.env); url != "" {
		return external(t, url)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cfg == nil && s.fail == nil {
		command, serves := s.engine(t)
		url, err := start(t, command, serves)
		if s.fail = err; err == nil {
			s.cfg = new(own(url))
		}
	}
	if s.fail != nil {
		t.Fatalf("engine: %s: %v", s.name, s.fail)
	}
	return s.cfg.Copy()
}

// own is the configuration for an engine that was started here. It takes nothing
// from the environment.
func own(url string) aws.Config {
	return aws.Config{
		BaseEndpoint: aws.String(url),
		Region:       region,
		Credentials:  credentials.NewStaticCredentialsProvider(accessKey, secretKey, ""),
		HTTPClient:   awshttp.NewBuildableClient(),
	}
}

// external is the configuration for an endpoint that someone else runs.
func external(t testing.TB, url string) aws.Config {
	t.Helper()
	// A plain http.Client would be refused where AWS_CA_BUNDLE is set.
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(awshttp.NewBuildableClient()), config.WithDefaultRegion(region),
	}
	if os.Getenv("AWS_ACCESS_KEY_ID") == "" && os.Getenv("AWS_PROFILE") == "" {
		// DynamoDB Local wants keys, no matter which; without any, the SDK would go
		// and ask for them outside of this machine.
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(accessKey, secretKey, "")))
	}
	cfg, err := config.LoadDefaultConfig(context.Background(), options...)
	if err != nil {
		t.Fatalf("engine: configuration for %s: %v", url, err)
	}
	cfg.BaseEndpoint = aws.String(url)
	return cfg
}

// installed returns where a part of an engine is, below the main module. If it is
// not there, the test is skipped, or fails where everything must be tested.
func installed(t testing.TB, name, below string) string {
	t.Helper()
	path := filepath.Join(process.Root(), filepath.FromSlash(below))
	if _, err := os.Stat(path); err != nil {
		missing(t, name)
	}
	return path
}

func missing(t testing.TB, name string) {
	t.Helper()
	process.Missing(t, name+" is not installed: run make test, which installs it")
}
