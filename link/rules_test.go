package link

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// exampleCable reads a text marked as rule examples are, "[person Ana Prado]
// was arrested", as the first paragraph of a cable of 15 June 2007.
func exampleCable(t *testing.T, text string) *entity.Document {
	t.Helper()
	d, err := exampleDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestRuleExamples runs the examples of every rule.
func TestRuleExamples(t *testing.T) {
	for _, err := range Default().Test(false) {
		t.Error(err)
	}
}

// TestRuleErrors loads faulty rules: every fault is reported, with its place.
func TestRuleErrors(t *testing.T) {
	_, errs := newLexicon(mustSub(t))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	lex, _ := newLexicon(mustSub(t))
	r := &Rules{lex: lex}
	got := r.parse("bad.rules", strings.Join([]string{
		"about before any rule",
		"rule a",
		"type arested",
		"match person:persn was ( arrested",
		"rule b",
		"about b",
		"type arrested",
		"match person:person ..99 <vanish>",
		"match $nolist",
		"match person:person",
		"object who:person",
		"find charge:text",
		"status sure",
		"score 7",
		"score NaN",
		"need who",
		"yield arested",
		"together\twhom",
		"set when=now",
		"colour red",
		"yes [person Ana Prado] was arrested.",
	}, "\n"))
	var text []string
	for _, e := range got {
		text = append(text, e.Error())
	}
	all := strings.Join(text, "\n")
	for _, want := range []string{
		`bad.rules:1:1: "about" stands before the first rule`,
		`bad.rules:3:6: no relation type is called "arested"`,
		`bad.rules:2:1: rule "a" does not say what it is about`,
		`no kind is called "persn"`,
		`bad.rules:8:21: pattern: a gap is "..99"`,
		`bad.rules:9:7: pattern: no list is called "nolist"`,
		`bad.rules:10:7: the pattern has no word`,
		`bad.rules:11:8: arrested has no argument "who"`,
		`bad.rules:12:6: "charge:text" needs the words that lead to it`,
		`bad.rules:13:8: no status is called "sure"`,
		`bad.rules:14:7: score "7"`,
		`bad.rules:15:7: score "NaN"`,
		`bad.rules:16:6: arrested has no argument "who"`,
		`bad.rules:17:7: no relation type is called "arested"`,
		`bad.rules:18:10: arrested has no argument "whom"`,
		`bad.rules:19:5: arrested has no argument "when"`,
		`bad.rules:20:1: no line of a rule starts with "colour"`,
		`bad.rules:5:1: rule "b" needs a "yes" and a "no" example`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not reported: %s", want)
		}
	}
	if t.Failed() {
		t.Log(all)
	}
}

// TestImpossiblePatterns loads patterns that no sentence can match.
func TestImpossiblePatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		"person:person ^date:date rowed":                         `21: pattern: it can never match: it is tried where its anchor stands, and "date:date"`,
		"person:person ^rowed? by:agency":                        `21: pattern: it can never match: it is tried where its anchor stands, and "rowed?"`,
		"person:person ^( rowed | ..3 swam )":                    `"..3" is no word`,
		"person:person ^( the? sea )":                            `"the?" is no word`,
		"person:person ^charge:( ..3 )":                          "no word, verb or list that it must have stands behind the ^",
		"person:person !rowed/swam rowed":                        "33: pattern: it can never match: !rowed/swam excludes it",
		"person:person rowed \"“\"":                              "27: pattern: it can never match: quotation marks are left out of sentences",
		"person:person $nothing":                                 "21: pattern: it can never match: the list is empty",
		"person:person" + strings.Repeat(" rowed and swam", 33):  "it wants 100 words, and at most 96 are looked at",
		"person:person ^ rowed":                                  "21: pattern: nothing stands behind the ^",
		"person:person ( , | ( a rowed":                          "27: pattern: a parenthesis is not closed",
		"person:person ( , | $nothing ) rowed":                   "27: pattern: it can never match: the list is empty",
		"person:person ( !rowed | rowed ) rowed":                 "",
		"person:person ( ^rowed | ^swam ) by:agency":             "",
		"person:person ^charge:( %adjective* rowed )":            "",
		"^person:person rowed":                                   "",
		"person:person rowed !swam/rowed swam/rowed/sailed ..20": "",
	} {
		lex, errs := newLexicon(mustSub(t), addition{fsys: fstest.MapFS{"lists/nothing.txt": {Data: []byte("# none\n")}}})
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		r := &Rules{lex: lex}
		text := "rule a\nabout b\ntype arrested\nmatch " + pattern + "\nyes x\n= x\nno x"
		got := ""
		if err := errors.Join(r.parse("a.rules", text)...); err != nil {
			got = err.Error()
		}
		if want == "" && got != "" || want != "" && (!strings.HasPrefix(got, "a.rules:4:") || !strings.Contains(got, want)) {
			t.Errorf("%s\n got %s\nwant %s", pattern, got, want)
		}
	}
}

