package link

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cablegraph/internal/hashmap"
	"cablegraph/internal/table"
	"cablegraph/vocab"
)

// Rules is a compiled set of relation rules with the words they are made of.
// It is read-only after Load and may be used by many goroutines.
type Rules struct {
	lex     *lexicon
	rules   []*rule
	byKind  [len(vocab.Kinds) + 1][]anchor // of patterns that start from a name
	offices map[string][]string            // from offices.tsv: what the body of a role is called
	foreign map[uint64]bool                // from us-presidents.txt
	adding  bool                           // while rules are read that a user adds
}

// Rule describes a rule of a set to people.
type Rule struct {
	Name, Type, About string
	File              string
	Line              int
	Added             bool // by a user, behind the program's own
	Examples          []Example
}

// Example is a sentence that a rule must match, or must not.
type Example struct {
	Line  int
	Text  string   // names marked as [person Ana Prado]
	Facts []string // "person=Ana Prado date=2007-05-03", nothing where the rule must not match
}

// rule is a compiled rule: a frame around a verb, or a pattern.
type rule struct {
	Rule
	relation *vocab.Relation // of Type
	index    int
	status   vocab.Status
	fixed    bool // status set by the rule
	score    float32
	set      []Arg  // constant arguments
	finds    []find // arguments looked for in the rest of the clause
	needs    []string
	skip     []string // roles whose groups stay together
	yields   []string // types of facts that make one of this rule needless
	infer    []string // roles that the cable as a whole may fill
	opens    bool     // matches only where a sentence begins
	amid     int32    // the list of which the paragraph must have a word, or -1

	faulty bool // its examples need not be tried

	mutual    []string // two roles: the members of the first one's group act on each other
	described []string // roles whose list of names may end in a description
	frame     *frame
	progs     []*program
}

// find is an argument that a rule takes from the rest of its clause.
type find struct {
	role   string
	what   finder
	kinds  kindSet
	sub    string // subtype that the entity must have, or ""
	phrase [][]uint64
}

type finder uint8

const (
	findDate finder = iota
	findEntity
	findMoney
	findTerm
	findCount
	findText
	findPercent
	findClause
	findNear
)

// frame describes what stands around a verb.
type frame struct {
	verbs   []int32
	nouns   []uint64 // "arrest" in "the arrest of A by B"
	object  slot
	subject slot
	only    int8 // voice: -1 both
	finite  bool // no infinitive, and no -ing form behind a preposition
}

// slot is a role that entities of some kinds fill.
type slot struct {
	role  string
	kinds kindSet
	text  bool   // any noun phrase, as text
	state bool   // a government stands for its state
	sub   string // subtype that the entity must have, or ""
}

// anchor is a place where a rule may match.
type anchor struct {
	rule int32
	prog int32 // -1 for a frame
	list int32 // whose phrase must start there, or -1

	kinds [2]kindSet // of entities of which the sentence must have each
}

// anyKind stands for no kind: every sentence has it.
const anyKind kindSet = 1 << 15

// Error places a fault in a rule file.
type Error struct {
	File      string
	Line, Col int
	Err       error
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d:%d: %v", e.File, e.Line, e.Col, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// addition is a directory of rules that a user adds to the program's own.
type addition struct {
	dir   string // as its faults name it
	fsys  fs.FS
	files []string // of the rule files only these, where there are any
}

// additions opens the directories and rule files of paths. Files of one
// directory are one addition, so that its words are read once.
func additions(paths []string) ([]addition, error) {
	var out []addition
	var errs []error
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if info.IsDir() {
			out = append(out, addition{dir: path, fsys: os.DirFS(path)})
			continue
		}
		dir, file := filepath.Split(path)
		if dir == "" {
			dir = "."
		}
		dir = filepath.Clean(dir)
		if i := slices.IndexFunc(out, func(a addition) bool { return a.dir == dir && a.files != nil }); i >= 0 {
			out[i].files = append(out[i].files, file)
			continue
		}
		out = append(out, addition{dir: dir, fsys: os.DirFS(dir), files: []string{file}})
	}
	return out, errors.Join(errs...)
}

