package edge

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAppendEscaped holds to the list of AWS's documentation.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
func TestAppendEscaped(t *testing.T) {
	for _, tt := range []struct{ sent, want string }{
		{"", ""},
		{"\x00\t \x7fü", "%00%09%20%7F%C3%BC"},
		{`<>"#%{}|\^~[]` + "`'", "%3C%3E%22%23%25%7B%7D%7C%5C%5E%7E%5B%5D%60%27"},
		{"!$&()*+,-./0129:;=?@ABYZ_abyz", "!$&()*+,-./0129:;=?@ABYZ_abyz"},
		{"%2520", "%252520"},
	} {
		assert.Equal(t, tt.want, string(AppendEscaped(nil, tt.sent)))
		assert.Equal(t, "x"+tt.want, string(AppendEscaped([]byte("x"), []byte(tt.sent))))
	}
}

// TestEscapesAreUndone: what a log says of any byte is the byte again, so no value
// can look like another one.
func TestEscapesAreUndone(t *testing.T) {
	var s scratch
	for first := range 256 {
		for _, second := range []byte("%2f0 ü") {
			sent := string([]byte{byte(first), second, '5'})
			assert.Equal(t, sent, s.unescape(string(AppendEscaped(nil, sent))))
		}
	}
}
