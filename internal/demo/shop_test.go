package demo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/orders"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func signed(_ context.Context, query string) (string, error) { return orders.Sign("key", query), nil }

// buy sends the form of a page of the shop.
func (s *Site) buy(path, form string, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// TestOrder: what the page that thanks for an order tells is what /_ds/buy takes.
func TestOrder(t *testing.T) {
	s := newSite(t)
	numbers := map[string]bool{}
	for _, tt := range []struct{ form, code string }{
		{"code=8ZkPq4vR2Ts", "8ZkPq4vR2Ts"},
		{"code=", ""},
		{"", ""},
		{"code=a%26a%3D1%26s%3D", "a&a=1&s="},
		{"code=" + strings.Repeat("x", 65), ""},
	} {
		for _, p := range products {
			answer := s.buy(p.OrderPath, tt.form)
			require.Equal(t, http.StatusSeeOther, answer.StatusCode)
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			to, err := url.Parse(answer.Header.Get("Location"))
			require.NoError(t, err)
			assert.Equal(t, p.OrderPath, to.Path)

			m, text, signature, err := orders.ReadQuery(to.RawQuery)
			require.NoError(t, err)
			assert.Equal(t, orders.Sign("key", text), signature)
			want := &orders.Message{Type: orders.Placed, Order: m.Order, Amount: 8999, Currency: "EUR", Ordered: noon.Unix(), Code: tt.code}
			if tt.code != "" {
				want.Link = "session"
			}
			assert.Equal(t, want, m)
			assert.Regexp(t, `^QB-[A-Z2-7]{10}$`, m.Order)
			assert.False(t, numbers[m.Order])
			numbers[m.Order] = true

			thanks, body := s.get(t, to.RequestURI())
			assert.Equal(t, http.StatusOK, thanks.StatusCode)
			assert.Equal(t, "no-store", thanks.Header.Get("Cache-Control"))
			assert.Contains(t, thanks.Header.Get("Content-Security-Policy"), "default-src 'self';")
			assert.Contains(t, body, `<html lang="`+p.Lang+`">`)
			assert.Contains(t, body, "<strong>"+m.Order+"</strong>")
			assert.Contains(t, body, ` data-order="`+strings.NewReplacer("&", "&amp;", "=", "=", "+", "&#43;").Replace(to.RawQuery)+`"`)
			assert.NotContains(t, body, "canonical", "it is nobody else's page")
			assert.NotRegexp(t, `<script>|<style| on[a-z]+="|style=`, body, "the policy would stop it")
		}
	}
}

// TestNoOrder: nobody is thanked for what was not ordered, and no other site orders.
func TestNoOrder(t *testing.T) {
	s := newSite(t)
	to := s.buy("/laden/bestellung", "").Header.Get("Location")
	for _, path := range []string{"/laden/bestellung", "/laden/bestellung?", "/laden/bestellung?&s=", to + "x", to + "&a=1", strings.Replace(to, "8999", "1", 1), strings.Replace(to, "QB-", "%3Cb%3E", 1)} {
		answer, body := s.get(t, path)
		assert.Equal(t, http.StatusNotFound, answer.StatusCode, path)
		assert.NotContains(t, body, "data-order", path)
	}
	assert.Equal(t, http.StatusForbidden, s.buy("/laden/bestellung", "", "Sec-Fetch-Site", "cross-site").StatusCode)
	assert.Equal(t, http.StatusBadRequest, s.buy("/laden/bestellung", "code="+strings.Repeat("x", maxForm)).StatusCode)
	assert.Equal(t, http.StatusMethodNotAllowed, s.buy("/laden/moorschuhe", "").StatusCode)
}

// TestNoSignature: where the key is out of reach the visitor is told so, and not why.
func TestNoSignature(t *testing.T) {
	s, err := New(func(context.Context, string) (string, error) { return "", errors.New("secret") }, time.Now)
	require.NoError(t, err)
	thanks, body := s.get(t, "/laden/bestellung?v=1&s=x")
	assert.Equal(t, http.StatusInternalServerError, thanks.StatusCode)
	assert.NotContains(t, body, "secret")
	ordered := s.buy("/laden/bestellung", "")
	assert.Equal(t, http.StatusInternalServerError, ordered.StatusCode)
	said, err := io.ReadAll(ordered.Body)
	require.NoError(t, err)
	assert.NotContains(t, string(said), "secret")
}
