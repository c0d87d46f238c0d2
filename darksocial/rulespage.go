package darksocial

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// FindRules returns the rules whose id, token or source holds a word, in any
// case; all for the empty word.
func FindRules(word string) []Rule {
	word = strings.ToLower(word)
	var found []Rule
	for _, r := range Rules() {
		if strings.Contains(strings.ToLower(r.ID+" "+r.Token+" "+r.Source), word) {
			found = append(found, r)
		}
	}
	return found
}

// WriteRules writes a table of rules.
func WriteRules(out io.Writer, list []Rule) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range list {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Token, r.Source, r.Channel, r.Confidence)
	}
	return table.Flush()
}

// WriteRulesPage writes docs/rules.md: every rule, by signal, in the order of the
// policy, with its source. Hosts and packages, of which there are many, are
// listed by channel.
func WriteRulesPage(out io.Writer) error {
	var b strings.Builder
	b.WriteString(rulesIntro)
	for s := SignalNotPage; s <= SignalNote; s++ {
		writeSignal(&b, s)
	}
	b.WriteString("\n## Sources\n\n| key | where |\n|---|---|\n")
	keys := make([]string, 0, len(citations))
	for k := range citations {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, "| %s | %s |\n", k, citations[k])
	}
	_, err := io.WriteString(out, b.String())
	return err
}

const rulesIntro = `# Rules

Made by ` + "`make generate`" + ` from the tables in ` + "`darksocial/`" + `; edit those. A label names the rules it rests on by these ids,
which never change their meaning and are never used again.

A User-Agent token is compared without case and as a word of its own; ` + "`^`" + ` and ` + "`$`" + ` are the ends of the User-Agent, ` + "`*`" + ` lets a
word go on, ` + "`#`" + ` is a digit. Of the tokens of one table the first that is found wins. A host stands for itself and all below it;
` + "`.*`" + ` is every country's ending. A package stands for itself and all below it.
`

func writeSignal(b *strings.Builder, s Signal) {
	fmt.Fprintf(b, "\n## %s\n\n", strings.ToUpper(s.String()[:1])+s.String()[1:])
	if s == SignalReferer || s == SignalAppReferer || s == SignalRequestedWith {
		writeByChannel(b, s)
		return
	}
	b.WriteString("| id | token | source | sure | from |\n|---|---|---|---|---|\n")
	for _, r := range Rules() {
		if r.Signal == s {
			fmt.Fprintf(b, "| %s | `%s` | %s | %s | %s |\n", r.ID, strings.ReplaceAll(r.Token, "|", `\|`), r.Source, r.Confidence, r.Cite)
		}
	}
}

// writeByChannel lists the tokens of a long table behind each other. Their ids
// are the token behind "ref.", "app." or "xrw.".
func writeByChannel(b *strings.Builder, s Signal) {
	for c := ChannelNone; c <= Direct; c++ {
		var tokens []string
		for _, r := range Rules() {
			if r.Signal != s || r.Channel != c {
				continue
			}
			token := "`" + r.Token + "`"
			if r.Source != "" && r.Source != r.Token {
				token += " " + r.Source
			}
			tokens = append(tokens, token)
		}
		if len(tokens) == 0 {
			continue
		}
		name := c.String()
		if c == ChannelNone {
			name = "nothing by itself"
		}
		fmt.Fprintf(b, "**%s** (%d): %s\n\n", name, len(tokens), strings.Join(tokens, " · "))
	}
}
