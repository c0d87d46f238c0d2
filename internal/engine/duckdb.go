package engine

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"darksocial/internal/engine/process"
)

// DuckDB runs SQL statements and returns the rows of the last one, each as a line
// with a JSON object. Integers and decimals are numbers with every digit, so
// read large ones with json.Decoder.UseNumber; dates, times and blobs are
// strings as DuckDB writes them, the session is in UTC. The database is in
// memory and new with every call; Parquet files are read by their path. An error
// of the SQL fails the test.
func DuckDB(t testing.TB, sql string) string {
	t.Helper()
	rows, complaint := duckDB(t, sql)
	if complaint != "" {
		t.Fatalf("engine: DuckDB: %s\n%s", complaint, sql)
	}
	return rows
}

func duckDB(t testing.TB, sql string) (rows, complaint string) {
	t.Helper()
	installed(t, "DuckDB", "internal/engine/node_modules/@duckdb/node-api/package.json")
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "Node.js")
	}
	var out bytes.Buffer
	cmd := exec.Command(node, filepath.Join(process.Root(), "internal", "engine", "duckdb.mjs"))
	cmd.Stdin, cmd.Stdout = strings.NewReader(sql), &out
	p, err := process.Start(cmd)
	if err != nil {
		t.Fatalf("engine: DuckDB: %v", err)
	}
	defer p.Stop()
	if err := p.Err(); err != nil {
		return "", strings.TrimSpace(p.Output() + err.Error())
	}
	return out.String(), ""
}
