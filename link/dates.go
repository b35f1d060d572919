package link

import (
	"strconv"
	"time"

	"cablegraph/entity"
)

var monthNames = [...]string{
	"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december",
}

var weekdayNames = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// date is a day, month or year, or a range of them. Month and day are 0 where
// the text does not give them.
type date struct {
	from, to day  // to is zero for a single date
	openTo   bool // "since 2005"
	openFrom bool // "until May 2009", "as of May 2009"
}

type day struct{ y, m, d int }

func (d day) zero() bool { return d.y == 0 }

// String returns d in ISO 8601 with the precision that is known: 2007,
// 2007-04, 2007-04-03.
func (d day) String() string {
	s := strconv.Itoa(d.y)
	for len(s) < 4 {
		s = "0" + s
	}
	for _, n := range [...]int{d.m, d.d} {
		if n == 0 {
			break
		}
		if n < 10 {
			s += "-0" + strconv.Itoa(n)
		} else {
			s += "-" + strconv.Itoa(n)
		}
	}
	return s
}

// String returns d as ISO 8601: a date, an interval "2007-07-30/2007-08-03",
// or one that is open at an end, "2005/.." and "../2009-05".
func (d date) String() string {
	switch {
	case d.openTo:
		return d.from.String() + "/.."
	case d.openFrom:
		return "../" + d.from.String()
	case !d.to.zero():
		return d.from.String() + "/" + d.to.String()
	}
	return d.from.String()
}

// dater reads dates from tokens, against the day on which the cable was sent.
type dater struct {
	lex  *lexicon
	doc  *entity.Document
	sent day // zero where unknown
	wday int // of sent, 1 Monday
	end  int // tokens before this one only
}

// newDater reads the date of d's cable, or at least the year from its id.
func newDater(lex *lexicon, d *entity.Document) dater {
	t := dater{lex: lex, doc: d, end: len(d.Tokens)}
	if s := d.Cable.Sent; !s.IsZero() {
		s = s.UTC()
		t.sent = day{s.Year(), int(s.Month()), s.Day()}
		t.wday = (int(s.Weekday())+6)%7 + 1
	} else if id := d.Cable.ID; len(id) > 2 && id[0] >= '0' && id[0] <= '9' && id[1] >= '0' && id[1] <= '9' {
		y := 1900 + int(id[0]-'0')*10 + int(id[1]-'0')
		if y < 1950 {
			y += 100
		}
		t.sent.y = y
	}
	return t
}

func (t *dater) word(i int) *word {
	if i < 0 || i >= t.end {
		return nil
	}
	return t.lex.known(t.doc.Tokens[i].Lower)
}

func (t *dater) is(i int, words ...uint64) bool {
	if i < 0 || i >= t.end {
		return false
	}
	h := t.doc.Tokens[i].Lower
	for _, w := range words {
		if h == w {
			return true
		}
	}
	return false
}

