package graphdata

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/cayleygraph/quad"
)

// namespaces are the prefixes that stand for IRIs of others.
var namespaces = map[string]string{
	"rdf":  "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}

// Expander returns a function that expands the short IRIs of a graph under a
// base: "person:ana-prado" becomes "BASE/person/ana-prado". With an empty base
// it changes nothing. A base that is no absolute IRI is an error.
func Expander(base string) (func(quad.Quad) quad.Quad, error) {
	if base == "" {
		return func(q quad.Quad) quad.Quad { return q }, nil
	}
	if u, err := url.Parse(base); err != nil || !isAbsolute(base) || u.Opaque != "" || strings.ContainsAny(base, " <>\"{}|^`\\") {
		return nil, fmt.Errorf("%q is no absolute IRI: want something like https://example.org/cables", base)
	}
	if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "#") {
		base += "/"
	}
	expand := func(v quad.Value) quad.Value {
		iri, ok := v.(quad.IRI)
		if !ok {
			return v
		}
		prefix, local, _ := strings.Cut(string(iri), ":")
		if namespace, ok := namespaces[prefix]; ok {
			return quad.IRI(namespace + local)
		}
		return quad.IRI(base + prefix + "/" + local)
	}
	return func(q quad.Quad) quad.Quad {
		q.Subject, q.Predicate, q.Object = expand(q.Subject), expand(q.Predicate), expand(q.Object)
		if q.Label != nil {
			q.Label = expand(q.Label)
		}
		return q
	}, nil
}
