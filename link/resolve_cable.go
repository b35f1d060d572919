package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// A cluster is what one cable means by some of its mentions.
type cluster struct {
	kind     vocab.Kind
	key      string  // gazetteer identity, or ""
	country  string  // of a body: whose it is; of a person: where the cable has it
	mentions []int32 // ascending
	handles  []handle
	person   Name  // the fullest form of a person's name
	header   bool  // a person whom only the signature or the pass lines name
	year     int   // that its names bear, 0 where none does
	law      int32 // of a provision: the cluster of its law, or -1
	alone    bool  // only its own cable knows what it means: "the new law"
}

// A handle is a name by which other cables may know a cluster.
type handle struct {
	canon   string
	year    int
	acronym bool

	// of the name that canon was made from
	begin, letters, every string
}

// A surface is a name in a cable with all its mentions, or one mention of a form
// that does not mean the same throughout.
type surface struct {
	Name
	key      string
	mentions []int32
	parent   int32 // union-find over the cable's forms
	shortens bool  // the beginning of a longer name that the cable gives
}

// cableResolver joins the mentions of one cable. It is reused from cable to
// cable by one worker.
type cableResolver struct {
	explain   bool
	decisions []Decision // of the cable, where they are to be explained

	rec          *Record
	raw          string
	country      string // that the cable speaks of
	forms        []surface
	of           []int32 // form of each mention
	seen         map[surfaceID]int32
	parsed       map[nameID]Name // names met in earlier cables
	provisionLaw map[int32]int32 // form of a provision → form of its law
}

func newCableResolver(explain bool) *cableResolver {
	return &cableResolver{explain: explain, seen: map[surfaceID]int32{}, parsed: map[nameID]Name{}}
}

// resolve returns the clusters of rec in the order of their first mentions.
func (r *cableResolver) resolve(rec *Record) []cluster {
	r.rec, r.raw, r.country = rec, rec.Cable.Raw, subjectCountry(rec)
	r.provisionLaw = map[int32]int32{}
	r.decisions = nil
	r.readForms()
	r.ownBodies()
	r.joinKeys()
	r.joinAcronyms()
	r.joinAliases()
	r.persons()
	r.bodies(vocab.Agency)
	r.bodies(vocab.Organization)
	r.places()
	r.laws()
	r.reports()
	r.cases()
	return r.clusters()
}

// surfaceID tells the surfaces of a cable apart.
type surfaceID struct {
	kind               vocab.Kind
	text, key, country string
}

// nameID is all that NewName depends on.
type nameID struct {
	kind                   vocab.Kind
	subtype, text, country string
}

// parsedLimit bounds the names that a worker remembers.
const parsedLimit = 1 << 16

// name returns the name of m taken apart, from memory where it is known: names
// recur from cable to cable.
func (r *cableResolver) name(m *entity.Mention, country string) Name {
	id := nameID{m.Kind, m.Subtype, m.Text, country}
	n, ok := r.parsed[id]
	if !ok {
		id.text = strings.Clone(id.text) // else it would keep the cable
		n = NewName(m.Kind, m.Subtype, id.text, country)
		if len(r.parsed) >= parsedLimit {
			clear(r.parsed)
		}
		r.parsed[id] = n
	}
	return n
}

// readForms makes the forms of the cable.
func (r *cableResolver) readForms() {
	clear(r.seen)
	r.forms = r.forms[:0]
	r.of = r.of[:0]
	for i := range r.rec.Mentions {
		m := &r.rec.Mentions[i]
		country := r.countryOf(m)
		key := m.Key
		if state := r.homonymIn(i); state != "" {
			key, country = "", state
		}
		if key == "" && m.Kind == vocab.Document && m.Subtype == "cable" {
			key = r.cableKey(m)
		}
		x := surfaceID{m.Kind, strings.ToLower(m.Text), key, country}
		if n, ok := r.seen[x]; ok {
			r.forms[n].mentions = append(r.forms[n].mentions, int32(i))
			r.of = append(r.of, n)
			continue
		}
		n := int32(len(r.forms))
		f := surface{Name: r.name(m, country), key: key, mentions: []int32{int32(i)}, parent: n}
		if m.Kind == vocab.Agency && m.Subtype == "post" {
			r.readPost(&f, m.Country)
		}
		r.forms = append(r.forms, f)
		r.of = append(r.of, n)
		if m.Kind != vocab.Law || !f.general && m.Subtype != "provision" {
			r.seen[x] = n // laws that are only described are judged one by one
		}
	}
}

