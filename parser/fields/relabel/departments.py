"""Part what lies within an institution from it, A&E DEPT, ELM HOSPITAL; SERGEANTS MESS, ELM BARRACKS, and leave a post
office in one.
"""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import DIGITS, Labels, relabelled, runs_between_commas
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_OFFICES = frozenset({"DEPARTMENT", "DEPT"})
"""Words for what has no building of its own."""
_BUILDINGS = frozenset({"MESS", "CHAPEL", "CANTEEN", "REFECTORY", "GYMNASIUM", "GATEHOUSE", "PAVILION"})
"""Words for buildings of an institution, of which it may have several."""
_NUMBERED = frozenset({Label.SUB_BUILDING, Label.NUMBER})
POST, _OFFICE = "POST", "OFFICE"
DEPARTMENTS = _OFFICES | _BUILDINGS
_NAMES = frozenset({Label.ORGANISATION, Label.BUILDING})


def department_of_an_institution(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read a run that was taken for one name with the institution behind its comma as a department or a building of it."""
    for start, end in runs_between_commas(breaks):
        if end == len(tokens) or labels[end] not in _NAMES or not _NAMES.issuperset(labels[start:end]):
            continue
        if not _OFFICES.isdisjoint((tokens[start], tokens[end - 1])):
            labels = relabelled(labels, start, end, Label.DEPARTMENT)
        elif tokens[end - 1] in _BUILDINGS and labels[end] is Label.ORGANISATION:
            labels = relabelled(labels, start, end, Label.BUILDING)
    return labels


def post_office_in_one(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read POST OFFICE, 3 ELM ROAD as a post office at number 3, where it was taken for an office 3."""
    place = tokens.index(POST)
    office, number = place + 1, place + 2
    if (
        number + 1 < len(tokens)
        and tokens[office] == _OFFICE
        and labels[place] in _NAMES
        and labels[office] is Label.SUB_BUILDING
        and labels[number] in _NUMBERED
        and tokens[number][0] in DIGITS
        and labels[number + 1] is Label.STREET
    ):
        return [*labels[:office], labels[place], Label.NUMBER, *labels[number + 1 :]]
    return labels
