package edge

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// twinKeys are the keys the twin looks for: at the top, below, beside each other.
var twinKeys = [][]string{{"a"}, {"b", "c"}, {"b", "d", "e"}, {"b.c"}, {"ä"}, {"b"}}

// twin reads the same with encoding/json, the slow way.
func twin(s string) (whole bool, values []any) {
	var object map[string]any
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	if !json.Valid([]byte(s)) || dec.Decode(&object) != nil || object == nil {
		return false, nil
	}
	for _, path := range twinKeys {
		var value any = object
		for _, name := range path {
			members, ok := value.(map[string]any)
			value, ok = members[name]
			if !ok {
				value = notThere
				break
			}
		}
		values = append(values, value)
	}
	return true, values
}

// first is the first value of an array, and of that.
func first(value any) any {
	for {
		list, ok := value.([]any)
		if !ok {
			return value
		}
		if len(list) == 0 {
			return ""
		}
		value = list[0]
	}
}

func checkTwin(t *testing.T, s string) {
	var sc scratch
	keys := jsonKeys{scratch: &sc}
	var slots []int
	for _, path := range twinKeys {
		slot, _ := keys.add(path...)
		slots = append(slots, slot)
	}
	keys.read(`{"a":"left over","b":{"c":1,"d":{"e":2}}}`) // nothing of one line may be in the next
	sc.reset()
	whole, values := twin(s)
	require.Equal(t, whole, keys.read(s), "%q", s)
	for i, want := range values {
		got := keys.slots[slots[i]]
		switch want := first(want).(type) {
		case slotKind:
			require.Equal(t, slot{}, got, "%q: %v", s, twinKeys[i])
		case nil:
			require.Equal(t, null, got.kind, "%q: %v", s, twinKeys[i])
		case string:
			require.Equal(t, textual, got.kind, "%q: %v", s, twinKeys[i])
			text := got.text
			if got.escaped {
				text = sc.unquote(text)
			}
			require.Equal(t, want, string([]rune(text)), "%q: %v", s, twinKeys[i])
		case json.Number:
			require.Equal(t, slot{kind: textual, text: want.String()}, got, "%q: %v", s, twinKeys[i])
		default:
			require.Equal(t, composite, got.kind, "%q: %v", s, twinKeys[i])
		}
	}
}

var twinSeeds = []string{
	`{}`, `{"a":"x"}`, `{"a":1,"b":{"c":"y","d":{"e":null}},"b.c":-0.5e+7,"ä":"\u00e4\ud83c\udf70"}`, `{"\u0061":true,"\u00e4":"ü"}`,
	`{"a":[[],"x"],"b":[{"c":1}]}`, `{"b":{"c":1},"b":{"d":2}}`, `{"b":{"c":1},"b":"x"}`, `{"b":"x","b":{"c":[1]}}`, `{"a":[[["x"]]],"a":[]}`,
	`{"a":01}`, `{"a":1.}`, `{"a":.5}`, `{"a":1e}`, `{"a":-}`, `{"a":+1}`, `{"a":1E-2}`, `{"a":-0}`, `{"a":0.0}`, `{"a":00}`, `{"a":1e+}`,
	`{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"\u123"}`, `{"a":"\`, `{"a":"\u`, `{"a":"\"}`, "{\"a\":\"\x1f\"}", "{\"a\":\"\x7f\"}", "{\"a\":\"\xff\xe4\"}", "{\"\xff\":1,\"a\":2}",
	`{"a":"\ud83c"}`, `{"a":"\ud83c\ud83c\udf70"}`, `{"a":"\udf70\ud83cx"}`, `{"a":"\ud83c\n"}`, `{"a":"\ud83c\u0041"}`,
	`{"a":tru}`, `{"a":nul`, `{"a":nulll}`, `{"a":truefalse}`, `{"a":1 2}`, `{"a" 1}`, `{"a":}`, `{a:1}`, `{"a":1,}`, `{,}`, `{"a":[1,]}`, `{"a":[,]}`, `{"a":[1 2]}`, `{"a":{]}`, `{"a":[}}`,
	`{"a":1}}`, `{"a":1}x`, ` { "a" : 1 } `, "{\"a\":1}\v", `[]`, `null`, `"x"`, ``, `{`, `{"`, `{"a`, `{"a"`, `{"a":`, `{"a":1`, `{"a":"12345678`, `{"a":"1234567\"`, `{"a":"12345678"}`,
	`{"x":"` + strings.Repeat("1234567", 9) + `\\","a":"7"}`, `{"` + strings.Repeat("k", 63) + `":1,"` + strings.Repeat("k", 64) + `":2}`,
}

// TestJSONKeysAgainstTwin: what the scanner takes and finds is what
// encoding/json takes and finds.
func TestJSONKeysAgainstTwin(t *testing.T) {
	for _, s := range twinSeeds {
		checkTwin(t, s)
	}
	for i := range 8 { // every alignment of what ends a string
		for _, c := range []string{`"`, `\"`, `\\`, `\u00e4`, "\x1f", "\x20", "\x7f", "\x80", "ä"} {
			checkTwin(t, `{"a":"`+strings.Repeat("x", i)+c+strings.Repeat("y", 9)+`"}`)
			checkTwin(t, `{"a":"`+strings.Repeat("x", i)+c)
		}
	}
	whole := fullCloudflareLine(7)
	for i := range len(whole) {
		require.False(t, json.Valid([]byte(whole[:i])))
		checkTwin(t, whole[:i])
	}
	checkTwin(t, whole)
}

func TestJSONDepth(t *testing.T) {
	keys := jsonKeys{scratch: new(scratch)}
	keys.add("a", "a")
	for _, tt := range []struct {
		open, close string
		depth       int
		want        bool
	}{
		{"[", "]", maxDepth - 1, true}, {"[", "]", maxDepth, false}, {"[", "]", MaxLine / 2, false},
		{`{"a":`, "}", maxDepth - 2, true}, {`{"a":`, "}", maxDepth, false}, {`{"a":`, "}", MaxLine / 6, false},
	} {
		text := `{"a":` + strings.Repeat(tt.open, tt.depth) + "1" + strings.Repeat(tt.close, tt.depth) + "}"
		assert.Equal(t, tt.want, keys.read(text), "%d %s", tt.depth, tt.open)
	}
}

func FuzzJSONKeys(f *testing.F) {
	for _, s := range twinSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Count(s, "[")+strings.Count(s, "{") < maxDepth {
			checkTwin(t, s)
		}
	})
}
