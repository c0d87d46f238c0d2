package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/mdp/qrterminal/v3"

	"darksocial/darksocial/record"
	"darksocial/internal/demo"
	"darksocial/internal/edgefunction"
	"darksocial/internal/front"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/site"
	"darksocial/internal/web"
	"darksocial/terraform/edge"
)

type serveCmd struct {
	storeFlags
	Listen string   `help:"Address to listen at. All of this machine's, if no host is given: a phone in the same Wi-Fi can then open the site." default:":8080" placeholder:"HOST:PORT"`
	Origin *url.URL `help:"Site to stand in front of. The demo site, if not given." placeholder:"URL"`
	Route  []string `help:"Paths of pages that go through the function, to --origin." placeholder:"PATTERN"`
	Replay []string `help:"Logs to label first, so that there is something to see." placeholder:"FILE" type:"path"`
	Report string   `help:"Address at which to show the report: what the tables and the last half hour say, as a page." placeholder:"HOST:PORT"`
	JSON   bool     `help:"Say where it listens as JSON."`
}

func (serveCmd) Help() string {
	return `Runs everything on this machine: a CDN that caches pages and runs the edge functions, before a demo site or before any site of yours; collect, which the pages' script talks to; and once a minute the labelling of the CDN's log and the roll-up of the tables. It is what is deployed, but for the stores: SQLite and a folder of Parquet files.

Open the site, send yourself the link in a messenger, open it there, and look at /_ds/me on the phone. Ctrl-C ends it and loses nothing.

Examples:
  darksocial serve
  darksocial serve --origin https://www.example.com
  darksocial serve --origin https://www.example.com --route '/offers/**'
  darksocial serve --report 127.0.0.1:8090
  darksocial serve --listen 127.0.0.1:8080 --replay access.log --site www.example.com`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *serveCmd) Validate() error {
	if c.Origin != nil && (c.Origin.Scheme != "http" && c.Origin.Scheme != "https" || c.Origin.Host == "") {
		return fmt.Errorf("--origin: %q is no address of a site; write it like https://www.example.com", c.Origin)
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("--listen: %q: write it like :8080 or 127.0.0.1:8080", c.Listen)
	}
	if _, _, err := net.SplitHostPort(c.Report); c.Report != "" && err != nil {
		return fmt.Errorf("--report: %q: write it like 127.0.0.1:8090", c.Report)
	}
	if len(c.Route) > 0 && c.Origin == nil {
		return errors.New("--route: pages are routed to a site: give it as --origin")
	}
	return nil
}

