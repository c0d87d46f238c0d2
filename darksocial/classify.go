package darksocial

// precedence is the policy: of all signals a visit shows, the first in this
// list says where it came from. A share code of ours was made for this very link. The
// link's other marks beat what the browser says
// of the page before, a page beats the app around it (people browse on inside an
// app's browser), a header that names an app beats a name in the User-Agent, and
// what only hints comes last.
var precedence = [...]Signal{
	SignalShareCode,
	SignalPaid,
	SignalOwnChannel,
	SignalCampaign,
	SignalReferer,
	SignalAppReferer,
	SignalRequestedWith,
	SignalUserAgent,
	SignalSoftClick,
	SignalShape,
	SignalShared,
}

// Classifier labels the visits of one site. It is safe for concurrent use.
type Classifier struct {
	site   Site
	agents *agentCache
}

// New returns a classifier for a site, which it checks no further: see
// ParseSite and Site.Check.
func New(site Site) *Classifier {
	return &Classifier{site: site, agents: newAgentCache(agentsRemembered)}
}

// agentsRemembered is how many User-Agents are not read anew: about 3 MB of usual
// ones, and 10 MB of the longest anybody can send.
const agentsRemembered = 8192

// Classify labels one visit. It never fails and never guesses silently: a visit
// without any signal is direct, with confidence unknown.
func (c *Classifier) Classify(v *Visit) Label {
	f := c.Facts(v)
	return Resolve(&f)
}

// Resolve gives the verdict on facts.
func Resolve(f *Facts) Label {
	l := Label{Kind: f.kind(), Surface: f.surface(), Evidence: f.Evidence}
	switch l.Kind {
	case KindOther, KindBot, KindInternal:
		return l // they come from nowhere
	case KindPreview:
		id, _ := f.Evidence.of(SignalFetcher)
		l.name(f, id)
		return l
	}
	l.ByReferrer = f.byReferrer()
	for _, signal := range precedence {
		if id, ok := f.naming(signal); ok {
			l.name(f, f.refined(id))
			return l
		}
	}
	l.Channel, l.DirectKind = Direct, f.directKind()
	return l
}

// kind says what a request is, whatever it came from.
func (f *Facts) kind() Kind {
	for _, k := range [...]struct {
		signal Signal
		kind   Kind
	}{
		{SignalNotPage, KindOther},
		{SignalFetcher, KindPreview},
		{SignalBot, KindBot},
		{SignalPrefetch, KindPrefetch},
	} {
		if _, ok := f.Evidence.of(k.signal); ok {
			return k.kind
		}
	}
	if f.internal() {
		return KindInternal
	}
	return KindVisit
}

// internal reports a click inside the site. A Referer of the site itself is one,
// unless the browser says that the navigation came from elsewhere: in an app's
// browser a new link keeps the page before as Referer. Prerendering says "none"
// for the site's own links.
func (f *Facts) internal() bool {
	if f.Evidence.Has(sameSite) || f.Evidence.Has(sitePackage) || f.Navigation.Again() {
		return true
	}
	elsewhere := f.FetchSite == FetchSiteCross || f.FetchSite == FetchSiteNone && f.Prefetch != Yes
	return f.Evidence.Has(siteReferer) && !elsewhere
}

// naming returns the rule of a signal that can say where a visit came from. A
// package that proves nothing, or a web view without a name, cannot; nor can a
// shape where a package, even an unlisted one, is the better witness.
func (f *Facts) naming(s Signal) (RuleID, bool) {
	if s == SignalShape {
		if _, named := f.Evidence.of(SignalRequestedWith); named {
			return noRule, false
		}
	}
	id, ok := f.Evidence.of(s)
	return id, ok && (rules[id].Channel != ChannelNone || s == SignalShareCode)
}

