"""Pass over the street off which another lies: 12 ELM VIEW, OFF OAK ROAD."""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import Labels
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

OFF = "OFF"
_NEXT_TO_OFF = frozenset(
    {Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.LOCALITY, Label.OTHER}
)


def off_a_street(tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read `12 ELM VIEW, OFF OAK ROAD` as number 12 of Elm View; how to get there says nothing of the premises."""
    place = tokens.index(OFF)
    end = place + 1
    while end < len(tokens) and labels[end] is Label.STREET:
        end += 1
    if not place or end == place + 1 or labels[place] not in _NEXT_TO_OFF:
        return labels
    before = list(labels[:place])
    if tokens[place - 1] in lexicon.street_types:
        before = _as_street(tokens, before, lexicon)
        if before[-1] is Label.STREET:
            return [*before, *[Label.OTHER] * (end - place), *labels[end:]]
    elif labels[place - 1] is Label.STREET:
        return labels  # CUT OFF LANE
    return [*before, Label.OTHER, *labels[place + 1 :]]


def _as_street(tokens: Sequence[str], labels: list[Label], lexicon: Lexicon) -> list[Label]:
    """Label the numbered name at the end as a street; it stays a building where its type is one of buildings."""
    end = len(labels)
    start = end
    while start and labels[start - 1] in {Label.BUILDING, Label.NUMBER}:
        start -= 1
    first_word = next((i for i in range(start, end) if not any(c.isdigit() for c in tokens[i])), end)
    if start == first_word or end - first_word < 2 or tokens[end - 1] in lexicon.building_types:
        return labels
    return [*labels[:start], *[Label.NUMBER] * (first_word - start), *[Label.STREET] * (end - first_word)]
