package record

// Share is that somebody passed a page on: a share button was used. It is no page view.
type Share struct {
	ID      ID
	Time    int64  // Unix seconds
	Page    string // that was shared, by its cleaned name
	Button  string // that was used: one of share.Buttons
	Code    string // the share code that the link carries; empty once it was forgotten
	Visitor string // the day's hash of the visitor; empty where none was made
	Rules   string // version of the rule tables of the program that kept it
}

// ShareID names a share of a site: by its code where that stands for one share alone,
// else by the name that the page itself gave it.
func ShareID(site, name string) ID { return hashed("share", site, name) }

// Head is what the share is found by.
func (s *Share) Head() (ID, int64) { return s.ID, s.Time }

// AppendBody appends everything else.
func (s *Share) AppendBody(dst []byte) []byte {
	dst = append(dst, byte(Shares))
	for _, text := range [...]string{s.Rules, s.Button, s.Page, s.Code, s.Visitor} {
		dst = appendString(dst, text)
	}
	return dst
}

// IsShare reports whether a body is that of a Share.
func IsShare(body []byte) bool { return len(body) > 0 && Door(body[0]) == Shares }

// DecodeShare reads what AppendBody wrote.
func DecodeShare(body []byte, id ID, time int64) (Share, error) {
	d := decoder{rest: body}
	s := Share{ID: id, Time: time}
	if Door(d.byte()) != Shares {
		d.fail(errValue)
	}
	for _, text := range [...]*string{&s.Rules, &s.Button, &s.Page, &s.Code, &s.Visitor} {
		*text = d.string()
	}
	return s, d.end()
}