// number returns the value of token i as a plain whole number, or -1.
func (t *dater) number(i int) int {
	if i < 0 || i >= t.end || t.doc.Tokens[i].Shape != entity.Number {
		return -1
	}
	n := 0
	for _, c := range []byte(t.doc.Word(i)) {
		if c < '0' || c > '9' || n > 99999 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// dayNumber returns the day of a month that token i gives, "3" or "3rd", or 0.
func (t *dater) dayNumber(i int) int {
	if n := t.number(i); n >= 1 && n <= 31 {
		return n
	}
	if i < 0 || i >= t.end || t.doc.Tokens[i].Shape != entity.Mixed {
		return 0
	}
	w := t.doc.Word(i)
	n, k := 0, 0
	for k < len(w) && w[k] >= '0' && w[k] <= '9' && k < 2 {
		n = n*10 + int(w[k]-'0')
		k++
	}
	switch entity.Fold(w[k:]) {
	case "st", "nd", "rd", "th":
		if n >= 1 && n <= 31 {
			return n
		}
	}
	return 0
}

// year returns the year that token i gives, or 0.
func (t *dater) year(i int) int {
	if i >= 0 && i < t.end && t.doc.Tokens[i].End-t.doc.Tokens[i].Start == 4 {
		if n := t.number(i); n >= 1700 && n < 2100 {
			return n
		}
	}
	return 0
}

// month returns the month that token i names, or 0. "may" and "march" are words too.
func (t *dater) month(i int) int {
	w := t.word(i)
	if w == nil || w.month == 0 {
		return 0
	}
	if s := t.doc.Tokens[i].Shape; s != entity.Capital && s != entity.Caps {
		return 0
	}
	return int(w.month)
}

var (
	hComma, hOf, hTo, hThrough, hAnd, hHyphen, hDash, hSlash = wordHash(","), wordHash("of"), wordHash("to"), wordHash("through"), wordHash("and"), wordHash("-"), wordHash("–"), wordHash("/")
	hLast, hPrevious, hThis, hNext, hComing                  = wordHash("last"), wordHash("previous"), wordHash("this"), wordHash("next"), wordHash("coming")
	hYear, hMonth, hAgo, hYears, hMonths                     = wordHash("year"), wordHash("month"), wordHash("ago"), wordHash("years"), wordHash("months")
	hEarly, hLate, hMid, hEnd, hBeginning, hStart, hMiddle   = wordHash("early"), wordHash("late"), wordHash("mid"), wordHash("end"), wordHash("beginning"), wordHash("start"), wordHash("middle")
	hFirst, hSecond, hThird, hFourth, hHalf, hQuarter        = wordHash("first"), wordHash("second"), wordHash("third"), wordHash("fourth"), wordHash("half"), wordHash("quarter")
	hSummer, hFall, hAutumn, hSpring, hWinter                = wordHash("summer"), wordHash("fall"), wordHash("autumn"), wordHash("spring"), wordHash("winter")
	hIn, hSince, hDuring, hUntil, hTill, hBy, hFrom, hOn     = wordHash("in"), wordHash("since"), wordHash("during"), wordHash("until"), wordHash("till"), wordHash("by"), wordHash("from"), wordHash("on")
	hBetween, hAs, hBefore, hAfter, hA, hThe                 = wordHash("between"), wordHash("as"), wordHash("before"), wordHash("after"), wordHash("a"), wordHash("the")
	hToday, hYesterday, hTomorrow                            = wordHash("today"), wordHash("yesterday"), wordHash("tomorrow")
	hFiscal, hOpen, hClose, hColon                           = wordHash("fiscal"), wordHash("("), wordHash(")"), wordHash(":")
)

// at reads the date that starts at token i. It returns the token behind it, or
// i where there is none.
func (t *dater) at(i int) (int, date) {
	j, d := t.bare(i)
	if j == i {
		return i, d
	}
	switch {
	case t.is(i-1, hSince):
		d.openTo = d.to.zero()
	case t.is(i-1, hUntil, hTill, hBy), t.is(i-1, hOf) && t.is(i-2, hAs):
		d.openFrom = d.to.zero()
	}
	return j, d
}

func (t *dater) bare(i int) (int, date) {
	w := t.word(i)
	shape := t.doc.Tokens[i].Shape
	if w != nil {
		if w.weekday > 0 {
			return t.weekday(i, int(w.weekday))
		}
		if t.month(i) > 0 {
			return t.monthFirst(i)
		}
	}
	switch {
	case shape == entity.Number || shape == entity.Mixed:
		return t.numeric(i)
	case shape == entity.Lower || shape == entity.Capital || shape == entity.Caps:
		return t.relative(i)
	}
	return i, date{}
}

// monthFirst reads "July 16, 2007", "July 30-August 3, 2007", "July 2007", "July".
func (t *dater) monthFirst(i int) (int, date) {
	m := t.month(i)
	j := i + 1
	if t.doc.Tokens[i].Shape == entity.Capital && j < t.end && t.doc.Word(j) == "." && t.doc.Tokens[j].Start == t.doc.Tokens[i].End && j+1 < t.end && t.doc.Tokens[j+1].Shape == entity.Number {
		j++ // "Feb. 3"
	}
	if d := t.dayNumber(j); d > 0 {
		from, to := day{0, m, d}, day{}
		j++
		if t.is(j, hHyphen, hDash, hTo, hThrough, hAnd, hSlash) {
			if m2 := t.month(j + 1); m2 > 0 && t.dayNumber(j+2) > 0 && !t.is(j, hAnd) {
				to = day{0, m2, t.dayNumber(j + 2)}
				j += 3
			} else if d2 := t.dayNumber(j + 1); d2 > d && t.month(j+2) == 0 && !t.is(j+2, hHyphen) {
				if t.doc.Tokens[j].Shape == entity.Punct || t.year(j+2) > 0 || t.is(j+2, hComma) && t.year(j+3) > 0 {
					to = day{0, m, d2}
					j += 2
				}
			}
		}
		k := j
		if t.is(k, hComma) {
			k++
		}
		if y := t.year(k); y > 0 && (k > j || !t.countBehind(k)) {
			from.y = y
			if to.m != 0 {
				to.y = y
				if to.m < from.m {
					from.y--
				}
			}
			return k + 1, date{from: from, to: to}
		}
		from.y = t.nearestYear(m, d)
		if to.m != 0 {
			to.y = from.y
			if to.m < from.m {
				to.y++
			}
		}
		if from.y == 0 {
			return i, date{}
		}
		return j, date{from: from, to: to}
	}
	k := j
	if t.is(k, hComma, hOf) {
		k++
	}
	if y := t.year(k); y > 0 {
		from := day{y, m, 0}
		if t.is(k+1, hHyphen, hDash, hTo, hThrough) {
			if m2 := t.month(k + 2); m2 > 0 && t.year(k+3) > 0 {
				return k + 4, date{from: from, to: day{t.year(k + 3), m2, 0}}
			}
		}
		return k + 1, date{from: from}
	}
	// a month alone needs a word that makes it a date
	if !t.is(i-1, hIn, hSince, hUntil, hTill, hBy, hDuring, hOf, hThrough, hFrom, hEarly, hLate, hBetween) && (i == 0 || !t.is(i-1, hHyphen) || !t.is(i-2, hMid)) {
		return i, date{}
	}
	y := t.nearestYear(m, 0)
	if y == 0 {
		return i, date{}
	}
	from := day{y, m, 0}
	if t.is(j, hHyphen, hDash, hTo, hThrough, hAnd) && t.month(j+1) > 0 && t.year(j+2) > 0 { // "from June to August 2007"
		to := day{t.year(j + 2), t.month(j + 1), 0}
		from.y = to.y
		if from.m > to.m {
			from.y--
		}
		if t.is(j, hAnd) {
			return j, date{from: from}
		}
		return j + 3, date{from: from, to: to}
	}
	return j, date{from: from}
}

// countBehind reports whether the number at token k counts what stands behind it: "on May 3 2000 troops".
func (t *dater) countBehind(k int) bool {
	return k+1 < t.end && t.doc.Tokens[k+1].Shape == entity.Lower && (t.word(k+1) == nil || t.word(k+1).class == 0 && t.word(k+1).form == 0)
}

// numeric reads what starts with a figure: "16 July 2007", "7/16/2007", "2007-07-16", "2007", "1996-1998".
func (t *dater) numeric(i int) (int, date) {
	if d := t.dayNumber(i); d > 0 {
		j := i + 1
		to := 0
		if t.is(j, hHyphen, hDash, hTo) && t.dayNumber(j+1) > d && t.month(j+2) > 0 {
			to = t.dayNumber(j + 1)
			j += 2
		}
		if t.is(j, hOf) {
			j++
		}
		if m := t.month(j); m > 0 {
			k := j + 1
			if t.is(k, hComma) {
				k++
			}
			y := t.year(k)
			if y == 0 {
				if t.doc.Tokens[i].Shape == entity.Number && t.dayNumber(j+1) > 0 { // "the 3 May 5 …": the month belongs to what follows
					return i, date{}
				}
				y, k = t.nearestYear(m, d), j
			}
			if y == 0 {
				return i, date{}
			}
			v := date{from: day{y, m, d}}
			if to > 0 {
				v.to = day{y, m, to}
			}
			return k + 1, v
		}
		if t.is(i+1, hSlash) && t.is(i+3, hSlash) {
			m, d2, y := d, t.number(i+2), t.number(i+4)
			if m > 12 {
				m, d2 = d2, m
			}
			if y >= 0 && y < 100 && t.doc.Tokens[i+4].End-t.doc.Tokens[i+4].Start == 2 {
				y += 1900
				if y < 1950 {
					y += 100
				}
			}
			if m >= 1 && m <= 12 && d2 >= 1 && d2 <= 31 && y >= 1900 && y < 2100 {
				return i + 5, date{from: day{y, m, d2}}
			}
		}
	}
	y := t.year(i)
	if y == 0 {
		return i, date{}
	}
	if t.is(i+1, hHyphen) && t.is(i+3, hHyphen) {
		m, d := t.number(i+2), t.number(i+4)
		if m >= 1 && m <= 12 && d >= 1 && d <= 31 {
			return i + 5, date{from: day{y, m, d}}
		}
	}
	if t.is(i+1, hHyphen, hDash, hTo, hThrough) || t.is(i+1, hAnd) && t.is(i-1, hBetween) {
		y2 := t.year(i + 2)
		if n := t.number(i + 2); y2 == 0 && t.doc.Tokens[i+1].Shape == entity.Punct && n > y%100 && n < 100 {
			y2 = y - y%100 + n
		}
		if y2 > y {
			return i + 3, date{from: day{y: y}, to: day{y: y2}}
		}
	}
	switch {
	case t.is(i-1, hIn, hSince, hDuring, hUntil, hTill, hBy, hFrom, hBefore, hAfter, hEarly, hLate, hThrough, hOpen, hBetween):
	case t.is(i-1, hHyphen) && t.is(i-2, hMid):
	case t.is(i-1, hOf, hAnd, hComma, hTo) && !t.countBehind(i):
	default:
		return i, date{}
	}
	return i + 1, date{from: day{y: y}}
}

// relative reads dates that start with a word: "late 2007", "end of 2007", "last year", "two months ago".
func (t *dater) relative(i int) (int, date) {
	switch {
	case t.is(i, hEarly, hLate):
		return t.after(i, i+1)
	case t.is(i, hMid):
		if t.is(i+1, hHyphen) {
			return t.after(i, i+2)
		}
		return t.after(i, i+1)
	case t.is(i, hEnd, hBeginning, hStart, hMiddle, hSummer, hFall, hAutumn, hSpring, hWinter):
		if t.is(i+1, hOf) {
			if t.is(i+2, hThis, hLast, hNext) {
				if j, d := t.relative(i + 2); j > i+2 {
					return j, d
				}
			}
			return t.after(i, i+2)
		}
		if t.is(i, hSummer, hFall, hAutumn, hSpring, hWinter) && t.year(i+1) > 0 {
			return i + 2, date{from: day{y: t.year(i + 1)}}
		}
	case t.is(i, hFirst, hSecond, hThird, hFourth):
		if t.is(i+1, hHalf, hQuarter) && t.is(i+2, hOf) {
			return t.after(i, i+3)
		}
	case t.is(i, hFiscal):
		if t.is(i+1, hYear) && t.year(i+2) > 0 {
			return i + 3, date{from: day{y: t.year(i + 2)}}
		}
	case t.is(i, hLast, hPrevious, hThis, hNext, hComing):
		return t.lastNext(i)
	case t.is(i, hToday, hYesterday, hTomorrow):
		if t.sent.d == 0 {
			return i, date{}
		}
		n := 0
		if t.is(i, hYesterday) {
			n = -1
		} else if t.is(i, hTomorrow) {
			n = 1
		}
		if n == 0 { // "today" mostly means nowadays
			return i, date{}
		}
		return i + 1, date{from: t.plus(n)}
	}
	if w := t.word(i); w != nil && (w.number > 0 || t.is(i, hA)) && t.is(i+2, hAgo) && t.sent.y > 0 {
		n := max(int(w.number), 1)
		switch {
		case t.is(i+1, hYear, hYears):
			return i + 3, date{from: day{y: t.sent.y - n}}
		case t.is(i+1, hMonth, hMonths) && t.sent.m > 0:
			return i + 3, date{from: t.plusMonths(-n)}
		}
	}
	return i, date{}
}

// after reads a year or month that starts at j, for words from i on that make it vaguer: "late 2007", "end of May".
func (t *dater) after(i, j int) (int, date) {
	if t.is(j, hThe) {
		j++
	}
	if y := t.year(j); y > 0 {
		if y2 := t.year(j + 2); y2 > y && t.is(j+1, hHyphen) {
			return j + 3, date{from: day{y: y}, to: day{y: y2}}
		}
		return j + 1, date{from: day{y: y}}
	}
	if m := t.month(j); m > 0 && t.dayNumber(j+1) == 0 {
		if y := t.year(j + 1); y > 0 {
			return j + 2, date{from: day{y, m, 0}}
		}
		if y := t.nearestYear(m, 0); y > 0 {
			return j + 1, date{from: day{y, m, 0}}
		}
	}
	return i, date{}
}

// lastNext reads "last year", "this month", "last December", "next June", "last Friday".
func (t *dater) lastNext(i int) (int, date) {
	n := 0
	switch {
	case t.is(i, hLast, hPrevious):
		n = -1
	case t.is(i, hNext, hComing):
		n = 1
	}
	if t.sent.y == 0 {
		return i, date{}
	}
	w := t.word(i + 1)
	switch {
	case t.is(i+1, hYear):
		return i + 2, date{from: day{y: t.sent.y + n}}
	case t.sent.m == 0:
		return i, date{}
	case t.is(i+1, hMonth):
		return i + 2, date{from: t.plusMonths(n)}
	case t.month(i+1) > 0 && t.dayNumber(i+2) == 0:
		m, y := t.month(i+1), t.sent.y
		if n < 0 && m >= t.sent.m {
			y--
		} else if n > 0 && m <= t.sent.m {
			y++
		}
		if t.year(i+2) > 0 {
			return i + 3, date{from: day{t.year(i + 2), m, 0}}
		}
		return i + 2, date{from: day{y, m, 0}}
	case w != nil && w.weekday > 0 && n != 0:
		days := t.toWeekday(int(w.weekday), n > 0)
		if days == 0 {
			days = -7
		}
		return i + 2, date{from: t.plus(days)}
	}
	return i, date{}
}

// weekday reads "Monday, June 15" as the date and "on Monday" as the last one before the cable was sent.
func (t *dater) weekday(i, d int) (int, date) {
	j := i + 1
	if t.is(j, hComma) {
		j++
	}
	if j < t.end {
		if t.month(j) > 0 && t.dayNumber(j+1) > 0 {
			if k, v := t.monthFirst(j); k > j {
				return k, v
			}
		}
		if t.dayNumber(j) > 0 {
			if k, v := t.numeric(j); k > j {
				return k, v
			}
		}
	}
	if t.sent.d == 0 || !t.is(i-1, hOn) {
		return i, date{}
	}
	return i + 1, date{from: t.plus(t.toWeekday(d, false))}
}

// toWeekday returns the days from sending to the weekday d before it, that day itself included, or after it.
func (t *dater) toWeekday(d int, next bool) int {
	n := d - t.wday
	if next {
		if n <= 0 {
			n += 7
		}
		return n
	}
	if n > 0 {
		n -= 7
	}
	return n
}

// nearestYear returns the year of a month and day without one: the last time
// that they came round before the cable was sent, or the coming one where it
// is less than three months ahead.
func (t *dater) nearestYear(m, d int) int {
	if t.sent.m == 0 {
		return t.sent.y
	}
	ahead := (m-t.sent.m)*31 + max(d, 1) - t.sent.d
	switch {
	case ahead > 92:
		return t.sent.y - 1
	case ahead < -280:
		return t.sent.y + 1
	}
	return t.sent.y
}

func (t *dater) plus(days int) day {
	u := time.Date(t.sent.y, time.Month(t.sent.m), t.sent.d, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return day{u.Year(), int(u.Month()), u.Day()}
}

func (t *dater) plusMonths(n int) day {
	k := t.sent.y*12 + t.sent.m - 1 + n
	return day{k / 12, k%12 + 1, 0}
}
