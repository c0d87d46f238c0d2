package terraform

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// TestLogFields: log_fields takes the presets and the names that a site file does.
func TestLogFields(t *testing.T) {
	data := readModule(t)
	listed := regexp.MustCompile(`"preset" \? contains\(\[(.*?)\]`).FindStringSubmatch(data)
	require.Len(t, listed, 2)
	for _, quoted := range strings.Split(listed[1], ", ") {
		name, err := strconv.Unquote(quoted)
		require.NoError(t, err)
		_, ok := darksocial.LogPreset(name)
		assert.True(t, ok, name)
	}
	_, err := darksocial.ParseSite("site.json", []byte(`{"log_fields": "none"}`))
	assert.ErrorContains(t, err, "use one of "+strings.ReplaceAll(listed[1], `"`, "")+", or", "all of them")

	names := regexp.MustCompile(`regex\("\^\(encoded\|omits_empty\|(.*)\|headers`).FindStringSubmatch(data)
	require.Len(t, names, 2)
	assert.Equal(t, darksocial.FieldNames, strings.Split(names[1], "|"))
}
