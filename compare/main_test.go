package main

import "testing"

func TestScore(t *testing.T) {
	marked := []mention{{0, 10, "person"}, {20, 26, "place"}, {30, 50, "body"}}
	for _, test := range []struct {
		name  string
		typ   string
		found []mention
		agree func(a, b mention) bool
		want  score
	}{
		{"same span", "person", []mention{{0, 10, "person"}}, equals, score{1, 1, 1, 1}},
		{"boundary counts", "person", []mention{{0, 9, "person"}}, equals, score{1, 0, 1, 0}},
		{"boundary forgiven", "person", []mention{{0, 9, "person"}}, overlaps, score{1, 1, 1, 1}},
		{"touching is not overlapping", "person", []mention{{10, 12, "person"}}, overlaps, score{1, 0, 1, 0}},
		{"two halves of one name", "person", []mention{{0, 4, "person"}, {5, 10, "person"}}, overlaps, score{2, 2, 1, 1}},
		{"other types do not count", "person", []mention{{20, 26, "place"}}, overlaps, score{0, 0, 1, 0}},
		{"wrong type", "place", []mention{{0, 5, "person"}, {60, 65, "place"}}, overlaps, score{1, 0, 1, 0}},
		{"a place in a longer name is passed over", "place", []mention{{40, 46, "place"}}, overlaps, score{0, 0, 1, 0}},
		{"a person in a longer name is not", "person", []mention{{40, 46, "person"}}, overlaps, score{1, 0, 1, 0}},
	} {
		var got score
		got.add(test.typ, test.found, marked, test.agree)
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestFigures(t *testing.T) {
	p, r, f := score{found: 4, right: 3, marked: 6, met: 3}.figures()
	if p != 0.75 || r != 0.5 || f != 0.6 {
		t.Errorf("%v %v %v, want 0.75 0.5 0.6", p, r, f)
	}
	if p, r, f := (score{}).figures(); p != 0 || r != 0 || f != 0 {
		t.Errorf("%v %v %v of nothing, want zeros", p, r, f)
	}
}
