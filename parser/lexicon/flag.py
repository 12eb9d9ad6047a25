from enum import IntFlag, auto


class Flag(IntFlag):
    """What a word is known to stand for; a word may have several."""

    STREET_TYPE = auto()
    STREET_TYPE_SHORT = auto()
    """The abbreviation of a street type: RD."""
    STREET_PREFIX = auto()
    """A Welsh or Gaelic street type, which stands before the name: HEOL."""
    BUILDING_TYPE = auto()
    UNIT_WORD = auto()
    FLOOR_WORD = auto()
    SIDE_WORD = auto()
    POSITION_WORD = auto()
    ORGANISATION_WORD = auto()
    DEPARTMENT_WORD = auto()
    TITLE = auto()
    """What stands before a person's name: MR, C/O, FAO."""
    TOWN_WORD = auto()
    TOWN = auto()
    """The whole name of a post town."""
    COUNTY_WORD = auto()
    COUNTY = auto()
    """The whole name of a county or of a country, or its abbreviation."""
    AUTHORITY = auto()
    """A word of the name of a local authority, which gazetteers write where others write the county."""
    PLACE_PREFIX = auto()
    """GREAT, NORTH, UPPER: the first word of many localities."""
    JOINER = auto()
    """OF, AT, ON, UPON, IN, BY, TO, THE, AND, NR."""
    ORDINAL = auto()
    NEAR_KEY_WORD = auto()
    """One edit away from a street type, building type or word of a unit, and itself none."""
    NEAR_TOWN = auto()
    """One edit away from a post town of one word, and itself none."""
    PREFIX_OF_PHRASE = auto()
    """The first word of a name of several words in the lexicon."""
    MESSAGE_WORD = auto()
    """PLEASE, DELIVER, LIVES: what people say around an address, and names of places hardly ever hold."""
