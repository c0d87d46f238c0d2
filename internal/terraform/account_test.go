package terraform

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// account answers the one call a plan makes, who am I, and notes all others.
type account struct {
	*httptest.Server
	mu   sync.Mutex
	seen map[string]bool
}

func newAccount(t *testing.T) *account {
	a := &account{seen: map[string]bool{}}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		action := r.FormValue("Action")
		if action == "" {
			action = r.Method + " " + r.URL.Path + " " + r.Header.Get("X-Amz-Target")
		}
		a.mu.Lock()
		a.seen[action] = true
		a.mu.Unlock()
		if action != "GetCallerIdentity" {
			http.Error(w, "nobody should ask for this", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
			`<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDATEST</UserId><Account>123456789012</Account>` +
			`</GetCallerIdentityResult></GetCallerIdentityResponse>`))
	}))
	t.Cleanup(a.Close)
	return a
}

// env is the environment in which a plan asks the account.
func (a *account) env(more ...string) []string {
	return append([]string{"AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test", "AWS_ENDPOINT_URL=" + a.URL}, more...)
}

func (a *account) actions() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var actions []string
	for action := range a.seen {
		actions = append(actions, action)
	}
	slices.Sort(actions)
	return actions
}
