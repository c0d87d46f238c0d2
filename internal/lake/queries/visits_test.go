package queries_test

import (
	"maps"
	"slices"
	"time"

	"darksocial/darksocial/rollup"
)

// What queries of visits must answer, from the rows of the tables. Written apart from the
// SQL: nothing here knows of it but the names of the columns.

func direct(w *world) []answer {
	list, all := by("channel", "source", "visibility", "direct_kind"), int64(0)
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		if r.row.ByReferrer == "direct" {
			list.at(r.row.Channel, r.row.Source, r.row.Visibility, r.row.DirectKind).add("arrivals", r.row.Arrivals)
			all += r.row.Arrivals
		}
	}
	for a := range maps.Values(list.found) {
		a["percent"] = part(100, a.n("arrivals"), all, 1)
	}
	return list.list(every, "-arrivals", "channel", "source", "visibility", "direct_kind")
}

func darkSocial(w *world) []answer {
	list, all := by("dt", "source"), map[string]int64{}
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		all[r.dt] += r.row.Arrivals
		if r.row.Channel == "dark_social" {
			list.at(r.dt, r.row.Source).add("arrivals", r.row.Arrivals)
		}
	}
	for a := range maps.Values(list.found) {
		a["percent_of_day"] = part(100, a.n("arrivals"), all[a["dt"].(string)], 1)
	}
	return list.list(every, "dt", "-arrivals", "source")
}

// isPage reports whether a row of pages is of one.
func isPage(p rollup.Page) bool { return p.Page != rollup.Other && p.Page != rollup.Objected }

func privatePublic(w *world) []answer {
	list := by("page")
	for _, r := range rows[rollup.Page](w, "pages") { // days in their order
		if isPage(r.row) {
			a := list.at(r.row.Page)
			a.add("arrivals", r.row.Arrivals)
			a.add("private_arrivals", r.row.PrivateArrivals)
			a.add("public_arrivals", r.row.PublicArrivals)
			if _, there := a["title"]; r.row.Title != "" || !there {
				a["title"] = any(nil)
				if r.row.Title != "" {
					a["title"] = r.row.Title
				}
			}
		}
	}
	for a := range maps.Values(list.found) {
		a["percent_private"] = part(100, a.n("private_arrivals"), a.n("private_arrivals")+a.n("public_arrivals"), 1)
	}
	return first(100, list.list(every, "-arrivals", "page"))
}

func previewsWithoutArrivals(w *world) []answer {
	list, came := by("page"), map[string]int64{}
	for _, r := range rows[rollup.Page](w, "pages") {
		if r.row.Page != rollup.Other {
			a := list.at(r.row.Page)
			a.add("previews", r.row.Previews)
			a.add("arrivals", r.row.Arrivals)
			came[r.row.Page] += r.row.PrivateArrivals + r.row.PublicArrivals
		}
	}
	return first(100, list.list(func(a answer) bool { return a.n("previews") > 0 && came[a["page"].(string)] == 0 }, "-previews", "page"))
}

// away is a date some days away.
func away(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err) // dates come from names of folders
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

func weekOverWeek(w *world) []answer {
	list, days := by("monday", "channel"), map[string]map[string]bool{}
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		t, err := time.Parse(time.DateOnly, r.dt)
		if err != nil {
			panic(err)
		}
		monday := away(r.dt, -(int(t.Weekday())+6)%7)
		if days[monday] == nil {
			days[monday] = map[string]bool{}
		}
		days[monday][r.dt] = true
		list.at(monday, r.row.Channel).add("arrivals", r.row.Arrivals)
	}
	for _, a := range slices.Collect(maps.Values(list.found)) {
		monday := a["monday"].(string)
		a["days"] = int64(len(days[monday]))
		a["week_before"], a["change_percent"] = nil, nil
		for _, before := range list.found {
			if before["monday"] == away(monday, -7) && before["channel"] == a["channel"] {
				a["week_before"] = before.n("arrivals")
				a["change_percent"] = part(100, a.n("arrivals")-before.n("arrivals"), before.n("arrivals"), 1)
			}
		}
	}
	return list.list(every, "monday", "-arrivals", "channel")
}

