// Package queries has the questions that analysts ask of the tables, as SQL that
// Athena takes as well as DuckDB.
//
//	q, err := queries.Find("direct")
//	sql := queries.Tables(dir, site, tables) + q.SQL(queries.Range{Site: site, First: "2026-11-01", Last: "2026-11-30", Today: today})
//
// The files are in terraform/queries, because a module of Terraform is whole in its
// own folder, and Go embeds nothing of a folder above. Wherever a query reads a table,
// it says which site and which days on a line of its own, always the same:
//
//	WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
//
// These are constants, and no row of parameters that the tables are joined with, because
// Athena chooses the files to read by constants; where a deployment has many sites, it
// refuses a query that names its site in another way. What takes the place of the three
// constants is Range here, and in Athena what Terraform or the analyst writes. Views
// have no range; they go back 400 days.
//
// Only functions that both engines have are used, and date_format, which Tables gives
// to DuckDB. The division of whole numbers is not the same in both, so one side of it is
// always a double, like 1e2.
package queries

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	files "darksocial/terraform/queries"
)

// Query is a question, or a view.
type Query struct {
	Name  string // "direct"; of a view what it makes, "visitor_days"
	Title string // in a few words
	About string // what it answers, and what it cannot know
	View  bool

	text string
}

// The constants of the range in the files.
const (
	anySite  = "'www.example.com'"
	anyFirst = "'2026-11-01'"
	anyLast  = "'2026-11-30'"
)

// today is what views ask for.
const today = "current_date"

// All are the queries, the first first, and the views behind them.
func All() []Query {
	var list []Query
	for _, pattern := range []string{"*.sql", "views/*.sql"} {
		names, err := fs.Glob(files.Files, pattern)
		if err != nil {
			panic(err) // the patterns above are wrong
		}
		for _, name := range names {
			text, err := files.Files.ReadFile(name)
			if err != nil {
				panic(err) // what is embedded can be read
			}
			list = append(list, parse(name, string(text)))
		}
	}
	return list
}

// parse takes the comment apart that a file begins with.
func parse(file, text string) Query {
	name := strings.TrimSuffix(path.Base(file), ".sql")
	view := path.Dir(file) == "views"
	if !view { // a number puts the files in order
		_, name, _ = strings.Cut(name, "-")
	}
	comment, _, _ := strings.Cut(text, "\n\n")
	title, about, _ := strings.Cut(comment, "\n--\n")
	return Query{
		Name:  name,
		Title: strings.TrimPrefix(title, "-- "),
		About: strings.ReplaceAll(strings.TrimPrefix(about, "-- "), "\n-- ", " "),
		View:  view,
		text:  text,
	}
}

// Find returns the query of a name. The error says which there are.
func Find(name string) (Query, error) {
	var names []string
	for _, q := range All() {
		if q.Name == name {
			return q, nil
		}
		names = append(names, q.Name)
	}
	return Query{}, fmt.Errorf("there is no query %q: there are %s", name, strings.Join(names, ", "))
}

// Range is of which site and days a query tells. Days are as in dt, 2026-11-20, both
// ends included.
type Range struct {
	Site, First, Last string
	Today             string // from which views go back
}

// SQL is the query for a range: one statement, or for a view one that makes it and one
// that reads it.
func (q Query) SQL(r Range) string {
	if q.View {
		made := strings.ReplaceAll(q.text, today, "DATE "+Quote(r.Today))
		return made + fmt.Sprintf(";\n\nSELECT * FROM %s\nWHERE site = %s AND dt BETWEEN %s AND %s\nORDER BY dt;\n", q.Name, Quote(r.Site), Quote(r.First), Quote(r.Last))
	}
	return strings.NewReplacer(anySite, Quote(r.Site), anyFirst, Quote(r.First), anyLast, Quote(r.Last)).Replace(q.text) + ";\n"
}

// Quote writes a text as SQL does.
func Quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// Tables makes DuckDB see a lake as Athena does: the tables that are named, of a site, of
// which there must be a day each, and the function DuckDB lacks. Lake is its folder, as
// DuckDB finds it, with a slash at the end; empty where DuckDB runs in it.
func Tables(lake, site string, tables []string) string {
	var b strings.Builder
	b.WriteString("SET TimeZone = 'UTC';\nCREATE MACRO date_format(t, f) AS strftime(t, f);\n")
	for _, table := range tables {
		// Days are text in Athena. Those that an older version made may lack columns.
		fmt.Fprintf(&b, "CREATE VIEW %s AS SELECT * FROM read_parquet(%s, hive_partitioning = true, hive_types_autocast = false, union_by_name = true);\n",
			table, Quote(lake+table+"/site="+site+"/dt=*/part.parquet"))
	}
	return b.String()
}
