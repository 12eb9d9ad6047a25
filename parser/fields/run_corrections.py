"""Take another look at the labels of runs between commas: what kind of part, name or number a run is as a whole."""

import re
from collections.abc import Iterator, Sequence

from address_match.parser.fields.unit import FIGURES, FLOOR_WORDS
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import Role, position_words

_PREMISES = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER})
_PLACES = frozenset({Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE})
_NAMING = frozenset(
    {Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER, Label.STREET, Label.LOCALITY, Label.OTHER}
)
"""Labels that the words of one house's name may have got, each another."""
_MOST_WORDS_OF_A_KIND = 3
_MOST_WORDS_OF_A_NAME = 4
_MOST_LATER_WORDS = 12
"""Words behind a part among which its building or the number of its house is looked for."""
_MOST_LISTED = 30
_DIGITS = frozenset("0123456789")
_NUMBER_WORDS = frozenset({"NO", "NOS", "NUMBER", "RHIF"})
_LISTING = frozenset({"AND", "&", "TO"})
_BEFORE_A_DESIGNATOR = _NUMBER_WORDS | FLOOR_WORDS | _LISTING | {"BOX"}
_ABBREVIATIONS_OF_STREET = frozenset({"ST"})
_EXCLUDING = frozenset({"EXCLUDING", "EXCL", "EXC", "EXCEPT", "EXCEPTING"})
_WHOLE = frozenset({"HOUSE", "BUILDING", "PROPERTY", "PREMISES", "WHOLE", "REMAINDER", "REST", "THE", "OF"})
_JOINING = frozenset({"AND", "&", "THE", "OF", "FLAT", "FLATS"})
_TOGETHER = frozenset({"AND", "&", "WITH", "PLUS", "INCLUDING"})
_WAYS = frozenset(
    {
        "JUNCTION",
        "JCT",
        "CORNER",
        "CNR",
        "OPPOSITE",
        "OPP",
        "NEAR",
        "NR",
        "ALONGSIDE",
        "ADJACENT",
        "ADJ",
        "BY",
        "BEHIND",
        "FACING",
    }
)
"""Words with which a text says how to get to a street that it named already."""
_SEE = "SEE"
_FLAT = "FLAT"
_BOX = "BOX"
_POST_OFFICE = "PO"
_PRISONS = frozenset({"HMP", "HMYOI", "YOI", "PRISON"})
_PRISONER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
"""The number of a prisoner, which is no number of a building."""

Labels = Sequence[Label]


