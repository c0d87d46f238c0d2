package web

import (
	"errors"
	"io"
	"net/http"

	"darksocial/internal/edge"
	"darksocial/internal/ledger"
)

// Headers that tell what became of a request.
const (
	refusedHeader = "X-DS-Refused"
	noteHeader    = "X-DS-Note"
)

// refusal is why a request is not answered, in one word: see the package's
// documentation.
type refusal string

const (
	refusedMethod    refusal = "method"
	refusedPath      refusal = "path"
	refusedNotCDN    refusal = "not_cdn"
	refusedRepeated  refusal = "repeated"
	refusedBody      refusal = "body"
	refusedHost      refusal = "host"
	refusedCrossSite refusal = "cross_site"
	refusedNoPage    refusal = "no_page"
	refusedBusy      refusal = "busy"
	refusedStore     refusal = "store"
)

func (r refusal) Error() string { return "refused: " + string(r) }

// refuse answers with the status and the word of an error.
func refuse(w http.ResponseWriter, err error) {
	status, word := http.StatusServiceUnavailable, refusedStore
	var bad edge.BadHit
	var known refusal
	var explained *told
	switch {
	case errors.As(err, &bad):
		status, word = http.StatusBadRequest, refusal(bad)
		if bad == "length" {
			status = http.StatusRequestURITooLong
		}
	case errors.As(err, &explained):
		status, word = http.StatusBadRequest, explained.refusal
		switch word {
		case refusedSignature:
			status = http.StatusForbidden
		case refusedConflict, refusedTooMuch, refusedTooMany:
			status = http.StatusConflict
		}
	case errors.As(err, &known):
		word = known
		switch known {
		case refusedMethod:
			status = http.StatusMethodNotAllowed
		case refusedPath:
			status = http.StatusNotFound
		case refusedRepeated, refusedBody:
			status = http.StatusBadRequest
		case refusedTooLong:
			status = http.StatusRequestEntityTooLarge
		case refusedNotCDN, refusedHost, refusedCrossSite, refusedNoPage:
			status = http.StatusForbidden
		}
	case errors.Is(err, ledger.ErrBusy):
		word = refusedBusy
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set(refusedHeader, string(word))
	w.Header().Set("Cache-Control", "no-store")
	if explained == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, explained.says+"\n") // who no longer listens misses it
}
