package entity

import (
	"strings"
	"testing"
)

func TestScores(t *testing.T) {
	scores, err := readScores(scoreTable)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules() {
		switch r.name {
		case "run": // decides between person.run, place.run and organization.run
			continue
		}
		if s := scores[r.name]; s <= 0 || s >= 1 {
			t.Errorf("rule %s has no score", r.name)
		}
	}
	for _, bad := range []string{"a\t1\tx", "a\t2\t1", "a\t-1\t1"} {
		if _, err := readScores("rule\tright\tfound\n" + bad + "\n"); err == nil || !strings.Contains(err.Error(), "scores.tsv:2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}
