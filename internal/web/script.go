package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"darksocial/internal/edge"
)

const scriptType = "text/javascript; charset=utf-8"

// scripts are those that pages load, by their names.
var scripts = map[string]*script{"ds": newScript("ds.js", false), "read": newScript("read.js", true), "share": newScript("share.js", true)}

// script is a script as it is built. Where it reads or writes codes, it leaves open by
// which parameter of an address.
type script struct {
	built *asset
	coded bool     // it leaves the name open
	named sync.Map // *asset by the name: one for each that a site has chosen
}

// codeNameHere stands in a built script, once, where the parameter's name belongs: in
// quotes. See web/src/code.ts.
const codeNameHere = "__CODE_NAME__"

func newScript(file string, coded bool) *script {
	s := &script{built: newAsset(file, scriptType), coded: coded}
	want := 0
	if coded {
		want = 1
	}
	if n := bytes.Count(s.built.content, []byte(codeNameHere)); n != want {
		panic(fmt.Sprintf("assets/%s names the code's parameter %d times and not %d", file, n, want)) // it is embedded
	}
	return s
}

// naming returns the script in which codes stand in a parameter: see
// darksocial.Site.CodeName, which lets no sign through that means something in a script.
func (s *script) naming(parameter string) *asset {
	if !s.coded {
		return s.built
	}
	if made, ok := s.named.Load(parameter); ok {
		return made.(*asset)
	}
	made, _ := s.named.LoadOrStore(parameter, assetOf(bytes.Replace(s.built.content, []byte(codeNameHere), []byte(parameter), 1), scriptType))
	return made.(*asset)
}

// ScriptPath is where the beacon may be cached for ever: another one has another path.
func ScriptPath() string { return "/_ds/ds." + scripts["ds"].built.hash + ".js" }

// scriptOf takes a path like /_ds/ds.js or /_ds/ds.HASH.js apart.
func scriptOf(path string) (s *script, hash string, ok bool) {
	file, own := strings.CutPrefix(path, "/_ds/")
	file, js := strings.CutSuffix(file, ".js")
	name, hash, _ := strings.Cut(file, ".")
	s, ok = scripts[name]
	return s, hash, ok && own && js
}

func isScript(path string) bool { _, _, ok := scriptOf(path); return ok }

// serveScript answers with a script of the site that was asked for it, the same for
// everybody. Where the edge does not say for which one, it is the first site's.
func (c *Collect) serveScript(w http.ResponseWriter, r *http.Request) error {
	of, _ := c.sites.Of(edge.Host(r))
	s, hash, _ := scriptOf(r.URL.Path)
	a := s.naming(of.CodeName())
	switch hash {
	case "":
		a.serve(w, r, forAnHour)
	case a.hash:
		a.serve(w, r, forEver)
	default:
		return refusedPath
	}
	return nil
}
