package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
)

// guard lets through only requests that are meant for this machine and come
// from a program on it, from a page of the server's own or from a page of an
// origin in the list.
func guard(next http.Handler, origins []string) (http.Handler, error) {
	sites := http.NewCrossOriginProtection()
	for _, o := range origins {
		if err := sites.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("origin: %w", err)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Add("Vary", "Origin")

		// A page whose name has been rebound to a loopback address sends its own
		// name as Host.
		if !loopbackHost(r.Host) {
			writeJSON(w, http.StatusForbidden, map[string]string{"error": fmt.Sprintf("this server is for localhost, not for %q", r.Host)})
			return
		}
		// GET can run questions too, and so is not taken for safe.
		asked := r.Clone(r.Context())
		asked.Method = http.MethodPost
		if r.URL.Path != "/" || r.Method != http.MethodGet {
			if err := sites.Check(asked); err != nil {
				writeJSON(w, http.StatusForbidden, map[string]string{"error": "a page of another site may not ask: see --allow-origin"})
				return
			}
		}
		if origin := r.Header.Get("Origin"); slices.Contains(origins, origin) {
			h.Set("Access-Control-Allow-Origin", origin)
			if r.Method == http.MethodOptions {
				h.Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
				h.Set("Access-Control-Allow-Headers", "Accept, Content-Type")
				w.WriteHeader(http.StatusNoContent)
				return
			}
		}
		next.ServeHTTP(w, r)
	}), nil
}

// loopbackHost tells whether a Host header names this machine.
func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	return loopback(host)
}

// loopback tells whether host is this machine and no other.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	if n := len(host); n > 2 && host[0] == '[' && host[n-1] == ']' {
		host = host[1 : n-1]
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
