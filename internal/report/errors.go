package report

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
)

// problem is why a call is not answered. Its text says what to do.
type problem struct {
	status     int
	code       string
	field      string
	text       string
	retryAfter int // seconds; 0 says nothing
}

func (p *problem) Error() string { return p.text }

func invalid(field, format string, args ...any) error {
	return &problem{status: http.StatusBadRequest, code: "invalid", field: field, text: fmt.Sprintf(format, args...)}
}

func notOffered(field, format string, args ...any) error {
	return &problem{status: http.StatusBadRequest, code: "not_offered", field: field, text: fmt.Sprintf(format, args...)}
}

func notFound(field, text string) error {
	return &problem{status: http.StatusNotFound, code: "not_found", field: field, text: text}
}

func forbidden(field, format string, args ...any) error {
	return &problem{status: http.StatusForbidden, code: "forbidden", field: field, text: fmt.Sprintf(format, args...)}
}

func unauthorized(text string) error {
	return &problem{status: http.StatusUnauthorized, code: "unauthorized", text: text}
}

const askAgainAfter = 5 // seconds

// problemOf makes a problem of any error. What went wrong inside is logged and not told.
func problemOf(ctx context.Context, err error) *problem {
	var known *problem
	if errors.As(err, &known) {
		return known
	}
	text := "The tables or records cannot be read at the moment. Ask again in a few seconds."
	if errors.Is(err, context.DeadlineExceeded) {
		text = "The store is too slow to answer at the moment. Ask again in a few seconds, or for fewer days."
	}
	slog.ErrorContext(ctx, "a report could not be made", "error", err.Error())
	return &problem{status: http.StatusServiceUnavailable, code: "unavailable", text: text, retryAfter: askAgainAfter}
}

// errorAnswer is a problem as it is told.
type errorAnswer struct {
	Error string `json:"error"`
	Code  string `json:"code"`
	Field string `json:"field,omitempty"`
}

func (h *Report) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), err)
	if p.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	writeJSON(w, r, p.status, errorAnswer{p.text, p.code, p.field})
}