def correct_runs(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Return the labels to read by: the same ones, but for a number before its street, and what a run of words is as a whole."""
    labels = _number_before_its_street(tokens, labels, breaks, lexicon)
    if not _PRISONS.isdisjoint(tokens):
        labels = [
            Label.OTHER if _PRISONER.fullmatch(t) else label for t, label in zip(tokens, labels, strict=True)
        ]
    if _BOX in tokens:
        labels = _box(tokens, labels)
    if not _TOGETHER.isdisjoint(tokens):
        labels = _without_what_goes_with_it(tokens, labels, lexicon)
    if not _WAYS.isdisjoint(tokens):
        labels = _without_way(tokens, labels, breaks, lexicon)
    if _SEE in tokens:
        labels = _without_reference(tokens, labels)
    if not _EXCLUDING.isdisjoint(tokens):
        labels = _without_what_is_excluded(tokens, labels, lexicon)
    number = _first_number(tokens)
    if not lexicon.unit_kinds.keys().isdisjoint(tokens) or _ends_run(number, labels, breaks):
        labels = _numbered_parts(tokens, labels, breaks, lexicon)
    if number > 1:
        labels = _number_behind_its_street(tokens, labels, breaks, number, lexicon)
    return _name_in_one(tokens, labels, breaks, lexicon) if number else labels


def _first_number(tokens: Sequence[str]) -> int:
    """Return the place of the first word that begins with a digit, or that behind the last word."""
    for place, token in enumerate(tokens):
        if token[0] in _DIGITS:
            return place
    return len(tokens)


def _ends_run(number: int, labels: Labels, breaks: Sequence[bool]) -> bool:
    """Return whether words before a number may be the kind of a part: the run ends with it, or they are labelled so."""
    if not 0 < number < len(breaks) or labels[number] in _PLACES:
        return False
    return labels[number - 1] is Label.SUB_BUILDING or (number + 1 < len(breaks) and breaks[number + 1])


def _box(tokens: Sequence[str], labels: Labels) -> Labels:
    """Read PO BOX 77 as one, whatever stands behind it."""
    place = tokens.index(_BOX)
    if place + 1 == len(tokens) or not tokens[place + 1].isdigit():
        return labels
    start = place - 1 if place and tokens[place - 1] == _POST_OFFICE else place
    if start == place and place:
        return labels
    return [*labels[:start], *[Label.BUILDING] * (place + 2 - start), *labels[place + 2 :]]


def _without_reference(tokens: Sequence[str], labels: Labels) -> Labels:
    """Pass over the number at which a register says more: FLAT A (SEE 32-33), 33 ELM SQUARE."""
    place = tokens.index(_SEE)
    if place + 1 == len(tokens) or tokens[place + 1][0] not in _DIGITS or labels[place] is Label.STREET:
        return labels
    return [*labels[:place], Label.OTHER, Label.OTHER, *labels[place + 2 :]]


def _without_what_goes_with_it(tokens: Sequence[str], labels: Labels, lexicon: Lexicon) -> Labels:
    """Pass over a thing that goes with the premises: FLAT 2, 22 ELM ROAD AND PARKING SPACE."""
    for place, token in enumerate(tokens):
        if token not in _TOGETHER or not place:
            continue
        end = place + 1
        while end < len(tokens) and _is_word_of_a_thing(tokens[end], lexicon):
            end += 1
        named = end > place + 1 and (end == len(tokens) or labels[end] in _PLACES)
        if named and lexicon.unit_kinds.get(tokens[end - 1]) not in _DWELLINGS:
            return [*labels[:place], *[Label.OTHER] * (end - place), *labels[end:]]
    return labels


def _is_word_of_a_thing(token: str, lexicon: Lexicon) -> bool:
    roles = position_words().roles
    return token in lexicon.unit_kinds or roles.get(token) in {Role.OBJECT, Role.HELD, Role.KIND}


def _without_way(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Pass over how to get to a numbered street: 2 ELM LANE, JUNCTION WITH OAK ROW."""
    for start, end in runs_between_commas(breaks):
        if not start or tokens[start] not in _WAYS or Label.STREET not in labels[:start]:
            continue
        typed = tokens[end - 1] in lexicon.street_types or tokens[end - 1] in _ABBREVIATIONS_OF_STREET
        if typed and not any(token[0] in _DIGITS for token in tokens[start:end]):
            return [*labels[:start], *[Label.OTHER] * (end - start), *labels[end:]]
    return labels


def runs_between_commas(breaks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of words without a comma begins and ends, the end exclusive."""
    start = 0
    for place in range(1, len(breaks)):
        if breaks[place]:
            yield start, place
            start = place
    yield start, len(breaks)


def _number_before_its_street(
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
    return [*labels[:start], *[Label.NUMBER] * (end - start), *labels[end:]]


def _without_what_is_excluded(tokens: Sequence[str], labels: Labels, lexicon: Lexicon) -> Labels:
    """Pass over what a text says it does not mean: HOUSE EXCLUDING BASEMENT, 12 ELM ROAD is the house."""
    place = next(i for i, token in enumerate(tokens) if token in _EXCLUDING)
    end = place + 1
    while end < len(tokens) and (_is_word_of_a_part(tokens[end], lexicon) or tokens[end] in _JOINING):
        end += 1
    start = place
    while start and tokens[start - 1] in _WHOLE:
        start -= 1
    return [*labels[:start], *[Label.OTHER] * (end - start), *labels[end:]] if end > place + 1 else labels


def _is_word_of_a_part(token: str, lexicon: Lexicon) -> bool:
    return (
        token in lexicon.unit_kinds
        or token in lexicon.floors
        or token in FLOOR_WORDS
        or token in position_words().roles
    )


def _numbered_parts(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a run of words and a number, before the building or the number of the house, as a part: STORE 4, ELM COURT.

    So is UNIT B 2 one designator, where no street follows that might have the number.
    """
    corrected: list[Label] | None = None
    for start, end in runs_between_commas(breaks):
        place = _end_of_part(tokens, labels, breaks, start, end, lexicon)
        if place and any(label is not Label.SUB_BUILDING for label in labels[start:place]):
            corrected = corrected if corrected is not None else list(labels)
            corrected[start:place] = [Label.SUB_BUILDING] * (place - start)
    return labels if corrected is None else corrected


def _end_of_part(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], start: int, end: int, lexicon: Lexicon
) -> int:
    """Return where a part that begins a run ends, exclusive; 0 where none does."""
    place = start
    while place < end and tokens[place].isalpha() and len(tokens[place]) > 1 and tokens[place] not in FIGURES:
        place += 1
    words = tokens[start:place]
    if not 0 < len(words) <= _MOST_WORDS_OF_A_KIND or place == end or not labels[start:place]:
        return 0
    last = words[-1]
    known = last in lexicon.unit_kinds or _is_thing_of_a_kind(words)
    if not known and (last in lexicon.building_words or last in lexicon.street_types):
        return 0
    if known and _is_letter_and_number(tokens, labels, place, end, lexicon.unit_kinds.get(last, "")):
        return place + 2
    if not tokens[place][0].isdigit() or labels[place] in _PLACES:
        return 0
    if known:
        after = _end_of_list(tokens, breaks, place)
        thing = lexicon.unit_kinds.get(last) not in _DWELLINGS
        return after if labels[place] is Label.SUB_BUILDING or thing or after == end else 0
    return place + 1 if _is_unknown_part(tokens, labels, start, place, end) else 0


def _is_letter_and_number(tokens: Sequence[str], labels: Labels, place: int, end: int, kind: str) -> bool:
    """Return whether a letter and a number are one designator: UNIT B 2, ELM PARK. Number 2 of a street is no part of it."""
    if not (len(tokens[place]) == 1 and tokens[place].isalpha()):
        return False
    if place + 1 == end or not tokens[place + 1].isdigit():
        return False
    if place + 2 == end:
        return True
    named = labels[place + 2] is Label.BUILDING and tokens[place + 2].isalpha()
    return named and kind != _FLAT


def _end_of_list(tokens: Sequence[str], breaks: Sequence[bool], number: int) -> int:
    """Return where the numbers that are listed from one on end, exclusive: 4, 5 AND 6."""
    place = number + 1
    while place < min(len(tokens), number + _MOST_LISTED) and tokens[place][0].isdigit() and breaks[place]:
        place += 1
    if place + 1 < len(tokens) and tokens[place] in _LISTING and tokens[place + 1][0].isdigit():
        return place + 2
    return number + 1


_DWELLINGS = frozenset({"FLAT", "UNIT", "SUITE", "OFFICE", "SHOP", "STUDIO", "ANNEXE", "PENTHOUSE", "BLOCK"})
"""Kinds before which the number of the house may stand without a comma: OFFICE 12 ELM ROAD."""


def _is_unknown_part(tokens: Sequence[str], labels: Labels, start: int, place: int, end: int) -> bool:
    """Return whether unknown words and a number, a run by themselves, stand before a building or a numbered house."""
    if any(labels[i] in _PLACES for i in range(start, place)) or labels[start] is Label.STREET:
        return False
    if any(word in position_words().roles for word in tokens[start:place]):
        return False
    if labels[start] is Label.SUB_BUILDING and labels[place] is not Label.NUMBER:
        return True
    if place + 1 != end:
        return False
    later = range(end, min(end + _MOST_LATER_WORDS, len(tokens)))
    return any(
        (labels[i] is Label.BUILDING and not tokens[i][0].isdigit())
        or (labels[i] in _PREMISES and tokens[i][0].isdigit())
        for i in later
    )


def _number_behind_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], number: int, lexicon: Lexicon
) -> Labels:
    """Read `CEDAR AVENUE 22, STONE` and `CEDAR AVENUE, NO 22` as number 22 of the avenue, where no other street is named."""
    if number == len(tokens) or labels[number] in _PLACES:
        return labels
    last = number - 1
    worded = tokens[last] in _NUMBER_WORDS
    if worded:
        last -= 1
    if (
        last < 1
        or not _ends_street(tokens, last, lexicon)
        or (any(breaks[last + 1 : number + 1]) and not worded)
    ):
        return labels
    start = last
    while start and not breaks[start]:
        start -= 1
    after = _behind(tokens, labels, number)
    if start == last or _goes_on(labels, breaks, after):
        return labels
    corrected = list(labels)
    corrected[start : last + 1] = [Label.STREET] * (last + 1 - start)
    corrected[last + 1 : after] = [Label.NUMBER] * (after - last - 1)
    for place in range(after, len(tokens)):
        if corrected[place] is Label.STREET:
            corrected[place] = Label.TOWN if tokens[place] in lexicon.towns else Label.LOCALITY
    return corrected