func afterCampaign(w *world) []answer {
	list, all, dark, brought := by("utm_campaign"), map[string]int64{}, map[string]int64{}, map[[2]string]int64{}
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		all[r.dt] += r.row.Arrivals
		if r.row.Channel == "dark_social" {
			dark[r.dt] += r.row.Arrivals
		}
	}
	for _, r := range rows[rollup.Campaign](w, "campaigns") {
		if name := r.row.UTMCampaign; name != "" && name != rollup.Other {
			a := list.at(name)
			a.add("arrivals", r.row.Arrivals)
			if _, there := a["first_day"]; !there {
				a["first_day"] = r.dt // days come in their order
			}
			brought[[2]string{name, r.dt}] += r.row.Arrivals
		}
	}
	for a := range maps.Values(list.found) {
		name, began := a["utm_campaign"].(string), a["first_day"].(string)
		var days, darks, others [2]int64 // before, since
		for dt := range all {
			if dt < away(began, -7) || dt >= away(began, 7) {
				continue
			}
			since := 0
			if dt >= began {
				since = 1
			}
			days[since]++
			darks[since] += dark[dt]
			others[since] += all[dt] - brought[[2]string{name, dt}]
		}
		a["days_before"], a["days_since"] = days[0], days[1]
		a["dark_social_before"], a["dark_social_since"] = part(1, darks[0], days[0], 1), part(1, darks[1], days[1], 1)
		a["others_before"], a["others_since"] = part(1, others[0], days[0], 1), part(1, others[1], days[1], 1)
	}
	return list.list(every, "-arrivals", "utm_campaign")
}

func unexplained(w *world) []answer {
	list := by("dt")
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		if r.row.ByReferrer == "direct" {
			a, n := list.at(r.dt), r.row.Arrivals
			a.add("called_direct", n)
			a.when(r.row.Channel == "direct", "still_direct", n)
			for column, kind := range map[string]string{"typed_or_app": "typed_or_app", "hidden_web": "hidden_web", "nobody_knows": "unknown"} {
				a.when(r.row.DirectKind == kind, column, n)
			}
		}
	}
	for a := range maps.Values(list.found) {
		a["percent_unexplained"] = part(100, a.n("still_direct"), a.n("called_direct"), 1)
	}
	return list.list(every, "dt")
}

func evidence(w *world) []answer {
	list, of := by("channel", "source", "rule"), map[[2]any]int64{}
	for _, r := range rows[rollup.Evidence](w, "evidence") {
		if r.row.Channel == "" { // browsers that object
			continue
		}
		list.at(r.row.Channel, r.row.Source, r.row.Rule).add("arrivals", r.row.Arrivals)
		of[[2]any{r.row.Channel, r.row.Source}] += r.row.Arrivals
	}
	for a := range maps.Values(list.found) {
		a["percent"] = part(100, a.n("arrivals"), of[[2]any{a["channel"], a["source"]}], 1)
	}
	return list.list(every, "channel", "source", "-arrivals", "rule")
}

func audience(w *world) []answer {
	list, dark, others := by("dimension", "value"), map[any]int64{}, map[any]int64{}
	for _, r := range rows[rollup.Audience](w, "audience") {
		a, n := list.at(r.row.Dimension, r.row.Value), r.row.Arrivals
		isDark := r.row.Channel == "dark_social"
		a.when(isDark, "dark_social", n)
		a.when(!isDark, "others", n)
		if isDark {
			dark[r.row.Dimension] += n
		} else {
			others[r.row.Dimension] += n
		}
	}
	for a := range maps.Values(list.found) {
		a["percent_of_dark_social"] = part(100, a.n("dark_social"), dark[a["dimension"]], 1)
		a["percent_of_others"] = part(100, a.n("others"), others[a["dimension"]], 1)
	}
	return list.list(every, "dimension", "-dark_social", "-others", "value")
}

