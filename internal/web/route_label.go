package web

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/pquerna/cachecontrol/cacheobject"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

// guarded runs a part of the labelling, a fault of which is none of the page's. It
// reports whether there was none; else the visit is counted as lost.
func (p *passage) guarded(part func()) (ok bool) {
	defer func() {
		if fault := recover(); fault != nil {
			slog.Error("visit not labelled", "site", p.site.Name, "fault", fault, "stack", string(debug.Stack()))
			p.route.writer.Count(p.site.Site, leftLost)
			ok = false
		}
	}()
	part()
	return true
}

// look labels the visit by its request, before there is an answer.
func (p *passage) look() {
	p.fault = !p.guarded(func() {
		p.objects = edge.Objects(p.request)
		p.visit = edge.Request(p.request)
		p.facts = p.site.Classifier.Facts(&p.visit)
		p.code = codeIn(p.request.Context(), p.route.codes, p.site, p.visit.Query)
	})
}

// labelled labels the visit by its answer as well, tells the page, and begins to keep
// the visit.
func (p *passage) labelled(answer *http.Response) {
	if p.fault {
		return
	}
	p.fault = !p.guarded(func() {
		mediaType, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
		p.visit.Status, p.visit.ContentType = answer.StatusCode, strings.ToLower(strings.TrimSpace(mediaType))
		p.facts = p.site.Classifier.Facts(&p.visit)
		p.tellPage(answer.Header)
		p.keep(p.bring())
	})
}

// Headers that tell the origin the label.
const (
	kindHeader       = "X-Ds-Kind"
	channelHeader    = "X-Ds-Channel"
	sourceHeader     = "X-Ds-Source"
	visibilityHeader = "X-Ds-Visibility"
	confidenceHeader = "X-Ds-Confidence"
	codeHeader       = "X-Ds-Code"
)

// tellOrigin puts the label into the request. Status and type of the answer are not
// known yet, so what is no page may be told as a visit.
func (p *passage) tellOrigin(header http.Header) {
	if p.fault || p.objects {
		return
	}
	label := darksocial.Resolve(&p.facts)
	header.Set(kindHeader, label.Kind.String())
	if label.Channel == darksocial.ChannelNone {
		return // it comes from nowhere: a bot, or a click inside the site
	}
	if p.code != "" && label.Kind == darksocial.KindVisit {
		header.Set(codeHeader, string(p.code))
	}
	header.Set(channelHeader, label.Channel.String())
	header.Set(visibilityHeader, label.Visibility.String())
	header.Set(confidenceHeader, label.Confidence.String())
	if source := tableSource(&label); source != "" {
		header.Set(sourceHeader, source)
	}
}

// tellPage puts the label into the answer, for the page's scripts:
//
//	Server-Timing: ds-label;desc="dark_social.whatsapp.private"
//
// It says channel, source and visibility; the source may be empty, and it alone may
// hold dots. An answer that a shared cache may keep is told nothing: the label would be
// shown to others.
func (p *passage) tellPage(header http.Header) {
	label := darksocial.Resolve(&p.facts)
	if p.objects || label.Channel == darksocial.ChannelNone || mayBeShared(header) {
		return
	}
	parts := []string{label.Channel.String(), tableSource(&label), label.Visibility.String()}
	header.Add("Server-Timing", `ds-label;desc="`+strings.Join(parts, ".")+`"`)
}

// tableSource is a label's source where it is a word of our tables. An unlisted site's
// host is the client's text.
func tableSource(l *darksocial.Label) string {
	if !sourceNames()[l.Source] {
		return ""
	}
	return l.Source
}

var sourceNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, rule := range darksocial.Rules() {
		names[rule.Source] = true
	}
	return names
})

// mayBeShared reports whether a cache for many may keep an answer. Only no-store and
// private forbid it to all of them: whether a cache keeps what says nothing, what has a
// cookie, what must be asked for again or what is an error is up to the cache
// (https://www.rfc-editor.org/rfc/rfc9111#section-3), and CloudFront keeps them by
// default. A header for CDNs alone beats Cache-Control
// (https://www.rfc-editor.org/rfc/rfc9213).
func mayBeShared(header http.Header) bool {
	for name := range header {
		if strings.HasSuffix(name, "Cdn-Cache-Control") || name == "Surrogate-Control" || name == "Edge-Control" || name == "X-Accel-Expires" {
			return true
		}
	}
	directives, err := cacheobject.ParseResponseCacheControl(strings.Join(header["Cache-Control"], ", "))
	if err != nil {
		return true
	}
	forAll := directives.PrivatePresent && len(directives.Private) == 0 // else some headers are private, and not ours
	return directives.Public || directives.SMaxAge > 0 || !directives.NoStore && !forAll
}
