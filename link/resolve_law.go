package link

import (
	"slices"
	"strings"

	"cablegraph/vocab"
)

// nearby is how many bytes before a mention that only describes a case or a
// provision the thing may have been named.
const nearby = 2000

// lawWindow is how many mentions of laws before a mention are looked at, and
// provisions before a provision.
const lawWindow = 100

// laws joins the mentions of laws in the order of the text: named laws by their
// names, described ones ("the new law", "the bill") with the law that the text
// speaks of at that place.
func (r *cableResolver) laws() {
	var met []int32 // laws so far, as mentions
	var provisions []int32
	for i := range r.rec.Mentions {
		if r.rec.Mentions[i].Kind != vocab.Law {
			continue
		}
		if r.rec.Mentions[i].Subtype == "provision" {
			provisions = append(provisions, int32(i))
			continue
		}
		m, window := int32(i), met[max(0, len(met)-lawWindow):]
		if !r.joinLaw(m, window) {
			r.joinOpenLaw(m, window)
		}
		met = append(met, m)
	}
	r.joinHeadings(met)
	for k, i := range provisions {
		r.joinProvision(i, provisions[max(0, k-lawWindow):k], met)
	}
}

// joinLaw joins the law of mention m to the most salient of those met before
// that it can mean.
func (r *cableResolver) joinLaw(m int32, met []int32) bool {
	f := &r.forms[r.of[m]]
	if f.mentions[0] != m {
		return true // the same name again
	}
	if f.key != "" || r.find(r.of[m]) != r.of[m] {
		return true
	}
	salience := map[int32]float64{}
	may := map[int32]bool{} // by law
	best := int32(-1)
	for _, k := range met {
		g := &r.forms[r.of[k]]
		root := r.find(r.of[k])
		possible, judged := may[root]
		if !judged {
			possible = r.sameClass(f, root, met) && r.mayMeanLaw(f, root, met)
			may[root] = possible
		}
		if !possible {
			continue
		}
		distance := float64(r.rec.Mentions[m].Span.Start-r.rec.Mentions[k].Span.End) / 800
		weight := 1 / ((1 + distance) * (1 + distance))
		if f.canon == g.canon && !f.general {
			weight += 10 // the same words, however far
		}
		salience[root] += weight
		if best < 0 || salience[root] > salience[best] {
			best = root
		}
	}
	return best >= 0 && r.join(best, r.of[m], Feature{"describes the law that the text speaks of", 0.8})
}

// sameClass reports whether one of the names of the law root is of f's class.
func (r *cableResolver) sameClass(f *surface, root int32, met []int32) bool {
	for _, k := range met {
		if g := &r.forms[r.of[k]]; r.find(r.of[k]) == root && lawClass(g) == lawClass(f) {
			return true
		}
	}
	return false
}

// mayMeanLaw reports whether f may name or describe the law root by its words.
func (r *cableResolver) mayMeanLaw(f *surface, root int32, met []int32) bool {
	if c := r.rec.Mentions[f.mentions[0]].Country; c != "" && r.forms[root].Country != "" && c != r.forms[root].Country {
		return false // "U.S. law" beside a law of Peru
	}
	if f.general && f.Year == 0 {
		return true
	}
	alike := false
	for _, k := range met {
		if r.find(r.of[k]) != root {
			continue
		}
		g := &r.forms[r.of[k]]
		if f.Year != 0 && g.Year != 0 && f.Year != g.Year {
			return false
		}
		if alike {
			continue
		}
		a, b := topicWords(f), topicWords(g)
		switch {
		case f.canon == g.canon && !f.general:
			alike = true
		case f.general && f.Year == g.Year:
			alike = true
		case len(a) == 0 || len(b) == 0:
		case f.describes() && g.describes():
			alike = contains(b, a) || contains(a, b)
		case f.describes():
			alike = 2*len(a) >= len(b) && contains(b, a)
		case g.describes():
			alike = 2*len(b) >= len(a) && contains(a, b)
		default:
			score, _ := compare(&f.Name, &g.Name, nil)
			alike = score >= 0.65
		}
	}
	return alike
}

