package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/preflight"
	"darksocial/internal/verify"
)

// ask gives a call to a command that asks a deployment.
func ask(t *testing.T, args ...string) (out, complaints string, err error) {
	t.Helper()
	var c struct {
		Preflight preflightCmd `cmd:""`
		Verify    verifyCmd    `cmd:""`
	}
	var o, e strings.Builder
	parser, err := kong.New(&c, kong.Bind(streams{strings.NewReader(""), &o, &e}))
	require.NoError(t, err)
	command, err := parser.Parse(args)
	if err == nil {
		err = command.Run()
	}
	return o.String(), e.String(), err
}

// awsHere is an AWS on this machine that knows one distribution, and nothing else.
func awsHere(t *testing.T) {
	distribution, err := os.ReadFile("../../internal/preflight/testdata/distribution.xml")
	require.NoError(t, err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/2020-05-31/distribution/E1EXAMPLE0001":
			_, _ = w.Write(distribution)
		case strings.HasPrefix(r.URL.Path, "/2020-05-31/"):
			_, _ = w.Write([]byte("<Any><Quantity>0</Quantity></Any>"))
		default:
			_, _ = w.Write([]byte(`{"AccountLimit":{"ConcurrentExecutions":1000}}`))
		}
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": server.URL, "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_PROFILE": "", "AWS_SESSION_TOKEN": ""} {
		t.Setenv(name, value)
	}
}

func TestPreflight(t *testing.T) {
	awsHere(t)
	out, _, err := ask(t, "preflight", "--distribution", "E1EXAMPLE0001")
	require.NoError(t, err)
	assert.Equal(t, "Distribution E1EXAMPLE0001 (www.example.com, *.shop.example.com), functions in eu-central-1\n\nNothing is in the way.\n", out)

	out, _, err = ask(t, "preflight", "--distribution", "E1EXAMPLE0001", "--routed", "80")
	require.ErrorIs(t, err, errPartial, "which is exit status 3")
	assert.Contains(t, out, "\nstop    Cache behaviors per distribution\n        1 of 75 are in use, and 82 more are needed")

	out, _, err = ask(t, "preflight", "--distribution", "E1EXAMPLE0001", "--routed", "80", "--json")
	require.ErrorIs(t, err, errPartial)
	var report preflight.Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	assert.Equal(t, preflight.Stop, report.Findings[0].Level)

	_, _, err = ask(t, "preflight", "--distribution", "www.elsewhere.example")
	require.ErrorIs(t, err, preflight.ErrNone)
	t.Setenv("AWS_REGION", "")
	_, _, err = ask(t, "preflight", "--distribution", "E1EXAMPLE0001")
	require.ErrorContains(t, err, "AWS_REGION")
	_, _, err = ask(t, "preflight")
	require.ErrorContains(t, err, "--distribution")
}

// TestVerifyServe: a visit through `darksocial serve`, followed in the folder it keeps.
func TestVerifyServe(t *testing.T) {
	store := t.TempDir()
	s := startServe(t, "--store", store)
	out, _, err := ask(t, "verify", s.url, "--store", store, "--site", "localhost", "--wait", "0s")
	require.True(t, err == nil || errors.Is(err, errPartial), out) // as long as the tables are not made, which is done each minute
	for _, step := range []string{"ok       page", "ok       edge hint", "ok       script", "ok       collect", "ok       record", "skipped  log line", "tables"} {
		assert.Contains(t, out, step)
	}
	assert.Contains(t, out, "Left behind: one record")

	out, _, err = ask(t, "verify", s.url, "--store", store, "--site", "localhost", "--wait", "0s", "--json")
	require.True(t, err == nil || errors.Is(err, errPartial), err)
	var report verify.Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	s.interrupt() // which labels the log and makes the tables

	out, _, err = ask(t, "verify", s.url, "--store", store, "--site", "localhost", "--again", report.Hint, "--wait", "1ms")
	require.NoError(t, err)
	assert.Contains(t, out, "one record, seen by log and beacon")
	assert.Contains(t, out, "ok       tables")

	_, _, err = ask(t, "verify", "www.example.com")
	require.ErrorContains(t, err, "write it like")
	_, _, err = ask(t, "verify", s.url, "--store", store, "--site", "localhost")
	require.Error(t, err)
	assert.False(t, errors.Is(err, errPartial), "a site that does not answer is no matter of waiting")
}

func TestVerifyFailed(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	_, _, err := ask(t, "verify", server.URL, "--store", t.TempDir(), "--site", "localhost")
	require.ErrorContains(t, err, "page, edge hint, script, collect")
}
