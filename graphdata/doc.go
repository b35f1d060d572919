// Package graphdata turns the linked collection into the quads of the graph,
// and keeps them: as sorted N-Quads in a graph directory, and in the stores of
// Cayley.
package graphdata
