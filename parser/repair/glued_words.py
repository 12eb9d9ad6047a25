"""Words that stand too close: a number and its street, a flat and its letter, a town and its postcode, words and full
stops.
"""

import re
from functools import cache

from address_match.parser.lexicon.files import rows_of, words_of_cell
from address_match.parser.recognisers.postcode import is_postcode
from address_match.parser.repair.repaired_text import Rule
from address_match.parser.repair.unit_words import glued_unit_word

_SPACE = " "
_COMPASS = {"N": "NORTH", "S": "SOUTH", "E": "EAST", "W": "WEST"}
_LOOK_ALIKES = {"0": "O", "1": "LI", "5": "S", "6": "G", "8": "B"}
"""Letters that are taken for a digit, where a word begins with it."""
_SLIPS_OF_FLAT = frozenset({"FLTA", "FLATT"})
_NUMBER_OF_ITS_OWN = re.compile(r"\s{1,2}[0-9]{1,4}[A-Za-z]?(?:\s?,|\s{1,2}[0-9])")
"""Behind which a comma or the number of the house stands."""
_AREA_SIZES = (2, 1)
_FEWEST_LETTERS_OF_A_TOWN = 3
_STREET_TYPES = (
    "Road|Street|Lane|Avenue|Drive|Close|Crescent|Gardens|Terrace|Place|Court|Way|Grove|Rd|St|Ave|Ln|Dr|Cl"
)
"""With a capital, which tells them from the end of a name: SedleyRoad, no Bridgeway."""

_LONG_STREET_TYPES = "Road|Street|Lane|Avenue|Drive|Close|Crescent|Gardens|Terrace|Place|Court|Grove|Square|Mews|Walk|Rise|Row|Parade"
"""With a capital behind them, which begins the next name: Sedley RoadCroydon."""


def _written_apart(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}"


def _letter_apart(match: re.Match[str]) -> str | None:
    """Part a word and its letter, except for a slip of FLAT before a number of its own: FLATT 3, 12 ELM ROAD."""
    numbered = _NUMBER_OF_ITS_OWN.match(match.string, match.end())
    return None if numbered and match[0].upper() in _SLIPS_OF_FLAT else _written_apart(match)


def _before_its_postcode(match: re.Match[str]) -> str | None:
    """Part HARROWHA2 9XY before the area of its postcode: the one that leaves a known place, else the longer one."""
    words, code = match[1], match[2]
    parted: list[tuple[str, str]] = []
    for size in _AREA_SIZES:
        place, area = words[:-size], words[-size:]
        if len(place) >= _FEWEST_LETTERS_OF_A_TOWN and is_postcode(
            f"{area}{code}".replace(_SPACE, "").upper()
        ):
            parted.append((place, area))
    if not parted:
        return None
    place, area = next((p for p in parted if p[0].upper() in _place_words()), parted[0])
    return f"{place} {area}{code}"


def _town_with_a_digit(match: re.Match[str]) -> str | None:
    """Write the town or county whose first letter was taken for a digit: 1EEDS. One that is a place without it, as
    5TAINES is not, stays.
    """
    rest = match[2].upper()
    if rest in _place_words():
        return None
    letters = (letter for letter in _LOOK_ALIKES[match[1]] if letter + rest in _place_words())
    return next((letter + match[2] for letter in letters), None)


@cache
def _place_words() -> frozenset[str]:
    towns = (town for row in rows_of("post_towns.tsv") for town in words_of_cell(row[1]))
    counties = (name for row in rows_of("counties.tsv") for name in (row[0], *words_of_cell(row[1])))
    return frozenset(word for name in (*towns, *counties) for word in name.replace("-", _SPACE).split())


