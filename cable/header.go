package cable

import (
	"fmt"
	"strings"
	"time"
)

// header reads the transmission part of a telegram, lines [0, end): routing,
// station serial, date-time group, FM, TO and INFO. No line is certain to be
// there. A header that is repeated (a dump's row between the two) is left
// unread the second time.
func (r *reader) header(end int) {
	c := r.c
	list, kind := (*[]Party)(nil), BlockSkip
	ended, repeats := false, false // a blank line after FM; the header begins anew
	for i := 0; i < end; i++ {
		l := r.lines[i]
		text := r.raw[l.start:l.end]
		if l.blank() {
			list = nil
			ended = ended || c.From.Name != "" || !c.Sent.IsZero() && len(c.To)+len(c.Info) > 0
			continue
		}
		if ended && !repeats && r.headerStart(text) {
			r.repair("second-header", Span{l.start, l.end}, "the header stands twice")
			repeats = true
		}
		if repeats {
			r.cite(text)
			r.skip(l.start, l.end)
			continue
		}
		if distributionTable(text) {
			list = nil
			r.skip(l.start, l.end)
			continue
		}
		first, rest := text, ""
		if k := strings.IndexAny(text, " \t"); k > 0 {
			first, rest = text[:k], strings.TrimLeft(text[k:], " \t")
		}
		at := l.end - len(rest)
		switch {
		case (first == "FM" || first == "From:" && !hasLower(rest)) && rest != "":
			list = nil
			if c.From.Name == "" {
				c.From = r.party(at, l.end)
				r.block(Block{Kind: BlockFrom, Span: c.From.Span})
			}
		case (first == "TO" || first == "To:" && !hasLower(rest)) && rest != "":
			list, kind = &c.To, BlockTo
			r.addressee(list, kind, at, l.end)
		case (first == "INFO" || first == "Info:" && !hasLower(rest)) && rest != "":
			list, kind = &c.Info, BlockInfo
			r.addressee(list, kind, at, l.end)
		case first == "XMT": // exempts posts from a collective
			list = nil
			r.skip(l.start, l.end)
		case first == "DE" && strings.Contains(rest, "#"):
			r.station(rest)
			r.skip(l.start, l.end)
		case first == "ZNR", first == "ZNY", first == "BT", strings.HasPrefix(first, "VZCZC"):
			list = nil
			r.skip(l.start, l.end)
		case r.sent(text):
			if r.dateTime.Len() == 0 {
				r.dateTime = Span{l.start, l.end}
			}
			list = nil
			r.skip(l.start, l.end)
		case list != nil:
			r.addressee(list, kind, l.start, l.end)
		default:
			if key, _ := frontKeyAt(text); key == keyClassifiedBy {
				r.block(Block{Kind: BlockClassifiedBy, Span: Span{l.start, l.end}})
				continue
			}
			r.cite(text)
			r.skip(l.start, l.end)
		}
	}
	if sent := c.Sent; r.yearDay > 0 && !sent.IsZero() && r.dateTime.Len() > 0 {
		if off := (sent.YearDay() - r.yearDay + 366) % 366; off > 1 && off < 365 {
			r.repair("date", r.dateTime, fmt.Sprintf("the station's line says day %d of the year, this is day %d", r.yearDay, sent.YearDay()))
		}
	}
}

// headerStart reports whether a line begins a header anew: a transmission
// line, a date-time group, FM, or the serial number of a dump's row.
func (r *reader) headerStart(text string) bool {
	switch text[0] {
	case 'V':
		return strings.HasPrefix(text, "VZCZC")
	case 'F':
		return strings.HasPrefix(text, "FM ")
	case 'i':
		key, _ := dumpKey(text)
		return key != ""
	}
	if isDigit(text[0]) {
		return number(text) >= 0 || rowStart([]byte(text)) || tsvStart([]byte(text)) >= 0
	}
	return false
}

// distributionTable reports whether a line is of the table of offices that got
// copies, with their numbers: "ACTION ARA-06", "INFO OCT-01 SS-14 ISO-00",
// "SNM-02 SCA-01 /047 W".
func distributionTable(text string) bool {
	if text[0] != '/' && strings.IndexByte(text, '-') < 0 {
		return false
	}
	offices, others := 0, 0
	for _, w := range strings.Fields(text) {
		name, n, ok := strings.Cut(w, "-")
		switch {
		case ok && len(n) == 2 && number(n) >= 0 && allUpper(strings.ReplaceAll(name, "/", "X")):
			offices++
		case w == "INFO", w == "ACTION", w == "ORIGIN", w == "W", w[0] == '/' && len(w) >= 4 && isDigit(w[1]):
		default:
			others++
		}
	}
	return others == 0 && (offices > 0 || text[0] == '/')
}

// precedences are the words and prosigns of precedence, highest first.
var precedences = []struct{ word, prosign string }{
	{"FLASH", "Z"},
	{"IMMEDIATE", "O"},
	{"PRIORITY", "P"},
	{"ROUTINE", "R"},
}

func precedenceWord(s string) bool {
	for _, p := range precedences {
		if s == p.word {
			return true
		}
	}
	return s == "NIACT"
}

