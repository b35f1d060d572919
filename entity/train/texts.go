package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"cablegraph/cable"
)

// A markedText is a telegram whose editors marked people in it.
type markedText struct {
	Volume string // "frus1961-63v04"
	ID     string // of the document in its volume: "d12"
	Text   string // a line for the head, the dateline, each paragraph and each item of a list
	Names  []cable.Span
}

// markedTexts yields the telegrams of a directory of TEI volumes, of a single
// volume (.xml), or of gzipped JSON lines. It ends at the first error.
func markedTexts(path string) iter.Seq2[markedText, error] {
	return func(yield func(markedText, error) bool) {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			yield(markedText{}, err)
		case info.IsDir():
			files, err := os.ReadDir(path)
			if err != nil {
				yield(markedText{}, err)
				return
			}
			found := false
			for _, f := range files {
				if isVolume(f.Name()) && !f.IsDir() {
					found = true
					if !yieldAll(filepath.Join(path, f.Name()), teiTexts, yield) {
						return
					}
				}
			}
			if !found {
				yield(markedText{}, fmt.Errorf("%s: no volumes (*.xml) in this directory", path))
			}
		case isVolume(path):
			yieldAll(path, teiTexts, yield)
		default:
			yieldAll(path, jsonTexts, yield)
		}
	}
}

func isVolume(file string) bool { return filepath.Ext(file) == ".xml" }

// yieldAll opens a file and yields its telegrams. It reports whether to go on.
func yieldAll(file string, texts func(*os.File) iter.Seq2[markedText, error], yield func(markedText, error) bool) bool {
	r, err := os.Open(file)
	if err != nil {
		yield(markedText{}, err)
		return false
	}
	defer r.Close()
	for t, err := range texts(r) {
		if !yield(t, err) || err != nil {
			return false
		}
	}
	return true
}

// jsonTexts yields the telegrams of gzipped JSON lines, whose spans count
// characters.
func jsonTexts(r *os.File) iter.Seq2[markedText, error] {
	return func(yield func(markedText, error) bool) {
		z, err := gzip.NewReader(r)
		if err != nil {
			yield(markedText{}, fmt.Errorf("%s: %w", r.Name(), err))
			return
		}
		n := 0
		for d := json.NewDecoder(z); d.More(); {
			n++
			var t struct {
				Volume, ID, Text string
				Spans            []struct {
					Start, End int // characters
					Type       string
				}
			}
			if err := d.Decode(&t); err != nil {
				yield(markedText{}, fmt.Errorf("%s: telegram %d: %w", r.Name(), n, err))
				return
			}
			m := markedText{Volume: t.Volume, ID: t.ID, Text: t.Text}
			var offsets []int
			for i := range t.Text {
				offsets = append(offsets, i)
			}
			offsets = append(offsets, len(t.Text))
			for _, s := range t.Spans {
				if s.Type == "person" && s.Start < s.End && s.End < len(offsets) {
					m.Names = append(m.Names, cable.Span{Start: offsets[s.Start], End: offsets[s.End]})
				}
			}
			if !yield(m, nil) {
				return
			}
		}
	}
}

// volumeName is the name of a volume's file without its directory and ending.
func volumeName(file string) string {
	return strings.TrimSuffix(filepath.Base(file), ".xml")
}
