package edgefunction

import (
	"reflect"
	"strings"
	"testing"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/terraform/edge"
)

// syntax is what both functions may be written in: ECMAScript 5.1, and of what
// cloudfront-js-2.0 knows beyond it const, let, template literals and arrow
// functions. goja knows more, for…of, classes, ?. and destructuring among it:
// docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html.
var syntax = map[string]bool{
	"Program": true, "FunctionDeclaration": true, "FunctionLiteral": true, "ParameterList": true, "BlockStatement": true,
	"LexicalDeclaration": true, "Binding": true, "ExpressionStatement": true, "ReturnStatement": true, "IfStatement": true,
	"TryStatement": true, "CatchStatement": true, "ThrowStatement": true,
	"ArrowFunctionLiteral": true, "ExpressionBody": true, "TemplateLiteral": true, "TemplateElement": true,
	"Identifier": true, "StringLiteral": true, "NumberLiteral": true, "RegExpLiteral": true, "ArrayLiteral": true, "ObjectLiteral": true, "PropertyKeyed": true,
	"AssignExpression": true, "BinaryExpression": true, "UnaryExpression": true, "ConditionalExpression": true,
	"CallExpression": true, "NewExpression": true, "DotExpression": true, "BracketExpression": true,
}

// outside lists what a source holds that is not in syntax.
func outside(t *testing.T, source string) (found []string) {
	t.Helper()
	program, err := parser.ParseFile(nil, "function.js", source, 0)
	require.NoError(t, err)
	program.DeclarationList, program.File = nil, nil // it holds parts of the body once more
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if v.CanAddr() && v.Addr().Type().Implements(reflect.TypeFor[ast.Node]()) && !syntax[v.Type().Name()] {
				found = append(found, v.Type().Name())
			}
			if parameters, ok := v.Interface().(ast.ParameterList); ok {
				for _, one := range parameters.List {
					if one.Initializer != nil {
						found = append(found, "a default of a parameter")
					}
				}
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "DeclarationList" && v.Type().Field(i).Name != "File" {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(program))
	return found
}

func TestLanguage(t *testing.T) {
	assert.Empty(t, outside(t, edge.ViewerResponse), "viewer-response.js")
	assert.Empty(t, outside(t, edge.ViewerRequest), "viewer-request.js")

	for source, want := range map[string]string{
		"a?.b":                      "Optional",
		"for (const a of b) {}":     "ForOfStatement",
		"class A {}":                "ClassDeclaration",
		"const {a} = b":             "ObjectPattern",
		"f(...a)":                   "SpreadElement",
		"x = {a}":                   "PropertyShort",
		"function f(a = 1) {}":      "a default of a parameter",
		"x = a => { return b?.c }":  "Optional",
		"function* f() { yield 1 }": "YieldExpression",
	} {
		assert.Contains(t, strings.Join(outside(t, source), " "), want, source)
	}
}

// TestSize keeps the functions to what can be read at a glance.
func TestSize(t *testing.T) {
	for name, source := range map[string]string{"viewer-response.js": edge.ViewerResponse, "viewer-request.js": edge.ViewerRequest} {
		lines := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
		assert.LessOrEqual(t, len(lines), 65, name)
		assert.LessOrEqual(t, len(source), maxSource, name)
		for i, line := range lines {
			assert.LessOrEqual(t, len(line), 125, "%s:%d", name, i+1)
		}
	}
}
