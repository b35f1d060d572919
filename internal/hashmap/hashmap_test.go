package hashmap

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.Uint64(), rapid.Int()).Draw(t, "m")
		table := New(m)
		for key, want := range m {
			if got := table.Get(key); got != want {
				t.Errorf("%d: %d, want %d", key, got, want)
			}
		}
		if key := rapid.Uint64().Draw(t, "key"); table.Get(key) != m[key] {
			t.Errorf("%d: %d, want %d", key, table.Get(key), m[key])
		}
	})
	var none Map[string]
	if got := none.Get(0); got != "" {
		t.Errorf("the empty map has %q", got)
	}
}
