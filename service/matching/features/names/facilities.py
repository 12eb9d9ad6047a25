"""What stands on the ground of a school, a hospital or a hotel, or is let in it, and is called after it: SPORTS HALL, ELM
ACADEMY, or CAFE, ELM LEISURE CENTRE.
"""

from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import shipped_lexicon

_BUILDINGS = frozenset(
    {
        *(
            "GYMNASIUM",
            "GYM",
            "PAVILION",
            "CLUBHOUSE",
            "GRANDSTAND",
            "POOL",
            "HALL",
            "THEATRE",
            "OBSERVATORY",
        ),
        *("PORTAKABIN", "PORTACABIN", "CABIN", "HUT", "CLASSROOM", "CLASSROOMS", "LABORATORY", "WORKSHOP"),
        *("KITCHEN", "KITCHENS", "CANTEEN", "LAUNDRY", "REFECTORY", "MORTUARY", "BOILERHOUSE", "DORMITORY"),
        *("HOUSE", "HOME", "LODGE", "GATEHOUSE", "BUNGALOW", "COTTAGE", "QUARTERS", "ACCOMMODATION"),
        *("STORE", "STORES", "GARAGE", "GARAGES", "PARK", "SHELTER", "COURTS", "PITCH", "PITCHES", "TRACK"),
    }
)
_TRADES = frozenset(
    {
        *("CAFE", "SHOP", "KIOSK", "PHARMACY", "SALON", "HAIRDRESSERS", "CRECHE", "CLINIC", "ROOM", "ROOMS"),
        *("LIBRARY", "MUSEUM", "CHAPEL", "BALLROOM", "TEAROOM", "TEAROOMS"),
        *("BAR", "RESTAURANT", "BISTRO", "SPA"),
    }
)
"""What may be let to somebody else, or has a door of its own, where it stands before a name; behind it may be what the
place calls itself, or a department: ELM HOTEL SPA, ELM HOSPITAL PHARMACY.
"""
_WHOSE_OR_WHAT_FOR = frozenset(
    {
        *("SPORTS", "SWIMMING", "TENNIS", "SQUASH", "NETBALL", "FOOTBALL", "CRICKET", "RIDING"),
        *("DINING", "ASSEMBLY", "MUSIC", "ART", "DRAMA", "SCIENCE", "LECTURE", "TEACHING", "EXAMINATION"),
        *("MOBILE", "TEMPORARY", "MODULAR", "CAR", "CYCLE", "BIKE", "BOILER", "PLANT", "PUMP", "GENERATOR"),
        *("CARETAKERS", "WARDENS", "NURSES", "DOCTORS", "STAFF", "MASTERS", "HEADMASTERS", "TEACHERS"),
        *("COFFEE", "TEA", "SNACK", "GIFT", "BOOK", "TICKET", "HAIR", "BEAUTY", "PUBLIC", "VISITORS"),
        *("PORTERS", "GROUNDSMANS", "GROUNDSMENS", "GREENKEEPERS", "STEWARDS", "MANAGERS", "BOARDING"),
    }
)
_NOT_BY_THEMSELVES = frozenset(
    {"HOUSE", "HOME", "PARK", "STORE", "STORES", "SHELTER", "TRACK", "ROOM", "ROOMS"}
)
"""What is of a ground only with a word for whose it is, or what for: NURSES HOME, CAR PARK."""
_HOSTS = frozenset({"CENTRE", "SUPERSTORE", "HYPERMARKET", "AIRPORT", "ARCADE", "MALL", "STADIUM", "MARINA"})
"""Where others have their doors as well as in an institution."""


def is_facility_beside(name: str, other: str) -> bool:
    """Return whether one of two names is that of an institution, and the other that of what stands on its ground.

    A business with a name of its own is no facility: it may be the institution's tenant.

    >>> is_facility_beside("SPORTS HALL ELM ACADEMY", "ELM ACADEMY"), is_facility_beside("ELM ACADEMY", "ELM ACADEMY GYM")
    (True, True)
    >>> is_facility_beside("COFFEE SHOP ELM GARDEN CENTRE", "ELM GARDEN CENTRE"), is_facility_beside("ELM HOTEL BAR", "ELM HOTEL")
    (True, False)
    >>> is_facility_beside("CRUMBS CATERING ELM ACADEMY", "ELM ACADEMY"), is_facility_beside("ELM HALL", "ELM")
    (False, False)
    """
    longer, shorter = (name, other) if len(name) > len(other) else (other, name)
    kinds = _BUILDINGS
    if longer.endswith(f" {shorter}"):
        besides, kinds = longer.removesuffix(shorter), _BUILDINGS | _TRADES
    elif longer.startswith(f"{shorter} "):
        besides = longer.removeprefix(shorter)
    else:
        return False
    return _is_facility(frozenset(besides.split()) - {"THE"}, kinds) and _is_institution(shorter)


def _is_facility(words: frozenset[str], kinds: frozenset[str]) -> bool:
    buildings = words & kinds
    told = words - buildings
    return bool(buildings) and told <= _WHOSE_OR_WHAT_FOR and (bool(told) or not words <= _NOT_BY_THEMSELVES)


def _is_institution(name: str) -> bool:
    """Return whether a name has a word of its own, and one for an institution or a business, or for where several are."""
    words = name.split()
    flags = [shipped_lexicon().listed_flags(word) for word in words]
    return len(words) > 1 and (
        any(Flag.ORGANISATION_WORD in flag for flag in flags) or not _HOSTS.isdisjoint(words)
    )
