package site

import "darksocial/darksocial"

// Served is a site and what labels its visits.
type Served struct {
	*Site
	Classifier *darksocial.Classifier
}

// All are the sites of a deployment. They are an allow-list: of another host
// nothing is kept.
type All []*Served

// Serve makes the sites ready to label visits. There is at least one.
func Serve(sites []*Site) All {
	var all All
	for _, s := range sites {
		all = append(all, &Served{s, darksocial.New(s.Site)})
	}
	return all
}

// Of returns the site a host, in lower case and without port, belongs to. Where it
// belongs to none, the first site is told, and ours is false.
func (a All) Of(host string) (s *Served, ours bool) {
	for _, s := range a {
		if s.Owns(host) {
			return s, true
		}
	}
	return a[0], false
}
