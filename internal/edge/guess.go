package edge

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
)

// Guess tells the format of a log by its first line, and returns an input from
// which nothing has been taken. A real-time log cannot be told: it has columns
// and no names for them.
func Guess(in io.Reader) (Format, io.Reader) {
	const enough = 64 << 10
	whole := bufio.NewReaderSize(in, enough)
	head, _ := whole.Peek(enough) // fewer are there, or reading will tell
	if z, err := gzip.NewReader(bytes.NewReader(head)); err == nil {
		head, _ = io.ReadAll(io.LimitReader(z, enough)) // cut, most likely
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	line, _, _ := bytes.Cut(head, []byte("\n"))
	switch {
	case len(line) > 0 && line[0] == '#', bytes.Contains(line, []byte(`"cs-uri-stem"`)):
		return CloudFront, whole
	case len(line) > 0 && line[0] == '{':
		return NDJSON, whole
	}
	return Combined, whole
}
