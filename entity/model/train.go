package model

import (
	"math"
	"math/rand/v2"
)

// Answer says whether a label is right for an example.
type Answer int8

// The answers. Unknown leaves the label alone: the example teaches nothing
// about it.
const (
	No      Answer = -1
	Unknown Answer = 0
	Yes     Answer = 1
)

// Example is one thing to learn from.
type Example struct {
	Features []Feature
	Answers  [Labels]Answer
}

const margin = 60 // a right answer must be right by that much

// Train returns a model of the examples, which it goes through epochs times and
// puts in another order. It is a function of epochs, of the examples and of
// their order alone.
func Train(examples []Example, epochs int) *Model {
	var (
		weights [Labels][]int32 // now
		sums    [Labels][]int64 // of updates, each times the step at which it was made
		step    int64
	)
	for l := range Labels {
		weights[l], sums[l] = make([]int32, Buckets), make([]int64, Buckets)
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range epochs {
		shuffle.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		for _, e := range examples {
			step++
			for l, answer := range e.Answers {
				if answer == Unknown {
					continue
				}
				var score int32
				for _, f := range e.Features {
					score += weights[l][f]
				}
				if score*int32(answer) > margin {
					continue
				}
				for _, f := range e.Features {
					weights[l][f] += int32(answer)
					sums[l][f] += int64(answer) * step
				}
			}
		}
	}
	// the average of a weight over all steps, times the number of steps
	largest := int64(1)
	for l := range Labels {
		for f := range Buckets {
			sums[l][f] = int64(weights[l][f])*(step+1) - sums[l][f]
			largest = max(largest, sums[l][f], -sums[l][f])
		}
	}
	m := &Model{weights: make([]int8, Buckets*Labels)}
	for l := range Labels {
		for f := range Buckets {
			m.weights[f*Labels+l] = int8(divide(sums[l][f]*127, largest))
		}
	}
	m.scale = calibrate(m, examples)
	return m
}

// divide returns a/b, rounded half away from zero.
func divide(a, b int64) int64 {
	if a < 0 {
		return -divide(-a, b)
	}
	return (a + b/2) / b
}

// calibrate returns the scale from a fixed list under which the scores, read as
// log odds, fit the examples best.
func calibrate(m *Model, examples []Example) float32 {
	best, bestLoss := float32(1), math.Inf(1)
	m.scale = 1
	for _, inverse := range []float32{4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128} {
		loss := 0.0
		for _, e := range examples {
			var score [Labels]float32
			m.Score(e.Features, &score)
			for l, answer := range e.Answers {
				if answer != Unknown {
					loss += math.Log1p(math.Exp(-float64(answer) * float64(score[l]/inverse)))
				}
			}
		}
		if loss < bestLoss {
			best, bestLoss = 1/inverse, loss
		}
	}
	return best
}
