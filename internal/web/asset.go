package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"time"
)

//go:embed assets
var assetFiles embed.FS

// asset is a file that pages load, the same for everybody.
type asset struct {
	content   []byte
	mediaType string
	hash      string // of the content
}

func newAsset(name, mediaType string) *asset {
	content, err := assetFiles.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return assetOf(content, mediaType)
}

func assetOf(content []byte, mediaType string) *asset {
	sum := sha256.Sum256(content)
	return &asset{content, mediaType, hex.EncodeToString(sum[:8])}
}

// For how long an asset may be cached: under its name, and under a name of its content.
const (
	forAnHour = "public, max-age=3600"
	forEver   = "public, max-age=31536000, immutable"
)

func (a *asset) serve(w http.ResponseWriter, r *http.Request, cached string) {
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("ETag", `"`+a.hash+`"`)
	h.Set("Cache-Control", cached)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.content))
}
