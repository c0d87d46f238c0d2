package queries_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/engine"
	"darksocial/internal/engine/process"
	"darksocial/internal/lake/queries"
	files "darksocial/terraform/queries"
)

func TestMain(m *testing.M) { engine.Main(m) }

// questions are what each query must answer.
var questions = map[string]func(*world) []answer{
	"direct":                    direct,
	"dark-social":               darkSocial,
	"private-public":            privatePublic,
	"passed-on":                 passedOn,
	"readers-per-share":         readersPerShare,
	"sold":                      sold,
	"chain":                     oneChain,
	"apps-sold":                 appsSold,
	"purchases":                 purchases,
	"previews-without-arrivals": previewsWithoutArrivals,
	"week-over-week":            weekOverWeek,
	"after-campaign":            afterCampaign,
	"unexplained":               unexplained,
	"evidence":                  evidence,
	"audience":                  audience,
	"first-open":                firstOpen,
	"generations":               generations,
	"reach":                     reach,
	"reading":                   readingBySource,
	"hours":                     hoursOfPages,
	"reconciliation":            reconciliation,
	"incomplete-days":           incompleteDays,
	"visitor_days":              visitorDays,
	"complete_arrivals":         completeArrivals,
	"net_purchases":             netPurchases,
	"articles":                  articles,
}

// asked is the range of the samples.
var asked = queries.Range{Site: siteName, First: firstDay, Last: lastDay, Today: lastDay}

// prelude makes DuckDB see all sites of a lake.
func prelude(w *world) string { return queries.Tables(w.dir, "*", w.tables()) }

// TestAnswers runs every query over a week that our own roll-up wrote, and compares what
// comes out with what the rows of the tables say, added up in Go.
func TestAnswers(t *testing.T) {
	w := lived(t)
	asks := map[string]bool{}
	for _, q := range queries.All() {
		asks[q.Name] = true
		t.Run(q.Name, func(t *testing.T) {
			want := questions[q.Name]
			require.NotNil(t, want, "nobody has said what it must answer")
			must, got := want(&world{t, w.dir}), read(t, engine.DuckDB(t, prelude(w)+q.SQL(asked)))
			if q.View { // which has no order of its own but that of days
				inOneOrder(must)
				inOneOrder(got)
			}
			requireAnswers(t, must, got)
		})
	}
	for name := range questions {
		assert.True(t, asks[name], name)
	}
	t.Run("saved", func(t *testing.T) { checkSaved(t, w) })
}

// checkSaved runs a query as Terraform saves it: the last 30 days, by expressions instead
// of constants.
func checkSaved(t *testing.T, w *world) {
	q, err := queries.Find("after-campaign") // which reads two tables
	require.NoError(t, err)
	first, last := saved(t)
	sql := strings.NewReplacer("'first'", first, "'last'", last).Replace(q.SQL(queries.Range{Site: siteName, First: "first", Last: "last"}))
	sql = strings.ReplaceAll(sql, "current_date", "DATE '2026-11-14'")
	want := q.SQL(queries.Range{Site: siteName, First: "2026-10-15", Last: "2026-11-13"})
	require.NotEqual(t, want, sql)
	rows := engine.DuckDB(t, prelude(w)+sql)
	assert.NotEmpty(t, rows)
	assert.Equal(t, engine.DuckDB(t, prelude(w)+want), rows)
}

// saved are the expressions for the first and the last day in terraform/queries.tf.
func saved(t *testing.T) (first, last string) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(process.Root(), "terraform", "queries.tf"))
	require.NoError(t, err)
	found := regexp.MustCompile(`saved_(?:first|last) +=\s"(.*)"`).FindAllSubmatch(file, -1)
	require.Len(t, found, 2)
	return string(found[0][1]), string(found[1][1])
}

// TestTrino: each file is SQL by the grammar of Trino, which is Athena's, and so is a
// query as it is saved.
func TestTrino(t *testing.T) {
	var names, texts []string
	require.NoError(t, fs.WalkDir(files.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, readErr := files.Files.ReadFile(path)
			require.NoError(t, readErr)
			assert.Equal(t, 1, strings.Count(string(text), "\n\n"), "%s: Terraform takes it apart at the empty line below the comment", path)
			names, texts = append(names, path), append(texts, string(text))
		}
		return err
	}))
	require.Len(t, names, len(queries.All()))
	first, last := saved(t)
	names = append(names, names[0]+" as it is saved")
	texts = append(texts, strings.NewReplacer("'2026-11-01'", first, "'2026-11-30'", last).Replace(texts[0]))
	require.Contains(t, texts[len(texts)-1], first)
	for i, complaint := range trino(t, texts) {
		assert.Empty(t, complaint, names[i])
	}
	// The check can fail.
	for _, complaint := range trino(t, []string{"SELECT 1 // 2", "SELECT a FROM", "CREATE OR REPLACE VIEW v SELECT 1"}) {
		assert.NotEmpty(t, complaint)
	}
}