// Extended returns the program's own rules and, behind them, those of paths:
// each a file of rules, or a directory of *.rules files. Words that they need
// may stand beside them, in lists/*.txt and verbs.tsv. All faults are reported
// together, each with its place, examples that do not hold among them.
func Extended(paths []string) (*Rules, error) {
	if len(paths) == 0 {
		return Default(), nil
	}
	more, err := additions(paths)
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		return nil, err
	}
	r, errs := load(own, more...)
	if !slices.ContainsFunc(errs, func(err error) bool { return !errors.As(err, new(*Error)) }) { // else words are missing
		errs = append(errs, r.Test(true)...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return r, nil
}

// load compiles the rules of a directory: the words of lexicon.txt, verbs.tsv,
// demonyms.tsv, currencies.tsv and lists/*.txt, the offices of offices.tsv and
// us-presidents.txt, and every *.rules file in order of its name; then those
// of the additions. Rules with faults are left out of what it returns, or half done.
func load(fsys fs.FS, more ...addition) (*Rules, []error) {
	lex, errs := newLexicon(fsys, more...)
	r := &Rules{lex: lex, offices: map[string][]string{}}
	if text, err := fs.ReadFile(fsys, "offices.tsv"); err != nil {
		errs = append(errs, err)
	} else if err := r.readOffices("offices.tsv", string(text)); err != nil {
		errs = append(errs, err)
	}
	r.foreign = map[uint64]bool{}
	if text, err := fs.ReadFile(fsys, "us-presidents.txt"); err != nil {
		errs = append(errs, err)
	} else {
		for l := range strings.Lines(string(text)) {
			if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
				r.foreign[wordHash(l)] = true
			}
		}
	}
	for i, a := range append([]addition{{fsys: fsys}}, more...) {
		r.adding = i > 0
		names := a.files
		if names == nil {
			var err error
			if names, err = fs.Glob(a.fsys, "*.rules"); err == nil && len(names) == 0 {
				err = fmt.Errorf("%s: no *.rules files", a.dir)
			}
			if err != nil {
				errs = append(errs, err)
			}
		}
		for _, name := range names {
			text, err := fs.ReadFile(a.fsys, name)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			errs = append(errs, r.parse(filepath.Join(a.dir, name), string(text))...)
		}
	}
	lex.index = hashmap.New(lex.words)
	return r, errs
}

// readOffices reads which body an office belongs to.
func (r *Rules) readOffices(file, text string) error {
	t := table.New(file, text, "role", "body").Keyed(1)
	for row := range t.Rows() {
		for b := range strings.SplitSeq(row.Fields[1], "|") {
			r.offices[row.Fields[0]] = append(r.offices[row.Fields[0]], strings.TrimSpace(b))
		}
	}
	return t.Err()
}

// All returns every rule in the order in which they are tried.
func (r *Rules) All() []Rule {
	out := make([]Rule, len(r.rules))
	for i, u := range r.rules {
		out[i] = u.Rule
	}
	return out
}

// parser reads one rule file.
type parser struct {
	*Rules
	file string
	line int
	errs []error
	cur  *rule
	pats []patternLine

	faults int // how many errs there were before the rule
}

type patternLine struct {
	line, col int
	text      string
}

func (p *parser) errorf(col int, format string, args ...any) {
	p.errs = append(p.errs, &Error{p.file, p.line, col, fmt.Errorf(format, args...)})
}

