"""What else a text may say, where its numbers can be read in more ways than one: the reference tells which is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from address_match.parser.fields.canonical_names import (
    WORDS_OF_FIGURES,
    building_name,
    place_name,
    street_name,
)
from address_match.parser.fields.floors import FLOOR_WORDS
from address_match.parser.fields.relabel.runs import WAYS_ALONE
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.numerals import HOUSE_NUMBERS
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.recognisers.mixed_number import FRACTIONS, DayAndMonth, day_and_month
from address_match.parser.tokens import Words

_UNSAID = -1
_STROKE = re.compile(r"0*([0-9]{1,4})/0*([0-9]{1,4})")
_PAIR = re.compile(r"([0-9]{1,4}) ([0-9]{1,4})")
_WIDEST_RANGE = 60
_NEXT_TO = 2
"""Numbers of houses side by side differ by this, or by one."""
_FIRST = re.compile(r"([0-9]{0,2}1)ST")
_FIRST_WORD = "FIRST "
_FLOOR_AND_SIDE = re.compile(r"([0-9]|[BGT])/?([LR])")
_FLOOR_ALONE = re.compile(r"[0-9]{1,2}/F")
_FRONT = "F"
_LETTER_AND_NUMBER = re.compile(r"([A-Z])([0-9]{1,4})")
_FLAT = "FLAT"
_SAINT = "ST"
_SLASH = "/"
_NUMBER = "NUMBER"
_PLURAL = "S"
_SPACE = " "
_THE = "THE"
_BLOCK = "BLOCK"
_IN_BLOCKS = frozenset({"", _FLAT})
"""Kinds of parts whose designator may begin with the letter of their block; a unit has that as its own."""
_BLOCK_AND_PART = re.compile(r"([A-H])([0-9]{1,4})")
_GROUND_FLAT = re.compile(r"G([0-9])")
_FLATS_OF_A_FLOOR = frozenset("123456789")
_FLOORS = {"G": "0", **{floor: floor for floor in _FLATS_OF_A_FLOOR}}
"""Floors, as the flats of Glasgow have them before a stroke."""
_FLATS_OF_A_SIDE = {"L": "1", "M": "2", "R": "23"}
"""The flats of a landing by their side, which are counted from the left: a landing has two or three."""
_ONE_AS_LETTER = "I"
_FIGURES_OF_LETTERS = {"O": "0", "I": "1", "L": "1"}
_SCANNED = re.compile(r"([0-9]{1,3})([OIL])")
"""Of a part: 1O for 10, 1L for 11."""
_LETTERS_FOR_FIGURES = re.compile(r"[IL][OIL]{1,2}")
_OF_LETTERS = str.maketrans("OIL", "011")
_FIGURES_AND_LETTERS = re.compile(r"[IL]0[0-9O]?|L[1-9][0-9]?")
"""An L or I before figures, of which the lexer of numbers reads some itself: L00 for 100."""
_COURT_OR_CRESCENT = "CRT"
_COURT, _CRESCENT = "COURT", "CRESCENT"
_CHURCH_OR_CHAPEL = "CH"
_CHURCH, _CHAPEL = "CHURCH", "CHAPEL"
_FORMER_NAME = re.compile(r"(?i)(?<=[a-z])[\s,(]{1,3}(formerly|previously)\s([a-z'’ -]{3,40})(?=[),]|\Z)")
"""What a place was called, behind its name."""
_GLUED_LETTER = re.compile(r"(?i)(?<![\w/-])([0-9]{1,4})([A-H])(?=[A-Z]{3})")
"""The letter of a house that no blank parts from its street: 36AELM ROAD."""


def may_be_read_otherwise(text: str, words: Sequence[str], fields: ParsedFields) -> bool:
    """Return whether a text, its words or fields hold what `other_ways` looks at; most hold none of it."""
    if _COURT_OR_CRESCENT in words or _CHURCH_OR_CHAPEL in words or _GLUED_LETTER.search(text):
        return True
    return bool(fields.unit or fields.suffix or fields.side or fields.number_end >= 0) or fields.number < 0


def other_ways(text: str, of_text: Words, fields: ParsedFields, lexicon: Lexicon) -> Iterator[ParsedFields]:
    """Yield other fields of a text, given its words and what they say at first sight.

    A stroke between two numbers may part a flat from its house, or be a range; a spreadsheet made dates of ranges and
    flats; 36 37 may be two houses, 36-7 as well; 1ST BOTOLPHS ROAD number 1 of a saint's road, SEVEN FOUNDRY LANE
    number 7; 12 1/2 flat 1/2 at 12; UNIT B 2 one designator, FLAT B 2 a flat at number 2; 1R a floor and its side, 2/F
    a floor alone; FLAT B1 flat 1 of block B, FLAT G2 and GROUND 2 flat 0/2; 17, 17 number 17 said twice, 1I number 11;
    CRT a court or a crescent, CH a church or a chapel, IO before a street number 10; 36AELM ROAD number 36A of Elm Road.
    What stands before a place may be a house, and a name in brackets what the house was called.
    """
    words = of_text.texts
    for word in words:
        if (date := day_and_month(word)) and word == fields.unit:
            yield from _of_date(fields, date)
            return
        if (stroke := _STROKE.fullmatch(word)) and not fields.unit_kind:
            yield from _of_stroke(fields, int(stroke[1]), int(stroke[2]))
    if fields.suffix in FRACTIONS and _SLASH in text:
        yield replace(fields, suffix="", unit=f"{FRACTIONS[fields.suffix]} {fields.unit}".strip())
    if _COURT_OR_CRESCENT in words and fields.street.endswith(f" {_COURT}"):
        yield replace(fields, street=f"{fields.street.removesuffix(_COURT)}{_CRESCENT}")
    if _CHURCH_OR_CHAPEL in words:
        yield from _of_chapel(fields)
    if former := _FORMER_NAME.search(text):
        yield from _of_renamed(fields, former[1].upper(), building_name(former[2].upper().split(), lexicon))
    if (glued := _GLUED_LETTER.search(text)) and glued[1] == str(fields.number):
        yield from _of_glued_letter(fields, glued[2].upper())
    yield from _of_neighbours(words, fields)
    yield from _of_numeral(words, fields, lexicon)
    yield from _of_floor(words, fields)
    yield from _of_tenement(words, fields)
    yield from _of_block(fields)
    yield from _of_number_written_amiss(words, fields)
    yield from _of_pair(fields)
    yield from _of_shortened_range(words, fields)
    yield from _of_saint(words, fields, lexicon)
    yield from _of_number_in_words(words, fields)
    yield from _of_letters(fields)
    if not (fields.number >= 0 or fields.unit or fields.unit_kind or fields.floor or fields.organisation):
        yield from _of_house(of_text, fields, lexicon)


def _of_chapel(fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the chapel that CH may be, which is read as a church: ELMLEY BAPT CH."""
    if fields.building.endswith(f" {_CHURCH}"):
        yield replace(fields, building=f"{fields.building.removesuffix(_CHURCH)}{_CHAPEL}")
    elif fields.organisation.endswith(f" {_CHURCH}"):
        yield replace(fields, organisation=f"{fields.organisation.removesuffix(_CHURCH)}{_CHAPEL}")


