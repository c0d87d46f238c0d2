// Command darksocial tries the classifier on one machine: it labels access logs
// and explains single visits. Run it with --help.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}
