package edgefunction

import "testing"

func (e event) seed(f *testing.F) {
	f.Add(e.id, e.ip, e.request, e.response, e.cookies, e.part, e.junk, e.status, e.literal, e.query)
}

func FuzzViewerResponse(f *testing.F) {
	for _, tt := range responseCases {
		tt.event.complete().seed(f)
	}
	function := viewerResponse(f)
	f.Fuzz(func(t *testing.T, id, ip, request, response, cookies string, part uint8, junk string, status uint16, literal bool, query string) {
		e := event{id, ip, request, response, cookies, part, junk, status, literal, query}
		checkResponse(t, e, runOn(t, function, e, "response"))
	})
}

func FuzzViewerRequest(f *testing.F) {
	for _, tt := range requestCases {
		tt.event.complete().seed(f)
	}
	function := viewerRequest(f)
	f.Fuzz(func(t *testing.T, id, ip, request, response, cookies string, part uint8, junk string, status uint16, literal bool, query string) {
		e := event{id, ip, request, response, cookies, part, junk, status, literal, query}
		checkRequest(t, e, runOn(t, function, e, "request"))
	})
}
