package terraform

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// TestCodeParameter: code_parameter takes the names that a site file does. What it
// refuses beside their form is in taken.tf, written of the tables in darksocial.
func TestCodeParameter(t *testing.T) {
	form := nameForm(t)
	var names, families []string
	for _, text := range literals(t, "params.go", "codeparam.go") {
		family, loose := strings.CutSuffix(text, "*")
		switch {
		case loose && form.MatchString(family) && isTaken(family+"x"):
			families = append(families, family)
		case !loose && form.MatchString(text) && isTaken(text):
			names = append(names, text)
		}
	}
	families = unique(families)
	byFamily := func(name string) bool {
		return strings.HasSuffix(name, "clid") || slices.ContainsFunc(families, func(family string) bool { return strings.HasPrefix(name, family) })
	}
	names = slices.DeleteFunc(unique(names), byFamily)
	require.NotEmpty(t, families)
	require.NotEmpty(t, names)

	path := filepath.Join(module, "taken.tf")
	want := takenNames(names, families)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
	}
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, want, string(got), "the names are old: go test ./internal/terraform -run TestCodeParameter -update")

	for _, name := range []string{"ds", "via", "ref-code", "a_1", "1a", "Ds", "ä", "-a", "xclid", "utm_x", "mc_cid", strings.Repeat("a", 16), strings.Repeat("a", 17)} {
		assert.Equal(t, isTaken(name), !form.MatchString(name) || byFamily(name) || slices.Contains(names, name), "code_parameter %q", name)
	}
}

// isTaken reports whether a site file may not use a name.
func isTaken(name string) bool { return (&darksocial.Site{CodeParameter: name}).Check() != nil }

// takenNames writes taken.tf, as terraform fmt would.
func takenNames(names, families []string) string {
	var b strings.Builder
	b.WriteString("# Names that mean something else in a page's address, or are taken off it. Written by go test ./internal/terraform -run TestCodeParameter -update.\n\nlocals {\n")
	for _, list := range []struct {
		name   string
		values []string
	}{{"taken_names", names}, {"taken_families", families}} {
		fmt.Fprintf(&b, "  %s = [\n", list.name)
		for _, value := range list.values {
			fmt.Fprintf(&b, "    %q,\n", value)
		}
		b.WriteString("  ]\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// nameForm is the rule of the form of a name.
func nameForm(t *testing.T) *regexp.Regexp {
	t.Helper()
	_, text, ok := strings.Cut(readModule(t), `variable "code_parameter" {`)
	require.True(t, ok)
	text, _, _ = strings.Cut(text, "\n}\n")
	rules := matches(`can\(regex\("(.*?)", var`, text)
	require.Len(t, rules, 1, "the rule is written otherwise")
	return regexp.MustCompile(rules[0])
}

// literals are the texts in files of the package darksocial.
func literals(t *testing.T, files ...string) []string {
	t.Helper()
	var all []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../../darksocial", name), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, err := strconv.Unquote(literal.Value)
				require.NoError(t, err)
				all = append(all, text)
			}
			return true
		})
	}
	return all
}