// topicWords returns the words that say what a law is about.
func topicWords(f *surface) []string {
	heads := names().described[vocab.Law]
	var out []string
	for w := range strings.FieldsSeq(f.canon) {
		if heads[w] == namingWord {
			out = append(out, w)
		}
	}
	return out
}

// joinOpenLaw joins a law that is described or named for the first time to one
// that the text has only spoken of: "signed a law … the Fisheries Act".
func (r *cableResolver) joinOpenLaw(m int32, met []int32) {
	f := &r.forms[r.of[m]]
	if !f.describes() {
		return
	}
	for k := len(met) - 1; k >= 0; k-- {
		root := r.find(r.of[met[k]])
		open := true
		for _, j := range met {
			if r.find(r.of[j]) == root && !r.forms[r.of[j]].general {
				open = false
			}
		}
		if open && lawClass(f) == lawClass(&r.forms[root]) {
			r.join(root, r.of[m], Feature{"names the law that the text has introduced", 0.7})
			return
		}
	}
}

// joinHeadings joins the laws that a line in capitals describes ("PARLIAMENT
// PASSES FISHERIES LAW") and whose words fit no other so far to the only law of
// the cable that has these words in its name.
func (r *cableResolver) joinHeadings(met []int32) {
	for _, m := range met {
		f := &r.forms[r.of[m]]
		topics := topicWords(f)
		if f.mentions[0] != m || f.key != "" || f.acronym || len(topics) == 0 || !allCaps(f.Text) {
			continue
		}
		own, only, several := r.find(r.of[m]), int32(-1), false
		for _, k := range met[:min(len(met), lawWindow)] {
			g := &r.forms[r.of[k]]
			root := r.find(r.of[k])
			switch {
			case root == own || root == only || allCaps(g.Text) || lawClass(g) != lawClass(f) || f.Year != 0 && g.Year != f.Year:
			case contains(topicWords(g), topics):
				several = only >= 0
				only = root
			}
		}
		if only >= 0 && !several {
			r.join(only, r.of[m], Feature{"words of the only such law", 0.8})
		}
	}
}

// lawClass returns the class of law that a name speaks of: "law", "code",
// "treaty", "mou", "regulation", "constitution".
func lawClass(f *surface) string {
	for w := range strings.FieldsSeq(f.canon) {
		switch w {
		case "regulation", "constitution", "decree", "code":
			return w
		}
	}
	switch f.Subtype {
	case "code", "treaty", "mou":
		return f.Subtype
	}
	return "law"
}

// joinProvision finds the law of a provision, and joins it to an earlier
// mention of the same provision.
func (r *cableResolver) joinProvision(m int32, earlier, laws []int32) {
	f := &r.forms[r.of[m]]
	words := provisionWords(f.words)
	if m > 0 && len(words) > 0 && isNumeral(words[0]) && r.listed(m-1, m) {
		// "Articles 6 and 8"
		if before := provisionWords(strings.Fields(r.forms[r.of[m-1]].canon)); len(before) > 1 && !isNumeral(before[0]) {
			words = append([]string{before[0]}, words...)
		}
	}
	if (f.general || f.describes()) && !numbered(words) {
		// "this article", "the provision"
		best := int32(-1)
		for k := len(earlier) - 1; k >= 0; k-- {
			g := &r.forms[r.of[earlier[k]]]
			if len(f.words) > 0 && slices.Contains(g.words, f.words[len(f.words)-1]) {
				best = r.wholeProvision(earlier[k], earlier[:k])
				break
			}
			if best < 0 && r.distance(earlier[k], m) < nearby {
				best = earlier[k]
			}
		}
		if best >= 0 {
			r.join(r.of[best], r.of[m], Feature{"points back at a provision", 0.8})
		}
		f.canon = ""
		return
	}
	f.canon = strings.Join(words, " ")
	f.general = false
	law := int32(-1)
	if !selfContained(words) {
		law = r.lawOf(m, laws)
	}
	if law >= 0 {
		r.provisionLaw[r.of[m]] = law
		f.Country = r.forms[r.find(law)].Country
	}
	for _, k := range earlier {
		g := &r.forms[r.of[k]]
		other, ok := r.provisionLaw[r.of[k]]
		if g.canon == f.canon && (!ok && law < 0 || ok && law >= 0 && r.find(other) == r.find(law)) {
			r.join(r.of[k], r.of[m], Feature{"same number of one law", 1})
			return
		}
	}
}

