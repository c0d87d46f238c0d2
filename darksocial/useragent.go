package darksocial

import (
	"strings"

	"github.com/mssola/useragent"
)

// maxUserAgent bounds how much of a User-Agent is looked at, in bytes. Real ones
// end well before; a longer one is somebody's attack, and would cost quadratic
// time further on.
const maxUserAgent = 1024

// Device is the kind of machine a visit was made on.
type Device uint8

const (
	DeviceUnknown Device = iota
	Phone
	Tablet
	Desktop
)

var deviceNames = [...]string{"unknown", "phone", "tablet", "desktop"}

func (d Device) String() string { return deviceNames[d] }

// general is what mssola/useragent tells of a User-Agent: the operating system
// and the family of an ordinary browser. It knows none of
// the messengers and must not decide about apps.
type general struct {
	os      string // "iOS", "Android", "Windows", "macOS", "Linux", "ChromeOS", or empty
	browser string // "Chrome", "Safari", "Firefox", …, or empty
	device  Device
}

// maxGeneral is how much of a User-Agent the library is shown, in bytes: what it
// is asked for stands in front, and its time grows with the square of the rest.
const maxGeneral = 512

// readGeneral costs microseconds and some twenty allocations: callers memoise it.
func readGeneral(ua string) (g general) {
	// The library panicked on odd input in its past (its issues of 2013). What it
	// tells is a nicety, and no string may stop a label.
	defer func() {
		if recover() != nil {
			g = general{}
		}
	}()
	parsed := useragent.New(ua[:min(len(ua), maxGeneral)])
	if name, _ := parsed.Browser(); name != "" {
		g.browser = otherBrowser
		if browserFamilies[name] {
			g.browser = name
		}
	}
	// What stands behind the remark is the app's own: "TwitterAndroid".
	switch system, os := remark(ua), parsed.OSInfo().Name; {
	case strings.HasPrefix(os, "Windows"), strings.Contains(system, "Windows Phone"):
		g.os = "Windows" // Windows Phone names Android and iPhone as well
	case strings.Contains(system, "iPhone"), strings.Contains(system, "iPad"), strings.Contains(system, "iPod"):
		g.os = "iOS" // the library says "OS" or "CPU" on some
	case strings.Contains(system, "Android"):
		g.os = "Android"
	case strings.HasPrefix(os, "Mac OS"):
		g.os = "macOS"
	case strings.Contains(system, "CrOS "):
		g.os = "ChromeOS"
	case strings.Contains(system, "Linux"), strings.Contains(system, "X11"):
		g.os = "Linux"
	}
	switch g.os {
	case "iOS":
		g.device = Phone
		if strings.Contains(ua, "iPad") {
			g.device = Tablet
		}
	case "Android":
		g.device = Tablet // Android's rule: a tablet's browser leaves out "Mobile"
		if strings.Contains(ua, "Mobile") {
			g.device = Phone
		}
	case "Windows", "macOS", "Linux", "ChromeOS":
		g.device = Desktop
		if parsed.Mobile() {
			g.device = Phone
		}
	default:
		if parsed.Mobile() {
			g.device = Phone
		}
	}
	return g
}

// browserFamilies are the names that are told on. The library gives whatever
// product stands first in a User-Agent, and a client may write anything there.
var browserFamilies = set("Chrome", "Chromium", "Safari", "Firefox", "Edge", "Opera", "Opera Mini", "Internet Explorer", "Android", "Vivaldi",
	"Konqueror", "Headless Chrome", "Electron", "Mobile App", "Google App", "Netscape", "UCBrowser", "Sogou Explorer", "HuaweiBrowser")

const otherBrowser = "other"

// platform tells on which of the tables' platforms a User-Agent says it runs.
func (g *general) platform() platform {
	switch g.os {
	case "Android":
		return android
	case "iOS":
		return iOS
	case "":
		return 0
	}
	return desktop
}