def _goes_on(labels: Labels, breaks: Sequence[bool], after: int) -> bool:
    """Return whether a number is followed by a name that has it, or by another street."""
    if after == len(labels):
        return False
    if not breaks[after]:
        return labels[after] not in _PLACES | {Label.STREET} or Label.STREET in labels[after + 1 :]
    return Label.STREET in labels[after:]


def _behind(tokens: Sequence[str], labels: Labels, number: int) -> int:
    """Return the place behind a number and its letter."""
    after = number + 1
    if (
        after < len(tokens)
        and len(tokens[after]) == 1
        and tokens[after].isalpha()
        and labels[after] in _PREMISES
    ):
        after += 1
    return after


def _ends_street(tokens: Sequence[str], last: int, lexicon: Lexicon) -> bool:
    word = tokens[last]
    is_type = word in lexicon.street_types or word in _ABBREVIATIONS_OF_STREET
    return is_type and word not in lexicon.building_words and word not in lexicon.unit_kinds


def _is_thing_of_a_kind(words: Sequence[str]) -> bool:
    """Return whether words end in a thing and its kind: CAR PORT, BIN STORE."""
    roles = position_words().roles
    return len(words) > 1 and roles.get(words[-1]) is Role.HELD and roles.get(words[-2]) is Role.KIND


