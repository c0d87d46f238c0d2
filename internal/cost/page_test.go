package cost_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/cost"
	"darksocial/internal/ledger"
)

var update = flag.Bool("update", false, "write the tables of docs/cost.md instead of comparing them")

// TestPage holds the tables of docs/cost.md and docs/scale.md to the function.
func TestPage(t *testing.T) {
	for name, tables := range map[string]map[string]string{"../../docs/cost.md": cost.Tables(), "../../docs/scale.md": {"needs": cost.ScaleTable()}} {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		page := string(content)
		written := page
		for place, table := range tables {
			begin, end := "<!-- "+place+" -->\n", "<!-- /"+place+" -->"
			at, after := strings.Index(written, begin), strings.Index(written, end)
			require.True(t, at >= 0 && after > at, "%s has no place for the table %s", name, place)
			written = written[:at+len(begin)] + table + written[after:]
		}
		if *update {
			require.NoError(t, os.WriteFile(name, []byte(written), 0o644))
			continue
		}
		assert.Equal(t, page, written, "run go test ./internal/cost -run TestPage -update")
	}
}

// TestIdle: a deployment that nobody visits costs at most a dollar a month.
func TestIdle(t *testing.T) {
	assert.LessOrEqual(t, cost.IdleTotal(), 1.0)
	assert.Greater(t, cost.IdleAlone(), cost.IdleTotal())
}

// TestModule holds what is taken from the Terraform module, and from the code, to it.
func TestModule(t *testing.T) {
	read := func(name string) string {
		content, err := os.ReadFile("../../terraform/" + name)
		require.NoError(t, err)
		return string(content)
	}
	variables := read("variables.tf")
	assert.Regexp(t, `rollup\s+= optional\(number, 1024\)`, variables)
	assert.EqualValues(t, 1024, cost.RollupMB)
	assert.Regexp(t, `collect\s+= optional\(number, 256\)`, variables)
	assert.EqualValues(t, 256, cost.CollectMB)
	assert.Regexp(t, `batch_size\s+= 2000`, read("label.tf"))
	assert.EqualValues(t, 2000, cost.StreamBatch)
	assert.InDelta(t, float64(ledger.Keep)/float64(30*24*time.Hour), cost.KeptMonths, 1e-9)
}

// TestAlarmMetrics counts what the alarms of examples/complete look at, in alarms.tf: with
// collect, with delivered logs, without a stream and without shards.
func TestAlarmMetrics(t *testing.T) {
	content, err := os.ReadFile("../../terraform/alarms.tf")
	require.NoError(t, err)
	alarms := string(content)
	functions := 3 // label, rollup, collect
	single := len(regexp.MustCompile(`\n\s+meaning\s+=`).FindAllString(alarms, -1))
	require.Equal(t, 9, single, "an alarm has come or gone: count again")
	// errors and throttles are per function; the queues are two; stream-age is not there.
	metrics := 2*functions + 2 + (single - 2 - 1 - 1)
	metrics += 2 // tables-old looks at runs and errors
	metrics += 2 // of the edge functions
	assert.Equal(t, cost.AlarmMetrics, metrics)
}

func TestTotals(t *testing.T) {
	for _, p := range cost.Paths() {
		total := cost.Total(p.Use.PerMillion())
		assert.Positive(t, total, p.Name)
	}
	one, two := cost.Total(cost.Beacon(false).PerMillion()), cost.Total(cost.Beacon(true).PerMillion())
	assert.Greater(t, two, one)
	assert.Less(t, cost.Total(cost.Log(cost.Batches[2]).PerMillion()), one/5, "logs are the cheap way")
	assert.InDelta(t, 1.00, cost.Total(cost.Use{Requests: 1}.PerMillion()), 1e-9)
	assert.InDelta(t, 0.625, cost.Total(cost.Use{Writes: 1}.PerMillion()), 1e-9)
	assert.InDelta(t, 0.213333, cost.Total(cost.Use{Runs: 1, GBSeconds: 0.001}.PerMillion()), 1e-5)
}
