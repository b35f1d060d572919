package link

import (
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
)

// Whatever a cable says, its facts stand on its mentions and within its text.
func FuzzRelations(f *testing.F) {
	const head = "R 010000Z JAN 07\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nUNCLAS LIMA 000001\n\nTREASURY FOR IA/APRADO\n\nSUBJECT: LAMPS\n\n1. "
	f.Add("Former Lima Governor Ana Prado and Luis Gil met with the Harbour Police (HP), Peru's Border Service, on May 3.")
	f.Add("The law prohibits the sale of lamps and does not set penalties; if it is not ratified, Peru will find and prosecute")
	f.Add("Rank/Name: CPT ANA PRADO\nDOB: 1/1/1970\nUnit/Institution: LAMPS\nCourse: LAMPS\nStart Date: 1/1/2008\n")
	f.Add("He, she and they were arrested, charged (and), convicted: -- who 's \" the former ( AKA ; ")
	finder := entity.NewFinder()
	f.Fuzz(func(t *testing.T, text string) {
		for c, err := range cable.Read(strings.NewReader(head+text), "07LIMA1.txt") {
			if err != nil {
				continue
			}
			d := finder.Find(c)
			for _, r := range Relations(d) {
				if r.Evidence.Start < 0 || r.Evidence.End > len(c.Raw) || r.Evidence.Len() <= 0 {
					t.Errorf("%s %s: evidence %v of %d bytes", r.Rule, r.Type, r.Evidence, len(c.Raw))
				}
				for _, a := range r.Args {
					if a.Mention >= len(d.Mentions) || a.Mention < 0 && a.Value == "" {
						t.Errorf("%s %s: argument %+v", r.Rule, r.Type, a)
					}
				}
			}
		}
	})
}
