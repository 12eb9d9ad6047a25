"""Read words and a number as a part of the premises: STORE 4, UNIT B 2, PO BOX 77."""

from collections.abc import Sequence

from address_match.parser.fields.designator import designator
from address_match.parser.fields.relabel.runs import (
    LISTING,
    PLACES,
    PREMISES,
    STREET_PREFIXES,
    Labels,
    first_number,
    relabelled,
    runs_between_commas,
)
from address_match.parser.fields.unit import OUTER
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.numerals import FIGURES
from address_match.parser.lexicon.position_words import Role, position_words

BOX = "BOX"
_POST_OFFICE = "PO"
_FLAT = "FLAT"
_MOST_WORDS_OF_A_KIND = 3
_MOST_LATER_WORDS = 12
"""Words behind a part among which its building or the number of its house is looked for."""
_MOST_LISTED = 30
_PLURALS = frozenset({"UNITS", "FLATS", "SUITES", "SHOPS", "OFFICES", "ROOMS", "BLOCKS"})
_DWELLINGS = frozenset({"FLAT", "UNIT", "SUITE", "OFFICE", "SHOP", "STUDIO", "ANNEXE", "PENTHOUSE", "BLOCK"})
"""Kinds before which the number of the house may stand without a comma: OFFICE 12 ELM ROAD."""
HOMES_IN_PARKS = frozenset({"LODGE", "CABIN"})
"""Homes in parks whose words are names of buildings elsewhere."""
_PARKS = frozenset({"PARK", "PK", "VILLAGE", "RESORT"})
_NAMES = frozenset({Label.STREET, Label.ORGANISATION})
"""Labels that the name of an institution may have got, which is a building as well."""
_GROUNDS = frozenset({"SITE", "YARD", "BAY", "COMPOUND", "HUT", "CONTAINER", "POD", "CROFT", "SMALLHOLDING"})
"""Words for a place with a number of its own, by which no business is called alone: SITE 6 ELM WAY."""
_BEFORE_NUMBERS = HOMES_IN_PARKS | _GROUNDS
_HOUSE = "HOUSE"
_WORD_AND_LETTER = 2
_PAIR = 2
_ROLES_OF_PARTS = frozenset({None, Role.LEADING, Role.OBJECT, Role.HELD, Role.KIND})
"""Of words that may be the kind of a part, once a number stands behind them: ENTRANCE 3, YARD 2."""


