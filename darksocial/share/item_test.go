package share

import (
	"fmt"
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
		i := Item{Grade: PerShare, Button: "copy", Page: "/a"}.Child(code(n), code(n-1), items[code(n-1)])
		items[code(n)] = &i
		assert.Equal(t, code(0), i.Root, n)
		assert.Equal(t, n, i.Generation)
		assert.Len(t, i.Ancestors, n)
		assert.Equal(t, code(n-1), i.Ancestors[0])
	}
	fresh := Item{Grade: PerShare, Button: "copy", Page: "/a"}
	assert.Equal(t, fresh, fresh.Child(code(17), code(MaxAncestors), items[code(MaxAncestors)]), "the seventeenth generation begins anew")
	assert.Equal(t, fresh, fresh.Child(code(1), code(2), items[code(2)]), "A came of B, which came of A")
	assert.Equal(t, fresh, fresh.Child(code(1), code(1), items[code(1)]), "of itself")
	assert.Equal(t, fresh, fresh.Child(code(9), "button", &Item{Grade: PerButton}), "a button's code follows no generations")
}

func TestReadItem(t *testing.T) {
	for _, i := range []*Item{{Grade: PerButton, Button: "whatsapp", Page: "/a", Made: 7}, {Grade: PerShare, Button: "copy", Page: "/", Root: "r", Generation: 3, Ancestors: []Code{"a", "b"}}} {
		got, err := ReadItem(i.Marshal())
		require.NoError(t, err)
		assert.Equal(t, i, got)
	}
	for _, none := range []string{"", "{}", "[]", `{"grade":"person"}`} {
		_, err := ReadItem([]byte(none))
		assert.Error(t, err, none)
	}
}
