"""Names that are one but for a word in place of its opposite: EAST BLOCK beside WEST BLOCK."""

import re
from functools import lru_cache

from address_match.parser.lexicon.numerals import NUMERALS
from address_match.service.matching.features.names.name_words import side_by_side
from address_match.service.matching.features.names.qualifiers import OPPOSITES

BOUNDS = ("NORTHBOUND", "SOUTHBOUND", "EASTBOUND", "WESTBOUND")
_SIDES = ("NORTHERN", "SOUTHERN", "EASTERN", "WESTERN")
_LEVELS_OF_SCHOOLS = ("INFANT", "JUNIOR", "NURSERY", "FIRST", "MIDDLE", "PRIMARY", "SECONDARY")
_INSTITUTIONS = ("CHURCH", "SCHOOL", "SURGERY", "PHARMACY", "LIBRARY", "HOTEL")
_COLOURS = ("BLACK", "WHITE", "RED", "BLUE", "GOLDEN")
"""Those by which inns of one sign are told apart: THE BLACK HORSE beside THE WHITE HORSE."""
_SAINTS = (
    *("AGNES", "ALBAN", "ANDREW", "ANNE", "ANTHONY", "AUGUSTINE", "BARNABAS", "BARTHOLOMEW", "BEDE"),
    *("BENEDICT", "BRIDE", "BRIDGET", "CATHERINE", "CHAD", "CLARE", "CLEMENT", "CUTHBERT", "DAVID"),
    *("DENYS", "DUNSTAN"),
    *("EDMUND", "EDWARD", "FRANCIS", "GABRIEL", "GEORGE", "GILES", "GREGORY", "HELEN", "HILDA", "HUGH"),
    *("JAMES", "JOHN", "JOSEPH", "JUDE", "LAURENCE", "LEONARD", "LUKE", "MARGARET", "MARK", "MARTIN", "MARY"),
    *("MATTHEW", "MICHAEL", "NICHOLAS", "OSWALD", "PATRICK", "PAUL", "PETER", "PHILIP", "STEPHEN", "SWITHUN"),
    *("THERESA", "THOMAS", "VINCENT", "WILFRID"),
)
"""After whom one church, school or house of a town is called, and not the next."""
_OF_A_SAINT = re.compile(rf"\bSAINT ({'|'.join(_SAINTS)})S?\b")
_OF_A_CHURCH = ("CHURCH OF ENGLAND", "CHURCH IN WALES", "CHURCH OF SCOTLAND")
"""What says whose a school is, and not that it is a church."""
NUMBERS = tuple(numeral.word for numeral in NUMERALS)
_OPPOSITES_IN_NAMES = tuple(
    map(
        frozenset,
        (
            *(*OPPOSITES, BOUNDS, _SIDES, _LEVELS_OF_SCHOOLS, _INSTITUTIONS, _COLOURS, NUMBERS),
            [f"SAINT-{saint}" for saint in _SAINTS],
        ),
    )
)


@lru_cache(maxsize=1 << 16)
def differ_in_opposites(query: str, candidate: str) -> bool:
    """Return whether two names, parted as those of `compare_named`, share words, and each has one in place of the
    other's opposite: another direction, another institution, another colour, another saint.

    THE SURGERY by itself shares its name with all surgeries.

    >>> from address_match.indexer.texts.coded_strings import JOINT
    >>> others = ("EAST BLOCK SABLE HOUSE", "BLOCK SABLE HOUSE", "EAST WEST BLOCK")
    >>> [differ_in_opposites(f"{JOINT}WEST BLOCK SABLE HOUSE", f"{JOINT}{name}") for name in others]
    [True, False, False]
    """
    q, c = (_words_of_opposites(side_by_side(names)) for names in (query, candidate))
    return bool(q & c or q.issubset(_INSTITUTIONS)) and any(
        q & words - c and c & words - q for words in _OPPOSITES_IN_NAMES
    )


def _words_of_opposites(name: str) -> frozenset[str]:
    """Return the words of a name without those for the church that a school belongs to, a saint's as one word.

    >>> sorted(_words_of_opposites("SAINT ANNES CHURCH OF ENGLAND SCHOOL"))
    ['SAINT-ANNE', 'SCHOOL']
    """
    for church in _OF_A_CHURCH:
        name = name.replace(f"{church} ", "")
    return frozenset(_OF_A_SAINT.sub(r"SAINT-\1", name).split())
