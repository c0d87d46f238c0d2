package darksocial

// Share is what is known of the share by whose code a page was opened. The code itself,
// and who keeps what of it, is the business of package share.
type Share struct {
	Button   string   // that was pressed: a name of share.Buttons
	Previews []string // sources whose fetchers asked for the page with this code, if it stands for one share alone
	Own      bool     // it is a post of the site's own
	Source   string   // of an own post: where it was made; empty if nobody said
}

// publicButtons open a form for a post that everybody can see, whatever else can be
// done in the app.
var publicButtons = map[string]bool{"x": true, "linkedin": true, "reddit": true, "mastodon": true, "bluesky": true}

// ReadShare adds what a share says of a visit that came of it. It is asked when visits
// are counted: a code may learn by whom it was previewed long after the page was opened.
func (f *Facts) ReadShare(s *Share) {
	_, named := sources[s.Button]
	switch {
	case s.Own:
		f.SharedIn = s.Source
		f.found(codeOwn)
	case named:
		f.SharedIn, f.SharedPublicly = s.Button, publicButtons[s.Button]
		f.found(codeButton)
	default:
		f.found(codeShared)
	}
	for _, preview := range s.Previews {
		f.readPreview(preview)
	}
}

// readPreview adds that an app drew a preview of the shared link. Where no button names
// an app, the preview does. Two apps that have nothing to do with each other leave it
// open in which of them this visitor found the link.
func (f *Facts) readPreview(by string) {
	switch {
	case f.Evidence.Has(codeOwn): // a post for all: what became of it is known
	case f.SharedIn == by, refines(f.SharedIn, by):
		f.found(codePreview)
	case f.SharedIn == "" && !f.Evidence.Has(codeConflict), refines(by, f.SharedIn):
		f.SharedIn = by
		f.found(codePreview)
	case f.Evidence.Has(codeButton):
		f.found(codeConflict)
	default:
		f.SharedIn = ""
		f.Evidence.remove(codePreview)
		f.found(codeConflict)
	}
}

// ReadUnknownShare says that the page was opened with a code of the site's of which
// nothing is known: it was made and never used, or it is too old.
func (f *Facts) ReadUnknownShare() { f.found(codeUnknown) }

// ProvesShare returns the source that a preview proves a share in, or "". Programs that
// look for harm read links as well, in mail and behind Microsoft's; embedding services
// read them for anybody. Those prove nothing.
func (l *Label) ProvesShare() string {
	if l.Kind != KindPreview || l.Confidence < Strong || !l.Shared() || l.Evidence.Len() == 0 || scanners[RuleOf(l.Evidence.At(0)).ID] {
		return ""
	}
	return l.Source
}

// scanners are fetchers behind which there may be no person who shares.
var scanners = map[string]bool{
	"fetch.teams.preview":      true, // also Defender's Safe Links and Outlook's server
	"fetch.yahoo_mail.preview": true, // reads what is received, too
}

// fromShare puts on the label what a share code says.
func (l *Label) fromShare(f *Facts, id RuleID) {
	l.Source = f.SharedIn
	if id == codeOwn {
		l.Channel, l.Visibility = Campaign, Public
		for i := 0; l.Source == "" && i < len(precedence); i++ { // what the browser shows of it
			if other, ok := f.naming(precedence[i]); ok && other != id {
				l.Source = rules[f.refined(other)].Source
			}
		}
		return
	}
	s := sources[f.SharedIn]
	if l.Channel, l.Visibility = s.channel, s.visibility; f.SharedPublicly {
		l.Visibility = Public
	}
	if id == codePreview && s.assumed {
		l.Evidence.remark(assumed)
	}
}
