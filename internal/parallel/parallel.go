// Package parallel runs work on several goroutines and keeps its order.
package parallel

import (
	"context"
	"sync"
)

// Map calls work for each item that next yields, on the given number of
// goroutines, and done with the results in the order of the items, on the
// caller's goroutine. At most 4 items a worker are held at once. Each worker
// has its own state, made by newState. Map stops early when ctx ends and
// returns its error; next is not called again then.
func Map[In, Out, State any](ctx context.Context, workers int, next func(yield func(In) bool), newState func() State, work func(State, In) Out, done func(Out)) error {
	type slot struct {
		in  In
		out chan Out
	}
	jobs := make(chan slot, workers)
	queue := make(chan slot, 4*workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			state := newState()
			for s := range jobs {
				s.out <- work(state, s.in)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(jobs)
		next(func(in In) bool {
			s := slot{in, make(chan Out, 1)}
			select {
			case queue <- s:
			case <-ctx.Done():
				return false
			}
			jobs <- s
			return true
		})
	}()
	for s := range queue {
		done(<-s.out)
	}
	wg.Wait()
	return ctx.Err()
}
