package darksocial

import (
	"fmt"
	"slices"
	"strings"
)

// DefaultCodeParameter carries a share code in a page's address: "/article?ds=8ZkPq4vR2Ts".
// It is on no list of parameters that browsers, mail programs and blockers take off
// addresses, and looks like no click id.
const DefaultCodeParameter = "ds"

// CodeName is the name of the parameter that carries a share code in the addresses of
// the site's pages.
func (s *Site) CodeName() string {
	if s.CodeParameter == "" {
		return DefaultCodeParameter
	}
	return s.CodeParameter
}

// maxCodeName bounds the name of the parameter, in bytes: it stands in every link.
const maxCodeName = 16

// stripped are parameters that browsers and blockers take off addresses, beside click
// ids and campaign tags. A code in one would not arrive.
// https://github.com/mpchadwick/tracking-query-params-registry,
// https://github.com/ClearURLs/Rules, https://github.com/brave/adblock-lists
var stripped = []string{
	"_ga", "_gl", "_branch_match_id", "_openstat", "__hsfp", "__hssc", "__hstc", "__s", "__twitter_impression", "hsCtaTracking", "icid", "igsh", "igshid", "mibextid",
	"ml_subscriber", "ml_subscriber_hash", "oft_id", "oft_k", "oft_lk", "oft_d", "oft_c", "oft_ck", "oft_ids", "oft_sk", "oly_anon_id", "oly_enc_id", "rb_clickid",
	"s_cid", "s_kwcid", "share_id", "si", "sms_click", "sms_source", "sms_uph", "ss_email_id", "trk", "tracking_source", "vero_conv", "wickedid", "wt_mc", "xmt", "yadid",
}

// codeNameProblem says why a parameter cannot carry codes, or "".
func codeNameProblem(name string) string {
	for i := range len(name) {
		if c := name[i]; !('a' <= c && c <= 'z' || i > 0 && (isDigit(c) || c == '_' || c == '-')) {
			return fmt.Sprintf("%q: write a name of lower-case letters, digits, \"_\" and \"-\", like \"ds\" or \"via\"", name)
		}
	}
	if len(name) > maxCodeName {
		return fmt.Sprintf("%q is longer than %d characters: it stands in every link that is shared", name, maxCodeName)
	}
	_, read := tables.params[name]
	switch {
	case read, slices.Contains(stripped, name), strings.HasSuffix(name, "clid"), strings.HasPrefix(name, "utm_"), strings.HasPrefix(name, "fb_"), strings.HasPrefix(name, "ga_"), strings.HasPrefix(name, "hmb_"), strings.HasPrefix(name, "pk_"), strings.HasPrefix(name, "mtm_"):
		return fmt.Sprintf("%q is the name of a click id or campaign tag, or looks like one: browsers and blockers take those off addresses", name)
	}
	return ""
}
