package queries_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"darksocial/darksocial/rollup"
)

// What views must show.

// columns is a row of a table with the columns' names, and its partition.
func columns[T any](r dated[T]) answer {
	a := answer{"site": siteName, "dt": r.dt}
	v := reflect.ValueOf(r.row)
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("parquet"), ",")
		field := v.Field(i)
		if field.Kind() == reflect.Pointer {
			if field.IsNil() {
				a[name] = nil
				continue
			}
			field = field.Elem()
		}
		a[name] = field.Interface()
	}
	return a
}

func visitorDays(w *world) (list []answer) {
	for _, r := range rows[rollup.DailyVisitors](w, "daily_visitors") {
		a := columns(r)
		a["visitor_days"] = a["visitors"]
		delete(a, "visitors")
		list = append(list, a)
	}
	return list
}

func completeArrivals(w *world) (list []answer) {
	complete := map[string]bool{}
	for _, r := range rows[rollup.Quality](w, "quality") {
		complete[r.dt] = r.row.Complete
	}
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		if complete[r.dt] {
			list = append(list, columns(r))
		}
	}
	return list
}

func netPurchases(w *world) (list []answer) {
	for _, r := range rows[rollup.Purchase](w, "purchases") {
		if r.row.Rule == "last_share" {
			a := columns(r)
			delete(a, "rule")
			a["net"] = r.row.Amount - r.row.Refunded
			list = append(list, a)
		}
	}
	return list
}

func articles(w *world) (list []answer) {
	for _, r := range rows[rollup.Page](w, "pages") {
		if isPage(r.row) {
			list = append(list, columns(r))
		}
	}
	return list
}

// inOneOrder sorts rows by their text, columns by name.
func inOneOrder(list []answer) {
	text := func(a answer) string {
		b, err := json.Marshal(a)
		if err != nil {
			panic(err) // all of it is text and numbers
		}
		return string(b)
	}
	slices.SortFunc(list, func(x, y answer) int { return strings.Compare(text(x), text(y)) })
}
