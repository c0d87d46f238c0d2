package rollup

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/tables.md instead of comparing with it")

// TestTablesPage: docs/tables.md says of each table what the doc comment of its
// row struct says, and of each column what stands behind its field.
func TestTablesPage(t *testing.T) {
	const file = "../../docs/tables.md"
	page := tablesPage(t)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, page, string(got), "docs/tables.md is not what rows.go says: run make generate")
}

func tablesPage(t *testing.T) string {
	source, err := parser.ParseFile(token.NewFileSet(), "rows.go", nil, parser.ParseComments)
	require.NoError(t, err)
	docs := map[string]*ast.TypeSpec{}
	said := map[string]string{}
	for _, d := range source.Decls {
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
			spec := decl.Specs[0].(*ast.TypeSpec)
			docs[spec.Name.Name], said[spec.Name.Name] = spec, strings.TrimSpace(decl.Doc.Text())
		}
	}
	var b strings.Builder
	b.WriteString("# Tables\n\nGenerated from `darksocial/rollup/rows.go`. One Parquet file per table, site and day: `TABLE/site=…/dt=…/part.parquet`; `site` and `dt` are columns\nin Athena. A day is one of the site's own time zone. Every table counts the same arrivals, whatever is folded into `(other)`.\n")
	for _, table := range Tables {
		row := reflect.TypeOf(table.Row)
		spec := docs[row.Name()]
		require.NotNil(t, spec, row.Name())
		what := strings.ReplaceAll(said[row.Name()], "\n", " ")
		_, what, _ = strings.Cut(what, " ") // its name
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | |\n|---|---|---|\n", table.Name, strings.ToUpper(what[:1])+what[1:])
		for i, field := range spec.Type.(*ast.StructType).Fields.List {
			name, _, _ := strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, sqlType(row.Field(i).Type), strings.TrimSpace(field.Comment.Text()))
		}
	}
	return b.String()
}

func sqlType(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "timestamp"
	case t.Kind() == reflect.Pointer:
		return sqlType(t.Elem()) + ", may be null"
	}
	return map[reflect.Kind]string{reflect.String: "text", reflect.Int64: "bigint", reflect.Bool: "boolean"}[t.Kind()]
}
