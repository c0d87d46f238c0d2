package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"darksocial/internal/parquetfile/tablereaders"
	"darksocial/internal/report"
	"darksocial/internal/report/signin"
)

// reporting is the report of a site on this machine.
type reporting struct {
	listener net.Listener
	server   *http.Server
	token    string // to sign in with
}

// tokenLives is how long the token is good that serve tells.
const tokenLives = 24 * time.Hour

// openReport makes the report ready to be looked at, at an address of this machine.
func (s *store) openReport(ctx context.Context, address string) (*reporting, error) {
	handler, err := report.New(s.sites(), s.lake, tablereaders.All, s.ledger, s.codes, s.records, time.Now, report.Page)
	if err != nil {
		return nil, err
	}
	token, err := signin.New(s.records, time.Now).Create(ctx, &signin.Token{Name: "serve", Sites: []string{s.site.Name}, Expires: time.Now().Add(tokenLives)})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w; is something else at that port? Choose another: --report 127.0.0.1:8091", err)
	}
	return &reporting{listener, &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}, token}, nil
}

// serve answers until it is closed, and tells what went wrong otherwise.
func (r *reporting) serve(report func(error)) {
	if err := r.server.Serve(r.listener); !errors.Is(err, http.ErrServerClosed) {
		report(fmt.Errorf("the report: %w", err))
	}
}

// close ends it: a page that is open asks again by itself.
func (r *reporting) close() error { return r.server.Close() }

func (r *reporting) address() string { return "http://" + r.listener.Addr().String() + "/" }

// say tells where the report is, and what opens it.
func (r *reporting) say() string {
	return fmt.Sprintf("The report: %s\nSign in with this token, good for a day:\n\n  %s\n\n", r.address(), r.token)
}
