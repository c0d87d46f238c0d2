// Package demo is the site that darksocial serve shows where no other is given: a
// small invented newspaper, in German and English, as a publisher would make one.
//
//	handler, err := demo.New(sign, time.Now)
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
//
// # The shop
//
// The newspaper sells a pair of shoes, to show how an order names the recommendation it
// came of. There are two ways to keep the code of the page that a buyer came to, and the
// shop goes both:
//
//	session    static/shop.js puts ds.code() into the form by which is bought, and the
//	           server signs it with the order
//	consented  static/thanks.js, on the page that thanks for the order, adds the code that
//	           the browser has kept with consent, behind the signature
//
// Either way that page tells of the order, by GET /_ds/buy. The shop itself keeps nothing.
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
	"slices"
	"strings"
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
	shop      *shop
}

// New reads the articles. sign signs the shop's orders, which are placed by the clock of
// now. An error means that one of the files in this package is not as it has to be.
func New(sign Sign, now func() time.Time) (*Site, error) {
	s := &Site{pages: map[string]page{}, static: map[string][]byte{}, shop: newShop(sign, now)}
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
	w.Header().Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	orders, methods := s.shop.ways[r.URL.Path], "GET, HEAD"
	if orders != nil {
		methods = "GET, HEAD, POST"
	}
	switch {
	case !slices.Contains(strings.Split(methods, ", "), r.Method):
		w.Header().Set("Allow", methods)
		http.Error(w, "This page takes only: "+methods, http.StatusMethodNotAllowed)
	case orders == nil:
		s.read(w, r)
	case r.Method == http.MethodPost:
		s.shop.order(w, r, orders)
	default:
		s.thank(w, r, orders)
	}
}

// read answers with a page or a file that is the same for everybody.
func (s *Site) read(w http.ResponseWriter, r *http.Request) {
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
