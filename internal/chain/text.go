package chain

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darksocial/darksocial"
	"darksocial/darksocial/share"
	"darksocial/internal/money"
)

// Text draws the tree. The share that was asked for is marked.
func (s *Share) Text(asked share.Code) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, %s, passed on over %s\n\n", s.Page, count(s.Reach, "arrival"), count(int64(s.Count()), "share"), count(int64(s.Generations()), "generation"))
	s.draw(&b, asked, "", "")
	return b.String()
}

// draw writes a share and what came of it. first stands before its line, others before
// those below.
func (s *Share) draw(b *strings.Builder, asked share.Code, first, others string) {
	mark := ""
	if s.Code == asked && first != "" {
		mark = "  ← asked for"
	}
	fmt.Fprintf(b, "%s%s  %s%s\n", first, s.Code, strings.Join(s.words(), " · "), mark)
	for i, child := range s.Children {
		if i == len(s.Children)-1 {
			child.draw(b, asked, others+"└── ", others+"    ")
		} else {
			child.draw(b, asked, others+"├── ", others+"│   ")
		}
	}
}

// words say what a share was and what came of it.
func (s *Share) words() (list []string) {
	how := s.Button
	switch {
	case s.Grade == share.Own:
		how = fmt.Sprintf("%q", s.Name)
	case s.App != "" && s.App != s.Button:
		how += ", seen in " + darksocial.Title(s.App)
	}
	list = append(list, how)
	if s.Made != nil && s.SecondsAfterParent == nil {
		list = append(list, "shared "+s.Made.Format("2006-01-02 15:04 MST"))
	}
	if s.SecondsAfterParent != nil {
		list = append(list, "shared "+after(*s.SecondsAfterParent)+" later")
	}
	if s.Grade == share.PerButton {
		list = append(list, "used "+count(s.Uses, "time"))
	}
	if s.SecondsToOpen != nil {
		list = append(list, "opened after "+after(*s.SecondsToOpen))
	}
	came := count(s.Arrivals, "arrival")
	if s.Readers != nil {
		came += ", " + count(*s.Readers, "reader")
	}
	list = append(list, came)
	for _, sale := range s.Sales {
		list = append(list, sale.words())
	}
	return list
}

// words tell what a share sold. Where all rules say the same, one says it.
func (s Sale) words() string {
	orders := count(s.Orders, "order")
	if s.FirstShare == s.LastShare && s.LastShare == s.Linear && s.Linear == s.ChainDecay {
		return orders + ", " + money.Format(s.LastShare, s.Currency) + " by every rule"
	}
	return fmt.Sprintf("%s, credit: first share %s, last share %s, linear %s, chain decay %s", orders,
		money.Format(s.FirstShare, s.Currency), money.Format(s.LastShare, s.Currency), money.Format(s.Linear, s.Currency), money.Format(s.ChainDecay, s.Currency))
}

// after tells how long something took, in the largest unit that says it.
func after(seconds int64) string {
	switch d := time.Duration(seconds) * time.Second; {
	case d < time.Minute:
		return fmt.Sprintf("%d s", seconds)
	case d < time.Hour:
		return fmt.Sprintf("%d min", seconds/60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", seconds/3600)
	default:
		return count(seconds/86400, "day")
	}
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return humanize.Comma(n) + " " + what + "s"
}
