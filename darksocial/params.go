package darksocial

// paramRule is a row of the table of click ids: parameters that networks add to
// the links out of them. Parameter names are compared as written.
type paramRule struct {
	name   string
	source string
	signal Signal // SignalPaid, SignalCampaign or SignalSoftClick
	cite   string
}

// clickIDs: a paid one is only ever added to ads. Facebook's and Pinterest's are
// on organic links as well, and stay on a link that is copied on: they say where
// a link has been, not that the click was paid or public.
//
// Ids of links *to* a network (igshid, si, mibextid) say nothing on ours.
var clickIDs = []paramRule{
	{"gclid", "google", SignalPaid, "tqpr"},
	{"gclsrc", "google", SignalPaid, "tqpr"},
	{"dclid", "google", SignalPaid, "tqpr"},
	{"gbraid", "google", SignalPaid, "tqpr"},
	{"wbraid", "google", SignalPaid, "tqpr"},
	{"gad_source", "google", SignalPaid, "tqpr"},
	{"gad_campaignid", "google", SignalPaid, "tqpr"},
	{"msclkid", "bing", SignalPaid, "tqpr"},
	{"twclid", "x", SignalPaid, "tqpr"},
	{"ttclid", "tiktok", SignalPaid, "tqpr"},
	{"ScCid", "snapchat", SignalPaid, "tqpr"},
	{"sccid", "snapchat", SignalPaid, "tqpr"},
	{"yclid", "yandex", SignalPaid, "tqpr"},
	{"rdt_cid", "reddit", SignalPaid, "memory"},
	{"li_fat_id", "linkedin", SignalPaid, "memory"},
	{"obclid", "outbrain", SignalPaid, "memory"},
	{"tblci", "taboola", SignalPaid, "memory"},

	// Mail tools: the link was in a newsletter.
	{"mc_cid", "mailchimp", SignalCampaign, "tqpr"},
	{"mc_eid", "mailchimp", SignalCampaign, "tqpr"},
	{"_ke", "klaviyo", SignalCampaign, "tqpr"},
	{"_kx", "klaviyo", SignalCampaign, "tqpr"},
	{"mkt_tok", "marketo", SignalCampaign, "tqpr"},
	{"_hsenc", "hubspot", SignalCampaign, "tqpr"},
	{"_hsmi", "hubspot", SignalCampaign, "tqpr"},
	{"ck_subscriber_id", "convertkit", SignalCampaign, "tqpr"},
	{"vero_id", "vero", SignalCampaign, "tqpr"},

	// Organic as well.
	{"fbclid", "facebook", SignalSoftClick, "tqpr"},
	{"epik", "pinterest", SignalSoftClick, "tqpr"},
	{"srsltid", "google", SignalSoftClick, "tqpr"},
}

// Campaign parameters, in the spellings of Google Analytics, Matomo (mtm_, pk_)
// and the plain ref= that newsletters and directories put on theirs.
var (
	sourceParams   = []string{"utm_source", "mtm_source", "pk_source"}
	refParams      = []string{"ref"}
	mediumParams   = []string{"utm_medium", "mtm_medium", "pk_medium"}
	campaignParams = []string{"utm_campaign", "mtm_campaign", "pk_campaign"}
)

// utmRule is a row of the tables of campaign values. value is compared without
// case, with "-", "_", "+" and blanks taken as one; a trailing '*' is any rest.
type utmRule struct {
	id      string
	value   string
	channel Channel // what the tag says by itself; by the policy paid stays paid and the rest is a campaign
}

// paidMediums are the words of Google's default channel groups for paid links.
var utmMediums = []utmRule{
	{"utm.medium.cpc", "cpc", Paid},
	{"utm.medium.ppc", "ppc", Paid},
	{"utm.medium.paid", "paid*", Paid},
	{"utm.medium.cpm", "cpm", Paid},
	{"utm.medium.cpv", "cpv", Paid},
	{"utm.medium.cpa", "cpa", Paid},
	{"utm.medium.retargeting", "retargeting", Paid},
	{"utm.medium.display", "display", Paid},
	{"utm.medium.banner", "banner", Paid},
	{"utm.medium.interstitial", "interstitial", Paid},
	{"utm.medium.expandable", "expandable", Paid},
	{"utm.medium.pmax", "pmax", Paid},
	{"utm.medium.ads", "ads", Paid},
	{"utm.medium.ad", "ad", Paid},
	{"utm.medium.sem", "sem", Paid},
	{"utm.medium.email", "email", Email},
	{"utm.medium.e-mail", "e-mail", Email},
	{"utm.medium.newsletter", "newsletter", Email},
	{"utm.medium.organic", "organic", Search},
	{"utm.medium.social", "social*", Social},
	{"utm.medium.sm", "sm", Social},
	{"utm.medium.referral", "referral", Referral},
	{"utm.medium.other", "*", Campaign},
}

// utmSources are values that decide by themselves: ads by name, and assistants,
// which tag their links without the site's doing.
var utmSources = []utmRule{
	{"utm.source.ads", "ads", Paid},
	{"utm.source.some-ads", "*-ads", Paid},
	{"utm.source.some-ad", "*-ad", Paid},
	{"utm.source.fbad", "fbad", Paid},
	{"utm.source.fbads", "fbads", Paid},
	{"utm.source.googleads", "googleads", Paid},
	{"utm.source.adwords", "adwords", Paid},
	{"utm.source.other", "*", Campaign},
}

// utmCampaigns are campaign names that ad systems set by themselves.
var utmCampaigns = []utmRule{
	{"utm.campaign.cross-network", "cross-network", Paid},
	{"utm.campaign.other", "*", Campaign},
}
