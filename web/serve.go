package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Listen listens on a loopback address, such as "127.0.0.1:64210". Others are
// refused: whoever can reach the server can read the whole graph.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("listen %s: only this machine can be served for now: use a loopback address such as 127.0.0.1:64210", address)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", address)
}

// How long the parts of a request may take. Writing an answer includes waiting
// for a worker and running the question, each within Limits.Time.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	idleTime   = 2 * time.Minute
	sendTime   = 30 * time.Second
	// farewell is how long questions may go on when the server ends.
	farewell = 3 * time.Second
)

// Serve answers requests on l until ctx ends. Then it takes no more, lets those
// under way finish for a moment, and returns nil. questionTime is
// Limits.Time, for which a question may run.
func Serve(ctx context.Context, l net.Listener, h http.Handler, questionTime time.Duration) error {
	// Questions end with the server, not with ctx.
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      readTime + 2*questionTime + sendTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	soon, stop := context.WithTimeout(base, farewell)
	defer stop()
	if err := srv.Shutdown(soon); err != nil {
		cancel()
		srv.Close()
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
