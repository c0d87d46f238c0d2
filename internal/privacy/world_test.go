package privacy

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/edgefunction"
	"darksocial/internal/embedded"
	"darksocial/internal/engine"
	"darksocial/internal/front"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/orders"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
	functions "darksocial/terraform/edge"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	engine.Main(m)
}

var (
	ctx      = context.Background()
	midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	noon     = midnight.Add(12 * time.Hour)
)

const (
	date       = "2026-11-20"
	scriptSite = "nur-skript.example" // whose only door is the page's script
)

// world is a deployment on one pair of stores, with a front before it. Its clock
// stands still until moved.
type world struct {
	t     *testing.T
	clock atomic.Int64
	sites []*site.Site

	blocks  *breaking
	ledger  *ledger.Ledger
	salts   *visitor.Salts
	writer  *ledger.Writer
	codes   *codes.Codes
	orders  *orders.Orders
	collect http.Handler
	front   *front.Front
	cdnLog  *front.AccessLog
	cdnLogs string // its folder

	lake    object.Store
	bucket  string // of the CDN's logs, which are its own
	objects job.Objects
	put     func(key string, content []byte)

	stored  func() []item // all that the stores have
	purge   func()        // what serve does every minute and AWS by itself
	saltsKV ledger.KV
	temp    string       // folder for temporary files
	said    lockedBuffer // what was logged
	answers []item       // what was answered, reported or shown
}

// item is something that stays, or that somebody sees.
type item struct {
	name    string
	content []byte
}

func (w *world) now() time.Time  { return time.Unix(w.clock.Load(), 0).UTC() }
func (w *world) set(t time.Time) { w.clock.Store(t.Unix()) }

// pairs runs a test on both pairs of stores.
func pairs(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("embedded", func(t *testing.T) { test(t, embeddedWorld(t)) })
	t.Run("aws", func(t *testing.T) { test(t, awsWorld(t)) })
}

func embeddedWorld(t *testing.T) *world {
	w := &world{t: t}
	w.set(noon)
	dir := t.TempDir()
	records, err := embedded.Open(dir, w.now())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	w.lake, err = lake.OpenDisk(filepath.Join(dir, "lake"))
	require.NoError(t, err)
	logs := t.TempDir()
	w.bucket = "logs"
	require.NoError(t, os.Mkdir(filepath.Join(logs, w.bucket), 0o700))
	w.objects = lake.NewFolderObjects(logs)
	w.put = func(key string, content []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(logs, w.bucket, key), content, 0o600))
	}
	w.stored = func() []item { return append(files(t, dir), rows(t, filepath.Join(dir, embedded.FileName))...) }
	w.purge = func() { require.NoError(t, records.Purge(ctx, w.now())) }
	w.deploy(records, records, records)
	return w
}

func awsWorld(t *testing.T) *world {
	w := &world{t: t}
	w.set(noon)
	client, buckets := dynamodb.NewFromConfig(engine.DynamoDB(t)), engine.S3Client(engine.S3(t))
	table, salts, bucket := engine.Name(t), engine.Name(t), engine.Name(t)
	for _, name := range []string{table, salts} {
		require.NoError(t, dynamo.Create(ctx, client, name))
	}
	w.bucket = engine.Name(t)
	for _, name := range []string{bucket, w.bucket} {
		_, err := buckets.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &name})
		require.NoError(t, err)
	}
	w.lake, w.objects = lake.NewS3(buckets, bucket), lake.NewS3Objects(buckets)
	w.put = func(key string, content []byte) {
		_, err := buckets.PutObject(ctx, &s3.PutObjectInput{Bucket: &w.bucket, Key: &key, Body: bytes.NewReader(content)})
		require.NoError(t, err)
	}
	w.stored = func() []item {
		return append(append(items(t, client, table), items(t, client, salts)...), contents(t, buckets, bucket)...)
	}
	w.purge = func() {}
	records := dynamo.New(client, table)
	w.deploy(records, records, dynamo.New(client, salts))
	return w
}

