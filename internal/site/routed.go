package site

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"darksocial/darksocial"
)

// Routes reports whether the page at a path goes through the function that labels it.
// The path is as the browser sent it, with its escapes.
func (s *Site) Routes(path string) bool {
	for _, pattern := range s.RoutedPaths {
		if darksocial.PathFits(path, pattern) {
			return true
		}
	}
	return false
}

// OriginURL is the origin of the site's routed pages: a scheme and a host. The error
// says what is wrong with what the owner wrote; it is one as well if there is none.
func (s *Site) OriginURL() (*url.URL, error) {
	if s.Origin == "" {
		return nil, errors.New(`there is no origin to ask for them; give one, like "https://origin.example.com"`)
	}
	u, err := url.Parse(s.Origin)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || *u != (url.URL{Scheme: u.Scheme, Host: u.Host}) {
		said := s.Origin
		if _, host, user := strings.Cut(said, "@"); user {
			said = "…@" + host // an error is logged
		}
		return nil, fmt.Errorf("origin %q: write a scheme and a host alone, like \"https://origin.example.com\"", said)
	}
	for _, host := range s.Hosts {
		if name := strings.ToLower(u.Host); name == host || name == "www."+host {
			return nil, fmt.Errorf("origin %q is the site's own address: the CDN would ask itself; give the address that the CDN asks", s.Origin)
		}
	}
	return u, nil
}

// checkRouted reports what is wrong with the pages that are routed.
func (s *Site) checkRouted() error {
	var problems []error
	if s.Origin != "" || len(s.RoutedPaths) > 0 {
		if _, err := s.OriginURL(); err != nil && s.Origin == "" {
			problems = append(problems, fmt.Errorf("routed_paths: %w", err))
		} else if err != nil {
			problems = append(problems, err)
		}
	}
	for i, pattern := range s.RoutedPaths {
		if problem := routedProblem(pattern); problem != "" {
			problems = append(problems, fmt.Errorf("routed_paths[%d]: %s", i, problem))
		}
	}
	return errors.Join(problems...)
}

// routedProblem says what is wrong with a pattern of pages that are routed, or "".
func routedProblem(pattern string) string {
	if problem := darksocial.PathProblem(pattern); problem != "" {
		return problem
	}
	first, _, _ := strings.Cut(pattern[1:], "/")
	switch {
	case first == "_ds":
		return fmt.Sprintf("path %q: what is under /_ds/ is not the site's", pattern)
	case strings.HasSuffix(pattern, "/**") && strings.Trim(pattern, "/*") == "":
		return fmt.Sprintf("path %q is the whole site; name the pages that are to go through the function", pattern)
	case escaped(pattern) != pattern:
		return fmt.Sprintf("path %q: write it as browsers send it: %q", pattern, escaped(pattern))
	}
	return ""
}

// escaped is a path with an escape for each byte that cannot be sent.
func escaped(path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		if c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
