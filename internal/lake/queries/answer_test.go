package queries_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// answer is a row that a query must give, by column. A number is int64 or float64, and
// nil is NULL.
type answer map[string]any

// answers are put together from the rows of tables, one for each combination of the
// columns they are by.
type answers struct {
	by    []string
	found map[string]answer
}

func by(columns ...string) *answers { return &answers{columns, map[string]answer{}} }

// at is the answer of a combination.
func (a *answers) at(values ...any) answer {
	key := fmt.Sprintf("%q", values)
	if a.found[key] == nil {
		a.found[key] = answer{}
		for i, column := range a.by {
			a.found[key][column] = values[i]
		}
	}
	return a.found[key]
}

// list are the answers with which keep agrees, in the order of columns; of one that
// begins with "-", the largest first.
func (a *answers) list(keep func(answer) bool, order ...string) []answer {
	var list []answer
	for row := range maps.Values(a.found) {
		if keep(row) {
			list = append(list, row)
		}
	}
	slices.SortFunc(list, func(x, y answer) int {
		for _, column := range order {
			column, largestFirst := strings.CutPrefix(column, "-")
			c := compare(x[column], y[column])
			if largestFirst {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return list
}

func every(answer) bool { return true }

func compare(x, y any) int {
	if text, ok := x.(string); ok {
		return strings.Compare(text, y.(string))
	}
	return cmp.Compare(x.(int64), y.(int64))
}

// add adds to a number.
func (a answer) add(column string, n int64) {
	old, _ := a[column].(int64)
	a[column] = old + n
}

// when adds to a number, or nothing.
func (a answer) when(is bool, column string, n int64) {
	if !is {
		n = 0
	}
	a.add(column, n)
}

// known adds what is known. Until something is, the column is NULL.
func (a answer) known(column string, n *int64) {
	if n != nil {
		a.add(column, *n)
	} else if _, there := a[column]; !there {
		a[column] = nil
	}
}

func (a answer) n(column string) int64 {
	n, _ := a[column].(int64)
	return n
}

// part is times × n ÷ of, to digits behind the point; NULL of nothing.
func part(times float64, n, of int64, digits int) any {
	if of == 0 {
		return nil
	}
	return rounded(times*float64(n)/float64(of), digits)
}

func rounded(x float64, digits int) float64 {
	ten := math.Pow10(digits)
	return math.Round(x*ten) / ten
}

// middle is the median.
func middle(values []int64) any {
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	n := len(values)
	return float64(values[(n-1)/2]+values[n/2]) / 2
}

// first are the first of a list.
func first(n int, list []answer) []answer { return list[:min(n, len(list))] }

// read reads rows that are written as JSON lines.
func read(t *testing.T, lines string) (list []answer) {
	t.Helper()
	in := json.NewDecoder(strings.NewReader(lines))
	in.UseNumber()
	for in.More() {
		var row answer
		require.NoError(t, in.Decode(&row))
		list = append(list, row)
	}
	return list
}

// requireAnswers compares a query's rows with those it must give.
func requireAnswers(t *testing.T, want, got []answer) {
	t.Helper()
	require.NotEmpty(t, want, "the samples hold nothing to ask for")
	require.Len(t, got, len(want))
	for i := range want {
		require.ElementsMatch(t, slices.Collect(maps.Keys(want[i])), slices.Collect(maps.Keys(got[i])), "columns")
		for column, value := range want[i] {
			switch number := value.(type) {
			case int64:
				require.Equal(t, fmt.Sprint(number), fmt.Sprint(got[i][column]), "row %d, %s: want %v, got %v", i, column, want[i], got[i])
			case float64:
				is, ok := got[i][column].(json.Number)
				require.True(t, ok, "row %d, %s: %v", i, column, got[i])
				x, err := is.Float64()
				require.NoError(t, err)
				require.InDelta(t, number, x, 1e-9, "row %d, %s: want %v, got %v", i, column, want[i], got[i])
			default:
				require.Equal(t, value, got[i][column], "row %d, %s: want %v, got %v", i, column, want[i], got[i])
			}
		}
	}
}
