package link

import (
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
		`bad.rules:15:1: no line of a rule starts with "colour"`,
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

// TestLinear shows that the work on a text grows no faster than the text: the
// worst for rules is a sentence of triggers and names.
func TestLinear(t *testing.T) {
	per := func(n int) float64 {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "[person Ana Prado], [person Luis Gil] and the president of the [agency Harbour Police] arrested, charged and sentenced in 2005 ( and ")
			if i%40 == 39 {
				b.WriteString("it ended . The next ")
			}
		}
		d := exampleCable(t, b.String())
		x := newReader(Default(), d)
		for _, at := range d.Sentences {
			x.sentence(at)
		}
		return float64(x.m.steps) / float64(len(d.Tokens))
	}
	small, large := per(50), per(800)
	if large > 1.5*small+10 {
		t.Errorf("%.1f steps a token in a short text, %.1f in one 16 times as long", small, large)
	}
}

// benchText is full of facts.
var benchText = strings.Repeat("On May 3, 2006, [agency Harbour Police] agents arrested [person Ana Prado] and [person Luis Gil] in [place Callao] for fraud. The weather stayed dry and nobody in the market said anything about the price of fish, which had gone up again. President [person Juan Rojas] signed the [law Harbour Law] on June 1. ", 200)

func BenchmarkRelations(b *testing.B) {
	d, err := exampleDocument(benchText)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Cable.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		Relations(d)
	}
}

// BenchmarkManyRules reads the same text with 500 more rules, each for another verb.
func BenchmarkManyRules(b *testing.B) {
	verbs := Default().lex.lemmas
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "rule many.%d\nabout A rule among many.\ntype memberOf\nmatch person:person ..3 ^<%s> ..3 organization:body\nyes x\n= x\nno x\n", i, verbs[i*len(verbs)/500].name)
	}
	dir, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		b.Fatal(err)
	}
	rules, err := load(dir, addition{fsys: fstest.MapFS{"many.rules": {Data: []byte(text.String())}}})
	if err != nil {
		b.Fatal(err)
	}
	d, err := exampleDocument(benchText)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Cable.Raw)))
	for b.Loop() {
		rules.Relations(d)
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
		for _, x := range Default().Explain(d, i) {
			got = append(got, fmt.Sprintf("%s at %s: %d, %s", x.Rule, x.Word, len(x.Facts), x.Failed))
		}
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"arrested at arrested: 1, ",
		`found-guilty at was found: 0, no match behind the anchor, stopped at "under"`,
		`arrested at Nobody was arrested: 0, no argument "person"`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not told: %s\n%s", want, all)
		}
	}
}