// cableKey returns the key of a cable that is named by its own number or by the
// letter of a reference, or "".
func (r *cableResolver) cableKey(m *entity.Mention) string {
	c := r.rec.Cable
	if c.Number.Len() > 0 && m.Span.Start < c.Number.End && c.Number.Start < m.Span.End {
		return "cable:" + c.ID
	}
	for _, ref := range c.References {
		if ref.ID != "" && m.Span.Start < ref.Span.End && ref.Span.Start < m.Span.End {
			return "cable:" + ref.ID
		}
	}
	words := nameWords(m.Text)
	if len(words) == 0 || !strings.HasPrefix(words[0], "ref") {
		return ""
	}
	letter := ""
	if len(words) > 1 && len(words[1]) == 1 {
		letter = strings.ToUpper(words[1])
	}
	for i, ref := range c.References {
		if ref.ID != "" && (letter == "" || ref.Letter == letter || ref.Letter == "" && letter[0] == byte('A'+i)) {
			return "cable:" + ref.ID
		}
	}
	return ""
}

// readPost gives the name of a post its identity: "AMEMBASSY MEXICO",
// "Embassy Mexico City" and, in a cable from there, "the U.S. Embassy" are one.
func (r *cableResolver) readPost(f *surface, country string) {
	if len(f.words) == 0 {
		return
	}
	f.key, f.acronym = "", false
	own := r.post()
	post, ok := cable.FindPost(f.Text)
	for rest := f.words; !ok && len(rest) > 1; {
		rest = rest[1:]
		post, ok = cable.FindPost(strings.Join(rest, " "))
	}
	embassy := slices.Contains(f.words, "embassy") || slices.Contains(f.words, "amembassy")
	switch {
	case ok:
	case !slices.ContainsFunc(f.words, func(w string) bool { return !ownPostWords[w] }):
		// no place is named: the post that writes, or the embassy over it
		if post, ok = cable.FindPost(own); !ok || post.Country == "US" || embassy && post.Kind != "embassy" {
			f.Country, f.canon = r.country, ourEmbassy
			return
		}
	default:
		f.Country = country // a collective, or another country's embassy
		return
	}
	f.Country, f.canon = post.Country, "post "+strings.ToLower(post.Token())
	switch post.Kind {
	case "embassy":
		f.key = "agency:amembassy-" + slug(post.Name)
		f.canon = ourEmbassy
	case "consulate":
		f.key = "agency:amconsul-" + slug(post.Name)
	case "department":
		f.key = "agency:state-department"
	case "mission":
		f.key = "agency:usmission-" + strings.TrimPrefix(slug(post.Name), "us")
	default:
		f.key = "agency:" + slug(post.Name)
	}
}

// ourEmbassy is the canonical name of the American embassy in a country.
const ourEmbassy = "us embassy"

// ownPostWords make up a name of the post that writes.
var ownPostWords = map[string]bool{
	"us": true, "american": true, "united": true, "states": true, "of": true, "the": true,
	"embassy": true, "amembassy": true, "mission": true, "usmission": true, "consulate": true, "general": true,
}

// find returns the representative of form n.
func (r *cableResolver) find(n int32) int32 {
	for r.forms[n].parent != n {
		r.forms[n].parent = r.forms[r.forms[n].parent].parent
		n = r.forms[n].parent
	}
	return n
}

// join makes forms a and b one entity, for the reasons given, unless their
// kinds or keys forbid it. The earlier form represents both.
func (r *cableResolver) join(a, b int32, why ...Feature) bool {
	nameA, nameB := r.forms[a].Text, r.forms[b].Text
	a, b = r.find(a), r.find(b)
	if a == b {
		return true
	}
	fa, fb := &r.forms[a], &r.forms[b]
	if fa.Kind != fb.Kind || fa.key != "" && fb.key != "" && fa.key != fb.key {
		return false
	}
	if fa.Kind == vocab.Law && fa.key != "" && fb.key != "" && fa.Year != 0 && fb.Year != 0 && fa.Year != fb.Year {
		return false
	}
	if b < a {
		a, b, fa, fb = b, a, fb, fa
	}
	fb.parent = a
	if r.explain {
		r.decisions = append(r.decisions, newDecision(r.rec.Cable.ID, nameA, nameB, why))
	}
	if fa.key == "" {
		fa.key = fb.key
	}
	return true
}

