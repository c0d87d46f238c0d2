package share

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestChild: a chain of shares knows its root and where it comes from, up to a bound,
// and runs in no circle.
func TestChild(t *testing.T) {
	code := func(n int) Code { return Code(fmt.Sprintf("code%07d", n)) }
	items := map[Code]*Item{code(0): {Grade: PerShare, Button: "copy", Page: "/a"}}
	for n := 1; n <= MaxAncestors; n++ {
		i := Item{Grade: PerShare, Button: "copy", Page: "/a"}.Child(code(n), code(n-1), items[code(n-1)], Session)
		items[code(n)] = &i
		assert.Equal(t, code(0), i.Root, n)
		assert.Equal(t, n, i.Generation)
		assert.Len(t, i.Ancestors, n)
		assert.Equal(t, code(n-1), i.Parent())
		assert.Equal(t, Session, i.Link)
	}
	fresh := Item{Grade: PerShare, Button: "copy", Page: "/a"}
	assert.Equal(t, fresh, fresh.Child(code(17), code(MaxAncestors), items[code(MaxAncestors)], Session), "the seventeenth generation begins anew")
	assert.Equal(t, fresh, fresh.Child(code(1), code(2), items[code(2)], Session), "A came of B, which came of A")
	assert.Equal(t, fresh, fresh.Child(code(1), code(1), items[code(1)], Session), "of itself")
	assert.Equal(t, fresh, fresh.Child(code(9), "button", &Item{Grade: PerButton}, Session), "a button's code follows no generations")
}

func TestReadItem(t *testing.T) {
	for _, i := range []*Item{{Grade: PerButton, Button: "whatsapp", Page: "/a", Made: 7}, {Grade: PerShare, Button: "copy", Page: "/", Root: "r", Generation: 3, Ancestors: []Code{"a", "b"}, Link: SameDay},
		{Grade: Own, Page: "/", Source: "whatsapp", Name: "WhatsApp-Kanal"}, {Opened: 7}, {Previews: map[string]int64{"signal": 7}}} {
		got, err := ReadItem(i.Marshal())
		require.NoError(t, err)
		assert.Equal(t, i, got)
	}
	for _, none := range []string{"", "{}", "[]", `{"grade":"person"}`} {
		_, err := ReadItem([]byte(none))
		assert.Error(t, err, none)
	}
}

// TestAdd: what is known of a code comes together the same in any order, however often.
func TestAdd(t *testing.T) {
	kept := Item{Grade: PerShare, Button: "copy", Page: "/a", Made: 10}
	again := Item{Grade: PerShare, Button: "email", Page: "/b", Made: 12}
	seen := []Item{kept, again, {Opened: 20}, {Opened: 15}, {Previews: map[string]int64{"signal": 9, "slack": 40}}, {Previews: map[string]int64{"signal": 8}}}
	want := Item{Grade: PerShare, Button: "copy", Page: "/a", Made: 10, Opened: 15, Previews: map[string]int64{"signal": 8, "slack": 40}}
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		var i Item
		for _, n := range append(r.Perm(len(seen)), r.IntN(len(seen))) {
			i.Add(&seen[n])
		}
		require.Equal(t, want, i)
	}
	assert.Equal(t, map[string]int64{"signal": 8}, seen[5].Previews, "what is added stays as it is")
}

func TestBefore(t *testing.T) {
	i := Item{Grade: PerShare, Made: 10, Opened: 15, Previews: map[string]int64{"signal": 8, "slack": 40}}
	assert.Nil(t, i.Before(10))
	assert.Equal(t, &Item{Grade: PerShare, Made: 10, Previews: map[string]int64{"signal": 8}}, i.Before(15))
	assert.Equal(t, &Item{Grade: PerShare, Made: 10, Opened: 15, Previews: map[string]int64{"signal": 8}}, i.Before(40))
	assert.Equal(t, &i, i.Before(41))
	assert.Len(t, i.Previews, 2)
	assert.Nil(t, (&Item{Opened: 3}).Before(99), "nobody has kept it")
	assert.Nil(t, (*Item)(nil).Before(99))
}

// TestWithout: what came of a code that is forgotten begins anew behind it.
func TestWithout(t *testing.T) {
	i := Item{Grade: PerShare, Root: "a", Generation: 3, Ancestors: []Code{"c", "b", "a"}, Link: Session}
	assert.False(t, i.Without("x"))
	assert.True(t, i.Without("a"))
	assert.Equal(t, Item{Grade: PerShare, Root: "b", Generation: 2, Ancestors: []Code{"c", "b"}, Link: Session}, i)
	assert.True(t, i.Without("c"))
	assert.Equal(t, Item{Grade: PerShare}, i)
}