// wholeProvision returns the earlier mention of the provision of which m is a
// part, "Article 6" of "Article 6 (a)", or m itself.
func (r *cableResolver) wholeProvision(m int32, earlier []int32) int32 {
	f := &r.forms[r.of[m]]
	for _, k := range slices.Backward(earlier) {
		g := &r.forms[r.of[k]]
		if strings.HasPrefix(f.canon, g.canon+" ") && numbered(g.words) && r.provisionLaw[r.of[k]] == r.provisionLaw[r.of[m]] {
			return k
		}
	}
	return m
}

// listed reports whether provisions a and b, neighbours among the mentions, stand
// in one list: "Articles 6, 7 and 9".
func (r *cableResolver) listed(a, b int32) bool {
	x, y := &r.rec.Mentions[a], &r.rec.Mentions[b]
	if x.Subtype != "provision" || y.Subtype != "provision" || y.Span.Start < x.Span.End {
		return false
	}
	between := r.raw[x.Span.End:y.Span.Start]
	return len(between) < 12 && onlySmallWords(between)
}

// lawOf returns the form of the law to which provision m belongs, or -1: the
// one that follows it or the list in which it stands ("Articles 6 and 8 of the
// Fisheries Act") or directly precedes it ("Fisheries Act Article 6"), else the
// one that the text speaks of.
func (r *cableResolver) lawOf(m int32, laws []int32) int32 {
	next, _ := slices.BinarySearch(laws, m)
	if next < len(laws) {
		last := m
		for int(last)+1 < len(r.rec.Mentions) && r.listed(last, last+1) {
			last++
		}
		end := r.rec.Mentions[last].Span.End
		between := r.raw[end:max(end, r.rec.Mentions[laws[next]].Span.Start)]
		if len(between) < 40 && onlySmallWords(between) {
			return r.of[laws[next]]
		}
	}
	salience := map[int32]float64{}
	best := int32(-1)
	for _, k := range laws[max(0, next-lawWindow):next] {
		d := r.distance(k, m)
		if d <= 4 && !strings.ContainsAny(r.raw[r.rec.Mentions[k].Span.End:r.rec.Mentions[m].Span.Start], ".;:(") {
			return r.of[k]
		}
		if d > 2*nearby {
			continue
		}
		root := r.find(r.of[k])
		w := 1 + float64(d)/800
		salience[root] += 1 / (w * w)
		if best < 0 || salience[root] > salience[best] {
			best = root
		}
	}
	if best < 0 && next < len(laws) && r.distance(m, laws[next]) < 300 {
		return r.of[laws[next]]
	}
	return best
}

// distance returns the bytes between mentions a and b, a the earlier.
func (r *cableResolver) distance(a, b int32) int {
	return r.rec.Mentions[b].Span.Start - r.rec.Mentions[a].Span.End
}

// onlySmallWords reports whether text holds nothing but articles and
// prepositions.
func onlySmallWords(text string) bool {
	if strings.ContainsAny(text, ".;:") {
		return false
	}
	t := names()
	for _, w := range nameWords(text) {
		switch t.role[w] {
		case roleStop, rolePreposition, roleParticle, roleRegion, roleWhole:
		default:
			return false
		}
	}
	return true
}

// isNumeral reports whether w numbers a provision: "6", "2a", "iv", "b".
func isNumeral(w string) bool {
	return len(w) == 1 || hasDigit(w) || len(w) <= 5 && strings.Trim(w, "ivxlc") == ""
}

// numbered reports whether a numeral follows the first word.
func numbered(words []string) bool {
	return len(words) > 1 && slices.ContainsFunc(words[1:], isNumeral)
}

// provisionWords returns the words that number a provision: "Article 6
// section (b)" is article, 6, b.
func provisionWords(words []string) []string {
	heads := names().described[vocab.Law]
	out := make([]string, 0, len(words))
	for i, w := range words {
		if w = singular(w); i > 0 && (heads[w] == describedHead || w == "paragraph" || w == "para" || w == "subsection") {
			continue
		}
		switch w {
		case "art":
			w = "article"
		case "sec":
			w = "section"
		}
		out = append(out, w)
	}
	return out
}