// split makes each mention of form n a form of its own, so that they can be
// judged one by one, and returns them.
func (r *cableResolver) split(n int32) []int32 {
	out := []int32{n}
	for _, m := range r.forms[n].mentions[1:] {
		f := r.forms[n]
		k := int32(len(r.forms))
		f.mentions, f.parent = []int32{m}, k
		r.forms = append(r.forms, f)
		r.of[m] = k
		out = append(out, k)
	}
	r.forms[n].mentions = r.forms[n].mentions[:1]
	return out
}

// joinKeys joins the forms that gazetteers know as one. Laws of one key and
// different years, as acts that are passed anew, keep apart.
func (r *cableResolver) joinKeys() {
	type id struct {
		kind vocab.Kind
		key  string
		year int
	}
	first := map[id]int32{}
	years := map[id]int{} // of a key, -1 where there are several
	for n := range r.forms {
		f := &r.forms[n]
		if f.key == "" {
			continue
		}
		if k := (id{f.Kind, f.key, 0}); f.Year != 0 && years[k] != 0 && years[k] != f.Year {
			years[k] = -1
		} else if f.Year != 0 {
			years[k] = f.Year
		}
	}
	for n := range r.forms {
		f := &r.forms[n]
		if f.key == "" {
			continue
		}
		x := id{f.Kind, f.key, 0}
		if years[x] < 0 && f.Kind == vocab.Law {
			x.year = f.Year
		}
		if a, ok := first[x]; ok {
			r.join(a, int32(n), Feature{"same identity in a gazetteer", 1})
		} else {
			first[x] = int32(n)
		}
	}
}

// joinAcronyms joins the long and short forms that the cable defines.
func (r *cableResolver) joinAcronyms() {
	for _, a := range r.rec.Acronyms {
		long, short := r.of[a.Long], r.of[a.Short]
		l, s := &r.forms[long], &r.forms[short]
		switch {
		case l.acronym && s.acronym:
			// "GOX (DEFG)": no definition
			if s.key == l.key {
				s.key = ""
			}
		case l.key == "" && s.key != "" && !r.knownAs(int32(a.Short), l):
			// the gazetteer's meaning of the short form is not this one: either
			// the cable has another, or it names the parent
			if fitsLetters(s.Text, l.Text) {
				s.key = ""
				s.Country = l.Country
				r.join(long, short, Feature{"acronym defined, with its letters", 0.9})
			}
		default:
			if part := partNamed(s.Text, l); part != "" {
				r.joinPart(short, l, part)
			} else {
				r.join(long, short, Feature{"acronym defined", 1})
			}
		}
	}
}

// knownAs reports whether what the gazetteer calls mention m has a word of its
// own in common with the name l.
func (r *cableResolver) knownAs(m int32, l *surface) bool {
	x := &r.rec.Mentions[m]
	if x.Norm == "" || x.Norm == x.Text {
		return true
	}
	known := NewName(x.Kind, x.Subtype, x.Norm, l.Country)
	return known.canon == l.canon || sharesWord(strings.Fields(known.canon), strings.Fields(l.canon))
}

// fitsLetters reports whether each letter of an acronym starts a word of long.
func fitsLetters(acronym, long string) bool {
	_, have := initials(nameWords(long))
	for _, c := range strings.Join(nameWords(acronym), "") {
		i := strings.IndexRune(have, c)
		if i < 0 {
			return false
		}
		have = have[:i] + have[i+1:]
	}
	return true
}

