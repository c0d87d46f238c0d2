package demo

import (
	"bytes"
	"fmt"
	"net/http"
	"time"
)

// page is what a template is filled with.
type page struct {
	template  string
	Lang      string
	Title     string
	Teaser    string
	Canonical string // the full address; empty on a page that has none
	Article   *article
	Data      any        // JSON-LD
	More      []*article // to read after this one

	Product *product
	Order   *placed // that the page thanks for

	German, English []*article // of the front page
	Products        []*product // of the front page
}

func (s *Site) addPages() {
	home := page{template: "home", Lang: "de", Title: "Nachrichten aus Quellmoor und Umgebung", Teaser: "Was in Quellmoor geschieht: eine erfundene Lokalzeitung, mit der sich darksocial ausprobieren lässt."}
	byLang := map[string][]*article{}
	for _, a := range s.articles {
		byLang[a.Lang] = append(byLang[a.Lang], a)
	}
	home.German, home.English = byLang["de"], byLang["en"]
	home.Products = products
	s.pages["/"] = home
	for _, p := range products {
		s.pages[p.Path] = page{template: "product", Lang: p.Lang, Title: p.Title, Teaser: p.Teaser, Product: p}
	}
	for lang, articles := range byLang {
		for i, a := range articles {
			more := append(append([]*article(nil), articles[i+1:]...), articles[:i]...)
			s.pages[a.Path] = page{template: "article", Lang: lang, Title: a.Title, Teaser: a.Teaser, Article: a, More: more[:min(3, len(more))]}
		}
	}
	s.pages["/datenschutz"] = page{template: "datenschutz", Lang: "de", Title: "Datenschutz", Teaser: "Was auf dieser Seite gezählt wird, was nicht, und wie man widerspricht."}
	s.pages["/privacy"] = page{template: "privacy", Lang: "en", Title: "Privacy", Teaser: "What this site counts, what it does not, and how to object."}
}

// render makes a page for the host it was asked for.
func (s *Site) render(p *page, r *http.Request) ([]byte, error) {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	p.Canonical = scheme + "://" + r.Host + r.URL.Path
	if p.Article != nil {
		p.Data = newsArticle(p.Article, p.Canonical)
	}
	return s.execute(p)
}

func (s *Site) execute(p *page) ([]byte, error) {
	var b bytes.Buffer
	if err := s.templates.ExecuteTemplate(&b, p.template, p); err != nil {
		return nil, fmt.Errorf("demo: page %s: %w", p.template, err)
	}
	return b.Bytes(), nil
}

// missing says that there is no such page. It has no address, so that no hint, card
// or table takes it for one.
func (s *Site) missing(w http.ResponseWriter, _ *http.Request) {
	content, err := s.execute(&page{template: "missing", Lang: "de", Title: "Diese Seite gibt es nicht", Teaser: "Unter dieser Adresse steht nichts, vielleicht nicht mehr."})
	if err != nil {
		http.Error(w, "There is no such page.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", htmlType)
	w.Header().Set("Cache-Control", "public, max-age=10")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(content) // an error means that the visitor went away
}

// linked is an article as schema.org describes one: https://schema.org/NewsArticle.
type linked struct {
	Context   string `json:"@context"`
	Type      string `json:"@type"`
	ID        string `json:"mainEntityOfPage"`
	Headline  string `json:"headline"`
	Teaser    string `json:"description"`
	Author    person `json:"author"`
	Published string `json:"datePublished"`
	Section   string `json:"articleSection"`
	Lang      string `json:"inLanguage"`
	Words     int    `json:"wordCount"`
}

type person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

func newsArticle(a *article, address string) linked {
	return linked{
		Context: "https://schema.org", Type: "NewsArticle", ID: address, Headline: a.Title, Teaser: a.Teaser, Author: person{"Person", a.Author},
		Published: a.Published.Format(time.RFC3339), Section: a.Section, Lang: a.Lang, Words: a.Words,
	}
}
