package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEndsWithItsDriver kills the driver, as the kernel does when a test binary is
// killed: the browser, which is not its child any more by then, must go as well.
func TestEndsWithItsDriver(t *testing.T) {
	opened, gone := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/hang" {
			return
		}
		close(opened)
		<-r.Context().Done() // the browser has closed the connection
		close(gone)
	}))
	t.Cleanup(server.Close)
	b, err := start(t)
	require.NoError(t, err)
	tab := b.Profile(&forgiving{t}, Settings{}).Tab()
	tab.Open(server.URL)
	tab.Evaluate(`void fetch("/hang")`, nil)
	<-opened
	b.process.Stop()
	<-gone
	_, err = b.ask(command{Do: "tab", Profile: 1})
	assert.ErrorContains(t, err, "the browser has ended: signal: killed")
}

// TestNoBrowser: what cannot start says so at once.
func TestNoBrowser(t *testing.T) {
	t.Setenv("CHROMIUM", "true") // ends as soon as it is started
	_, err := start(t)
	assert.ErrorContains(t, err, "start Chromium: the browser has ended: exit status 1")
	assert.ErrorContains(t, err, "browserType.launch")
}

// forgiving is a test whose profile is gone before the test has ended.
type forgiving struct{ testing.TB }

func (forgiving) Cleanup(func()) {}

// TestSettings: the browser is what a test makes of it.
func TestSettings(t *testing.T) {
	asked := make(chan http.Header, 3)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			asked <- r.Header.Clone()
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<title>as it came</title><script>document.title = "by script"; console.warn("careful"); missing()</script>`))
	}))
	t.Cleanup(server.Close)
	b := Start(t)
	assert.Regexp(t, `^\d+\.\d+\.\d+\.\d+$`, b.Version())

	t.Run("as it comes", func(t *testing.T) {
		tab := b.Profile(t, Settings{}).Tab()
		tab.Open(server.URL)
		header := <-asked
		assert.Equal(t, "none", header.Get("Sec-Fetch-Site"))
		assert.Contains(t, header.Get("User-Agent"), "Chrome/")
		assert.Empty(t, header.Get("Sec-GPC"))
		var title string
		tab.Evaluate(`document.title`, &title)
		assert.Equal(t, "by script", title)
		assert.Equal(t, []string{"warning: careful (" + server.URL + "/)", "error: missing is not defined"}, tab.Complaints())
	})
	t.Run("an app's browser that objects", func(t *testing.T) {
		tab := b.Profile(t, Settings{
			UserAgent: "Mozilla/5.0 (test) [WA4A/2.25.32.75;]", Headers: map[string]string{"Sec-GPC": "1"}, Before: `window.early = document.title`,
		}).Tab()
		tab.Open(server.URL)
		header := <-asked
		assert.Equal(t, "Mozilla/5.0 (test) [WA4A/2.25.32.75;]", header.Get("User-Agent"))
		assert.Equal(t, "1", header.Get("Sec-GPC"))
		var early string
		tab.Evaluate(`window.early`, &early)
		assert.Empty(t, early)
	})
	t.Run("without JavaScript", func(t *testing.T) {
		tab := b.Profile(t, Settings{NoScript: true}).Tab()
		tab.Open(server.URL)
		<-asked
		var title string
		tab.Evaluate(`document.title`, &title)
		assert.Equal(t, "as it came", title)
	})
}

// TestWhatGoesWrong: a test hears of it at once, in words.
func TestWhatGoesWrong(t *testing.T) {
	b := Start(t)
	tab := b.Profile(t, Settings{}).Tab()
	for _, tt := range []struct {
		command
		want string
	}{
		{command{Do: "evaluate", Script: `missing()`}, "missing is not defined"},
		{command{Do: "evaluate", Script: `Promise.reject(Error("no"))`}, "no"},
		{command{Do: "fly"}, "not a function"},
		{command{Do: "open", URL: "http://127.0.0.1:1/"}, "ERR_UNSAFE_PORT"},
	} {
		tt.command.Tab = tab.number
		_, err := b.ask(tt.command)
		assert.ErrorContains(t, err, tt.want)
	}
	var n int
	tab.profile.Tab().Evaluate(`1 + 1`, &n)
	assert.Equal(t, 2, n, "it goes on")
}
