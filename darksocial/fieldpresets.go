package darksocial

import (
	"maps"
	"slices"
	"strings"
)

// presets are the maps of logs whose keys are known: those a vendor writes, and
// those that docs/site.md tells an owner to configure.
var presets = map[string]FieldMap{
	// Logpush, dataset http_requests. Other request headers than X-Requested-With
	// stand in RequestHeaders only if the zone's custom fields name them, so no
	// preset can promise them.
	// https://developers.cloudflare.com/logs/reference/log-fields/zone/http_requests/
	// https://developers.cloudflare.com/logs/reference/custom-fields/
	"cloudflare": {Keys: map[string]string{
		"time": "EdgeStartTimestamp", "host": "ClientRequestHost", "path": "ClientRequestURI", "id": "RayID",
		"referer": "ClientRequestReferer", "user_agent": "ClientRequestUserAgent", "method": "ClientRequestMethod",
		"status": "EdgeResponseStatus", "content_type": "EdgeResponseContentType", "country": "ClientCountry",
		"headers.x-requested-with": "ClientXRequestedWith",
	}},

	// Fastly writes what its log format says: the one in docs/site.md.
	// https://www.fastly.com/documentation/guides/integrations/streaming-logs/useful-variables-to-log
	"fastly": {Keys: ours()},

	// DataStream 2 with log format JSON. It leaves out what is "-" or null, and
	// encodes User-Agent and Referer. A request id has some seven hex digits and
	// is only one server's, so the time is part of ours.
	// https://techdocs.akamai.com/datastream2/docs/data-set-parameters
	// https://techdocs.akamai.com/datastream2/docs/log-format-1
	"akamai": {OmitsEmpty: true, Encoded: []string{"content_type", "referer", "user_agent"}, Keys: map[string]string{
		"time": "reqTimeSec", "host": "reqHost", "path": "reqPath", "query": "queryStr", "id": "reqId reqTimeSec",
		"referer": "referer", "user_agent": "UA", "method": "reqMethod", "status": "statusCode",
		"content_type": "rspContentType", "country": "country",
	}},

	// nginx writes what its log_format says: the one in docs/site.md. A variable
	// it does not find is empty with escape=json. It knows no country.
	// https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
	"nginx": {Keys: ours("country")},
}

// ours is a log that is configured for us, with our own names as keys: all
// headers, and the path with the query.
func ours(without ...string) map[string]string {
	keys := map[string]string{}
	for _, name := range [...]string{"time", "host", "path", "id", "referer", "user_agent", "method", "status", "content_type", "country"} {
		if !slices.Contains(without, name) {
			keys[name] = name
		}
	}
	for _, name := range [...]string{
		"x-requested-with", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-purpose",
		"sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-gpc", "dnt",
	} {
		keys[headerPrefix+name] = strings.ReplaceAll(name, "-", "_")
	}
	return keys
}

// LogPreset returns the map of a preset by its name.
func LogPreset(name string) (*FieldMap, bool) {
	m, ok := presets[name]
	if !ok {
		return nil, false
	}
	m.Preset, m.Keys, m.Encoded = name, maps.Clone(m.Keys), slices.Clone(m.Encoded)
	return &m, true
}

// presetNames lists the presets, for messages.
func presetNames() string { return strings.Join(slices.Sorted(maps.Keys(presets)), ", ") }