// party reads the name of a post or office in raw[start:end]: routing indicator
// and a slash before it, precedence and the serial number after it.
func (r *reader) party(start, end int) Party {
	var p Party
	var buf [manyWords]word
	ws := appendWords(buf[:0], r.raw, start, end)
	if len(ws) == 0 {
		return p
	}
	if i := strings.IndexByte(ws[0].text, '/'); i >= 4 && i <= 8 && ws[0].text[0] == 'R' && allUpper(ws[0].text[:i]) {
		p.Routing = ws[0].text[:i]
		ws[0].start += i + 1
		ws[0].text = ws[0].text[i+1:]
		if ws[0].text == "" {
			ws = ws[1:]
		}
	}
	if n := len(ws); n > 1 && len(ws[n-1].text) <= 6 && number(ws[n-1].text) >= 0 {
		p.Serial = ws[n-1].text
		ws = ws[:n-1]
	}
	for n := len(ws); n > 0 && precedenceWord(ws[n-1].text); n = len(ws) {
		if p.Precedence == "" {
			p.Precedence = ws[n-1].text
		}
		ws = ws[:n-1]
	}
	if len(ws) > 1 && precedenceWord(ws[0].text) {
		p.Precedence = ws[0].text
		ws = ws[1:]
	}
	if len(ws) == 0 {
		return p
	}
	p.Span = Span{ws[0].start, ws[len(ws)-1].end}
	p.Name = fold(r.raw[p.Span.Start:p.Span.End])
	return p
}

func allUpper(s string) bool {
	for i := range len(s) {
		if !isUpper(s[i]) {
			return false
		}
	}
	return s != ""
}

// addressee adds the party in raw[start:end] to list. A line that holds only
// a precedence or serial belongs to the addressee before it.
func (r *reader) addressee(list *[]Party, kind BlockKind, start, end int) {
	p := r.party(start, end)
	if p.Name == "" {
		if n := len(*list); n > 0 {
			last := &(*list)[n-1]
			if last.Precedence == "" {
				last.Precedence = p.Precedence
			}
			if last.Serial == "" {
				last.Serial = p.Serial
			}
		}
		r.skip(start, end)
		return
	}
	*list = append(*list, p)
	r.block(Block{Kind: kind, Span: p.Span})
}

// station reads the rest of the DE line: "RUEHME #0721/01 0712219", the
// station's routing indicator, its serial and the day of the year.
func (r *reader) station(rest string) {
	fields := strings.Fields(rest)
	if len(fields) > 0 {
		r.routing = fields[0]
	}
	for _, f := range fields[1:] {
		if s, ok := strings.CutPrefix(f, "#"); ok {
			r.serial = number(s[:digits(s)])
		} else if len(f) == 7 && number(f) >= 0 {
			r.yearDay = number(f[:3])
		}
	}
}

var months = [...]string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// month returns the number of the month whose name s begins with, or 0.
func month(s string) int {
	if len(s) >= 3 {
		for i, m := range months {
			if strings.EqualFold(s[:3], m) {
				return i + 1
			}
		}
	}
	return 0
}

// sent takes the cable's time and precedence from text, where that is a
// date-time group, and reports whether it is.
func (r *reader) sent(text string) bool {
	sent, precedence, ok := dateTimeGroup(text)
	if ok && r.c.Sent.IsZero() {
		r.c.Sent, r.c.Precedence = sent, precedence
	}
	return ok
}

// dateTimeGroup reads "P R 171233Z NOV 08": the precedences of action and
// information, the day and time in UTC, the month and the year.
func dateTimeGroup(text string) (sent time.Time, precedence string, ok bool) {
	if strings.IndexByte(text, 'Z') < 6 && strings.IndexByte(text, 'z') < 6 {
		return time.Time{}, "", false
	}
	fields := strings.Fields(text)
	for len(fields) > 0 && len(fields[0]) <= 2 {
		for _, p := range precedences {
			if fields[0][:1] == p.prosign && precedence == "" {
				precedence = p.word
			}
		}
		if precedence == "" {
			return time.Time{}, "", false
		}
		fields = fields[1:]
	}
	if len(fields) < 3 {
		return time.Time{}, "", false
	}
	g := fields[0]
	if len(g) != 7 || g[6] != 'Z' && g[6] != 'z' || number(g[:6]) < 0 {
		return time.Time{}, "", false
	}
	day, hour, minute, m := number(g[:2]), number(g[2:4]), number(g[4:6]), month(fields[1])
	year := fullYear(fields[2])
	if m == 0 || year == 0 || day == 0 || day > 31 || hour > 23 || minute > 59 {
		return time.Time{}, "", false
	}
	return time.Date(year, time.Month(m), day, hour, minute, 0, 0, time.UTC), precedence, true
}

// fullYear returns the year that two or four digits mean: telegrams are of
// 1950 to 2049. It returns 0 for anything else.
func fullYear(s string) int {
	n := number(s)
	switch {
	case n < 0:
	case len(s) == 2 && n >= 50:
		return 1900 + n
	case len(s) == 2:
		return 2000 + n
	case len(s) == 4 && n >= 1950 && n < 2050:
		return n
	}
	return 0
}
