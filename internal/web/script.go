package web

import (
	"net/http"
	"strings"
)

const scriptType = "text/javascript; charset=utf-8"

// scripts are those that pages load, by their names.
var scripts = map[string]*asset{"ds": newAsset("ds.js", scriptType), "read": newAsset("read.js", scriptType), "share": newAsset("share.js", scriptType)}

// ScriptPath is where the beacon may be cached for ever: another one has another path.
func ScriptPath() string { return "/_ds/ds." + scripts["ds"].hash + ".js" }

// scriptOf takes a path like /_ds/ds.js or /_ds/ds.HASH.js apart.
func scriptOf(path string) (script *asset, cached string, ok bool) {
	file, own := strings.CutPrefix(path, "/_ds/")
	file, js := strings.CutSuffix(file, ".js")
	name, hash, _ := strings.Cut(file, ".")
	script, ok = scripts[name]
	if !own || !js || !ok || hash != "" && hash != script.hash {
		return nil, "", false
	}
	if hash != "" {
		return script, forEver, true
	}
	return script, forAnHour, true
}

func isScript(path string) bool { _, _, ok := scriptOf(path); return ok }

func serveScript(w http.ResponseWriter, r *http.Request) error {
	script, cached, _ := scriptOf(r.URL.Path)
	script.serve(w, r, cached)
	return nil
}