// parse reads a rule file. Each rule starts with "rule NAME"; then come lines
// of a key and its value.
func (r *Rules) parse(file, text string) []error {
	p := &parser{Rules: r, file: file}
	for l := range strings.Lines(text) {
		p.line++
		trimmed := strings.TrimSpace(l)
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		key, value := trimmed, ""
		if i := strings.IndexAny(trimmed, " \t"); i >= 0 {
			key, value = trimmed[:i], strings.TrimSpace(trimmed[i:])
		}
		col := strings.Index(l, trimmed) + len(trimmed) - len(value) + 1
		p.key(key, value, col)
	}
	p.finish()
	return p.errs
}

func (p *parser) key(key, value string, col int) {
	if key == "rule" {
		p.finish()
		if value == "" {
			p.errorf(1, "the rule has no name")
		}
		p.faults = len(p.errs)
		p.cur = &rule{Rule: Rule{Name: value, File: p.file, Line: p.line, Added: p.adding}, score: 0.8, amid: -1}
		for _, u := range p.rules {
			if u.Name == value {
				p.errorf(col, "rule %q is already in %s:%d", value, u.File, u.Line)
			}
		}
		return
	}
	c := p.cur
	if c == nil {
		p.errorf(1, "%q stands before the first rule", key)
		return
	}
	switch key {
	case "about":
		c.About = value
	case "type":
		t, ok := vocab.RelationType(value)
		if !ok {
			p.errorf(col, "no relation type is called %q", value)
		}
		c.Type, c.relation = value, t
	case "match":
		p.pats = append(p.pats, patternLine{p.line, col, value})
	case "verb":
		for _, v := range strings.Fields(value) {
			id, ok := p.lex.lemmaOf[v]
			if !ok {
				p.errorf(col, "verb %q is not in verbs.tsv", v)
			}
			p.frame().verbs = append(p.frame().verbs, id)
		}
	case "noun":
		for _, v := range strings.Fields(value) {
			p.lex.word(v)
			p.frame().nouns = append(p.frame().nouns, wordHash(v))
		}
	case "voice":
		switch value {
		case "active":
			p.frame().only = int8(active)
		case "finite":
			p.frame().only = int8(active)
			p.frame().finite = true
		case "passive":
			p.frame().only = int8(passive)
		default:
			p.errorf(col, "voice is %q, want active, finite or passive", value)
		}
	case "object":
		p.frame().object = p.slot(value, col)
	case "subject":
		p.frame().subject = p.slot(value, col)
	case "find":
		p.find(value, col)
	case "need":
		needs := strings.Fields(value)
		c.needs = append(c.needs, needs...)
		for _, roles := range needs {
			for role := range strings.SplitSeq(roles, "/") {
				p.role(role, col)
			}
		}
	case "yield":
		c.yields = strings.Fields(value)
		for _, t := range c.yields {
			if _, ok := vocab.RelationType(t); !ok {
				p.errorf(col, "no relation type is called %q", t)
			}
		}
	case "infer":
		c.infer = strings.Fields(value)
		for _, role := range c.infer {
			switch role {
			case "body", "of", "committee", "date", "destination", "reporter", "document", "law", "case", "court":
				p.role(role, col)
			default:
				p.errorf(col, "%q cannot be inferred, only body, of, committee, date, destination, reporter, document, law, case and court", role)
			}
		}
	case "opens":
		if value != "sentence" {
			p.errorf(col, "opens is %q, want sentence", value)
		}
		c.opens = true
	case "amid":
		list, ok := p.lex.lists[value]
		if !ok {
			p.errorf(col, "no list is called %q", value)
		}
		c.amid = list
	case "described":
		c.described = strings.Fields(value)
		for _, role := range c.described {
			p.role(role, col)
		}
	case "together":
		c.skip = strings.Fields(value)
		for _, role := range c.skip {
			p.role(role, col)
		}
	case "mutual":
		c.mutual = strings.Fields(value)
		if len(c.mutual) != 2 {
			p.errorf(col, "want mutual ROLE ROLE")
		}
		for _, role := range c.mutual {
			p.role(role, col)
		}
	case "status":
		st, ok := vocab.ParseStatus(value)
		if !ok {
			p.errorf(col, "no status is called %q", value)
		}
		c.status, c.fixed = st, true
	case "score":
		f, err := strconv.ParseFloat(value, 32)
		if err != nil || !(f > 0 && f <= 1) {
			p.errorf(col, "score %q is no number from 0 to 1", value)
		}
		c.score = float32(f)
	case "set":
		role, v, ok := strings.Cut(value, "=")
		if !ok {
			p.errorf(col, "want set ROLE=VALUE")
		}
		p.role(strings.TrimSpace(role), col)
		c.set = append(c.set, Arg{Role: strings.TrimSpace(role), Mention: -1, Value: strings.TrimSpace(v)})
	case "yes", "no":
		c.Examples = append(c.Examples, Example{Line: p.line, Text: value})
		if key == "no" {
			c.Examples[len(c.Examples)-1].Facts = nil
		} else {
			c.Examples[len(c.Examples)-1].Facts = []string{}
		}
	case "=":
		if n := len(c.Examples); n == 0 || c.Examples[n-1].Facts == nil {
			p.errorf(col, "a fact needs a \"yes\" example before it")
		} else {
			c.Examples[n-1].Facts = append(c.Examples[n-1].Facts, value)
		}
	default:
		p.errorf(1, "no line of a rule starts with %q", key)
	}
}

