//go:build race

package job_test

// raced says that the race detector runs, which takes ten times as long. What it
// looks for does not depend on how much is done.
const raced = true