// partNamed returns the end of the name l for which an acronym stands, where it
// stands for the parent alone: "Ministry of Harbors" of "Tugs Unit of the
// Ministry of Harbors (MOH)". It is "" where the acronym stands for the whole.
func partNamed(acronym string, l *surface) string {
	letters := strings.Join(nameWords(acronym), "")
	if letters == "" || l.letters == "" || l.letters[0] == letters[0] || l.letters == letters || l.every == letters {
		return ""
	}
	fields := strings.Fields(l.Text)
	t := names()
	for i := 1; i+1 < len(fields); i++ {
		w := nameWords(fields[i])
		if len(w) != 1 || w[0][0] != letters[0] || !t.topical(w[0]) && t.role[w[0]] != roleHead {
			continue
		}
		switch prev := nameWords(fields[i-1]); {
		case len(prev) == 1 && (t.role[prev[0]] == rolePreposition || t.role[prev[0]] == roleStop || t.role[prev[0]] == roleParticle):
			return strings.Join(fields[i:], " ")
		}
	}
	return ""
}

// joinPart joins an acronym to the form of the cable that is the given part of
// the name l, which is made where there is none.
func (r *cableResolver) joinPart(short int32, l *surface, part string) {
	n := NewName(l.Kind, l.Subtype, part, l.Country)
	for k := range r.forms {
		if f := &r.forms[k]; f.Kind == n.Kind && f.canon == n.canon && f.Country == n.Country {
			r.join(int32(k), short, Feature{"acronym defined for this part", 0.9})
			return
		}
	}
	k := int32(len(r.forms))
	r.forms = append(r.forms, surface{Name: n, parent: k})
	r.join(short, k, Feature{"acronym defined for this part", 0.9})
}

// joinAliases joins neighbouring names of a kind between which the text says
// that one is another name of the other: "a.k.a.", "alias", "known as".
func (r *cableResolver) joinAliases() {
	for i := 1; i < len(r.rec.Mentions); i++ {
		a, b := &r.rec.Mentions[i-1], &r.rec.Mentions[i]
		if a.Kind != b.Kind || a.Span.End > b.Span.Start || b.Span.Start-a.Span.End > 60 {
			continue
		}
		if !aliasCue(r.raw[a.Span.End:b.Span.Start]) {
			continue
		}
		best := i - 1
		if a.Kind != vocab.Person {
			// "Protocol on Nets, supplementing the Sea Convention (known as the
			// Net Protocol)": the nearest name with a word in common
			for k := i - 1; k >= 0 && k >= i-3; k-- {
				m := &r.rec.Mentions[k]
				if m.Kind == b.Kind && b.Span.Start-m.Span.End < 300 && sharesWord(r.forms[r.of[k]].words, r.forms[r.of[i]].words) {
					best = k
					break
				}
			}
		}
		r.join(r.of[best], r.of[i], Feature{"said to be another name", 1})
	}
}

// aliasCue reports whether the text between two names makes them one.
func aliasCue(between string) bool {
	words := nameWords(between)
	for len(words) > 0 && names().role[words[len(words)-1]] == roleStop {
		words = words[:len(words)-1] // "known as the"
	}
	s := strings.Join(words, " ")
	switch s {
	case "aka", "a k a", "alias", "aliases", "also known as", "known as", "better known as", "commonly known as", "commonly called",
		"nicknamed", "popularly known as", "titled", "entitled":
		return true
	}
	return false
}

func sharesWord(a, b []string) bool {
	t := names()
	for _, w := range a {
		if t.topical(w) && slices.Contains(b, w) {
			return true
		}
	}
	return false
}

// titleBefore returns the folded capitalised word that stands directly before
// a mention, as titles do, or "".
func (r *cableResolver) titleBefore(m int32) string {
	text := strings.TrimRight(r.raw[:r.rec.Mentions[m].Span.Start], " \t\r\n")
	i := len(text)
	for i > 0 && text[i-1] > ' ' {
		i--
	}
	word := text[i:]
	c, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(c) {
		return ""
	}
	switch names().role[fold(word)] {
	case roleStop, rolePreposition, roleMonth:
		return ""
	}
	return strings.Trim(fold(word), ".")
}

