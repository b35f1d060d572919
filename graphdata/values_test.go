package graphdata

import "testing"

func TestParsePeriod(t *testing.T) {
	for s, want := range map[string]period{
		"2007":                  {"2007-00-00", "2007-99-99"},
		"2007-04":               {"2007-04-00", "2007-04-99"},
		"2007-04-16":            {"2007-04-16", "2007-04-16"},
		"2007-07-30/2007-08-03": {"2007-07-30", "2007-08-03"},
		"2006-11/2007":          {"2006-11-00", "2007-99-99"},
	} {
		if got, ok := parsePeriod(s); got != want || !ok {
			t.Errorf("%s: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "last year", "07", "2007-4", "2007-13", "2007-04-00", "2007/", "/2007", "2007-04-16T00:00", "200a", "2007/2008/2009"} {
		if got, ok := parsePeriod(s); ok {
			t.Errorf("%s: %v", s, got)
		}
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"2007", "2007-04-16", true},
		{"2007-04", "2007-04-16", true},
		{"2007-04-16", "2007-04-17", false},
		{"2007", "2008", false},
		{"2007-07-30/2007-08-03", "2007-08", true},
		{"2007-07-30/2007-08-03", "2007-09", false},
	} {
		a, _ := parsePeriod(test.a)
		b, _ := parsePeriod(test.b)
		if a.overlaps(b) != test.want || b.overlaps(a) != test.want {
			t.Errorf("%s and %s: %v", test.a, test.b, !test.want)
		}
	}
}

func TestParseMonths(t *testing.T) {
	for text, want := range map[string][2]int{
		"nine years":                              {108, 108},
		"25 years and six months":                 {306, 306},
		"25 years 6 months":                       {306, 306},
		"110 months":                              {110, 110},
		"twenty-five years in prison":             {300, 300},
		"six to 12 years of imprisonment":         {72, 144},
		"6-12 years":                              {72, 144},
		"between nine and 18 years":               {108, 216},
		"up to ten years":                         {0, 120},
		"a maximum of 10 years":                   {0, 120},
		"not more than five years":                {0, 60},
		"at least 18 months":                      {18, 0},
		"more than two years":                     {24, 0},
		"an 18-year sentence":                     {216, 216},
		"one year or a fine of 500 days of wages": {12, 12},
		"three years for one count and five years for another": {0, 0}, // which one is meant cannot be told
		"life imprisonment": {0, 0},
		"two counts":        {0, 0},
		"":                  {0, 0},
		"10,000 dollars":    {0, 0},
		"ten":               {0, 0},
		"ten to":            {0, 0},
	} {
		if least, most := parseMonths(text); least != want[0] || most != want[1] {
			t.Errorf("%q: %d to %d, want %v", text, least, most, want)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]amount{
		"7 million USD":          {7e6, "usd"},
		"US$7 million":           {7e6, "usd"},
		"$7,000,000":             {7e6, "usd"},
		"seven million dollars":  {7e6, "usd"},
		"70 million pesos":       {7e7, "pesos"},
		"1.5 billion euros":      {1.5e9, "euros"},
		"about EUR 3.5 thousand": {3500, "euros"},
		"40":                     {40, ""},
	} {
		if got, ok := parseAmount(text); got != want || !ok {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "very limited", "between 5 and 7 million dollars"} {
		if got, ok := parseAmount(text); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"shelters for victims", "victims' shelters", true},
		{"shelters for trafficking victims", "shelter for victims of trafficking", true},
		{"shelters for victims", "police training", false},
		{"", "", false},
	} {
		if alike(test.a, test.b) != test.want {
			t.Errorf("%q and %q: %v", test.a, test.b, !test.want)
		}
	}
}
