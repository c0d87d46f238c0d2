package queries_test

import (
	"cmp"
	"maps"

	"darksocial/darksocial/rollup"
)

// What queries of shares and of what they sold must answer.

func passedOn(w *world) []answer {
	list, measured, arrivals := by("page"), map[any]int64{}, map[any]int64{}
	for _, r := range rows[rollup.Page](w, "pages") {
		if r.row.Readers != nil && isPage(r.row) {
			a := list.at(r.row.Page)
			a.add("readers", *r.row.Readers)
			a.add("shares", r.row.Shares)
			measured[r.row.Page] += r.row.Measured
			arrivals[r.row.Page] += r.row.Arrivals
		}
	}
	for a := range maps.Values(list.found) {
		a["percent_measured"] = part(100, measured[a["page"]], arrivals[a["page"]], 1)
		a["shares_per_100_readers"] = part(100, a.n("shares"), a.n("readers"), 1)
		a["readers_per_share"] = part(1, a.n("readers"), a.n("shares"), 1)
	}
	return first(100, list.list(every, "-shares", "page"))
}

func readersPerShare(w *world) []answer {
	list := by("button", "app")
	for _, r := range rows[rollup.Share](w, "shares") {
		a := list.at(r.row.Button, r.row.App)
		a.add("shares", r.row.Shares)
		a.add("previews", r.row.Previews)
		a.add("arrivals", r.row.Arrivals)
		a.add("measured", r.row.Measured)
		a.known("readers", r.row.Readers)
	}
	for a := range maps.Values(list.found) {
		a["arrivals_per_share"] = part(1, a.n("arrivals"), a.n("shares"), 2)
		a["readers_per_share"] = nil
		if a["readers"] != nil {
			a["readers_per_share"] = part(1, a.n("readers"), a.n("shares"), 2)
		}
	}
	return list.list(every, "-shares", "button", "app")
}

// ofRule is what a row says by a rule.
func ofRule(r *rollup.Recommendation) map[string]*int64 {
	return map[string]*int64{"first_share": r.FirstShare, "last_share": r.LastShare, "linear": r.Linear, "chain_decay": r.ChainDecay}
}

func sold(w *world) []answer {
	list := by("root", "currency")
	for _, r := range rows[rollup.Recommendation](w, "recommendations") {
		if r.row.Currency == "" {
			continue
		}
		a := list.at(r.row.Root, r.row.Currency)
		a.add("orders", r.row.Orders)
		a.known("net", r.row.LastShare)
		for _, column := range []string{"page", "app"} {
			if _, there := a[column]; !there {
				a[column] = nil
			}
		}
		if r.row.Generation == 0 {
			a["page"], a["app"] = r.row.Page, r.row.App
		}
		for rule, n := range ofRule(&r.row) {
			if r.row.Generation > 0 {
				n = new(int64)
			}
			a.known("root_by_"+rule, n)
		}
	}
	return first(100, list.list(every, "-net", "root", "currency"))
}

func oneChain(w *world) []answer {
	roots, list := by("root"), by("generation", "code", "parent", "currency")
	all := rows[rollup.Recommendation](w, "recommendations")
	for _, r := range all {
		roots.at(r.row.Root).add("orders", r.row.Orders)
	}
	best := roots.list(func(a answer) bool { return a["root"] != rollup.Other }, "-orders", "root")[0]["root"]
	for _, r := range all {
		if r.row.Root == best {
			a := list.at(r.row.Generation, r.row.Code, r.row.Parent, r.row.Currency)
			a.add("arrivals", r.row.Arrivals)
			a.add("orders", r.row.Orders)
			for rule, n := range ofRule(&r.row) {
				a.known(rule, n)
			}
		}
	}
	return list.list(every, "generation", "code", "currency")
}

func appsSold(w *world) []answer {
	list := by("source", "currency")
	for _, r := range rows[rollup.Purchase](w, "purchases") {
		if r.row.Link != rollup.NoLink {
			a := list.at(r.row.Source, r.row.Currency)
			a.when(r.row.Rule == "last_share", "orders", r.row.Orders)
			for _, rule := range []string{"first_share", "last_share", "linear", "chain_decay"} {
				a.when(r.row.Rule == rule, rule, r.row.Amount-r.row.Refunded)
			}
		}
	}
	return list.list(every, "-last_share", "source", "currency")
}

func purchases(w *world) []answer {
	list, orders := by("currency", "link"), map[any]int64{}
	for _, r := range rows[rollup.Purchase](w, "purchases") {
		if r.row.Rule != "linear" { // every rule adds up to the same
			continue
		}
		a := list.at(r.row.Currency, r.row.Link)
		a.add("orders", r.row.Orders)
		a.add("amount", r.row.Amount)
		a.add("refunds", r.row.Refunds)
		a.add("refunded", r.row.Refunded)
		a.add("net", r.row.Amount-r.row.Refunded)
		orders[r.row.Currency] += r.row.Orders
	}
	for a := range maps.Values(list.found) {
		a["percent_of_orders"] = part(100, a.n("orders"), orders[a["currency"]], 1)
	}
	return list.list(every, "currency", "-orders", "link")
}

func firstOpen(w *world) []answer {
	list, times := by("page"), map[any][]int64{}
	for _, r := range rows[rollup.Recommendation](w, "recommendations") {
		if r.row.SecondsToOpen != nil {
			list.at(r.row.Page).add("opened", 1)
			times[r.row.Page] = append(times[r.row.Page], *r.row.SecondsToOpen)
		}
	}
	for a := range maps.Values(list.found) {
		a["median_seconds"] = middle(times[a["page"]])
	}
	return list.list(every, "-opened", "page")
}

func generations(w *world) []answer {
	list, times := by("generation"), map[any][]int64{}
	for _, r := range rows[rollup.Recommendation](w, "recommendations") {
		if r.row.Code != rollup.Other {
			a := list.at(r.row.Generation)
			a.add("shares", r.row.Shares)
			a.add("arrivals", r.row.Arrivals)
		}
		if r.row.SecondsAfterParent != nil {
			times[r.row.Generation] = append(times[r.row.Generation], *r.row.SecondsAfterParent)
		}
	}
	for a := range maps.Values(list.found) {
		timed := times[a["generation"]]
		a["median_seconds"], a["timed"] = middle(timed), nil
		if len(timed) > 0 {
			a["timed"] = int64(len(timed))
		}
	}
	return list.list(every, "generation")
}

func reach(w *world) []answer {
	list, days := by("root"), map[string]map[string]bool{}
	for _, r := range rows[rollup.Recommendation](w, "recommendations") {
		if r.row.Root == rollup.Other {
			continue
		}
		a := list.at(r.row.Root)
		a.add("shares", r.row.Shares)
		a.add("previews", r.row.Previews)
		a.add("arrivals", r.row.Arrivals)
		a["generations"] = max(a.n("generations"), r.row.Generation)
		a["page"] = cmp.Or(a["page"], any(nil))
		if r.row.Generation == 0 {
			a["page"] = r.row.Page
		}
		if days[r.row.Root] == nil {
			days[r.row.Root] = map[string]bool{}
		}
		days[r.row.Root][r.dt] = true
		a["days"] = int64(len(days[r.row.Root]))
	}
	return first(100, list.list(every, "-arrivals", "root"))
}