// selfContained reports whether a provision names its law in its own number, as
// "18 USC 2332" does.
func selfContained(words []string) bool {
	for i, w := range words {
		if i > 0 && !isNumeral(w) && len(w) > 2 {
			return true
		}
	}
	return len(words) > 1 && hasDigit(words[0])
}

// reports joins the names of reports: those of one edition, and those that name
// no edition with the edition that the cable speaks of most.
func (r *cableResolver) reports() {
	type id struct {
		canon string
		year  int
	}
	long := map[string]string{} // "tip" → "person trafficking"
	var forms []int32
	for n := range r.forms {
		f := &r.forms[n]
		if f.Kind != vocab.Document || strings.HasPrefix(f.key, "cable:") {
			continue
		}
		forms = append(forms, int32(n))
		if short := inParentheses(f.Text); short != "" {
			s := NewName(f.Kind, f.Subtype, short, "")
			long[s.canon] = f.canon
		}
	}
	first := map[id]int32{}
	for _, n := range forms {
		f := &r.forms[n]
		if f.general {
			continue
		}
		canon := f.canon
		if l, ok := long[canon]; ok {
			canon = l
		}
		x := id{canon, f.Year}
		if k, ok := first[x]; ok {
			r.join(k, n, Feature{"same words and edition", 1})
		} else {
			first[x] = n
		}
	}
	count := map[int32]int{}
	series := map[string]int{}
	for _, n := range forms {
		count[r.find(n)] += len(r.forms[n].mentions)
		if f := &r.forms[n]; !f.general {
			series[f.canon] += len(f.mentions)
		}
	}
	chief := "" // the series of which the cable speaks most
	for canon, n := range series {
		if n > series[chief] || n == series[chief] && canon < chief {
			chief = canon
		}
	}
	for _, n := range forms {
		f := &r.forms[n]
		best := int32(-1)
		for _, k := range forms {
			g := &r.forms[k]
			if g.general || g.Year == 0 {
				continue
			}
			canon := f.canon
			if l, ok := long[canon]; ok {
				canon = l
			}
			other := g.canon
			if l, ok := long[other]; ok {
				other = l
			}
			if f.general && f.Year == g.Year || !f.general && f.Year == 0 && canon == other {
				// of equals rather one of a year than one of a number, which may be the next
				if best < 0 || count[r.find(k)] > count[r.find(best)] ||
					count[r.find(k)] == count[r.find(best)] && !isYear(r.forms[best].Year) && isYear(g.Year) {
					best = k
				}
			}
		}
		switch {
		case best >= 0:
			r.join(best, n, Feature{"the edition that the cable speaks of most", 0.7})
		case f.general && f.Year != 0 && chief != "":
			// "the 2010 report" in a cable on the report of 2009
			f.canon, f.general = chief, false
			if k, ok := first[id{chief, f.Year}]; ok {
				r.join(k, n, Feature{"same edition of the report that the cable speaks of most", 0.7})
			} else {
				first[id{chief, f.Year}] = n
			}
		}
	}
}

// cases joins the names of cases whose own words are the same, or those of one
// among those of the only other; one that is only described means the last
// one named nearby.
func (r *cableResolver) cases() {
	var forms []int32
	for n := range r.forms {
		if r.forms[n].Kind == vocab.Case {
			forms = append(forms, int32(n))
		}
	}
	for i, n := range forms {
		f := &r.forms[n]
		words := strings.Fields(f.canon)
		only, several := int32(-1), false
		for j, k := range forms {
			g := &r.forms[k]
			switch {
			case j == i || f.general && (j > i || r.distance(g.mentions[0], f.mentions[0]) > nearby):
				continue
			case f.general:
				only = k
				continue
			case g.general || !contains(strings.Fields(g.canon), words):
				continue
			}
			if only >= 0 && r.find(only) != r.find(k) {
				several = true
			}
			only = k
		}
		if only >= 0 && !several {
			r.join(only, n, Feature{"words of the only such case", 0.8})
		}
	}
}
