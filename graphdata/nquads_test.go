package graphdata

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"

	"cablegraph/internal/extsort"
)

// collect splits what a reader yields into quads and errors.
func collect(text string) (quads []quad.Quad, errs []string) {
	for q, err := range ReadNQuads(strings.NewReader(text), "x.nq") {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		quads = append(quads, q)
	}
	return quads, errs
}

func TestAppendQuad(t *testing.T) {
	const s, p = "person:ana-prado", "cg:name"
	for want, q := range map[string]quad.Quad{
		`<person:ana-prado> <cg:name> <state:peru> <cable:07LIMA412/4> .`:                   quad.MakeIRI(s, p, "state:peru", "cable:07LIMA412/4"),
		`<person:ana-prado> <cg:name> <state:peru> .`:                                       quad.MakeIRI(s, p, "state:peru", ""),
		`_:b1 <cg:name> _:b2 .`:                                                             {Subject: quad.BNode("b1"), Predicate: quad.IRI(p), Object: quad.BNode("b2")},
		`<person:ana-prado> <cg:name> "a\"\\\n\r\t\u0001\u007Fé·" .`:                        quad.Make(quad.IRI(s), quad.IRI(p), "a\"\\\n\r\t\x01\x7fé·", nil),
		`<person:ana-prado> <cg:name> "a�b" .`:                                              quad.Make(quad.IRI(s), quad.IRI(p), "a\xffb", nil),
		`<person:a\u0020\u003E\u005Cé> <cg:name> "" .`:                                      quad.Make(quad.IRI("person:a >\\é"), quad.IRI(p), "", nil),
		`<person:ana-prado> <cg:name> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .`:    quad.Make(quad.IRI(s), quad.IRI(p), 4, nil),
		`<person:ana-prado> <cg:name> "0.93"^^<http://www.w3.org/2001/XMLSchema#double> .`:  quad.Make(quad.IRI(s), quad.IRI(p), 0.93, nil),
		`<person:ana-prado> <cg:name> "-INF"^^<http://www.w3.org/2001/XMLSchema#double> .`:  quad.Make(quad.IRI(s), quad.IRI(p), math.Inf(-1), nil),
		`<person:ana-prado> <cg:name> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .`: quad.Make(quad.IRI(s), quad.IRI(p), true, nil),
		`<person:ana-prado> <cg:name> "2007-03-02T15:04:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .`: quad.Make(
			quad.IRI(s), quad.IRI(p), time.Date(2007, 3, 2, 16, 4, 0, 0, time.FixedZone("", 3600)), nil),
		`<person:ana-prado> <cg:name> "puerto"@es-PE .`: quad.Make(quad.IRI(s), quad.IRI(p), quad.LangString{Value: "puerto", Lang: "es-PE"}, nil),
		`<person:ana-prado> <cg:name> "x"^^<cg:odd> .`:  quad.Make(quad.IRI(s), quad.IRI(p), quad.TypedString{Value: "x", Type: "cg:odd"}, nil),
	} {
		got, err := AppendQuad(nil, q)
		if err != nil || string(got) != want+"\n" {
			t.Errorf("%v:\n got %s\nwant %s\n%v", q, got, want, err)
		}
		quads, errs := collect(want)
		if len(quads) != 1 || errs != nil {
			t.Errorf("reading %s: %v %v", want, quads, errs)
			continue
		}
		if again, err := AppendQuad(nil, quads[0]); err != nil || string(again) != want+"\n" {
			t.Errorf("read and written again: %s, %v", again, err)
		}
	}
}

func TestAppendQuadRefuses(t *testing.T) {
	for _, q := range []quad.Quad{
		{},
		quad.MakeIRI("relative", "cg:name", "state:peru", ""),
		quad.MakeIRI("person:x", "name", "state:peru", ""),
		quad.MakeIRI("person:x", "cg:name", "", ""),
		quad.MakeIRI("person:x", "cg:name", "peru", ""),
		quad.MakeIRI("person:x", "cg:name", "state:peru", "names"),
		quad.Make(quad.String("x"), quad.IRI("cg:name"), 1, nil),
		quad.Make(quad.IRI("person:x"), quad.BNode("p"), 1, nil),
		quad.Make(quad.BNode("a b"), quad.IRI("cg:name"), 1, nil),
		quad.Make(quad.BNode("a."), quad.IRI("cg:name"), 1, nil),
		quad.Make(quad.IRI("person:x"), quad.IRI("cg:name"), quad.LangString{Value: "x", Lang: "e s"}, nil),
		quad.Make(quad.IRI("person:x"), quad.IRI("cg:name"), quad.TypedString{Value: "x", Type: "odd"}, nil),
	} {
		if got, err := AppendQuad([]byte("kept"), q); err == nil || string(got) != "kept" {
			t.Errorf("%v: wrote %q, %v", q, got, err)
		}
	}
}

