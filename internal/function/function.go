// Package function is what the mains of all functions share: the environment,
// read once and complained about once, the connection to AWS, and the log.
package function

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"darksocial/internal/site"
)

// Env reads variables and remembers those that are missing.
type Env struct {
	lookup  func(string) string
	missing []string
	bad     []error
}

// NewEnv reads the environment of the process.
func NewEnv() *Env { return &Env{lookup: os.Getenv} }

// Need returns a variable that must be there.
func (e *Env) Need(name string) string {
	value := e.lookup(name)
	if value == "" {
		e.missing = append(e.missing, name)
	}
	return value
}

// Or returns a variable, or what stands for it.
func (e *Env) Or(name, otherwise string) string {
	if value := e.lookup(name); value != "" {
		return value
	}
	return otherwise
}

// List returns a variable that holds several values between commas.
func (e *Env) List(name string) []string {
	if value := e.lookup(name); value != "" {
		return strings.Split(value, ",")
	}
	return nil
}

// Sites returns the sites in a variable.
func (e *Env) Sites(name string) []*site.Site {
	value := e.Need(name)
	if value == "" {
		return nil
	}
	sites, err := site.Parse([]byte(value))
	if err != nil {
		e.bad = append(e.bad, fmt.Errorf("%s: %w", name, err))
	}
	return sites
}

// Check remembers what is wrong with a variable, if anything.
func (e *Env) Check(name string, problem error) {
	if problem != nil {
		e.bad = append(e.bad, fmt.Errorf("%s: %w", name, problem))
	}
}

// Err names all that is wrong with the environment at once.
func (e *Env) Err() error {
	if len(e.missing) > 0 {
		return errors.Join(append(e.bad, fmt.Errorf("set %s: see the function's file in terraform/", strings.Join(e.missing, ", ")))...)
	}
	return errors.Join(e.bad...)
}

// AWS connects. Calls are tried five times, with growing pauses.
func AWS(ctx context.Context) (aws.Config, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return config.LoadDefaultConfig(ctx, config.WithRetryer(func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = 5 })
	}))
}

// S3 returns a client. Another S3 than Amazon's knows no host names per bucket.
func S3(cfg aws.Config) *s3.Client {
	return s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = os.Getenv("AWS_ENDPOINT_URL_S3") != "" })
}

// Exit ends a function that cannot begin.
func Exit(err error) {
	slog.Error("the function cannot begin", "error", err.Error())
	os.Exit(1)
}

// LogJSON makes the log one that machines read.
func LogJSON() { slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil))) }
