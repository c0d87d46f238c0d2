package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type recommendationAnswer struct {
	Meta    *meta              `json:"meta"`
	Summary *recommendationRow `json:"summary"`
	Tree    *shareNode         `json:"tree"`
	Cut     bool               `json:"cut"`
}

// shareNode is one share of a recommendation.
type shareNode struct {
	Code               string     `json:"code"`
	Grade              string     `json:"grade"`
	Button             string     `json:"button"`
	App                string     `json:"app"`
	AppTitle           string     `json:"app_title"`
	Page               string     `json:"page"`
	Generation         int64      `json:"generation"`
	Link               string     `json:"link"`
	Shares             int64      `json:"shares"`
	Previews           int64      `json:"previews"`
	Arrivals           int64      `json:"arrivals"`
	Reach              int64      `json:"reach"`
	Measured           int64      `json:"measured"`
	Readers            *int64     `json:"readers"`
	VisitorDays        *int64     `json:"visitor_days"`
	SelfVisits         *int64     `json:"self_visits"`
	Made               *time.Time `json:"made"`
	SecondsToOpen      *int64     `json:"seconds_to_open"`
	SecondsAfterParent *int64     `json:"seconds_after_parent"`
	bought
	Children []*shareNode `json:"children"`

	parent string
}

func (n *shareNode) add(row *rollup.Recommendation) {
	n.Grade, n.Button, n.Page, n.Link, n.parent = row.Grade, row.Button, row.Page, row.Link, row.Parent
	if row.App != "" {
		n.App, n.AppTitle = row.App, darksocial.Title(row.App)
	}
	n.Shares += row.Shares
	n.Previews += row.Previews
	n.Arrivals += row.Arrivals
	n.Reach += row.Reach
	n.Measured += row.Measured
	addKnown(&n.Readers, row.Readers)
	addKnown(&n.VisitorDays, row.Visitors)
	addKnown(&n.SelfVisits, row.SelfVisits)
	n.addRecommended(row)
	for _, told := range [...]struct{ to, from **int64 }{{&n.SecondsToOpen, &row.SecondsToOpen}, {&n.SecondsAfterParent, &row.SecondsAfterParent}} {
		if *told.from != nil {
			*told.to = *told.from
		}
	}
	if row.Made != nil {
		n.Made = row.Made
	}
}

// maxShares bounds how many shares of a recommendation are told.
const maxShares = 2000

func recommendationOf(ctx context.Context, a *asked) (any, error) {
	if a.root == "" {
		return nil, invalid("root", "root is missing: give the code of a recommendation's first share")
	}
	answer := &recommendationAnswer{Summary: &recommendationRow{Root: a.root}}
	nodes := map[string]*shareNode{}
	titles := &lastTitles{of: map[string]string{}, day: map[string]int{}}
	var one sync.Mutex
	err := a.now.Each(ctx, func(i int, day *tables.Day) error {
		rows, err := day.Recommendations(ctx)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(r rollup.Recommendation) bool { return r.Root != a.root })
		if len(rows) == 0 {
			return nil
		}
		pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return p.Page == rows[0].Page })
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for n := range rows {
			row := &rows[n]
			answer.Summary.add(row)
			node := nodes[row.Code]
			if node == nil {
				node = &shareNode{Code: row.Code, Generation: row.Generation, Children: []*shareNode{}}
				nodes[row.Code] = node
			}
			node.add(row)
		}
		for n := range pages {
			titles.add(i, pages[n].Page, pages[n].Title)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 || a.root == rollup.Other {
		return nil, notFound("root", "nothing happened with a recommendation of this code in these days: choose others, or one that /api/v1/recommendations lists")
	}
	shop := answer.Summary.Purchases != nil
	answer.Summary.finish(shop)
	for _, n := range nodes {
		n.finish(shop)
	}
	answer.Summary.Title = titles.of[answer.Summary.Page]
	answer.Tree, answer.Cut = treeOf(a.root, nodes)
	answer.Meta, err = a.meta(ctx)
	return answer, err
}

// treeOf puts shares under those they came of. What came of a share of which nothing is
// known in the range stands under the first one.
func treeOf(root string, nodes map[string]*shareNode) (tree *shareNode, cut bool) {
	list := make([]*shareNode, 0, len(nodes))
	for _, n := range nodes {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *shareNode) int { // whoever it came of comes first
		return cmp.Or(cmp.Compare(a.Generation, b.Generation), cmp.Compare(b.Reach, a.Reach), strings.Compare(a.Code, b.Code))
	})
	tree = nodes[root]
	if tree == nil {
		tree = &shareNode{Code: root, Page: list[0].Page, Children: []*shareNode{}}
	}
	placed := map[string]*shareNode{root: tree}
	for _, n := range list {
		if n == tree {
			continue
		}
		if len(placed) >= maxShares {
			return tree, true
		}
		parent := placed[n.parent]
		if parent == nil {
			parent = tree
		}
		parent.Children = append(parent.Children, n)
		placed[n.Code] = n
	}
	return tree, false
}
