package demo

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Sign is the shop's signature of what it tells of an order: see orders.Sign.
type Sign func(ctx context.Context, query string) (string, error)

// shop sells one pair of shoes and keeps nothing: what it knows of an order stands, signed,
// in the address of the page that thanks for it. A shop that keeps its orders looks there
// instead.
type shop struct {
	sign    Sign
	now     func() time.Time
	foreign *http.CrossOriginProtection
	ways    map[string]*product // by the path of their orders
}

// product is the pair of shoes in one language.
type product struct {
	Path      string
	OrderPath string // takes the form, and thanks
	Lang      string
	Section   string
	Title     string
	Teaser    string
	Text      []string
	Price     string
	thanks    string
}

// What the shoes cost, as it is told.
const (
	price    = 8999 // minor units
	currency = "EUR"
)

var products = []*product{{
	Path: "/laden/moorschuhe", OrderPath: "/laden/bestellung", Lang: "de", Section: "Aus dem Laden",
	Title:  "Moorschuhe, die nicht stecken bleiben",
	Teaser: "Eine Sohle wie ein Seerosenblatt: Mit diesen Schuhen kommt man trocken über den Moorpfad und wieder zurück.",
	Text: []string{
		"Schuhmachermeisterin Thea Ringelnatz hat drei Winter lang Sohlen ins Moor gestellt und nachgesehen, welche am Morgen noch da war. Übrig blieb eine breite, weiche aus Kautschuk, die sich beim Auftreten spreizt und beim Anheben wieder schließt.",
		"Das Leder kommt von Rindern aus Oldenfenn, die Schnürsenkel sind rot, damit man die Schuhe wiederfindet, falls sie doch einmal stecken bleiben. Bisher ist das zweimal vorgekommen, beide Male war es derselbe Kunde.",
	},
	Price: "89,99 €", thanks: "Danke für die Bestellung",
}, {
	Path: "/en/shop/moor-shoes", OrderPath: "/en/shop/order", Lang: "en", Section: "From the shop",
	Title:  "Moor shoes that do not get stuck",
	Teaser: "A sole like a lily pad: in these shoes you cross the moor path with dry feet, and come back.",
	Text: []string{
		"For three winters the shoemaker Thea Ringelnatz put soles out on the moor and looked which of them was still there in the morning. The one that remained is broad, soft and made of rubber. It spreads as you step, and closes again as you lift your foot.",
		"The leather comes from the cattle of Oldenfenn. The laces are red, so that you find the shoes again should they get stuck after all. So far this has happened twice, both times to the same customer.",
	},
	Price: "€89.99", thanks: "Thank you for your order",
}}

func newShop(sign Sign, now func() time.Time) *shop {
	s := &shop{sign: sign, now: now, foreign: http.NewCrossOriginProtection(), ways: map[string]*product{}}
	for _, p := range products {
		s.ways[p.OrderPath] = p
	}
	return s
}

// Bounds of a form, in bytes.
const (
	maxForm = 4096
	maxCode = 64
)

// order takes an order and leads to the page that thanks for it, which can be loaded again
// without ordering again. The form says by which code the buyer came: what a shop keeps
// with the cart.
func (s *shop) order(w http.ResponseWriter, r *http.Request, p *product) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := s.foreign.Check(r); err != nil {
		http.Error(w, "Orders are placed on the shop's own page.", http.StatusForbidden)
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, "This is no order.", http.StatusBadRequest)
		return
	}
	query := fmt.Sprintf("v=1&o=QB-%s&a=%d&c=%s&t=%d", rand.Text()[:10], price, currency, s.now().Unix())
	if code := r.PostForm.Get("code"); code != "" && len(code) <= maxCode {
		query += "&k=" + url.QueryEscape(code) + "&l=session"
	}
	signature, err := s.sign(r.Context(), query)
	if err != nil {
		http.Error(w, "The order could not be taken.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, p.OrderPath+"?"+query+"&s="+signature, http.StatusSeeOther)
}

// placed is an order as the page that thanks for it shows and tells it.
type placed struct {
	Number string
	Query  string // of /_ds/buy, signed
}

// placed reads an order out of an address that order made. Others are none.
func (s *shop) placed(r *http.Request) (*placed, error) {
	query, signature, _ := strings.Cut(r.URL.RawQuery, "&s=")
	want, err := s.sign(r.Context(), query)
	if err != nil || subtle.ConstantTimeCompare([]byte(signature), []byte(want)) == 0 {
		return nil, err
	}
	said, err := url.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	return &placed{Number: said.Get("o"), Query: r.URL.RawQuery}, nil
}

// thank shows the page that thanks for an order, and tells of it by its script.
func (s *Site) thank(w http.ResponseWriter, r *http.Request, p *product) {
	order, err := s.shop.placed(r)
	var content []byte
	if err == nil && order != nil {
		content, err = s.execute(&page{template: "thanks", Lang: p.Lang, Title: p.thanks, Teaser: p.Title, Product: p, Order: order})
	}
	switch {
	case err != nil:
		http.Error(w, "This page could not be made.", http.StatusInternalServerError)
	case order == nil:
		s.missing(w, r)
	default:
		w.Header().Set("Content-Type", htmlType)
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(content) // an error means that the visitor went away
	}
}
