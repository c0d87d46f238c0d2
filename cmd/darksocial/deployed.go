package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/function"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/orders"
	"darksocial/internal/report/signin"
	"darksocial/internal/site"
)

// deployedFlags name what is asked: the folder of this machine, or a deployment on AWS.
type deployedFlags struct {
	storeFlags
	Table string `help:"Table of a deployment on AWS, in place of the folder: Terraform's output table_name." placeholder:"TABLE" env:"DARKSOCIAL_TABLE"`
	Lake  string `help:"Its lake: s3://bucket." placeholder:"PLACE" env:"DARKSOCIAL_LAKE"`
}

// deployed is what a deployment keeps of a site.
type deployed struct {
	site   *site.Site
	ledger *ledger.Ledger
	codes  *codes.Codes
	orders *orders.Orders
	tokens *signin.Tokens
	lake   object.Store // nil if it is not known
	close  func() error
}

func (f *deployedFlags) open(ctx context.Context) (*deployed, error) {
	if f.Table == "" {
		if f.Lake != "" {
			return nil, errors.New("--lake is of a deployment on AWS: give its --table as well")
		}
		st, err := f.storeFlags.open()
		if err != nil {
			return nil, err
		}
		return &deployed{st.site, st.ledger, st.codes, st.orders, signin.New(st.records, time.Now), st.lake, st.Close}, nil
	}
	which, err := f.one()
	if err != nil {
		return nil, err
	}
	cfg, err := function.AWS(ctx)
	if err != nil {
		return nil, err
	}
	records := dynamo.New(dynamodb.NewFromConfig(cfg), f.Table)
	known := codes.New(records, time.Now)
	d := &deployed{site: which, ledger: ledger.New(records, records, time.Now), codes: known, orders: orders.New(records, known, time.Now), tokens: signin.New(records, time.Now), close: func() error { return nil }}
	if f.Lake != "" {
		bucket, ok := strings.CutPrefix(f.Lake, "s3://")
		if !ok || strings.Contains(bucket, "/") {
			return nil, fmt.Errorf("--lake %s: a lake is a whole bucket, write it as s3://bucket", f.Lake)
		}
		d.lake = lake.NewS3(function.S3(cfg), bucket)
	}
	return d, nil
}

// tables is the lake, which a command cannot do without.
func (d *deployed) tables() (object.Store, error) {
	if d.lake == nil {
		return nil, errors.New("where are the tables? Give --lake s3://bucket")
	}
	return d.lake, nil
}