def _name_in_one(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read a first run of words without a number as one name, where its labels differ or nothing else names the premises."""
    end = next((i for i in range(1, len(breaks)) if breaks[i]), 0)
    if not 0 < end <= _MOST_WORDS_OF_A_NAME or any(c.isdigit() for token in tokens[:end] for c in token):
        return labels
    kinds = set(labels[:end])
    if (
        not kinds <= _NAMING | {Label.ORGANISATION}
        or kinds == {Label.BUILDING}
        or _names_a_part(tokens[:end], lexicon)
    ):
        return labels
    rest = labels[end:]
    if (
        kinds == {Label.ORGANISATION, Label.STREET}
        and Label.STREET in rest
        and tokens[end - 1] not in lexicon.street_types
    ):
        return [*[Label.ORGANISATION] * end, *rest]
    if Label.ORGANISATION in kinds:
        return labels
    if len(kinds) > 1:
        in_one = _is_broken_name(tokens, labels, end, lexicon)
    else:
        in_one = not _PREMISES_OR_STREET.intersection(rest) and _is_name_of_a_house(
            tokens, labels, end, lexicon
        )
    return [*[Label.BUILDING] * end, *rest] if in_one else labels


def _is_broken_name(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether the labels of a run's words fall apart, and no building or street by itself stands among them."""
    if tokens[end - 1] in lexicon.street_types and not (
        tokens[end - 1] in lexicon.building_words or Label.STREET in labels[end:]
    ):
        return False
    inner = (labels[i] is Label.BUILDING and tokens[i] in lexicon.building_words for i in range(end - 1))
    return not any(inner) and tokens[0] not in _STREET_PREFIXES


def _is_name_of_a_house(tokens: Sequence[str], labels: Labels, end: int, lexicon: Lexicon) -> bool:
    """Return whether a run of one label, of a text that names no premises and no other street, is the name of a house."""
    rest = labels[end:]
    if labels[0] is Label.LOCALITY:
        return Label.LOCALITY in rest and Label.TOWN in rest
    prefixed = Flag.STREET_PREFIX in lexicon.flags_of(tokens[0]) and tokens[0] not in _STREET_PREFIXES
    return labels[0] is Label.STREET and prefixed and (Label.LOCALITY in rest or Label.TOWN in rest)


_PREMISES_OR_STREET = _PREMISES | {Label.STREET, Label.ORGANISATION}
_STREET_PREFIXES = frozenset(
    {"HEOL", "HOEL", "FFORDD", "STRYD", "LON", "CLOS", "RHODFA", "CILGANT", "TERAS", "RHES", "SGWAR"}
)
"""Welsh words that name streets and no houses."""


def _names_a_part(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether words name a part of a building, or point at another place."""
    roles = position_words().roles
    return roles.get(words[0]) is Role.RELATION or any(
        word in lexicon.unit_kinds or word in lexicon.floors or word in FLOOR_WORDS for word in words
    )