// deploy wires what the functions' mains and serve wire.
func (w *world) deploy(blocks ledger.Blocks, kv codes.KV, salts ledger.KV) {
	hide := darksocial.PageRules{Hide: []string{hidden}}
	w.sites = []*site.Site{
		{Name: siteName, Site: darksocial.Site{Hosts: []string{siteName}, Pages: hide}, ShardBits: 1},
		{Name: scriptSite, Site: darksocial.Site{Hosts: []string{scriptSite}, Pages: hide, Doors: []string{"beacon"}}},
	}
	w.blocks = &breaking{Blocks: blocks}
	w.ledger = ledger.New(w.blocks, kv, w.now)
	w.saltsKV, w.salts = salts, visitor.NewSalts(salts, w.now)
	w.writer = ledger.NewWriter(w.ledger, record.Beacon, time.Minute)
	w.codes = codes.New(kv, w.now)
	w.orders = orders.New(kv, w.codes, w.now)
	w.collect = web.NewCollect(site.Serve(w.sites), w.writer, w.salts, w.now).Sharing(w.codes).Selling(w.orders)

	request, err := edgefunction.Load("viewer-request.js", functions.ViewerRequest)
	require.NoError(w.t, err)
	response, err := edgefunction.Load("viewer-response.js", functions.ViewerResponse)
	require.NoError(w.t, err)
	w.cdnLogs = w.t.TempDir()
	w.cdnLog, err = front.OpenAccessLog(w.cdnLogs, w.now)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { require.NoError(w.t, w.cdnLog.Close()) })
	report := func(err error) { w.answers = append(w.answers, item{"report of the front", []byte(err.Error())}) }
	w.front = front.New(http.HandlerFunc(page), w.collect, front.Functions{Own: request, Pages: response}, w.cdnLog, report,
		front.Options{Country: "DE", Now: w.now})

	w.temp = w.t.TempDir()
	w.t.Setenv("TMPDIR", w.temp)
	slog.SetDefault(slog.New(slog.NewJSONHandler(&w.said, &slog.HandlerOptions{Level: slog.LevelDebug})))
	w.t.Cleanup(func() { slog.SetDefault(slog.New(slog.DiscardHandler)) })
}

// page is the site behind the front.
func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!doctype html><title>Mühlenwehr</title>") // who went away misses it
}

// labeler reads one format of logs.
func (w *world) labeler(f *format) *job.Labeler {
	options := f.options
	options.Now = w.now
	return job.NewLabeler(w.ledger, w.sites, w.lake, job.Formats{Objects: options, Stream: options}).Coded(w.codes)
}

func (w *world) roller() *job.Roller {
	return job.NewRoller(w.ledger, w.sites, w.lake, w.encode, w.now).Forgetting(w.salts).Coded(w.codes)
}

// do gives a request to a handler and notes the answer.
func (w *world) do(h http.Handler, what string, r *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	w.answers = append(w.answers, item{"answer to " + what, wholeAnswer(answer)})
	return answer
}

// wholeAnswer is all that the visitor gets.
func wholeAnswer(answer *httptest.ResponseRecorder) []byte {
	var whole bytes.Buffer
	_ = answer.Result().Write(&whole) // a buffer takes everything
	return whole.Bytes()
}

// breaking is a store that can be made to fail.
type breaking struct {
	ledger.Blocks
	broken atomic.Bool
}

var errBroken = errors.New("the store is made to fail")

func (b *breaking) Append(ctx context.Context, blocks []ledger.Block) error {
	if b.broken.Load() {
		return errBroken
	}
	return b.Blocks.Append(ctx, blocks)
}

// lockedBuffer takes what several goroutines write.
type lockedBuffer struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

func (b *lockedBuffer) Bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.all.Bytes())
}
