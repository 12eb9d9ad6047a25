from enum import IntEnum


class WordClass(IntEnum):
    """The one thing a token most looks like; the contexts of the CRF are made of these."""

    NOTHING = 0
    """Before the first and after the last token."""
    NUMBER = 1
    LONG_NUMBER = 2
    NUMBER_LETTER = 3
    """12A."""
    RANGE = 4
    """12-14."""
    FRACTION = 5
    """1/2, 14/3, 3/A."""
    FLOOR_FLAT = 6
    """2F1, PF2."""
    LETTER = 7
    LETTER_NUMBER = 8
    """B28, where it is no postcode district."""
    OUTCODE = 9
    INCODE = 10
    POSTCODE = 11
    NEARLY_POSTCODE = 12
    """A postcode, or a part of one, once O is read as 0 or I as 1."""
    UNIT_WORD = 13
    FLOOR_WORD = 14
    FLOOR_CODE = 15
    """GFF, BST: floor words that are nothing else."""
    FLOOR = 16
    SIDE_WORD = 17
    POSITION_WORD = 18
    STREET_TYPE = 19
    STREET_TYPE_SHORT = 20
    STREET_PREFIX = 21
    STREET_OR_BUILDING = 22
    BUILDING_TYPE = 23
    ORGANISATION_WORD = 24
    DEPARTMENT_WORD = 25
    TITLE = 26
    TOWN = 27
    COUNTY = 28
    PLACE_PREFIX = 29
    OF = 30
    THE = 31
    AND = 32
    JOINER = 33
    SAINT_OR_STREET = 34
    ORDINAL = 35
    NEAR_KEY_WORD = 36
    NEAR_TOWN = 37
    PO_BOX = 38
    MIXED = 39
    """Letters and digits in another order."""
    WORD = 40
    SHORT_WORD = 41
    """Two or three letters."""
    HYPHENATED = 42
    STREET_OR_TOWN = 43
    """GREEN, or a word that is a street type and a town."""
    ORDINAL_OR_INCODE = 44
    """7TH: an ordinal, or the second half of a postcode."""


CLASS_COUNT = len(WordClass)
