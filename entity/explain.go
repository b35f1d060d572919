package entity

import (
	"fmt"
	"sort"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity/model"
	"cablegraph/vocab"
)

// Explanation tells how the finder came to the mentions of a cable.
type Explanation struct {
	Words []Knowledge // what is known of words, in order
	Names []Knowledge // names of the tables, in order of their beginning
	Steps []Step      // what the rules did, in order
}

// Knowledge is what the tables say of the words of tokens [First, Last).
type Knowledge struct {
	First, Last int
	Says        string // "forename, surname"
}

// Step is a decision of a rule over tokens [First, Last).
type Step struct {
	First, Last int
	Rule        string
	Took        bool       // made a mention of the tokens
	Kind        vocab.Kind // of the mention that the rule wanted; NoKind where it only weighed the name
	Score       float32    //
	Why         string     // the evidence; of a refusal the reason
}

// Explain finds the mentions of c as Find does and tells how it came to them.
// What a rule did not look at, because the words that it starts from are not
// there, leaves no step.
func (f *Finder) Explain(c *cable.Cable) (*Document, *Explanation) {
	f.trace = &trace{}
	defer func() { f.trace = nil }()
	d := f.Find(c)
	e := &Explanation{Steps: f.trace.steps}
	for k := range d.Tokens {
		if says := f.words[k].flags.String(); says != "" {
			e.Words = append(e.Words, Knowledge{k, k + 1, says})
		}
		for _, m := range f.knows(k) {
			e.Names = append(e.Names, Knowledge{int(m.first), int(m.last), m.entry.String()})
		}
	}
	return d, e
}

// In returns what e says of names that have one of the tokens [first, last).
func (e *Explanation) In(first, last int) *Explanation {
	in := &Explanation{}
	for _, w := range e.Words {
		if w.First < last && first < w.Last {
			in.Words = append(in.Words, w)
		}
	}
	for _, n := range e.Names {
		if n.First < last && first < n.Last {
			in.Names = append(in.Names, n)
		}
	}
	for _, s := range e.Steps {
		if s.First < last && first < s.Last {
			in.Steps = append(in.Steps, s)
		}
	}
	return in
}

// Within returns the tokens that have one of the bytes of a span of Raw, last
// exclusive.
func (d *Document) Within(s cable.Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(k int) bool { return d.Span(k, k+1).End > s.Start })
	last = first + sort.Search(len(d.Tokens)-first, func(k int) bool { return d.Span(first+k, first+k+1).Start >= s.End })
	return first, last
}

// trace notes what rules do. A nil trace notes nothing.
type trace struct{ steps []Step }

// marks notes that a rule wants tokens [first, last) for a mention, which it
// gets if they are free.
func (t *trace) marks(f *Finder, first, last int, m *Mention, free bool) {
	if t == nil {
		return
	}
	s := Step{First: first, Last: last, Rule: m.Rule, Took: free, Kind: m.Kind, Score: m.Score}
	for k := first; k < last && !free; k++ {
		if n := f.words[k].mention; n >= 0 {
			taker := f.d.Mentions[n]
			s.Why = fmt.Sprintf("%s has %q", taker.Rule, taker.Text)
			break
		}
	}
	t.steps = append(t.steps, s)
}

// notPersonal is why a run is not marked that reads like a person otherwise.
const notPersonal = "everyday words or a place: not built like a person's name"

// weighs notes what speaks for each reading of a run, and how much is needed.
func (t *trace) weighs(rule string, r run, g *evidence, person, place, org, need float32) {
	if t == nil {
		return
	}
	t.steps = append(t.steps, Step{First: r.first, Last: r.last, Rule: rule, Why: fmt.Sprintf(
		"person %.1f of %.1f, place %.1f of %.1f, organization %.1f of %.1f; against any name %.1f; the classifier reads person %+.1f, body %+.1f, place %+.1f; %s",
		person, need, place, needPlace, org, needOrg, g.other, g.reading[readPerson], g.reading[readBody], g.reading[readPlace], times(g.count))})
}

// reads notes what the classifier of leftovers thinks of a spelling.
func (t *trace) reads(rule string, r run, score [model.Labels]float32) {
	if t == nil {
		return
	}
	t.steps = append(t.steps, Step{First: r.first, Last: r.last, Rule: rule, Why: fmt.Sprintf(
		"the classifier reads agency %+.1f and organization %+.1f of %+.1f, place %+.1f of %+.1f",
		score[leftAgency], score[leftOrganization], NeedLeftBody, score[leftPlace], NeedLeftPlace)})
}

// leaves notes why a run is not decided.
func (t *trace) leaves(rule string, r run, why string) {
	if t == nil {
		return
	}
	t.steps = append(t.steps, Step{First: r.first, Last: r.last, Rule: rule, Why: why})
}

func times(n int) string {
	if n == 1 {
		return "stands once"
	}
	return fmt.Sprintf("stands %d times", n)
}

// flagNames says what flags mean, in the order of their bits. What the eye sees
// has no name.
var flagNames = [...]string{
	"", "forename", "surname", "everyday word", "title", "demonym", "month or day", "names nothing", "particle", "verb of saying",
	"among capitals", "", "", "never in a name", "head of public bodies", "head of organizations", "head of laws", "head of places",
	"head of reports", "in a longer demonym",
}

// String lists what the flags mean.
func (fl flags) String() string {
	var all []string
	for bit, name := range flagNames {
		if fl&(1<<bit) != 0 && name != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, ", ")
}

// classNames says what the classes of names are.
var classNames = [...]string{className: "", classDemonym: "demonym", classGovernment: "government", classHead: "head noun", classTitle: "title"}

// String describes a row of a table: "place city ES; also a surname".
func (e *entry) String() string {
	var words []string
	for _, w := range []string{e.kind.String(), e.subtype, classNames[e.class], e.key, e.country} {
		if w != "" && (len(words) == 0 || w != words[len(words)-1]) {
			words = append(words, w)
		}
	}
	s := strings.Join(words, " ")
	sep := "; also "
	for bit, name := range needsList {
		if e.needs&(1<<bit) != 0 {
			s += sep + name
			sep = ", "
		}
	}
	return s
}

// needsList says what else a name is, in the order of the bits of needs.
var needsList = [...]string{
	"an everyday word", "a forename", "a surname", "a city", "a subdivision", "a country", "an abbreviation that needs a place before it",
}
