package functions

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lambdatest"
	"darksocial/internal/orders"
)

const (
	shoes = "/laden/moorschuhe"

	// How the apps call themselves that ask for a link to draw a preview of it.
	whatsAppFetches = "WhatsApp/2.24.10.74 A"
	signalFetches   = "WhatsApp/2"
)

// story is a deployment in which a pair of shoes is passed on.
type story struct {
	*deployment
	t        *testing.T
	collect  *collecting
	label    *lambdatest.Function
	rollup   *lambdatest.Function
	shopKey  string
	today    string
	requests int // and clicks, so far
	log      strings.Builder
}

// beginStory deploys it in a time zone in which it is about noon, so that no day ends.
func beginStory(t *testing.T) *story {
	ctx := context.Background()
	now := time.Now().UTC()
	name := fmt.Sprintf("Etc/GMT%+d", now.Hour()-12) // west of Greenwich is +
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	s := &story{deployment: deploy(t), t: t, today: now.In(zone).Format(time.DateOnly)}
	client := dynamodb.NewFromConfig(engine.DynamoDB(t))
	salts := engine.Name(t)
	require.NoError(t, dynamo.Create(ctx, client, salts))
	s.env = append(s.env, "SALT_TABLE="+salts, fmt.Sprintf(`SITES={"example.com":{"hosts":["example.com"],"time_zone":%q}}`, name))

	s.collect = &collecting{t: t, env: s.env, shown: now}
	s.collect.start()
	s.label = lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), s.env...)
	s.rollup = lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/rollup"), s.env...)
	var table string
	for _, variable := range s.env {
		if value, is := strings.CutPrefix(variable, "TABLE="); is {
			table = value
		}
	}
	records := dynamo.New(client, table)
	keys, err := orders.New(records, codes.New(records, time.Now), time.Now).Keys(ctx, siteName) // as the command shop-key does
	require.NoError(t, err)
	s.shopKey = keys[0]
	s.log.WriteString("#Version: 1.0\n#Fields: date time cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-edge-request-id x-host-header sc-content-type\n")
	return s
}

// browser is somebody's browser.
type browser struct{ address, agent string }

