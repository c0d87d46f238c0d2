package terraform

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
)

// athenaTypes are the types of Athena for those of the row structs.
var athenaTypes = map[reflect.Kind]string{reflect.String: "string", reflect.Int64: "bigint", reflect.Bool: "boolean", reflect.Float64: "double"}

func athenaType(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "timestamp"
	case t.Kind() == reflect.Pointer:
		return athenaType(t.Elem())
	}
	return athenaTypes[t.Kind()]
}

// maxComment is how long Glue lets a column's comment be, in bytes.
// https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html
const maxComment = 255

// TestTables: Athena is told of the tables what the row structs of
// darksocial/rollup are and say of themselves, in columns.tf.
func TestTables(t *testing.T) {
	path := filepath.Join(module, "columns.tf")
	want := columns(t)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, want, string(got), "the columns are old: go test ./internal/terraform -run TestTables -update")
}

// columns writes columns.tf.
func columns(t *testing.T) string {
	t.Helper()
	said := rowDocs(t)
	var b strings.Builder
	b.WriteString("# What the tables hold. Written by go test ./internal/terraform -run TestTables -update of the rows in darksocial/rollup.\n\nlocals {\n  tables = {\n")
	for _, table := range rollup.Tables {
		row := reflect.TypeOf(table.Row)
		doc, ok := said[row.Name()]
		require.True(t, ok, "%s has no doc comment", row.Name())
		fmt.Fprintf(&b, "    %s = {\n      description = %s\n      columns = [\n", table.Name, quoted(doc.text))
		for i := range row.NumField() {
			field := row.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
			kind := athenaType(field.Type)
			require.NotEmpty(t, kind, "%s.%s has a type that Athena is not told of", row.Name(), field.Name)
			comment := doc.fields[field.Name]
			require.LessOrEqual(t, len(comment), maxComment, "%s.%s", row.Name(), field.Name)
			fmt.Fprintf(&b, "        { name = %q, type = %q, comment = %s },\n", name, kind, quoted(comment))
		}
		b.WriteString("      ]\n    }\n")
	}
	b.WriteString("  }\n}\n")
	return b.String()
}

// quoted is a text as Terraform writes it, without templates.
func quoted(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(s))
}

// rowDoc is what a row struct says of itself and its fields.
type rowDoc struct {
	text   string
	fields map[string]string
}

// rowDocs reads the doc comments of the package's structs, without the name they
// begin with.
func rowDocs(t *testing.T) map[string]rowDoc {
	t.Helper()
	files, err := filepath.Glob("../../darksocial/rollup/*.go")
	require.NoError(t, err)
	docs := map[string]rowDoc{}
	for _, file := range slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range source.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			spec := decl.Specs[0].(*ast.TypeSpec)
			fields, ok := spec.Type.(*ast.StructType)
			if !ok {
				continue
			}
			_, text, _ := strings.Cut(strings.Join(strings.Fields(decl.Doc.Text()), " "), " ")
			if text != "" {
				text = strings.ToUpper(text[:1]) + text[1:]
			}
			doc := rowDoc{text, map[string]string{}}
			for _, field := range fields.Fields.List {
				for _, name := range field.Names {
					doc.fields[name.Name] = strings.TrimSpace(field.Comment.Text())
				}
			}
			docs[spec.Name.Name] = doc
		}
	}
	return docs
}
