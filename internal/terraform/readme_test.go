package terraform

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the tables of terraform/README.md")

// block is a variable or an output as its file has it.
type block struct {
	name        string
	description string
	typ         string
	fallback    string // the default as written, "" if there is none
}

func TestREADME(t *testing.T) {
	path := filepath.Join(module, "README.md")
	data, err := os.ReadFile(path)
	require.NoError(t, err)

	var inputs strings.Builder
	inputs.WriteString("| input | type | default | meaning |\n|---|---|---|---|\n")
	for _, v := range readBlocks(t, "variable") {
		fallback := "required"
		if v.fallback != "" {
			fallback = "`" + v.fallback + "`"
		}
		fmt.Fprintf(&inputs, "| `%s` | `%s` | %s | %s |\n", v.name, v.typ, fallback, cell(v.description))
	}
	var outputs strings.Builder
	outputs.WriteString("| output | meaning |\n|---|---|\n")
	for _, o := range readBlocks(t, "output") {
		fmt.Fprintf(&outputs, "| `%s` | %s |\n", o.name, cell(o.description))
	}

	want := replaceBetween(t, string(data), "inputs", inputs.String())
	want = replaceBetween(t, want, "outputs", outputs.String())
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, string(data), "the tables are old: go test ./internal/terraform -run TestREADME -update")
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// replaceBetween puts text between <!-- name --> and <!-- /name -->.
func replaceBetween(t *testing.T, s, name, text string) string {
	t.Helper()
	before, rest, ok := strings.Cut(s, "<!-- "+name+" -->\n")
	require.True(t, ok, "no mark <!-- %s -->", name)
	_, after, ok := strings.Cut(rest, "<!-- /"+name+" -->\n")
	require.True(t, ok, "no mark <!-- /%s -->", name)
	return before + "<!-- " + name + " -->\n" + text + "<!-- /" + name + " -->\n" + after
}

// readModule reads the files of the module as one text.
func readModule(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(module, "*.tf"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var text strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		text.Write(data)
	}
	return text.String()
}

// readBlocks reads the variables or the outputs by their lines, which terraform
// fmt keeps in one form. checkReading holds it to what Terraform reads.
func readBlocks(t *testing.T, kind string) []block {
	t.Helper()
	var err error
	var blocks []block
	lines := strings.Split(readModule(t), "\n")
	for i := 0; i < len(lines); i++ {
		name, ok := strings.CutPrefix(lines[i], kind+` "`)
		if !ok {
			continue
		}
		b := block{name: strings.TrimSuffix(name, `" {`)}
		for i++; lines[i] != "}"; i++ {
			key, value, ok := strings.Cut(lines[i], "=")
			if !ok || !strings.HasPrefix(key, "  ") || strings.HasPrefix(key, "   ") {
				continue // not an attribute of the block itself
			}
			value = strings.TrimSpace(value)
			// A value of many lines ends where the indentation does.
			if strings.HasSuffix(value, "{") || strings.HasSuffix(value, "[") || strings.HasSuffix(value, "(") {
				for i++; strings.HasPrefix(lines[i], "   "); i++ {
				}
				value += "…" + strings.TrimSpace(lines[i])
			}
			switch strings.TrimSpace(key) {
			case "description":
				b.description, err = strconv.Unquote(value)
				require.NoError(t, err, "%s: description", b.name)
			case "type":
				b.typ = value
			case "default":
				b.fallback = value
			}
		}
		blocks = append(blocks, b)
	}
	require.NotEmpty(t, blocks)
	return blocks
}

// checkReading compares what readBlocks read with what Terraform did.
func checkReading(t *testing.T, read configuration) {
	t.Helper()
	variables := readBlocks(t, "variable")
	assert.Len(t, variables, len(read.Variables))
	for _, v := range variables {
		its, ok := read.Variables[v.name]
		if assert.True(t, ok, v.name) {
			assert.Equal(t, its.Description, v.description)
			assert.NotEmpty(t, v.description, v.name)
			assert.NotEmpty(t, v.typ, v.name)
			if v.fallback == "{}" && strings.HasPrefix(v.typ, "object(") {
				assert.NotNil(t, its.Default, v.name) // Terraform has put in what each field is by itself
			} else if its.Default != nil {
				assert.JSONEq(t, string(its.Default), v.fallback, v.name)
			} else { // Terraform does not tell a default of null from none
				assert.Contains(t, []string{"", "null"}, v.fallback, v.name)
			}
		}
	}
	outputs := readBlocks(t, "output")
	assert.Len(t, outputs, len(read.Outputs))
	for _, o := range outputs {
		its, ok := read.Outputs[o.name]
		if assert.True(t, ok, o.name) {
			assert.Equal(t, its.Description, o.description)
			assert.NotEmpty(t, o.description, o.name)
		}
	}
}
