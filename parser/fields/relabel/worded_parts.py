"""Read words without a number as a part of the premises: ANNEXE AT ELM HOUSE, SHOP, 12 ELM ROAD."""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import PREMISES, Labels, relabelled, runs_between_commas
from address_match.parser.fields.relabel.street_and_place import DIRECTIONS
from address_match.parser.fields.unit import designates, is_word_of_a_side
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_ANNEXE = "ANNEXE"
_ONE_OF_A_HOUSE = frozenset({_ANNEXE, "FLAT", "STUDIO", "PENTHOUSE"})
"""Kinds of which a house may have one, without a number."""
_PLACES_OF_WORK = frozenset({"SHOP", "OFFICE", "WORKSHOP"})
_OF_A_BUSINESS = _PLACES_OF_WORK | {"STORE", "GARAGE"}
_CARAVAN = "CARAVAN"
_HOMES_IN_PARKS = frozenset({_CARAVAN, "CHALET"})
WING = "WING"
SORTS = frozenset(
    {
        *("RETAIL", "INDUSTRIAL", "COMMERCIAL", "BUSINESS", "TRADE", "MARKET", "RESIDENTIAL", "CATERING"),
        *("STUDENT", "CLUSTER"),
    }
)
"""Words that say of what sort a part is, before its word and its number: RETAIL UNIT 4."""
_WARDS = frozenset({"WARD", WING})
_FEWEST_BEFORE = 2
"""Words at least of a numbered street, less one."""
_THE = "THE"
_BEFORE_AN_ANNEXE = frozenset({_THE, "GRANNY"})
_BELONGING = frozenset({"AT", "OF", "TO", "ABOVE", "OVER"})