def _of_renamed(fields: ParsedFields, word: str, former: str) -> Iterator[ParsedFields]:
    """Yield the house by the name that it has now, given the word behind it and what it was called: ASH COTTAGE (FORMERLY
    THE SMITHY).
    """
    name = fields.building.removesuffix(f" {former}")
    if name != fields.building:
        name = name.removesuffix(f" {_THE}").removesuffix(f" {word}")
        yield replace(fields, building=name, locality=fields.locality.removeprefix(word).strip())


def _of_glued_letter(fields: ParsedFields, letter: str) -> Iterator[ParsedFields]:
    """Yield the number with the letter by which the street's name seems to begin: 36AELM ROAD."""
    if fields.street.startswith(letter) and not fields.suffix and fields.number_end < 0:
        yield replace(fields, suffix=letter, street=fields.street.removeprefix(letter))


def _of_date(fields: ParsedFields, date: DayAndMonth) -> Iterator[ParsedFields]:
    flats = (f"{date.first}/{date.second}", f"{date.second}/{date.first}")
    if fields.number == _UNSAID and date.low < date.high and not fields.unit_kind:
        yield replace(fields, unit="", number=date.low, number_end=date.high)
        yield replace(fields, unit=str(date.low), number=date.high)
    for flat in flats:
        yield replace(fields, unit=flat)


def _of_stroke(fields: ParsedFields, low: int, high: int) -> Iterator[ParsedFields]:
    if not low < high <= low + _WIDEST_RANGE:
        return
    if fields.unit == str(low) and fields.number == high:
        yield replace(fields, unit="", number=low, number_end=high)
    elif (fields.number, fields.number_end) == (low, high) and not fields.unit:
        yield replace(fields, unit=str(low), number=high, number_end=_UNSAID)


