// Package demo is the site that darksocial serve shows where no other is given: a
// small invented newspaper, in German and English, as a publisher would make one.
//
//	handler, err := demo.New()
//
// It asks no other host for anything and has no inline script or style: its
// Content-Security-Policy is "default-src 'self'", so that what works here works on a
// strict site as well. Its pages carry what a site of a user should: the script, the
// pixel for browsers without scripts, canonical addresses, and for each article its
// title, author, date and section. They may be kept by a CDN for five minutes.
//
// The site does not know where it is: addresses are made with the request's Host, so
// it is to be behind something that passes the viewer's on, and keeps an answer for
// one host only.
package demo

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed articles templates static
var files embed.FS

// Site is the http.Handler. It is safe for concurrent use.
type Site struct {
	templates *template.Template
	articles  []*article // newest first
	pages     map[string]page
	static    map[string][]byte // by path
}

// New reads the articles. An error means that one of the files in this package is
// not as it has to be.
func New() (*Site, error) {
	s := &Site{pages: map[string]page{}, static: map[string][]byte{}}
	var err error
	if s.templates, err = template.ParseFS(files, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	if s.articles, err = readArticles(files); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	names, err := fs.Glob(files, "static/*")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	for _, name := range names {
		if s.static["/"+name], err = files.ReadFile(name); err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
	}
	s.addPages()
	return s, nil
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "This site can only be read.", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if content, ok := s.static[r.URL.Path]; ok {
		send(w, r, types[path.Ext(r.URL.Path)], content)
		return
	}
	p, ok := s.pages[r.URL.Path]
	if !ok {
		s.missing(w, r)
		return
	}
	content, err := s.render(&p, r)
	if err != nil {
		http.Error(w, "This page could not be made.", http.StatusInternalServerError)
		return
	}
	send(w, r, htmlType, content)
}

const htmlType = "text/html; charset=utf-8"

// types are those of the static files. What the system says of them differs.
var types = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// send answers with content that may be kept, and with 304 to who has it.
func send(w http.ResponseWriter, r *http.Request, contentType string, content []byte) {
	sum := sha256.Sum256(content)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "public, max-age=60, s-maxage=300")
	h.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
