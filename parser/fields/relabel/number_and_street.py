"""Tell the number of a street before it and behind it: ROSE COTTAGE, 12A MILL LANE and MILL LANE 12."""

import re
from collections.abc import Sequence

from address_match.parser.fields.canonical_names import WORDS_OF_FIGURES
from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.fields.house_number import FEWEST_LISTED, NEXT_ON_ITS_SIDE, spans
from address_match.parser.fields.relabel.runs import (
    DIGITS,
    LISTING,
    PLACES,
    PREMISES,
    STREET_PREFIXES,
    WAYS_ALONE,
    Labels,
    first_number,
    is_street_ending,
    relabelled,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.short_forms import COMPASS

_HOUSE = "HOUSE"
MILE = "MILE"
_ROWS = frozenset({"COTTAGES", "HOUSES", "VILLAS", "ALMSHOUSES", "BUILDINGS", "BUNGALOWS", "APARTMENTS"})
"""Words for several houses of one name, which number them."""
_NO_HALF_OF_A_POSTCODE = re.compile(r"[0-9]{2,4}[A-Z]?|[0-9][A-Z]")
"""What the number of the next house on a side of the street is more."""
_OF_A_BUILDING = frozenset({Label.SUB_BUILDING, Label.BUILDING})
_BEFORE_A_DESIGNATOR = NUMBER_WORDS | FLOOR_WORDS | {"AND", "&", "TO", "BOX"}


def number_before_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `ROSE COTTAGE, 12A MILL LANE` as number 12A of the lane; ROSE COTTAGES 12A, MILL LANE is one of a row."""
    if Label.STREET not in labels:
        return labels
    end = labels.index(Label.STREET)
    start = end - 1
    if start > 0 and len(tokens[start]) == 1 and tokens[start].isalpha() and not breaks[start]:
        start -= 1
    if start < 1 or labels[start] is not Label.BUILDING or not tokens[start][0].isdigit():
        return labels
    named = labels[start - 1] is Label.BUILDING and not any(c.isdigit() for c in tokens[start - 1])
    before = tokens[start - 1]
    if (
        not named
        or not (breaks[start] or not breaks[end])
        or before in _BEFORE_A_DESIGNATOR
        or before in lexicon.unit_kinds
    ):
        return labels
    return relabelled(labels, start, end, Label.NUMBER)


def numeral_of_a_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `17 2 MILE LANE` as number 17 of Two Mile Lane, unless 17 is named a flat or set apart by a comma."""
    place = tokens.index(MILE)
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


def number_of_a_row(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `TANNERY YARD 5, MILL STREET` as 5 of the yard, whose name ends as those of streets and rows do.

    A house has the number of its street.
    """
    place = first_number(tokens)
    of_row = (
        1 < place < len(tokens) - 1
        and labels[place] is Label.NUMBER
        and breaks[place + 1]
        and not breaks[place]
        and labels[place - 1] is labels[place - 2] is Label.BUILDING
        and labels[place + 1] is Label.STREET
        and (tokens[place - 1] in lexicon.street_endings or tokens[place - 1] in _ROWS)
        and labels.count(Label.NUMBER) == 1
    )
    return relabelled(labels, place, place + 1, Label.BUILDING) if of_row else labels


def numbers_of_a_list(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read 36 & 37 as the numbers of a house, where the second was taken for a flat or a name; and 1, 3 AND 5, where the
    first was.
    """
    for place in range(1, len(tokens) - 1):
        if (
            tokens[place] in LISTING
            and labels[place - 1] is Label.NUMBER
            and tokens[place - 1][0] in DIGITS
            and tokens[place + 1][0] in DIGITS
            and labels[place + 1] in PREMISES
        ):
            first = _first_of_list(tokens, labels, place - 1, lexicon)
            labels = relabelled(labels, first, place + 2, Label.NUMBER)
    return labels


def numbers_with_commas(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read `1, 3, 5 ELM ROAD` as one list, where three numbers or more begin a text and each is the next but one, or
    the next, on its street.
    """
    end = 1
    while (
        end < len(tokens)
        and breaks[end]
        and tokens[end - 1].isdecimal()
        and tokens[end].isdecimal()
        and 0 < int(tokens[end]) - int(tokens[end - 1]) <= NEXT_ON_ITS_SIDE
    ):
        end += 1
    listed = end >= FEWEST_LISTED and end < len(tokens) and tokens[end].isalpha() and not breaks[end]
    return (
        relabelled(labels, 0, end, Label.NUMBER) if listed and PREMISES.issuperset(labels[:end]) else labels
    )


def _first_of_list(tokens: Sequence[str], labels: Labels, last: int, lexicon: Lexicon) -> int:
    """Return where the numbers begin that rise in order to one, by one or by two; those behind a word for a part are
    that's.
    """
    first = last
    while (
        first
        and labels[first - 1] in PREMISES
        and tokens[first - 1].isdecimal()
        and tokens[first].isdecimal()
        and 0 < int(tokens[first]) - int(tokens[first - 1]) <= NEXT_ON_ITS_SIDE
    ):
        first -= 1
    return last if first and tokens[first - 1] in lexicon.unit_kinds else first


def range_without_its_hyphen(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `21 ALDER COURT 115 135 MILL ROAD` as flat 21 of a building at 115-135, where 115 was taken for the flat.

    A number stands before both, and no word for a part before the first of them.
    """
    if Label.STREET not in labels:
        return labels
    high = labels.index(Label.STREET) - 1
    low = high - 1
    is_range = (
        low > first_number(tokens)
        and labels[low] is Label.SUB_BUILDING
        and labels[high] is Label.NUMBER
        and not any(breaks[low : high + 1])
        and tokens[low - 1] not in lexicon.unit_kinds
        and tokens[low - 1] not in _BEFORE_A_DESIGNATOR
        and tokens[low].isdecimal()
        and tokens[high].isdecimal()
        and spans(int(tokens[low]), int(tokens[high]))
    )
    return relabelled(labels, low, low + 1, Label.NUMBER) if is_range else labels


def numbered_name_as_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `7 HILLSIDE CRESCENT, LEEDS` and `44 ASHLEIGH, LEEDS` as a number and a street, where a text begins so and
    names no other street.

    A name that ends as those of buildings do, and in no type of a street, is a building's.
    """
    if labels[0] not in _OF_A_BUILDING or Label.STREET in labels or not tokens[0].isdecimal():
        return labels
    end = 1
    while end < len(labels) and labels[end] is Label.BUILDING and not (end > 1 and breaks[end]):
        end += 1
    last = tokens[end - 1]
    is_street = (
        end > 1
        and len(last) > 1
        and set(labels[end:]) <= PLACES
        and (last in WAYS_ALONE or last not in lexicon.building_words)
        and not any(c.isdigit() for token in tokens[1:end] for c in token)
    )
    if not is_street:
        return labels
    return relabelled(relabelled(labels, 0, 1, Label.NUMBER), 1, end, Label.STREET)


def number_behind_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `CEDAR AVENUE 22, STONE` and `CEDAR AVENUE, NO 22` as number 22 of the avenue, where no other street is named."""
    number = first_number(tokens)
    if not number:
        return labels
    while number < len(tokens) and (labels[number] is Label.SUB_BUILDING or tokens[number][0] not in DIGITS):
        number += 1
    if not 1 < number < len(tokens) or _is_of_a_place(tokens, labels, number):
        return labels
    last = number - 1
    worded = tokens[last] in NUMBER_WORDS
    if worded:
        last -= 1
    if last < 1 or (any(breaks[last + 1 : number + 1]) and not worded):
        return labels
    start = last
    while start and not breaks[start]:
        start -= 1
    if not (_ends_street(tokens, last, lexicon) or tokens[start] in STREET_PREFIXES):
        return labels
    after = _behind(tokens, labels, number)
    if start == last or _goes_on(tokens, labels, breaks, after, lexicon):
        return labels
    corrected = list(labels)
    corrected[start : last + 1] = [Label.STREET] * (last + 1 - start)
    corrected[last + 1 : after] = [Label.NUMBER] * (after - last - 1)
    for place in range(after, len(tokens)):
        if corrected[place] is Label.STREET:
            corrected[place] = Label.TOWN if tokens[place] in lexicon.towns else Label.LOCALITY
    return corrected


def _is_of_a_place(tokens: Sequence[str], labels: Labels, number: int) -> bool:
    """Return whether a number was taken for a place or a postcode, and may be one: 22B by itself is half of none."""
    if labels[number] is Label.POSTCODE and _NO_HALF_OF_A_POSTCODE.fullmatch(tokens[number]):
        return Label.POSTCODE in labels[number + 1 : number + 2]
    return labels[number] in PLACES


def direction_behind_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `1 ELM PARK S` as number 1 of Elm Park South, where the letter alone was taken for the street."""
    place = next((i for i in range(2, len(tokens)) if tokens[i] in COMPASS and labels[i] is Label.STREET), 0)
    if not place or breaks[place] or labels.count(Label.STREET) > 1:
        return labels
    start = place
    while start and labels[start - 1] is Label.BUILDING and not breaks[start]:
        start -= 1
    first_word = next((i for i in range(start, place) if tokens[i][0] not in DIGITS), place)
    if first_word - start != 1 or place - first_word < 2 or tokens[place - 1] not in lexicon.street_endings:
        return labels
    return [
        *labels[:start],
        Label.NUMBER,
        *[Label.STREET] * (place + 1 - first_word),
        *labels[place + 1 :],
    ]


def _goes_on(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], after: int, lexicon: Lexicon
) -> bool:
    """Return whether a number is followed by a name that has it, or by another street."""
    if after == len(labels):
        return False
    if not breaks[after]:
        return labels[after] not in PLACES | {Label.STREET} or Label.STREET in labels[after + 1 :]
    street = " ".join(
        token for token, label in zip(tokens[after:], labels[after:], strict=True) if label is Label.STREET
    )
    return bool(street) and street not in lexicon.towns


def _behind(tokens: Sequence[str], labels: Labels, number: int) -> int:
    """Return the place behind a number and its letter."""
    after = number + 1
    if (
        after < len(tokens)
        and len(tokens[after]) == 1
        and tokens[after].isalpha()
        and labels[after] in PREMISES
    ):
        after += 1
    return after


def _ends_street(tokens: Sequence[str], last: int, lexicon: Lexicon) -> bool:
    word = tokens[last]
    is_type = is_street_ending(word, lexicon)
    return is_type and word not in lexicon.building_words and word not in lexicon.unit_kinds


def word_of_a_number(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Label NO as the number behind it where that is one of the premises, and numbers that it lists as the last: NOS 20 AND 22.

    Behind the word for a part that is the part's: NO 18 FLAT NO 2.
    """
    looked = list(labels)
    for place in range(len(tokens) - 1):
        if tokens[place] in NUMBER_WORDS and (end := _end_of_numbers(tokens, labels, place + 1)):
            looked[place : end + 1] = [Label.NUMBER] * (end + 1 - place)
            labels = looked
        if (
            place
            and tokens[place] in NUMBER_WORDS
            and tokens[place - 1] == _HOUSE
            and labels[place] in PREMISES
        ):
            looked[place - 1] = Label.OTHER
        if (
            place
            and tokens[place] in NUMBER_WORDS
            and tokens[place - 1] in lexicon.unit_kinds
            and looked[place - 1] is Label.SUB_BUILDING
            and tokens[place + 1][0] in DIGITS
            and Label.NUMBER in looked[: place - 1]
        ):
            looked[place + 1] = Label.SUB_BUILDING
        if tokens[place] in NUMBER_WORDS and tokens[place + 1][0] in DIGITS and labels[place + 1] in PREMISES:
            looked[place] = looked[place + 1]
    return looked


def _end_of_numbers(tokens: Sequence[str], labels: Labels, start: int) -> int:
    """Return the place of the last of some listed numbers, where it alone was labelled a number; 0 where it was not."""
    place = start
    while place + 1 < len(tokens) and (tokens[place][0] in DIGITS or tokens[place] in LISTING):
        if labels[place] is Label.NUMBER:
            return place if place > start else 0
        if labels[place] is not Label.ORGANISATION:
            return 0
        place += 1
    return 0
