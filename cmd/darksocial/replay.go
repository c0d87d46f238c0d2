package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/function"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

type replayCmd struct {
	storeFlags
	Function string   `help:"The function to give the events to: collect, label or rollup. By default the name of the folder the file is in." placeholder:"NAME"`
	Objects  string   `help:"Folder with the objects that events name, a folder per bucket. By default \"objects\" beside the event." placeholder:"DIR" type:"path"`
	Format   string   `help:"Format of the logs: ndjson, cloudfront, combined or json." default:"cloudfront" enum:"ndjson,cloudfront,combined,json"`
	Fields   []string `help:"Field names of the records of a Kinesis event." placeholder:"NAME,…"`
	Files    []string `arg:"" help:"Event files." type:"existingfile"`
}

func (replayCmd) Help() string {
	return `Gives recorded events to the handlers the functions run in AWS, with the stores of this machine, and prints what they answer, a line of JSON each: of a request to collect the status and the headers. A request is taken as at the time it was recorded.

Examples:
  darksocial replay --site example.com events/collect/hit.json
  darksocial replay --site www.example.com events/label/sqs-s3.json
  darksocial replay --site www.example.com events/rollup/hourly.json`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *replayCmd) Validate() error { return checkFormat(c.Format, c.Fields, c.SiteFile) }

func (c *replayCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	for _, name := range c.Files {
		event, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		answer, err := c.replay(st, name, event)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := json.NewEncoder(s.out).Encode(answer); err != nil {
			return err
		}
	}
	return nil
}

// replay gives one event to its function's handler.
func (c *replayCmd) replay(st *store, name string, event []byte) (any, error) {
	whose := c.Function
	if whose == "" {
		whose = filepath.Base(filepath.Dir(name))
	}
	switch whose {
	case "collect":
		return collect(st, event)
	case "label":
		objects := c.Objects
		if objects == "" {
			objects = filepath.Join(filepath.Dir(name), "objects")
		}
		formats := job.Formats{
			Objects: edge.Options{Format: edge.Format(c.Format), FieldMap: st.site.LogFields, Now: time.Now},
			Stream:  edge.Options{Format: edge.CloudFrontRealtime, Fields: c.Fields, Now: time.Now},
		}
		labeler := job.NewLabeler(st.ledger, st.sites(), st.lake, formats).Coded(st.codes)
		return job.NewEvents(labeler, lake.NewFolderObjects(objects)).Handle(context.Background(), event)
	case "rollup":
		return st.roller().Handle(context.Background(), event)
	}
	return nil, errors.New("which function is the event for? Say --function collect, label or rollup")
}

// answer is what a visitor would get, without its body.
type answer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
}

// collect answers one request to the function's URL. Its clock stands where the event
// says, so that a hint is as old as it was.
func collect(st *store, event []byte) (*answer, error) {
	var request events.LambdaFunctionURLRequest
	if err := json.Unmarshal(event, &request); err != nil {
		return nil, err
	}
	if request.RequestContext.HTTP.Method == "" || request.RequestContext.TimeEpoch == 0 {
		return nil, errors.New("the event is no request to a function's URL")
	}
	now := func() time.Time { return time.UnixMilli(request.RequestContext.TimeEpoch) }
	writer := ledger.NewWriter(st.ledger, record.Beacon, web.Patience)
	known := codes.New(st.records, now)
	handler := web.NewCollect(site.Serve(st.sites()), writer, visitor.NewSalts(st.records, now), now).Sharing(known).Selling(orders.New(st.records, known, now))
	response, err := function.URL(handler)(context.Background(), &request)
	if err != nil {
		return nil, err
	}
	defer response.Close()
	if _, err := io.Copy(io.Discard, response); err != nil { // else the handler would wait for ever
		return nil, err
	}
	return &answer{response.StatusCode, response.Headers}, nil
}
