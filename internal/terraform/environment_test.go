package terraform

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unset are variables that a main reads and the module does not set: CDNs that do
// not sign have a secret, and a secret must not be in Terraform's state.
var unset = []string{"CDN_SECRETS"}

// checkEnvironments: each function is told what its main reads, and nothing else.
func checkEnvironments(t *testing.T, changes []change) {
	t.Helper()
	functions := ofType(changes, "aws_lambda_function")
	require.NotEmpty(t, functions)
	for _, c := range functions {
		name := strings.TrimPrefix(c.Change.After["function_name"].(string), "darksocial-")
		needed, known := readsOf(t, name)
		set := environment(t, c)
		for _, variable := range needed {
			assert.NotEmpty(t, set[variable], "%s needs %s", name, variable)
		}
		for _, variable := range known {
			_, ok := set[variable]
			assert.Equal(t, !slices.Contains(unset, variable), ok, "%s reads %s", name, variable)
		}
		for variable := range set {
			assert.Contains(t, known, variable, "%s does not read it", name)
		}
	}
}

// readsOf returns the variables that the main of a function must have, and all that
// it reads.
func readsOf(t *testing.T, function string) (needed, known []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../../functions", function, "main.go"), nil, 0)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if env, ok := method.X.(*ast.Ident); !ok || env.Name != "env" || len(call.Args) == 0 || method.Sel.Name == "Check" {
			return true
		}
		literal, ok := call.Args[0].(*ast.BasicLit)
		require.True(t, ok, "%s: env.%s is not given a text", function, method.Sel.Name)
		name, err := strconv.Unquote(literal.Value)
		require.NoError(t, err)
		switch method.Sel.Name {
		case "Need", "Sites":
			needed = append(needed, name)
		case "Or", "List":
		default:
			require.Fail(t, "env."+method.Sel.Name+" is not known here")
		}
		known = append(known, name)
		return true
	})
	require.NotEmpty(t, needed, function)
	return needed, known
}

// environment returns the variables of a planned function.
func environment(t *testing.T, c change) map[string]string {
	t.Helper()
	blocks, ok := c.Change.After["environment"].([]any)
	require.True(t, ok && len(blocks) == 1, c.Address)
	variables, ok := blocks[0].(map[string]any)["variables"].(map[string]any)
	require.True(t, ok, c.Address)
	set := map[string]string{}
	for name, value := range variables {
		set[name], ok = value.(string)
		require.True(t, ok, "%s: %s is not known before it is made", c.Address, name)
	}
	return set
}
