package share

import (
	"encoding/json"
	"fmt"
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
)

// MaxAncestors bounds how far back a code knows where it comes from.
const MaxAncestors = 16

// Item is what is kept of a code.
type Item struct {
	Grade  Grade  `json:"grade"`
	Button string `json:"button"` // the button that was pressed: "whatsapp", "copy", "system"
	Page   string `json:"page"`   // path of the page that was shared, as browsers send it
	Made   int64  `json:"made"`   // Unix seconds

	// Of a share that came of another one, by which the page was opened:
	Root       Code   `json:"root,omitempty"`       // the first of all
	Generation int    `json:"generation,omitempty"` // 0 for the first
	Ancestors  []Code `json:"ancestors,omitempty"`  // its parent first, at most MaxAncestors
}

// Child returns what is kept of a share that was made by somebody whom another share
// had brought. Of a code that is its own ancestor, and beyond MaxAncestors, nothing is
// followed: it begins anew.
func (i Item) Child(own, parent Code, of *Item) Item {
	if parent == own || slices.Contains(of.Ancestors, own) || of.Generation >= MaxAncestors || of.Grade != PerShare {
		return i
	}
	i.Root, i.Generation = of.Root, of.Generation+1
	if i.Root == "" {
		i.Root = parent
	}
	i.Ancestors = append([]Code{parent}, of.Ancestors...)
	i.Ancestors = i.Ancestors[:min(len(i.Ancestors), MaxAncestors)]
	return i
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
	if err := json.Unmarshal(stored, &i); err != nil || i.Grade != PerButton && i.Grade != PerShare {
		return nil, fmt.Errorf("share: an item that is none: %q", stored)
	}
	return &i, nil
}
