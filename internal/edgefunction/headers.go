package edgefunction

import (
	"slices"
	"strings"
)

// Headers that CloudFront keeps to itself, at
// docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html.
var (
	hiddenNames    = []string{"connection", "expect", "keep-alive", "trailer", "upgrade", "x-cache", "x-forwarded-proto", "x-real-ip"}
	hiddenPrefixes = []string{"proxy-", "x-accel-", "x-amz-cf-", "x-amzn-", "x-edge-"}

	readOnlyInRequest  = []string{"content-length", "host", "transfer-encoding", "via"}
	readOnlyInResponse = []string{"via", "warning"}
)

func hidden(name string) bool {
	return slices.Contains(hiddenNames, name) ||
		slices.ContainsFunc(hiddenPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// isControl reports what no header value may hold.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// isToken reports a header name: www.rfc-editor.org/rfc/rfc9110.html#name-tokens.
func isToken(s string) bool {
	for _, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}
