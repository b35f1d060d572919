package cable

import (
	"strings"
	"testing"
)

// Damaged signs become what they were, and the text still leads back to Raw.
func TestSigns(t *testing.T) {
	const front = "UNCLAS LIMA 000412\n\nSIPDIS\n\nSUBJECT: HARBORS\n\n1. "
	for _, tt := range []struct{ name, text, want string }{
		{"comma", "Peru,s harbors, seas and LIMA,S quays don,t sleep.", "Peru's harbors, seas and LIMA'S quays don't sleep."},
		{"no comma", "U,S. ports, ships, s and t", "U,S. ports, ships, s and t"},
		{"question mark", "Is it Peru?s? Ana?Second?", "Is it Peru's? Ana?Second?"},
		{"ampersand and eight", "A &safe harbor,8 said AT&T of the G8.", "A \"safe harbor,\" said AT&T of the G8."},
		{"ampersand alone", "Gil &Prado sold 8 ships", "Gil &Prado sold 8 ships"},
		{"Q", "PeruQs daily QLa Barca,Q a QsafeQ friend of the officialsQ and of Qatar, Quito and QDR", "Peru's daily \"La Barca,\" a \"safe\" friend of the officials' and of Qatar, Quito and QDR"},
		{"one Q", "The boatQ sank", "The boatQ sank"},
		{"seven bits", "JosC) and MarC-a of the PAC-led LC3pez", "José and María of the PAC-led López"},
		{"one C", "a harC-a", "a harC-a"},
	} {
		c := parse(front+tt.text+"\n", hints{})
		got := strings.TrimSpace(c.Text.String()[strings.Index(c.Text.String(), "1. ")+3:])
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
		checkInvariants(t, c)
	}
	c := parse(front+"JosC) MarC- and PeruQs PeruQs\n", hints{})
	if got := c.Text.Slice(Span{strings.Index(c.Raw, "JosC)"), strings.Index(c.Raw, " MarC-")}); got != "José" {
		t.Errorf("the slice ends in %q, want José", got)
	}
	text := c.Text.String()
	for name, raw := range map[string]string{"José": "JosC)", "Marí": "MarC-", "Peru": "Peru", "Peru'": "PeruQ"} {
		i := strings.Index(text, name)
		if s := c.Text.RawSpan(i, i+len(name)); c.Raw[s.Start:s.End] != raw {
			t.Errorf("%q leads to %q, want %q", name, c.Raw[s.Start:s.End], raw)
		}
	}
}