@cache
def glued_words() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are looked for."""
    return (
        *_stops_and_directions(),
        *_towns(),
        *_words_of_numbers(),
        *_parts_of_buildings(),
        *_street_types(),
        *_parts_in_short(),
    )


def _stops_and_directions() -> tuple[Rule, ...]:
    return (
        # Full stops without a space behind them: Elm Rd.Leeds.
        Rule(
            re.compile(r"(?<=[A-Za-z]{2})\.(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\.(?=[A-Za-z]{2})"),
            lambda _: ". ",
            ".",
        ),
        # Directions in one letter: 12 N. Elm Road; Elm Road 12, N. Oakley.
        Rule(
            re.compile(r"((?<=[0-9]\s)|(?<=[0-9],\s))([NSEWnsew])\.(?=\s[A-Za-z])"),
            lambda match: _COMPASS[match[2].upper()],
            ".",
        ),
        # The same before a part of a building: Elm Court, E Tower.
        Rule(
            re.compile(r"(?i)(?<=,\s)([NSEW])(?=\s(?:TOWER|WING)(?!\w))"),
            lambda match: _COMPASS[match[1].upper()],
            ",",
        ),
    )


def _towns() -> tuple[Rule, ...]:
    return (
        # Towns whose first letter is a digit: 1eeds.
        Rule(
            re.compile(r"(?<=[\s,])([01568])([A-Za-z]{3,15})(?=\s{0,3}(?:,|\Z|\s[A-Za-z]{1,2}[0-9]))"),
            _town_with_a_digit,
        ),
        # Towns and their postcodes: HarrowHA2 9XY.
        Rule(
            re.compile(r"([A-Za-z]{4,40})([0-9][A-Za-z0-9]?\s?[0-9][A-Za-z]{2})(?![\w-])"),
            _before_its_postcode,
        ),
    )


def _words_of_numbers() -> tuple[Rule, ...]:
    return (
        # Post boxes: P O Box 12, Post Office Box 12, Blwch Post 12.
        Rule(
            re.compile(
                r"(?i)(?<!\w)(?:P\s{0,2}O\s{0,2}BOX|POST\s{1,2}OFFICE\s{1,2}BOX|BLWCH\s{1,2}(?:SP|POST))(?!\w)"
            ),
            lambda _: "PO BOX",
        ),
        # Garages: LOCK UP 3, LOCK UP GARAGE 3.
        Rule(
            re.compile(r"(?i)(?<!\w)LOCK\sUP(?=\s(?:GARAGES?\s)?(?:NO\.?\s)?[0-9])"),
            lambda _: "LOCK-UP",
            "lock",
        ),
        # Narrow boats.
        Rule(re.compile(r"(?i)(?<!\w)NARROW[\s-]BOAT(?!\w)"), lambda _: "NARROWBOAT", "narrow"),
        # Sub Post Office.
        Rule(re.compile(r"(?i)(?<!\w)SUB[\s-]POST\s{1,2}OFFICE(?!\w)"), lambda _: "POST OFFICE", "sub"),
        # Numbers with a letter and their street: 2AElm Road, 2aElm Road.
        Rule(re.compile(r"(?<!\w)([0-9]{1,4}[A-Za-z])(?=[A-Z][a-z]{2})"), lambda match: f"{match[1]} "),
        # Box No. 12.
        Rule(re.compile(r"(?i)(?<!\w)BOX\s{1,2}NO\.?\s{0,2}(?=[0-9])"), lambda _: "BOX ", "box"),
        # Numbers before a saint, which no ordinal ends so: 2ST CUTHBERTS ROAD.
        Rule(
            re.compile(r"(?i)(\A\W{0,4}|,\s{0,2})([0-9]{0,2}[02-9])ST\.?(?=\s{1,2}[A-Z]{3})"),
            lambda match: f"{match[1]}{match[2]} ST",
        ),
        # No37, and its street: No7Barley Road.
        Rule(
            re.compile(r"(?i)(?<!\w)NO\.?([0-9]{1,4})(?=[A-Z]{3})"),
            lambda match: f"NO {match[1]} ",
            "no",
        ),
        Rule(re.compile(r"(?i)(?<!\w)NO(?=[0-9]{1,4}[A-Z]?(?!\w))"), lambda _: "NO ", "no"),
    )


def _parts_of_buildings() -> tuple[Rule, ...]:
    return (
        # Words for a part and its number: FLAT3, UNIT-10.
        Rule(glued_unit_word(), lambda match: f"{match[1]} "),
        # Words for a part and its letter: FLATA, UNIT-B.
        Rule(
            re.compile(r"(?<![A-Za-z])((?i:FLAT|FLT|APT|APARTMENT|UNIT))-?((?i:[A-DF-RT-XZ]))(?!\w)"),
            _letter_apart,
        ),
        # The same, whichever letter it is, where its capital tells it: RoomC, FlatS.
        Rule(
            re.compile(
                r"(?<![A-Za-z])([Ff]lat|[Ff]lt|[Aa]pt|[Aa]partment|[Uu]nit|[Rr]oom|[Ss]uite)([A-Z])(?!\w)"
            ),
            _written_apart,
        ),
    )


def _street_types() -> tuple[Rule, ...]:
    return (
        # Names and their types: SedleyRoad.
        Rule(re.compile(rf"(?<=[a-z]{{2}})(?=(?:{_STREET_TYPES})(?!\w))"), lambda _: _SPACE),
        # Types and the number behind them: Sedley Road7.
        Rule(
            re.compile(rf"(?i)(?<=[a-z]\s)({_LONG_STREET_TYPES})([0-9]{{1,4}}[a-z]?)(?=\s?,|\s?\Z)"),
            lambda match: f"{match[1]} {match[2]}",
        ),
        # Types and the place behind them: Sedley RoadCroydon.
        Rule(
            re.compile(rf"(?<=[a-z]\s)({_LONG_STREET_TYPES})(?=[A-Z][a-z]{{2}})"),
            lambda match: f"{match[1]}, ",
        ),
    )


def _parts_in_short() -> tuple[Rule, ...]:
    return (
        # Flats by their letter before a number: F12, 3 Elm Road.
        Rule(
            re.compile(r"(?i)(\A\W*|,\s{0,2})F([0-9]{1,3}[A-Z]?)(?=[ ,]{1,3}[0-9])"),
            lambda match: f"{match[1]}FLAT {match[2]}",
        ),
        # Floors and sides before a number: 2FL, 3 Elm Road.
        Rule(
            re.compile(r"(?i)(\A\W*|,\s{0,2})([0-9])F([LR])(?=[ ,]{1,3}[0-9])"),
            lambda match: f"{match[1]}{match[2]}F/{match[3]}",
        ),
    )
