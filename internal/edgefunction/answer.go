package edgefunction

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/dop251/goja"
)

// readAnswer reads an answer that the function makes itself.
func readAnswer(message *goja.Object) (*Answer, error) {
	status, ok := message.Get("statusCode").Export().(int64)
	if !ok || status < 200 || status > 599 {
		return nil, fmt.Errorf("statusCode %v is none", message.Get("statusCode"))
	}
	header, err := responseParts(int(status), nil).header(message)
	if err != nil {
		return nil, err
	}
	body, err := readBody(message.Get("body"))
	if err != nil {
		return nil, err
	}
	return &Answer{int(status), header, body}, nil
}

// readBody reads a body: a string, or {encoding: "text" or "base64", data}.
func readBody(v goja.Value) ([]byte, error) {
	if !isSet(v) {
		return nil, nil
	}
	if s, ok := v.(goja.String); ok {
		return []byte(s.String()), nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, errors.New("the body is neither a string nor an object")
	}
	data, ok := o.Get("data").(goja.String)
	if !ok {
		return nil, errors.New("the body's data is no string")
	}
	switch encoding := o.Get("encoding"); {
	case encoding == nil:
		return nil, errors.New("the body has no encoding")
	case encoding.String() == "text":
		return []byte(data.String()), nil
	case encoding.String() == "base64":
		body, err := base64.StdEncoding.DecodeString(data.String())
		if err != nil {
			return nil, fmt.Errorf("the body: %w", err)
		}
		return body, nil
	default:
		return nil, fmt.Errorf("the body's encoding %q is neither text nor base64", encoding.String())
	}
}
