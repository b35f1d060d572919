package packed

import "github.com/cayleygraph/quad"

// Match returns the quads that have the values of bound where it has any, by
// the span of its pattern.
func (s *Store) Match(bound quad.Quad) (quads []quad.Quad) {
	defer s.recovered(nil)
	var p pattern
	for col, d := range directions {
		if v := bound.Get(d); v != nil {
			p[col] = s.numberOf(col, s.ValueOf(v))
		}
	}
	sp := s.index.span(p)
	for i := range sp.len() {
		quads = append(quads, s.quad(s.index.rank(sp.order, sp.lo+i)))
	}
	return quads
}
