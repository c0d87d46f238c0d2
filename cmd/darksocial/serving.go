package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"darksocial/internal/front"
	"darksocial/internal/job"
	"darksocial/internal/ledger"
	"darksocial/internal/visitor"
)

// here is a deployment on this machine while it runs.
type here struct {
	*store
	log    *front.AccessLog
	writer *ledger.Writer
	salts  *visitor.Salts
	err    io.Writer // what went wrong, for the person who watches
}

func newHere(st *store, log *front.AccessLog, err io.Writer) *here {
	return &here{store: st, log: log, salts: visitor.NewSalts(st.records, time.Now), err: err}
}

// everyMinute is how often the CDN's log is labelled and the tables are made.
const everyMinute = time.Minute

// run serves until ctx ends, and then finishes what is begun.
func (h *here) run(ctx context.Context, server *http.Server, listener net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ticker := time.NewTicker(everyMinute)
	defer ticker.Stop()
	h.keepUp(ctx)
	for {
		select {
		case <-ticker.C:
			h.keepUp(ctx)
		case err := <-ended:
			return errors.Join(err, h.log.Close())
		case <-ctx.Done():
			return h.finish(server)
		}
	}
}

// finish lets requests end and makes the last tables.
func (h *here) finish(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	err := server.Shutdown(ctx)
	err = errors.Join(err, h.writer.Flush(ctx))
	h.keepUp(ctx)
	return errors.Join(err, h.log.Close())
}

// keepUp does what the schedule does in a deployment: it labels the CDN's log, makes
// the tables that are due, and lets go what has expired. What cannot be done now is
// done the next time.
func (h *here) keepUp(ctx context.Context) {
	err := h.labelLog(ctx)
	_, rolled := h.roller().Forgetting(h.salts).Due(ctx)
	err = errors.Join(err, rolled, h.records.Purge(ctx, time.Now()), job.ForgetOrders(ctx, h.lake, h.site.Name, time.Now()))
	if err != nil && ctx.Err() == nil {
		h.report(err)
	}
}

// labelLog labels what the CDN has logged and deletes it: a file's lines are durable
// before it goes.
func (h *here) labelLog(ctx context.Context) error {
	if _, err := h.log.Rotate(); err != nil {
		return err
	}
	files, err := h.log.Leftover()
	if err != nil {
		return err
	}
	labeler := job.NewLabeler(h.ledger, h.sites(), h.lake, job.Formats{Objects: h.options("cloudfront", nil)}).Coded(h.codes)
	for _, name := range files {
		if err := labelAway(ctx, labeler, name); err != nil {
			return err
		}
	}
	return nil
}

func labelAway(ctx context.Context, labeler *job.Labeler, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if _, err := labeler.File(ctx, name, file, info.ModTime(), nil); err != nil {
		return err
	}
	return os.Remove(name)
}

// report tells the person at the terminal what went wrong.
func (h *here) report(err error) {
	fmt.Fprintf(h.err, "darksocial: %s %v\n", time.Now().Format("15:04:05"), err)
}
