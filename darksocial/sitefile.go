package darksocial

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ParseSite reads a site file: JSON with the fields of Site. name is the file's,
// for errors, of which all are reported at once, each with its line:
//
//	site.json:4: hosts[1]: "https://example.com" is an address; write the host alone: "example.com"
func ParseSite(name string, data []byte) (*Site, error) {
	lines, err := readLines(data)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	var s Site
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return nil, fmt.Errorf("%s:%d: %s", name, decodeLine(data, lines, err), plainJSONError(err))
	}
	var problems []error
	s.check(func(field, problem string) {
		problems = append(problems, fmt.Errorf("%s:%d: %s: %s", name, lines[field], field, problem))
	})
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return &s, nil
}

// Check reports everything that is wrong with a site made by hand.
func (s *Site) Check() error {
	var problems []error
	s.check(func(field, problem string) {
		problems = append(problems, fmt.Errorf("%s: %s", field, problem))
	})
	return errors.Join(problems...)
}

// check reports what is wrong with a site, by field: "hosts[1]".
func (s *Site) check(report func(field, problem string)) {
	for i, h := range s.Hosts {
		field := fmt.Sprintf("hosts[%d]", i)
		switch bare := bareHost(strings.TrimPrefix(strings.TrimPrefix(h, "https://"), "http://")); {
		case strings.Contains(h, "/"):
			bare, _, _ = strings.Cut(bare, "/")
			report(field, fmt.Sprintf("%q is an address; write the host alone: %q", h, bare))
		case strings.Contains(h, "*"):
			report(field, fmt.Sprintf("%q: a host stands for all below it; write %q", h, strings.TrimPrefix(h, "*.")))
		case !isHost(h) || h != bare || !strings.Contains(h, ".") && h != "localhost":
			report(field, fmt.Sprintf("%q is no host name; write it in lower case and without a port, like \"example.com\"", h))
		}
	}
	for i, p := range s.Packages {
		if !isPackage(p) || !strings.Contains(p, ".") {
			report(fmt.Sprintf("packages[%d]", i), fmt.Sprintf("%q is no Android package; write it as in the Play Store's address, like \"com.example.app\"", p))
		}
	}
	for i, c := range s.OwnChannels {
		field := fmt.Sprintf("own_channels[%d]", i)
		if c.UTMSource == "" && c.UTMMedium == "" && c.UTMCampaign == "" {
			report(field, "names no utm value; give at least one of utm_source, utm_medium, utm_campaign")
		}
		if c.Source == "" || strings.ToLower(c.Source) != c.Source {
			report(field, fmt.Sprintf("source %q: name the app it is posted in, in lower case, like \"whatsapp\"", c.Source))
		}
	}
	for i, t := range s.Topics {
		field := fmt.Sprintf("topics[%d]", i)
		if t.Topic == "" {
			report(field, "has no topic")
		}
		if problem := PathProblem(t.Path); problem != "" {
			report(field, problem)
		}
	}
	for i, p := range s.Pages.Ignore {
		if problem := PathProblem(p); problem != "" {
			report(fmt.Sprintf("pages.ignore[%d]", i), problem)
		}
	}
	for i, p := range s.Pages.Hide {
		field := fmt.Sprintf("pages.hide[%d]", i)
		if problem := PathProblem(p); problem != "" {
			report(field, problem)
		} else if !strings.Contains(p, "*") {
			report(field, fmt.Sprintf("%q hides nothing; put \"*\" for each segment to leave out", p))
		}
	}
	for i, d := range s.Doors {
		if counting := DoorNames[:len(DoorNames)-1]; !slices.Contains(counting, d) {
			report(fmt.Sprintf("doors[%d]", i), fmt.Sprintf("%q is no door that counts; there are %s", d, strings.Join(counting, ", ")))
		}
	}
	if problem := codeNameProblem(s.CodeParameter); problem != "" {
		report("code_parameter", problem)
	}
	if s.ChainDecay != 0 && (s.ChainDecay < 0.001 || s.ChainDecay > 1) {
		report("chain_decay", fmt.Sprintf("%v: a share is worth a part of the one after it, from 0.001 to 1", s.ChainDecay))
	}
	if s.RefundDays < 0 || s.RefundDays > maxRefundDays {
		report("refund_days", fmt.Sprintf("%d: give 1 to %d days", s.RefundDays, maxRefundDays))
	}
	if s.LogFields != nil {
		s.LogFields.check(report)
	}
}