// persons joins the names of people, the fullest first.
func (r *cableResolver) persons() {
	var order []int32
	for n := range r.forms {
		if r.forms[n].Kind == vocab.Person && len(r.forms[n].words) > 0 {
			order = append(order, int32(n))
		}
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		fa, fb := &r.forms[a], &r.forms[b]
		return cmp.Or(cmp.Compare(len(fb.words), len(fa.words)), cmp.Compare(len(fb.Text), len(fa.Text)), cmp.Compare(a, b))
	})
	byWord := map[string][]int32{}
	var candidates []personCandidate
	var why []Feature
	for _, n := range order {
		f := &r.forms[n]
		candidates = candidates[:0]
		consider := func(k int32) {
			root := r.find(k)
			if root == r.find(n) {
				return
			}
			var score float64
			score, why = compare(&f.Name, &r.forms[k].Name, why[:0])
			if score == 0 {
				return
			}
			if why[0].Name == "given name only" && r.forms[k].mentions[0] > f.mentions[0] {
				return // "Ana" before "Ana Morales" is somebody else
			}
			for i := range candidates {
				if candidates[i].root == root {
					if score > candidates[i].score {
						candidates[i].form, candidates[i].score = k, score
					}
					return
				}
			}
			candidates = append(candidates, personCandidate{root, k, score})
		}
		if len(order) <= 50 {
			for _, k := range order {
				if k == n {
					break
				}
				consider(k)
			}
		} else {
			for _, w := range f.words {
				for _, k := range byWord[w] {
					consider(k)
				}
			}
		}
		for _, w := range f.words {
			if len(byWord[w]) < 64 {
				byWord[w] = append(byWord[w], n)
			}
		}
		r.joinPerson(n, candidates)
	}
}

// personCandidate is a person who may be meant by a name.
type personCandidate struct {
	root  int32
	form  int32 // that compares best
	score float64
}

// joinPerson joins form n to the only person it can mean, or each of its
// mentions to the one that the words around it point at.
func (r *cableResolver) joinPerson(n int32, candidates []personCandidate) {
	if len(candidates) == 0 {
		return
	}
	best := slices.MaxFunc(candidates, func(a, b personCandidate) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(b.root, a.root))
	})
	if best.score < 0.45 {
		return
	}
	rivals := candidates[:0:0]
	for _, c := range candidates {
		if c.score > best.score-0.1 {
			rivals = append(rivals, c)
		}
	}
	if len(rivals) == 1 {
		_, why := compare(&r.forms[n].Name, &r.forms[rivals[0].form].Name, nil)
		r.join(rivals[0].form, n, append(why, Feature{"only one in the cable", onlyBearer})...)
		return
	}
	// titles of the rivals' fuller names
	titles := map[string]int32{} // root, or -1 where several bear it
	for k := range r.forms {
		f := &r.forms[k]
		if f.Kind != vocab.Person || f.bare() {
			continue
		}
		root := r.find(int32(k))
		if !slices.ContainsFunc(rivals, func(c personCandidate) bool { return c.root == root }) {
			continue
		}
		for _, m := range f.mentions {
			if title := r.titleBefore(m); title != "" {
				if old, ok := titles[title]; ok && old != root {
					titles[title] = -1
				} else {
					titles[title] = root
				}
			}
		}
	}
	votes := map[int32]int{}
	var open []int32
	for _, k := range r.split(n) {
		if root, ok := titles[r.titleBefore(r.forms[k].mentions[0])]; ok && root >= 0 {
			votes[root]++
			r.join(root, k, Feature{"family name", 0.6}, Feature{"same title", 0.3})
		} else {
			open = append(open, k)
		}
	}
	for _, k := range open {
		choice := personCandidate{root: -1}
		for _, c := range rivals {
			if choice.root < 0 || votes[c.root] > votes[choice.root] {
				choice = c
			}
		}
		// of equals the last one named
		for i := r.forms[k].mentions[0] - 1; i >= 0; i-- {
			root := r.find(r.of[i])
			at := slices.IndexFunc(rivals, func(c personCandidate) bool { return r.find(c.root) == root })
			if at >= 0 && votes[rivals[at].root] == votes[choice.root] {
				choice = rivals[at]
				break
			}
		}
		r.join(choice.form, k, Feature{"family name", 0.6}, Feature{"the one that the cable speaks of", 0.2})
	}
}

