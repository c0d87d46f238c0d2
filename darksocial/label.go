package darksocial

// Label is the verdict on one visit. It is a plain value: copying it is cheap,
// and two labels are equal if and only if they say the same.
type Label struct {
	Kind       Kind
	Channel    Channel    // where the visit came from; empty for a bot, an internal click and what is no page navigation
	Visibility Visibility // whether that share was private
	Source     string     // canonical lower-case name ("whatsapp", "google"), the host of an unlisted referring site, or empty
	Surface    Surface    // what the page was opened in
	Confidence Confidence // how sure the source is
	DirectKind DirectKind // only for the channel direct
	ByReferrer Channel    // what a tool that reads only Referer and utm would say; empty if the door could not see the Referer
	Evidence   Evidence   // why, strongest first
}

// Kind says what a request is.
type Kind uint8

const (
	KindVisit    Kind = iota // a person opened a page
	KindPreview              // a link-preview fetcher: evidence of a share, never a visit
	KindPrefetch             // a browser fetched the page ahead of a click that may never come
	KindBot                  // any other program
	KindInternal             // a click inside the site
	KindOther                // not a page navigation: an asset, an API call, an error page
)

var kindNames = [...]string{"visit", "preview", "prefetch", "bot", "internal", "other"}

func (k Kind) String() string { return kindNames[k] }

// Channel says by which way a visit came.
type Channel uint8

const (
	ChannelNone Channel = iota
	DarkSocial          // a messenger or another private place
	Social
	Email
	Search
	AI
	Paid
	Campaign // a link the site, or somebody for it, has tagged
	Referral // a link on another site
	Direct   // nothing says where it came from
)

var channelNames = [...]string{"", "dark_social", "social", "email", "search", "ai", "paid", "campaign", "referral", "direct"}

func (c Channel) String() string { return channelNames[c] }

// Visibility says whether the share behind a visit was meant for some or for all.
type Visibility uint8

const (
	VisibilityUnknown Visibility = iota
	Private
	Public
)

var visibilityNames = [...]string{"unknown", "private", "public"}

func (v Visibility) String() string { return visibilityNames[v] }

// Surface says what a page was opened in.
type Surface uint8

const (
	SurfaceUnknown Surface = iota
	InApp                  // a page inside another app
	Browser
	Fetcher // nobody looks at it: a program reads the page
)

var surfaceNames = [...]string{"unknown", "in_app", "browser", "fetcher"}

func (s Surface) String() string { return surfaceNames[s] }

// Confidence says how sure a source is. Any client can lie in any header:
// certain means certain for an honest one.
type Confidence uint8

const (
	ConfidenceUnknown Confidence = iota
	Possible
	Likely  // a shape, or a habit
	Strong  // a header that names the source
	Certain // a name only that app writes, on a platform it runs on
)

var confidenceNames = [...]string{"unknown", "possible", "likely", "strong", "certain"}

func (c Confidence) String() string { return confidenceNames[c] }

// DirectKind takes "direct" apart as far as Sec-Fetch-Site does.
type DirectKind uint8

const (
	NotDirect     DirectKind = iota
	TypedOrApp               // Sec-Fetch-Site none: address bar, bookmark, or a link opened from another app
	HiddenWeb                // cross-site without Referer: a web page that hides its address
	DirectUnknown            // the header is not there, or nobody looked
)

var directKindNames = [...]string{"", "typed_or_app", "hidden_web", "unknown"}

func (d DirectKind) String() string { return directKindNames[d] }

// Shared reports whether the visit came from something a person shared: in a
// messenger, in mail between people, in a network. A newsletter, an ad and the
// site's own posts are campaigns.
func (l *Label) Shared() bool {
	return l.Channel == DarkSocial || l.Channel == Social || l.Channel == Email
}

// LeftOut says why what was labelled is no page view to be kept, or "". Previews are
// kept: they are evidence of a share; so is what a browser fetched ahead, because the
// page may say later that it was shown.
func (l *Label) LeftOut() string {
	switch l.Kind {
	case KindOther:
		return RuleOf(l.Evidence.At(0)).ID
	case KindBot, KindInternal:
		return l.Kind.String()
	}
	return ""
}
