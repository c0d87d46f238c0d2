package report

import (
	"context"
	"crypto/rand"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/report/signin"
	"darksocial/internal/report/tables"
	"darksocial/internal/site"
)

// Report answers the calls of the API, and serves the files of the page. Safe for
// concurrent use.
type Report struct {
	sites   []*site.Site
	tables  *tables.Store
	tokens  *signin.Tokens
	now     func() time.Time
	page    *page
	answers *tables.Cache[[]byte]

	attempts *signin.Limit // of signing in
	calls    *signin.Limit // by those who are
}

// How much is answered in a minute: to all, and to each. Attempts to sign in are told
// apart by address; calls by token.
const (
	attemptsOfAll, attemptsOfEach = 300, 20
	callsOfAll, callsOfEach       = 6000, 1200

	keptAnswers = 24 << 20 // bytes
)

// New returns the handler for sites, of which there is at least one. readers decode the
// tables in the lake, kv keeps tokens and sessions, and assets are the files of the page.
func New(sites []*site.Site, lake object.Store, readers tables.Readers, l *ledger.Ledger, codes tables.Items, kv signin.KV, now func() time.Time, assets fs.FS) (*Report, error) {
	page, err := newPage(assets)
	if err != nil {
		return nil, err
	}
	var salt [32]byte
	_, _ = rand.Read(salt[:]) // never fails
	return &Report{sites: sites, tables: tables.New(lake, readers, l, codes, now), tokens: signin.New(kv, now), now: now, page: page,
		answers:  tables.NewCache[[]byte](keptAnswers, now),
		attempts: signin.NewLimit(attemptsOfAll, attemptsOfEach, salt, now), calls: signin.NewLimit(callsOfAll, callsOfEach, salt, now)}, nil
}

// endpoint is a call of the API that reads tables.
type endpoint struct {
	name   string
	takes  []string // parameters beside site
	answer func(ctx context.Context, a *asked) (any, error)
}

func (e *endpoint) takesAll(names ...string) bool {
	for _, name := range names {
		if name != "site" && !slices.Contains(e.takes, name) {
			return false
		}
	}
	return true
}

// endpoints are all calls of a range of days. The package documentation says why each
// takes what it takes, and openapi.yaml what each answers.
var endpoints = []*endpoint{
	{"direct", []string{"from", "to", "compare", "channel", "source", "visibility", "topic", "page"}, directOf},
	{"numbers", []string{"from", "to", "compare", "channel", "source", "visibility", "topic", "page"}, numbersOf},
	{"series", []string{"from", "to", "compare", "channel", "source", "visibility", "topic", "page"}, seriesOf},
	{"sources", []string{"from", "to", "compare", "channel", "source", "visibility", "topic", "page", "limit"}, sourcesOf},
	{"pages", []string{"from", "to", "channel", "source", "visibility", "topic", "sort", "limit", "offset"}, pagesOf},
	{"page", []string{"from", "to", "page"}, articleOf},
	{"recommendations", []string{"from", "to", "topic", "page", "limit", "offset"}, recommendationsOf},
	{"recommendation", []string{"from", "to", "root"}, recommendationOf},
	{"hours", []string{"from", "to", "channel", "source", "visibility", "page"}, hoursOf},
	{"audience", []string{"from", "to", "channel", "source", "limit"}, audienceOf},
	{"quality", []string{"from", "to"}, qualityOf},
	{"why", []string{"from", "to", "channel", "source", "visibility", "topic", "page"}, whyOf},
	{"campaigns", []string{"from", "to", "channel", "limit", "offset"}, campaignsOf},
	{"shares", []string{"from", "to", "topic", "page"}, sharesOf},
}

// now takes no days: it is about the last minutes.
var now = &endpoint{name: "now", takes: []string{"channel", "source", "visibility", "topic", "page"}}

const (
	apiPath    = "/api/v1/"
	sharedPath = "/shared/"

	// answerPatience is how long an answer may take: the CDN waits for 30 seconds.
	answerPatience = 28 * time.Second
)

func (h *Report) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	ctx, cancel := context.WithTimeout(r.Context(), answerPatience)
	defer cancel()
	r = r.WithContext(ctx)
	path := r.URL.Path
	if r.URL.RawPath != "" && strings.HasPrefix(path, "/api/") {
		path = apiPath // a letter escaped for no honest reason: no call has such a name
	}
	switch {
	case path == apiPath+"session" || path == apiPath+"links":
		h.change(w, r, strings.TrimPrefix(path, apiPath))
	case strings.HasPrefix(path, apiPath):
		h.call(w, r, strings.TrimPrefix(path, apiPath))
	case strings.HasPrefix(path, sharedPath):
		h.openLink(w, r, strings.TrimPrefix(path, sharedPath))
	default:
		h.page.ServeHTTP(w, r)
	}
}

// call answers a call that reads.
func (h *Report) call(w http.ResponseWriter, r *http.Request, name string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		h.fail(w, r, &problem{status: http.StatusMethodNotAllowed, code: "method", text: "ask with GET"})
		return
	}
	grant, err := h.signedIn(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	body, err := h.answer(r.Context(), r.URL, name, grant)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	writeBody(w, r, http.StatusOK, body)
}

func (h *Report) answer(ctx context.Context, asked *url.URL, name string, g *grant) ([]byte, error) {
	if name == "sites" {
		answer, err := h.sitesOf(ctx, g)
		if err != nil {
			return nil, err
		}
		return encode(answer)
	}
	if len(asked.RawQuery) > maxQuery {
		return nil, &problem{status: http.StatusRequestURITooLong, code: "too_large", text: "the query is longer than any filter is"}
	}
	if name == now.name {
		q, err := h.read(asked.RawQuery, now, g.Token)
		if err != nil {
			return nil, err
		}
		answer, err := nowOf(ctx, h, q)
		if err != nil {
			return nil, err
		}
		return encode(answer)
	}
	i := slices.IndexFunc(endpoints, func(e *endpoint) bool { return e.name == name })
	if i < 0 {
		return nil, notFound("", "there is no such call; openapi.yaml lists those there are")
	}
	q, err := h.read(asked.RawQuery, endpoints[i], g.Token)
	if err != nil {
		return nil, err
	}
	return h.ranged(ctx, endpoints[i], q)
}

// maxQuery bounds the query of a call, in bytes: the longest values, escaped.
const maxQuery = 10_000

// ranged answers a call of a range of days, or finds that it was answered before and
// nothing has changed.
func (h *Report) ranged(ctx context.Context, e *endpoint, q *query) ([]byte, error) {
	a, err := h.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return h.answers.Get(ctx, e.name+"\x00"+q.key()+"\x00"+a.version(), func(ctx context.Context) ([]byte, int64, time.Time, error) {
		if err := a.digest(ctx); err != nil {
			return nil, 0, time.Time{}, err
		}
		answer, err := e.answer(ctx, a)
		if err != nil {
			return nil, 0, time.Time{}, err
		}
		body, err := encode(answer)
		return body, int64(len(body)) + 512, h.now().Add(answersLast), err
	})
}

// answersLast is for how long an answer is kept, though its days did not change: up to
// when something was seen goes on.
const answersLast = 30 * time.Second
