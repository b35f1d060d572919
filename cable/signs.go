package cable

import (
	"strings"
	"unicode/utf8"
)

// signs puts quotation marks, apostrophes and accents back where changes of
// alphabet left other signs, from byte first of Raw on:
//
//   - Windows-1252 read as GSM or the like: "Peru,s &safe harbor8";
//   - "Q" or "?" for all of them: "Peru?s", "QPeruQs safe harborQ";
//   - UTF-8 in seven bits: "JosC)" for "José".
//
// A sign that names and numbers have too counts only where others of its kind
// stand in the cable, or where its partner follows.
func (r *reader) signs(first int) {
	for _, sign := range [...]byte{',', '?'} {
		r.each(sign, first, func(i int) {
			if r.possessive(i) {
				r.sign(i, "'")
			}
		})
	}
	r.each('&', first, func(i int) {
		if end := r.quoteEnd(i); end > 0 {
			r.sign(i, "\"")
			r.sign(end, "\"")
		}
	})
	var q, bits []int // places of "Q" and "C" that may be signs
	sureQ, sureBits := 0, 0
	r.each('Q', first, func(i int) {
		if sure, maybe := r.quoteQ(i); maybe {
			q = append(q, i)
			if sure {
				sureQ++
			}
		}
	})
	r.each('C', first, func(i int) {
		if sure, maybe := r.sevenBits(i); maybe {
			bits = append(bits, i)
			if sure {
				sureBits++
			}
		}
	})
	if sureQ >= minSigns {
		r.quotes(q)
	}
	if sureBits >= minSigns {
		for _, i := range bits {
			r.replace(i, i+2, string(rune(0xC0+int(r.raw[i+1]&0x3F))))
		}
	}
}

// each calls do with every place of c from byte first on.
func (r *reader) each(c byte, first int, do func(i int)) {
	for i := first; i < len(r.raw); i++ {
		k := strings.IndexByte(r.raw[i:], c)
		if k < 0 {
			return
		}
		i += k
		do(i)
	}
}

// minSigns is how many signs of a kind show that a cable has them.
const minSigns = 2

// sign puts another sign in the place of byte i.
func (r *reader) sign(i int, with string) { r.replace(i, i+1, with) }

func (r *reader) replace(start, end int, with string) {
	r.cut(start, end, with)
	r.repair("sign", Span{start, end}, "stands for "+with)
}

// at returns byte i of raw, or a blank behind its end.
func (r *reader) at(i int) byte {
	if i < 0 || i >= len(r.raw) {
		return ' '
	}
	return r.raw[i]
}

// possessive reports whether the sign at i stands between a word and "s", or
// between "n" and "t".
func (r *reader) possessive(i int) bool {
	s := r.at(i + 1)
	if isSpace(s) { // as behind nearly all commas
		return false
	}
	a, b := r.at(i-2), r.at(i-1)
	if !isAlpha(b) || !isAlpha(a) || isLower(b) != isLower(s) && !(isUpper(b) && s == 's') {
		return false
	}
	if !(s|0x20 == 's' || s == 't' && b == 'n') {
		return false
	}
	next := r.at(i + 2)
	return !isAlpha(next) && !isDigit(next) && next != '=' && next != '/' && next < utf8.RuneSelf
}

// quoteEnd returns the place of the "8" that closes the quotation which "&" opens at i, or -1.
func (r *reader) quoteEnd(i int) int {
	const reach = 600
	if !isAlpha(r.at(i+1)) && !isDigit(r.at(i+1)) || isAlpha(r.at(i-1)) || isDigit(r.at(i-1)) {
		return -1
	}
	for k := i + 2; k < len(r.raw) && k < i+reach; k++ {
		switch c := r.raw[k]; {
		case c == '&' && isAlpha(r.at(k+1)) && isSpace(r.at(k-1)), c == '\n' && r.at(k+1) == '\n':
			return -1
		case c == '8' && !isAlpha(r.at(k+1)) && !isDigit(r.at(k+1)) && r.closing(k):
			return k
		}
	}
	return -1
}

// closing reports whether the sign at i may close a quotation: it touches a
// word or its mark, but is not the number of "G8" or "3.8".
func (r *reader) closing(i int) bool {
	b := r.at(i - 1)
	if b == '.' || b == ',' || b == '!' || b == '?' || b == ')' {
		b = r.at(i - 2)
	}
	return isLower(b) || isUpper(b) && isUpper(r.at(i-2)) && isUpper(r.at(i-3)) || b == '8'
}

// quoteQ reports whether the "Q" at i may be a quotation mark or an apostrophe,
// and whether it can hardly be anything else.
func (r *reader) quoteQ(i int) (sure, maybe bool) {
	b, a := r.at(i-1), r.at(i+1)
	switch {
	case isLower(b):
		return !isAlpha(a) || a == 's' && !isAlpha(r.at(i+2)), true
	case b == '.' || b == ',' || b == '?' || b == '!':
		return !isAlpha(a) && !isDigit(a), !isAlpha(a) && !isDigit(a)
	case isAlpha(b) || isDigit(b) || b == '-' || b == '/' || b == '&':
		return false, false
	}
	// "QLa Barca", "QO Barco" and "Qsafe", but not "Qatar", "Quito" and "Q1"
	upper := isUpper(a) && (isLower(r.at(i+2)) || r.at(i+2) == ' ')
	return upper && isLower(r.at(i+2)), upper || isLower(a) && a != 'u' && a != 'a'
}

// quotes reads each of the places as an apostrophe or a quotation mark.
func (r *reader) quotes(places []int) {
	open := false
	for _, i := range places {
		b, a := r.at(i-1), r.at(i+1)
		switch {
		case isLower(b) && isAlpha(a): // "PeruQs", "wonQt"
			r.sign(i, "'")
		case isLower(b) && b == 's' && !open && isSpace(a): // "the officialsQ work"
			r.sign(i, "'")
		case !isAlpha(b) && isAlpha(a):
			open = true
			r.sign(i, "\"")
		default:
			open = false
			r.sign(i, "\"")
		}
	}
}

// sevenBits reports whether "C" and the sign behind it at i may be an accented
// letter of UTF-8 whose bytes lost their highest bits, and whether they can
// hardly be anything else.
func (r *reader) sevenBits(i int) (sure, maybe bool) {
	b, sign, next := r.at(i-1), r.at(i+1), r.at(i+2)
	if sign <= ' ' || sign > '?' || !isAlpha(b) || isUpper(b) && isAlpha(r.at(i-2)) || isUpper(next) {
		return false, false
	}
	return isLower(b) && (sign == ')' || sign == '-' || sign == '3' || sign == '!' || sign == '1'), isLower(b) || isLower(next)
}
