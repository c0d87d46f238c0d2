package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/embedded"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
)

// storeFlags name a site, and the folder in which this machine keeps what it has
// labelled.
type storeFlags struct {
	siteFlags
	TimeZone string `help:"Time zone the site's days are of, like Europe/Berlin. That of the site file, or UTC, if not given." placeholder:"ZONE"`
	Store    string `help:"Folder that keeps records and tables." default:"darksocial-data" env:"DARKSOCIAL_STORE" placeholder:"DIR"`
}

// store is that folder, for the site: records in SQLite, tables as Parquet.
type store struct {
	site    *site.Site
	records *embedded.Store
	lake    *lake.Disk
	ledger  *ledger.Ledger
	codes   *codes.Codes
	orders  *orders.Orders
}

func (f *storeFlags) open() (*store, error) {
	which, err := f.one()
	if err == nil && f.TimeZone != "" {
		which.TimeZone = f.TimeZone
		err = which.Check()
	}
	if err != nil {
		return nil, err
	}
	records, err := embedded.Open(f.Store, time.Now())
	if err != nil {
		return nil, err
	}
	tables, err := lake.OpenDisk(filepath.Join(f.Store, "lake"))
	if err != nil {
		return nil, errors.Join(err, records.Close())
	}
	known := codes.New(records, time.Now)
	return &store{which, records, tables, ledger.New(records, records, time.Now), known, orders.New(records, known, time.Now)}, nil
}

func (s *store) Close() error { return s.records.Close() }

func (s *store) sites() []*site.Site { return []*site.Site{s.site} }

func (s *store) roller() *job.Roller {
	return job.NewRoller(s.ledger, s.sites(), s.lake, parquetfile.WriteRows, time.Now).Coded(s.codes)
}

// options say how logs are read that are in a format, with the columns of fields
// where it names none itself.
func (s *store) options(format edge.Format, fields []string) edge.Options {
	return edge.Options{Format: format, Fields: fields, FieldMap: s.site.LogFields, Now: time.Now}
}

// guess tells the format of a log, and returns an input from which nothing has been
// taken. A site that says what the keys of its JSON logs are has no other JSON.
func (s *store) guess(in io.Reader) (edge.Format, io.Reader) {
	format, whole := edge.Guess(in)
	if format == edge.NDJSON && s.site.LogFields != nil {
		format = edge.JSON
	}
	return format, whole
}

// one returns the site the flags describe, under the name its records are kept by.
func (f *siteFlags) one() (*site.Site, error) {
	settings, err := f.load()
	if err != nil {
		return nil, err
	}
	if len(settings.Hosts) == 0 {
		return nil, errors.New("which site is it? Give its host: --site www.example.com")
	}
	s := &site.Site{Name: settings.Hosts[0], Site: *settings}
	if f.Site != "" {
		s.Name = settings.Hosts[len(settings.Hosts)-1]
	}
	if err := s.Check(); err != nil {
		return nil, fmt.Errorf("--site: %w", err)
	}
	return s, nil
}
