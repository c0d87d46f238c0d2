package lake

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxKey is the longest key that S3 takes, in bytes of UTF-8.
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
	maxKey = 1024

	// maxSegment is the longest name of a file that common file systems take.
	maxSegment = 255
)

// ErrKey is what every key gets that a Lake does not take.
var ErrKey = errors.New("bad key")

// checkKey refuses a key that one of the lakes could not keep, or would keep
// elsewhere, so that what works in a folder works in a bucket and the other way
// round. A segment does not start with a dot: so none is "." or "..", and the
// names that a folder keeps for itself (its lock, unfinished files) are free.
func checkKey(key string) error {
	if len(key) > maxKey {
		return fmt.Errorf("lake: %w: it has %d bytes, more than %d", ErrKey, len(key), maxKey)
	}
	if err := checkText(key); err != nil {
		return err
	}
	for segment := range strings.SplitSeq(key, "/") {
		switch {
		case segment == "":
			return fmt.Errorf("lake: %w: %q has an empty part", ErrKey, key)
		case segment[0] == '.':
			return fmt.Errorf("lake: %w: a part of %q starts with a dot", ErrKey, key)
		case len(segment) > maxSegment:
			return fmt.Errorf("lake: %w: a part of it has %d bytes, more than %d", ErrKey, len(segment), maxSegment)
		}
	}
	return nil
}

// checkPrefix refuses what no key can start with: a prefix is the start of a key
// or "", and ends anywhere.
func checkPrefix(prefix string) error {
	if prefix == "" {
		return nil
	}
	return checkKey(strings.TrimSuffix(prefix, "/"))
}

// checkText refuses what XML cannot carry, in which S3 lists its keys.
// https://www.w3.org/TR/xml/#charsets
func checkText(key string) error {
	if !utf8.ValidString(key) {
		return fmt.Errorf("lake: %w: %q is not UTF-8", ErrKey, key)
	}
	for _, r := range key {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' {
			return fmt.Errorf("lake: %w: %q has a control character", ErrKey, key)
		}
	}
	return nil
}