func TestReadNQuadsValues(t *testing.T) {
	const head = `<a:s> <a:p> `
	for text, want := range map[string]quad.Value{
		`"4"^^<http://www.w3.org/2001/XMLSchema#integer>`:       quad.Int(4),
		`"4"^^<xsd:integer>`:                                    quad.Int(4),
		`"04"^^<http://www.w3.org/2001/XMLSchema#integer>`:      quad.TypedString{Value: "04", Type: xsd + "integer"},
		`"four"^^<http://www.w3.org/2001/XMLSchema#integer>`:    quad.TypedString{Value: "four", Type: xsd + "integer"},
		`"4"^^<http://www.w3.org/2001/XMLSchema#int>`:           quad.TypedString{Value: "4", Type: xsd + "int"},
		`"1.5"^^<http://www.w3.org/2001/XMLSchema#double>`:      quad.Float(1.5),
		`"INF"^^<http://www.w3.org/2001/XMLSchema#double>`:      quad.Float(math.Inf(1)),
		`"Infinity"^^<http://www.w3.org/2001/XMLSchema#double>`: quad.TypedString{Value: "Infinity", Type: xsd + "double"},
		`"false"^^<http://www.w3.org/2001/XMLSchema#boolean>`:   quad.Bool(false),
		`"0"^^<http://www.w3.org/2001/XMLSchema#boolean>`:       quad.TypedString{Value: "0", Type: xsd + "boolean"},
		`"x"^^<http://www.w3.org/2001/XMLSchema#string>`:        quad.String("x"),
		`"\u00e9\U0001F600\b\f\'"`:                              quad.String("é😀\b\f'"),
		`<a:\u00e9>`:                                            quad.IRI("a:é"),
		`"x"@en`:                                                quad.LangString{Value: "x", Lang: "en"},
		`_:a.b`:                                                 quad.BNode("a.b"),
	} {
		quads, errs := collect(head + text + " .")
		if errs != nil || len(quads) != 1 || quads[0].Object != want {
			t.Errorf("%s: %#v %v, want %#v", text, quads, errs, want)
		}
	}
}

func TestReadNQuadsTakesWhatTheStandardAllows(t *testing.T) {
	quads, errs := collect("# head\n\n\t<a:s>\t<a:p><a:o><a:l>.# tail\r\n_:x <a:p> _:y .\n<a:s> <a:p> \"x\".")
	if errs != nil || len(quads) != 3 {
		t.Fatalf("%v %v", quads, errs)
	}
	if quads[0] != quad.MakeIRI("a:s", "a:p", "a:o", "a:l") {
		t.Error(quads[0])
	}
}

func TestFaultsHaveTheirPlaceAndReadingGoesOn(t *testing.T) {
	const good = "<a:s> <a:p> <a:o> .\n"
	for line, want := range map[string]string{
		`<a:s> <a:p> <a:o>`:             `x.nq:2:18: want label or full stop`,
		`<a:s> <a:p> <a:o> <a:l>`:       `x.nq:2:24: want full stop`,
		`<a:s> <a:p> <a:o> "l" .`:       `x.nq:2:19: want label or full stop`,
		`<a:s> <a:p> <a:o> . <a:x>`:     `x.nq:2:21: something follows the full stop`,
		`<a:s> <a:p> .`:                 `x.nq:2:13: want object`,
		`<a:s> _:p <a:o> .`:             `x.nq:2:10: the predicate is a blank node`,
		`"s" <a:p> <a:o> .`:             `x.nq:2:1: want subject`,
		`<s> <a:p> <a:o> .`:             `x.nq:2:1: the IRI <s> is not absolute`,
		`<a:s <a:p> <a:o> .`:            `x.nq:2:5: ' ' in an IRI`,
		`<a:s`:                          `x.nq:2:1: the IRI does not end`,
		`<a:s> <a:p> "o .`:              `x.nq:2:13: the text does not end`,
		`<a:s> <a:p> "\x" .`:            `x.nq:2:14: an unknown escape`,
		`<a:s> <a:p> "\u00G0" .`:        `x.nq:2:14: \u00G0 is no character`,
		`<a:s> <a:p> "\uD800" .`:        `x.nq:2:14: \uD800 is no character`,
		`<a:s> <a:p> "\UFFFFFFFF" .`:    `x.nq:2:14: \UFFFFFFFF is no character`,
		`<a:s> <a:p> "o"@ .`:            `x.nq:2:17: want language`,
		`<a:s> <a:p> "o"^^x .`:          `x.nq:2:18: want datatype`,
		`<a:s> <a:p> _: .`:              `x.nq:2:13: a blank node without a label`,
		"<a:s> <a:p> \"\xff\" .":        `x.nq:2:14: not UTF-8`,
		"<a:s> <a:p> \"a\x00b\rc\" .":   `x.nq:2:17: a line end in a text`,
		`<a:s><a:p><a:o>.<a:l>`:         `x.nq:2:17: something follows the full stop`,
		`<a:s> <a:p> "o"^^<integer> . `: `x.nq:2:18: the IRI <integer> is not absolute`,
	} {
		quads, errs := collect(good + line + "\n" + good)
		if len(quads) != 2 || !slices.Equal(errs, []string{want}) {
			t.Errorf("%s: %d quads, %q, want %q", line, len(quads), errs, want)
		}
	}
}

