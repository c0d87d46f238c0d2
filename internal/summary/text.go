package summary

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/dustin/go-humanize"

	"darksocial/darksocial"
)

// namesShown is how many sources of a part are named.
const namesShown = 5

// Text tells the answer on a terminal.
func (a *Answer) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s\n\nDirect, taken apart\n", a.Site, a.days())
	fmt.Fprintf(&b, "  %s of %s arrivals have no Referer and no tag: other tools call them \"direct\".\n\n", humanize.Comma(a.Direct), humanize.Comma(a.Arrivals))
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, p := range a.Parts {
		if p.Arrivals == 0 {
			continue
		}
		fmt.Fprintf(w, "  %s\t%s\t\x00%s\n", humanize.Comma(p.Arrivals), percent(p.Arrivals, a.Direct), "  "+p.Title+": "+p.names())
	}
	_ = w.Flush() // a strings.Builder takes everything
	fmt.Fprintf(&b, "\n  Brought to light: %s of them, %s.\n", humanize.Comma(a.BroughtToLight), percent(a.BroughtToLight, a.Direct))
	fmt.Fprintf(&b, "  Shares seen being made: at least %s (link previews that messengers and networks drew).\n", humanize.Comma(a.Previews))
	if shared := a.Private + a.Public + a.Undecided; shared > 0 {
		fmt.Fprintf(&b, "  Arrivals from shares, whatever the Referer said: %s private, %s public, %s from networks where that cannot be told.\n",
			humanize.Comma(a.Private), humanize.Comma(a.Public), humanize.Comma(a.Undecided))
	}
	a.articles(&b)
	a.recommended(&b)
	return strings.ReplaceAll(b.String(), "\x00", "")
}

// days tells the first day and the last.
func (a *Answer) days() string {
	switch n := len(a.Days); n {
	case 0:
		return "no days"
	case 1:
		return a.Days[0]
	default:
		return a.Days[0] + " to " + a.Days[n-1]
	}
}

// names tells the largest sources of a part, or what it is where there are none.
func (p *Part) names() string {
	if len(p.Sources) == 0 {
		return p.Says
	}
	var list []string
	for i, s := range p.Sources {
		if i == namesShown {
			list = append(list, fmt.Sprintf("%d more", len(p.Sources)-i))
			break
		}
		list = append(list, darksocial.Title(s.Source)+" "+humanize.Comma(s.Arrivals))
	}
	return strings.Join(list, ", ")
}

func (a *Answer) articles(b *strings.Builder) {
	if len(a.Articles) == 0 {
		return
	}
	b.WriteString("\nArticles, private against public\n")
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "  private\tpublic\tshares seen\tarrivals\t\x00  page")
	for _, page := range a.Articles {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t\x00  %s\n", humanize.Comma(page.Private), humanize.Comma(page.Public), humanize.Comma(page.Previews), humanize.Comma(page.Arrivals), page.Page)
	}
	_ = w.Flush()
}

// percent tells a part of a whole in percent.
func percent(part, whole int64) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}
