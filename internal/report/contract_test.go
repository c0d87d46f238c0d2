package report_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"darksocial/darksocial"
)

// schema is as much of JSON Schema as openapi.yaml uses.
type schema struct {
	Ref                  string             `yaml:"$ref"`
	Type                 any                `yaml:"type"` // a name, or several
	Format               string             `yaml:"format"`
	Enum                 []any              `yaml:"enum"`
	Minimum              *float64           `yaml:"minimum"`
	Maximum              *float64           `yaml:"maximum"`
	MaxLength            int                `yaml:"maxLength"`
	Properties           map[string]*schema `yaml:"properties"`
	Required             []string           `yaml:"required"`
	AdditionalProperties any                `yaml:"additionalProperties"` // false, or a schema
	Items                *schema            `yaml:"items"`
	AnyOf                []*schema          `yaml:"anyOf"`
	Description          string             `yaml:"description"`
}

type parameter struct {
	Ref         string  `yaml:"$ref"`
	Name        string  `yaml:"name"`
	In          string  `yaml:"in"`
	Required    bool    `yaml:"required"`
	Description string  `yaml:"description"`
	Schema      *schema `yaml:"schema"`
}

type response struct {
	Ref         string `yaml:"$ref"`
	Description string `yaml:"description"`
	Content     map[string]struct {
		Schema *schema `yaml:"schema"`
	} `yaml:"content"`
}

type operation struct {
	Summary     string               `yaml:"summary"`
	Description string               `yaml:"description"`
	Security    []any                `yaml:"security"`
	Parameters  []parameter          `yaml:"parameters"`
	RequestBody any                  `yaml:"requestBody"`
	Responses   map[string]*response `yaml:"responses"`
}

type contract struct {
	OpenAPI    string                           `yaml:"openapi"`
	Info       any                              `yaml:"info"`
	Servers    any                              `yaml:"servers"`
	Security   any                              `yaml:"security"`
	Paths      map[string]map[string]*operation `yaml:"paths"`
	Components struct {
		SecuritySchemes any                   `yaml:"securitySchemes"`
		Responses       map[string]*response  `yaml:"responses"`
		Parameters      map[string]*parameter `yaml:"parameters"`
		Schemas         map[string]*schema    `yaml:"schemas"`
	} `yaml:"components"`
}

func readContract(t testing.TB) *contract {
	t.Helper()
	file, err := os.Open("openapi.yaml")
	require.NoError(t, err)
	defer file.Close()
	c := &contract{}
	dec := yaml.NewDecoder(file)
	dec.KnownFields(true) // what is not checked does not stand there
	require.NoError(t, dec.Decode(c))
	return c
}

