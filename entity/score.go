package entity

import (
	_ "embed"
	"strconv"
	"sync"

	"cablegraph/internal/table"
)

//go:embed data/scores.tsv
var scoreTable string

// ruleScores returns the share of right mentions of each rule, as counted over
// cables marked by hand; one right and one wrong mention are added to each
// count, so that few are no proof. It panics on a fault in the embedded table,
// which the tests rule out.
var ruleScores = sync.OnceValue(func() map[string]float32 {
	scores, err := readScores(scoreTable)
	if err != nil {
		panic(err)
	}
	return scores
})

func readScores(text string) (map[string]float32, error) {
	scores := map[string]float32{}
	t := table.New("scores.tsv", text, "rule", "right", "found").Keyed(1)
	for r := range t.Rows() {
		right, err1 := strconv.Atoi(r.Fields[1])
		found, err2 := strconv.Atoi(r.Fields[2])
		if err1 != nil || err2 != nil || right < 0 || right > found {
			r.Errorf("%q of %q: want two counts, the first not above the second", r.Fields[1], r.Fields[2])
			continue
		}
		scores[r.Fields[0]] = float32(right+1) / float32(found+2)
	}
	return scores, t.Err()
}
