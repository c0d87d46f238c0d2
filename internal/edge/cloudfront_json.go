package edge

import (
	"encoding/json"
	"errors"
	"strconv"
)

// isObject reports whether a line is a JSON object. No text log starts a line
// with a brace: its first column is a date, a time stamp or an address.
func isObject(s string) bool {
	for i := range len(s) {
		if s[i] != ' ' && s[i] != '\t' {
			return s[i] == '{'
		}
	}
	return false
}

var errNotObject = errors.New("not a JSON object: the line is cut or damaged")

// decodeJSON reads a line of standard logging v2 with output format "json":
// one flat object per line, keyed by the names of the columns, with the values
// and the escapes of the text log, "-" included.
//
// AWS publishes no specification of it. The shape is taken from records shown
// by several users: keys "cs(User-Agent)" and "timestamp(ms)", values strings,
// "%20" in the User-Agent. Other spellings of the keys and plain numbers are
// therefore taken as well. A value of null says nothing, like a missing key.
func (d *cloudFront) decodeJSON(s string, line *Line) error {
	clear(d.object)
	if err := json.Unmarshal([]byte(s), &d.object); err != nil {
		return errNotObject
	}
	var rec record
	var from [numFields]string
	for key, value := range d.object {
		f := d.fieldOf(key)
		if f == noField {
			continue
		}
		// Maps have no order: of two spellings of one name, take the first by
		// the alphabet, so that a line always reads the same.
		if rec.has[f] && from[f] < key {
			continue
		}
		text, ok := scalar(value)
		if !ok {
			continue
		}
		rec.value[f], rec.has[f], from[f] = text, true, key
	}
	if !rec.has[fieldStem] {
		line.ID = rec.value[fieldID]
		return errStructure
	}
	return d.fill(&rec, line)
}

// fieldOf is fieldNames for a key in its own spelling. A log has some forty
// keys, the same in each line, so they are remembered.
func (d *cloudFront) fieldOf(key string) field {
	f, ok := d.keys[key]
	if !ok {
		f = fieldNames[simpleName(key)]
		if d.keys == nil {
			d.keys = map[string]field{}
		}
		if len(d.keys) < 100 { // of a log that has ever new keys, some
			d.keys[key] = f
		}
	}
	return f
}

// scalar gives a string or a number as text; "" for "-".
func scalar(value any) (string, bool) {
	switch x := value.(type) {
	case string:
		if x == "-" {
			x = ""
		}
		return x, true
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), true
	}
	return "", false
}
