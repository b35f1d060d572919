//go:build race

package main

// The race detector ends a process that may have no more memory in its own words.
const raceDetector = true