func (p *parser) frame() *frame {
	if p.cur.frame == nil {
		p.cur.frame = &frame{only: -1}
	}
	return p.cur.frame
}

// kindNames are the names that patterns give to kinds of entities.
var kindNames = map[string]kindSet{
	"person": kindsOf(vocab.Person), "agency": kindsOf(vocab.Agency), "organization": kindsOf(vocab.Organization),
	"state": kindsOf(vocab.State), "place": kindsOf(vocab.Place), "law": kindsOf(vocab.Law), "case": kindsOf(vocab.Case),
	"document": kindsOf(vocab.Document), "body": bodies, "location": places,
	"entity": bodies | places | kindsOf(vocab.Person) | kindsOf(vocab.Law) | kindsOf(vocab.Case) | kindsOf(vocab.Document),
}

// subtypeNames are names of entities of one subtype, with their kind.
var subtypeNames = map[string]string{
	"provision": "law", "mou": "law", "treaty": "law", "statute": "law", "cable": "document", "report": "document",
	"legislature": "agency", "post": "agency", "committee": "agency", "court": "agency", "premises": "body", "facility": "place", "enterprise": "organization", "movement": "organization",
}

// valueNames are the names of values in patterns.
var valueNames = map[string]nodeKind{
	"date": dateNode, "money": moneyNode, "term": termNode, "percent": percentNode, "number": numberNode, "quote": quoteNode,
}

// slot reads "person:person" or "by:body/state" or "object:text".
func (p *parser) slot(value string, col int) slot {
	role, kinds, ok := strings.Cut(value, ":")
	if !ok {
		p.errorf(col, "want ROLE:KIND, not %q", value)
		return slot{}
	}
	role = strings.TrimSpace(role)
	p.role(role, col)
	s := slot{role: role}
	for k := range strings.SplitSeq(strings.TrimSpace(kinds), "/") {
		if k == "text" {
			s.text = true
			continue
		}
		if k == "nation" {
			s.state = true
			s.kinds |= kindsOf(vocab.State) | kindsOf(vocab.Agency)
			continue
		}
		if of, ok := subtypeNames[k]; ok {
			s.sub = k
			s.kinds |= kindNames[of]
			continue
		}
		set, ok := kindNames[k]
		if !ok {
			p.errorf(col, "no kind is called %q", k)
		}
		s.kinds |= set
	}
	return s
}

// role checks that the rule's type has the role.
func (p *parser) role(role string, col int) {
	t, ok := vocab.RelationType(p.cur.Type)
	if !ok {
		p.errorf(col, "the type must stand before the roles")
		return
	}
	if _, ok := t.Role(role); ok {
		return
	}
	p.errorf(col, "%s has no argument %q", p.cur.Type, role)
}