// refined returns the rule that names the same family's visit more exactly:
// l.facebook.com serves Facebook and Messenger, and Messenger's name in the
// User-Agent then says which. A campaign's tags are the site's own words and stay.
func (f *Facts) refined(id RuleID) RuleID {
	if s := rules[id].Signal; s == SignalPaid || s == SignalOwnChannel || s == SignalCampaign || id == codeOwn {
		return id
	}
	for i := range f.Evidence.Len() {
		if other := f.Evidence.At(i); rules[other].refines(f.source(id)) {
			id = other
		}
	}
	return id
}

// refines reports whether a rule's source may hide behind the other source.
func (r *Rule) refines(other string) bool {
	return r.Channel != ChannelNone && (r.Refines == other && other != "" || refines(r.Refines, other))
}

// refines reports whether a source may hide behind the other source.
func refines(name, other string) bool {
	for name = sources[name].refines; name != ""; name = sources[name].refines {
		if name == other {
			return true
		}
	}
	return false
}

// source is that of a rule, or the one the share code names.
func (f *Facts) source(id RuleID) string {
	if rules[id].Signal == SignalShareCode {
		return f.SharedIn
	}
	return rules[id].Source
}

// confidence is that of the best witness for a rule's source. It takes a step
// back where an app's name stands on a system the app does not run on, and where a
// shared link was seen in another app as well.
func (f *Facts) confidence(id RuleID) Confidence {
	best := ConfidenceUnknown
	for i := range f.Evidence.Len() {
		other := f.Evidence.At(i)
		r := &rules[other]
		if source := f.source(other); other != id && (source == "" || source != f.source(id)) {
			continue
		}
		c := r.Confidence
		doubtful := r.Signal == SignalUserAgent && f.OffPlatform || r.Signal == SignalShareCode && f.Evidence.Has(codeConflict)
		if doubtful && c > Likely {
			c--
		}
		best = max(best, c)
	}
	return best
}

// name puts a rule's source on the label, and the rule first in its evidence.
func (l *Label) name(f *Facts, id RuleID) {
	r := &rules[id]
	l.Channel, l.Visibility, l.Confidence, l.Source = r.Channel, r.Visibility, f.confidence(id), r.Source
	switch {
	case r.Signal == SignalShareCode:
		l.fromShare(f, id)
	case r.Signal == SignalOwnChannel, r.Source == "" && (r.Signal == SignalCampaign || r.Signal == SignalPaid):
		l.Source = f.Tagged
	case r.Signal == SignalReferer && r.Source == "":
		l.Source = f.RefererHost
	}
	l.Evidence.lead(id)
	if r.Assumed {
		l.Evidence.remark(assumed)
	}
}

// lead moves a rule to the front.
func (e *Evidence) lead(id RuleID) {
	for i, have := range e.rules[:e.n] {
		if have == id {
			copy(e.rules[1:i+1], e.rules[:i])
			e.rules[0] = id
			return
		}
	}
}

// remark puts a remark behind all else.
func (e *Evidence) remark(id RuleID) {
	if int(e.n) < len(e.rules) {
		e.rules[e.n] = id
		e.n++
	}
}

// surface says what the page was opened in: the app around it, even where the
// page came from a link elsewhere.
func (f *Facts) surface() Surface {
	for i := range f.Evidence.Len() {
		if s := rules[f.Evidence.At(i)].surface; s != SurfaceUnknown {
			return s
		}
	}
	if f.Browser != "" {
		return Browser
	}
	return SurfaceUnknown
}

// directKind takes "direct" apart.
func (f *Facts) directKind() DirectKind {
	switch {
	case f.FetchSite == FetchSiteNone:
		return TypedOrApp
	case f.FetchSite == FetchSiteCross && f.Sees.Has(SeesReferer):
		return HiddenWeb
	}
	return DirectUnknown
}

// byReferrer is the channel of a tool that reads the campaign tags and the
// Referer and nothing else: what these visits were called before.
func (f *Facts) byReferrer() Channel {
	for i := range f.Evidence.Len() {
		if r := &rules[f.Evidence.At(i)]; r.plain != ChannelNone {
			return r.plain
		}
	}
	if !f.Sees.Has(SeesReferer) {
		return ChannelNone
	}
	return Direct
}