// TestHashes holds wordHash to the tokeniser's.
func TestHashes(t *testing.T) {
	d := exampleCable(t, "São Paulo's police ARRESTED two.")
	for i, w := range []string{"sao", "paulo", "'s", "police", "arrested", "two", "."} {
		i += d.Sentences[len(d.Sentences)-1].First
		if d.Tokens[i].Lower != wordHash(w) {
			t.Errorf("wordHash(%q) is not the hash of the token %q", w, d.Word(i))
		}
	}
}

// hardRules are what a user could write to make the machine go astray: options,
// repetitions and alternatives of the same words, and gaps one behind the other.
const hardRules = `
rule hard.words
about Options of the same word.
type memberOf
match ^and ( and? and? | and* and* )* ( and | and )* ( and and? )* organization:body
yes x
= x
no x

rule hard.gaps
about Gaps one behind the other, on both sides.
type memberOf
match person:person ..20 ..20 ..20 ..20 ^the ..20 ..20 ..20 ..20 organization:body
yes x
= x
no x

rule hard.text
about Texts within repetitions.
type memberOf
match person:( ( ..20 ..20 )* )* ^arrested ( organization:body | person:person ..20 )* never
yes x
= x
no x
`

// TestLinear proves of texts that are hard for rules, the program's own and a
// user's, that the steps are at most c x runs of patterns, where c is the longest
// pattern times the window, that runs and steps a token do not grow with the text, and that
// no sentence, however long, is read in pieces of more than maxPiece tokens, so
// that what is looked for in a sentence has an end, too.
func TestLinear(t *testing.T) {
	rules, errs := load(mustSub(t), addition{fsys: fstest.MapFS{"hard.rules": {Data: []byte(hardRules)}}})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	most := 0 // instructions of a program
	for _, u := range rules.rules {
		for _, p := range u.progs {
			most = max(most, len(p.anchor)+len(p.right)+len(p.left))
		}
	}
	for name, unit := range map[string]string{
		"names and verbs":   "[person Ana Prado], [person Luis Gil] and the president of the [agency Harbour Police] arrested, charged and sentenced in 2005 ( and ",
		"one word":          "and ",
		"parentheses":       "( the ( and ( [agency Harbour Police] ) ) ",
		"verbs":             "arrested the ",
		"titles":            "Senator [person Ana Prado] , Minister of the ",
		"a list":            "[person Ana Prado] , ",
		"dates":             "May 3, 2006 the arrest of ",
		"sentences":         "[person Ana Prado] arrested the [agency Harbour Police] . ",
		"laws and offences": "the [law Harbour Law] prescribes penalties of six years and ",
	} {
		measure := func(n int) (steps, tries, tokens float64) {
			d := exampleCable(t, strings.Repeat(unit, n))
			x := newReader(rules, d)
			for _, at := range d.Sentences {
				for first := at.First; first < at.Last; {
					end := x.pieceEnd(first, at.Last)
					if end <= first || end-first > maxPiece {
						t.Fatalf("%s: a piece of tokens %d to %d", name, first, end)
					}
					first = end
				}
				x.sentence(at)
			}
			return float64(x.m.steps), float64(x.m.runs), float64(len(d.Tokens))
		}
		steps, tries, tokens := measure(500)
		steps2, tries2, tokens2 := measure(4000)
		if c := float64(most * (window + 1)); steps > c*tries || steps2 > c*tries2 {
			t.Errorf("%s: %.0f and %.0f steps for %.0f and %.0f runs, more than %.0f each", name, steps, steps2, tries, tries2, c)
		}
		if perToken, perToken2 := steps/tokens, steps2/tokens2; perToken2 > 1.1*perToken+5 {
			t.Errorf("%s: %.1f steps a token in a short text, %.1f in one 8 times as long", name, perToken, perToken2)
		}
		if tries2/tokens2 > 1.1*tries/tokens+1 {
			t.Errorf("%s: %.1f runs a token in a short text, %.1f in one 8 times as long", name, tries/tokens, tries2/tokens2)
		}
		t.Logf("%s: %.1f runs and %.1f steps a token", name, tries2/tokens2, steps2/tokens2)
	}
}

// ofText returns the facts of d without those of its header.
func ofText(d *entity.Document) []Relation {
	return slices.DeleteFunc(Relations(d), func(r Relation) bool { return strings.HasPrefix(r.Rule, "header.") })
}

