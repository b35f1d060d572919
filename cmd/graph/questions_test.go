package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// sampleCables are two real cables beside the repository.
const sampleCables = "../../../shared/seeds"

// From two real cables to answers over HTTP, each row with its paragraph. The
// questions are those of the vocabulary that one cable answers, and the last
// one. What is right was read in the cables by a person: each query must give
// these rows, in these columns, and no others.
func TestQuestionsOverHTTP(t *testing.T) {
	if _, err := os.Stat(sampleCables); err != nil {
		t.Skipf("the two sample cables are not beside the repository: %v", err)
	}
	s := serve(t, sampleCables)
	for _, test := range []struct {
		question string
		saved    string
		params   []string
		columns  string
		want     []string // the columns with " | " between them; short IRIs without brackets
	}{
		{"1: who was arrested, when, where, by whom", "arrests", nil, "name date place by", []string{
			"Alfonso Perez Suarez | 2007-08-07 | state:tlaxcala | -",
			"Daniel Bricio Villa | - | state:jalisco | -",
			"Ignacio Antonio Santoyo-Cervantes | 2007-07-16 | - | agency:afi",
			"Ismael Acevedo Muniz | 2007-03-15 | place:juarez | -",
			"James C. Shea | 2007-02-25 | - | agency:ciudad-juarez-municipal-police",
			"John D. Armstrong | - | - | -",
			"Jorge Luis Fonte-Ruiz | 2007-08-07 | state:tlaxcala | -",
			"Jose Luis Castro | 2007-07-14 | - | -",
			"Maria America Maldonado Alfaro | 2007-08-16 | - | -",
			"Oscar Manuel Navarete Orozco | 2007-08-16 | - | -",
			"Pablo Pedro Carlos Armand Paul | - | place:morelia | -",
			"Walter Alonso-Garza | 2007-07-14 | - | -",
		}},
		{"2: who was sentenced, to what, by which court, under which law", "sentences", nil, "name months court date law status", []string{
			"Consuelo Carreto Valencia | 306 | - | 2007-01 | - | asserted",
			"James C. Shea | 108 | agency:chihuahua-tribunal | 2008-01-30 | - | asserted",
			"John D. Armstrong | 110 | - | - | - | planned",
			"Maria Guadalupe Gonzalez Hernandez | 132 | - | - | law:chihuahua-state-human-trafficking-law | asserted",
		}},
		{"3: extraditions between two countries", "extraditions", nil, "person from to date", []string{
			"a suspected child trafficker | state:united-states | state:mexico | 2006",
			"person:consuelo-carreto-valencia | state:mexico | state:united-states | 2007-01-19",
		}},
		{"4: which states passed a comprehensive law, and when", "laws", []string{"scope", "comprehensive"}, "type state date", []string{
			"cg:Passage | state:chihuahua | 2007-01",
			"cg:Passage | state:guerrero | 2007-04",
			"cg:Passage | state:mexico-mx | 2007-12", // the State of Mexico
			"cg:Passage | state:sonora | 2008-03",
			"cg:Passage | state:zacatecas | 2007-09",
		}},
		{"5: who sits on the inter-agency committee", "participants", []string{"committee", "agency:inter-agency-commission"}, "body", []string{
			"agency:inm", "agency:inmujeres", "agency:pgr", "agency:sct", "agency:secretary-of-health", "agency:segob", "agency:sep",
			"agency:sre", "agency:ssp", "agency:stps",
		}},
		{"6: who heads FEVIMTRA, appointed by whom, and what was it called", "head", []string{"body", "agency:fevimtra"}, "fact name by date former", []string{
			"appointed | Maria Guadalupe Morfin Otero | person:eduardo-medina-mora | 2008-02-01 | -",
			"formerName | FEVIM | - | - | agency:fevim",
			"holds | Maria Guadalupe Morfin Otero | - | - | -",
		}},
		{"8: which memoranda, between whom, when", "agreements", []string{"party", "state:mexico"}, "parties dates", []string{
			"state:el-salvador state:mexico | 2005-05-17",
			"state:guatemala state:mexico | 2004-03-23",
		}},
		{"9: whom did ICE train, and when", "trainings", []string{"trainer", "agency:ice"}, "trainee date place status", []string{
			"agency:afi | 2007-07-30/2007-08-03 | - | asserted",
			"agency:cenapi | 2007-07-30/2007-08-03 | - | asserted",
			"agency:fevimtra | 2007-07-30/2007-08-03 | - | asserted",
			"agency:government-of-mexico | - | place:juarez | asserted",
			"agency:inm | 2007-07-30/2007-08-03 | - | asserted",
			"agency:pgr | 2007-07-30/2007-08-03 | - | asserted",
			"agency:ssp | 2007-07-30/2007-08-03 | - | asserted",
			"local police officials | 2007-07-30/2007-08-03 | - | asserted",
		}},
		{"12: which US citizens appear in cases", "accused", []string{"words", "u.s. citizen|american"}, "name", []string{
			"Ismael Acevedo Muniz", "James C. Shea", "John D. Armstrong",
		}},
		{"13: what are the federal penalties, and which laws does the law amend", "penalties", []string{"law", "law:law-to-prevent-and-punish-trafficking-in-persons"}, "fact minimum maximum penalty condition amended", []string{
			"amends | - | - | - | - | law:federal-code-of-criminal-procedure",
			"amends | - | - | - | - | law:federal-law-against-organized-crime",
			"amends | - | - | - | - | law:federal-penal-code",
			"prescribes | - | - | penalties increase by one half | the defendant is a public official | -",
			"prescribes | 108 | 216 | imprisonment of 9-18 years | the offense is committed against a person under the age of 18 or against a person who does not have the capacity to understand the meaning of the act or the capacity to resist | -",
			"prescribes | 108 | 216 | penalties increase to nine to 18 years, imprisonment | the victim is a child or lacks mental capacity | -",
			"prescribes | 72 | 144 | imprisonment from 6-12 years | - | -",
			"prescribes | 72 | 144 | penalties of six to 12 years | - | -",
		}},
		{"14: where do victims come from, by IOM", "victims", []string{"reporter", "agency:iom"}, "origin share", []string{
			"state:central-america | 80%", "state:el-salvador | 7%", "state:guatemala | 44%", "state:honduras | 19%", "state:south-america | 13%",
		}},
		{"14: and who is taken to the United States", "victims", []string{"state", "state:united-states"}, "origin transit destination", []string{
			"- | - | state:united-states", // "those in transit"
			"- | state:mexico | state:united-states",
			"state:asia | state:mexico | state:united-states",
			"state:caribbean | state:mexico | state:united-states",
			"state:central-america | - | state:united-states",
			"state:eastern-europe | state:mexico | state:united-states",
			"state:mexico | - | state:united-states",
			"state:south-america | state:mexico | state:united-states",
		}},
		{"15: which referenced cables are missing", "missing-cables", nil, "missing cable", []string{
			"cable:06STATE202745 | cable:08MEXICO721",
			"cable:07STATE150188 | cable:08MEXICO721",
			"cable:08STATE2731 | cable:08MEXICO721",
			"cable:09STATE5577 | cable:09STATE60627",
			"cable:09STATE59732 | cable:09STATE60627",
		}},
	} {
		rows := s.saved(t, test.saved, test.params...)
		var got []string
		for _, row := range rows {
			var cells []string
			for _, column := range strings.Fields(test.columns) {
				cells = append(cells, plain(row[column]))
			}
			got = append(got, strings.Join(cells, " | "))
			if p, _ := row["paragraph"].(string); !strings.HasPrefix(p, "<cable:") {
				t.Errorf("%s: a row without its paragraph: %v", test.question, row)
			}
		}
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, test.want) {
			t.Errorf("%s: rows\n\t%s\nwant\n\t%s", test.question, strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
		}
	}
}

// plain writes a value of a row: IRIs without brackets, "-" for none, a list in
// order with blanks.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case string:
		return strings.TrimSuffix(strings.TrimPrefix(v, "<"), ">")
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, plain(x))
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	return fmt.Sprint(v)
}
