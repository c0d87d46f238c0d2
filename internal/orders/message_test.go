package orders

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/share"
)

func TestReadBody(t *testing.T) {
	const ok = `{"v":1,"type":"order","order":"2026-17","amount":8999,"currency":"EUR","ordered":1795435200,"code":"8ZkPq4vR2Ts","link":"session"}`
	m, err := ReadBody([]byte(ok))
	require.NoError(t, err)
	assert.Equal(t, &Message{Type: Placed, Order: "2026-17", Amount: 8999, Currency: "EUR", Ordered: 1795435200, Code: "8ZkPq4vR2Ts", Link: share.Session}, m)
	for _, good := range []string{
		`{"v":1,"type":"refund","order":"2026-17","refund":"R-1","amount":1,"currency":"JPY","ordered":1795435200}`,
		`{"v":1,"type":"refund","order":"Bestellung Nr. 5 (für Müller)","amount":1000000000000,"currency":"EUR","ordered":1795435200}`,
		` {"v":1,"type":"cancel","order":"2026-17","ordered":1795435200} `,
	} {
		_, err := ReadBody([]byte(good))
		assert.NoError(t, err, good)
	}
	for _, tt := range []struct{ name, old, new, field string }{
		{"no version", `"v":1,`, ``, "v"},
		{"another version", `"v":1`, `"v":2`, "v"},
		{"another type", `"order",`, `"gift",`, "type"},
		{"no number", `"order":"2026-17",`, ``, "order"},
		{"a number that is none", `"2026-17"`, `17`, "body"},
		{"a long number", `2026-17`, strings.Repeat("9", 101), "order"},
		{"a number with a line break", `2026-17`, `2026\n17`, "order"},
		{"a refund's name on an order", `"amount"`, `"refund":"a","amount"`, "refund"},
		{"negative", `8999`, `-8999`, "amount"},
		{"with a fraction", `8999`, `89.99`, "amount"},
		{"with an exponent", `8999`, `8e3`, "amount"},
		{"nothing", `8999`, `0`, "amount"},
		{"huge", `8999`, `1000000000001`, "amount"},
		{"beyond all numbers", `8999`, `99999999999999999999`, "amount"},
		{"as a text", `8999`, `"89,99"`, "body"},
		{"no amount", `"amount":8999,`, ``, "amount"},
		{"no currency", `"currency":"EUR",`, ``, "currency"},
		{"an unknown currency", `EUR`, `EUX`, "currency"},
		{"a currency in small letters", `EUR`, `eur`, "currency"},
		{"a sign", `EUR`, `€`, "currency"},
		{"no currency at all", `EUR`, `XXX`, "currency"},
		{"no time", `"ordered":1795435200,`, ``, "ordered"},
		{"milliseconds", `1795435200`, `1795435200000`, "ordered"},
		{"a date", `1795435200`, `"2026-11-23"`, "body"},
		{"a code without a link", `,"link":"session"`, ``, "link"},
		{"another link", `"session"`, `"same_day"`, "link"},
		{"a long code", `8ZkPq4vR2Ts`, strings.Repeat("a", 65), "code"},
		{"a field of another kind", `"v":1`, `"v":1,"customer":"me@example.com"`, "body"},
		{"an array", ok, `[]`, "body"},
		{"nothing", ok, ``, "body"},
		{"two", ok, ok + ok, "body"},
		{"too long", ok, ok + strings.Repeat(" ", MaxBody), "body"},
		{"cut", ok, ok[:50], "body"},
	} {
		text := strings.Replace(ok, tt.old, tt.new, 1)
		require.NotEqual(t, ok, text, tt.name)
		_, err := ReadBody([]byte(text))
		var bad *Bad
		if assert.ErrorAs(t, err, &bad, tt.name) {
			assert.Equal(t, tt.field, bad.Field, tt.name)
			assert.NotContains(t, err.Error(), "me@example.com")
		}
	}
}

func TestReadQuery(t *testing.T) {
	const ok = "v=1&o=2026-17&a=8999&c=EUR&t=1795435200&s=abc&k=8ZkPq4vR2Ts&l=session"
	m, signed, signature, err := ReadQuery(ok)
	require.NoError(t, err)
	assert.Equal(t, &Message{Type: Placed, Order: "2026-17", Amount: 8999, Currency: "EUR", Ordered: 1795435200, Code: "8ZkPq4vR2Ts", Link: share.Session}, m)
	assert.Equal(t, "v=1&o=2026-17&a=8999&c=EUR&t=1795435200", signed)
	assert.Equal(t, "abc", signature)

	m, _, _, err = ReadQuery("v=1&o=2026-17&a=8999&c=EUR&t=1795435200&k=8ZkPq4vR2Ts&l=session&s=abc&k=other&l=consented")
	require.NoError(t, err)
	assert.Equal(t, "8ZkPq4vR2Ts", m.Code, "what the shop signed counts before what the page adds")

	m, _, _, err = ReadQuery("v=1&o=17&a=8999&c=EUR&t=1795435200&s=abc&a=1&o=18")
	require.NoError(t, err)
	assert.Equal(t, int64(8999), m.Amount, "what stands behind the signature changes nothing")
	assert.Equal(t, "17", m.Order)

	for query, field := range map[string]string{
		"": "s", "v=1&o=17&a=8999&c=EUR&t=1795435200": "s", "v=1&o=%zz&s=abc": "query", "v=1&s=abc": "order", "o=17&s=abc": "v",
		"v=1&o=17&a=-1&c=EUR&t=1795435200&s=abc": "amount", "v=1&o=17&a=1&c=EUR&s=abc": "ordered", "v=1&o=17&a=1&c=EUR&t=1&s=abc&k=x": "link",
	} {
		_, _, _, err := ReadQuery(query)
		var bad *Bad
		if assert.ErrorAs(t, err, &bad, query) {
			assert.Equal(t, field, bad.Field, query)
		}
	}
}

func FuzzMessage(f *testing.F) {
	f.Add(`{"v":1,"type":"order","order":"2026-17","amount":8999,"currency":"EUR","ordered":1795435200}`)
	f.Add("v=1&o=2026-17&a=8999&c=EUR&t=1795435200&s=abc")
	f.Fuzz(func(t *testing.T, text string) {
		messages := []*Message{}
		if m, err := ReadBody([]byte(text)); err == nil {
			messages = append(messages, m)
		}
		if m, signed, _, err := ReadQuery(text); err == nil {
			require.True(t, strings.HasPrefix(text, signed+"&s="))
			messages = append(messages, m)
		}
		for _, m := range messages {
			require.True(t, m.Type == Cancelled || m.Amount > 0 && m.Amount <= share.MaxAmount && len(m.Currency) == 3)
			require.True(t, isNumber(m.Order))
			require.Positive(t, m.Ordered)
		}
	})
}