var (
	anna  = browser{"192.0.2.1", webView}
	ben   = browser{"192.0.2.2", iPhone}
	clara = browser{"192.0.2.3", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15"}
)

// ask sends a request of a page's script for one of the site's own paths.
func (s *story) ask(by browser, path string, q url.Values, code string) *http.Response {
	s.t.Helper()
	return s.get(by, path+"?"+q.Encode(), code)
}

func (s *story) get(by browser, target, code string) *http.Response {
	s.t.Helper()
	r := request("GET", target)
	r.Header.Set("X-Ds-Ip", by.address)
	r.Header.Set("User-Agent", by.agent)
	r.Header.Set("Referer", "https://www.example.com"+shoes+withCode(code))
	answer := s.collect.do(r)
	require.Less(s.t, answer.StatusCode, 300, "%v %s", answer.Header, s.collect.Logs())
	return answer
}

func withCode(code string) string {
	if code == "" {
		return ""
	}
	return "?ds=" + code
}

// shares uses a button on the page that was come to by a code, or by none.
func (s *story) shares(by browser, button, cameBy string) (code string) {
	s.t.Helper()
	q := url.Values{"v": {"1"}, "g": {"share"}, "b": {button}, "p": {shoes}}
	var said struct{ Code string }
	require.NoError(s.t, json.NewDecoder(s.ask(by, "/_ds/share", q, cameBy).Body).Decode(&said))
	require.Len(s.t, said.Code, share.Length)
	s.requests++
	q.Set("k", said.Code)
	q.Set("i", fmt.Sprintf("%024x", s.requests))
	if cameBy != "" {
		q.Set("f", cameBy)
		q.Set("l", "session")
	}
	s.ask(by, "/_ds/share", q, cameBy)
	return said.Code
}

// logged is a request for the page that the CDN's log tells of, and returns its id.
func (s *story) logged(agent, code string) (id string) {
	s.requests++
	id = fmt.Sprintf("request-%d==", s.requests)
	query := strings.TrimPrefix(withCode(code), "?")
	if query == "" {
		query = "-"
	}
	fmt.Fprintf(&s.log, "%s\tGET\td111111abcdef8.cloudfront.net\t%s\t200\t-\t%s\t%s\t%s\twww.example.com\ttext/html\n",
		s.collect.shown.Format("2006-01-02\t15:04:05"), shoes, strings.ReplaceAll(agent, " ", "%20"), query, id)
	return id
}

// opens comes to the page with a code, and its script tells of it.
func (s *story) opens(by browser, code string) {
	s.t.Helper()
	id := s.logged(by.agent, code)
	s.ask(by, "/_ds/hit", url.Values{"v": {"1"}, "i": {fmt.Sprintf("%024x", s.requests)}, "h": {fmt.Sprintf("1.%s.%d.none.document..0", id, s.collect.shown.Unix())},
		"p": {shoes}, "n": {"navigate"}, "a": {"1"}}, code)
}

// rollsUp labels the CDN's log and makes the day's tables.
func (s *story) rollsUp(log string) {
	s.t.Helper()
	ctx := context.Background()
	if log != "" {
		answer, err := s.label.Invoke(ctx, s.deployment.log(s.t, log, s.log.String()))
		require.NoError(s.t, err, s.label.Logs())
		require.JSONEq(s.t, `{"batchItemFailures":[]}`, string(answer))
	}
	answer, err := s.rollup.Invoke(ctx, fmt.Appendf(nil, `{"site":%q,"from":%q,"to":%q}`, siteName, s.today, s.today))
	require.NoError(s.t, err, s.rollup.Logs())
	var done []job.Outcome
	require.NoError(s.t, json.Unmarshal(answer, &done))
	require.Len(s.t, done, 1)
	require.Equal(s.t, "rolled_up", done[0].Status)
}

// tells is the word of the shop's server.
func (s *story) tells(body string) {
	s.t.Helper()
	r := httptest.NewRequest("POST", "/_ds/buy", strings.NewReader(body))
	r.Header.Set("X-Ds-Host", "www.example.com")
	r.Header.Set("Ds-Signature", orders.Sign(s.shopKey, body))
	answer := s.collect.do(r)
	said, err := io.ReadAll(answer.Body)
	require.NoError(s.t, err)
	require.Equal(s.t, http.StatusNoContent, answer.StatusCode, "%s %s", said, s.collect.Logs())
}

// TestStory: which recommendation triggered the purchase, through the functions as they
// are deployed. Anna shares a pair of shoes on WhatsApp, Ben opens it and passes it on to a
// group on Signal, and Clara, who is in the group, buys them. Then she sends them back.
func TestStory(t *testing.T) {
	s := beginStory(t)
	a := s.shares(anna, "whatsapp", "")
	s.logged(whatsAppFetches, a)
	s.opens(ben, a)
	b := s.shares(ben, "copy", a)
	s.logged(signalFetches, b)
	for i := range 3 {
		s.opens(browser{fmt.Sprint("192.0.2.1", i), webView}, b)
	}
	s.opens(clara, b)
	s.rollsUp("cdn/story.log")

	ordered := time.Now().Unix()
	query := fmt.Sprintf("v=1&o=QB-1&a=8999&c=EUR&t=%d&k=%s&l=session", ordered, b)
	for range 2 { // the page that thanks is loaded again
		answer := s.get(clara, "/_ds/buy?"+query+"&s="+orders.Sign(s.shopKey, query), "")
		assert.Equal(t, http.StatusNoContent, answer.StatusCode)
	}
	s.rollsUp("")

	came := map[[3]string]int64{}
	for _, row := range rowsOf[rollup.Arrival](t, s.deployment, "arrivals", s.today) {
		assert.Equal(t, shoes, row.Page)
		came[[3]string{row.Source, row.Confidence, row.Visibility}] += row.Arrivals
	}
	assert.Equal(t, map[[3]string]int64{{"whatsapp", "certain", "private"}: 1, {"signal", "strong", "private"}: 4}, came)
	evidence := map[[2]string]int64{}
	for _, row := range rowsOf[rollup.Evidence](t, s.deployment, "evidence", s.today) {
		evidence[[2]string{row.Source, row.Rule}] += row.Arrivals
	}
	assert.Equal(t, map[[2]string]int64{{"whatsapp", "code.button"}: 1, {"signal", "code.preview"}: 4}, evidence)
	s.checkRecommendation(a, b)

	// By hand: see the story in internal/browsertest.
	assert.Equal(t, map[string][2]int64{"first_share": {0, 8999}, "last_share": {8999, 0}, "linear": {4500, 4499}, "chain_decay": {5999, 3000}}, s.credits(1, 0))
	s.tells(fmt.Sprintf(`{"v":1,"type":"cancel","order":"QB-1","ordered":%d}`, ordered))
	s.rollsUp("")
	assert.Equal(t, map[string][2]int64{"first_share": {}, "last_share": {}, "linear": {}, "chain_decay": {}}, s.credits(1, 1))
}

// checkRecommendation looks at the table of recommendations. How long things took, real
// clocks say.
func (s *story) checkRecommendation(a, b string) {
	s.t.Helper()
	n := func(n int64) *int64 { return &n }
	rows := rowsOf[rollup.Recommendation](s.t, s.deployment, "recommendations", s.today)
	require.Len(s.t, rows, 2)
	for i := range rows {
		require.NotNil(s.t, rows[i].Made)
		require.NotNil(s.t, rows[i].SecondsToOpen)
		require.Equal(s.t, i == 1, rows[i].SecondsAfterParent != nil)
		require.Equal(s.t, i == 1, rows[i].SecondsToOrder != nil)
		rows[i].Made, rows[i].SecondsToOpen, rows[i].SecondsAfterParent, rows[i].SecondsToOrder = nil, nil, nil, nil
	}
	assert.Equal(s.t, []rollup.Recommendation{{
		Root: a, Code: a, Grade: "share", Button: "whatsapp", App: "whatsapp", Page: shoes,
		Shares: 1, Children: 1, Previews: 1, Arrivals: 1, Reach: 5, Visitors: n(1), SelfVisits: n(0),
		Currency: "EUR", FirstShare: n(8999), LastShare: n(0), Linear: n(4499), ChainDecay: n(3000),
	}, {
		Root: a, Code: b, Generation: 1, Parent: a, Link: "session", Grade: "share", Button: "copy", App: "signal", Page: shoes,
		Shares: 1, Previews: 1, Arrivals: 4, Reach: 4, Visitors: n(4), SelfVisits: n(0),
		Currency: "EUR", Orders: 1, FirstShare: n(0), LastShare: n(8999), Linear: n(4500), ChainDecay: n(5999), TimedOrders: 1,
	}}, rows)
}

// credits reads the table of purchases: by rule, what the share by which the buyer came is
// given, and the one before it, less what was given back.
func (s *story) credits(orders, refunds int64) map[string][2]int64 {
	s.t.Helper()
	read := map[string][2]int64{}
	for _, row := range rowsOf[rollup.Purchase](s.t, s.deployment, "purchases", s.today) {
		assert.Equal(s.t, []string{shoes, "session", "EUR"}, []string{row.Page, row.Link, row.Currency})
		both := read[row.Rule]
		if row.Button == "copy" {
			assert.Equal(s.t, "signal", row.Source)
			assert.Equal(s.t, []int64{orders, refunds}, []int64{row.Orders, row.Refunds})
			both[0] = row.Amount - row.Refunded
		} else {
			assert.Equal(s.t, []string{"whatsapp", "whatsapp"}, []string{row.Source, row.Button})
			assert.Equal(s.t, []int64{0, 0}, []int64{row.Orders, row.Refunds}, "an order counts once")
			both[1] = row.Amount - row.Refunded
		}
		read[row.Rule] = both
	}
	return read
}
