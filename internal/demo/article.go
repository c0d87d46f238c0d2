package demo

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// article is one of the files in articles: lines "name: value", an empty line, and
// the text, whose paragraphs are lines of their own; "## " begins a heading.
type article struct {
	Path      string
	Lang      string // "de" or "en"
	Section   string
	Title     string
	Author    string
	Published time.Time
	Teaser    string
	Parts     []part
	Words     int // of the text
}

// part is a paragraph or a heading.
type part struct {
	Heading bool
	Text    string
}

func readArticles(files fs.FS) ([]*article, error) {
	names, err := fs.Glob(files, "articles/*.txt")
	if err != nil {
		return nil, err
	}
	var articles []*article
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		a, err := parseArticle(content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		articles = append(articles, a)
	}
	slices.SortFunc(articles, func(a, b *article) int { return b.Published.Compare(a.Published) })
	return articles, nil
}

func parseArticle(content []byte) (*article, error) {
	a := &article{}
	published := ""
	fields := map[string]*string{
		"path": &a.Path, "lang": &a.Lang, "section": &a.Section, "title": &a.Title, "author": &a.Author, "published": &published, "teaser": &a.Teaser,
	}
	lines := bufio.NewScanner(bytes.NewReader(content))
	for lines.Scan() && lines.Text() != "" {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		field := fields[name]
		if field == nil {
			return nil, fmt.Errorf("%q is no field of an article, or is there twice", name)
		}
		*field = value
		delete(fields, name)
	}
	for name := range fields {
		return nil, fmt.Errorf("the article has no %s", name)
	}
	var err error
	if a.Published, err = time.Parse(time.RFC3339, published); err != nil {
		return nil, err
	}
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			continue
		}
		a.Words += len(strings.Fields(line))
		text, heading := strings.CutPrefix(line, "## ")
		a.Parts = append(a.Parts, part{heading, text})
	}
	if len(a.Parts) == 0 {
		return nil, errors.New("the article has no text")
	}
	return a, lines.Err()
}

var months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// Date is the day as a reader is told it.
func (a *article) Date() string {
	if a.Lang == "de" {
		return fmt.Sprintf("%d. %s %d", a.Published.Day(), months[a.Published.Month()-1], a.Published.Year())
	}
	return a.Published.Format("2 January 2006")
}
