package darksocial

import "cmp"

// Article is what a page says of itself where it is an article. Any visitor can say
// anything: of a day, what most views of the page say is taken.
type Article struct {
	Title, Topic, Author string
	Published            string // a day, or a moment in UTC (RFC 3339); empty if unknown
	Canonical            string // the page's own name for itself, cleaned like Site.Page
	Words                uint16 // of its text; 0 if unknown
}

// Compare orders articles, in no order that means anything.
func (a Article) Compare(b Article) int {
	return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Author, b.Author),
		cmp.Compare(a.Published, b.Published), cmp.Compare(a.Canonical, b.Canonical), cmp.Compare(a.Words, b.Words))
}