// check says where a value is not as a schema says.
func (c *contract) check(s *schema, value any, at string) (problems []string) {
	if s.Ref != "" {
		name := strings.TrimPrefix(s.Ref, "#/components/schemas/")
		to := c.Components.Schemas[name]
		if to == nil {
			return []string{at + ": there is no schema " + s.Ref}
		}
		return c.check(to, value, at)
	}
	if len(s.AnyOf) > 0 {
		for _, one := range s.AnyOf {
			some := c.check(one, value, at)
			if len(some) == 0 {
				return nil
			}
			problems = append(problems, some...)
		}
		return problems
	}
	if s.Type != nil && !slices.ContainsFunc(typesOf(s), func(name string) bool { return isOf(name, value) }) {
		return []string{fmt.Sprintf("%s: %v (%T) is not of type %v", at, value, value, s.Type)}
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, value) {
		problems = append(problems, fmt.Sprintf("%s: %v is none of %v", at, value, s.Enum))
	}
	switch v := value.(type) {
	case string:
		layout := map[string]string{"date": "2006-01-02", "date-time": time.RFC3339}[s.Format]
		if _, err := time.Parse(layout, v); layout != "" && err != nil {
			problems = append(problems, fmt.Sprintf("%s: %q is no %s", at, v, s.Format))
		}
	case float64:
		if s.Minimum != nil && v < *s.Minimum || s.Maximum != nil && v > *s.Maximum {
			problems = append(problems, fmt.Sprintf("%s: %v is out of bounds", at, v))
		}
	case []any:
		for i, item := range v {
			problems = append(problems, c.check(s.Items, item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		problems = append(problems, c.checkObject(s, v, at)...)
	}
	return problems
}

func (c *contract) checkObject(s *schema, object map[string]any, at string) (problems []string) {
	for _, name := range s.Required {
		if _, ok := object[name]; !ok {
			problems = append(problems, at+": "+name+" is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		property := s.Properties[name]
		if property == nil {
			if s.AdditionalProperties == false {
				problems = append(problems, at+": "+name+" is not in the contract")
			}
			continue
		}
		problems = append(problems, c.check(property, object[name], at+"."+name)...)
	}
	return problems
}

func typesOf(s *schema) (names []string) {
	switch t := s.Type.(type) {
	case string:
		return []string{t}
	case []any:
		for _, name := range t {
			names = append(names, name.(string))
		}
	}
	return names
}

func isOf(name string, value any) bool {
	switch v := value.(type) {
	case nil:
		return name == "null"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case float64:
		return name == "number" || name == "integer" && v == math.Trunc(v)
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	}
	return false
}

// problemsOf holds an answer to the contract.
func (c *contract) problemsOf(method, call, status string, body []byte) []string {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{err.Error()}
	}
	op := c.Paths["/api/v1/"+call][method]
	if op == nil {
		return []string{"there is no call " + method + " " + call}
	}
	answer := op.Responses[status]
	if answer == nil {
		return []string{call + " has no answer " + status}
	}
	if answer.Ref != "" {
		answer = c.Components.Responses[strings.TrimPrefix(answer.Ref, "#/components/responses/")]
	}
	return c.check(answer.Content["application/json"].Schema, value, call)
}

func checkAnswer(t testing.TB, call string, body []byte) {
	t.Helper()
	assert.Empty(t, readContract(t).problemsOf("get", call, "200", body), "%s is not what openapi.yaml says", call)
}

func checkError(t testing.TB, call string, body []byte) {
	t.Helper()
	assert.Empty(t, readContract(t).problemsOf("get", call, "default", body), "%s: %s", call, body)
}

// TestExamples: the examples are answers.
func TestExamples(t *testing.T) {
	c := readContract(t)
	files, err := filepath.Glob("testdata/examples/*.json")
	require.NoError(t, err)
	calls := map[string]bool{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		call, _, _ := strings.Cut(filepath.Base(file), ".")
		calls[call] = true
		method, status := "get", "200"
		switch call {
		case "links":
			method, status = "post", "201"
		case "error":
			call, status = "numbers", "default"
		}
		assert.Empty(t, c.problemsOf(method, call, status, body), file)
		for _, rule := range regexp.MustCompile(`"rule": "([a-z]+\.[^"]+)"`).FindAllSubmatch(body, -1) {
			_, ok := darksocial.FindRule(string(rule[1]))
			assert.True(t, ok, "%s: there is no rule %s", file, rule[1])
		}
	}
	for path := range c.Paths {
		if call, ok := strings.CutPrefix(path, "/api/v1/"); ok && call != "session" { // which answers as sites
			assert.True(t, calls[call], "%s has no example", path)
		}
	}
}

// TestContractRefuses keeps the check able to fail.
func TestContractRefuses(t *testing.T) {
	c := readContract(t)
	for _, body := range []string{
		`{}`, `[]`, `{"error":"a"}`, `{"error":"a","code":"made up"}`, `{"error":1,"code":"invalid"}`, `{"error":"a","code":"invalid","more":1}`, `{"error":null,"code":"invalid"}`,
	} {
		assert.NotEmpty(t, c.problemsOf("get", "numbers", "default", []byte(body)), body)
	}
	assert.Empty(t, c.problemsOf("get", "numbers", "default", []byte(`{"error":"a","code":"invalid","field":"from"}`)))
}

// TestParameters: each call takes what the contract says, and of what it does not take
// it says so.
func TestParameters(t *testing.T) {
	w := newWorld(t, &siteOfNothing, friday)
	c := readContract(t)
	fits := map[string]string{"from": today, "to": today, "compare": "weekdays", "channel": "social", "source": "facebook", "visibility": "private", "topic": "Lokales",
		"page": "/a", "limit": "5", "offset": "5", "sort": "private", "root": "abc"}
	for path, methods := range c.Paths {
		call, isCall := strings.CutPrefix(path, "/api/v1/")
		op := methods["get"]
		if !isCall || op == nil || call == "sites" {
			continue
		}
		takes := map[string]bool{}
		needed := []string{"site", siteName}
		for _, p := range op.Parameters {
			if p.Ref != "" {
				p = *c.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
			}
			takes[p.Name] = true
			if p.Required && p.Name != "site" {
				needed = append(needed, p.Name, fits[p.Name])
			}
		}
		for name, value := range fits {
			parameters := values(needed...)
			parameters.Set(name, value)
			answer := w.get(call, parameters)
			refused := answer.Code == http.StatusBadRequest && strings.Contains(answer.Body.String(), `"not_offered"`)
			assert.Equal(t, !takes[name], refused, "%s by %s: %s", call, name, answer.Body)
			if answer.Code != http.StatusOK {
				checkError(t, call, answer.Body.Bytes())
			}
		}
	}
}
