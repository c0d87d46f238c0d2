package edgefunction

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/terraform/edge"
)

func viewerRequest(t testing.TB) *Function {
	t.Helper()
	f, err := Load("viewer-request.js", edge.ViewerRequest)
	require.NoError(t, err)
	return f
}

var requestCases = []struct {
	name  string
	event event
	want  map[string]string // our headers; nil: the message is untouched
}{
	{"a hit", event{request: list("host: www.example.com", "user-agent: Mozilla/5.0", "accept: */*", "accept: image/*")}, ours("www.example.com", viewerIP, requestID)},
	{"a port and IPv6", event{ip: "2001:db8::1", request: list("host: 127.0.0.1:8080")}, ours("127.0.0.1:8080", "2001:db8::1", requestID)},
	{"forged", event{request: list("host: www.example.com", "x-ds-host: evil.example", "x-ds-ip: 192.0.2.1", "x-ds-id: 1")}, ours("www.example.com", viewerIP, requestID)},
	{"forged many times", event{request: list("host: www.example.com", "x-ds-ip: 192.0.2.1", "x-ds-ip: 192.0.2.2", "x-ds-ip: 192.0.2.3")}, ours("www.example.com", viewerIP, requestID)},
	{"forged in odd spellings", event{request: list("X-DS-IP: 1", "x-Ds-hOSt: 2", "x-ds-: 3", "x-ds-country: 4", "x-ds-__proto__: 5", "X-DS-\u212a: 6", "x-ds-\xff: 7", "host: www.example.com")},
		ours("www.example.com", viewerIP, requestID)},
	{"names that only look alike", event{request: list("host: www.example.com", "x-dsx: 1", "ax-ds-ip: 2", "x-d\u017f-ip: 3")}, ours("www.example.com", viewerIP, requestID)},
	{"a token for the report", event{request: list("host: www.example.com", "x-ds-token: dsr_1", "X-Ds-Token2: 2", "x-ds-ip: 1")}, ours("www.example.com", viewerIP, requestID)},
	{"no host", event{request: list("x-ds-host: evil.example")}, ours("", viewerIP, requestID)},
	{"a host that is no header value", event{request: list("host: a\r\nb", "x-ds-host: evil.example")}, ours("", viewerIP, requestID)},
	{"a host with a space", event{request: list("host: a b")}, ours("", viewerIP, requestID)},
	{"a host too long", event{request: list("host: " + strings.Repeat("a", 256))}, ours("", viewerIP, requestID)},
	{"a host not in ASCII", event{request: list("host: bücher.example")}, ours("", viewerIP, requestID)},
	{"a host twice", event{request: list("host: a.example", "host: b.example")}, ours("a.example", viewerIP, requestID)},
	{"no viewer", event{part: partOf("viewer"), request: list("host: a.example", "x-ds-ip: 192.0.2.1", "x-ds-x: 1")}, ours("a.example", "", requestID)},
	{"an address of null", event{part: partOf("viewer", "ip"), junk: "null", request: list("host: a.example", "x-ds-ip: 192.0.2.1")}, ours("a.example", "", requestID)},
	{"an address that is an object", event{part: partOf("viewer", "ip"), junk: `{"toString":1}`, request: list("host: a.example", "x-ds-ip: 192.0.2.1")}, ours("a.example", "", requestID)},
	{"no context", event{part: partOf("context"), request: list("host: a.example", "x-ds-id: 1")}, ours("a.example", viewerIP, "")},
	{"names of every object", event{request: list("host: a.example", "__proto__: 1", "constructor: 2", "toString: 3", ": 4")}, ours("a.example", viewerIP, requestID)},
	{"__proto__ as the prototype", event{request: list("host: a.example", "__proto__: 1", "x-ds-ip: 192.0.2.1"), literal: true}, ours("a.example", viewerIP, requestID)},
	{"no request", event{part: partOf("request")}, nil},
	{"a request of null", event{part: partOf("request"), junk: "null"}, nil},
	{"a request without headers", event{part: partOf("request", "headers")}, nil},
	{"headers of null", event{part: partOf("request", "headers"), junk: "null"}, nil},
}

// ours are our headers, those that could be set.
func ours(host, ip, id string) map[string]string {
	want := map[string]string{}
	for name, v := range map[string]string{"x-ds-host": host, "x-ds-ip": ip, "x-ds-id": id} {
		if v != "" {
			want[name] = v
		}
	}
	return want
}

func TestViewerRequest(t *testing.T) {
	f := viewerRequest(t)
	for _, tt := range requestCases {
		t.Run(tt.name, func(t *testing.T) {
			e := tt.event.complete()
			r := runOn(t, f, e, "request")
			checkRequest(t, e, r)
			if tt.want == nil {
				assert.Equal(t, r.before, r.after, "untouched")
				return
			}
			_, set := splitHeaders(t, r.after)
			got := map[string]string{}
			for name, field := range set {
				v, _ := field.(map[string]any)["value"].(string)
				got[name] = v
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestViewerRequestOnJunk puts junk in the place of every part.
func TestViewerRequestOnJunk(t *testing.T) {
	f := viewerRequest(t)
	for _, e := range junkEvents() {
		checkRequest(t, e, runOn(t, f, e, "request"))
	}
}

// splitHeaders parts a message: what is not ours, and the headers that begin with x-ds-.
func splitHeaders(t *testing.T, message string) (rest any, set map[string]any) {
	t.Helper()
	if message == "" {
		return nil, nil
	}
	require.NoError(t, json.Unmarshal([]byte(message), &rest))
	set = map[string]any{}
	if o, ok := rest.(map[string]any); ok {
		if headers, ok := o["headers"].(map[string]any); ok {
			for name, field := range headers {
				if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-ds-") && lower != "x-ds-token" {
					set[name] = field
					delete(headers, name)
				}
			}
		}
	}
	return rest, set
}

var headerValue = regexp.MustCompile(`^[\x21-\x7e]{1,255}$`)

// checkRequest holds for every event: nothing but x-ds- headers is another one,
// and those that are left are what CloudFront says, whatever the client sent.
func checkRequest(t *testing.T, e event, r ran) {
	t.Helper()
	source := e.source(false)
	before, _ := splitHeaders(t, r.before)
	after, set := splitHeaders(t, r.after)
	assert.Equal(t, before, after, source)

	_, request := valuesOf(e.request)
	possible := map[string]string{"x-ds-host": first(request["host"]), "x-ds-ip": e.ip, "x-ds-id": e.id}
	whole := e.part%uint8(len(eventParts)) == 0
	for name, v := range possible {
		if whole && headerValue.MatchString(v) {
			assert.Equal(t, map[string]any{"value": v}, set[name], "%s in %s", name, source)
		}
	}
	spoilt := strings.Join(eventParts[int(e.part)%len(eventParts)], ".")
	for name, field := range set {
		if spoilt == "context.requestId" && name == "x-ds-id" || spoilt == "context" && name == "x-ds-id" ||
			(spoilt == "viewer" || spoilt == "viewer.ip") && name == "x-ds-ip" ||
			(spoilt == "request.headers.host" || spoilt == "request.headers" || spoilt == "request") && name == "x-ds-host" {
			o, _ := field.(map[string]any)
			v, _ := o["value"].(string)
			assert.Len(t, o, 1, source)
			assert.Regexp(t, headerValue, v, source)
			continue
		}
		assert.Equal(t, map[string]any{"value": possible[name]}, field, "%s in %s", name, source)
		assert.Contains(t, possible, name, source)
	}
}
