package cost

import (
	"fmt"
	"strings"
)

// Tables are those of docs/cost.md, by the name of the place they stand at, as Markdown.
func Tables() map[string]string {
	return map[string]string{"paths": pathsTable(), "uses": usesTable(), "idle": idleTable(), "prices": pricesTable(), "monthly": monthlyTable()}
}

func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// cents is an amount with two places, and more where these say nothing.
func cents(usd float64) string {
	switch {
	case usd == 0:
		return "–"
	case usd < 0.0005:
		return "< 0.001"
	case usd < 0.1:
		return fmt.Sprintf("%.3f", usd)
	}
	return fmt.Sprintf("%.2f", usd)
}

func pathsTable() string {
	var b strings.Builder
	heads, rule := []string{"$ per million"}, []string{"---"}
	for _, item := range (Use{}).PerMillion() {
		heads, rule = append(heads, item.Name), append(rule, "--:")
	}
	row(&b, append(heads, "**in all**")...)
	row(&b, append(rule, "--:")...)
	for _, p := range Paths() {
		cells := []string{p.Name}
		items := p.Use.PerMillion()
		for _, item := range items {
			cells = append(cells, cents(item.USD))
		}
		row(&b, append(cells, "**"+cents(Total(items))+"**")...)
	}
	return b.String()
}

func usesTable() string {
	var b strings.Builder
	row(&b, "for one", "requests of visitors", "edge runs", "function runs", "write units", "read units, with roll-ups", "log objects")
	row(&b, "---", "--:", "--:", "--:", "--:", "--:", "--:")
	n := func(f float64) string {
		if f == 0 {
			return "–"
		}
		return fmt.Sprintf("%.3g", f)
	}
	for _, p := range Paths() {
		u := p.Use
		row(&b, p.Name, n(u.Requests), n(u.EdgeRuns), n(u.Runs), n(u.Writes), n(u.Reads), n(u.Objects))
	}
	return b.String()
}

// monthlyTable is what sites of some sizes pay in a month, idle cost and all.
func monthlyTable() string {
	var b strings.Builder
	sizes := []float64{0.1, 1, 10, 100}
	heads, rule := []string{"$ a month, with idle cost, at"}, []string{"---"}
	for _, size := range sizes {
		heads, rule = append(heads, fmt.Sprintf("%g million arrivals", size)), append(rule, "--:")
	}
	row(&b, heads...)
	row(&b, rule...)
	batch := map[float64]Batch{0.1: Batches[0], 1: Batches[1], 10: Batches[2], 100: Batches[3]} // larger sites fill larger ones
	for _, doors := range []struct {
		name  string
		fixed float64
		use   func(size float64) Use
	}{
		{"logs alone", 0, func(size float64) Use { return Log(batch[size]) }},
		{"logs and script", 0, func(size float64) Use { return Log(batch[size]).plus(Beacon(true)) }},
		{"logs and script, data-one-request", 0, func(size float64) Use { return Log(batch[size]).plus(Beacon(false)) }},
		{"real-time log alone", RealtimeMonthly(), func(float64) Use { return Realtime() }},
	} {
		cells := []string{doors.name}
		for _, size := range sizes {
			cells = append(cells, fmt.Sprintf("%.2f", IdleTotal()+doors.fixed+size*Total(doors.use(size).PerMillion())))
		}
		row(&b, cells...)
	}
	return b.String()
}

func idleTable() string {
	var b strings.Builder
	row(&b, "item", "a month", "free in each account", "$ for one", "$ a month", "")
	row(&b, "---", "--:", "--:", "--:", "--:", "---")
	for _, i := range Idles() {
		row(&b, i.Name, fmt.Sprintf("%.3g", i.N), fmt.Sprintf("%g", i.Free), fmt.Sprintf("%.4g", i.USD), cents(i.Cost()), i.Why)
	}
	row(&b, "**in all**", "", "", "", "**"+cents(IdleTotal())+"**", fmt.Sprintf("$%.2f in an account that has used up all that is free", IdleAlone()))
	return b.String()
}

func pricesTable() string {
	var b strings.Builder
	row(&b, "thing", "$", "for a", "source")
	row(&b, "---", "--:", "---", "---")
	for _, p := range Prices() {
		row(&b, p.Thing, fmt.Sprintf("%.12g", p.USD), p.Unit, p.Source)
	}
	return b.String()
}
