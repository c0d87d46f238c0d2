package engine

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"darksocial/internal/engine/process"
)

func TestMain(m *testing.M) { Main(m) }

// notes is a test that only notes how it ended.
type notes struct {
	testing.TB
	skipped, failed string
}

func (n *notes) Helper() {}
func (n *notes) Skip(says ...any) {
	n.skipped = says[0].(string)
	runtime.Goexit()
}
func (n *notes) Fatal(says ...any) {
	n.failed = says[0].(string)
	runtime.Goexit()
}

func noting(t *testing.T, test func(testing.TB)) notes {
	n := notes{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(&n)
	}()
	<-done
	return n
}

func TestMissingEngine(t *testing.T) {
	lookFor := func(t testing.TB) { installed(t, "nosuch", "bin/engines/nosuch") }
	const says = "nosuch is not installed: run make test, which installs it"

	t.Setenv("DARKSOCIAL_REQUIRE_ALL", "")
	n := noting(t, lookFor)
	assert.Equal(t, says, n.skipped)
	assert.Empty(t, n.failed)

	t.Setenv("DARKSOCIAL_REQUIRE_ALL", "1")
	n = noting(t, lookFor)
	assert.Equal(t, says, n.failed)
	assert.Empty(t, n.skipped)
}

// TestRoot: where the engines are must not depend on where a test is.
func TestRoot(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := os.Stat(filepath.Join(process.Root(), "internal", "engine", "package-lock.json"))
	assert.NoError(t, err)
}

func TestEnginesAreShared(t *testing.T) {
	assert.Equal(t, DynamoDB(t).BaseEndpoint, DynamoDB(t).BaseEndpoint)
	assert.Equal(t, S3(t).BaseEndpoint, S3(t).BaseEndpoint)
	assert.NotEqual(t, *DynamoDB(t).BaseEndpoint, *S3(t).BaseEndpoint)
	cfg := DynamoDB(t)
	cfg.BaseEndpoint = aws.String("http://127.0.0.1:1")
	assert.NotEqual(t, "http://127.0.0.1:1", *DynamoDB(t).BaseEndpoint, "each caller has a configuration of its own")
}

func TestNames(t *testing.T) {
	t.Run("Übung with/a rather long name, longer than any bucket may have: 63 letters", func(t *testing.T) {
		first, second := Name(t), Name(t)
		assert.NotEqual(t, first, second)
		for _, name := range []string{first, second} {
			assert.Regexp(t, `^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`, name)
		}
	})
	assert.True(t, strings.HasPrefix(Name(t), "testnames-"))
}

// TestElsewhere: an endpoint in the environment is used instead.
func TestElsewhere(t *testing.T) {
	for _, name := range []string{"AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000")
	t.Setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000")
	t.Setenv("AWS_REGION", "")
	assert.Equal(t, "http://127.0.0.1:8000", *DynamoDB(t).BaseEndpoint)
	assert.Equal(t, "http://127.0.0.1:9000", *S3(t).BaseEndpoint)
	assert.Equal(t, "us-east-1", S3(t).Region)
	keys, err := S3(t).Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	assert.NotEmpty(t, keys.AccessKeyID, "without keys of its own")

	t.Setenv("AWS_REGION", "eu-central-1")
	t.Setenv("AWS_ACCESS_KEY_ID", "theirs")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	assert.Equal(t, "eu-central-1", S3(t).Region)
	keys, err = S3(t).Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "theirs", keys.AccessKeyID)
}

// TestEnv: a program that reads only its environment reaches both engines.
func TestEnv(t *testing.T) {
	dynamo, objects := DynamoDB(t), S3(t)
	t.Setenv("AWS_SESSION_TOKEN", "")
	for _, pair := range append(DynamoDBEnv(t, dynamo), S3Env(t, objects)...) {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
	}
	cfg, err := config.LoadDefaultConfig(t.Context())
	require.NoError(t, err)
	_, err = dynamodb.NewFromConfig(cfg).ListTables(t.Context(), &dynamodb.ListTablesInput{})
	assert.NoError(t, err)
	bucket := Name(t)
	_, err = s3.NewFromConfig(cfg).CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &bucket})
	assert.NoError(t, err, "path style is chosen for an address without a name")
}

// TestStartSaysWhyNot: what the engine complained about reaches the reader.
func TestStartSaysWhyNot(t *testing.T) {
	tries := 0
	_, err := start(t, func(int) *exec.Cmd {
		tries++
		return exec.Command("sh", "-c", "echo no such luck >&2; exit 4")
	}, func(context.Context, *process.Process, string) error { return errors.New("not yet") })
	require.Error(t, err)
	assert.Equal(t, attempts, tries, "another port is tried")
	assert.Contains(t, err.Error(), "it ended: exit status 4; it wrote: no such luck")
}

// TestPortIsTaken: another program has the port, and answers there, or does not.
func TestPortIsTaken(t *testing.T) {
	answers := httptest.NewServer(http.NotFoundHandler())
	defer answers.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer silent.Close()
	for _, other := range []net.Listener{answers.Listener, silent} {
		for _, engine := range []*shared{dynamoDB, objects} {
			t.Run(engine.name, func(t *testing.T) {
				command, serves := engine.engine(t)
				p, err := process.Start(command(other.Addr().(*net.TCPAddr).Port))
				require.NoError(t, err)
				defer p.Stop()
				assert.ErrorContains(t, wait(p, other.Addr().String(), serves), "it ended: ")
				assert.Contains(t, p.Output(), "in use")
			})
		}
	}
}
