package parallel

import (
	"context"
	"errors"
	"testing"
	"time"
)

func numbers(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestMapKeepsOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		want := 0
		err := Map(context.Background(), workers, numbers(500), func() int { return 2 },
			func(factor, i int) int {
				if i%5 == 0 {
					time.Sleep(time.Microsecond) // let later items overtake
				}
				return factor * i
			},
			func(got int) {
				if got != 2*want {
					t.Fatalf("%d workers: got %d, want %d", workers, got, 2*want)
				}
				want++
			})
		if err != nil || want != 500 {
			t.Errorf("%d workers: %d results, error %v", workers, want, err)
		}
	}
}

func TestMapStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	read := 0
	err := Map(ctx, 2, func(yield func(int) bool) {
		for yield(read) {
			read++
		}
	}, func() int { return 0 }, func(_, i int) int { return i }, func(i int) {
		if i == 10 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if read > 100 {
		t.Errorf("%d items were read after the end", read)
	}
}
