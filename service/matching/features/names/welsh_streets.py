"""Names of streets that are written in Welsh or in English, and the form in which the two are compared."""

from functools import lru_cache

WELSH_TYPES = {
    "HEOL": "ROAD",
    "FFORDD": "ROAD",
    "STRYD": "STREET",
    "LON": "LANE",
    "RHODFA": "AVENUE",
    "CLOS": "CLOSE",
    "TERAS": "TERRACE",
    "SGWAR": "SQUARE",
    "STAD": "ESTATE",
}
"""The Welsh types of streets, by which a name begins, in English."""
_ARTICLES = frozenset({"Y", "YR"})
_IN_ENGLISH = {
    "FAWR": "HIGH",
    "NEWYDD": "NEW",
    "EGLWYS": "CHURCH",
    "BONT": "BRIDGE",
    "ORSAF": "STATION",
    "FARCHNAD": "MARKET",
    "CASTELL": "CASTLE",
    "CAPEL": "CHAPEL",
    "FRENHINES": "QUEEN",
    "BRENIN": "KING",
    "TYWYSOG": "PRINCE",
    "YSGOL": "SCHOOL",
    "PARC": "PARK",
    "FELIN": "MILL",
    "FFYNNON": "WELL",
    "AFON": "RIVER",
    "MOR": "SEA",
    "TRAETH": "BEACH",
    "GOGLEDD": "NORTH",
    "DE": "SOUTH",
    "DWYRAIN": "EAST",
    "GORLLEWIN": "WEST",
    "DWR": "WATER",
    "LLYN": "LAKE",
    "FFERM": "FARM",
    "GOED": "WOOD",
    "COED": "WOOD",
    "BERLLAN": "ORCHARD",
    "HARBWR": "HARBOUR",
    "COLEG": "COLLEGE",
    "YSBYTY": "HOSPITAL",
    "BRYN": "HILL",
    "ISAF": "LOWER",
    "UCHAF": "UPPER",
}
"""What streets are called after in many towns, behind their type and the article."""


@lru_cache(maxsize=1 << 14)
def in_english(street: str) -> str:
    """Return a name that begins with a Welsh type as an English one is written, and its word in English where it is a
    common one.

    >>> in_english("HEOL MANOR"), in_english("STRYD Y BONT"), in_english("STRYD FAWR"), in_english("ELM ROAD")
    ('MANOR ROAD', 'BRIDGE STREET', 'HIGH STREET', 'ELM ROAD')
    """
    first, _, rest = street.partition(" ")
    if not rest or first not in WELSH_TYPES:
        return street
    words = rest.split()
    name = words[1:] if words[0] in _ARTICLES and len(words) > 1 else words
    named = _IN_ENGLISH[name[0]] if len(name) == 1 and name[0] in _IN_ENGLISH else rest
    return f"{named} {WELSH_TYPES[first]}"
