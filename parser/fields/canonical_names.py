"""Bring the names of streets, buildings and places into the one form in which they are compared."""

from collections.abc import Mapping, Sequence

from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.name_words import in_full
from address_match.parser.lexicon.numerals import NUMERALS
from address_match.parser.lexicon.short_forms import COMPASS, LEADING_WORDS, SHORT_WORDS, WRITTEN_OUT

WORDS_OF_FIGURES = {numeral.figures: numeral.word for numeral in NUMERALS[1:]}
"""Numbers with which a street's name may begin: TWO MILE LANE. A 1 there is a house's."""
_DIRECTIONS = {
    **{name: name for name in COMPASS.values()},
    **COMPASS,
    "CENTRAL": "CENTRAL",
    "CENT": "CENTRAL",
}
"""Words behind the type of a street, in short and in full."""
ESTATES = frozenset({"PARK", "PK", "ESTATE", "EST", "CENTRE", "CTR", "WORKS", "WKS", "STUDIOS", "MARINA"})
"""Last words of streets that are estates, of businesses or boats."""
_THE = "THE"
_STREET = "STREET"
_STREETS = frozenset({"ST", "STREET"})
_SAINT = "SAINT"
_WELSH_FARMS = frozenset({"FFERM", "FERM"})
"""Words for a farm that stand before its name."""
_FARM = "FARM"
_FARMHOUSE = "FARMHOUSE"
_AT = frozenset({"AT", "OF"})
_CROSS_IN_SHORT, _CROSS = "X", "CROSS"
"""Within the name of a street: NEW X ROAD."""
_NEAR = frozenset({"NEAR", "NR", "BY"})


def _plain(tokens: Sequence[str]) -> list[str]:
    """Split hyphens, write AND and ordinals out, and leave a leading THE out."""
    words: list[str] = []
    for token in tokens:
        if token in WRITTEN_OUT:
            words.append(WRITTEN_OUT[token])
        elif "-" in token:
            words.extend(part for part in token.split("-") if part)
        else:
            words.append(token)
    if len(words) > 1 and words[0] == _THE:
        del words[0]
    return words


def _without_second_s(words: list[str]) -> None:
    """Drop in place the S of what belongs to a saint whose name ends in one: SAINT JAMESS, who wrote an apostrophe."""
    for place in range(1, len(words)):
        if words[place - 1] == _SAINT and words[place].endswith("SS"):
            words[place] = words[place][:-1]


def street_name(tokens: Sequence[str], lexicon: Lexicon) -> str:
    """Write a street's name with its type in full; ST is STREET at the end and SAINT before a name, 2 before one is
    TWO.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> street_name(["ST", "JOHNS", "RD", "N"], shipped_lexicon()), street_name(["THE", "AVE"], shipped_lexicon())
    ('SAINT JOHNS ROAD NORTH', 'AVENUE')
    """
    words = _plain(tokens)
    if words and words[-1] in ESTATES:
        words = in_full(words)
    last = len(words) - 1
    if not last and _begins_with_the(tokens):
        return _type_in_full(words[0], lexicon)
    if last > 0:
        words[0] = WORDS_OF_FIGURES.get(words[0], words[0])
        words[0] = COMPASS.get(words[0], LEADING_WORDS.get(words[0], words[0]))
    if last > 0 and (
        words[last] in COMPASS or (words[last] in _DIRECTIONS and _is_type(words[last - 1], lexicon))
    ):
        words[last] = _DIRECTIONS[words[last]]
        last -= 1
    for place in range(last):
        words[place] = SHORT_WORDS.get(words[place], words[place])
        if place and words[place] == _CROSS_IN_SHORT:
            words[place] = _CROSS
    if last > 0:
        words[last] = _type_in_full(words[last], lexicon)
    _without_second_s(words)
    return " ".join(words)


def _begins_with_the(tokens: Sequence[str]) -> bool:
    return len(tokens) > 1 and tokens[0] == _THE


def _type_in_full(word: str, lexicon: Lexicon) -> str:
    written = _STREET if word in _STREETS else lexicon.street_types.get(word, word)
    return lexicon.building_types.get(written, written)


def _is_type(word: str, lexicon: Lexicon) -> bool:
    return word in _STREETS or word in lexicon.street_types


def building_name(tokens: Sequence[str], lexicon: Lexicon) -> str:
    """Write a building's name with its last word in full, institutions as they are compared, and a Welsh farm as an
    English one.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> building_name(["THE", "OLD", "MILL", "HSE"], shipped_lexicon())
    'OLD MILL HOUSE'
    >>> building_name(["HOLY", "TRINITY", "COFE", "SCH"], shipped_lexicon())
    'HOLY TRINITY CHURCH OF ENGLAND SCHOOL'
    >>> building_name(["FFERM", "CWM", "ISAF"], shipped_lexicon())
    'CWM ISAF FARM'
    >>> building_name(["THE", "FARMHOUSE", "ELM", "FARM"], shipped_lexicon())
    'ELM FARMHOUSE'
    """
    words = in_full(_plain(tokens))
    for place in range(len(words) - 1):
        words[place] = SHORT_WORDS.get(words[place], words[place])
    if len(words) > 1 or (words and _begins_with_the(tokens)):
        last = words[-1]
        words[-1] = lexicon.building_types.get(last) or lexicon.street_types.get(last, last)
        if len(words) > 1 and words[0] in _WELSH_FARMS:
            words = [*words[1:], _FARM]
        if len(words) > 2 and words[0] == _FARMHOUSE and words[-1] == _FARM:
            words = [word for word in words[1:-1] if word not in _AT] + [_FARMHOUSE]
    _without_second_s(words)
    return " ".join(words)


def place_name(tokens: Sequence[str]) -> str:
    """Write a locality or town: no hyphens, SAINT and GREAT in full, without NEAR and BY.

    >>> place_name(["ST", "NEOTS"]), place_name(["STOKE-ON-TRENT"]), place_name(["NR", "GT", "DUNMOW"])
    ('SAINT NEOTS', 'STOKE ON TRENT', 'GREAT DUNMOW')
    """
    words = _plain(tokens)
    if len(words) > 1 and words[0] in _NEAR:
        del words[0]
    for place in range(len(words) - 1):
        words[place] = SHORT_WORDS.get(words[place], words[place])
    if len(words) > 1 and words[0] in COMPASS:
        words[0] = COMPASS[words[0]]
    _without_second_s(words)
    return " ".join(words)


def county_name(tokens: Sequence[str], counties: Mapping[str, str]) -> str:
    """Write a county in full where its abbreviation is known.

    >>> county_name(["HANTS"], {"HANTS": "HAMPSHIRE"})
    'HAMPSHIRE'
    """
    written = " ".join(tokens)
    return counties.get(written) or counties.get(written.replace("-", " ")) or " ".join(_plain(tokens))
