package rollup

import (
	"iter"
	"strconv"

	"darksocial/darksocial"
)

// said is how many page views must say the same of an article before it is believed.
const said = 3

// What an article says of itself, as parts of keys.
const (
	articleTitle     = "1"
	articleTopic     = "2"
	articleAuthor    = "3"
	articlePublished = "4"
	articleCanonical = "5"
	articleWords     = "6"
)

// addArticle notes what one page view says of its article.
func (f *Fold) addArticle(page string, a *darksocial.Article) error {
	words := ""
	if a.Words > 0 {
		words = strconv.Itoa(int(a.Words))
	}
	for _, fact := range [...][2]string{{articleTitle, a.Title}, {articleTopic, a.Topic}, {articleAuthor, a.Author},
		{articlePublished, a.Published}, {articleCanonical, a.Canonical}, {articleWords, words}} {
		if fact[1] == "" {
			continue
		}
		if err := f.add(sumArticle, []string{page, fact[0], fact[1]}, 1); err != nil {
			return err
		}
	}
	return nil
}

// chosen is a fact about a page's article that most of its views say; of those said
// equally often, the smallest.
type chosen struct{ page, fact, value string }

// articles goes through the facts of pages, in the order of their names.
func articles(sums Sums) iter.Seq2[chosen, error] {
	return func(yield func(chosen, error) bool) {
		var best chosen
		most := int64(0)
		flush := func() bool { return most < said || yield(best, nil) }
		for c, err := range counts(sums, sumArticle, 3, 1) {
			if err != nil {
				yield(chosen{}, err)
				return
			}
			if c.parts[0] != best.page || c.parts[1] != best.fact {
				if !flush() {
					return
				}
				best, most = chosen{page: c.parts[0], fact: c.parts[1]}, 0
			}
			if c.n[0] > most { // of equal ones the first, which is the smallest
				best.value, most = c.parts[2], c.n[0]
			}
		}
		flush()
	}
}

// article is what is believed of one.
type article struct {
	title, topic, author, published, canonical string
	words                                      *int64
}

func (a *article) set(fact, value string) {
	switch fact {
	case articleTitle:
		a.title = value
	case articleTopic:
		a.topic = value
	case articleAuthor:
		a.author = value
	case articlePublished:
		a.published = value
	case articleCanonical:
		a.canonical = value
	case articleWords:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			a.words = &n
		}
	}
}

// withArticles gives rows of pages what their articles say. Both come in the order of
// their names, so nothing is held but the next article.
func withArticles(sums Sums, pages iter.Seq2[any, error], topic func(page string) string) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		next, stop := iter.Pull2(articles(sums))
		defer stop()
		fact, err, more := next()
		for row, rowErr := range pages {
			if rowErr != nil {
				yield(nil, rowErr)
				return
			}
			p := row.(Page)
			var a article
			for ; more && err == nil && p.Page != Other && fact.page <= p.Page; fact, err, more = next() {
				if fact.page == p.Page {
					a.set(fact.fact, fact.value)
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			p.Title, p.Topic, p.Author, p.Published, p.Canonical, p.Words = a.title, a.topic, a.author, a.published, a.canonical, a.words
			if p.Topic == "" {
				p.Topic = topic(p.Page)
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}
