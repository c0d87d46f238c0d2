package orders_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/orders"
)

// chain keeps three shares, each of which came of the one before, and returns their codes,
// the last first.
func (s *shop) chain() []share.Code {
	var list []share.Code
	for i, button := range []string{"whatsapp", "copy", "telegram"} {
		code, err := s.codes.New(ctx, "example.com")
		require.NoError(s.t, err)
		item := share.Item{Grade: share.PerShare, Button: button, Page: "/schuhe", Made: noon.Unix() + int64(i)}
		if i > 0 {
			of, err := s.codes.Find(ctx, "example.com", string(list[0]))
			require.NoError(s.t, err)
			item = item.Child(code, list[0], of, share.Session)
		}
		_, err = s.codes.Keep(ctx, "example.com", code, &item)
		require.NoError(s.t, err)
		list = append([]share.Code{code}, list...)
	}
	require.NoError(s.t, s.codes.Note(ctx, "example.com", []codes.Event{{Code: list[1], At: noon.Unix(), Preview: "signal"}}))
	return list
}

// TestLinks: by which link an order names its recommendation.
func TestLinks(t *testing.T) {
	for _, tt := range []struct {
		name  string
		code  func(chain []share.Code) string
		link  share.Link
		came  bool // the visitor had come with the last code
		known bool // it is known who the visitor is
		want  share.Link
		long  int
		since int64
	}{
		{"the shop kept it", func(c []share.Code) string { return string(c[0]) }, share.Session, false, false, share.Session, 3, -1},
		{"the browser kept it", func(c []share.Code) string { return string(c[1]) }, share.Consented, false, false, share.Consented, 2, -1},
		{"the same day", func([]share.Code) string { return "" }, "", true, true, share.SameDay, 3, 600},
		{"the shop kept it, and the same day", func(c []share.Code) string { return string(c[0]) }, share.Session, true, true, share.Session, 3, 600},
		{"the shop kept another", func(c []share.Code) string { return string(c[2]) }, share.Session, true, true, share.Session, 1, -1},
		{"nobody knows who it is", func([]share.Code) string { return "" }, "", true, false, "", 0, -1},
		{"a purchase without a visit", func([]share.Code) string { return "" }, "", false, true, "", 0, -1},
		{"a forged code", func([]share.Code) string { return "8ZkPq4vR2Ts" }, share.Session, false, false, "", 0, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShop(t)
			chain := s.chain()
			if tt.came {
				require.NoError(t, s.codes.Came(ctx, "example.com", "2026-11-20", "visitor", chain[0], noon.Unix()-600))
			}
			m := order("1", 8999)
			m.Code, m.Link = tt.code(chain), tt.link
			v := orders.Visitor{}
			if tt.known {
				v = orders.Visitor{Day: "2026-11-20", Name: "visitor"}
			}
			note, err := s.tell(m, v)
			require.NoError(t, err)
			assert.Equal(t, tt.want == "", note == orders.Unattributed)
			for _, e := range s.kept {
				assert.Equal(t, tt.want, e.Link)
				assert.Len(t, e.Chain, tt.long)
				assert.Equal(t, tt.since, e.SinceOpen)
				if tt.long == 3 {
					assert.Equal(t, []record.Recommended{
						{Code: string(chain[0]), Page: "/schuhe", Button: "telegram", App: "telegram"},
						{Code: string(chain[1]), Page: "/schuhe", Button: "copy", App: "signal"},
						{Code: string(chain[2]), Page: "/schuhe", Button: "whatsapp", App: "whatsapp"},
					}, e.Chain)
				}
			}
		})
	}
}

// TestRefundKeepsTheSplit: a refund takes back of whom the order was divided among, even
// when the codes are long gone and the site divides otherwise.
func TestRefundKeepsTheSplit(t *testing.T) {
	s := newShop(t)
	chain := s.chain()
	m := order("1", 8999)
	m.Code, m.Link = string(chain[0]), share.Session
	s.must(m)
	gone, err := s.codes.Forget(ctx, "example.com", chain[2])
	require.NoError(t, err)
	require.True(t, gone)
	s.site.ChainDecay = 0.9
	s.clock = noon.Add(100 * 24 * time.Hour)
	s.must(refund("1", "a", 1000))
	s.must(cancel("1"))
	credit := map[string]int64{}
	for _, e := range s.kept {
		require.Equal(t, 500, e.Decay)
		require.Len(t, e.Chain, 3)
		for i, n := range share.Change(share.ChainDecay, e.Before, e.After, len(e.Chain), e.Decay) {
			credit[e.Chain[i].Code] += n
		}
	}
	for code, n := range credit {
		assert.Zero(t, n, code)
	}
}

func TestForget(t *testing.T) {
	s := newShop(t)
	chain := s.chain()
	m := order("1", 8999)
	m.Code, m.Link = string(chain[0]), share.Session
	s.must(m)
	s.must(order("2", 100))
	n, err := s.orders.Forget(ctx, s.site, string(chain[1]))
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	s.kept = map[record.ID]*record.Order{}
	s.must(cancel("1"))
	for _, e := range s.kept {
		assert.Equal(t, []string{string(chain[0]), "", string(chain[2])}, []string{e.Chain[0].Code, e.Chain[1].Code, e.Chain[2].Code})
	}
}
