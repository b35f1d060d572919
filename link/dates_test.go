package link

import (
	"testing"

	"cablegraph/entity"
)

// valuesOf returns the values of one kind in a text, which is sent on Friday, 15 June 2007.
func valuesOf(t *testing.T, text string, kind nodeKind) []string {
	t.Helper()
	d := exampleCable(t, text)
	x := newReader(Default(), d)
	x.s.read(bodySentence(d))
	var out []string
	for _, n := range x.s.nodes {
		if n.kind == kind {
			out = append(out, n.value)
		}
	}
	return out
}

// bodySentence returns the last sentence of d.
func bodySentence(d *entity.Document) entity.Sentence { return d.Sentences[len(d.Sentences)-1] }

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"It began on July 16, 2006 in a bar.":              "2006-07-16",
		"It began on July 16 2006 in a bar.":               "2006-07-16",
		"It began on 16 July 2006 in a bar.":               "2006-07-16",
		"It began on the 16th of July, 2006 in a bar.":     "2006-07-16",
		"It began on Sunday, July 16, 2006 in a bar.":      "2006-07-16",
		"It began on 7/16/2006 in a bar.":                  "2006-07-16",
		"It began on 2006-07-16 in a bar.":                 "2006-07-16",
		"It began on Feb. 23 in a bar.":                    "2007-02-23",
		"It began on December 5 in a bar.":                 "2006-12-05",
		"It will begin on July 3 in a bar.":                "2007-07-03",
		"It lasted from July 30-August 3, 2006 in all.":    "2006-07-30/2006-08-03",
		"It lasted from October 16-25, 2006 in all.":       "2006-10-16/2006-10-25",
		"It lasted from December 28-January 3, 2007.":      "2006-12-28/2007-01-03",
		"It lasted from May 3 to 5, 2006 in all.":          "2006-05-03/2006-05-05",
		"It lasted from June 2006 to August 2006.":         "2006-06/2006-08",
		"It lasted from 1996-1998 in all.":                 "1996/1998",
		"It lasted from 2004 to 2006 in all.":              "2004/2006",
		"It began in July 2006.":                           "2006-07",
		"It will begin in July.":                           "2007-07",
		"It began in October.":                             "2006-10",
		"It began in late 2006.":                           "2006",
		"It began in mid-2006.":                            "2006",
		"It began at the end of 2006.":                     "2006",
		"It began in the first half of 2006.":              "2006",
		"It began in the summer of 2006.":                  "2006",
		"It began in 2006 with rain.":                      "2006",
		"It has rained since 2005.":                        "2005/..",
		"It rained until May 2006.":                        "../2006-05",
		"As of May 2006, it rained.":                       "../2006-05",
		"It began last year.":                              "2006",
		"It began last month.":                             "2007-05",
		"It began last December.":                          "2006-12",
		"It will begin next March.":                        "2008-03",
		"It began two years ago.":                          "2005",
		"It began three months ago.":                       "2007-03",
		"It began on Monday.":                              "2007-06-11",
		"It began on Friday.":                              "2007-06-15",
		"It began last Friday.":                            "2007-06-08",
		"It began yesterday.":                              "2007-06-14",
		"The 2000 ships met 2500 others.":                  "",
		"They may march on a bar.":                         "",
		"It has 2006 members.":                             "",
		"She is one of 2000 sailors who may go.":           "",
		"It happens today as it always did.":               "",
		"On May 3 2000 ships met.":                         "2007-05-03",
		"The law 8 of March 3, 2006 was read on Thursday.": "2006-03-03",
	} {
		got := ""
		if vs := valuesOf(t, text, dateNode); len(vs) > 0 {
			got = vs[0]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, test := range []struct {
		kind       nodeKind
		text, want string
	}{
		{moneyNode, "It cost $7 million in all.", "7000000 USD"},
		{moneyNode, "It cost $7 million USD in all.", "7000000 USD"},
		{moneyNode, "It cost US$ 1,500 in all.", "1500 USD"},
		{moneyNode, "It cost about USD 70 in all.", "70 USD"},
		{moneyNode, "It cost 70 million pesos in all.", "70000000 pesos"},
		{moneyNode, "It cost 2.5 billion euros in all.", "2500000000 EUR"},
		{moneyNode, "It cost a million dollars in all.", "1000000 USD"},
		{moneyNode, "It cost seven chairs.", ""},
		{termNode, "She got nine years in prison.", "9 years"},
		{termNode, "She got 25 years and six months in prison.", "25 years 6 months"},
		{termNode, "She got six to 12 years in prison.", "6-12 years"},
		{termNode, "She got 6-12 years in prison.", "6-12 years"},
		{termNode, "She got six months to five years in prison.", "6 months to 5 years"},
		{termNode, "She got a two-year sentence.", "2 years"},
		{termNode, "She got life imprisonment.", "life"},
		{termNode, "She was sentenced to life.", "life"},
		{termNode, "She is a 16-year old girl.", ""},
		{termNode, "She is under 18 years of age.", ""},
		{termNode, "She left three years ago.", ""},
		{percentNode, "Of these 44% left.", "44%"},
		{percentNode, "Of these 7.5 percent left.", "7.5%"},
		{percentNode, "Of these eighty per cent left.", "80%"},
		{numberNode, "They found twenty-five chairs.", "25"},
		{numberNode, "They found 1,500 chairs.", "1500"},
		{numberNode, "They found two dozen chairs.", "24"},
	} {
		got := ""
		if vs := valuesOf(t, test.text, test.kind); len(vs) > 0 {
			got = vs[0]
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}
