//go:build !linux

package process

import "os/exec"

// Without the parent-death signal a program outlives a test binary that is
// killed; one that ends, even by a failed test, stops it.
func separate(*exec.Cmd) {}

func kill(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
