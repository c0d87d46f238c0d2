package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed assets
var embedded embed.FS

// Page is the files of the page, as they are built from web/.
var Page = mustSub(embedded, "assets")

func mustSub(files fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // of a name that is none
	}
	return sub
}

// page serves the files of the page, which are read once.
type page struct{ files map[string]*file }

type file struct {
	content   []byte
	zipped    []byte // nil where that is not smaller
	mediaType string
	etag      string
}

// index is what is shown at /.
const index = "index.html"

func newPage(assets fs.FS) (*page, error) {
	p := &page{files: map[string]*file{}}
	err := fs.WalkDir(assets, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(assets, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		f := &file{content: content, mediaType: mediaType(name), etag: hex.EncodeToString(sum[:8])}
		if small := zipped(content, gzip.BestCompression); len(small) < len(content)*9/10 {
			f.zipped = small
		}
		p.files["/"+name] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("report: the files of the page: %w", err)
	}
	if p.files["/"+index] == nil {
		return nil, fmt.Errorf("report: the files of the page: there is no %s", index)
	}
	p.files["/"] = p.files["/"+index]
	return p, nil
}

// mediaTypes are those of the files that pages are made of: what the machine says of
// them may be another.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
}

func mediaType(name string) string {
	if known, ok := mediaTypes[path.Ext(name)]; ok {
		return known
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	switch f := p.files[path.Clean(r.URL.Path)]; {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "This can be read, and nothing else.", http.StatusMethodNotAllowed)
	case f == nil || r.URL.RawPath != "":
		http.Error(w, "There is nothing here. The report is at /", http.StatusNotFound)
	default:
		h.Set("Content-Type", f.mediaType)
		content, etag := f.content, f.etag
		if f.zipped != nil {
			h.Set("Vary", "Accept-Encoding")
			if acceptsGzip(r) {
				content, etag = f.zipped, etag+"-gzip"
				h.Set("Content-Encoding", "gzip")
			}
		}
		h.Set("ETag", `"`+etag+`"`)
		h.Set("Cache-Control", "no-cache") // it may be kept, and is asked for anew
		if strings.HasPrefix(r.URL.Path, hashedPath) {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}
}

// hashedPath is where files have names made of their content.
const hashedPath = "/static/"
