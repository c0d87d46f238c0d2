package darksocial

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkString compares with encoding/json, whose Marshal escapes for HTML too.
func checkString(t *testing.T, s string) {
	ours := AppendString([]byte("kept"), s)
	require.Equal(t, "kept", string(ours[:4]))
	ours = ours[4:]
	theirs, err := json.Marshal(s)
	require.NoError(t, err)
	var have, want string
	require.NoError(t, json.Unmarshal(ours, &have), "%s", ours)
	require.NoError(t, json.Unmarshal(theirs, &want))
	assert.Equal(t, want, have)
	assert.True(t, utf8.Valid(ours))
	assert.NotContains(t, string(ours), "<", "a page's script would end")
	assert.NotContains(t, string(ours), ">")
	assert.NotContains(t, string(ours), "&")
	assert.NotContains(t, string(ours), "\u2028")
	assert.NotContains(t, string(ours), "\u2029")
	assert.NotContains(t, string(ours), "\n", "one label is one line")
}

var jsonStrings = []string{
	"", "plain", "a\"b", `a\b`, `\`, `\\"`, "a/b", "<script>alert(1)</script>", "a&b", "tab\tnew\nline\r\x00\x1f\x7f", "bücher", "新聞", "👩‍👩‍👧", "\u2028\u2029",
	"\ufffd", "\xff", "a\xffb", "\xc3", "\xe2\x80", "\xe2\x80\xa8\xe2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "a\xe2\x80b", strings.Repeat("ü\"", 500),
}

func TestAppendString(t *testing.T) {
	for _, s := range jsonStrings {
		checkString(t, s)
	}
	for r := range rune(0x3000) {
		checkString(t, "a"+string(r)+"b")
	}
	for b := range 256 {
		checkString(t, string([]byte{'a', byte(b), 'b'}))
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range jsonStrings {
		f.Add(s)
	}
	f.Fuzz(checkString)
}

// jsonLabel is a label as its readers see it, with every field there is.
type jsonLabel struct {
	ID         *string   `json:"id"`
	Kind       *string   `json:"kind"`
	Channel    *string   `json:"channel"`
	Visibility *string   `json:"visibility"`
	Source     *string   `json:"source"`
	Surface    *string   `json:"surface"`
	Confidence *string   `json:"confidence"`
	DirectKind *string   `json:"direct_kind"`
	ByReferrer *string   `json:"by_referrer"`
	Evidence   *[]string `json:"evidence"`
	Rules      *string   `json:"rules"`
}

func decodeLabel(t *testing.T, data []byte) jsonLabel {
	t.Helper()
	var got jsonLabel
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&got), "%s", data)
	return got
}

func TestLabelJSON(t *testing.T) {
	l := Label{Kind: KindVisit, Channel: DarkSocial, Visibility: Private, Source: "whatsapp", Surface: InApp, Confidence: Certain, ByReferrer: Direct}
	l.Evidence.add(siteReferer)
	l.Evidence.add(assumed)
	got := l.AppendJSON([]byte("kept"), `a"1`)
	assert.Equal(t, `kept{"id":"a\"1","kind":"visit","channel":"dark_social","visibility":"private","source":"whatsapp","surface":"in_app","confidence":"certain",`+
		`"direct_kind":"","by_referrer":"direct","evidence":["site.referer","vis.assumed"],"rules":"`+Version()+`"}`, string(got))

	got, err := json.Marshal(l)
	require.NoError(t, err)
	assert.Nil(t, decodeLabel(t, got).ID, "nobody's id")
	assert.JSONEq(t, strings.Replace(string(l.AppendJSON(nil, "")), `"id":"",`, "", 1), string(got))

	got = (&Label{}).AppendJSON(nil, "")
	assert.Equal(t, []string{}, *decodeLabel(t, got).Evidence)
}

// TestLabelJSONWords: every field is there in every value, written as the words
// of the contract.
func TestLabelJSONWords(t *testing.T) {
	words := func(n int, set func(*Label, int), get func(jsonLabel) *string) (all []string) {
		for i := range n {
			var l Label
			set(&l, i)
			got := decodeLabel(t, l.AppendJSON(nil, "1"))
			for _, field := range []*string{got.ID, got.Kind, got.Channel, got.Visibility, got.Source, got.Surface, got.Confidence, got.DirectKind, got.ByReferrer, got.Rules} {
				require.NotNil(t, field)
			}
			require.NotNil(t, got.Evidence)
			all = append(all, *get(got))
		}
		return all
	}
	channels := []string{"", "dark_social", "social", "email", "search", "ai", "paid", "campaign", "referral", "direct"}
	assert.Equal(t, []string{"visit", "preview", "prefetch", "bot", "internal", "other"}, words(len(kindNames), func(l *Label, i int) { l.Kind = Kind(i) }, func(j jsonLabel) *string { return j.Kind }))
	assert.Equal(t, channels, words(len(channelNames), func(l *Label, i int) { l.Channel = Channel(i) }, func(j jsonLabel) *string { return j.Channel }))
	assert.Equal(t, channels, words(len(channelNames), func(l *Label, i int) { l.ByReferrer = Channel(i) }, func(j jsonLabel) *string { return j.ByReferrer }))
	assert.Equal(t, []string{"unknown", "private", "public"}, words(len(visibilityNames), func(l *Label, i int) { l.Visibility = Visibility(i) }, func(j jsonLabel) *string { return j.Visibility }))
	assert.Equal(t, []string{"unknown", "in_app", "browser", "fetcher"}, words(len(surfaceNames), func(l *Label, i int) { l.Surface = Surface(i) }, func(j jsonLabel) *string { return j.Surface }))
	assert.Equal(t, []string{"unknown", "possible", "likely", "strong", "certain"}, words(len(confidenceNames), func(l *Label, i int) { l.Confidence = Confidence(i) }, func(j jsonLabel) *string { return j.Confidence }))
	assert.Equal(t, []string{"", "typed_or_app", "hidden_web", "unknown"}, words(len(directKindNames), func(l *Label, i int) { l.DirectKind = DirectKind(i) }, func(j jsonLabel) *string { return j.DirectKind }))
}

func TestLabelJSONAllocatesNothing(t *testing.T) {
	v := page(func(v *Visit) { v.Referer, v.Query = "https://<b>.example/", "utm_source=a&fbclid=b" })
	l := New(Site{}).Classify(&v)
	dst := make([]byte, 0, 4096)
	Version() // made once
	assert.Zero(t, testing.AllocsPerRun(20, func() { l.AppendJSON(dst, "id-4711\xff<>") }))
}
