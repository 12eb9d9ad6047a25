"""Welsh text for English."""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.counties import is_welsh
from address_match.models.synthesis.noise.pieces import Pieces, find, find_last, retext
from address_match.parser.labels import Label

WELSH_TOWNS: Mapping[str, str] = {
    "ABERDARE": "ABERDÂR",
    "ABERGAVENNY": "Y FENNI",
    "AMMANFORD": "RHYDAMAN",
    "BARMOUTH": "ABERMAW",
    "BARRY": "Y BARRI",
    "BLACKWOOD": "COED DUON",
    "BRECON": "ABERHONDDU",
    "BRIDGEND": "PEN-Y-BONT AR OGWR",
    "BUILTH WELLS": "LLANFAIR-YM-MUALLT",
    "CAERPHILLY": "CAERFFILI",
    "CARDIFF": "CAERDYDD",
    "CARDIGAN": "ABERTEIFI",
    "CARMARTHEN": "CAERFYRDDIN",
    "CHEPSTOW": "CAS-GWENT",
    "COWBRIDGE": "Y BONT-FAEN",
    "DENBIGH": "DINBYCH",
    "FISHGUARD": "ABERGWAUN",
    "FLINT": "Y FFLINT",
    "HAVERFORDWEST": "HWLFFORDD",
    "HOLYHEAD": "CAERGYBI",
    "HOLYWELL": "TREFFYNNON",
    "LAMPETER": "LLANBEDR PONT STEFFAN",
    "LLANDOVERY": "LLANYMDDYFRI",
    "MERTHYR TYDFIL": "MERTHYR TUDFUL",
    "MILFORD HAVEN": "ABERDAUGLEDDAU",
    "MOLD": "YR WYDDGRUG",
    "MONMOUTH": "TREFYNWY",
    "MOUNTAIN ASH": "ABERPENNAR",
    "NEATH": "CASTELL-NEDD",
    "NEWPORT": "CASNEWYDD",
    "NEWTOWN": "Y DRENEWYDD",
    "PEMBROKE": "PENFRO",
    "PEMBROKE DOCK": "DOC PENFRO",
    "PONTYPOOL": "PONT-Y-PŴL",
    "RHYL": "Y RHYL",
    "RUTHIN": "RHUTHUN",
    "SWANSEA": "ABERTAWE",
    "TENBY": "DINBYCH-Y-PYSGOD",
    "USK": "BRYNBUGA",
    "WELSHPOOL": "Y TRALLWNG",
    "WREXHAM": "WRECSAM",
}

_STREET_TYPES: Mapping[str, tuple[str, ...]] = {
    "STREET": ("STRYD",),
    "ROAD": ("HEOL", "FFORDD"),
    "AVENUE": ("RHODFA",),
    "DRIVE": ("RHODFA", "FFORDD"),
    "LANE": ("LÔN",),
    "CLOSE": ("CLOS",),
    "SQUARE": ("SGWÂR",),
    "TERRACE": ("TERAS",),
    "CRESCENT": ("CILGANT",),
    "GARDENS": ("GERDDI",),
    "COURT": ("CWRT",),
    "GROVE": ("LLWYN",),
    "PARK": ("PARC",),
    "WAY": ("FFORDD",),
    "PLACE": ("MAES",),
    "HILL": ("BRYN",),
}

_STREET_NAMES: Mapping[str, str] = {
    "HIGH": "FAWR",
    "MAIN": "FAWR",
    "CHURCH": "YR EGLWYS",
    "CHAPEL": "Y CAPEL",
    "STATION": "YR ORSAF",
    "MILL": "Y FELIN",
    "SCHOOL": "YR YSGOL",
    "MARKET": "Y FARCHNAD",
    "CASTLE": "Y CASTELL",
    "BRIDGE": "Y BONT",
    "NEW": "NEWYDD",
    "QUEEN": "Y FRENHINES",
    "KING": "Y BRENIN",
    "PARK": "Y PARC",
    "WATER": "Y DŴR",
    "WELL": "Y FFYNNON",
}

_TOWN_BELOW, _STREET_FROM = 0.75, 0.35
"""Chances below which the town, and above which the street is written in Welsh: between them both are."""


def _street(words: str, rng: Random) -> str:
    head, _, last = words.upper().rpartition(" ")
    kinds = _STREET_TYPES.get(last)
    return f"{rng.choice(kinds)} {_STREET_NAMES.get(head, head)}" if kinds and head else words


def welsh_text(pieces: Pieces, rng: Random) -> Pieces:
    """Write town, street or both in Welsh, in the areas of Wales.

    >>> text(welsh_text(address(number="12", street="MILL ROAD", town="SWANSEA", postcode="SA1 4AB"), Random(19)))
    '12 HEOL Y FELIN ABERTAWE SA1 4AB'
    """
    town, postcode = find(pieces, Label.TOWN), find_last(pieces, Label.POSTCODE)
    welsh_town = WELSH_TOWNS.get(pieces[town].text.upper()) if town >= 0 else None
    # Newport and Barry are towns of England and Scotland, too.
    if not (is_welsh(pieces[postcode].text) if postcode >= 0 else welsh_town):
        return pieces
    chance = rng.random()
    result = retext(pieces, town, welsh_town) if welsh_town and chance < _TOWN_BELOW else pieces
    street = find(pieces, Label.STREET)
    if street < 0 or chance <= _STREET_FROM:
        return result
    return retext(result, street, _street(result[street].text, rng))
