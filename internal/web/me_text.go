package web

import (
	"net/http"
	"strconv"
	"strings"
)

// meText is the page's own words. The explanation of a label is in English only, and
// the page marks it so.
type meText struct {
	Title, Intro, English  string
	Sure, Before           string
	Why, Unknown           string
	Looked, Header, Value  string
	NotSent, Cut           string
	PlainSeen, PlainMaybe  string
	Case, CaseIntro        string
	CaseLabel              string
	Copy, Copied, Selected string
	Privacy, Stored        string
	Objection, Mark        string
	IsOff, IsOn, Says      string
	Off, On                string
	Refused, Blocked, NoJS string
}

var meTexts = map[string]*meText{
	"en": {
		Title:      "What this site sees of your visit",
		Intro:      "Your browser has just asked for this page. This is what the site makes of that request, as if it had been for its front page.",
		Sure:       "How sure",
		Before:     "What a tool would say that reads only the Referer and campaign tags",
		Why:        "Why",
		Unknown:    "What cannot be known",
		Looked:     "What was looked at",
		Header:     "Header",
		Value:      "As received",
		NotSent:    "not sent",
		Cut:        "(cut here)",
		PlainSeen:  "This page came over http. Without https, browsers leave out the Sec-Fetch headers and the client hints, so their absence says nothing here.",
		PlainMaybe: "No Sec-Fetch header and no client hint was sent. Without https browsers leave them out; with it, only old browsers, some apps and programs do.",
		Case:       "Copy as test case",
		CaseIntro:  "One line for darksocial explain or classify. It holds the headers above, without the query of the Referer, and of this page's address only what the label was made of: no IP address, no cookie, no request id. Look it through before you publish it.",
		CaseLabel:  "This visit as a test case",
		Copy:       "Copy",
		Copied:     "Copied.",
		Selected:   "Selected: copy it with your browser.",
		Privacy:    "Privacy",
		Stored:     "Nothing of this page is stored: your request was read, answered and forgotten, and no cookie was set. The site's access log may have a line of it, as of any request; it is not counted as a visit.",
		Objection:  "A browser can object to being counted, by Sec-GPC, by DNT, or by a mark of this site. Of such a visit the site's figures say only that there was one: not from where, nor with what. The script in the site's pages passes the objection on; an access log alone cannot see it.",
		Mark:       "The mark is the cookie ds_off=1. It is set only if you press the button, is the same for everybody who does, and lasts a year.",
		IsOff:      "This browser has the mark.",
		IsOn:       "This browser does not have the mark.",
		Says:       "Your browser objects already. It sends:",
		Off:        "Do not count this browser",
		On:         "Count it again",
		Refused:    "The browser did not take the mark. It may refuse cookies.",
		Blocked:    "The site's script did not load in this browser, so the mark cannot be set here.",
		NoJS:       "Setting the mark takes JavaScript.",
	},
	"de": {
		Title:      "Was diese Website von Ihrem Besuch sieht",
		Intro:      "Ihr Browser hat gerade diese Seite angefordert. Das macht die Website aus der Anfrage, so als hätte sie der Startseite gegolten.",
		English:    "Das Ergebnis und seine Gründe gibt es nur auf Englisch.",
		Sure:       "Wie sicher",
		Before:     "Was ein Werkzeug sagen würde, das nur Referer und Kampagnen-Parameter liest",
		Why:        "Warum",
		Unknown:    "Was sich nicht wissen lässt",
		Looked:     "Was angesehen wurde",
		Header:     "Kopfzeile",
		Value:      "Wie empfangen",
		NotSent:    "nicht gesendet",
		Cut:        "(hier abgeschnitten)",
		PlainSeen:  "Diese Seite kam über http. Ohne https lassen Browser die Sec-Fetch-Kopfzeilen und die Client Hints weg; dass sie fehlen, sagt hier also nichts.",
		PlainMaybe: "Weder eine Sec-Fetch-Kopfzeile noch ein Client Hint wurde gesendet. Ohne https lassen Browser sie weg, mit https nur alte Browser, manche Apps und Programme.",
		Case:       "Als Testfall kopieren",
		CaseIntro:  "Eine Zeile für darksocial explain oder classify. Sie enthält die Kopfzeilen von oben, den Referer ohne seine Parameter, und von der Adresse dieser Seite nur, woraus das Ergebnis entstand: keine IP-Adresse, kein Cookie, keine Kennung der Anfrage. Sehen Sie sie durch, bevor Sie sie veröffentlichen.",
		CaseLabel:  "Dieser Besuch als Testfall",
		Copy:       "Kopieren",
		Copied:     "Kopiert.",
		Selected:   "Ausgewählt: Bitte mit dem Browser kopieren.",
		Privacy:    "Datenschutz",
		Stored:     "Von dieser Seite wird nichts gespeichert: Ihre Anfrage wurde gelesen, beantwortet und vergessen, ein Cookie wurde nicht gesetzt. Im Zugriffsprotokoll der Website kann eine Zeile dazu stehen, wie zu jeder Anfrage; als Besuch zählt sie nicht.",
		Objection:  "Ein Browser kann dem Zählen widersprechen: mit Sec-GPC, mit DNT oder mit einer Markierung dieser Website. Von einem solchen Besuch sagen die Zahlen der Website nur, dass es ihn gab, nicht woher und nicht womit. Das Skript in den Seiten der Website gibt den Widerspruch weiter; ein Zugriffsprotokoll allein sieht ihn nicht.",
		Mark:       "Die Markierung ist der Cookie ds_off=1. Er wird nur gesetzt, wenn Sie den Knopf drücken, ist bei allen gleich und hält ein Jahr.",
		IsOff:      "Dieser Browser hat die Markierung.",
		IsOn:       "Dieser Browser hat die Markierung nicht.",
		Says:       "Ihr Browser widerspricht schon. Er sendet:",
		Off:        "Diesen Browser nicht zählen",
		On:         "Wieder zählen",
		Refused:    "Der Browser hat die Markierung nicht angenommen. Vielleicht lehnt er Cookies ab.",
		Blocked:    "Das Skript der Website wurde in diesem Browser nicht geladen, die Markierung lässt sich hier also nicht setzen.",
		NoJS:       "Um die Markierung zu setzen, ist JavaScript nötig.",
	},
}

// meLanguage chooses the page's language by what a browser prefers; English if it
// names none of ours.
func meLanguage(accept string) string {
	best, lang := 0.0, "en"
	for choice := range strings.SplitSeq(accept[:min(len(accept), 512)], ",") {
		tag, weight, weighted := strings.Cut(choice, ";")
		q := 1.0
		if weighted {
			value, _ := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			q, _ = strconv.ParseFloat(value, 64) // 0 if it is none
		}
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if _, ours := meTexts[primary]; ours && q > best {
			best, lang = q, primary
		}
	}
	return lang
}

// plain says why a browser may have left out headers: it sends Sec-Fetch and client
// hints to trustworthy origins only, which plain http is not
// (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header). It is empty if there
// was one of them, or the front says that it was asked over https.
func (t *meText) plain(h http.Header, looked []meHeader) string {
	for _, header := range looked {
		if header.Sent && (strings.HasPrefix(header.Name, "Sec-Fetch-") || strings.HasPrefix(header.Name, "Sec-CH-")) {
			return ""
		}
	}
	switch h.Get("CloudFront-Forwarded-Proto") {
	case "http":
		return t.PlainSeen
	case "https":
		return ""
	}
	return t.PlainMaybe
}
