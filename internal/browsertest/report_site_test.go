package browsertest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
	"darksocial/internal/codes"
	"darksocial/internal/embedded"
	"darksocial/internal/engine/process"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/parquetfile/tablereaders"
	"darksocial/internal/report"
	"darksocial/internal/report/signin"
	sites "darksocial/internal/site"
)

// reportSite is where the report's page is: the page and the policy are the real ones,
// and what is asked of the API is answered with the contract's examples, or as a test
// says.
type reportSite struct {
	URL    string
	tokens *signin.Tokens

	mu      sync.Mutex
	answers map[string]http.HandlerFunc // by the call's name
	asked   []url.Values                // of calls, in order, with the name as "call"
}

// realAnswers has a call answered by the API itself.
const realAnswers = "real"

func newReportSite(t *testing.T) *reportSite {
	t.Helper()
	records, err := embedded.Open(t.TempDir(), time.Now())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	disk, err := lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	of := &sites.Site{Name: "www.hafenbote.example"}
	of.TimeZone = "Europe/Berlin"
	handler, err := report.New([]*sites.Site{of}, disk, tablereaders.All, ledger.New(records, records, time.Now), codes.New(records, time.Now), records, time.Now, report.Page) // a browser has no other clock
	require.NoError(t, err)

	s := &reportSite{tokens: signin.New(records, time.Now), answers: map[string]http.HandlerFunc{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call, ok := strings.CutPrefix(r.URL.Path, "/api/v1/")
		if !ok {
			handler.ServeHTTP(w, r)
			return
		}
		s.mu.Lock()
		answer, all := s.answers[call], s.answers[realAnswers]
		asked := r.URL.Query()
		asked.Set("call", call)
		s.asked = append(s.asked, asked)
		s.mu.Unlock()
		switch {
		case answer != nil:
			answer(w, r)
		case all != nil:
			handler.ServeHTTP(w, r)
		default:
			writeExample(w, http.StatusOK, call)
		}
	}))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// example is what the contract has a call answer.
func example(name string) []byte {
	content, err := os.ReadFile(filepath.Join(process.Root(), "internal", "report", "testdata", "examples", path.Base(name)+".json"))
	if err != nil {
		panic(err) // of a call that the contract has not
	}
	return content
}

func writeExample(w http.ResponseWriter, status int, name string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(example(name))
}

// on has a call answered in another way.
func (s *reportSite) on(call string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[call] = answer
}

// fail has a call answered with an example of an error.
func (s *reportSite) fail(call string, status int, name string) {
	s.on(call, func(w http.ResponseWriter, _ *http.Request) { writeExample(w, status, name) })
}

// change has a call answered with its example after something was changed in it.
func (s *reportSite) change(call string, change func(answer map[string]any)) {
	s.on(call, func(w http.ResponseWriter, _ *http.Request) {
		var answer map[string]any
		if err := json.Unmarshal(example(call), &answer); err != nil {
			panic(err)
		}
		change(answer)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	})
}

// calls are what was asked of a call, and forgets it.
func (s *reportSite) calls(name string) []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []url.Values
	for _, asked := range s.asked {
		if asked.Get("call") == name {
			list = append(list, asked)
		}
	}
	s.asked = slices.DeleteFunc(s.asked, func(asked url.Values) bool { return asked.Get("call") == name })
	return list
}

// lastCall is the last time that a call was asked.
func (s *reportSite) lastCall(t *testing.T, name string) url.Values {
	t.Helper()
	calls := s.calls(name)
	require.NotEmpty(t, calls, "%s was not asked", name)
	return calls[len(calls)-1]
}

// reader is somebody who looks at the report.
type reader struct {
	*testing.T
	site    *reportSite
	profile *browsertest.Profile
	tab     *browsertest.Tab
}

// read opens the report.
func read(t *testing.T, s *reportSite, settings browsertest.Settings, address string) *reader {
	t.Helper()
	settings.Outside = true
	if settings.Language == "" {
		settings.Language = "en-GB"
	}
	profile := browsertest.Start(t).Profile(t, settings)
	r := &reader{t, s, profile, profile.Tab()}
	r.open(address)
	return r
}

func (r *reader) open(address string) {
	r.Helper()
	r.tab.Open(r.site.URL + address)
	r.settle()
}

// settled is when every card shows what it was asked to.
const settled = `new Promise(done => {
	const look = () => document.querySelector(".card, .sign-in") && !document.querySelector("[aria-busy=true]") ? done(null) : setTimeout(look, 5)
	look()
})`

func (r *reader) settle() {
	r.Helper()
	r.tab.Evaluate(settled, nil)
}

func (r *reader) click(selector string) {
	r.Helper()
	r.tab.Click(selector)
	r.settle()
}

func (r *reader) press(keys ...string) {
	r.Helper()
	for _, key := range keys {
		r.tab.Press(key)
	}
	r.settle()
}

// text is what an element says, with single spaces.
func (r *reader) text(selector string) (text string) {
	r.Helper()
	r.tab.Evaluate(`(document.querySelector(`+quoted(selector)+`)?.textContent ?? "").replace(/\s+/g, " ").trim()`, &text)
	return text
}

func (r *reader) count(selector string) (n int) {
	r.Helper()
	r.tab.Evaluate(`document.querySelectorAll(`+quoted(selector)+`).length`, &n)
	return n
}

// query is the query of the page's address.
func (r *reader) query() url.Values {
	r.Helper()
	var search string
	r.tab.Evaluate(`location.search.slice(1)`, &search)
	query, err := url.ParseQuery(search)
	require.NoError(r, err)
	return query
}

// history goes back or forward without leaving the document, and waits for the page to follow.
func (r *reader) history(by string) {
	r.Helper()
	r.tab.Evaluate(`new Promise(gone => { addEventListener("popstate", () => gone(null), { once: true }); history.`+by+`() })`, nil)
	r.settle()
}

// quiet says that the page did all this without a complaint or another machine.
func (r *reader) quiet() {
	r.Helper()
	assert.Empty(r, r.tab.Complaints())
	assert.Empty(r, r.profile.Outside())
}

func quoted(text string) string {
	said, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(said)
}
