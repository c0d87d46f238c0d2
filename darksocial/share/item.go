package share

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Grade says what a code stands for.
type Grade string

const (
	// PerButton codes name a button and a page, like a campaign tag: the same for all
	// who press it. They follow no generations.
	PerButton Grade = "button"
	// PerShare codes stand for one share each.
	PerShare Grade = "share"
	// Own codes stand for a post of the site's own.
	Own Grade = "own"
)

// Link says how it is known that one share came of another.
type Link string

const (
	Session   Link = "session"   // the page that was shared had been opened with the code
	SameDay   Link = "same_day"  // the day's hash of the visitor was that of somebody who came with the code
	Consented Link = "consented" // the browser had kept the code, with the visitor's consent
)

// MaxAncestors bounds how far back a code knows where it comes from.
const MaxAncestors = 16

// Item is what is kept of a code.
type Item struct {
	Grade  Grade  `json:"grade,omitempty"`  // empty: things were seen of it, and nobody has kept it
	Button string `json:"button,omitempty"` // that was pressed: one of Buttons; empty for a post of the site's own
	Page   string `json:"page,omitempty"`   // path of the page that was shared, as browsers send it
	Made   int64  `json:"made,omitempty"`   // Unix seconds

	// Of a post of the site's own:
	Source string `json:"source,omitempty"` // where it was made, as labels say it: "whatsapp"
	Name   string `json:"name,omitempty"`   // what the site calls it: "WhatsApp-Kanal"

	// Of a share that came of another one, by which the page was opened:
	Root       Code   `json:"root,omitempty"`       // the first of all
	Generation int    `json:"generation,omitempty"` // 0 for the first
	Ancestors  []Code `json:"ancestors,omitempty"`  // its parent first, at most MaxAncestors
	Link       Link   `json:"link,omitempty"`       // to its parent

	// What was seen of it:
	Opened   int64            `json:"opened,omitempty"`   // when the first arrival came with it; Unix seconds
	Previews map[string]int64 `json:"previews,omitempty"` // when an app first drew a preview of it; by source
}

// Kept reports whether somebody shared with the code, and it was kept.
func (i *Item) Kept() bool { return i.Grade != "" }

// Parent is the share that this one came of, or "".
func (i *Item) Parent() Code {
	if len(i.Ancestors) == 0 {
		return ""
	}
	return i.Ancestors[0]
}

// RootOf is the first share of those that a code came of: itself, if it came of none.
func (i *Item) RootOf(own Code) Code {
	if i.Root == "" {
		return own
	}
	return i.Root
}

// Child returns what is kept of a share that was made by somebody whom another share
// had brought. Of a code that is its own ancestor, and beyond MaxAncestors, nothing is
// followed: it begins anew.
func (i Item) Child(own, parent Code, of *Item, link Link) Item {
	if parent == own || slices.Contains(of.Ancestors, own) || of.Generation >= MaxAncestors || of.Grade != PerShare || i.Grade != PerShare {
		return i
	}
	i.Root, i.Generation, i.Link = of.RootOf(parent), of.Generation+1, link
	i.Ancestors = append([]Code{parent}, of.Ancestors...)
	i.Ancestors = i.Ancestors[:min(len(i.Ancestors), MaxAncestors)]
	return i
}

// Open notes an arrival with the code.
func (i *Item) Open(at int64) { i.Opened = earlier(i.Opened, at) }

// Preview notes that an app drew a preview of the code's page.
func (i *Item) Preview(source string, at int64) {
	if i.Previews == nil {
		i.Previews = map[string]int64{}
	}
	i.Previews[source] = earlier(i.Previews[source], at)
}

// Add adds what another item knows of the same code. What was kept first stays: a code
// means one thing.
func (i *Item) Add(other *Item) {
	opened, previews := i.Opened, maps.Clone(i.Previews)
	if !i.Kept() || other.Kept() && other.Made < i.Made {
		*i = *other
		i.Opened, i.Previews = other.Opened, maps.Clone(other.Previews)
	} else {
		opened, previews = other.Opened, other.Previews
	}
	if opened != 0 {
		i.Open(opened)
	}
	for source, at := range previews {
		i.Preview(source, at)
	}
}

// Before returns what was known of a code before a moment, in Unix seconds; nil if it
// was not yet kept. Whoever asks later gets the same answer.
func (i *Item) Before(end int64) *Item {
	if i == nil || !i.Kept() || i.Made >= end {
		return nil
	}
	then := *i
	if then.Opened >= end {
		then.Opened = 0
	}
	then.Previews = maps.Clone(i.Previews)
	maps.DeleteFunc(then.Previews, func(_ string, at int64) bool { return at >= end })
	return &then
}

// Without takes a code out of where an item comes from, and all that was before it. It
// reports whether it was there.
func (i *Item) Without(code Code) bool {
	at := slices.Index(i.Ancestors, code)
	switch {
	case at > 0:
		i.Ancestors = i.Ancestors[:at]
		i.Root, i.Generation = i.Ancestors[at-1], at
	case at == 0:
		i.Ancestors, i.Root, i.Generation, i.Link = nil, "", 0, ""
	}
	return at >= 0
}

// earlier is the smaller of two times, of which 0 is none.
func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// Marshal writes an item as it is stored.
func (i *Item) Marshal() []byte {
	text, err := json.Marshal(i)
	if err != nil {
		panic(err) // there is nothing in it that cannot be written
	}
	return text
}

// ReadItem reads what Marshal wrote.
func ReadItem(stored []byte) (*Item, error) {
	var i Item
	if err := json.Unmarshal(stored, &i); err != nil || !slices.Contains([]Grade{"", PerButton, PerShare, Own}, i.Grade) || !i.Kept() && i.Opened == 0 && len(i.Previews) == 0 {
		return nil, fmt.Errorf("share: an item that is none: %q", stored)
	}
	return &i, nil
}
