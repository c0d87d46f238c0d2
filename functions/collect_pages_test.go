package functions

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPages: what visitors look at and what pages load comes out of the function's
// URL as it is, and touches no table.
func TestPages(t *testing.T) {
	c := startCollect(t)
	read := func(answer *http.Response) string {
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(body)
	}

	me := request("GET", "/_ds/me")
	me.Header.Set("X-Requested-With", "com.viber.voip")
	me.Header.Set("Sec-Fetch-Site", "none")
	me.Header.Set("Cookie", "ds_off=1")
	answer := c.do(me)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Equal(t, "text/html; charset=utf-8", answer.Header.Get("Content-Type"))
	assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	assert.Empty(t, answer.Header["Set-Cookie"])
	page := read(answer)
	assert.Contains(t, page, "com.viber.voip")
	assert.Contains(t, page, `<p id="marked"><strong>`, "the mark comes apart from the headers")
	assert.NotContains(t, page, "192.0.2.7")
	me.Method = "HEAD"
	answer = c.do(me)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Equal(t, strconv.Itoa(len(page)), answer.Header.Get("Content-Length"))
	assert.Empty(t, read(answer))

	script := request("GET", "/_ds/ds.js")
	answer = c.do(script)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Equal(t, "text/javascript; charset=utf-8", answer.Header.Get("Content-Type"))
	assert.Equal(t, "public, max-age=3600", answer.Header.Get("Cache-Control"))
	assert.Contains(t, read(answer), "/_ds/hit")
	script.Header.Set("If-None-Match", answer.Header.Get("ETag"))
	answer = c.do(script)
	assert.Equal(t, http.StatusNotModified, answer.StatusCode)
	assert.Empty(t, read(answer))

	asked, _ := c.tables.calls()
	assert.Empty(t, asked)
}

// TestOnlyItsCDN: where the CDN does not sign its requests, it says a word. Two are
// known while one takes the other's place.
func TestOnlyItsCDN(t *testing.T) {
	c := startCollect(t, "CDN_SECRETS=new-word,old-word")
	for secret, status := range map[string]int{"": 403, "new-wor": 403, "new-word,old-word": 403, "new-word": 204, "old-word": 204} {
		r := c.hit("with-" + secret)
		if secret != "" {
			r.Header.Set("X-Ds-Secret", secret)
		}
		answer := c.do(r)
		assert.Equal(t, status, answer.StatusCode, secret)
		if status == 403 {
			assert.Equal(t, "not_cdn", answer.Header.Get("X-DS-Refused"))
		}
	}
	kept, _ := c.kept()
	assert.Len(t, kept, 2)
	assert.NotContains(t, c.Logs(), "-word")
}

// TestRecordedRequests: what the function answers to recorded events is what replay
// answers, but for the page's second, which is too long ago by now.
func TestRecordedRequests(t *testing.T) {
	c := startCollect(t)
	files, err := filepath.Glob("../events/collect/*.want.json")
	require.NoError(t, err)
	require.Len(t, files, 16)
	type answer struct {
		Status     int               `json:"status"`
		StatusCode int               `json:"statusCode"` // in a streamed answer
		Headers    map[string]string `json:"headers"`
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".want.json") + ".json"
		var want, got answer
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &want))
		event, err := os.ReadFile(filepath.Join("../events/collect", name))
		require.NoError(t, err)
		event = bytes.ReplaceAll(event, []byte(".1795176000."), []byte("."+strconv.FormatInt(c.shown.Unix(), 10)+"."))
		streamed, err := c.Invoke(t.Context(), event)
		require.NoError(t, err, c.Logs())
		head, _, _ := bytes.Cut(streamed, make([]byte, 8))
		require.NoError(t, json.Unmarshal(head, &got))
		assert.Equal(t, want.Status, got.StatusCode, name)
		for header, value := range want.Headers {
			assert.Equal(t, value, got.Headers[header], name)
		}
	}
}
