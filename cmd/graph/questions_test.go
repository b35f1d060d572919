package main

import (
	"os"
	"strings"
	"testing"
)

// sampleCables are two real cables beside the repository.
const sampleCables = "../../../shared/seeds"

// From two real cables to answers over HTTP, each row with its paragraph. What
// is right was read in the cables by a person.
func TestQuestionsOverHTTP(t *testing.T) {
	if _, err := os.Stat(sampleCables); err != nil {
		t.Skip("the sample cables are not beside the repository")
	}
	s := serve(t, sampleCables)
	for _, test := range []struct {
		question string
		saved    string
		params   []string
		want     []map[string]string // each in one row
	}{
		{"who was arrested, when, by whom", "arrests", nil, []map[string]string{
			{"name": "Ignacio Antonio Santoyo-Cervantes", "date": "2007-07-16", "by": "<agency:afi>", "paragraph": "<cable:08MEXICO721/4>"},
			{"name": "Alfonso Perez Suarez", "date": "2007-08-07", "paragraph": "<cable:08MEXICO721/15>"},
			{"name": "Oscar Manuel Navarete Orozco", "date": "2007-08-16", "paragraph": "<cable:08MEXICO721/19>"},
			{"name": "Ismael Acevedo Muniz", "date": "2007-03-15", "paragraph": "<cable:08MEXICO721/22>"},
		}},
		{"which states passed a law, and when", "laws", nil, []map[string]string{
			{"state": "<state:chihuahua>", "date": "2007-01", "paragraph": "<cable:08MEXICO721/4>"},
			{"state": "<state:guerrero>", "date": "2007-04", "paragraph": "<cable:08MEXICO721/4>"},
			{"state": "<state:zacatecas>", "date": "2007-09", "paragraph": "<cable:08MEXICO721/4>"},
			{"date": "2007-12", "paragraph": "<cable:08MEXICO721/4>"}, // the State of Mexico
			{"state": "<state:sonora>", "date": "2008-03", "paragraph": "<cable:08MEXICO721/4>"},
		}},
		{"who heads FEVIMTRA", "head", []string{"body", "agency:fevimtra"}, []map[string]string{
			{"fact": "holds", "name": "Maria Guadalupe Morfin Otero", "paragraph": "<cable:08MEXICO721/4>"},
			{"fact": "appointed", "by": "<person:eduardo-medina-mora>", "date": "2008-02-01", "paragraph": "<cable:08MEXICO721/4>"},
			{"fact": "formerName", "former": "<agency:fevim>", "paragraph": "<cable:08MEXICO721/4>"},
		}},
		{"which memoranda, between whom, when", "agreements", []string{"party", "state:mexico"}, []map[string]string{
			{"parties": "<state:guatemala>", "dates": "2004-03-23", "paragraph": "<cable:08MEXICO721/17>"},
			{"parties": "<state:el-salvador>", "dates": "2005-05-17", "paragraph": "<cable:08MEXICO721/17>"},
		}},
		{"which referenced cables are missing", "missing-cables", nil, []map[string]string{
			{"missing": "<cable:06STATE202745>", "paragraph": "<cable:08MEXICO721/0>"},
			{"missing": "<cable:07STATE150188>", "paragraph": "<cable:08MEXICO721/0>"},
			{"missing": "<cable:08STATE2731>", "paragraph": "<cable:08MEXICO721/0>"},
			{"missing": "<cable:09STATE59732>", "paragraph": "<cable:09STATE60627/0>"},
			{"missing": "<cable:09STATE5577>", "paragraph": "<cable:09STATE60627/0>"},
		}},
	} {
		rows := s.saved(t, test.saved, test.params...)
		for _, want := range test.want {
			if !anyHolds(rows, want) {
				t.Errorf("%s: no row of %d holds %v", test.question, len(rows), want)
			}
		}
		for _, row := range rows {
			if p, _ := row["paragraph"].(string); !strings.HasPrefix(p, "<cable:") {
				t.Errorf("%s: a row without its paragraph: %v", test.question, row)
			}
		}
	}
}

// anyHolds tells whether a row has all the values; a list has each of its own.
func anyHolds(rows []map[string]any, want map[string]string) bool {
next:
	for _, row := range rows {
		for key, value := range want {
			values, ok := row[key].([]any)
			if !ok {
				values = []any{row[key]}
			}
			found := false
			for _, v := range values {
				found = found || v == any(value)
			}
			if !found {
				continue next
			}
		}
		return true
	}
	return false
}
