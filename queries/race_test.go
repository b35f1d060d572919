//go:build race

package queries

const underRace = true