func readingBySource(w *world) []answer {
	list := by("channel", "source")
	seconds, long := map[string]int64{}, map[string]int64{}
	for _, r := range rows[rollup.Arrival](w, "arrivals") {
		a := list.at(r.row.Channel, r.row.Source)
		a.add("arrivals", r.row.Arrivals)
		a.add("measured", r.row.Measured)
		a.known("readers", r.row.Readers)
		if r.row.EngagedSeconds != nil {
			seconds[r.row.Channel+" "+r.row.Source] += *r.row.EngagedSeconds
		}
		long[r.row.Channel+" "+r.row.Source] += r.row.From120s + r.row.From300s
	}
	for a := range maps.Values(list.found) {
		key := a["channel"].(string) + " " + a["source"].(string)
		a["percent_readers"] = part(100, a.n("readers"), a.n("measured"), 1)
		a["seconds_per_visit"] = part(1, seconds[key], a.n("measured"), 1)
		a["percent_two_minutes"] = part(100, long[key], a.n("measured"), 1)
	}
	return list.list(func(a answer) bool { return a.n("measured") > 0 }, "-measured", "channel", "source")
}

func hoursOfPages(w *world) []answer {
	pages, born := by("page"), map[string]time.Time{}
	all := rows[rollup.PageHour](w, "page_hours")
	for _, r := range all {
		if !isPage(rollup.Page{Page: r.row.Page}) {
			continue
		}
		pages.at(r.row.Page).add("arrivals", r.row.Arrivals)
		if at, there := born[r.row.Page]; !there || r.row.Hour.Before(at) {
			born[r.row.Page] = r.row.Hour
		}
	}
	largest := map[string]bool{}
	for _, a := range first(10, pages.list(every, "-arrivals", "page")) {
		largest[a["page"].(string)] = true
	}
	list := by("page", "hours")
	for _, r := range all {
		if largest[r.row.Page] {
			a := list.at(r.row.Page, int64(r.row.Hour.Sub(born[r.row.Page]).Hours()))
			a.add("arrivals", r.row.Arrivals)
			a.when(r.row.Visibility == "private", "private_arrivals", r.row.Arrivals)
			a.when(r.row.Visibility == "public", "public_arrivals", r.row.Arrivals)
			a.add("previews", r.row.Previews)
		}
	}
	return list.list(every, "page", "hours")
}

func reconciliation(w *world) []answer {
	list := by("dt", "door")
	for _, r := range rows[rollup.Quality](w, "quality") {
		a, n, outcome := list.at(r.dt, r.row.Door), r.row.Records, r.row.Outcome
		a.when(outcome != rollup.UnknownApp, "lines", n)
		for _, column := range []string{rollup.Labelled, rollup.Duplicate, rollup.Filtered, rollup.Failed} {
			a.when(outcome == column, column, n)
		}
		a.when(outcome == rollup.UnknownApp, "of_unknown_apps", n)
		a["complete"] = r.row.Complete
	}
	return list.list(every, "dt", "door")
}

func incompleteDays(w *world) []answer {
	list := by("dt")
	for _, r := range rows[rollup.Quality](w, "quality") {
		a := list.at(r.dt)
		a["complete"] = r.row.Complete
		a.when(r.row.Outcome == rollup.Failed, "failed", r.row.Records)
	}
	for a := range maps.Values(list.found) {
		gap := int64(0)
		for dt := away(a["dt"].(string), -1); dt > firstDay && list.found["[\""+dt+"\"]"] == nil; dt = away(dt, -1) {
			gap++
		}
		a["missing_before"] = gap
	}
	return list.list(func(a answer) bool { return a["complete"] == false || a.n("missing_before") > 0 }, "dt")
}
