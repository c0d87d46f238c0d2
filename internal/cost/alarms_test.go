package cost_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// alarmsOf reads the alarms there can be out of terraform/alarms.tf: their names, without
// the deployment's, and of which kind they are.
func alarmsOf(t *testing.T) map[string]string {
	content, err := os.ReadFile("../../terraform/alarms.tf")
	require.NoError(t, err)
	text := string(content)
	kinds := map[string]string{}
	// names are those a template is made for: keys of a map or of a for's result.
	names := func(of string) []string {
		at := strings.Index(text, of)
		require.NotEqual(t, -1, at, of)
		block := text[at : at+strings.Index(text[at:], "\n  )")]
		var all []string
		for _, m := range regexp.MustCompile(`(?:"([a-z-]+)" =>|[{ ]([a-z-]+) = aws_)`).FindAllStringSubmatch(block, -1) {
			all = append(all, m[1]+m[2])
		}
		require.NotEmpty(t, all, of)
		return all
	}
	queues, functions, edges := names("queue_names = merge("), names("function_names = merge("), names(`resource "aws_cloudwatch_metric_alarm" "edge" {`)

	entry := regexp.MustCompile(`(?m)(?:=> |: |^ +)("?[a-z$\{\}-]+"?) (?:=>|=) \{\n +kind += (.+)\n`)
	choice := regexp.MustCompile(`^\w+ == "([^"]+)" \? "(\w+)" : "(\w+)"$`)
	kindOf := func(rule, name string) string {
		if m := choice.FindStringSubmatch(rule); m != nil {
			if m[1] == name {
				return m[2]
			}
			return m[3]
		}
		return strings.Trim(rule, `"`)
	}
	for _, m := range entry.FindAllStringSubmatch(text, -1) {
		key, rule := strings.Trim(m[1], `"`), m[2]
		switch {
		case strings.Contains(key, "${function}"):
			for _, name := range functions {
				kinds[strings.Replace(key, "${function}", name, 1)] = kindOf(rule, name)
			}
		case key == "queue":
			for _, name := range queues {
				kinds[name] = kindOf(rule, name)
			}
		default:
			kinds[key] = kindOf(rule, key)
		}
	}
	for _, m := range regexp.MustCompile(`alarm_name += "\$\{var\.name\}-(.+)"\n +alarm_description += "\[(\w+)\]`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(m[1], "${each.key}") {
			kinds[m[1]] = m[2]
			continue
		}
		for _, name := range edges {
			kinds[strings.Replace(m[1], "${each.key}", name, 1)] = m[2]
		}
	}
	return kinds
}

// TestOperationsPage: docs/operations.md has a section for each alarm, which says its kind,
// whether something is lost and what to type, and none for an alarm there is not.
func TestOperationsPage(t *testing.T) {
	kinds := alarmsOf(t)
	require.Greater(t, len(kinds), 17, kinds)
	content, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	_, alarms, found := strings.Cut(string(content), "\n## Alarms\n")
	require.True(t, found)
	alarms, _, _ = strings.Cut(alarms, "\n## ")
	sections := map[string]string{}
	for _, section := range strings.Split(alarms, "\n### ")[1:] {
		name, text, _ := strings.Cut(section, "\n")
		sections[name] = text
	}
	for name, kind := range kinds {
		text, there := sections[name]
		if !assert.True(t, there, "no section for the alarm %s", name) {
			continue
		}
		assert.True(t, strings.HasPrefix(strings.TrimSpace(text), "*"+kind+".*"), "%s is of the kind %s", name, kind)
		assert.Contains(t, text, "*Lost:*", name)
		assert.Regexp(t, "(?s)```sh\n.+\n```", text, name)
		delete(sections, name)
	}
	for name := range sections {
		assert.Fail(t, "there is no such alarm", name)
	}
}