def part_at_a_building(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `ANNEXE AT ELM HOUSE` as a part of Elm House, and `THE ANNEXE, 70 ELM ROAD` as one of number 70, where it
    was taken for a building; nor is 70 that of the annexe in `ELM HOUSE ANNEXE, 70 ELM ROAD`.
    """
    labels = _house_of_an_annexe(tokens, labels, breaks, lexicon)
    for start, end in runs_between_commas(breaks):
        kind = start + (tokens[start] in _BEFORE_AN_ANNEXE)
        last = end - 1
        if _is_annexe_behind_its_street(tokens, labels, end, lexicon) or _is_annexe_by_its_last_word(
            tokens, labels, kind, last, lexicon
        ):
            return relabelled(labels, last, end, Label.SUB_BUILDING)
        if _is_part_of_a_numbered_house(tokens, labels, kind, end, lexicon):
            number = kind + 1
            labels = relabelled(labels, number, number + 1, Label.NUMBER)
            return relabelled(labels, start, number, Label.SUB_BUILDING)
        if labels[end : end + 1] == [Label.SUB_BUILDING] and _is_part_of_a_numbered_house(
            tokens, labels, last, end, lexicon
        ):
            return relabelled(labels, end, end + 1, Label.NUMBER)
        if _is_ward(tokens, labels, start, end) or _is_annexe_of_a_house(tokens, labels, kind, end, lexicon):
            return relabelled(labels, start, end, Label.SUB_BUILDING)
        name = kind + 2
        if (
            name < end
            and lexicon.unit_kinds.get(tokens[kind]) in _ONE_OF_A_HOUSE | _OF_A_BUSINESS | _HOMES_IN_PARKS
            and tokens[kind + 1] in _BELONGING
            and all(label is Label.BUILDING for label in labels[start:name])
            and (labels[name] is Label.NUMBER or (labels[name] is Label.BUILDING and tokens[name].isalpha()))
        ):
            return relabelled(labels, start, name, Label.SUB_BUILDING)
    return labels


def _house_of_an_annexe(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read the first of two streets as the house to which an annexe beside it belongs: ELM MOUNT ANNEXE, 6 OAK LANE."""
    if Label.STREET not in labels:
        return labels
    first = labels.index(Label.STREET)
    end = first + 1
    while end < len(tokens) and labels[end] is Label.STREET and not breaks[end]:
        end += 1
    before = first - 1 - (first > 1 and tokens[first - 1] in _BELONGING)
    beside = [tokens[place] for place in (before, end) if 0 <= place < len(tokens)]
    if Label.STREET in labels[end:] and any(lexicon.unit_kinds.get(word) == _ANNEXE for word in beside):
        return relabelled(labels, first, end, Label.BUILDING)
    return labels


def _is_part_of_a_numbered_house(
    tokens: Sequence[str], labels: Labels, kind: int, end: int, lexicon: Lexicon
) -> bool:
    """Return whether a run says shop or flat and no more, and the number behind it is that of the house: SHOP, 12 ELM
    ROAD; THE STUDIO 12 ELM ROAD.

    Without a comma the number may be a flat's, a garage's or a store's as well.
    """
    number = kind + 1
    if not number < len(tokens) - 1 or not tokens[number][0].isdigit() or labels[kind] not in PREMISES:
        return False
    of_a_kind = lexicon.unit_kinds.get(tokens[kind])
    parted = number == end and labels[number] in PREMISES and of_a_kind in _ONE_OF_A_HOUSE | _OF_A_BUSINESS
    the_one = tokens[kind - 1 : kind] == [_THE] and of_a_kind in _ONE_OF_A_HOUSE
    of_work = labels[number] is Label.NUMBER and of_a_kind in _PLACES_OF_WORK
    beside = labels[kind] is Label.BUILDING and labels[number] in PREMISES and (the_one or of_work)
    return (parted or beside) and labels[number + 1] is Label.STREET


def _is_annexe_of_a_house(
    tokens: Sequence[str], labels: Labels, kind: int, end: int, lexicon: Lexicon
) -> bool:
    """Return whether a run says annexe and no more, labelled a building, and the number or the name of the house stands
    behind it; or caravan, and the name.
    """
    if not kind + 1 == end < len(tokens) or labels[kind] is not Label.BUILDING:
        return False
    of_a_kind = lexicon.unit_kinds.get(tokens[kind])
    if of_a_kind == _CARAVAN:
        return labels[end] is Label.BUILDING and tokens[end].isalpha()
    return of_a_kind == _ANNEXE and labels[end] in {Label.NUMBER, Label.BUILDING}


def _is_ward(tokens: Sequence[str], labels: Labels, start: int, end: int) -> bool:
    """Return whether a run is the name of a ward or a wing of the institution behind it: MAPLE WARD, ELM HOSPITAL."""
    return (
        start + 1 < end < len(tokens)
        and tokens[end - 1] in _WARDS
        and labels[end - 1] in {Label.ORGANISATION, Label.BUILDING}
        and labels[end] is labels[end - 1]
    )


def _is_annexe_behind_its_street(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether ANNEXE stands behind a numbered street, at the end of a run or before a place: 12 ELM ROAD
    (ANNEXE).
    """
    last = end - 1
    return (
        last > _FEWEST_BEFORE
        and lexicon.unit_kinds.get(tokens[last]) == _ANNEXE
        and labels[last] is not Label.SUB_BUILDING
        and Label.NUMBER in labels[:last]
        and tokens[last - 1] in lexicon.street_endings
    )


def _is_annexe_by_its_last_word(
    tokens: Sequence[str], labels: Labels, first: int, last: int, lexicon: Lexicon
) -> bool:
    """Return whether a run is the name of a building and ANNEXE, before a number or a street: ELM HOUSE ANNEXE, 7 OAK
    ROAD.
    """
    return (
        first < last < len(tokens) - 1
        and lexicon.unit_kinds.get(tokens[last]) == _ANNEXE
        and all(label is Label.BUILDING for label in labels[first : last + 1])
        and labels[last + 1] in {Label.NUMBER, Label.STREET}
    )


def part_by_words_alone(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a run, or what stands before the number of the house, as a part where all its words say which: UPPER
    MAISONETTE 12, LOWER FLAT.
    """
    for start, end in runs_between_commas(breaks):
        last = start
        while last < end and (tokens[last] in lexicon.unit_kinds or is_word_of_a_side(tokens[last])):
            last += 1
        whole = last == end or (last > start and tokens[last][0].isdigit())
        dwelling = any(lexicon.unit_kinds.get(token) in _ONE_OF_A_HOUSE for token in tokens[start:last])
        if last > start + 1 and whole and dwelling:
            labels = relabelled(labels, start, last, Label.SUB_BUILDING)
    return labels


def wing_behind_its_building(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read the wing in `ELM HOUSE (WEST WING), OAK LANE` as a part of the building's name, where it was taken for a
    street's.
    """
    wing = tokens.index(WING)
    start = wing - 1
    taken = wing > 1 and labels[wing] is labels[start] is Label.STREET and tokens[start] in DIRECTIONS
    if not taken or labels[start - 1] is not Label.BUILDING:
        return labels
    return relabelled(labels, start, wing + 1, Label.BUILDING)


def without_its_sort(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Pass over the word that says of what sort a part is, which was taken for a building or a street: RETAIL UNIT 4,
    ELM ARCADE.
    """
    for place in range(len(tokens) - 2):
        if (
            tokens[place] in SORTS
            and (not place or breaks[place])
            and tokens[place + 1] in lexicon.unit_kinds
            and designates(tokens[place + 2])
            and not any(breaks[place + 1 : place + 3])
        ):
            part = [Label.OTHER, Label.SUB_BUILDING, Label.SUB_BUILDING]
            return [*labels[:place], *part, *labels[place + 3 :]]
    return labels
