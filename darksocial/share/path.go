package share

import "strings"

// maxPath bounds the path of a page that is shared, in bytes.
const maxPath = 1024

// IsPath reports whether a path leads to a page of the same host, whatever a browser
// makes of it: "//evil.example" and "/\evil.example" lead elsewhere.
func IsPath(path string) bool {
	if len(path) > maxPath || !strings.HasPrefix(path, "/") || len(path) > 1 && (path[1] == '/' || path[1] == '\\') {
		return false
	}
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c > '~' || strings.IndexByte(`\?#"<>`, c) >= 0 {
			return false
		}
	}
	return true
}
