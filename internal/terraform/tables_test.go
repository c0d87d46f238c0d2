package terraform

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
)

var (
	tableName = regexp.MustCompile(`(?m)^    (\w+) = \[$`)
	column    = regexp.MustCompile(`name\s*=\s*"(\w+)",\s*type\s*=\s*"(\w+)"`)
)

// athenaTypes are the types of Athena for those of the row structs.
var athenaTypes = map[reflect.Kind]string{reflect.String: "string", reflect.Int64: "bigint", reflect.Bool: "boolean"}

func athenaType(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "timestamp"
	case t.Kind() == reflect.Pointer:
		t = t.Elem()
	}
	return athenaTypes[t.Kind()]
}

// TestTables: the columns Athena is told of are those of the row structs, in
// their order.
func TestTables(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("../../terraform", "tables.tf"))
	require.NoError(t, err)
	at := tableName.FindAllStringSubmatchIndex(string(text), -1)
	got := map[string][]string{}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		name := string(text[m[2]:m[3]])
		for _, c := range column.FindAllStringSubmatch(string(text[m[1]:end]), -1) {
			got[name] = append(got[name], c[1]+" "+c[2])
		}
	}
	want := map[string][]string{}
	for _, table := range rollup.Tables {
		row := reflect.TypeOf(table.Row)
		for i := range row.NumField() {
			name, _, _ := strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
			want[table.Name] = append(want[table.Name], name+" "+athenaType(row.Field(i).Type))
		}
	}
	assert.Equal(t, want, got)
}