// TestStatus checks how verbs put a fact.
func TestStatus(t *testing.T) {
	for text, want := range map[string]vocab.Status{
		"[person Ana Prado] was arrested.":                                    vocab.Asserted,
		"[person Ana Prado] has not been arrested.":                           vocab.Negated,
		"[person Ana Prado] wasn't arrested.":                                 vocab.Negated,
		"[person Ana Prado] has yet to be arrested.":                          vocab.Negated,
		"The [agency Harbour Police] failed to arrest [person Ana Prado].":    vocab.Negated,
		"[person Ana Prado] will be arrested.":                                vocab.Planned,
		"The [agency Harbour Police] plans to arrest [person Ana Prado].":     vocab.Planned,
		"[person Ana Prado] was reportedly arrested.":                         vocab.Alleged,
		"[person Ana Prado] might be arrested.":                               vocab.Hypothetical,
		"They said that [person Ana Prado] would be arrested.":                vocab.Planned,
		"They said that [person Ana Prado] would have been arrested.":         vocab.Hypothetical,
		"If [person Ana Prado] is arrested, the harbour will close.":          vocab.Hypothetical,
		"The [agency Harbour Police] continued to arrest [person Ana Prado].": vocab.Asserted,
	} {
		d := exampleCable(t, text)
		rs := ofText(d)
		if len(rs) != 1 || rs[0].Type != "arrested" || rs[0].Status != want {
			t.Errorf("%s: %v, want one arrest, %v", text, rs, want)
		}
	}
}

// TestPronouns checks that a pronoun leads to the only person it can mean.
func TestPronouns(t *testing.T) {
	for text, want := range map[string]string{
		"[person Ana Prado] runs a bank. She was arrested in [place Callao].":                        "Ana Prado",
		"[person Ana Prado] and [person Luis Gil] run a bank. He was arrested in [place Callao].":    "",
		"[person Ana Prado] said that she was arrested in [place Callao].":                           "Ana Prado",
		"They were arrested in [place Callao]. [person Ana Prado] saw it.":                           "",
		"[person Ana Prado] runs a bank. It was raining. She was arrested by the [agency Police].":   "Ana Prado",
		"[person Ana Prado] fled. The [agency Harbour Police] arrested her in [place Callao].":       "Ana Prado",
		"[person Ana Prado] fled. The [agency Harbour Police] arrested her brother in [place Lima].": "",
	} {
		d := exampleCable(t, text)
		got := ""
		for _, r := range Relations(d) {
			if r.Type == "arrested" {
				got = d.Mentions[r.Args[0].Mention].Text
			}
		}
		if got != want {
			t.Errorf("%s: arrested %q, want %q", text, got, want)
		}
	}
}

// TestQuestions checks that what the Department asks is no fact.
func TestQuestions(t *testing.T) {
	d := exampleCable(t, "Was [person Ana Prado] arrested by the [agency Harbour Police]?")
	if rs := ofText(d); len(rs) > 0 {
		t.Errorf("a question gave %v", rs)
	}
	d = exampleCable(t, "[person Ana Prado] was arrested by the [agency Harbour Police].")
	for i := range d.Cable.Blocks {
		if d.Cable.Blocks[i].Kind == cable.BlockText {
			d.Cable.Blocks[i].Question = true
		}
	}
	if rs := ofText(d); len(rs) > 0 {
		t.Errorf("a question block gave %v", rs)
	}
}

func mustSub(t *testing.T) fs.FS {
	t.Helper()
	dir, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestParallel shows that many goroutines may share the rules, and that the
// facts do not depend on who reads what.
func TestParallel(t *testing.T) {
	d := exampleCable(t, "[person Ana Prado], Director of the [agency Harbour Institute], was arrested in [place Callao], [state Peru], on May 3. She was sentenced to nine years. The [agency Senate] passed the [law Harbour Law].")
	want := Relations(d)
	if len(want) < 5 {
		t.Fatalf("only %d facts", len(want))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := Relations(d); !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, want %v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestExplainRules checks that a rule tells where it stopped.
func TestExplainRules(t *testing.T) {
	d := exampleCable(t, "[person Ana Prado] was found under a ship and arrested. Nobody was arrested.")
	var got []string
	for i, s := range d.Sentences {
		if d.Cable.Blocks[s.Block].Kind != cable.BlockText {
			continue
		}
		failed := map[string]bool{} // a rule that makes no fact is told of once
		for _, x := range Default().Explain(d, i) {
			if len(x.Facts) == 0 && failed[x.Rule] {
				t.Errorf("%s failed twice", x.Rule)
			}
			failed[x.Rule] = true
			got = append(got, fmt.Sprintf("%s at %s: %d, %s", x.Rule, x.Word, len(x.Facts), x.Failed))
		}
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"arrested at arrested: 1, ",
		`found-guilty at was found: 0, behind the anchor: wanted not? or guilty, found "under"`,
		`arrested.people at arrested: 0, at the anchor: wanted <arrest|apprehend|capture:active>, found "arrested"`,
		`arrested at Nobody was arrested: 0, no argument "person"`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not told: %s\n%s", want, all)
		}
	}
}