def _of_neighbours(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    number = fields.number
    flat = _LETTER_AND_NUMBER.fullmatch(fields.unit) if fields.unit_kind == _FLAT and number < 0 else None
    if flat and (flat[1], flat[2]) in pairwise(words):
        yield replace(fields, unit=flat[1], number=int(flat[2]))
    if number < 0 or not fields.unit:
        return
    side_by_side = any(left == fields.unit and right == str(number) for left, right in pairwise(words))
    if not side_by_side:
        return
    if not fields.unit_kind and fields.unit.isdecimal() and 0 < number - int(fields.unit) <= _NEXT_TO:
        yield replace(fields, unit="", number=int(fields.unit), number_end=number)
    elif fields.unit_kind and len(fields.unit) == 1 and fields.unit.isalpha():
        yield replace(fields, unit=f"{fields.unit}{number}", number=_UNSAID)


def _of_numeral(words: Sequence[str], fields: ParsedFields, lexicon: Lexicon) -> Iterator[ParsedFields]:
    """Yield the names that a number may begin: 3 2 TREES CLOSE is number 3 of Two Trees Close, 3 GABLES may be Three
    Gables.
    """
    if fields.unit_kind or fields.floor or not fields.unit.isdecimal():
        return
    numeral = WORDS_OF_FIGURES.get(str(fields.number), "")
    if numeral and fields.street and not fields.suffix and fields.number_end < 0:
        if (fields.unit, str(fields.number)) in pairwise(words):
            yield replace(fields, unit="", number=int(fields.unit), street=f"{numeral} {fields.street}")
    elif fields.unit == words[0] and fields.number < 0 and fields.unit in WORDS_OF_FIGURES:
        name = fields.building
        if name.isalpha() and name.endswith(_PLURAL) and name not in lexicon.flags:
            yield replace(fields, unit="", building=f"{WORDS_OF_FIGURES[fields.unit]} {name}")


def _of_floor(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the floor and the side that 1R or G/L may name, and the floor alone of 2/F."""
    if (sided := _FLOOR_AND_SIDE.fullmatch(fields.unit)) and not (fields.floor or fields.side):
        yield replace(fields, unit="", floor=sided[1], side=sided[2])
    elif fields.side == _FRONT and any(map(_FLOOR_ALONE.fullmatch, words)):
        yield replace(fields, side="")


def _of_tenement(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the flat with a stroke that FLAT G2 or GROUND 2 may be, 0/2, those of FIRST FLOOR RIGHT: 1/2, 1/3, and that of
    1-1, which is no range.
    """
    if fields.unit_kind not in {"", _FLAT}:
        return
    if fields.unit in _FLATS_OF_A_FLOOR and f"{fields.unit}-{fields.unit}" in words:
        yield replace(fields, unit=f"{fields.unit}/{fields.unit}")
    if fields.side:
        if fields.floor in _FLOORS and not fields.unit:
            for flat in _FLATS_OF_A_SIDE.get(fields.side, ""):
                yield replace(fields, unit=f"{_FLOORS[fields.floor]}/{flat}", floor="", side="")
    elif not fields.floor and (ground := _GROUND_FLAT.fullmatch(fields.unit)):
        yield replace(fields, unit=f"0/{ground[1]}")
    elif not fields.unit_kind and fields.floor in _FLOORS and fields.unit in _FLATS_OF_A_FLOOR:
        yield replace(fields, unit=f"{_FLOORS[fields.floor]}/{fields.unit}", floor="")


def _of_block(fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the part of a block that FLAT B1 may be, and the FLAT B1 that one of BLOCK B may be called."""
    if fields.unit_kind in _IN_BLOCKS and (lettered := _BLOCK_AND_PART.fullmatch(fields.unit)):
        yield replace(
            fields, unit=f"{lettered[2]} {lettered[1]}", unit_kind=f"{fields.unit_kind or _FLAT} {_BLOCK}"
        )
    kinds, units = fields.unit_kind.split(), fields.unit.split()
    if len(kinds) == len(units) == 2 and _BLOCK in kinds:
        block = kinds.index(_BLOCK)
        letter, part, kind = units[block], units[1 - block], kinds[1 - block]
        if _BLOCK_AND_PART.fullmatch(letter + part) and len(letter) == 1:
            yield replace(fields, unit=letter + part, unit_kind=kind)


def _of_number_written_amiss(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the house whose number two columns may have said, 17, 17 ELM ROAD, and the figures for which letters may
    stand: 11 for 1I, UNIT 10 for UNIT 1O.
    """
    number = str(fields.number)
    if fields.unit == number and not fields.unit_kind and (number, number) in pairwise(words):
        yield replace(fields, unit="")
    if fields.unit_kind and (scanned := _SCANNED.fullmatch(fields.unit)):
        yield replace(fields, unit=scanned[1] + _FIGURES_OF_LETTERS[scanned[2]])
    if fields.suffix == _ONE_AS_LETTER and fields.number_end < 0:
        yield replace(fields, number=int(f"{number}1"), suffix="")


def _of_pair(fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the range and the flat in a house that two numbers before a name may be: 36 37 ELM PARADE."""
    pair = _PAIR.fullmatch(fields.unit)
    if pair is None or fields.unit_kind or fields.number >= 0:
        return
    low, high = int(pair[1]), int(pair[2])
    if 0 < high - low <= _WIDEST_RANGE:
        yield replace(fields, unit="", number=low, number_end=high)
        yield replace(fields, unit=pair[1], number=high)


def _of_shortened_range(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the range whose end is written without the digits that it shares with its beginning: 36-7, 101-9."""
    if fields.unit_kind or fields.number < 0 or not fields.unit.isdecimal():
        return
    if f"{fields.number}-{fields.unit}" not in words:
        return
    low = str(fields.number)
    high = int(low[: -len(fields.unit)] + fields.unit)
    if len(low) > len(fields.unit) and high > fields.number:
        yield replace(fields, unit="", number_end=high)


def _of_saint(words: Sequence[str], fields: ParsedFields, lexicon: Lexicon) -> Iterator[ParsedFields]:
    if fields.number >= 0 or not fields.street or fields.unit_kind:
        return
    for word, following in pairwise(words):
        first = _FIRST.fullmatch(word)
        if (
            first is None
            or following in lexicon.street_types
            or following in FLOOR_WORDS
            or not following.isalpha()
        ):
            continue
        name = fields.street.removeprefix(_FIRST_WORD).split()
        if name and following == name[0]:
            yield replace(
                fields, unit="", floor="", number=int(first[1]), street=street_name([_SAINT, *name], lexicon)
            )
            return


def _of_number_in_words(words: Sequence[str], fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the reading by which the first word is the number of the street: SEVEN FOUNDRY LANE; NUMBER FORTY ONE, FOUNDRY
    LANE.
    """
    first = int(words[0] == _NUMBER and len(words) > 1)
    word = "-".join(words[first : first + 2])
    if word not in HOUSE_NUMBERS:
        word = words[first]
    if word not in HOUSE_NUMBERS or fields.number >= 0 or fields.unit_kind:
        return
    written = word.replace("-", _SPACE)
    rest = fields.street.removeprefix(f"{written} ")
    if fields.street and fields.building.removeprefix(f"{_NUMBER} ") == written:
        yield replace(fields, building="", unit="", number=HOUSE_NUMBERS[word])
    elif rest != fields.street and _SPACE in rest and not fields.building:
        yield replace(fields, unit="", number=HOUSE_NUMBERS[word], street=rest)


def _of_letters(fields: ParsedFields) -> Iterator[ParsedFields]:
    """Yield the number for whose figures letters may stand that are all of a name or a part before a street: IO ELM
    ROAD, L00 ELM ROAD.
    """
    if not fields.street or fields.number >= 0:
        return
    if _LETTERS_FOR_FIGURES.fullmatch(fields.building):
        yield replace(fields, building="", number=int(fields.building.translate(_OF_LETTERS)))
    elif not fields.unit_kind and _FIGURES_AND_LETTERS.fullmatch(fields.unit):
        yield replace(fields, unit="", number=int(fields.unit.translate(_OF_LETTERS)))


def _of_house(of_text: Words, fields: ParsedFields, lexicon: Lexicon) -> Iterator[ParsedFields]:
    """Yield the reading by which the first words between commas are the name of a house: MEADOW-CROFT, PICKERING."""
    words, breaks = of_text
    end = next((place for place in range(1, len(words)) if breaks[place]), 0)
    if not end or any(c.isdigit() for word in words[:end] for c in word):
        return
    name, place = building_name(words[:end], lexicon), place_name(words[:end])
    if fields.street == street_name(words[:end], lexicon) and not fields.building:
        if lexicon.street_types.get(words[end - 1]) not in WAYS_ALONE:
            yield replace(fields, building=name, street="")
    elif fields.building.startswith(f"{name} "):
        rest = fields.building.removeprefix(f"{name} ")
        yield replace(fields, building=name, locality=f"{rest} {fields.locality}".strip())
    elif not fields.building and f"{fields.locality} ".startswith(f"{place} "):
        yield replace(fields, building=name, locality=fields.locality.removeprefix(place).strip())
