package link

import (
	"slices"
	"testing"

	"cablegraph/vocab"
)

func TestFormOfTrainees(t *testing.T) {
	d := exampleCable(t, "Rank/Name: CAPT [person ANA PRADO].\nDOB: 1/2/1980.\nCourse: SHIP REPAIR.\nStart Date: 2/22/2008.\nEnd Date: 3/12/2008.\nCourse: SAILING.\nStart Date: soon.")
	rs := ofText(d)
	rs = slices.DeleteFunc(rs, func(r Relation) bool { return r.Type == "holdsRole" })
	if len(rs) != 1 || rs[0].Type != "trained" || rs[0].Status != vocab.Planned || rs[0].Args[1].Value != "2008-02-22/2008-03-12" {
		t.Errorf("%+v, want one training", rs)
	}
}
