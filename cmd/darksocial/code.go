package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"darksocial/darksocial"
	"darksocial/darksocial/share"
	"darksocial/internal/site"
)

type codeCmd struct {
	deployedFlags
	Own    string `help:"Make a link for a post of the site's own, and call it this." placeholder:"NAME"`
	Source string `help:"Where the post is made, as in labels: whatsapp. If not given, it is read off the name." placeholder:"APP"`
	Rotate bool   `help:"Make a new key for codes. Codes of the key before stay known until the next time, older ones do not."`
	JSON   bool   `help:"Answer as JSON."`
	URL    string `arg:"" optional:"" help:"The page of the site that is posted."`
}

func (codeCmd) Help() string {
	return `Makes share codes by hand.

A post of the site's own, in a channel that everybody can follow, looks like a private message when it is opened. A link with a code made for it tells: its arrivals are a campaign, seen by all. The same name and page give the same link.

Examples:
  darksocial code --site www.example.com --own "WhatsApp-Kanal" https://www.example.com/artikel/moor
  darksocial code --site www.example.com --own "Abendbrief" --source telegram /artikel/moor
  darksocial code --site www.example.com --table darksocial-records --rotate`
}

func (c *codeCmd) Run(s streams) error {
	switch {
	case c.Rotate && c.Own != "", !c.Rotate && c.Own == "":
		return errors.New("say what to do: --own NAME URL makes a link for a post, --rotate a new key")
	case c.Own != "" && c.URL == "":
		return errors.New("which page is posted? Give its address")
	}
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	if c.Rotate {
		if err := d.codes.Rotate(ctx, d.site.Name); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s has a new key for codes. Links that were shared with the key before stay known until the next time; older ones are not.\n", d.site.Name)
		return err
	}
	return c.own(ctx, s, d)
}

// maxOwnName bounds what a post may be called, in bytes.
const maxOwnName = 100

func (c *codeCmd) own(ctx context.Context, s streams, d *deployed) error {
	page, err := pageOf(d.site, c.URL)
	if err != nil {
		return err
	}
	if len(c.Own) > maxOwnName {
		return fmt.Errorf("the name of the post is longer than %d bytes", maxOwnName)
	}
	source, ok := darksocial.FindSource(c.Own)
	if c.Source != "" {
		if source, ok = darksocial.FindSource(c.Source); !ok {
			return fmt.Errorf("--source %q is no app or network that labels know: see darksocial rules", c.Source)
		}
	}
	code, err := d.codes.Own(ctx, d.site.Name, &share.Item{Name: c.Own, Source: source, Page: page.EscapedPath()})
	if err != nil {
		return err
	}
	link := withParameter(page, d.site.CodeName(), string(code))
	if c.JSON {
		return json.NewEncoder(s.out).Encode(map[string]string{"link": link, "code": string(code), "source": source})
	}
	if !ok {
		fmt.Fprintf(s.err, "darksocial: the name does not say where the post is made, so labels will say what the browser shows; --source tells\n")
	}
	_, err = fmt.Fprintln(s.out, link)
	return err
}

// pageOf reads the address of a page of the site.
func pageOf(s *site.Site, address string) (*url.URL, error) {
	page, err := url.Parse(address)
	switch {
	case err != nil || page.Opaque != "" || page.User != nil || page.Scheme != "" && page.Scheme != "https" && page.Scheme != "http":
		return nil, fmt.Errorf("%q is no address of a page; write it like https://%s/page", address, s.Name)
	case page.Host == "" && page.Scheme == "":
		page.Scheme, page.Host = "https", s.Name
	case !s.Owns(strings.ToLower(page.Hostname())):
		return nil, fmt.Errorf("%s is not of the site %s: codes are for its own pages", page.Hostname(), s.Name)
	}
	if page.Path == "" {
		page.Path = "/"
	}
	if !share.IsPath(page.EscapedPath()) {
		return nil, fmt.Errorf("%q is no address of a page; write it like https://%s/page", address, s.Name)
	}
	return page, nil
}

// withParameter gives an address a parameter, in the place of one it has.
func withParameter(page *url.URL, name, value string) string {
	var parts []string
	for part := range strings.SplitSeq(page.RawQuery, "&") {
		if key, _, _ := strings.Cut(part, "="); part != "" && key != name {
			parts = append(parts, part)
		}
	}
	coded := *page
	coded.RawQuery = strings.Join(append(parts, name+"="+value), "&")
	return coded.String()
}
