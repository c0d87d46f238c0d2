package terraform

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"darksocial/internal/engine/process"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "../../terraform"

// examples are below the module, which they use as "../..".
var examples = []string{"examples/logs-only", "examples/complete", "examples/existing-distribution"}

// variableTests test variables.tf alone.
var variableTests = []string{"tests/variables.tftest.hcl", "tests/sites.tftest.hcl"}

func TestModule(t *testing.T) {
	w := newWorkspace(t)

	t.Run("fmt", func(t *testing.T) {
		w.run(t, w.dir, "fmt", "-check", "-recursive", "-diff")
	})

	// What the variables refuse needs no provider, and without one a run takes
	// milliseconds instead of a second.
	t.Run("variables", func(t *testing.T) {
		alone := t.TempDir()
		for _, name := range append([]string{"variables.tf", "sites.tf", "taken.tf", "tests/mocks/aws.tfmock.hcl", "tests/mocks_us_east_1/aws.tfmock.hcl"}, variableTests...) {
			copyFile(t, filepath.Join(w.dir, name), filepath.Join(alone, name))
		}
		copyFolder(t, filepath.Join(w.dir, "tests/zips"), filepath.Join(alone, "tests/zips"))
		copyFolder(t, filepath.Join(w.dir, "tests/zips_without_collect"), filepath.Join(alone, "tests/zips_without_collect"))
		checkTests(t, w.run(t, alone, "test"))
	})

	w.init(t)

	// Each command loads the provider's schemas for some seconds, so they run
	// side by side.
	t.Run("provider", func(t *testing.T) {
		for _, dir := range examples { // and with it the module, which cannot be validated without the providers it is given
			t.Run("validate "+dir, func(t *testing.T) {
				t.Parallel()
				w.run(t, filepath.Join(w.dir, dir), "validate")
			})
		}
		files, err := fs.Glob(os.DirFS(w.dir), "tests/*.tftest.hcl")
		require.NoError(t, err)
		require.Greater(t, len(files), len(variableTests))
		for _, file := range files {
			if !slices.Contains(variableTests, file) {
				t.Run(file, func(t *testing.T) {
					t.Parallel()
					checkTests(t, w.run(t, w.dir, "test", "-filter="+file))
				})
			}
		}
		t.Run("apply", func(t *testing.T) {
			t.Parallel()
			checkApply(t, w)
		})
		for _, r := range refusals {
			t.Run("refused "+r.name, func(t *testing.T) {
				t.Parallel()
				r.run(t, w)
			})
		}
		for _, p := range plans {
			t.Run("plan "+p.name, func(t *testing.T) {
				t.Parallel()
				p.run(t, w)
			})
		}
	})
}

// checkTests sees to it that terraform test ran something: it also succeeds if
// it finds no tests.
func checkTests(t *testing.T, output string) {
	t.Helper()
	assert.Regexp(t, `Success! [1-9][0-9]* passed, 0 failed`, output)
}

// workspace is a copy of the module, so that nothing Terraform writes lands
// beside the source.
type workspace struct {
	terraform string // the command
	dir       string // the copy of the module
	data      string // where init puts the provider, for the module and the example
	empty     string // an empty file
}

func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	path, err := exec.LookPath("terraform")
	if err != nil {
		const missing = "terraform is not on PATH. Not run: terraform fmt; validate of the module and of its examples; " +
			"the module's own tests; plans of the examples; the README's tables against Terraform's own reading"
		process.Missing(t, missing)
	}
	root := t.TempDir()
	w := &workspace{terraform: path, dir: filepath.Join(root, "terraform"), data: filepath.Join(root, "data"), empty: filepath.Join(root, "empty")}
	require.NoError(t, os.WriteFile(w.empty, nil, 0o600))
	copyFolder(t, module, w.dir)
	copyFolder(t, "../../events/rollup", filepath.Join(root, "events", "rollup")) // which a test of the module reads
	return w
}

