"""Take another look at labels that the words around them contradict; most texts have none, and it must cost them
little.
"""

import re
from collections.abc import Sequence

from address_match.parser.fields.canonical_names import WORDS_OF_FIGURES
from address_match.parser.fields.floors import FLOOR_WORDS, JOINS, is_floor_flat
from address_match.parser.fields.relabel.correct_runs import correct_runs
from address_match.parser.fields.relabel.passed_over import LONG_NUMBER, without_long_numbers
from address_match.parser.fields.relabel.places import STREET, scanned_town, town_called_street
from address_match.parser.fields.relabel.runs import PREMISES, STREET_PREFIXES
from address_match.parser.fields.relabel.welsh_street import begins_with_street, street_by_its_first_word
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.recognisers.postcode import is_postcode

_OF = "OF"
_OFF = "OFF"
_MILE = "MILE"
_HYPHEN = "-"
_LONGEST_PIECE = 2
"""Letters that a postcode written in pieces may end in: DL4 5 QA, DL4 5Q A."""
_MOST_PIECES = 6
_NEXT_TO_OFF = frozenset(
    {Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.LOCALITY, Label.OTHER}
)
_NO_FLOORS = frozenset({Label.STREET, Label.LOCALITY, Label.TOWN, Label.NUMBER})
_BASEMENT = "B"
_NO_CODES = frozenset({Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY})
_TENEMENT_FLAT = re.compile(r"[0-9]{1,2}/(?:[0-9]{1,2}|[LR])")
_ORDINAL = re.compile(r"[0-9]{1,2}(?:ST|ND|RD|TH)")
_MAY_BE_CODES = re.compile(
    r"\b(?:[0-9]{1,2}/[0-9LR]|F[0-9]|(?:[0-9]{1,2}|[BGFPST]|LG)F[0-9LR]|[0-9](?:ST|ND|RD|TH)\b)"
)
_FLAT_IN_SHORT = re.compile(r"F[0-9]{1,3}[A-Z]?|[0-9]F[LR]")
"""No postcode begins with F alone, nor is one 2FL without its first half."""