func (c *serveCmd) Run(s streams) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w; is something else at that port? Choose another: --listen :8081", err)
	}
	defer listener.Close() // the server does too
	if c.Site == "" && c.SiteFile == "" {
		c.Site = "localhost"
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	// The site is opened under the addresses of this machine as well.
	for _, host := range append([]string{"localhost", "127.0.0.1"}, lanAddresses()...) {
		if !slices.Contains(st.site.Hosts, host) {
			st.site.Hosts = append(st.site.Hosts, host)
		}
	}
	if len(c.Route) > 0 {
		st.site.Origin, st.site.RoutedPaths = c.Origin.Scheme+"://"+c.Origin.Host, c.Route
		if err := st.site.Check(); err != nil {
			return fmt.Errorf("--route: %w", err)
		}
	}
	if err := c.replay(s, st); err != nil {
		return err
	}
	log, err := front.OpenAccessLog(filepath.Join(c.Store, "cdn-logs"), time.Now)
	if err != nil {
		return err
	}
	here := newHere(st, log, s.err)
	handler, err := c.handler(here)
	if err != nil {
		return err
	}
	var shown *reporting
	if c.Report != "" {
		if shown, err = st.openReport(ctx, c.Report); err != nil {
			return err
		}
		defer shown.close()
		go shown.serve(here.report)
	}
	if err := c.say(s.out, listener.Addr().(*net.TCPAddr).Port, shown); err != nil {
		return err
	}
	server := &http.Server{Handler: handler, MaxHeaderBytes: front.MaxHeaderBytes, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	return here.run(ctx, server, listener)
}

// replay labels logs from before, and says where to look at what came of them.
func (c *serveCmd) replay(s streams, st *store) error {
	if len(c.Replay) == 0 {
		return nil
	}
	logs := logFlags{Format: "auto", Files: c.Replay}
	result, err := logs.label(s, st)
	if err != nil || c.JSON {
		return err
	}
	_, err = fmt.Fprintf(s.out, "From before: %s lines of logs, %s page views kept. What they say, in a moment:\n\n  darksocial summary --site %s --store %s\n\n",
		comma(result.Lines), comma(result.Written), st.site.Name, c.Store)
	return err
}

// handler is the CDN before the site.
func (c *serveCmd) handler(h *here) (http.Handler, error) {
	request, err := edgefunction.Load("viewer-request.js", edge.ViewerRequest)
	if err != nil {
		return nil, err
	}
	response, err := edgefunction.Load("viewer-response.js", edge.ViewerResponseFor(h.site.CodeName()))
	if err != nil {
		return nil, err
	}
	var origin http.Handler
	if c.Origin != nil {
		origin = front.NewOrigin(c.Origin)
	} else if origin, err = demo.New(h.sign, time.Now); err != nil {
		return nil, err
	}
	h.writer = ledger.NewWriter(h.ledger, record.Beacon, web.Patience)
	sites := site.Serve(h.sites())
	collect := web.NewCollect(sites, h.writer, h.salts, time.Now).Sharing(h.codes).Selling(h.orders)
	if len(h.site.RoutedPaths) > 0 {
		collect.Routing(web.NewRoute(sites, h.writer.Of(record.Route), h.salts, time.Now, web.NewOriginTransport()).Sharing(h.codes))
	}
	return front.New(origin, collect, front.Functions{Own: request, Pages: response}, h.log, h.report, front.Options{Routed: h.site.Routes, LeftOut: h.site.CodeName()}), nil
}

// sign signs an order of the demo's shop, as any shop's server does with its key.
func (h *here) sign(ctx context.Context, query string) (string, error) {
	keys, err := h.orders.Keys(ctx, h.site.Name)
	if err != nil {
		return "", err
	}
	return orders.Sign(keys[0], query), nil
}

// say tells what to open.
func (c *serveCmd) say(out io.Writer, port int, shown *reporting) error {
	host, _, _ := net.SplitHostPort(c.Listen)
	here := host
	if host == "" || host == "0.0.0.0" || host == "::" {
		here = "localhost"
	}
	address := "http://" + net.JoinHostPort(here, fmt.Sprint(port))
	if c.JSON {
		listening := map[string]string{"url": address + "/"}
		if shown != nil {
			listening["report"], listening["token"] = shown.address(), shown.token
		}
		return json.NewEncoder(out).Encode(listening)
	}
	what := "The demo site"
	if c.Origin != nil {
		what = c.Origin.String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, behind a CDN on this machine:\n\n  %s/        the site\n  %s/_ds/me  how your own visit looks to it\n\n", what, address, address)
	if lan := lanAddresses(); here == "localhost" && len(lan) > 0 {
		me := "http://" + net.JoinHostPort(lan[0], fmt.Sprint(port)) + "/_ds/me"
		fmt.Fprintf(&b, "On a phone in the same Wi-Fi: %s\nSend yourself this address in a messenger, open it there, and see what the site sees. Without https\nbrowsers leave out Sec-Fetch headers and client hints; the app's name is there all the same.\n\n", me)
		if isTerminal(out) {
			qrterminal.GenerateHalfBlock(me, qrterminal.L, &b)
		}
	}
	if shown != nil {
		b.WriteString(shown.say())
	}
	fmt.Fprintf(&b, "Tables are made anew every minute, in %s. Ctrl-C ends this.\n", filepath.Join(c.Store, "lake"))
	_, err := io.WriteString(out, b.String())
	return err
}

// lanAddresses are the addresses under which others in the same network reach this
// machine.
func lanAddresses() []string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil // then there is none to tell
	}
	var private []string
	for _, a := range all {
		if network, ok := a.(*net.IPNet); ok && network.IP.To4() != nil && network.IP.IsPrivate() {
			private = append(private, network.IP.String())
		}
	}
	return private
}
