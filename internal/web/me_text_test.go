package web

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMeTexts(t *testing.T) {
	english, german := reflect.ValueOf(*meTexts["en"]), reflect.ValueOf(*meTexts["de"])
	for i := range english.NumField() {
		name := english.Type().Field(i).Name
		if name == "English" { // says in the page's language that the rest is in English
			assert.Empty(t, english.Field(i).String())
		} else {
			assert.NotEmpty(t, english.Field(i).String(), name)
		}
		assert.NotEmpty(t, german.Field(i).String(), name)
		assert.NotEqual(t, english.Field(i).String(), german.Field(i).String(), name)
	}
}

func TestMeLanguage(t *testing.T) {
	for accept, want := range map[string]string{
		"": "en", "*": "en", "fr": "en", "de": "de", "de-AT,en;q=0.5": "de", "en-GB,en;q=0.9,de;q=0.8": "en", "fr,de;q=0.4,en;q=0.3": "de", "DE-de": "de",
		"en;q=0.1, de ; q=0.2": "de", "en,de": "en", "de,en": "de", "de;q=0": "en", "de;q=x": "en", "de;q=NaN,en;q=0.1": "en", "deu": "en", ";;,,=": "en",
	} {
		assert.Equal(t, want, meLanguage(accept), accept)
		page := readMe(t, askMe(t, http.MethodGet, mePath, map[string]string{"Accept-Language": accept}))
		assert.Contains(t, page.text, meTexts[want].Title)
		assert.Contains(t, page.text, "A program asked, not a person.", "the explanation is in English")
	}
	german := askMe(t, http.MethodGet, mePath, map[string]string{"Accept-Language": "de"}).Body.String()
	assert.Contains(t, german, `<html lang="de">`)
	assert.Contains(t, german, `<p lang="en"><strong>A program asked`)
	assert.Contains(t, german, `<ul lang="en">`)
}

// TestMePlain: only where nothing was sent that https would have brought, and never
// where the front says that it was https.
func TestMePlain(t *testing.T) {
	text := meTexts["en"]
	for _, tt := range []struct {
		proto, header, want string
	}{
		{"http", "", text.PlainSeen},
		{"https", "", ""},
		{"", "", text.PlainMaybe},
		{"gopher", "", text.PlainMaybe},
		{"http", "Sec-Fetch-Site", ""},
		{"", "Sec-CH-UA-Platform", ""},
		{"http", "DNT", text.PlainSeen},
		{"http", "X-Requested-With", text.PlainSeen},
	} {
		h := http.Header{}
		if tt.proto != "" {
			h.Set("CloudFront-Forwarded-Proto", tt.proto)
		}
		if tt.header != "" {
			h.Set(tt.header, "1")
		}
		assert.Equal(t, tt.want, text.plain(h, meHeaders(h)), "%s %s", tt.proto, tt.header)
	}
}