def correct_labels(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Sequence[Label]:
    """Return the labels to read by: the same ones, but for a person's initial, a postcode in pieces, a way to a street,
    a floor, a numeral in a name.
    """
    if len(tokens) > 1 and len(tokens[0]) == 1 and tokens[0].isalpha():
        labels = _initial(labels, breaks)
    if len(tokens) > 2 and len(tokens[-1]) <= _LONGEST_PIECE and tokens[-1].isalpha():
        labels = _postcode_in_pieces(tokens, labels, breaks, lexicon)
    if _OFF in tokens:
        labels = _off_a_street(tokens, labels, lexicon)
    if not lexicon.floors.keys().isdisjoint(tokens):
        labels = _floors(tokens, labels, lexicon)
    joined = " ".join(tokens)
    if _MAY_BE_CODES.search(joined):
        labels = _codes_of_parts(tokens, labels)
    if STREET in tokens:
        labels = town_called_street(tokens, labels, breaks, lexicon)
    if not STREET_PREFIXES.isdisjoint(tokens) or (_HYPHEN in joined and any(map(begins_with_street, tokens))):
        labels = street_by_its_first_word(tokens, labels, breaks, lexicon)
    if Label.POSTCODE in labels:
        labels = scanned_town(tokens, labels, lexicon)
    if _MILE in tokens:
        labels = _numeral_of_a_street(tokens, labels, breaks, lexicon)
    labels = correct_runs(tokens, labels, breaks, lexicon)
    return without_long_numbers(tokens, labels, breaks) if LONG_NUMBER.search(joined) else labels


def _initial(labels: Sequence[Label], breaks: Sequence[bool]) -> Sequence[Label]:
    """Read the letter before a name as its initial: `J ELMWOOD C/O R OAKLEY, 22 ELM ROAD` asks for no unit J."""
    if labels[0] is Label.SUB_BUILDING and labels[1] is Label.ORGANISATION and not breaks[1]:
        return [Label.ORGANISATION, *labels[1:]]
    return labels


def _postcode_in_pieces(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Sequence[Label]:
    """Take three or more last words that spell a postcode for one: D L4 5 QA. The longest is meant, D is no word."""
    for size in range(min(_MOST_PIECES, len(tokens)), 2, -1):
        start = len(tokens) - size
        before = tokens[start - 1] if start else ""
        if (
            is_postcode("".join(tokens[start:]))
            and not any(breaks[start + 1 :])
            and before not in lexicon.unit_kinds
        ):
            return [*labels[:start], *[Label.POSTCODE] * size]
    return labels


def _off_a_street(tokens: Sequence[str], labels: Sequence[Label], lexicon: Lexicon) -> Sequence[Label]:
    """Read `12 ELM VIEW, OFF OAK ROAD` as number 12 of Elm View; how to get there says nothing of the premises."""
    place = tokens.index(_OFF)
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


def _numeral_of_a_street(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Sequence[Label]:
    """Read `17 2 MILE LANE` as number 17 of Two Mile Lane, unless 17 is named a flat or set apart by a comma."""
    place = tokens.index(_MILE)
    if place < 2 or labels[place] is not Label.STREET or breaks[place] or breaks[place - 1]:
        return labels
    number, numeral = place - 2, place - 1
    before = tokens[number - 1] if number else ""
    if (
        tokens[numeral] not in WORDS_OF_FIGURES
        or not tokens[number][0].isdigit()
        or not {labels[number], labels[numeral]} <= PREMISES
        or before in lexicon.unit_kinds
    ):
        return labels
    return [*labels[:number], Label.NUMBER, Label.STREET, *labels[place:]]


def _codes_of_parts(tokens: Sequence[str], labels: Sequence[Label]) -> Sequence[Label]:
    """Read `12 ELM ROAD (2/1)`, `12 FFL ELM ROAD` and `12 ELM ROAD F4B` as flats of number 12: none is a street, a
    place or a postcode.

    Nor is an ordinal a postcode by itself, which begins a name: 6TH FORM COLLEGE.
    """
    looked: list[Label] | None = None
    for place, token in enumerate(tokens):
        label = labels[place]
        if (
            label is Label.POSTCODE
            and _ORDINAL.fullmatch(token)
            and Label.POSTCODE not in labels[max(place - 1, 0) : place]
            and labels[place + 1 : place + 2]
        ):
            looked = looked if looked is not None else list(labels)
            looked[place] = labels[place + 1]
        elif (label in _NO_CODES and (is_floor_flat(token) or _TENEMENT_FLAT.fullmatch(token))) or (
            label is Label.POSTCODE
            and _FLAT_IN_SHORT.fullmatch(token)
            and Label.POSTCODE not in labels[max(place - 1, 0) : place]
            and not tokens[min(place + 1, len(tokens) - 1)][0].isdigit()
        ):
            looked = looked if looked is not None else list(labels)
            looked[place] = Label.SUB_BUILDING
    return labels if looked is None else looked


def _floors(tokens: Sequence[str], labels: Sequence[Label], lexicon: Lexicon) -> Sequence[Label]:
    """Read `12 (FIRST FLOOR FLAT) ELM ROAD` and `12 ELM ROAD, GFF` as flats of number 12: no street or place has such a
    name.
    """
    looked = list(labels)
    if looked[:2] == [Label.BUILDING] * 2 and tokens[0] in lexicon.floors and tokens[1] == _OF:
        looked[:2] = [Label.SUB_BUILDING] * 2
    for place, token in enumerate(tokens):
        if (
            looked[place] is Label.BUILDING
            and place
            and tokens[place - 1] in FLOOR_WORDS
            and token in lexicon.floors
        ):
            looked[place - 1 : place + 1] = [Label.SUB_BUILDING] * 2
        if looked[place] not in _NO_FLOORS or token not in lexicon.floors:
            continue
        end = place + 1
        while end < len(tokens) and (tokens[end] in FLOOR_WORDS or tokens[end] in lexicon.unit_kinds):
            end += 1
        worded = end > place + 1 and (
            tokens[place + 1] in FLOOR_WORDS or labels[place + 1] is Label.SUB_BUILDING
        )
        if worded or token in lexicon.floor_kinds or lexicon.floors[token] == _BASEMENT:
            looked[place:end] = [Label.SUB_BUILDING] * (end - place)
    _join_floors(tokens, looked, lexicon)
    return looked


def _join_floors(tokens: Sequence[str], labels: list[Label], lexicon: Lexicon) -> None:
    """Label FIRST AND SECOND FLOORS as one part where either floor is labelled so."""
    for place in range(1, len(tokens) - 1):
        if tokens[place] not in JOINS or tokens[place + 1] not in lexicon.floors:
            continue
        start = place - 1 - (tokens[place - 1] in FLOOR_WORDS and place > 1)
        if tokens[start] in lexicon.floors and Label.SUB_BUILDING in (labels[start], labels[place + 1]):
            labels[start : place + 2] = [Label.SUB_BUILDING] * (place + 2 - start)