// copyFolder copies a folder, without what Terraform leaves in one.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".terraform":
			return filepath.SkipDir
		case d.IsDir() || strings.Contains(d.Name(), ".tfstate") || d.Name() == lockFile:
			return nil
		}
		below, err := filepath.Rel(from, path)
		if err == nil {
			copyFile(t, path, filepath.Join(to, below))
		}
		return err
	}))
}

const lockFile = ".terraform.lock.hcl"

// init makes the examples ready, and with them the module, which they use: all
// share the folder of the provider and what Terraform locked.
func (w *workspace) init(t *testing.T) {
	t.Helper()
	args := []string{"init", "-input=false", "-backend=false"}
	if mirror := pluginDir(t); mirror != "" {
		args = append(args, "-plugin-dir="+mirror)
	}
	first := filepath.Join(w.dir, examples[0])
	w.run(t, first, args...)
	for _, dir := range append([]string{"."}, examples[1:]...) {
		copyFile(t, filepath.Join(first, lockFile), filepath.Join(w.dir, dir, lockFile))
	}
}

// pluginDir returns a mirror of providers on disk, or "".
func pluginDir(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("TF_PLUGIN_DIR"); dir != "" {
		dir, err := filepath.Abs(dir)
		require.NoError(t, err)
		return dir
	}
	// https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
	dirs := []string{"/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append([]string{filepath.Join(home, ".terraform.d", "plugins")}, dirs...)
	}
	// Machines without a way to Terraform's registry have a mirror somewhere near
	// the root, where somebody put it.
	tops, err := os.ReadDir("/")
	require.NoError(t, err)
	for _, top := range tops {
		if name := top.Name(); name != "proc" && name != "sys" {
			dirs = append(dirs, filepath.Join("/", name), filepath.Join("/", name, "*"))
		}
	}
	for _, dir := range dirs {
		if found, _ := filepath.Glob(filepath.Join(dir, "*", "hashicorp", "aws")); len(found) > 0 {
			return filepath.Join(found[0], "..", "..", "..")
		}
	}
	return ""
}

// run runs a Terraform command in dir and returns what it wrote to standard
// output. Neither the user's settings nor an AWS account are in reach.
func (w *workspace) run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	return w.runWith(t, dir, nil, args...)
}

func (w *workspace) runWith(t *testing.T, dir string, env []string, args ...string) string {
	t.Helper()
	stdout, stderr, err := w.try(t, dir, env, args...)
	require.NoError(t, err, "terraform %s\n%s%s", strings.Join(args, " "), stdout, stderr)
	return stdout
}

// try runs a command that may fail.
func (w *workspace) try(t *testing.T, dir string, env []string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), w.terraform, args...)
	cmd.Dir = dir
	// Interrupted, Terraform also ends its providers; killed, it would leave them.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	cmd.Env = append([]string{
		"TF_DATA_DIR=" + w.data,
		"TF_CLI_CONFIG_FILE=" + w.empty,
		"TF_IN_AUTOMATION=1",
		"TF_CLI_ARGS=-no-color",
		"CHECKPOINT_DISABLE=1",
		// Nearly all of the time goes into the provider's schemas. Terraform and
		// its providers are Go programs, and short-lived: collecting their
		// garbage only from 1 GB on takes a third of it away.
		"GOGC=off",
		"GOMEMLIMIT=1GiB",
		"AWS_CONFIG_FILE=" + w.empty,
		"AWS_SHARED_CREDENTIALS_FILE=" + w.empty,
		"AWS_EC2_METADATA_DISABLED=true",
	}, env...)
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	var out, complaint strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err = cmd.Run()
	if context.Cause(t.Context()) != nil {
		require.NoError(t, err, "terraform %s was interrupted", args[0])
	}
	return out.String(), complaint.String(), err
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o700))
	require.NoError(t, os.WriteFile(to, data, 0o600))
}