// bodies joins the names of public bodies or other organizations.
func (r *cableResolver) bodies(kind vocab.Kind) {
	type id struct{ country, canon string }
	byCanon := map[id]int32{}
	var long, acronyms []int32
	for n := range r.forms {
		f := &r.forms[n]
		if f.Kind != kind || f.canon == "" {
			continue
		}
		x := id{f.Country, f.canon}
		if k, ok := byCanon[x]; ok {
			r.join(k, int32(n), Feature{"same words", 1})
		} else {
			byCanon[x] = int32(n)
			if f.acronym {
				acronyms = append(acronyms, int32(n))
			} else {
				long = append(long, int32(n))
			}
		}
	}
	byLetters := map[string][]int32{}
	byFirst := map[string][]int32{}
	for _, n := range long {
		f := &r.forms[n]
		byLetters[f.letters] = append(byLetters[f.letters], n)
		if f.every != f.letters {
			byLetters[f.every] = append(byLetters[f.every], n)
		}
		byFirst[f.words[0]] = append(byFirst[f.words[0]], n)
	}
	joined := map[int32]int{} // forms of each entity
	byAcronym := map[string]int32{}
	for n := range r.forms {
		joined[r.find(int32(n))]++
	}
	for _, n := range acronyms {
		byAcronym[r.forms[n].canon] = n
	}
	for _, n := range acronyms {
		f := &r.forms[n]
		if joined[r.find(n)] == 1 { // else the cable says what it means
			r.joinOnly(n, byLetters[f.letters])
		}
		if k, ok := byAcronym[f.words[len(f.words)-1]]; ok && len(f.words) > 1 {
			if _, pair := byAcronym[f.words[0]]; !pair && joined[r.find(k)] == 1 && r.presumed(k) {
				r.forms[k].Country = f.Country // but "ABC/DEF" may be two bodies
			}
			r.joinOnly(k, []int32{n}) // "ABC/DEF" and "DEF"
		}
	}
	for _, n := range long {
		r.joinOnly(n, byFirst[r.forms[n].words[0]])
	}
	r.chambers(long)
}

// chambers joins "the lower house" to the only such chamber of its country that
// the cable names, among the forms of long names.
func (r *cableResolver) chambers(long []int32) {
	for _, n := range long {
		f := &r.forms[n]
		house := names().chamber[f.canon]
		if house == "" || !slices.Contains(f.words, house) {
			continue
		}
		var named []int32
		for _, k := range long {
			if g := &r.forms[k]; g.Country == f.Country && names().chamber[g.canon] == house && !slices.Contains(g.words, house) {
				named = append(named, r.find(k))
			}
		}
		slices.Sort(named)
		if named = slices.Compact(named); len(named) == 1 {
			r.join(named[0], n, Feature{house + " house", 0.7}, Feature{"only one in the cable", onlyBearer})
		}
	}
}

// presumed reports whether a body has the country of the cable for want of a
// better one.
func (r *cableResolver) presumed(n int32) bool {
	f := &r.forms[n]
	m := &r.rec.Mentions[f.mentions[0]]
	return f.key == "" && m.Country == "" && m.Subtype != "us-gov" && m.Subtype != "io"
}

// joinOnly joins form n to the one entity among the candidates of longer names
// that it can mean; where there are several it stays apart.
func (r *cableResolver) joinOnly(n int32, candidates []int32) {
	if len(candidates) > 64 {
		return
	}
	only, begins := int32(-1), false
	var why []Feature
	for _, k := range candidates {
		if r.find(k) == r.find(n) {
			continue
		}
		var score float64
		score, why = compare(&r.forms[n].Name, &r.forms[k].Name, why[:0])
		if score < 0.65 {
			continue
		}
		if only >= 0 && r.find(only) != r.find(k) {
			return
		}
		only, begins = k, why[0].Name == beginningOfName
	}
	if only < 0 {
		return
	}
	_, why = compare(&r.forms[n].Name, &r.forms[only].Name, why[:0])
	if r.join(only, n, append(why, Feature{"only one in the cable", onlyBearer})...) && begins {
		r.forms[n].shortens = true
	}
}