def flat_of_a_block(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read the number beside a block as a flat's of it: 7 BLOCK B ELM COURT; 7 BLOCK B 12 ELM ROAD; BLOCK B, NO 7, ELM
    ROAD.
    """
    for place in range(len(tokens) - 1):
        if lexicon.unit_kinds.get(tokens[place]) != OUTER or not _is_listed(tokens[place + 1]):
            continue
        before, after = place - 1, place + 2
        if (
            before >= 0
            and _is_number_of_the_premises(tokens, labels, before)
            and not breaks[place]
            and (before == 0 or breaks[before])
            and after < len(tokens)
            and (
                labels[after] in {Label.BUILDING, Label.STREET}
                or _is_number_of_the_premises(tokens, labels, after)
            )
        ):
            return relabelled(labels, before, before + 1, Label.SUB_BUILDING)
        number = after + (after < len(tokens) and tokens[after] in NUMBER_WORDS)
        if (
            number < len(tokens) - 1
            and breaks[after]
            and breaks[number + 1]
            and _is_number_of_the_premises(tokens, labels, number)
        ):
            return relabelled(labels, after, number + 1, Label.SUB_BUILDING)
    return labels


def flat_behind_its_building(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read the number behind a building and the word for a flat as the flat's: ELM HOUSE FLAT 7 OAK ROAD."""
    for place in range(1, len(tokens) - 2):
        number = place + 1
        if (
            tokens[place] in lexicon.unit_kinds
            and labels[place - 1] is Label.BUILDING
            and labels[place] is Label.SUB_BUILDING
            and tokens[place - 1] in lexicon.building_words
            and _is_number_of_the_premises(tokens, labels, number)
            and not breaks[number]
            and labels[number + 1] is Label.STREET
        ):
            return relabelled(labels, number, number + 1, Label.SUB_BUILDING)
    return labels


def _is_number_of_the_premises(tokens: Sequence[str], labels: Labels, place: int) -> bool:
    return tokens[place][0].isdigit() and labels[place] in {Label.NUMBER, Label.BUILDING}


def numbered_parts(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read a run of words and a number, before the building or the number of the house, as a part: STORE 4, ELM COURT.

    So is UNIT B 2 one designator, where no street follows that might have the number.
    """
    if not _may_name_parts(tokens, labels, breaks, lexicon):
        return labels
    corrected: list[Label] | None = None
    for begin, end in runs_between_commas(breaks):
        start = _behind_a_business(tokens, labels, begin, end, lexicon)
        place = _end_of_part(tokens, labels, breaks, start, end, lexicon)
        if place and any(label is not Label.SUB_BUILDING for label in labels[start:place]):
            corrected = corrected if corrected is not None else list(labels)
            corrected[start:place] = [Label.SUB_BUILDING] * (place - start)
    return labels if corrected is None else corrected


def _behind_a_business(tokens: Sequence[str], labels: Labels, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where a part begins whose word was taken for the end of a business's name: ELM LTD UNITS 4 & 5; else the
    start of the run.
    """
    if labels[start] is not Label.ORGANISATION:
        return start
    for place in range(start + 1, end - 1):
        if (
            lexicon.unit_kinds.get(tokens[place]) in _DWELLINGS
            and labels[place] is Label.ORGANISATION
            and Flag.ORGANISATION_WORD in lexicon.flags_of(tokens[place - 1])
            and _is_listed(tokens[place + 1])
        ):
            return place
    return start


def _may_name_parts(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> bool:
    """Return whether a text is worth looking at; most are not."""
    return (
        not lexicon.unit_kinds.keys().isdisjoint(tokens)
        or tokens[0] in _BEFORE_NUMBERS
        or _may_end_part(first_number(tokens), labels, breaks)
        or _begins_with_a_lettered_part(tokens, breaks)
    )


def _may_end_part(number: int, labels: Labels, breaks: Sequence[bool]) -> bool:
    """Return whether words before a number may be the kind of a part: the run ends with it, or they are labelled so."""
    if not 0 < number < len(breaks) or labels[number] in PLACES:
        return False
    return labels[number - 1] is Label.SUB_BUILDING or (number + 1 < len(breaks) and breaks[number + 1])


def _begins_with_a_lettered_part(tokens: Sequence[str], breaks: Sequence[bool]) -> bool:
    """Return whether the first run is a word and a letter, which may be a part: WING C, ELM HALL."""
    return (
        len(tokens) > _WORD_AND_LETTER
        and breaks[_WORD_AND_LETTER]
        and len(tokens[1]) == 1
        and tokens[1].isalpha()
    )


def _end_of_part(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], start: int, end: int, lexicon: Lexicon
) -> int:
    """Return where a part that begins a run ends, exclusive; 0 where none does."""
    place = start
    while place < end and _is_word(tokens[place]):
        place += 1
    words = tokens[start:place]
    if words and words[-1] in NUMBER_WORDS:
        words = words[:-1]
    if not 0 < len(words) <= _MOST_WORDS_OF_A_KIND or place == end or not labels[start:place]:
        return 0
    if words[0] in STREET_PREFIXES or words[-1] == BOX:
        return 0
    last = words[-1]
    known = last in lexicon.unit_kinds or _is_thing_of_a_kind(words) or (len(words) == 1 and last in _GROUNDS)
    if known and _is_behind_a_building(words, labels[start:place], lexicon):
        return 0
    if not known and _is_kind_and_designator(tokens, labels, breaks, start, end, lexicon):
        return place + 1
    if not known and (last in lexicon.building_words or last in lexicon.street_endings):
        return 0
    if known and _is_letter_and_number(tokens, labels, place, end, lexicon.unit_kinds.get(last, "")):
        return place + 2
    if labels[place] in PLACES:
        return 0
    if last in _PLURALS and _is_listed(tokens[place]) and not tokens[place][0].isdigit():
        after = _end_of_list(tokens, breaks, place, several=True)
        return after if after > place + 1 else 0
    if not tokens[place][0].isdigit():
        return 0
    if known:
        after = _end_of_list(tokens, breaks, place, several=last in _PLURALS)
        thing = lexicon.unit_kinds.get(last) not in _DWELLINGS
        listed = last in _PLURALS and after > place + 1
        return after if labels[place] is Label.SUB_BUILDING or thing or listed or after == end else 0
    return place + 1 if _is_unknown_part(tokens, labels, start, place, end, lexicon) else 0


def _is_behind_a_building(words: Sequence[str], labels: Labels, lexicon: Lexicon) -> bool:
    """Return whether the word for a part stands behind the name of its building: ELM HOUSE FLAT 7."""
    before = len(words) - 2
    return before > 0 and labels[before] is Label.BUILDING and words[before] in lexicon.building_words


def _is_kind_and_designator(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], start: int, end: int, lexicon: Lexicon
) -> bool:
    """Return whether one word, of buildings or unknown, and a number or a letter begin a run as a part: LODGE 4, ELM
    PARK; PONTOON C BERTH 14.
    """
    place, after = start + 1, start + 2
    if (
        _is_word(tokens[place])
        or after >= len(tokens)
        or not _is_listed(tokens[place])
        or labels[start] in PLACES
    ):
        return False
    if _is_home_in_a_park(tokens, labels, start, end):
        return True
    if not breaks[after]:
        lettered = tokens[place].isalpha() and after + 1 < len(tokens) and labels[start] is not Label.OTHER
        return lettered and tokens[after] in lexicon.unit_kinds and _is_listed(tokens[after + 1])
    if labels[start] not in PREMISES or labels[after] not in _NAMES | {Label.BUILDING}:
        return False
    word = tokens[start]
    kind = word != _HOUSE and (word in lexicon.building_words or word in position_words().roles)
    return kind or (tokens[place].isalpha() and labels[after] is not Label.STREET)


def _is_home_in_a_park(tokens: Sequence[str], labels: Labels, start: int, end: int) -> bool:
    """Return whether a run is a home of a park by its number, without a comma behind it: LODGE 4 ELM HOLIDAY PARK."""
    return (
        tokens[start] in HOMES_IN_PARKS
        and tokens[end - 1] in _PARKS
        and tokens[start + 1][0].isdigit()
        and end > start + _PAIR
        and all(label is Label.BUILDING for label in labels[start:end])
    )


def _is_word(token: str) -> bool:
    return len(token) > 1 and token.replace("-", "").isalpha() and token not in FIGURES


def _is_letter_and_number(tokens: Sequence[str], labels: Labels, place: int, end: int, kind: str) -> bool:
    """Return whether a letter and a number are one designator: UNIT B 2, ELM PARK. Number 2 of a street is no part of
    it.
    """
    if not (len(tokens[place]) == 1 and tokens[place].isalpha()):
        return False
    if place + 1 == end or not tokens[place + 1].isdigit():
        return False
    if place + 2 == end:
        return True
    named = labels[place + 2] is Label.BUILDING and tokens[place + 2].isalpha()
    return named and kind != _FLAT


def _end_of_list(tokens: Sequence[str], breaks: Sequence[bool], number: int, *, several: bool) -> int:
    """Return where the numbers or letters that are listed from one on end, exclusive: 4, 5 AND 6; A, B & C.

    Behind a word for one part the next one has to follow in order: FLAT 3, 16 TO 18 ELM ROAD is flat 3.
    """
    place = number + 1
    while (
        place < min(len(tokens), number + _MOST_LISTED)
        and _is_listed(tokens[place])
        and breaks[place]
        and (
            several
            or designator([tokens[place - 1], "AND", tokens[place]]) == f"{tokens[place - 1]}-{tokens[place]}"
        )
    ):
        place += 1
    while place + 1 < len(tokens) and tokens[place] in LISTING and _is_listed(tokens[place + 1]):
        place += 2
    joined = place > number + 1 and (tokens[place - 2] in LISTING or _counts_up(tokens[number:place]))
    return place if joined else number + 1


def _counts_up(numbers: Sequence[str]) -> bool:
    """Return whether three numbers or more are listed of which each is the next one: 4, 5, 6."""
    return len(numbers) > _PAIR and designator(numbers) == f"{numbers[0]}-{numbers[-1]}"


def _is_listed(token: str) -> bool:
    return token[0].isdigit() or (len(token) == 1 and token.isalpha())


def _is_unknown_part(
    tokens: Sequence[str], labels: Labels, start: int, place: int, end: int, lexicon: Lexicon
) -> bool:
    """Return whether unknown words and a number, a run by themselves or before a known part, stand before a building or
    a numbered house.
    """
    if any(labels[i] in PLACES for i in range(start, place)) or labels[start] is Label.STREET:
        return False
    if any(position_words().roles.get(word) not in _ROLES_OF_PARTS for word in tokens[start:place]):
        return False
    if labels[start] is Label.SUB_BUILDING and labels[place] is not Label.NUMBER:
        return True
    if place + 2 < end and tokens[place + 1] in lexicon.unit_kinds and _is_listed(tokens[place + 2]):
        return labels[start] is not Label.ORGANISATION
    if place + 1 != end:
        return False
    if labels[start] is labels[place] is Label.ORGANISATION and end < len(tokens):
        return labels[end] is Label.ORGANISATION
    later = range(end, min(end + _MOST_LATER_WORDS, len(tokens)))
    return any(
        (labels[i] is Label.BUILDING and not tokens[i][0].isdigit())
        or (labels[i] in PREMISES and tokens[i][0].isdigit())
        or (labels[i] in _NAMES and _is_institution(tokens[i], lexicon))
        for i in later
    )


def _is_institution(word: str, lexicon: Lexicon) -> bool:
    return Flag.ORGANISATION_WORD in lexicon.flags_of(word) and word not in lexicon.street_endings


def _is_thing_of_a_kind(words: Sequence[str]) -> bool:
    """Return whether words end in a thing and its kind: CAR PORT, BIN STORE, CAR PARK."""
    if len(words) < 2:
        return False
    known = position_words()
    held = known.roles.get(words[-1]) is Role.HELD and known.roles.get(words[-2]) is Role.KIND
    return held or (words[-2], words[-1]) in known.pairs


def box_in_one(tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon) -> Labels:
    """Read PO BOX 77 as one, whatever stands behind it."""
    place = tokens.index(BOX)
    if place + 1 == len(tokens) or not tokens[place + 1].isdigit():
        return labels
    start = place - 1 if place and tokens[place - 1] == _POST_OFFICE else place
    if start == place and place:
        return labels
    return relabelled(labels, start, place + 2, Label.BUILDING)
