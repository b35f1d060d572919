package wire

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

type item struct {
	name  string
	n     int
	score float32
	ok    bool
}

func appendItem(b []byte, x *item) []byte {
	b = AppendString(b, x.name)
	b = AppendInt(b, x.n)
	b = AppendFloat(b, x.score)
	return AppendBool(b, x.ok)
}

func readItems(b []byte) ([]item, error) {
	r := NewReader(b)
	list := List(r, func(x *item) { *x = item{r.String(), r.Int(), r.Float(), r.Bool()} })
	return list, r.Err()
}

var items = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) item {
	return item{rapid.String().Draw(t, "name"), rapid.Int().Draw(t, "n"), rapid.Float32Range(-9, 9).Draw(t, "score"), rapid.Bool().Draw(t, "ok")}
}), 0, 20)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := items.Draw(t, "items")
		got, err := readItems(AppendList(nil, want, appendItem))
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v: %v, want %v", err, got, want)
		}
	})
}

// Whatever is read, the reader ends, and what is too short or too long is an error.
func TestDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := AppendList(nil, items.Draw(t, "items"), appendItem)
		if _, err := readItems(append(slices.Clone(b), 0)); err == nil {
			t.Fatal("a byte too many is read")
		}
		if _, err := readItems(b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]); err == nil {
			t.Fatal("a part is read")
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "bits")
		_, _ = readItems(b)
	})
}
