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

// stripped are parameters that browsers, blockers and messengers take off addresses,
// beside the click ids and campaign tags that we read; '*' is any rest. A code in one
// would not arrive. https://github.com/ClearURLs/Rules (the rules for every site),
// https://github.com/mpchadwick/tracking-query-params-registry,
// https://github.com/brave/adblock-lists
var stripped = []string{
	"__hsfp", "__hssc", "__hstc", "__s", "__twitter_impression", "_branch_match_id", "_ga", "_gl", "_openstat", "action_*", "bmc", "ceneo_spo", "cmpid", "echobox",
	"fb_*", "ga_*", "gs_l", "hmb_*", "hsctatracking", "icid", "igsh", "igshid", "itm_*", "mbid", "mc", "mc_*", "mibextid", "ml_subscriber*", "mtm_*", "oft_*",
	"oly_anon_id", "oly_enc_id", "os_ehash", "otm_*", "piwik_*", "pk_*", "rb_clickid", "ref", "ref_", "referrer", "s_cid", "s_kwcid", "share_id", "si", "sms_*", "spm",
	"ss_email_id", "tracking_source", "trk", "utm*", "vero_*", "vn_*", "wickedid", "wt_mc", "wt_zmc", "wtmc", "wtrid", "xmt", "yadid",
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
	if isStripped(name) {
		return fmt.Sprintf("%q is the name of a click id or campaign tag, or looks like one: browsers and blockers take those off addresses", name)
	}
	return ""
}

func isStripped(name string) bool {
	if _, read := tables.params[name]; read || strings.HasSuffix(name, "clid") {
		return true
	}
	return slices.ContainsFunc(stripped, func(pattern string) bool {
		prefix, loose := strings.CutSuffix(pattern, "*")
		return name == pattern || loose && strings.HasPrefix(name, prefix)
	})
}
