package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDuckDB(t *testing.T) {
	for _, tt := range []struct{ name, sql, want string }{
		{"integers of any size are numbers", "SELECT 9223372036854775807::BIGINT AS a, sum(x) AS b, 1.50::DECIMAL(9,2) AS c, [2::BIGINT] AS d FROM range(3) t(x)",
			`{"a":9223372036854775807,"b":3,"c":1.50,"d":[2]}`},
		{"times are in UTC", "SELECT DATE '2026-11-23' AS a, TIMESTAMPTZ '2026-11-23 10:00:00+01' AS b", `{"a":"2026-11-23","b":"2026-11-23 09:00:00+00"}`},
		{"the last statement's rows", "CREATE MACRO twice(x) AS 2 * x; SELECT twice(x) AS y FROM range(2) t(x) ORDER BY y", `{"y":0}` + "\n" + `{"y":2}`},
		{"columns in their order", `SELECT NULL AS "2", 'é"' AS "1", true AS "2"`, `{"2":null,"1":"é\"","2":true}`},
		{"no rows", "SELECT 1 WHERE false", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := DuckDB(t, tt.sql)
			assert.Equal(t, tt.want, strings.TrimSuffix(got, "\n"))
			for line := range strings.Lines(got) {
				assert.True(t, json.Valid([]byte(line)), line)
			}
		})
	}
}

func TestDuckDBComplains(t *testing.T) {
	rows, complaint := duckDB(t, "SELECT * FROM nowhere")
	assert.Empty(t, rows)
	assert.Contains(t, complaint, "Table with name nowhere does not exist")
}

// TestDuckDBStaysHere: what is not in the package is not fetched.
func TestDuckDBStaysHere(t *testing.T) {
	_, complaint := duckDB(t, "SELECT * FROM 'http://127.0.0.1:1/x.parquet'")
	assert.Contains(t, complaint, "httpfs")
	assert.NotContains(t, complaint, "Could not establish connection")
}
