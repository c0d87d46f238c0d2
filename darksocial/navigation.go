package darksocial

import "strings"

// Only a page navigation can be a visit. What is none gets a rule of these,
// whichever door saw it; a door that does not see the method, the status or the
// type does not filter by it.

// pageStatus are the answers that show a page. 304 is a page the browser had; 206
// is how preview fetchers get the first bytes of one. Redirects and errors show
// nothing of the site's.
var pageStatus = map[int]bool{200: true, 203: true, 206: true, 304: true}

// pageTypes are the media types of pages.
var pageTypes = []string{"text/html", "application/xhtml+xml"}

// assetExtensions are files a page is made of, downloads and feeds. Whatever
// else stands behind a dot may be a page: /release-1.2, /index.php, /a.html.
var assetExtensions = set(
	// Pictures, fonts, sound, film.
	"avif", "bmp", "cur", "gif", "heic", "ico", "jpeg", "jpg", "jxl", "png", "psd", "svg", "svgz", "tif", "tiff", "webp",
	"eot", "otf", "ttf", "woff", "woff2",
	"aac", "avi", "flac", "flv", "m3u8", "m4a", "m4s", "m4v", "mkv", "mov", "mp3", "mp4", "mpd", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "swf", "ts", "vtt", "wav", "weba", "webm", "wmv",
	// Code and data.
	"atom", "cjs", "conf", "css", "csv", "gql", "ics", "js", "json", "jsonld", "less", "map", "md5", "mjs", "rdf", "rss", "scss", "sql", "txt", "vcf", "wasm", "webmanifest", "xml", "xsl", "yaml", "yml",
	// Downloads.
	"7z", "apk", "bin", "bz2", "deb", "diff", "dmg", "doc", "docx", "epub", "exe", "gz", "img", "iso", "jar", "kml", "log", "mobi", "msi", "odp", "ods", "odt", "patch", "pdf", "pkg", "ppt", "pptx", "ps", "rar", "rpm", "rtf", "sig", "tar", "tgz", "torrent", "xls", "xlsx", "xz", "zip", "zst",
)

// programPaths begin what programs ask for by convention, not people.
var programPaths = []string{
	"/.well-known/", "/cdn-cgi/", "/wp-json/", "/wp-admin/", "/wp-content/", "/wp-includes/", "/_next/", "/_nuxt/", "/__",
}

// programNames are such names at the end of a path.
var programNames = set(
	"admin-ajax.php", "wp-cron.php", "wp-login.php", "xmlrpc.php", "robots.txt", "ads.txt", "app-ads.txt", "security.txt",
	"favicon.ico", "sitemap.xml", "manifest.json", "service-worker.js", "sw.js", "graphql", "healthz",
)

// ownPath is where this system answers on the site's own host.
const ownPath = "/_ds/"

// notAPage returns the rule by which a request is no page navigation, or 0.
func (c *Classifier) notAPage(v *Visit) RuleID {
	switch {
	case v.Method != "" && v.Method != "GET":
		return navMethod
	case v.Status != 0 && !pageStatus[v.Status]:
		return navStatus
	case strings.HasPrefix(v.Path, ownPath):
		return navOwn
	}
	switch v.Headers.FetchDest {
	case "", "document":
	case "iframe", "frame", "embed", "object":
		return navEmbedded
	default:
		return navDest
	}
	if mode := v.Headers.FetchMode; mode != "" && mode != "navigate" {
		return navMode
	}
	for _, pattern := range c.site.Pages.Ignore {
		if PathFits(v.Path, pattern) {
			return navIgnored
		}
	}
	if v.ContentType != "" {
		for _, t := range pageTypes {
			if strings.EqualFold(v.ContentType, t) {
				return 0 // whatever the path looks like: /File:Map.png is a page of a wiki
			}
		}
		return navType
	}
	return byName(v.Path)
}

// byName judges a path alone.
func byName(path string) RuleID {
	for _, prefix := range programPaths {
		if strings.HasPrefix(path, prefix) {
			return navName
		}
	}
	name := path[strings.LastIndexByte(path, '/')+1:]
	if programNames[name] {
		return navName
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || len(name)-dot-1 > len("webmanifest") {
		return 0
	}
	var buf [len("webmanifest")]byte
	ext := buf[:0]
	for i := dot + 1; i < len(name); i++ {
		ext = append(ext, lower(name[i]))
	}
	if assetExtensions[string(ext)] {
		return navExtension
	}
	return 0
}

func set(names ...string) map[string]bool {
	s := make(map[string]bool, len(names))
	for _, n := range names {
		s[n] = true
	}
	return s
}
