package edge

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"darksocial/darksocial"
)

// Hint is what the edge saw of a page's own request and a script in the page cannot
// know. It comes back through the browser: anybody can write one, so it is read
// like any other input, and believed no further than what a client may say of
// itself.
//
//	1.<request id>.<edge second>.<Sec-Fetch-Site>.<Sec-Fetch-Dest>.<Sec-Purpose>.<objection>
type Hint struct {
	RequestID string    // the CDN's, as in its log
	Time      time.Time // at the edge, whole seconds
	FetchSite string    // Sec-Fetch-Site; empty if the browser sent none
	FetchDest string    // Sec-Fetch-Dest
	Purpose   string    // Sec-Purpose
	Objects   bool      // Sec-GPC, DNT or the site's opt-out mark
}

// Bounds of a hint, in bytes. The edge keeps to them.
const (
	maxHint      = 300
	maxRequestID = 128
	maxHintWord  = 40
)

// What is wrong with a hint.
var (
	ErrHintVersion = errors.New("the hint is of a version this program does not know")
	ErrHint        = errors.New("the hint is none the edge writes")
)

// ParseHint reads a hint.
func ParseHint(s string) (Hint, error) {
	if version, _, _ := strings.Cut(s, "."); version != "1" {
		if number, err := strconv.ParseUint(version, 10, 16); err == nil && number > 1 {
			return Hint{}, ErrHintVersion
		}
		return Hint{}, ErrHint
	}
	parts := strings.Split(s, ".")
	if len(s) > maxHint || len(parts) != 7 {
		return Hint{}, ErrHint
	}
	h := Hint{RequestID: parts[1], FetchSite: parts[3], FetchDest: parts[4], Purpose: parts[5], Objects: parts[6] == "1"}
	second, err := strconv.ParseUint(parts[2], 10, 33) // to the year 2242
	if err != nil || !IsRequestID(h.RequestID) || parts[6] != "0" && parts[6] != "1" {
		return Hint{}, ErrHint
	}
	for _, word := range parts[3:6] {
		if !isHintWord(word) {
			return Hint{}, ErrHint
		}
	}
	h.Time = time.Unix(int64(second), 0).UTC()
	return h, nil
}

// IsRequestID reports whether s could be a CDN's request id: letters, digits and
// the signs of base64, at most 128.
func IsRequestID(s string) bool {
	if s == "" || len(s) > maxRequestID {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("_-+/=", c) >= 0) {
			return false
		}
	}
	return true
}

func isHintWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || c == '-' || c == ';' || c == '=') {
			return false
		}
	}
	return len(s) <= maxHintWord
}

// Onto puts what the hint says of the navigation into a visit's headers. Where the
// site's service worker asked for the page, Sec-Fetch-* are of the worker, and the
// navigation's are not known (Chromium 156: Sec-Fetch-Dest is "empty").
func (h *Hint) Onto(v *darksocial.Visit) {
	if h.FetchDest == "empty" {
		return
	}
	v.Headers.FetchSite, v.Headers.FetchDest, v.Headers.Purpose = h.FetchSite, h.FetchDest, h.Purpose
	v.Sees |= darksocial.SeesHeaders
}
