package entity

import (
	_ "embed"
	"fmt"
	"strings"
)

// words.txt holds the lists of small words that the rules read: a name in
// brackets, then words divided by blanks, up to the next name.
//
//go:embed data/words.txt
var wordLists string

// words returns the folded hashes of the list of the given name. It panics where
// there is none, which shows at the start of any program.
func words(name string) map[uint64]bool {
	_, list, ok := strings.Cut(wordLists, "\n["+name+"]\n")
	if !ok {
		panic(fmt.Sprintf("words.txt has no list %q", name))
	}
	list, _, _ = strings.Cut(list, "\n[")
	set := map[uint64]bool{}
	for w := range strings.FieldsSeq(list) {
		set[foldHash(w)] = true
	}
	return set
}
