"""What the rules for labels share: the runs between commas, and the groups of labels and words."""

from collections.abc import Iterator, Sequence

from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

PREMISES = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER})
PLACES = frozenset({Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE})
DIGITS = frozenset("0123456789")
LISTING = frozenset({"AND", "&", "TO"})
"""Words between the numbers of a list or a range."""
ABBREVIATIONS_OF_STREET = frozenset({"ST"})
STREET_PREFIXES = frozenset(
    {"HEOL", "HOEL", "FFORDD", "STRYD", "LON", "CLOS", "RHODFA", "CILGANT", "TERAS", "RHES", "SGWAR"}
)
"""Welsh words that name streets and no houses."""
BUILDING_PREFIXES = frozenset({"FFERM", "FERM", "TYDDYN", "BWTHYN", "YSGUBOR", "FELIN"})
"""Welsh words for buildings that stand before the name of one."""
WAYS_ALONE = frozenset(
    {
        *("ROAD", "STREET", "LANE", "AVENUE", "CLOSE", "DRIVE", "CRESCENT", "GARDENS", "TERRACE", "SQUARE"),
        *("PLACE", "WAY", "ROW", "MEWS", "WALK"),
    }
)
"""Types of streets by which no house is called, as it is by VIEW, BANK and LEA."""
Labels = Sequence[Label]
"""A label a token."""


def relabelled(labels: Labels, start: int, end: int, label: Label) -> Labels:
    """Return the labels with one label from a place to another, the end exclusive.

    >>> relabelled([Label.STREET, Label.STREET, Label.TOWN], 0, 1, Label.NUMBER) == [Label.NUMBER, Label.STREET, Label.TOWN]
    True
    """
    return [*labels[:start], *[label] * (end - start), *labels[end:]]


def is_street_ending(word: str, lexicon: Lexicon) -> bool:
    """Return whether names of streets end in a word, ST among them."""
    return word in lexicon.street_endings or word in ABBREVIATIONS_OF_STREET


def first_number(tokens: Sequence[str]) -> int:
    """Return the place of the first word that begins with a digit, or that behind the last word."""
    for place, token in enumerate(tokens):
        if token[0] in DIGITS:
            return place
    return len(tokens)


def runs_between_commas(breaks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of words without a comma begins and ends, the end exclusive."""
    start = 0
    for place in range(1, len(breaks)):
        if breaks[place]:
            yield start, place
            start = place
    yield start, len(breaks)
