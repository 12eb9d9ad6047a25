"""Words of which one of two neighbours has one in its name, and the other another, or none: streets, villages, parts of
a town.
"""

from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import OSA

OPPOSITES = (
    ("NORTH", "SOUTH", "EAST", "WEST", "CENTRAL"),
    ("UPPER", "LOWER", "MIDDLE", "NETHER", "HIGHER"),
    ("GREAT", "LITTLE"),
    ("OLD", "NEW"),
    ("INNER", "OUTER"),
)
"""Words of which one of two neighbours has one and the other another, by their group."""
QUALIFIERS = frozenset({*chain.from_iterable(OPPOSITES), "BACK", "FAR"})
_SPELT_WITH_SLIPS = (
    "NORTH",
    "SOUTH",
    "EAST",
    "WEST",
    "CENTRAL",
    "UPPER",
    "LOWER",
    "MIDDLE",
    "HIGHER",
    "GREAT",
    "LITTLE",
)
"""Those that hardly any other word resembles, as BANK does BACK and FARM does FAR."""
_LEAST_WITH_SLIP = 4
"""Letters from which a word may be one of these with a slip."""
_LEAST_GLUED = 3
"""Letters of a name to which a qualifier is written."""
_LONGEST_IN_SHORT = 3
_MOST_SLIPS = 2


@lru_cache(maxsize=1 << 14)
def meant_qualifier(word: str) -> str:
    """Return the qualifier that a word is except for a slip behind its first letter; an empty string where it is none.

    >>> meant_qualifier("GERAT"), meant_qualifier("GROVE"), meant_qualifier("GREAT")
    ('GREAT', '', '')
    """
    if len(word) < _LEAST_WITH_SLIP:
        return ""
    slips = (
        each
        for each in _SPELT_WITH_SLIPS
        if word[0] == each[0] and OSA.distance(word, each, score_cutoff=1) == 1
    )
    return next(slips, "")


def parted(name: str) -> tuple[str, str]:
    """Part a name into its leading qualifier and the rest; two empty strings where it has none.

    >>> parted("WEST STICKNEY"), parted("STICKNEY"), parted("WEST")
    (('WEST', 'STICKNEY'), ('', ''), ('', ''))
    """
    first, _, rest = name.partition(" ")
    return (first, rest) if rest and first in QUALIFIERS else ("", "")


@lru_cache(maxsize=1 << 14)
def glued_qualifier(word: str) -> str:
    """Return the qualifier that is written to a name; an empty string where none is.

    >>> glued_qualifier("EASTLEA"), glued_qualifier("EASTER"), glued_qualifier("EAST")
    ('EAST', '', '')
    """
    found = (each for each in QUALIFIERS if word.startswith(each) and len(word) - len(each) >= _LEAST_GLUED)
    return max(found, key=len, default="")


def may_stand_for(word: str, qualifier: str) -> bool:
    """Return whether a word may be a qualifier in short or with slips.

    >>> [may_stand_for(word, "NORTH") for word in ("N", "NTH", "NROTH", "NEAR", "LANE")]
    [True, True, True, False, False]
    """
    short = len(word) <= _LONGEST_IN_SHORT
    return word[:1] == qualifier[0] and (short or OSA.distance(word, qualifier) <= _MOST_SLIPS)
