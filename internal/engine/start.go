package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"darksocial/internal/engine/process"
)

const (
	attempts = 5                     // to get a port that nobody else takes meanwhile
	patience = 30 * time.Second      // for an engine to come up; it takes some 50 ms
	interval = 10 * time.Millisecond // between two looks at the port
)

// check tells whether the engine serves at an address: the one that was started,
// not another program that took the port in between.
type check func(ctx context.Context, p *process.Process, address string) error

// command is how to start an engine on a port.
type command func(port int) *exec.Cmd

var dynamoDB = &shared{name: "dynoxide", env: "AWS_ENDPOINT_URL_DYNAMODB", engine: func(t testing.TB) (command, check) {
	t.Helper()
	binary := installed(t, "dynoxide", "internal/engine/node_modules/@dynoxide/linux-x64/dynoxide")
	return func(port int) *exec.Cmd {
			cmd := exec.Command(binary, "serve", "--port", strconv.Itoa(port)) // on 127.0.0.1, in memory
			cmd.Env = []string{}                                               // nothing of ours
			return cmd
		}, func(ctx context.Context, p *process.Process, address string) error {
			if !strings.Contains(p.Output(), "listening on http://"+address+"\n") {
				return errors.New("it has not said that it has the port")
			}
			conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
			if err != nil {
				return err
			}
			return conn.Close()
		}
}}

var objects = &shared{name: "versitygw", env: "AWS_ENDPOINT_URL_S3", engine: func(t testing.TB) (command, check) {
	t.Helper()
	binary := installed(t, "versitygw", "bin/engines/versitygw")
	// It keeps ETags in extended attributes, which the file system of the temp dir
	// must have. Told to keep them in files beside the objects it changes the two one
	// after the other, and a reader may get the new ETag with the old content.
	data := process.TempDir(t)
	return func(port int) *exec.Cmd {
			cmd := exec.Command(binary, "--port", "127.0.0.1:"+strconv.Itoa(port), "--region", region, "--quiet",
				"posix", data)
			cmd.Env = []string{"ROOT_ACCESS_KEY=" + accessKey, "ROOT_SECRET_KEY=" + secretKey}
			return cmd
		}, func(ctx context.Context, _ *process.Process, address string) error {
			// Only the one that was started here knows the keys.
			cfg := own("http://" + address)
			cfg.Retryer = func() aws.Retryer { return aws.NopRetryer{} }
			_, err := S3Client(cfg).ListBuckets(ctx, &s3.ListBucketsInput{})
			return err
		}
}}

// start starts an engine on a free port and returns its endpoint once it serves.
func start(t testing.TB, command command, serves check) (url string, err error) {
	t.Helper()
	var engine *process.Process
	process.AtExit(t, func() {
		if engine != nil {
			engine.Stop()
		}
	})
	var failures []error
	for range attempts {
		port, err := freePort()
		if err != nil {
			return "", err
		}
		p, err := process.Start(command(port))
		if err != nil {
			return "", err
		}
		address := "127.0.0.1:" + strconv.Itoa(port)
		if err = wait(p, address, serves); err == nil {
			engine = p
			return "http://" + address, nil
		}
		p.Stop()
		failures = append(failures, fmt.Errorf("on %s: %w; it wrote: %s", address, err, strings.TrimSpace(p.Output())))
	}
	return "", errors.Join(failures...)
}

// wait waits until the engine serves, or has ended, or patience has.
func wait(p *process.Process, address string, serves check) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	go func() {
		<-p.Done()
		cancel() // whatever another program on that port says, or does not say
	}()
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		err := serves(ctx, p, address)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
			continue
		}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return fmt.Errorf("it did not serve within %v: %w", patience, err)
		}
		return fmt.Errorf("it ended: %w", cmp.Or(p.Err(), errors.New("exit status 0")))
	}
}

// freePort returns a port that was free a moment ago: an engine wants to be told
// a number, so another program may still take it.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
