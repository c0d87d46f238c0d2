package simulate

import (
	"slices"
	"strings"
)

// person is somebody, or some program, for as long as a visit lasts. All that a
// log shows of them follows from the two numbers.
type person struct {
	agent agentID
	id    uint32
}

// trait is a number that stays the same for a person, of 0 … n-1. The blanks of
// the User-Agents are traits, by their place in the list; these are the others.
func (p person) trait(which uint64, n int) int {
	return int(mix(uint64(p.id)<<8|which) % uint64(n))
}

const (
	traitEdge = 64 + iota
	traitHeaders
	traitVersion
	traitTag
	traitTablet
	traitCountry
	traitObjects
)

// Devices, as the tables name them.
var devices = [...]string{"unknown", "phone", "tablet", "desktop"}

const (
	unknownDevice = iota
	phone
	tablet
	desktop
)

// countries are where the readers of a German paper live: chosen.
var countries = []string{"DE", "AT", "CH", "NL", "DK", "US"}

var (
	residents     = []uint32{900, 40, 30, 10, 10, 10}
	countryChance = weigh(len(countries), func(i int) uint32 { return residents[i] })
)

func (p person) country() int {
	at := uint32(p.trait(traitCountry, int(countryChance.sum())))
	i := 0
	for countryChance[i] <= at {
		i++
	}
	return i
}

// objects reports whether the browser objects to being counted (Sec-GPC). Chosen:
// three in a hundred of those that can; Firefox offers it, Chromium's kind by an
// extension, Safari does not.
func (p person) objects() bool {
	return p.trait(traitObjects, 1000) < 30 && slices.Contains(order[agents[p.agent].engine], hGPC)
}

// engine says which headers a client sends, and in which order.
type engine uint8

const (
	program engine = iota
	chromium
	webView
	firefox
	webKit
	numEngines
)

// chance is one of several, and how often.
type chance struct {
	agent  agentID
	weight uint32
}

// Whose browser it is. 62 per cent of the clicks on shared links were made on
// telephones (RadiumOne 2016), half of what has no Referer (BuzzFeed 2012); which
// browsers, is chosen.
var (
	anyone   = []chance{{chromePhone, 29}, {samsungPhone, 6}, {safariPhone, 27}, {chromeDesktop, 17}, {edgeDesktop, 9}, {firefoxDesktop, 6}, {safariDesktop, 6}}
	phones   = []chance{{chromePhone, 50}, {samsungPhone, 8}, {safariPhone, 42}}
	androids = []chance{{chromePhone, 88}, {samsungPhone, 12}}
	iPhones  = []chance{{safariPhone, 1}}
	desktops = []chance{{chromeDesktop, 46}, {edgeDesktop, 24}, {firefoxDesktop, 15}, {safariDesktop, 15}}
)

func only(a agentID) []chance { return []chance{{a, 1}} }

func weighAgents(list []chance) chances {
	return weigh(len(list), func(i int) uint32 { return list[i].weight })
}

// template is a text with blanks that are filled in with a person's traits.
type template []struct {
	text   string
	blank  uint64
	values []string // empty behind the last text
}

// compile reads a text with blanks such as "{phone.1}": a row of the list of that
// name, and its column. escape is how text and values are written.
func compile(with string, escape func(string) string) template {
	var t template
	for {
		text, rest, found := strings.Cut(with, "{")
		part := template{{text: escape(text)}}
		if !found {
			return append(t, part...)
		}
		var name string
		name, with, _ = strings.Cut(rest, "}")
		name, column, _ := strings.Cut(name, ".")
		at := 0
		if column != "" {
			at = int(column[0] - '0')
		}
		for i, b := range blanks {
			if b.name != name {
				continue
			}
			part[0].blank = uint64(i)
			for _, row := range b.rows {
				part[0].values = append(part[0].values, escape(row[at]))
			}
		}
		t = append(t, part...)
	}
}

// append writes what a person has in the blanks.
func (t template) append(b []byte, p person) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		if values := t[i].values; len(values) > 0 {
			b = append(b, values[p.trait(t[i].blank, len(values))]...)
		}
	}
	return b
}
