package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cablegraph/cable"
)

// Hashes are FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// Classes of bytes. Bytes above ASCII are letters until the rune says no.
const (
	byteSpace = iota
	bytePunct
	byteDigit
	byteLower
	byteUpper
	byteHigh
)

var byteClass = func() (t [256]uint8) {
	for i := range t {
		switch {
		case i <= ' ' || i == 0x7f:
			t[i] = byteSpace
		case i >= '0' && i <= '9':
			t[i] = byteDigit
		case i >= 'a' && i <= 'z':
			t[i] = byteLower
		case i >= 'A' && i <= 'Z':
			t[i] = byteUpper
		case i >= 0x80:
			t[i] = byteHigh
		default:
			t[i] = bytePunct
		}
	}
	return t
}()

// tokenize appends the tokens of text[start:end] to dst.
//
// Words keep inner apostrophes ("O'Reilly"), the possessive is a token of its
// own ("Mexico" "'s"), hyphens and slashes divide ("Santoyo" "-" "Cervantes",
// "G" "/" "TIP"), points stay inside abbreviations of single letters ("U.S.",
// "J."), and a "?" that stands for a lost letter inside a word belongs to it
// ("O???REILLY"). Web and mail addresses are one token.
func tokenize(dst []Token, text string, start, end int) []Token {
	for i := start; i < end; {
		switch c := text[i]; byteClass[c] {
		case byteSpace:
			i++
		case bytePunct:
			j := i + 1
			if c == '\'' && j < end && (text[j] == 's' || text[j] == 'S') && (j+1 >= end || !letterAt(text, j+1)) && i > start && letterAt(text, i-1) {
				j++
			} else if c == '-' || c == '.' || c == '=' || c == '_' || c == '*' { // rules and ellipses
				for j < end && text[j] == c {
					j++
				}
			}
			dst = append(dst, punct(text, i, j))
			i = j
		default:
			if byteClass[c] == byteHigh {
				r, n := utf8.DecodeRuneInString(text[i:end])
				if unicode.IsSpace(r) {
					i += n
					continue
				}
				if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
					j := i + n
					if r == '’' && strings.HasPrefix(text[j:end], "s") && (j+1 >= end || !letterAt(text, j+1)) && i > start && letterAt(text, i-1) {
						j++
					}
					dst = append(dst, punct(text, i, j))
					i = j
					continue
				}
			}
			j := wordEnd(text, i, end)
			if j == i+2 && text[i+1] == '.' && len(dst) > 0 && lettered[dst[len(dst)-1].Lower] {
				j-- // "ref B." ends a sentence
			}
			dst = append(dst, wordToken(text, i, j))
			i = j
		}
	}
	return dst
}

// lettered are words that a letter follows, which then is no initial.
var lettered = words("lettered")

// letterAt reports whether a letter or digit starts, or a longer rune goes on, at text[i].
func letterAt(text string, i int) bool { return i < len(text) && byteClass[text[i]] >= byteDigit }

// wordEnd returns the end of the word or number that starts at text[i].
func wordEnd(text string, i, end int) int {
	if addressAt(text[i:end]) {
		j := i
		for j < end && byteClass[text[j]] != byteSpace && text[j] != '>' && text[j] != ')' && text[j] != ',' {
			j++
		}
		for j > i+1 && text[j-1] == '.' {
			j--
		}
		return j
	}
	j := i
	for j < end {
		switch c := text[j]; byteClass[c] {
		case byteDigit, byteLower, byteUpper:
			j++
		case byteHigh:
			r, n := utf8.DecodeRuneInString(text[j:end])
			if r == '’' && apostropheInside(text, j, n, end) {
				j += n
				continue
			}
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
				return j
			}
			j += n
		case bytePunct:
			switch {
			case c == '\'' && apostropheInside(text, j, 1, end):
				j++
			case (c == '.' || c == ',') && byteClass[text[j-1]] == byteDigit && j+1 < end && byteClass[text[j+1]] == byteDigit:
				j++
			case c == '.' && single(text, i, j):
				// "J." or "U.S." : take the point, and the next letter with its point
				j++
				for j+1 < end && byteClass[text[j]] >= byteLower && byteClass[text[j]] != byteHigh && text[j+1] == '.' && byteClass[text[i]] == byteClass[text[j]] {
					j += 2
				}
				if j+1 <= end && j-i > 2 && j < end && byteClass[text[j]] == byteClass[text[i]] && (j+1 == end || !letterAt(text, j+1)) {
					j++ // "U.S" with its last point lost
				}
				return j
			case c == '?':
				k := j
				for k < end && text[k] == '?' && k-j < 4 {
					k++
				}
				if k < end && byteClass[text[k]] >= byteLower && byteClass[text[j-1]] >= byteLower {
					j = k
					continue
				}
				if k-j == 4 && lostAccents[foldHash(text[i:j])] {
					return k // "Jos????"
				}
				return j
			default:
				return j
			}
		default:
			return j
		}
	}
	return j
}

