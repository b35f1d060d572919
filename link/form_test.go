package link

import (
	"fmt"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
)

// The facts of a form belong to the person that it is about.
func TestForms(t *testing.T) {
	const text = "R 010000Z FEB 10\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\nUNCLAS LIMA 000412\n\nSUBJECT: VETTING\n\n1. The following have been selected.\n\n" +
		"Rank/Name: CDR ANSELMO QUIROGA\nDOB: 1/2/1980\nPlace of Birth: CALLAO, PERU\nUnit/Institution: HARBOR FORCES\nCourse: KNOT TYING\nStart Date: 2/8/2010\nEnd Date: 3/5/2010\n\n" +
		"Rank/Name: LT ROSA LOBO\nDOB: 5/6/1982\nUnit/Institution: COAST SCHOOL\n"
	want := []string{
		"memberOf 1 person=ANSELMO QUIROGA organization=HARBOR FORCES",
		"holdsRole 1 person=ANSELMO QUIROGA body=HARBOR FORCES role=CDR",
		"locatedIn 1 place=CALLAO in=PERU",
		"trained 1 trainee=ANSELMO QUIROGA date=2010-02-08/2010-03-05 topic=KNOT TYING",
		"memberOf 1 person=ROSA LOBO organization=COAST SCHOOL",
		"holdsRole 1 person=ROSA LOBO body=COAST SCHOOL role=LT",
	}
	var got []string
	for c, err := range cable.Read(strings.NewReader(text), "10LIMA412.txt") {
		if err != nil {
			t.Fatal(err)
		}
		d := entity.NewFinder().Find(c)
		for _, r := range Relations(d) {
			if r.Para != 1 {
				continue
			}
			s := fmt.Sprintf("%s %d", r.Type, r.Para)
			for _, a := range r.Args {
				v := a.Value
				if a.Mention >= 0 {
					v = d.Mentions[a.Mention].Text
				}
				s += " " + a.Role + "=" + v
			}
			got = append(got, s)
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}
