package verify

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"darksocial/darksocial/record"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Doer makes requests and follows no redirection: see Client.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Client returns an http.Client for New. Left to itself a client would name the address
// before a redirection as Referer, which no browser does, and the page that is led to
// would be a click inside the site.
func Client(timeout time.Duration) *http.Client {
	return &http.Client{Timeout: timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Records finds what is kept: ledger.Ledger does.
type Records interface {
	Scan(ctx context.Context, site string, from, to time.Time, shard ledger.Shard, each func(ledger.BlockID, *record.Unpacked) error) error
}

// Tables knows whether a table is there: object.Store does.
type Tables interface {
	ETag(ctx context.Context, key string) (string, error)
}

// Visit says what is tried.
type Visit struct {
	Page *url.URL // of the site, to be opened
	Site *site.Site
	// Wait is how long the log line may take, 0 if logs are no door of the site's.
	// CloudFront delivers standard logs within minutes, mostly, and now and then hours later:
	// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
	Wait   time.Duration
	Tables Tables // nil: they are not looked for
	// Again is the hint of a visit that was made before, in a Report: nothing is sent, it
	// is only looked for.
	Again string
}

// State is how a step ended.
type State string

// States of steps.
const (
	OK      State = "ok"
	Failed  State = "failed"
	Open    State = "open"    // cannot be told yet
	Skipped State = "skipped" // what it needs is not there
	Waiting State = "waiting" // has not ended: told again and again, and never in a Report
)

// Step is one thing that was tried.
type Step struct {
	Name  string `json:"step"`
	State State  `json:"state"`
	Says  string `json:"says"` // what was seen; if it failed, what to do
}

// Report is what came of a visit.
type Report struct {
	Page   string `json:"page"`
	Mark   string `json:"mark"`   // the campaign's name, which only this visit has
	Hint   string `json:"hint"`   // as the edge told it; empty if none
	Record string `json:"record"` // id, as `darksocial show` takes it; empty if none
	Steps  []Step `json:"steps"`
	Left   string `json:"left"`
}

// State is that of the worst step.
func (r *Report) State() State {
	worst := OK
	for _, s := range r.Steps {
		switch {
		case s.State == Failed:
			return Failed
		case s.State == Open:
			worst = Open
		}
	}
	return worst
}

// Names of steps, in their order.
const (
	stepPage   = "page"
	stepHint   = "edge hint"
	stepScript = "script"
	stepHit    = "collect"
	stepRecord = "record"
	stepLog    = "log line"
	stepTables = "tables"
)

// The visit names itself: see the package's documentation. A test holds the
// classifier to taking it for a visit.
const (
	userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 darksocial/1"
	campaign  = "darksocial-verify"
)

// Verifier tries visits.
type Verifier struct {
	http    Doer
	records Records
	now     func() time.Time
	pause   func(ctx context.Context, d time.Duration) error
	entropy io.Reader
}

// New returns a Verifier. pause waits and returns early with an error if ctx ends.
func New(http Doer, records Records, now func() time.Time, pause func(context.Context, time.Duration) error, entropy io.Reader) *Verifier {
	return &Verifier{http, records, now, pause, entropy}
}

// try is a visit under way.
type try struct {
	*Verifier
	Visit
	report *Report
	tell   func(Step)
	view   string // the page view's name, made here as the script makes one
	page   *url.URL
	hint   *edge.Hint
	text   string // of the hint
	id     record.ID
	began  time.Time
}

// Run makes a visit. tell is called with each step when it has ended, and with a waiting
// one again and again. An error means that the visit could not be followed at all; what
// the site does wrong is in the report.
func (v *Verifier) Run(ctx context.Context, visit Visit, tell func(Step)) (*Report, error) {
	var random [12]byte
	if _, err := io.ReadFull(v.entropy, random[:]); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	t := &try{Verifier: v, Visit: visit, tell: tell, view: hex.EncodeToString(random[:]), began: v.now()}
	t.report = &Report{Mark: t.view, Steps: []Step{}}
	steps := []func(context.Context) error{t.open, t.script, t.hit, t.kept, t.logged, t.tables}
	if visit.Again != "" {
		if err := t.again(); err != nil {
			return nil, err
		}
		steps = []func(context.Context) error{t.kept, t.logged, t.tables}
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return t.report, fmt.Errorf("verify: %w", err)
		}
	}
	t.report.Left = t.left()
	return t.report, nil
}

// again takes up a visit that was made before.
func (t *try) again() error {
	hint, err := edge.ParseHint(t.Again)
	if err != nil {
		return fmt.Errorf("verify: the visit to look for, %q: %w", t.Again, err)
	}
	t.text, t.report.Mark = t.Again, ""
	t.known(&hint)
	return nil
}

// known notes what the edge calls the page view.
func (t *try) known(hint *edge.Hint) {
	t.hint, t.id = hint, record.NewID(t.Site.Name, hint.RequestID)
	t.report.Hint, t.report.Record = t.text, t.id.String()
}

// ended notes how a step ended.
func (t *try) ended(name string, state State, format string, args ...any) {
	step := Step{name, state, fmt.Sprintf(format, args...)}
	t.report.Steps = append(t.report.Steps, step)
	t.tell(step)
}

func (t *try) failed(name string) bool {
	for _, s := range t.report.Steps {
		if s.Name == name {
			return s.State != OK
		}
	}
	return true
}

// left says what stays of the visit.
func (t *try) left() string {
	switch {
	case t.Again != "":
		return "nothing: nothing was sent"
	case t.failed(stepHit):
		return "the page's request in the CDN's log"
	}
	return fmt.Sprintf("one record, which expires after %d days; one arrival in the tables of its day, of the campaign %s; the requests in the CDN's log",
		int(ledger.Keep/(24*time.Hour)), campaign)
}

// errNoHTTP is a transport's failure that says nothing of the site.
var errNoHTTP = errors.New("the site did not answer")
