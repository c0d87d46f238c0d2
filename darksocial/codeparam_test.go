package darksocial

import (
	"fmt"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cleaners are what takes parameters off addresses: the patterns by which each knows
// them, as far as they hold for every site.
var cleaners = map[string]*regexp.Regexp{
	"ClearURLs": regexp.MustCompile(`^(?:%3F)?(?:utm(?:_[a-z_]*)?|ga_[a-z_]+|yclid|_openstat|fb_action_(?:types|ids)|fb_(?:source|ref)|fbclid|action_(?:object|type|ref)_map|gs_l|mkt_tok|` +
		`hmb_(?:campaign|medium|source)|gclid|otm_[a-z_]*|cmpid|os_ehash|_ga|_gl|__twitter_impression|wt_?z?mc|wtrid|[a-z]?mc|dclid|Echobox|spm|vn(?:_[a-z]*)+|tracking_source|ceneo_spo|` +
		`itm_(?:campaign|medium|source)|__hsfp|__hssc|__hstc|_hsenc|__s|hsCtaTracking|mc_(?:eid|cid|tc)|ml_subscriber|ml_subscriber_hash|msclkid|oly_anon_id|oly_enc_id|rb_clickid|s_cid|` +
		`vero_conv|vero_id|wickedid|twclid|ref_?|referrer)$`),
	"anything like a click id": regexp.MustCompile(`clid$`),
	"networks' share ids":      regexp.MustCompile(`^(igsh|igshid|si|share_id|xmt|mibextid|srsltid|gad_.*|_branch_match_id)$`),
	"mail tools' ids":          regexp.MustCompile(`^(mc_cid|mc_eid|_ke|_kx|mkt_tok|_hsenc|_hsmi|ck_subscriber_id|vero_id)$`),
}

// clean is an address without what a cleaner takes off.
func clean(t *testing.T, address string, cleaner *regexp.Regexp) string {
	u, err := url.Parse(address)
	require.NoError(t, err)
	q := u.Query()
	for name := range q {
		if cleaner.MatchString(name) {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// TestCodesSurviveCleaners: whatever a site calls the parameter, no cleaner takes it off,
// or the site file is refused.
func TestCodesSurviveCleaners(t *testing.T) {
	for _, name := range []string{"ds", "via", "s", "x-1", "from_share"} {
		assert.Empty(t, (&Site{CodeParameter: name}).Check(), name)
		for cleaner, pattern := range cleaners {
			address := "https://www.example.com/a?utm_source=x&fbclid=y&" + name + "=8ZkPq4vR2Ts&igshid=z"
			assert.Contains(t, clean(t, address, pattern), name+"=8ZkPq4vR2Ts", cleaner)
		}
	}
	for _, name := range []string{"utm_content", "utmx", "fbclid", "myclid", "ga_x", "mc", "wt_mc", "ref", "spm", "igsh", "si", "gclid", "vn_a", "mtm_share", "mc_eid", "_ke", "ref_",
		"Ds", "1ds", "d s", "d&s", "a-very-long-parameter", "ä", "d="} {
		assert.ErrorContains(t, (&Site{CodeParameter: name}).Check(), "code_parameter", name)
	}
}

// TestCodesSurviveCopying: a code is one word, so a double click takes all of it; it is
// what it was in any escaping, and at the end of a sentence.
func TestCodesSurviveCopying(t *testing.T) {
	const code = "8ZkPq4vR2Ts"
	assert.Equal(t, code, url.QueryEscape(code))
	assert.Equal(t, code, url.PathEscape(code))
	links := regexp.MustCompile(`https://[^\s<>"]*[^\s<>".,;:!?)\]]`) // as chat programs find them
	word := regexp.MustCompile(`\w+$`)
	for _, text := range []string{"%s", "Look: %s.", "(%s)", "<%s>", "%s, read that!", "\"%s\"", "*%s*", "_%s_"} {
		link := "https://www.example.com/a?ds=" + code
		found := links.FindString(fmt.Sprintf(text, link))
		if text == "*%s*" || text == "_%s_" { // taken for a part of the address by some: then the code is no code of ours
			continue
		}
		assert.Equal(t, link, found, text)
		assert.Equal(t, code, word.FindString(found))
	}
}
