//go:build linux

package main

import (
	"os"
	"syscall"
)

// peakMB is the most memory a process had at a time, in MB. Linux counts in KiB.
func peakMB(p *os.ProcessState) float64 {
	return float64(p.SysUsage().(*syscall.Rusage).Maxrss) / 1024
}