// trino says of SQL texts what is wrong with each.
func trino(t *testing.T, texts []string) (complaints []string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		process.Missing(t, "Node.js is not installed")
	}
	esbuild, parser := filepath.Join(process.Root(), "web/node_modules/.bin/esbuild"), filepath.Join(process.Root(), "internal/engine/node_modules")
	for _, path := range []string{esbuild, filepath.Join(parser, "dt-sql-parser")} {
		if _, err := os.Stat(path); err != nil {
			process.Missing(t, filepath.Base(path)+" is not installed: run make engines")
		}
	}
	// The package imports folders, which Node alone does not find.
	bundle := filepath.Join(t.TempDir(), "trino.cjs")
	build := exec.Command(esbuild, "testdata/trino.mjs", "--bundle", "--platform=node", "--format=cjs", "--log-level=error", "--outfile="+bundle)
	build.Env = append(os.Environ(), "NODE_PATH="+parser)
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	in, err := json.Marshal(texts)
	require.NoError(t, err)
	var said bytes.Buffer
	check := exec.CommandContext(t.Context(), node, bundle)
	check.Stdin, check.Stdout, check.Stderr = bytes.NewReader(in), &said, os.Stderr
	require.NoError(t, check.Run())
	require.NoError(t, json.Unmarshal(said.Bytes(), &complaints))
	require.Len(t, complaints, len(texts))
	return complaints
}

// TestBounded: wherever a query reads a table it says which site and days on a line of
// its own, and a view which days. Athena would read all there is, or refuse.
func TestBounded(t *testing.T) {
	var names []string
	for _, table := range rollup.Tables {
		names = append(names, table.Name)
	}
	reads := regexp.MustCompile(`(?:FROM|JOIN) (?:` + strings.Join(names, "|") + `)\b`)
	within := regexp.MustCompile(`  SELECT \* FROM \w+\n  WHERE site = 'example\.com' AND dt BETWEEN '2026-11-06' AND '2026-11-13'\n\)`)
	lately := regexp.MustCompile(`dt BETWEEN date_format\(DATE '2026-11-13' - INTERVAL '400' DAY, '%Y-%m-%d'\) AND date_format\(DATE '2026-11-13' \+ INTERVAL '1' DAY, '%Y-%m-%d'\)`)
	for _, q := range queries.All() {
		sql := q.SQL(asked)
		bound := within
		if q.View {
			bound = lately
		}
		n := len(reads.FindAllString(sql, -1))
		assert.NotZero(t, n, q.Name)
		assert.Len(t, bound.FindAllString(sql, -1), n, q.Name)
		if !q.View { // the first lines are what people change
			_, rest, _ := strings.Cut(sql, "\n\n")
			assert.Regexp(t, `^WITH \w+ AS \(\n  SELECT \* FROM \w+\n  WHERE site`, rest, q.Name)
		}
		assert.NotContains(t, sql, "www.example.com", q.Name)
	}
}

func TestAll(t *testing.T) {
	all := queries.All()
	assert.Equal(t, "direct", all[0].Name)
	assert.Equal(t, "Direct, taken apart", all[0].Title)
	assert.False(t, all[0].View)
	seen := map[string]bool{}
	for _, q := range all {
		assert.False(t, seen[q.Name], q.Name)
		seen[q.Name] = true
		assert.Regexp(t, `^[A-Z][^\n]*[^.\n]$`, q.Title, q.Name)
		assert.Regexp(t, `^[A-Z][^\n]*[.:] .*Cannot know: [^\n]*[.]$`, q.About, q.Name)
		assert.NotContains(t, q.About, "--", q.Name)
		found, err := queries.Find(q.Name)
		require.NoError(t, err)
		assert.Equal(t, q, found)
	}
	assert.GreaterOrEqual(t, len(all), 14)
}

// TestHostile: a name is looked up and never opened, and a text stays one.
func TestHostile(t *testing.T) {
	for _, name := range []string{"", "..", "../queries.go", "01-direct", "01-direct.sql", "views/articles", "/etc/passwd", "direct; DROP TABLE arrivals", "*"} {
		_, err := queries.Find(name)
		assert.ErrorContains(t, err, "there are direct, dark-social, ", name)
	}
	q, err := queries.Find("direct")
	require.NoError(t, err)
	sql := q.SQL(queries.Range{Site: "x' OR site <> 'x", First: "2026-11-01'--", Last: "'2026-11-01'"})
	assert.Contains(t, sql, "WHERE site = 'x'' OR site <> ''x' AND dt BETWEEN '2026-11-01''--' AND '''2026-11-01'''\n")
	assert.Contains(t, queries.Tables("/it's/", "a", []string{"arrivals"}), "read_parquet('/it''s/arrivals/site=a/dt=*/part.parquet'")
}
