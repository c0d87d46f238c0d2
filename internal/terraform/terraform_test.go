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

// example is below the module, which it uses as "../..".
const example = "examples/logs-only"

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
		for _, name := range append([]string{"variables.tf", "sites.tf", "tests/empty.zip", "tests/mocks/aws.tfmock.hcl"}, variableTests...) {
			copyFile(t, filepath.Join(w.dir, name), filepath.Join(alone, name))
		}
		checkTests(t, w.run(t, alone, "test"))
	})

	w.init(t)

	// Each command loads the provider's schemas for some seconds, so they run
	// side by side.
	t.Run("provider", func(t *testing.T) {
		for _, dir := range []string{".", example} {
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
		for _, p := range plans {
			t.Run("plan "+p.events, func(t *testing.T) {
				t.Parallel()
				p.check(t, w)
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
		const missing = "terraform is not on PATH. Not run: terraform fmt; validate of the module and of " + example +
			"; the module's own tests; the plans that show that the example changes no distribution; the README's tables against Terraform's own reading"
		process.Missing(t, missing)
	}
	root := t.TempDir()
	w := &workspace{terraform: path, dir: filepath.Join(root, "terraform"), data: filepath.Join(root, "data"), empty: filepath.Join(root, "empty")}
	require.NoError(t, os.WriteFile(w.empty, nil, 0o600))
	require.NoError(t, filepath.WalkDir(module, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".terraform":
			return filepath.SkipDir
		case d.IsDir() || strings.Contains(d.Name(), ".tfstate") || d.Name() == lockFile:
			return nil
		}
		below, err := filepath.Rel(module, path)
		if err == nil {
			copyFile(t, path, filepath.Join(w.dir, below))
		}
		return err
	}))
	return w
}

const lockFile = ".terraform.lock.hcl"

// init makes the example ready, and with it the module, which it uses: they
// share the folder of the provider and what Terraform locked.
func (w *workspace) init(t *testing.T) {
	t.Helper()
	args := []string{"init", "-input=false", "-backend=false"}
	if mirror := pluginDir(t); mirror != "" {
		args = append(args, "-plugin-dir="+mirror)
	}
	w.run(t, filepath.Join(w.dir, example), args...)
	copyFile(t, filepath.Join(w.dir, example, lockFile), filepath.Join(w.dir, lockFile))
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
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if context.Cause(t.Context()) != nil {
		require.NoError(t, err, "terraform %s was interrupted", args[0])
	}
	require.NoError(t, err, "terraform %s\n%s%s", strings.Join(args, " "), stdout.String(), stderr.String())
	return stdout.String()
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o700))
	require.NoError(t, os.WriteFile(to, data, 0o600))
}
