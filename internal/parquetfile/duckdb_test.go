package parquetfile_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
)

// onDisk writes n rows where DuckDB finds them, and returns the path in quotes.
func onDisk(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part.parquet")
	require.NoError(t, os.WriteFile(path, written(t, n), 0o600))
	return "'" + strings.ReplaceAll(path, "'", "''") + "'"
}

// TestTypes has the columns come out as the types that doc.go promises.
func TestTypes(t *testing.T) {
	got := lines[struct {
		Name string `json:"column_name"`
		Type string `json:"column_type"`
	}](t, "DESCRIBE SELECT * FROM "+onDisk(t, 10))
	var types []string
	for _, column := range got {
		types = append(types, column.Name+" "+column.Type)
	}
	assert.Equal(t, []string{
		"hour TIMESTAMP WITH TIME ZONE", "day DATE", "page VARCHAR", "channel VARCHAR", "arrivals BIGINT", "rank INTEGER",
		"complete BOOLEAN", "low DOUBLE", "title VARCHAR", "visitors BIGINT", "clicks INTEGER", "known BOOLEAN", "high DOUBLE",
		"shared TIMESTAMP WITH TIME ZONE", "first DATE",
	}, types)
}

// TestSchema looks at the file's own types, which are what Athena goes by.
func TestSchema(t *testing.T) {
	got := lines[struct {
		Name       string  `json:"name"`
		Type       string  `json:"type"`
		Repetition string  `json:"repetition_type"`
		Converted  *string `json:"converted_type"`
	}](t, "SELECT name, type, repetition_type, converted_type FROM parquet_schema("+onDisk(t, 10)+") WHERE num_children IS NULL")
	var types []string
	for _, c := range got {
		converted := "-"
		if c.Converted != nil {
			converted = *c.Converted
		}
		types = append(types, strings.Join([]string{c.Name, c.Repetition, c.Type, converted}, " "))
	}
	assert.Equal(t, []string{
		"hour REQUIRED INT64 TIMESTAMP_MILLIS", "day REQUIRED INT32 DATE", "page REQUIRED BYTE_ARRAY UTF8",
		"channel REQUIRED BYTE_ARRAY UTF8", "arrivals REQUIRED INT64 INT_64", "rank REQUIRED INT32 INT_32",
		"complete REQUIRED BOOLEAN -", "low REQUIRED DOUBLE -", "title OPTIONAL BYTE_ARRAY UTF8", "visitors OPTIONAL INT64 INT_64",
		"clicks OPTIONAL INT32 INT_32", "known OPTIONAL BOOLEAN -", "high OPTIONAL DOUBLE -", "shared OPTIONAL INT64 TIMESTAMP_MILLIS",
		"first OPTIONAL INT32 DATE",
	}, types)
}

// TestValues compares rows of each group, and sums over all.
func TestValues(t *testing.T) {
	const n = 140_000
	file := onDisk(t, n)
	got := lines[map[string]any](t, `SELECT file_row_number AS i, epoch_ms(hour) AS hour, day::VARCHAR AS day, page, channel, arrivals, rank,
		complete, low, title, visitors, clicks, known, high, epoch_ms(shared) AS shared, first::VARCHAR AS first
		FROM read_parquet(`+file+`, file_row_number=true) WHERE i IN (0, 1, 65535, 65536, 131073, 139999) ORDER BY i`)
	require.Len(t, got, 6)
	rows := map[string]row{}
	i := 0
	for r := range many(n) {
		rows[fmt.Sprint(i)] = r
		i++
	}
	for _, g := range got {
		at := fmt.Sprint(g["i"])
		r := rows[at]
		want, err := json.Marshal(map[string]any{
			"i": json.Number(at), "hour": r.Hour, "day": date(r.Day), "page": r.Page, "channel": r.Channel, "arrivals": r.Arrivals, "rank": r.Rank,
			"complete": r.Complete, "low": r.Low, "title": r.Title, "visitors": r.Visitors, "clicks": r.Clicks, "known": r.Known,
			"high": r.High, "shared": r.Shared, "first": optionalDate(r.First),
		})
		require.NoError(t, err)
		is, err := json.Marshal(g)
		require.NoError(t, err)
		assert.JSONEq(t, string(want), string(is))
	}

	var arrivals, visitors, titles int64
	pages := map[string]bool{}
	for r := range many(n) {
		arrivals += r.Arrivals
		pages[r.Page] = true
		if r.Visitors != nil {
			visitors += *r.Visitors
			titles++
		}
	}
	assert.Equal(t, []map[string]any{{"n": num(n), "arrivals": num(arrivals), "visitors": num(visitors), "titles": num(titles), "pages": num(int64(len(pages)))}},
		lines[map[string]any](t, "SELECT count(*) n, sum(arrivals) arrivals, sum(visitors) visitors, count(title) titles, count(DISTINCT page) pages FROM "+file))
}

// TestGroups keeps groups small, compressed, readable by all, and with the ranges
// by which a query skips them.
func TestGroups(t *testing.T) {
	file := onDisk(t, 140_000)
	assert.Equal(t, []map[string]any{{"created_by": "darksocial version 1(build 0)", "rows": num(140_000), "groups": num(3)}},
		lines[map[string]any](t, `SELECT created_by, num_rows AS "rows", num_row_groups AS "groups" FROM parquet_file_metadata(`+file+")"))
	assert.Equal(t, []map[string]any{
		{"row_group_id": num(0), "n": num(65536), "least": "0", "most": "68718428160"},
		{"row_group_id": num(1), "n": num(65536), "least": "68719476736", "most": "137437904896"},
		{"row_group_id": num(2), "n": num(8928), "least": "137438953472", "most": "146799591424"},
	}, lines[map[string]any](t, `SELECT row_group_id, row_group_num_rows AS n, stats_min_value AS least, stats_max_value AS most
		FROM parquet_metadata(`+file+`) WHERE path_in_schema = 'arrivals' ORDER BY 1`))
	assert.Equal(t, []map[string]any{{"compression": "ZSTD"}},
		lines[map[string]any](t, "SELECT DISTINCT compression FROM parquet_metadata("+file+")"))
	for _, c := range lines[struct{ Path, Encodings string }](t, `SELECT path_in_schema AS "Path", encodings AS "Encodings" FROM parquet_metadata(`+file+")") {
		assert.NotContains(t, c.Encodings, "DELTA", c.Path)
	}
}

// TestEmptyFile is a table without rows, which still has its columns.
func TestEmptyFile(t *testing.T) {
	assert.Equal(t, []map[string]any{{"n": num(0)}}, lines[map[string]any](t, "SELECT count(page) n FROM "+onDisk(t, 0)))
}

func lines[T any](t *testing.T, sql string) (rows []T) {
	t.Helper()
	in := json.NewDecoder(strings.NewReader(engine.DuckDB(t, sql)))
	in.UseNumber()
	for in.More() {
		var r T
		require.NoError(t, in.Decode(&r))
		rows = append(rows, r)
	}
	return rows
}

func num(n int64) json.Number { return json.Number(fmt.Sprint(n)) }

func date(days int32) string { return time.Unix(int64(days)*86400, 0).UTC().Format(time.DateOnly) }

func optionalDate(days *int32) any {
	if days == nil {
		return nil
	}
	return date(*days)
}
