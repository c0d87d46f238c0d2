package process

import (
	"os/exec"
	"syscall"
)

// separate gives the program a process group, which kill ends as a whole, and
// lets the kernel kill it when the test binary dies before it could.
func separate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func kill(cmd *exec.Cmd) {
	// It fails only when the program has ended by itself, which is as good.
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