func TestReadErrorEndsTheStream(t *testing.T) {
	broken := errors.New("the disk is gone")
	r := io.MultiReader(strings.NewReader("<a:s> <a:p> <a:o> .\n"), iotest.ErrReader(broken))
	n, last := 0, error(nil)
	for _, err := range ReadNQuads(r, "x.nq") {
		n++
		last = err
	}
	if n != 2 || !errors.Is(last, broken) || !strings.HasPrefix(last.Error(), "x.nq:2: ") {
		t.Errorf("%d pairs, %v", n, last)
	}
}

func TestWriteSorted(t *testing.T) {
	var b strings.Builder
	text := "<a:s> <a:p> <a:o> .\n<a:t> <a:p> \"x\" <a:l> .\n<a:s> <a:p> <a:o> .\n<a:s> <a:b> <a:o> .\n"
	n, err := WriteSorted(t.Context(), &b, ReadNQuads(strings.NewReader(text), "x.nq"), extsort.Options{})
	want := "<a:s> <a:b> <a:o> .\n<a:s> <a:p> <a:o> .\n<a:t> <a:p> \"x\" <a:l> .\n"
	if n != 3 || err != nil || b.String() != want {
		t.Errorf("%d, %v\n%s", n, err, b.String())
	}
	if _, err := WriteSorted(t.Context(), &b, ReadNQuads(strings.NewReader("x"), "x.nq"), extsort.Options{}); err == nil {
		t.Error("an error of the sequence is lost")
	}
}

func values(iris, all bool) *rapid.Generator[quad.Value] {
	text := rapid.String()
	iri := rapid.Map(text, func(s string) quad.Value { return quad.IRI("a:" + s) })
	node := rapid.Map(rapid.StringMatching(`[a-zA-Z0-9_:]([a-z.-]*[a-z])?`), func(s string) quad.Value { return quad.BNode(s) })
	switch {
	case iris:
		return iri
	case !all:
		return rapid.OneOf(iri, node)
	}
	return rapid.OneOf(iri, node,
		rapid.Map(text, func(s string) quad.Value { return quad.String(s) }),
		rapid.Map(rapid.Int64(), func(i int64) quad.Value { return quad.Int(i) }),
		rapid.Map(rapid.Float64(), func(f float64) quad.Value { return quad.Float(f) }),
		rapid.Map(rapid.Bool(), func(b bool) quad.Value { return quad.Bool(b) }),
		rapid.Map(text, func(s string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: "en-US"} }),
		rapid.Map(text, func(s string) quad.Value { return quad.TypedString{Value: quad.String(s), Type: "a:t"} }),
	)
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quad.Quad{
			Subject:   values(false, false).Draw(t, "subject"),
			Predicate: values(true, false).Draw(t, "predicate"),
			Object:    values(false, true).Draw(t, "object"),
		}
		if rapid.Bool().Draw(t, "labelled") {
			q.Label = values(false, false).Draw(t, "label")
		}
		line, err := AppendQuad(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		quads, errs := collect(string(line))
		if len(quads) != 1 || errs != nil || quads[0] != q {
			t.Fatalf("%#v\nwritten %s\nread %#v %v", q, line, quads, errs)
		}
	})
}

func FuzzReadNQuads(f *testing.F) {
	f.Add(`<a:s> <a:p> "x\u00e9"@en-GB _:l . # end`)
	f.Add("<a:s> <a:p> \"1.50\"^^<xsd:double> .\r\n\n_:a <a:p> _:b .")
	f.Add(`<a:\u0020> <a:p> "`)
	f.Fuzz(func(t *testing.T, text string) {
		quads, _ := collect(text)
		for _, q := range quads {
			line, err := AppendQuad(nil, q)
			if err != nil {
				t.Fatalf("read %#v from %q and cannot write it: %v", q, text, err)
			}
			again, errs := collect(string(line))
			if len(again) != 1 || errs != nil {
				t.Fatalf("wrote %q from %q and cannot read it: %v", line, text, errs)
			}
			line2, err := AppendQuad(nil, again[0])
			if err != nil || !bytes.Equal(line, line2) {
				t.Fatalf("%q became %q, %v", line, line2, err)
			}
		}
	})
}
