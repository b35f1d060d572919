package model

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// invented returns examples of words that are decided by one telling feature
// among random ones: label 0 by bucket 1, label 1 by bucket 2. Nothing is said
// about label 2.
func invented(n int, seed uint64) []Example {
	r := rand.New(rand.NewPCG(seed, 0))
	examples := make([]Example, n)
	for i := range examples {
		e := &examples[i]
		for range 10 {
			e.Features = append(e.Features, Hash(9, uint64(r.IntN(500))))
		}
		kind := r.IntN(3)
		if kind < 2 {
			e.Features = append(e.Features, Hash(uint64(kind+1), 1))
		}
		for l := range 2 {
			e.Answers[l] = No
			if kind == l {
				e.Answers[l] = Yes
			}
			if r.IntN(4) == 0 {
				e.Answers[l] = Unknown
			}
		}
	}
	return examples
}

func TestTrain(t *testing.T) {
	m := Train(invented(2000, 1), 5)
	right, all := 0, 0
	for _, e := range invented(1000, 2) {
		var score [Labels]float32
		m.Score(e.Features, &score)
		for l, answer := range e.Answers {
			if answer != Unknown {
				all++
				if (score[l] > 0) == (answer == Yes) {
					right++
				}
			}
		}
		if score[2] != 0 {
			t.Fatalf("a label without answers has the score %v", score[2])
		}
	}
	if right*100 < all*97 {
		t.Errorf("%d of %d right", right, all)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	a, b := Train(invented(500, 3), 5).Bytes(), Train(invented(500, 3), 5).Bytes()
	if !bytes.Equal(a, b) {
		t.Error("the same examples give different bytes")
	}
	if bytes.Equal(a, Train(invented(500, 4), 5).Bytes()) {
		t.Error("other examples give the same bytes")
	}
}

func TestFile(t *testing.T) {
	m := Train(invented(500, 5), 5)
	back, err := Parse(m.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if back.scale != m.scale {
		t.Errorf("scale %v became %v", m.scale, back.scale)
	}
	for i, w := range m.weights {
		if back.weights[i] != w {
			t.Fatalf("weight %d changed", i)
		}
	}
	for _, bad := range [][]byte{nil, []byte("cgm1"), m.Bytes()[:100], append(m.Bytes(), 0), append([]byte("xxxx"), m.Bytes()[4:]...)} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%d bytes are taken for a model", len(bad))
		}
	}
}

func TestZeroModel(t *testing.T) {
	var m Model
	score := [Labels]float32{1, 1, 1}
	m.Score([]Feature{0, Buckets - 1}, &score)
	if score != [Labels]float32{} {
		t.Errorf("score %v", score)
	}
}
