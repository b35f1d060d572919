// Package packed is the embedded store of graphs: an immutable file that is
// mapped into memory, behind Cayley's own interfaces, so that Gizmo and GraphQL
// run on it unchanged. It knows quads, not cables.
//
// # Values
//
// Every value has an id: its place among all values, ordered by kind, and within
// a kind as Cayley compares. So a comparison, a prefix, or a regular expression
// that begins with a literal is a range of ids. The dictionary keeps the values
// front-coded in blocks of 16; long texts lie apart, compressed.
//
// # Quads
//
// A quad's rank is its place in the order of subject, predicate, object and
// label (SPOL). Its columns are kept in that order, packed to the bits that a
// block of 128 needs; the subject as the first rank of each id. Predicates and
// labels have numbers of their own, small and in the order of their ids.
//
// Five more orders make every combination of bound positions one range. None
// keeps its quads again: each is a permutation, and points into the order that
// keeps its numbers smallest, since numbers that ascend or lie close together
// pack well.
//
//	SPOL  columns                      S, SP, SPO, SPOL
//	OSPL  ranks, by object             O, OS
//	POSL  places in OSPL, by predicate P, PO
//	LSPO  ranks, by label              L, LS, LSP
//	LPOS  places in LSPO, by label     LP, LPO
//	LOSP  places in LSPO, by label     LO, LOS
//
// In OSPL the ranks of one object ascend, since ranks are in the order of subject,
// predicate and label; so the quads of an object and a subject are found by
// bisection, and so on.
//
// # Queries
//
// Cayley turns a path into a tree of shapes and offers it to the store
// (OptimizeShape). Quads with fixed nodes become a scan of one range, a hop from a
// set of nodes a step, which looks up a range for each, and sets of nodes that
// ascend are joined by leaps; a set of values becomes ranges of ids. Sizes of
// ranges are exact and cost two bisections, so that Cayley's planner and
// counts need no more.
//
// # Files
//
// A file has a header, the sections, and a checksum of each block of 16 KB.
// Opening maps it and checks the header: that takes the same time whatever its size,
// and processes that have it open share its pages. A block is checked when it is
// first read. A file is never changed: Build writes another, and renames it into
// place.
package packed
