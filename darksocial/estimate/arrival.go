package estimate

import "strings"

// Device is the class of machine an arrival was made on.
type Device uint8

const (
	DeviceUnknown Device = iota
	Mobile               // telephones and tablets
	Desktop
	numDevices
)

// Fetch is what Sec-Fetch-Site says of a nameless arrival.
type Fetch uint8

const (
	FetchUnknown Fetch = iota // the door does not see it, or an old browser does not send it
	FetchNone                 // no page led here
	FetchCross                // a web page led here that hides its address
	numFetches
)

// Came is what an arrival's own headers and tags say of where it came from. A share
// code is left out of it: see Arrival.Code.
type Came uint8

const (
	Nameless      Came = iota // direct
	FromSearch                // named search
	FromAI                    // a named assistant
	FromPrivate               // a named private share: dark_social
	FromMail                  // mail between people
	FromPublic                // a named public share, and one of which that is unknown
	FromElsewhere             // links, campaigns, ads: nothing is made of them but the time of day
	numCame
)

// Arrival is a page opened from outside the site by a person. Leave out who objects
// to being counted.
type Arrival struct {
	Time   int64  // Unix seconds
	Page   string // its canonical path, as in the tables
	Device Device
	Fetch  Fetch
	Came   Came
	App    string // the source the headers name, or ""

	// Code is the site's own share code the page was opened with, its tag checked, or
	// "". A coded arrival is no part of direct; it is the site's own labelled example.
	Code string
}

// Preview is a page read by an app's link preview. Leave out what proves no share
// (Label.ProvesShare is "").
type Preview struct {
	Time int64
	Page string
	App  string
	Code string // of the address that was read, or ""
}

// readBySenders are the apps in which the sender's own device reads the page each
// time a link is written: as many previews as shares. Those of others are read by a
// server once and then kept, so a preview stands for any number of shares.
//
// WhatsApp: signalapp/Signal-Android#5724; Signal: #13522 there; iMessage:
// peter.upfold.org.uk/blog/2019/02.
var readBySenders = map[string]bool{"whatsapp": true, "signal": true, "imessage": true}

// Typable reports whether people type an address, or have it among the first that a
// browser completes: the front page, a section, a short name. What is behind it is
// "deep". Where a site has more such names than anybody remembers they are articles,
// and only its front page is typed: see MaxTypable.
func Typable(page string) bool {
	name := strings.Trim(page, "/")
	return !strings.ContainsAny(name, "/0123456789") && len(name) <= 16 && strings.Count(name, "-") <= 1
}

// MaxTypable is how many names a site may have that are typed.
const MaxTypable = 60

// Group is the part of the site a page belongs to: its first segment, or "/" for what
// has one segment only.
func Group(page string) string {
	name := strings.Trim(page, "/")
	first, _, deeper := strings.Cut(name, "/")
	if !deeper {
		return "/"
	}
	return "/" + first
}
