"""The names of institutions, of which the kind is written in several ways: ELMLEY SURGERY, ELMLEY MEDICAL CENTRE."""

_PARISH = frozenset({"PARISH"})
_CARE = frozenset({"SURGERY", "MEDICAL", "DENTAL", "VETERINARY"})
_WHERE_CARE_IS = frozenset({"SURGERY", "MEDICAL", "PRACTICE", "CENTRE", "CLINIC"})
"""Words of which one is as good as another: ELMLEY SURGERY is ELMLEY MEDICAL CENTRE."""
_SPORTS = frozenset({"LEISURE", "SPORTS", "AND", "CENTRE"})
_HALL_OF_RESIDENCE = frozenset({"HALL", "OF", "RESIDENCE"})
_FARMHOUSE_OF_A_FARM = frozenset({"FARMHOUSE", "FARM"})
_SUBSTATION = "SUBSTATION"
_CURRENT = frozenset({"ELECTRIC", "ELECTRICITY"})
_ONE_WORD_FOR = {"FORMER": "OLD", **dict.fromkeys(("TOILET", "TOILETS", "CONVENIENCE"), "CONVENIENCES")}
"""Words for one thing: FORMER CHAPEL is OLD CHAPEL, PUBLIC TOILETS are PUBLIC CONVENIENCES."""
_ACADEMY_OR_SCHOOL = frozenset({"ACADEMY", "SCHOOL"})
_OF_A_SCHOOL_BEFORE = frozenset({"HIGH", "SECONDARY", "COMPREHENSIVE", "COMMUNITY"})
"""Words for the school that an academy was, which its name leaves out."""
CONFESSIONS = frozenset(
    {
        *("CATHOLIC", "CHURCH", "OF", "ENGLAND", "SCOTLAND", "IN", "WALES", "ANGLICAN"),
        *("METHODIST", "BAPTIST", "PRESBYTERIAN", "CONGREGATIONAL", "UNITED", "REFORMED"),
    }
)
"""Words for the confession of a church or a school, which one side may leave unsaid."""


def is_one_institution(query: frozenset[str], candidate: frozenset[str]) -> bool:
    """Return whether two names are one except for which words of several they have for what is there: a surgery, a church,
    a hall of sports or of residence, a farmhouse, a substation, an academy, or what is none of these any more.
    """
    q, c = by_its_kind(query), by_its_kind(candidate)
    if len((query | candidate) & _ACADEMY_OR_SCHOOL) > 1:
        q, c = (words - _ACADEMY_OR_SCHOOL - _OF_A_SCHOOL_BEFORE | {"SCHOOL"} for words in (q, c))
    return q == c and (len(q) > 1 or _SUBSTATION in q)


def by_its_kind(words: frozenset[str]) -> frozenset[str]:
    """Return the words of a name with one word for each kind of institution that is written in several.

    >>> sorted(by_its_kind(frozenset({"ELMLEY", "DENTAL", "PRACTICE"})))
    ['DENTAL', 'ELMLEY', 'SURGERY']
    >>> sorted(by_its_kind(frozenset({"FARMHOUSE", "ELM", "FARM"}))), sorted(by_its_kind(frozenset({"FORMER", "CHAPEL"})))
    (['ELM', 'FARMHOUSE'], ['CHAPEL', 'OLD'])
    """
    words = frozenset(_ONE_WORD_FOR.get(word, word) for word in words)
    if words & _CARE:
        return words - _WHERE_CARE_IS | {"SURGERY"}
    if "CENTRE" in words and words & _SPORTS - {"CENTRE"}:
        return words - _SPORTS | {"SPORTS"}
    if words >= _HALL_OF_RESIDENCE:
        return words - _HALL_OF_RESIDENCE | {"HALL"}
    if words >= _FARMHOUSE_OF_A_FARM:
        return words - {"FARM"}
    if _SUBSTATION in words:
        return words - _CURRENT
    return words - _PARISH if "CHURCH" in words else words
