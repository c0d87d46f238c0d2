// Package site reads what the owner says of the sites a deployment serves.
package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // Lambda has no list of time zones

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// Site is one site of a deployment.
type Site struct {
	// Name stands in the paths of tables and in the keys of records. It is not
	// to change.
	Name string `json:"-"`
	darksocial.Site
	// ShardBits says into how many parts, 2^ShardBits, the records of an hour
	// are divided. One part serves millions of arrivals a day.
	ShardBits int `json:"shard_bits"`
	// Origin is the address of the server that has the routed pages: http or https
	// and a host, nothing else. It is not the address of the CDN.
	Origin string `json:"origin"`
	// RoutedPaths are patterns of the pages that go through the function, to be
	// labelled by the navigation's own headers: "*" is any one segment, a last "**"
	// any rest. Never are they the whole site. See web.Route.
	RoutedPaths []string `json:"routed_paths"`
}

// Zone is the time zone the site's days are of: UTC where Check finds fault with it.
func (s *Site) Zone() *time.Location {
	zone, err := s.zone()
	if err != nil {
		return time.UTC
	}
	return zone
}

// zones are those that were loaded: loading one reads a file.
var zones sync.Map

func (s *Site) zone() (*time.Location, error) {
	if known, ok := zones.Load(s.TimeZone); ok {
		return known.(*time.Location), nil
	}
	zone, err := time.LoadLocation(s.TimeZone) // "" is UTC
	if err != nil || s.TimeZone == "Local" {
		return nil, fmt.Errorf("time_zone %q is not known: write it as in the IANA list, like \"Europe/Berlin\"", s.TimeZone)
	}
	zones.Store(s.TimeZone, zone)
	return zone, nil
}

// LogFields returns the keys of the JSON logs of a deployment: those of its first
// site that names any, because sites share the bucket their logs are in. It may
// be nil.
func LogFields(sites []*Site) *darksocial.FieldMap {
	for _, s := range sites {
		if s.LogFields != nil {
			return s.LogFields
		}
	}
	return nil
}

var name = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,62}$`)

// Check reports all that is wrong with a site.
func (s *Site) Check() error {
	var problems []error
	if !name.MatchString(s.Name) {
		problems = append(problems, fmt.Errorf("site %q: a name has lower-case letters, digits, dots and hyphens, at most 63; use the site's host", s.Name))
	}
	if s.ShardBits < 0 || s.ShardBits > record.MaxShardBits {
		problems = append(problems, fmt.Errorf("site %q: shard_bits %d: give 0 to %d", s.Name, s.ShardBits, record.MaxShardBits))
	}
	if _, err := s.zone(); err != nil {
		problems = append(problems, fmt.Errorf("site %q: %w", s.Name, err))
	}
	for _, err := range [...]error{s.checkRouted(), s.Site.Check()} {
		if err != nil {
			problems = append(problems, fmt.Errorf("site %q: %w", s.Name, err))
		}
	}
	return errors.Join(problems...)
}

// Parse reads the sites of a deployment from JSON, by name, each with the fields
// of a site file and "shard_bits":
//
//	{"example.com": {"hosts": ["example.com"], "shard_bits": 0}}
func Parse(data []byte) ([]*Site, error) {
	var raw map[string]*Site
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&raw); err != nil {
		return nil, fmt.Errorf("sites: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("sites: something stands behind the closing brace")
	}
	if len(raw) == 0 {
		return nil, errors.New(`sites: there is none; give at least one, like {"example.com":{"hosts":["example.com"]}}`)
	}
	var sites []*Site
	var problems []error
	owner := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		s := raw[name]
		if s == nil {
			s = &Site{}
		}
		s.Name = name
		sites = append(sites, s)
		problems = append(problems, s.Check())
		for _, host := range s.Hosts {
			if other, taken := owner[host]; taken && other != name {
				problems = append(problems, fmt.Errorf("site %q: host %q is of site %q as well", name, host, other))
			}
			owner[host] = name
		}
	}
	return sites, errors.Join(problems...)
}
