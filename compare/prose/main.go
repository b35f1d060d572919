// Command prose finds names with github.com/jdkato/prose/v2 as shipped. It
// reads texts and writes the names in each as described in ../main.go.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/jdkato/prose/v2"
)

type mention struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

// types maps the labels of the model that prose comes with. It has no other.
var types = map[string]string{"PERSON": "person", "GPE": "place"}

// quotes undoes what the tokenizer does to the text before it cuts it; each
// mark is as many bytes as before, so that places in the text stay.
var quotes = strings.NewReplacer("“", `"  `, "”", `"  `, "‘", "'  ", "’", "'  ")

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "prose:", err)
		os.Exit(1)
	}
}

func run(r io.Reader, w io.Writer) error {
	in := json.NewDecoder(bufio.NewReader(r))
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	var model *prose.Model // loaded once, though prose would load it for every text
	for {
		var text string
		if err := in.Decode(&text); err == io.EOF {
			return out.Flush()
		} else if err != nil {
			return err
		}
		text = quotes.Replace(text)
		var options []prose.DocOpt
		if model != nil {
			options = append(options, prose.UsingModel(model))
		}
		doc, err := prose.NewDocument(text, options...)
		if err != nil {
			return err
		}
		model = doc.Model
		if err := enc.Encode(mentions(text, doc.Entities())); err != nil {
			return err
		}
	}
}

// mentions places entities, which come in order but without offsets and with
// single blanks between their words, in the text.
func mentions(text string, entities []prose.Entity) []mention {
	found := []mention{}
	at := 0
	for _, e := range entities {
		start, end, ok := locate(text, at, strings.Fields(e.Text))
		if !ok {
			continue
		}
		at = end
		if t := types[e.Label]; t != "" {
			found = append(found, mention{start, end, t})
		}
	}
	return found
}

// locate returns where words stand next in text, from at on, with nothing but
// white space between them.
func locate(text string, at int, words []string) (start, end int, ok bool) {
	if len(words) == 0 {
		return 0, 0, false
	}
next:
	for {
		i := strings.Index(text[at:], words[0])
		if i < 0 {
			return 0, 0, false
		}
		start, end = at+i, at+i+len(words[0])
		at = end
		for _, word := range words[1:] {
			rest := strings.TrimLeft(text[end:], " \t\r\n")
			if !strings.HasPrefix(rest, word) {
				continue next
			}
			end = len(text) - len(rest) + len(word)
		}
		return start, end, true
	}
}
