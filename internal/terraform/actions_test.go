package terraform

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestActions: the functions together may ask of DynamoDB what the store asks of it,
// and nothing else.
func TestActions(t *testing.T) {
	files, err := filepath.Glob("../dynamo/*.go")
	require.NoError(t, err)
	var called []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		called = append(called, matches(`s\.client\.(\w+)\(ctx|dynamodb\.New(\w+)Paginator\(s\.client`, string(data))...)
	}
	require.NotEmpty(t, called)
	assert.Equal(t, unique(called), unique(matches(`"dynamodb:(\w+)"[,\]]`, readModule(t))))
}

// matches returns the group that matched of each match.
func matches(pattern, text string) []string {
	var found []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, strings.Join(m[1:], ""))
	}
	return found
}

func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
