package edge

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"

	"darksocial/darksocial"
)

// Format names a way of writing requests down.
type Format string

// The formats, in the spelling of the command line.
const (
	NDJSON             Format = "ndjson"              // one JSON object per line
	CloudFront         Format = "cloudfront"          // standard log, by its own #Fields; JSON lines of standard logging v2
	CloudFrontRealtime Format = "cloudfront-realtime" // real-time log, columns given in Options.Fields
	Combined           Format = "combined"            // Apache and nginx: combined, vhost_combined, common
	JSON               Format = "json"                // one JSON object per line, keys given in Options.FieldMap
)

// Formats lists every format NewReader takes.
var Formats = []Format{NDJSON, CloudFront, CloudFrontRealtime, Combined, JSON}

const (
	// MaxLine is the longest line that is read, in bytes. CloudFront logs no
	// request whose URL is over 8 KiB or whose headers are over 20 KiB, so a
	// real line ends far below it.
	MaxLine = 256 << 10

	// bufferSize is all the input a Reader holds at any time. It is larger than
	// MaxLine, so every line that is read lies in the buffer in one piece.
	bufferSize = 1 << 20
)

// Options say how the lines of an input are read.
type Options struct {
	Format Format

	// Fields are the columns of a log that does not name them itself, in the
	// order of the log. CloudFrontRealtime requires them. With CloudFront they
	// stand in for a missing #Fields line; with other formats they are ignored.
	Fields []string

	// FieldMap says under which keys a line has what. JSON requires it; with
	// other formats it is ignored.
	FieldMap *darksocial.FieldMap

	// Host is the host of the page where a line has none: always with Combined,
	// for a url that is only a path with NDJSON and JSON, and without
	// x-host-header in a CloudFront log.
	Host string

	// Now is the clock that lines dated in the future are measured by;
	// time.Now if nil.
	Now func() time.Time
}

// Line is one line of input: a visit, or why it could not be read.
type Line struct {
	Number int    // counted from 1, directives included
	ID     string // the request id; empty if the line has none
	Visit  darksocial.Visit
	Err    error // says what is wrong and what to do, never what the line held
}

// Reader turns lines of a log into visits. It is not for concurrent use.
type Reader struct {
	name    string
	src     io.Reader
	in      *bufio.Reader
	buffers []*bufio.Reader // those to be given back
	decode  decoder
	number  int
	err     error
}

// decoder reads one line, without its line end. It reports skip for a line
// that is a directive to the decoder and not a record.
type decoder interface {
	decode(s string, line *Line) (skip bool, err error)
}

// NewReader reads lines of in, which may be gzip: that is told by its magic
// number, not by its name. name stands in errors: a file name, or "stdin".
//
// The error is about opt alone. Nothing is read before the first call of Next.
func NewReader(in io.Reader, name string, opt Options) (*Reader, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	host := hostName(opt.Host, new(scratch))
	clock := clock{now: opt.Now}
	r := &Reader{name: name, src: in}
	switch opt.Format {
	case NDJSON:
		r.decode = &ndjson{host: host, clock: clock}
	case Combined:
		r.decode = &combined{host: host, clock: clock}
	case JSON:
		d, err := newJSONLog(opt.FieldMap, host, clock)
		if err != nil {
			return nil, err
		}
		r.decode = d
	case CloudFront, CloudFrontRealtime:
		d := &cloudFront{host: host, clock: clock}
		if opt.Format == CloudFrontRealtime {
			if err := checkRealtimeFields(opt.Fields); err != nil {
				return nil, err
			}
		}
		if len(opt.Fields) > 0 {
			d.setColumns(opt.Fields)
		}
		r.decode = d
	default:
		names := make([]string, len(Formats))
		for i, f := range Formats {
			names[i] = string(f)
		}
		slices.Sort(names)
		return nil, fmt.Errorf("edge: unknown format %q: use one of %s", opt.Format, strings.Join(names, ", "))
	}
	return r, nil
}