// PathProblem says what is wrong with a path pattern, or "".
func PathProblem(pattern string) string {
	switch {
	case !strings.HasPrefix(pattern, "/"):
		return fmt.Sprintf("path %q must begin with \"/\"", pattern)
	case strings.ContainsAny(pattern, "?#"):
		return fmt.Sprintf("path %q has a query; patterns are of the path alone", pattern)
	}
	segments := strings.Split(pattern[1:], "/")
	for i, s := range segments {
		if s == "*" || s == "**" && i == len(segments)-1 {
			continue
		}
		if strings.Contains(s, "*") {
			return fmt.Sprintf("path %q: \"*\" is a whole segment, and \"**\" the last one", pattern)
		}
	}
	return ""
}

// readLines walks the JSON and returns the line on which each value begins, by
// its field: "hosts[1]", "pages.hide[0]".
func readLines(data []byte) (map[string]int, error) {
	lines := map[string]int{}
	dec := json.NewDecoder(bytes.NewReader(data))
	var walk func(field string) error
	walk = func(field string) error {
		start := dec.InputOffset()
		token, err := dec.Token()
		if err != nil {
			return fmt.Errorf("%d: %s", lineAt(data, errorOffset(err, dec.InputOffset())), plainJSONError(err))
		}
		for start < int64(len(data)) && bytes.IndexByte([]byte(" \t\r\n,:"), data[start]) >= 0 {
			start++
		}
		lines[field] = lineAt(data, start)
		switch token {
		case json.Delim('{'):
			for dec.More() {
				key, err := dec.Token()
				if err != nil {
					return fmt.Errorf("%d: %s", lineAt(data, errorOffset(err, dec.InputOffset())), plainJSONError(err))
				}
				name := strings.ToLower(fmt.Sprint(key)) // as the decoder compares them
				if err := walk(strings.TrimPrefix(field+"."+name, ".")); err != nil {
					return err
				}
			}
			_, err = dec.Token()
		case json.Delim('['):
			for i := 0; dec.More(); i++ {
				if err := walk(fmt.Sprintf("%s[%d]", field, i)); err != nil {
					return err
				}
			}
			_, err = dec.Token()
		}
		if err != nil {
			return fmt.Errorf("%d: %s", lineAt(data, errorOffset(err, dec.InputOffset())), plainJSONError(err))
		}
		return nil
	}
	if err := walk(""); err != nil {
		return nil, err
	}
	if rest := bytes.TrimSpace(data[dec.InputOffset():]); len(rest) > 0 {
		return nil, fmt.Errorf("%d: something stands behind the closing brace", lineAt(data, int64(len(data)-len(rest))))
	}
	if first := bytes.TrimSpace(data); first[0] != '{' {
		return nil, fmt.Errorf("%d: the file must be an object: {…}", lines[""])
	}
	return lines, nil
}

// decodeLine returns the line of what the decoder refused. Of an unknown field it
// tells the name alone.
func decodeLine(data []byte, lines map[string]int, err error) int {
	if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
		field = "." + strings.ToLower(strings.Trim(field, `"`))
		for path, line := range lines {
			if strings.HasSuffix("."+path, field) {
				return line
			}
		}
	}
	return lineAt(data, errorOffset(err, 0))
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:max(0, min(offset, int64(len(data))))], []byte("\n"))
}

func errorOffset(err error, otherwise int64) int64 {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return syntax.Offset
	case errors.As(err, &kind):
		return kind.Offset
	}
	return otherwise
}

func plainJSONError(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("%s must be %s", kind.Field, plainType(kind.Type.String()))
	}
	text := strings.TrimPrefix(err.Error(), "json: ")
	if text == "EOF" || text == "unexpected EOF" {
		return "the file ends too early; is a brace missing?"
	}
	return text
}

func plainType(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case goType == "string":
		return "a text"
	}
	return "an object"
}
