"""Read the name of an estate of businesses in one, and the code of a unit before it: B2 ELM TRADE PARK."""

import re
from collections.abc import Sequence

from address_match.parser.fields.canonical_names import ESTATES
from address_match.parser.fields.relabel.runs import Labels, relabelled, runs_between_commas
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_CODE = re.compile(r"[A-Z][0-9]{1,2}[A-Z]?")
"""Of a unit, or the first half of a postcode."""
_TORN = 3
"""Labels by which a name falls apart: an estate that is called after a street has two."""
_PARTS_OF_A_NAME = frozenset({Label.BUILDING, Label.STREET})


def estate_in_one(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon) -> Labels:
    """Read `ELM TRADE PARK` as one name, where its last word alone was taken for a street, and B2 before it as a
    unit's; as one as well where the labels of a run by itself before a street fall apart.
    """
    for start, end in runs_between_commas(breaks):
        last = next((i for i in range(end - 1, start, -1) if tokens[i] in ESTATES), start)
        if last == start or labels[last] not in _PARTS_OF_A_NAME:
            continue
        first = last
        while first > start and labels[first - 1] in _PARTS_OF_A_NAME and tokens[first - 1].isalpha():
            first -= 1
        goes_on = last + 1 < len(tokens) and not breaks[last + 1] and labels[last + 1] is Label.STREET
        other = Label.STREET in labels[:first] or Label.STREET in labels[last + 1 :]
        in_two = labels[first] is Label.BUILDING or (other and labels[first - 1] is not Label.NUMBER)
        if labels[last] is Label.STREET and in_two and not goes_on:
            labels = relabelled(labels, first, last + 1, Label.BUILDING if other else Label.STREET)
        if _is_torn(tokens[start:end], labels[start:end]) and Label.STREET in labels[end:]:
            labels = relabelled(labels, start, end, Label.BUILDING)
        if first == 1 and start == 0 and labels[0] is Label.POSTCODE and _CODE.fullmatch(tokens[0]):
            labels = relabelled(labels, 0, 1, Label.SUB_BUILDING)
    return labels


def _is_torn(words: Sequence[str], labels: Labels) -> bool:
    """Return whether the words of an estate without a number, and no more, were labelled as three things or more."""
    kinds = set(labels)
    return (
        words[-1] in ESTATES
        and len(kinds) >= _TORN
        and kinds <= _PARTS_OF_A_NAME | {Label.LOCALITY, Label.TOWN, Label.ORGANISATION}
        and all(word.isalpha() for word in words)
    )
