package entity

import (
	"strings"
	"testing"

	"cablegraph/cable"
)

func tokens(text string) string {
	var w []string
	for _, t := range tokenize(nil, text, 0, len(text)) {
		w = append(w, text[t.Start:t.End])
	}
	return strings.Join(w, "|")
}

func TestTokenize(t *testing.T) {
	for text, want := range map[string]string{
		"Peru,s law, so":                 "Peru|,s|law|,|so",
		"Peru?s law?":                    "Peru|?s|law|?",
		"Mexico's Attorney General":      "Mexico|'s|Attorney|General",
		"the workers' home":              "the|workers|'|home",
		"O'Reilly and O???REILLY":        "O'Reilly|and|O???REILLY",
		"Santoyo-Cervantes a.k.a \"S\"":  "Santoyo|-|Cervantes|a.k.a|\"|S|\"",
		"the U.S. Embassy, U.S.-Mexico":  "the|U.S.|Embassy|,|U.S.|-|Mexico",
		"John D. Armstrong":              "John|D.|Armstrong",
		"$7 million, 1,500 (3.5%).":      "$|7|million|,|1,500|(|3.5|%|)|.",
		"G/TIP":                          "G|/|TIP",
		"ICE Attach? Mexico":             "ICE|Attach|?|Mexico",
		"08MEXICO721 F-4E":               "08MEXICO721|F|-|4E",
		"São Tomé – Côte d’Ivoire’s":     "São|Tomé|–|Côte|d’Ivoire|’s",
		"see <http://www.a.gov/x_y.> ok": "see|<|http://www.a.gov/x_y|.|>|ok",
		"-- ----- ...":                   "--|-----|...",
		"MEXICO'S":                       "MEXICO|'S",
	} {
		if got := tokens(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestShapes(t *testing.T) {
	for text, want := range map[string]Shape{
		"Mexico": Capital, "INM": Caps, "U.S.": Caps, "J.": Initial, "J": Initial, "law": Lower, "O'Reilly": Capital,
		"CdeBaca": Capital, "KwaZulu": Capital, "3rd": Mixed, "1,500": Number, "Élysée": Capital, "ÉTAT": Caps, "iPhone": Mixed, "--": Punct,
	} {
		if got := tokenize(nil, text, 0, len(text))[0].Shape; got != want {
			t.Errorf("%q: shape %d, want %d", text, got, want)
		}
	}
}

func TestFoldHash(t *testing.T) {
	for _, w := range []string{"Mexico", "São", "Łódź", "D’Ivoire", "ÉTAT", "Straße"} {
		if a, b := foldHash(w), hash(Fold(w)); a != b {
			t.Errorf("%s: foldHash %x, hash of Fold %x", w, a, b)
		}
		if a, b := tokenize(nil, w, 0, len(w))[0].Lower, foldHash(w); a != b {
			t.Errorf("%s: token %x, foldHash %x", w, a, b)
		}
	}
	if foldHash("São") != foldHash("SAO") {
		t.Error("diacritics are not folded")
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"He met Dr. Perez. They left.":                        "He met Dr. Perez.|They left.",
		"The U.S. Embassy helped. Mr. J. Doe of the U.S. The": "The U.S. Embassy helped.|Mr. J. Doe of the U.S.|The",
		"He said \"no.\" Then he went.":                       "He said \"no.\"|Then he went.",
		"ICE Attach? Mexico City met. Why? Nobody knows.":     "ICE Attach? Mexico City met.|Why?|Nobody knows.",
		"About 3.5 percent. 12 were held.":                    "About 3.5 percent.|12 were held.",
		"(He left.) She stayed.":                              "(He left.)|She stayed.",
		"on Jan. 5 and Nov. 6. in lower":                      "on Jan. 5 and Nov. 6. in lower",
	} {
		c := textCable(text)
		d := newDocument(c)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Text(s.First, s.Last))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q:\n got %s\nwant %s", text, g, want)
		}
	}
}

// textCable makes a cable of one block of running text.
func textCable(text string) *cable.Cable {
	return &cable.Cable{
		ID: "09TEST1", Raw: text, Text: cable.NewText(text),
		Blocks: []cable.Block{{Kind: cable.BlockText, Para: 1, Span: cable.Span{Start: 0, End: len(text)}}},
	}
}
