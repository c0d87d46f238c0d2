package edgefunction

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// fields are the headers, the cookies or the parameters of a message, in the order
// in which their names came first. CloudFront gives them as
// {name: {value, multiValue: [{value}, …]}}, multiValue only where a name came more
// than once.
type fields struct {
	list []field
	at   map[string]int // by name
}

type field struct {
	name   string
	values []value
}

type value struct {
	text       string
	attributes string // of a cookie that is set: "Path=/; Secure"
}

// newFields has room for n names.
func newFields(n int) fields {
	return fields{make([]field, 0, n), make(map[string]int, n)}
}

func (f *fields) add(name string, values ...value) {
	if i, ok := f.at[name]; ok {
		f.list[i].values = append(f.list[i].values, values...)
		return
	}
	f.at[name] = len(f.list)
	f.list = append(f.list, field{name, values})
}

func (f *fields) get(name string) []value {
	if i, ok := f.at[name]; ok {
		return f.list[i].values
	}
	return nil
}

// equal reports whether both have the same values under the same names. The order
// of names does not count: JavaScript has an order of its own for names like "7".
func (f *fields) equal(other *fields) bool {
	if len(f.list) != len(other.list) {
		return false
	}
	for _, one := range f.list {
		if !slices.Equal(one.values, other.get(one.name)) {
			return false
		}
	}
	return true
}

// object makes the JavaScript object.
func (f *fields) object(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	for _, one := range f.list {
		first := one.values[0].object(vm)
		if len(one.values) > 1 {
			all := make([]any, len(one.values))
			for i, v := range one.values {
				all[i] = v.object(vm)
			}
			set(first, "multiValue", vm.NewArray(all...))
		}
		set(o, one.name, first)
	}
	return o
}

func (v value) object(vm *goja.Runtime) *goja.Object {
	if v.attributes == "" {
		return text(vm, "value", v.text)
	}
	return text(vm, "value", v.text, "attributes", v.attributes)
}

// set makes a property of the object itself, also where the name is __proto__,
// which an assignment would take for the object's prototype. Header names are the
// client's.
func set(o *goja.Object, name string, v goja.Value) {
	if name != "__proto__" {
		_ = o.Set(name, v) // fails on objects that are not plain
		return
	}
	_ = o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
}

// text makes an object of names and strings.
func text(vm *goja.Runtime, pairs ...string) *goja.Object {
	o := vm.NewObject()
	for i := 0; i < len(pairs); i += 2 {
		set(o, pairs[i], vm.ToValue(pairs[i+1]))
	}
	return o
}

// read reads a message's headers, cookies or parameters back; f is what the
// function was given under that name. No object means none of them.
func (f *fields) read(message *goja.Object, name string) (*fields, error) {
	property := message.Get(name)
	if !isSet(property) {
		return &fields{}, nil
	}
	o, ok := property.(*goja.Object)
	if !ok {
		return nil, fmt.Errorf("%s is no object", name)
	}
	keys := o.Keys()
	read := newFields(len(keys))
	for _, key := range keys {
		values, err := readValues(o.Get(key), f.get(key))
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", name, key, err)
		}
		if len(values) > 0 {
			read.add(key, values...)
		}
	}
	return &read, nil
}

// readValues says what a field holds after the run. Where there is a multiValue it
// is what counts, unless it is as it was given: then value is the first.
func readValues(v goja.Value, given []value) ([]value, error) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, fmt.Errorf("it is no object")
	}
	all, ok := o.Get("multiValue").(*goja.Object)
	if !ok {
		first, err := readValue(o)
		return []value{first}, err
	}
	values := make([]value, 0, len(given)+1)
	for _, key := range all.Keys() {
		one, err := readValue(all.Get(key))
		if err != nil {
			return nil, err
		}
		values = append(values, one)
	}
	if len(given) > 1 && slices.Equal(values, given) {
		first, err := readValue(o)
		values[0] = first
		return values, err
	}
	return values, nil
}

func readValue(v goja.Value) (value, error) {
	o, ok := v.(*goja.Object)
	if !ok {
		return value{}, fmt.Errorf("it is no object")
	}
	held, ok := o.Get("value").(goja.String)
	if !ok {
		return value{}, fmt.Errorf("its value is no string")
	}
	read := value{text: held.String()}
	if attributes, ok := o.Get("attributes").(goja.String); ok {
		read.attributes = attributes.String()
	}
	return read, nil
}

// isSet reports a property that is there and not null.
func isSet(v goja.Value) bool {
	return v != nil && !goja.IsUndefined(v) && !goja.IsNull(v)
}

// utf8Text is a text as CloudFront shows it to a function: what is not UTF-8 is
// taken for ISO 8859-1, at
// docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html.
func utf8Text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(rune(c))
	}
	return b.String()
}
