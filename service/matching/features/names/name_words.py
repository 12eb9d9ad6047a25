"""Which words of a name tell it from others: spelling, spaces, and words for kinds of buildings and things."""

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from address_match.indexer.texts.coded_strings import JOINT
from address_match.parser.lexicon.files import rows_of
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import shipped_lexicon

SLIPS_FORGIVEN = 1
"""Edits within which two words of names are one word; at two, SENIOR is JUNIOR."""
_COMING_AND_GOING = frozenset({"THE", "AT", "Y", "YR", "LIMITED", "PLC", "LLP"})
"""Words that names are written with and without."""
_ANY_KIND = "BUILDING"
OWN_KINDS = frozenset(
    {
        *("HOUSE", "BUILDING", "BLOCK", "TOWER", "CHAMBERS", "INN", "HOTEL", "ARMS"),
        *("CHURCH", "SCHOOL", "COLLEGE", "HOSPITAL", "LIBRARY"),
    }
)
"""Kinds of what a name alone stands for as well; any other that a query says is a second building beside it: FELLSIDE
STABLES.
"""
LEFT_OUT_KINDS = OWN_KINDS | {"COTTAGE", "FARM", "FARMHOUSE", "BUNGALOW", "VILLA"}
"""Kinds that people leave out of the name of the house they mean."""
_BESIDE_A_HOUSE = frozenset({"SHOP", "SPA", "CAFE", "TEAROOM", "TEAROOMS"})
"""What stands beside the farm or hotel after which it is called, and is no kind of building to the parser."""
ROWS = frozenset({"COTTAGES", "HOUSES", "BUNGALOWS", "ALMSHOUSES"})
"""Rows of houses that are called after the place beside them, and numbered by themselves: 2 MALTINGS COTTAGES."""
_THINGS = Flag.STREET_TYPE | Flag.BUILDING_TYPE | Flag.ORGANISATION_WORD


@lru_cache(maxsize=1 << 14)
def telling_words(name: str) -> frozenset[str]:
    """Return the words of a name without those that come and go, unless they are all there is: BUILDING behind HOUSE is
    one.
    """
    words = frozenset(name.split())
    named = words - {_ANY_KIND}
    if len(named) > 1 and not building_kinds().isdisjoint(named):
        words = named
    return words - _COMING_AND_GOING or words


def spaced_as(name: str, other: str) -> str:
    """Return a name with those two words in one that the other name writes so: PEN LAN beside PENLAN BARN."""
    words, others = name.split(), other.split()
    if len(words) < 2:
        return name
    for place in range(len(words) - 1, 0, -1):
        if words[place - 1] + words[place] in others:
            words[place - 1 : place + 1] = [words[place - 1] + words[place]]
    return " ".join(words)


def side_by_side(names: str) -> str:
    """Return an organisation and a building, parted by a joint, as one name."""
    return names.replace(JOINT, " ").strip()


def is_slip(query: str, candidate: str) -> bool:
    """Return whether two words of names, of three letters or more, are one except for slips."""
    return len(query) > 2 and OSA.distance(query, candidate) <= SLIPS_FORGIVEN


def is_thing(words: frozenset[str]) -> bool:
    """Return whether a name is one word for a kind of thing, which is called so where it stands: THE CROFT, THE BAKERY."""
    return len(words) == 1 and any(shipped_lexicon().listed_flags(word) & _THINGS for word in words)


@cache
def building_kinds() -> frozenset[str]:
    """Return the words that say of what kind a building is: HOUSE, COTTAGE, FARM."""
    return frozenset(row[0] for row in rows_of("building_types.tsv"))


@cache
def kinds_of_places() -> frozenset[str]:
    """Return the words for kinds of buildings, and for what stands beside them under their name: FARM SHOP."""
    return building_kinds() | _BESIDE_A_HOUSE