// find reads an argument to look for in the clause: "date", "place", "case",
// "term:term", "amount:money", "count", or with the words that lead to it: "by|from to:state",
// "for|on charges of charge:text".
func (p *parser) find(value string, col int) {
	i := strings.LastIndexByte(value, ' ')
	what := value[i+1:]
	f := find{}
	for lead := range strings.SplitSeq(strings.TrimSpace(value[:i+1]), "|") {
		if lead = strings.TrimSpace(lead); lead == "" {
			continue
		}
		var h []uint64
		for _, w := range splitWords(lead) {
			p.lex.word(w)
			h = append(h, wordHash(w))
		}
		f.phrase = append(f.phrase, h)
	}
	role, kind, ok := strings.Cut(what, ":")
	f.role = role
	if !ok {
		kind = role
	}
	switch kind {
	case "date":
		f.what = findDate
	case "money", "amount":
		f.what = findMoney
	case "term":
		f.what = findTerm
	case "count", "number":
		f.what = findCount
	case "percent", "share":
		f.what = findPercent
	case "text":
		f.what = findText
	case "clause":
		f.what = findClause
	default:
		f.what = findEntity
		if kind == "place" && !ok {
			kind = "location"
		}
		if len(f.phrase) == 1 && len(f.phrase[0]) == 1 && f.phrase[0][0] == hNear {
			f.what = findNear
		}
		for k := range strings.SplitSeq(kind, "/") {
			set, known := kindNames[k]
			if of, sub := subtypeNames[k]; sub {
				set, known, f.sub = kindNames[of], true, k
			}
			if !known {
				p.errorf(col, "no kind is called %q", k)
			}
			f.kinds |= set
		}
	}
	if (f.what == findText || f.what == findClause || f.what == findEntity && ok) && len(f.phrase) == 0 {
		p.errorf(col, "%q needs the words that lead to it", what)
	}
	p.role(role, col)
	p.cur.finds = append(p.cur.finds, f)
}

// finish checks and compiles the rule read last.
func (p *parser) finish() {
	c := p.cur
	if c == nil {
		return
	}
	line := p.line
	p.line = c.Line
	p.cur = c
	if c.Type == "" {
		p.errorf(1, "rule %q has no type", c.Name)
	}
	if c.About == "" {
		p.errorf(1, "rule %q does not say what it is about", c.Name)
	}
	yes, no := 0, 0
	for _, e := range c.Examples {
		if e.Facts == nil {
			no++
		} else {
			yes++
		}
	}
	if yes == 0 || no == 0 {
		p.errorf(1, "rule %q needs a \"yes\" and a \"no\" example", c.Name)
	}
	c.index = len(p.rules)
	p.rules = append(p.rules, c)
	if c.frame == nil && len(p.pats) == 0 {
		p.errorf(1, "rule %q has neither verbs nor a pattern", c.Name)
	}
	if f := c.frame; f != nil && len(p.pats) == 0 {
		if f.object.role == "" && f.subject.role == "" {
			p.errorf(1, "rule %q has neither object nor subject", c.Name)
		}
		seen := map[*word]bool{}
		for _, w := range p.lex.words {
			if w.form == 0 || seen[w] {
				continue
			}
			for _, v := range f.verbs {
				if w.lemma == v {
					seen[w] = true
				}
			}
		}
		for _, n := range f.nouns {
			seen[p.lex.words[n]] = true
		}
		for w := range seen {
			w.anchors = append(w.anchors, anchor{int32(c.index), -1, -1, [2]kindSet{anyKind, anyKind}})
		}
	}
	for _, l := range p.pats {
		p.line = l.line
		p.pattern(l)
	}
	c.faulty = len(p.errs) > p.faults
	p.pats = p.pats[:0]
	p.line, p.cur = line, nil
}