// places joins short names of places to the only longer one that ends or
// begins with them: "Juarez" to "Ciudad Juarez".
func (r *cableResolver) places() {
	for _, kind := range []vocab.Kind{vocab.Place, vocab.State} {
		same := map[string][]int32{} // forms of a name, one for each country
		var forms []int32
		for n := range r.forms {
			f := &r.forms[n]
			if f.Kind != kind || f.canon == "" {
				continue
			}
			i := slices.IndexFunc(same[f.canon], func(k int32) bool {
				country := r.forms[k].Country
				return country == f.Country || country == "" || f.Country == ""
			})
			if i >= 0 {
				r.join(same[f.canon][i], int32(n), Feature{"same name", 1})
			} else {
				same[f.canon] = append(same[f.canon], int32(n))
				forms = append(forms, int32(n))
			}
		}
		if kind != vocab.Place || len(forms) > 200 {
			continue
		}
		for _, n := range forms {
			short := &r.forms[n]
			only := int32(-1)
			for _, k := range forms {
				long := &r.forms[k]
				if len(long.words) <= len(short.words) || long.key != "" && short.key != "" {
					continue
				}
				if !extendsPlace(&short.Name, &long.Name) {
					continue
				}
				if only >= 0 {
					only = -1
					break
				}
				only = k
			}
			if only >= 0 {
				r.join(only, n, Feature{"short form of a place", 0.65}, Feature{"only one in the cable", onlyBearer})
			}
		}
	}
}

// extendsPlace reports whether long is short with one word more: a generic word
// before it ("Ciudad Juarez"), or an abbreviation behind it ("Washington DC").
func extendsPlace(short, long *Name) bool {
	if len(long.words) != len(short.words)+1 {
		return false
	}
	if endsWith(short, long) {
		return names().role[long.words[0]] != roleCompass
	}
	return slices.Equal(short.words, long.words[:len(short.words)]) && len(long.words[len(short.words)]) <= 2
}

// clusters returns what the forms were joined to.
func (r *cableResolver) clusters() []cluster {
	at := map[int32]int32{}
	var out []cluster
	for i := range r.rec.Mentions {
		root := r.find(r.of[i])
		k, ok := at[root]
		if !ok {
			k = int32(len(out))
			at[root] = k
			f := &r.forms[root]
			out = append(out, cluster{kind: f.Kind, key: f.key, country: f.Country, law: -1, alone: true, header: f.Kind == vocab.Person})
		}
		c := &out[k]
		c.mentions = append(c.mentions, int32(i))
		if country, ok := r.headerCountry(&r.rec.Mentions[i]); c.header && ok {
			c.country = country
		} else if c.header {
			c.header, c.country = false, r.forms[root].Country
		}
	}
	for n := range r.forms {
		f := &r.forms[n]
		k, ok := at[r.find(int32(n))]
		if !ok {
			continue
		}
		c := &out[k]
		if f.Kind == vocab.Person {
			if len(f.words) > len(c.person.words) || len(f.words) == len(c.person.words) && (len(f.Text) > len(c.person.Text) || c.person.Text == strings.ToUpper(c.person.Text)) {
				c.person = f.Name
			}
			c.alone = false
			continue
		}
		if law, ok := r.provisionLaw[int32(n)]; ok {
			if p, ok := at[r.find(law)]; ok {
				c.law = p
			}
		}
		if f.canon == "" || f.general || f.shortens {
			continue
		}
		h := handle{canon: f.canon, year: f.Year, acronym: f.acronym, begin: f.begin, letters: f.letters, every: f.every}
		if !slices.Contains(c.handles, h) {
			c.handles = append(c.handles, h)
		}
		c.alone = false
		if c.country == "" && f.Country != "" {
			c.country = f.Country
		}
	}
	for k := range out {
		out[k].date()
		out[k].person.Country = out[k].country
	}
	return out
}

// date gives all handles of a cluster the only year that one of them bears.
func (c *cluster) date() {
	year := 0
	for _, h := range c.handles {
		if h.year != 0 && year != 0 && h.year != year {
			return
		}
		year = max(year, h.year)
	}
	c.year = year
	for i := range c.handles {
		c.handles[i].year = year
	}
	slices.SortFunc(c.handles, func(a, b handle) int {
		return cmp.Or(cmp.Compare(a.canon, b.canon), cmp.Compare(a.year, b.year), compareBools(a.acronym, b.acronym), cmp.Compare(a.every, b.every))
	})
	c.handles = slices.CompactFunc(c.handles, func(a, b handle) bool { return a.canon == b.canon && a.year == b.year && a.acronym == b.acronym })
}
