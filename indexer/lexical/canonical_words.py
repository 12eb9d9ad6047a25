"""Words of addresses that are written in several ways, and the one way in which they are filed."""

from address_match.parser.lexicon.name_words import name_words
from address_match.parser.lexicon.numerals import NUMERALS

_SPELLINGS: dict[str, str] = {
    # The form that stands first is filed. Saint and Street share one, because ST means either.
    "ST": "STREET SAINT STR STRT SAINTS STREETS",
    "ROAD": "RD ROADS",
    "AVENUE": "AVE AV AVEN",
    "LANE": "LN LA",
    "DRIVE": "DR DRV",
    "CLOSE": "CL CLO",
    "COURT": "CT CRT",
    "CRESCENT": "CRES CRESC CR",
    "GARDENS": "GDNS GDN GARDEN GRDNS",
    "GROVE": "GR GRV GRO",
    "PLACE": "PL PLC",
    "SQUARE": "SQ",
    "TERRACE": "TERR TER TCE",
    "PARADE": "PDE",
    "PARK": "PK",
    "VIEW": "VW",
    "HILL": "HL",
    "MOUNT": "MT",
    "WALK": "WK WLK",
    "YARD": "YD",
    "GREEN": "GRN",
    "BUILDINGS": "BLDGS BLDG BUILDING BLD",
    "HOUSE": "HSE HS HO",
    "COTTAGE": "COTT COTTS COTTAGES",
    "FARM": "FM",
    "ESTATE": "EST",
    "INDUSTRIAL": "IND",
    "CENTRE": "CTR CENTER CEN",
    "FLAT": "FLT FLATS",
    "APARTMENT": "APT APPT APARTMENTS APTS",
    "FLOOR": "FLR",
    "GROUND": "GND GRD",
    "BASEMENT": "BST BSMT",
    "GREAT": "GT",
    "LITTLE": "LT LTL",
    "NORTH": "NTH",
    "SOUTH": "STH",
    "UPPER": "UPR UPP UP",
    "LOWER": "LWR LOW",
    "BACK": "BK",
    "UNIVERSITY": "UNIV",
    "AND": "&",
    "LIMITED": "LTD",
    "COMPANY": "CO",
}

_NUMBERS_IN_FIGURES = NUMERALS[:10]
_ORDINALS_IN_FIGURES = NUMERALS[:4]
"""Those that are filed in figures. To file more of them would be another analysis, and every index would have to be
built anew.
"""

CANONICAL_WORDS: dict[str, str] = {
    **{form[0]: full[0] for form, full in name_words().items() if len(form) == len(full) == 1},
    **{word: canonical for canonical, words in _SPELLINGS.items() for word in words.split()},
    **{numeral.ordinal: numeral.short_ordinal for numeral in _ORDINALS_IN_FIGURES},
    **{numeral.word: numeral.figures for numeral in _NUMBERS_IN_FIGURES},
}
"""For each other spelling, the one that is filed."""