// Check reports what NewReader would refuse.
func (o Options) Check() error {
	_, err := NewReader(nil, "", o)
	return err
}

// Next fills line with the next line and reports false at the end of the input.
// The strings of line are valid until the next call: copy what is to be kept.
func (r *Reader) Next(line *Line) bool {
	for r.err == nil {
		if r.in == nil {
			if r.err = r.open(); r.err != nil {
				break
			}
		}
		raw, tooLong, err := r.readLine()
		if err != nil {
			r.err = err
			break
		}
		r.number++
		*line = Line{Number: r.number}
		var skip bool
		switch {
		case tooLong:
			err = errTooLong
		case len(raw) == 0:
			err = errEmpty
		default:
			// The line is read as a string in place: no copy, and the decoders
			// cannot write to it. It is overwritten by the next readLine,
			// which is why strings of a Line end with the next call.
			skip, err = r.decode.decode(unsafe.String(&raw[0], len(raw)), line)
		}
		if skip {
			continue
		}
		if err != nil {
			line.Visit = darksocial.Visit{}
			line.Err = fmt.Errorf("%s:%d: %w", r.name, r.number, err)
		}
		return true
	}
	r.release()
	return false
}

// Err is what ended the input early, with the name of the input and the line it
// was at: a read error or a damaged gzip. It is nil at a clean end.
func (r *Reader) Err() error {
	if r.err == nil || r.err == io.EOF {
		return nil
	}
	return fmt.Errorf("%s:%d: %w", r.name, r.number+1, r.err)
}

var (
	errEmpty   = errors.New("empty line: remove it")
	errTooLong = fmt.Errorf("longer than %d KiB: no access log writes such a line, check the line ends", MaxLine>>10)
)

// buffers are used again: a folder of small files would otherwise cost two
// megabytes a file.
var buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, bufferSize) }}

func (r *Reader) buffer(src io.Reader) *bufio.Reader {
	b := buffers.Get().(*bufio.Reader)
	b.Reset(src)
	r.buffers = append(r.buffers, b)
	return b
}

// release gives the buffers back at the end of the input, which ends the strings
// of the last line as well.
func (r *Reader) release() {
	for _, b := range r.buffers {
		b.Reset(nil)
		buffers.Put(b)
	}
	r.in, r.buffers = nil, nil
}

// open finds out whether the input is gzip and drops a byte order mark.
func (r *Reader) open() error {
	in := r.buffer(r.src)
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		// Several members in a row are one stream to gzip.Reader, as they are
		// to gunzip: `cat a.gz b.gz` is a valid file.
		z, err := gzip.NewReader(in)
		if err != nil {
			return gzipError(err)
		}
		in = r.buffer(gunzip{z})
	}
	if bom, err := in.Peek(3); err == nil && string(bom) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	r.in = in
	return nil
}

// readLine returns the next line without its line end, in the reader's buffer.
// The last line needs no line end, but it does need the end of the input: what
// a failing input left of a line is not a line.
func (r *Reader) readLine() (raw []byte, tooLong bool, err error) {
	raw, err = r.in.ReadSlice('\n')
	for err == bufio.ErrBufferFull {
		tooLong = true
		raw, err = r.in.ReadSlice('\n')
	}
	if err == io.EOF && (len(raw) > 0 || tooLong) {
		err = nil
	}
	if err != nil {
		return nil, false, err
	}
	raw = bytes.TrimSuffix(raw, []byte("\n"))
	raw = bytes.TrimSuffix(raw, []byte("\r"))
	return raw, tooLong || len(raw) > MaxLine, nil
}

// gunzip says of a damaged gzip that it is one, which its errors do not.
type gunzip struct{ z *gzip.Reader }

func (g gunzip) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	if err != nil && err != io.EOF {
		err = gzipError(err)
	}
	return n, err
}

func gzipError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		return fmt.Errorf("gzip ends early: the lines before were read, fetch the file again: %w", io.ErrUnexpectedEOF)
	}
	return fmt.Errorf("gzip is damaged: the lines before were read, fetch the file again: %w", err)
}
