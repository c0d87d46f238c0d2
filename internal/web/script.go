package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
	"time"
)

//go:embed assets/ds.js
var script []byte

// scriptHash names the script by its content.
var scriptHash = func() string {
	sum := sha256.Sum256(script)
	return hex.EncodeToString(sum[:6])
}()

// ScriptPath is where the script may be cached for ever: a new script has another
// path.
func ScriptPath() string { return "/_ds/ds." + scriptHash + ".js" }

func isScript(path string) bool { return path == "/_ds/ds.js" || path == ScriptPath() }

func serveScript(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("ETag", `"`+scriptHash+`"`)
	h.Set("Cache-Control", "public, max-age=3600")
	if r.URL.Path == ScriptPath() {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(script))
	return nil
}
