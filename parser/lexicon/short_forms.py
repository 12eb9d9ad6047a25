"""Words that are written in several ways wherever they stand in a name, and the way in which they are compared."""

from collections.abc import Mapping

from address_match.parser.lexicon.numerals import NUMERALS

WRITTEN_OUT: Mapping[str, str] = {
    "&": "AND",
    **{numeral.short_ordinal: numeral.ordinal for numeral in NUMERALS},
}
"""AND, and the ordinals that number streets."""
SHORT_WORDS: Mapping[str, str] = {
    "ST": "SAINT",
    "SANT": "SAINT",
    "GT": "GREAT",
    "GRT": "GREAT",
    "LT": "LITTLE",
    "LTL": "LITTLE",
    "LIT": "LITTLE",
    "UPP": "UPPER",
    "UPR": "UPPER",
    "UPPR": "UPPER",
    "LWR": "LOWER",
    "NTH": "NORTH",
    "STH": "SOUTH",
    "MT": "MOUNT",
    "VIC": "VICTORIA",
    "MNT": "MOUNT",
}
"""What names begin with in short; ST stands for STREET as well where it ends one."""
LEADING_WORDS: Mapping[str, str] = {
    "UP": "UPPER",
    "MID": "MIDDLE",
    "SO": "SOUTH",
    "LR": "LOWER",
    "LO": "LOWER",
    "BK": "BACK",
    "BCK": "BACK",
    "MDL": "MIDDLE",
    "NETH": "NETHER",
    "CHP": "CHAPEL",
}
"""What streets alone begin with in short: elsewhere the words mean others."""
COMPASS: Mapping[str, str] = {
    "N": "NORTH",
    "S": "SOUTH",
    "E": "EAST",
    "W": "WEST",
    "NTH": "NORTH",
    "STH": "SOUTH",
}
