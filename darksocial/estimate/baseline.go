package estimate

// ByLandingPage is the rule that most who count dark social go by: who opens a page
// deep in the site without a Referer was sent there (Madrigal and Chartbeat, 2012).
// It is here to be compared with.
func (c *Collector) ByLandingPage() (shared int) {
	c.findTypable()
	for _, p := range c.pages {
		if !p.typable {
			shared += len(p.nameless)
		}
	}
	return shared
}

// Direct is how many nameless arrivals there are. That all of them are typed is the other
// rule to compare with: of those, none was shared.
func (c *Collector) Direct() (n int) {
	for _, p := range c.pages {
		n += len(p.nameless)
	}
	return n
}
