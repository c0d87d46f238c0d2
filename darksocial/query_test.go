package darksocial

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReadQuery(t *testing.T) {
	long := strings.Repeat("x", maxTag+50)
	for _, tt := range []struct {
		query string
		want  tags
	}{
		{"", tags{}},
		{"a=b&c", tags{}},
		{"utm_source=a&utm_medium=b&utm_campaign=c", tags{source: "a", medium: "b", campaign: "c"}},
		{"mtm_source=a&mtm_medium=b&mtm_campaign=c", tags{source: "a", medium: "b", campaign: "c"}},
		{"pk_source=a&pk_medium=b&pk_campaign=c", tags{source: "a", medium: "b", campaign: "c"}},

		// The first counts.
		{"utm_source=a&utm_source=b", tags{source: "a"}},
		{"utm_source=a&pk_source=b", tags{source: "a"}},
		{"utm_source=&utm_source=b", tags{source: "b"}},
		{"ref=a&ref=b", tags{source: "a", fromRef: true}},
		{"ref=a&utm_source=b", tags{source: "b"}},
		{"utm_source=a&ref=b", tags{source: "a"}},

		// Nothing said.
		{"utm_source=", tags{}},
		{"utm_source", tags{}},
		{"utm_source&utm_source=a", tags{source: "a"}},
		{"=a", tags{}},
		{"&&&", tags{}},
		{"fbclid=", tags{}},

		// As written.
		{"UTM_SOURCE=a", tags{}},
		{"utm_source=a%20b", tags{source: "a%20b"}},
		{"utm_source=a+b", tags{source: "a+b"}},
		{"utm_source=a=b", tags{source: "a=b"}},
		{"utm_source=%", tags{source: "%"}},
		{"utm%5Fsource=a", tags{}},
		{"x=1;utm_source=a", tags{}},

		// Bounds.
		{"utm_source=" + long, tags{source: long[:maxTag]}},
		{strings.Repeat("a=1&", maxParams-1) + "utm_source=b", tags{source: "b"}},
		{strings.Repeat("a=1&", maxParams) + "utm_source=b", tags{}},
		{strings.Repeat("a", maxQuery) + "&utm_source=b", tags{}},
	} {
		assert.Equal(t, tt.want, readQuery(tt.query), "%.60q", tt.query)
	}
}

func TestClickIDs(t *testing.T) {
	for _, row := range clickIDs {
		t.Run(row.name, func(t *testing.T) {
			got := readQuery("a=b&" + row.name + "=Xy-9_z")
			want := tags{}
			for id := range rules {
				if rules[id].ID == "click."+row.name {
					switch row.signal {
					case SignalPaid:
						want.paid = RuleID(id)
					case SignalCampaign:
						want.mail = RuleID(id)
					case SignalSoftClick:
						want.soft = RuleID(id)
					}
				}
			}
			assert.NotEqual(t, tags{}, want)
			assert.Equal(t, want, got)
			assert.Equal(t, tags{}, readQuery(row.name+"="), "an empty one is none")
			assert.Equal(t, tags{}, readQuery("x"+row.name+"=1"))
		})
	}
}

func TestClickIDChannels(t *testing.T) {
	c := New(Site{})
	for _, row := range clickIDs {
		v := logged(func(v *Visit) { v.Query = row.name + "=Xy-9_z" })
		l := c.Classify(&v)
		switch row.signal {
		case SignalPaid:
			assert.Equal(t, Paid, l.Channel, row.name)
			assert.Equal(t, Public, l.Visibility, row.name)
		case SignalCampaign:
			assert.Equal(t, Campaign, l.Channel, row.name)
			assert.Equal(t, Public, l.Visibility, row.name)
		case SignalSoftClick:
			assert.Equal(t, sources[row.source].channel, l.Channel, row.name)
			assert.Equal(t, Likely, l.Confidence, row.name)
		}
		assert.Equal(t, row.source, l.Source, row.name)
	}
}

func TestFoldTag(t *testing.T) {
	for value, want := range map[string]string{
		"":                         "",
		"Newsletter":               "newsletter",
		"e_mail":                   "e-mail",
		"e+mail":                   "e-mail",
		"e%20mail":                 "e-mail",
		"e%2Dmail":                 "e-mail",
		"e%5fmail":                 "e-mail",
		"chat%47PT.com":            "chatgpt.com",
		"https%3A%2F%2Fa.b":        "https://a.b",
		"100%":                     "100%",
		"%4":                       "%4",
		"%zz":                      "%zz",
		"%%41":                     "%a",
		"%c3%84":                   "\xc3\x84",
		strings.Repeat("%41", 100): strings.Repeat("a", 100),
		strings.Repeat("a", 300):   strings.Repeat("a", maxTag),
	} {
		var buf [maxTag]byte
		assert.Equal(t, want, string(foldTag(&buf, value)), "%.40q", value)
	}
}

func TestReadQueryAllocatesNothing(t *testing.T) {
	query := fmt.Sprintf("utm_source=a&utm_medium=b&fbclid=%s&gclid=1", strings.Repeat("x", 90))
	assert.Zero(t, testing.AllocsPerRun(20, func() { readQuery(query) }))
}
