package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"darksocial/darksocial"
	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// Where the page and what belongs to it are.
const (
	mePath       = "/_ds/me"
	meStylePath  = "/_ds/me.css"
	meScriptPath = "/_ds/me.js"
)

// mePolicy lets the page load what is ours and nothing else, and lets nobody put the
// page into theirs.
const mePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

var meTemplate = template.Must(template.ParseFS(assetFiles, "assets/me.html"))

// Me is the page that shows a visitor how the site labels their own request: what it
// takes the visit for, why, and what it cannot know. It answers GET and HEAD for
// /_ds/me, /_ds/me.css and /_ds/me.js, and keeps nothing.
//
// The request must come with all the headers the browser sent, and with the page's
// host in x-ds-host. A host that belongs to no site is refused with 403.
func Me(sites site.All) http.Handler {
	style := newAsset("me.css", "text/css; charset=utf-8")
	script := newAsset("me.js", scriptType)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			w.Header().Set(refusedHeader, string(refusedMethod))
			http.Error(w, "This page can be read, and nothing else.", http.StatusMethodNotAllowed)
		case r.URL.Path == meStylePath:
			style.serve(w, r, forAnHour)
		case r.URL.Path == meScriptPath:
			script.serve(w, r, forAnHour)
		case r.URL.Path == mePath:
			serveMe(w, r, sites)
		default:
			http.NotFound(w, r)
		}
	})
}

func serveMe(w http.ResponseWriter, r *http.Request, sites site.All) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", mePolicy)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")

	visit := edge.Request(r)
	served, ours := sites.Of(visit.Host)
	if !ours || visit.Host == "" { // a site that lists no hosts has any, but not none
		h.Set(refusedHeader, string(refusedHost))
		http.Error(w, "This host is not among those of the sites that are served here. Hosts are listed in the site file.", http.StatusForbidden)
		return
	}
	// Asked as for the site's front page, with the answer a page gives: everything
	// under /_ds/ is no page, and HEAD asks what GET would say.
	visit.Path, visit.Method, visit.Status, visit.ContentType = "/", http.MethodGet, http.StatusOK, "text/html"

	var page bytes.Buffer
	view, err := newMeView(r, &visit, served.Classifier)
	if err == nil {
		err = meTemplate.Execute(&page, view)
	}
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(page.Len()))
	if r.Method == http.MethodGet {
		_, _ = page.WriteTo(w) // who no longer listens misses it
	}
}

// meView is what the page shows.
type meView struct {
	Lang    string
	Text    *meText
	Verdict string
	Sure    string
	Before  string
	Why     []meReason
	Unknown []string
	Headers []meHeader
	Plain   string // why headers may be missing; empty if they are not
	Case    string // the visit as a line of ndjson
	Objects []string
	Off     bool // the browser carries the opt-out mark
}

// meReason is a rule in words, with its source taken apart.
type meReason struct {
	Rule, Says string
	Link, Note string // either may be empty
}

// meHeader is a request header that was looked at.
type meHeader struct {
	Name, Value string
	Sent        bool
	Cut         bool // it is longer than what is read
}

func newMeView(r *http.Request, visit *darksocial.Visit, c *darksocial.Classifier) (*meView, error) {
	facts := c.Facts(visit)
	label := darksocial.Resolve(&facts)
	says := darksocial.Explain(&facts, &label)
	line, err := testCase(r.Header, visit, &facts)
	if err != nil {
		return nil, err
	}
	lang := meLanguage(r.Header.Get("Accept-Language"))
	v := &meView{
		Lang: lang, Text: meTexts[lang], Case: line,
		Verdict: says.Verdict, Sure: says.Sure, Before: says.Before, Unknown: says.Unknown,
		Headers: meHeaders(r.Header),
	}
	for _, why := range says.Why {
		link, note := splitSource(why.Source)
		v.Why = append(v.Why, meReason{Rule: why.Rule, Says: why.Says, Link: link, Note: note})
	}
	v.Plain = v.Text.plain(r.Header, v.Headers)
	for _, name := range [...]string{"Sec-GPC", "DNT"} {
		if edge.HeaderValue(r.Header, name) == "1" {
			v.Objects = append(v.Objects, name+": 1")
		}
	}
	v.Off = edge.OptedOut(r)
	return v, nil
}

// meHeaders lists the headers that were looked at. Those that today's browsers have
// replaced by Sec-Purpose are shown only where they came.
func meHeaders(h http.Header) []meHeader {
	var list []meHeader
	for _, name := range edge.HeaderNames {
		value := edge.HeaderValue(h, name)
		switch name {
		case "Purpose", "X-Moz", "X-Purpose":
			if value == "" {
				continue
			}
		}
		list = append(list, meHeader{Name: name, Value: visible(value), Sent: value != "", Cut: value != h.Get(name)})
	}
	return list
}

// visible puts a mark for what cannot be shown, or would change the order in which
// the rest is shown.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// splitSource takes the address out of a rule's source, if it begins with one.
func splitSource(source string) (link, note string) {
	if !strings.HasPrefix(source, "https://") {
		return "", source
	}
	link, note, _ = strings.Cut(source, " ")
	return strings.TrimSuffix(link, ":"), note
}
