package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

//go:embed assets/ds.js assets/read.js assets/share.js
var scriptFiles embed.FS

// script is one of those that pages load, under a name.
type script struct {
	content []byte
	hash    string // of the content
}

var scripts = map[string]script{"ds": readScript("ds"), "read": readScript("read"), "share": readScript("share")}

func readScript(name string) script {
	content, err := scriptFiles.ReadFile("assets/" + name + ".js")
	if err != nil {
		panic(err) // it is embedded
	}
	sum := sha256.Sum256(content)
	return script{content, hex.EncodeToString(sum[:6])}
}

// ScriptPath is where the beacon may be cached for ever: another one has another path.
func ScriptPath() string { return "/_ds/ds." + scripts["ds"].hash + ".js" }

// scriptOf takes a path like /_ds/ds.js or /_ds/ds.HASH.js apart.
func scriptOf(path string) (s script, forEver, ok bool) {
	file, ok := strings.CutPrefix(path, "/_ds/")
	if !ok {
		return s, false, false
	}
	name, hash, _ := strings.Cut(strings.TrimSuffix(file, ".js"), ".")
	s, ok = scripts[name]
	return s, hash != "", ok && strings.HasSuffix(file, ".js") && (hash == "" || hash == s.hash)
}

func isScript(path string) bool { _, _, ok := scriptOf(path); return ok }

func serveScript(w http.ResponseWriter, r *http.Request) error {
	s, forEver, _ := scriptOf(r.URL.Path)
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("ETag", `"`+s.hash+`"`)
	h.Set("Cache-Control", "public, max-age=3600")
	if forEver {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.content))
	return nil
}
