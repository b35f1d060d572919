package graphdata

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"cablegraph/vocab"
)

// mergeEvents puts together what several passages say of one event: they are
// of one type and status, agree in the roles that the vocabulary names for the
// type (Relation.Same) and in the date, and nothing single contradicts. A
// passage without a date, or with a less precise one, is taken to mean the
// event of which it can be the only one. The events have one sameKey.
func mergeEvents(key string, events []*event) []*event {
	// The most precise date first, so that the others find it.
	slices.SortFunc(events, func(a, b *event) int {
		return cmp.Or(cmp.Compare(len(b.date()), len(a.date())), strings.Compare(a.date(), b.date()), strings.Compare(a.iri, b.iri))
	})
	var clusters []*event
	for _, e := range events {
		if home := homeOf(e, clusters); home != nil {
			home.take(e)
		} else {
			clusters = append(clusters, e)
		}
	}
	for _, e := range clusters {
		e.iri = e.mergedIRI(key, clusters)
	}
	return clusters
}

// mergeGroup does so with the events of one type, status and first role, of
// which some leave out another role that tells them apart. Such a one is taken
// to mean the only event that has all that it says.
func mergeGroup(events []*event) []*event {
	groups := map[string][]*event{}
	var merged, bare []*event
	for _, e := range events {
		if key, ok := e.sameKey(); ok {
			groups[key] = append(groups[key], e)
		} else {
			bare = append(bare, e)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		merged = append(merged, mergeEvents(key, groups[key])...)
	}
	slices.SortFunc(bare, func(a, b *event) int { return strings.Compare(a.iri, b.iri) })
	var alone []*event
	for _, e := range bare {
		if home := e.within(merged); home != nil {
			home.take(e)
		} else {
			alone = append(alone, e)
		}
	}
	return append(merged, alone...)
}

// hasFirst reports whether the first role in which passages of one event agree
// is filled with entities.
func (e *event) hasFirst() bool {
	if len(e.relation.Same) == 0 {
		return false
	}
	first := of(e.fillers, e.relation.Same[0])
	return len(first) > 0 && !slices.ContainsFunc(first, func(f filler) bool { return !f.isEntity() })
}

// isBare reports whether the event says to whom it happened, but leaves out
// another role that tells it apart: "they extradited Ana Prado".
func (e *event) isBare() bool {
	return e.hasFirst() && slices.ContainsFunc(e.relation.Same, func(role string) bool { return len(of(e.fillers, role)) == 0 })
}

// groupKey returns what events that may be one agree in; ok is false where the
// event is never merged.
func (e *event) groupKey() (key string, ok bool) {
	if _, ok := e.sameKey(); !ok && !e.isBare() {
		return "", false
	}
	key = e.relation.Type + "\x00" + e.status.String()
	for _, f := range of(e.fillers, e.relation.Same[0]) {
		key += "\x00" + quad.StringOf(f.value)
	}
	return key, true
}

// within returns the only one of events that has all that e says, or nil.
func (e *event) within(events []*event) (home *event) {
	for _, o := range events {
		lacks := func(f filler) bool { return !slices.Contains(o.fillers, f) }
		if slices.ContainsFunc(e.fillers, lacks) {
			continue
		}
		if home != nil {
			return nil
		}
		home = o
	}
	return home
}

// sameKey returns what all passages of one event agree in but for the date; ok
// is false where the event is never merged: its type is not, or one of the
// roles is missing or described only, or the date is in words.
func (e *event) sameKey() (key string, ok bool) {
	if len(e.relation.Same) == 0 {
		return "", false
	}
	key = e.relation.Type + "\x00" + e.status.String()
	for _, role := range e.relation.Same {
		fillers := of(e.fillers, role)
		if len(fillers) == 0 {
			return "", false
		}
		for _, f := range fillers {
			if _, isText := f.value.(quad.String); isText {
				return "", false
			}
			key += "\x00" + role + "\x00" + quad.StringOf(f.value)
		}
	}
	dates := of(e.fillers, "date")
	if len(dates) > 1 {
		return "", false
	}
	if len(dates) == 1 {
		if _, ok := parsePeriod(dates[0].name); !ok {
			return "", false
		}
	}
	return key, true
}

// date returns the event's date, "" where it has none: of several the first.
// An event that can be merged has at most one.
func (e *event) date() string {
	if dates := of(e.fillers, "date"); len(dates) > 0 {
		return dates[0].name
	}
	return ""
}

// hasDates reports whether events of the type have dates at all.
func (e *event) hasDates() bool {
	_, ok := e.relation.Role("date")
	return ok
}

// homeOf returns the event among clusters that e is, or nil: the one with the
// same date, or else the only one that it can be.
func homeOf(e *event, clusters []*event) *event {
	var possible []*event
	for _, c := range clusters {
		if slices.ContainsFunc(e.relation.Single, func(role string) bool { return relate(e, c, role) == different }) {
			continue
		}
		if c.date() == e.date() && (e.date() != "" || !e.hasDates()) {
			return c
		}
		contrary := slices.ContainsFunc(e.relation.Roles, func(r vocab.Role) bool { return relate(e, c, r.Name) == different })
		if c.date() != "" && !contrary {
			possible = append(possible, c)
		}
	}
	if len(possible) == 1 {
		return possible[0]
	}
	return nil
}

// take adds what another passage says of the event. Of two dates the more
// precise one stays: it is e's, whose passages were taken first.
func (e *event) take(o *event) {
	e.fillers = slices.Clone(e.fillers) // the claims keep theirs
	for _, f := range o.fillers {
		if f.role != "date" || e.date() == "" {
			e.fillers = append(e.fillers, f)
		}
	}
	slices.SortFunc(e.fillers, compareFillers)
	e.fillers = slices.CompactFunc(e.fillers, func(a, b filler) bool { return compareFillers(a, b) == 0 })
	e.claims = append(e.claims, o.claims...)
}

// mergedIRI returns the identifier of an event from what its passages agree
// in, so that a further passage does not change it. Among events that
// contradict each other in a single role that role counts too. Undated events
// keep the identifier of all their arguments.
func (e *event) mergedIRI(key string, clusters []*event) string {
	if e.date() == "" && e.hasDates() {
		return e.iri
	}
	key += "\x00" + e.date()
	if slices.ContainsFunc(clusters, func(c *event) bool { return c != e && c.date() == e.date() }) {
		for _, f := range of(e.fillers, e.relation.Single...) {
			key += "\x00" + f.role + "\x00" + quad.StringOf(f.value)
		}
	}
	return "event:" + contentHash(key)
}