// single reports whether text[i:j] is one ASCII letter that an abbreviation may start with.
func single(text string, i, j int) bool {
	if j != i+1 || byteClass[text[i]] < byteLower || byteClass[text[i]] == byteHigh {
		return false
	}
	if byteClass[text[i]] == byteUpper {
		return true
	}
	// "a.k.a.": a lower-case letter needs a second one behind the point
	return j+2 < len(text) && byteClass[text[j+1]] == byteLower && text[j+2] == '.'
}

// apostropheInside reports whether the apostrophe of n bytes at text[j] is part
// of a word: letters follow, and they are not the possessive.
func apostropheInside(text string, j, n, end int) bool {
	k := j + n
	if k >= end || byteClass[text[k]] < byteLower {
		return false
	}
	return (text[k] != 's' && text[k] != 'S') || letterAt(text, k+1) && k+1 < end
}

// addressAt reports whether s starts with a web address.
func addressAt(s string) bool {
	return len(s) > 7 && (s[0] == 'h' || s[0] == 'w') && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www."))
}

func punct(text string, i, j int) Token {
	w := text[i:j]
	return Token{Start: uint32(i), End: uint32(j), Shape: Punct, Mention: -1, Hash: hash(w), Lower: foldHash(w)}
}

// wordToken makes the token of the word or number text[i:j].
func wordToken(text string, i, j int) Token {
	var upper, lower, digit, high int
	h, l := uint64(fnvOffset), uint64(fnvOffset)
	for k := i; k < j; k++ {
		c := text[k]
		h = (h ^ uint64(c)) * fnvPrime
		switch byteClass[c] {
		case byteUpper:
			upper++
			c += 'a' - 'A'
		case byteLower:
			lower++
		case byteDigit:
			digit++
		case byteHigh:
			high++
		}
		l = (l ^ uint64(c)) * fnvPrime
	}
	first := byteClass[text[i]] == byteUpper
	if high > 0 {
		upper, lower = 0, 0
		for _, r := range text[i:j] {
			switch {
			case unicode.IsUpper(r) || unicode.IsTitle(r):
				upper++
			case unicode.IsLetter(r):
				lower++
			}
		}
		r, _ := utf8.DecodeRuneInString(text[i:j])
		first = unicode.IsUpper(r) || unicode.IsTitle(r)
		l = foldHash(text[i:j])
	}
	return Token{Start: uint32(i), End: uint32(j), Shape: shape(first, upper, lower, digit), Mention: -1, Hash: h, Lower: l}
}

func shape(first bool, upper, lower, digit int) Shape {
	switch {
	case digit > 0 && upper+lower == 0:
		return Number
	case digit > 0:
		return Mixed
	case upper == 0:
		return Lower
	case lower == 0 && upper == 1:
		return Initial
	case lower == 0:
		return Caps
	case first && (upper == 1 || upper == 2 && lower > 2):
		return Capital // "McCain", "O'Reilly", but not "GoB"
	default:
		return Mixed
	}
}

func hash(s string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// foldHash returns the hash of Fold(s).
func foldHash(s string) uint64 {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return hash(Fold(s))
		}
	}
	h := uint64(fnvOffset)
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	return h
}

// Fold returns s in lower case and without diacritics: "São" becomes "sao".
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == '’' || r == '‘':
			b.WriteByte('\'')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// newDocument tokenises the blocks of c in which names are looked for.
func newDocument(c *cable.Cable) *Document {
	text := c.Text.String()
	d := &Document{Cable: c, Tokens: make([]Token, 0, len(text)/5+16)}
	for i, b := range c.Blocks {
		if b.Kind == cable.BlockSkip || b.Kind == cable.BlockTags {
			continue
		}
		first := len(d.Tokens)
		start, end := c.Text.CleanSpan(b.Span)
		d.Tokens = tokenize(d.Tokens, text, start, end)
		d.split(first, i)
	}
	return d
}
