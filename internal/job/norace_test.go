//go:build !race

package job_test

const raced = false
