"""Counties, old and new, and countries by the area of the postcode: what people append to an address."""

import re
from collections.abc import Mapping

COUNTIES_BY_AREA: Mapping[str, tuple[str, ...]] = {
    "AB": ("ABERDEENSHIRE", "GRAMPIAN"),
    "AL": ("HERTFORDSHIRE",),
    "B": ("WEST MIDLANDS", "WARWICKSHIRE"),
    "BA": ("SOMERSET", "AVON"),
    "BB": ("LANCASHIRE",),
    "BD": ("WEST YORKSHIRE",),
    "BH": ("DORSET", "HAMPSHIRE"),
    "BL": ("GREATER MANCHESTER", "LANCASHIRE"),
    "BN": ("EAST SUSSEX", "SUSSEX"),
    "BR": ("KENT", "GREATER LONDON"),
    "BS": ("AVON", "SOMERSET", "GLOUCESTERSHIRE"),
    "BT": ("COUNTY ANTRIM", "COUNTY DOWN"),
    "CA": ("CUMBRIA", "CUMBERLAND"),
    "CB": ("CAMBRIDGESHIRE",),
    "CF": ("SOUTH GLAMORGAN", "MID GLAMORGAN"),
    "CH": ("CHESHIRE", "MERSEYSIDE"),
    "CM": ("ESSEX",),
    "CO": ("ESSEX", "SUFFOLK"),
    "CR": ("SURREY", "GREATER LONDON"),
    "CT": ("KENT",),
    "CV": ("WARWICKSHIRE", "WEST MIDLANDS"),
    "CW": ("CHESHIRE",),
    "DA": ("KENT",),
    "DD": ("ANGUS", "TAYSIDE"),
    "DE": ("DERBYSHIRE",),
    "DG": ("DUMFRIESSHIRE", "DUMFRIES AND GALLOWAY"),
    "DH": ("COUNTY DURHAM",),
    "DL": ("COUNTY DURHAM", "NORTH YORKSHIRE"),
    "DN": ("SOUTH YORKSHIRE", "LINCOLNSHIRE", "HUMBERSIDE"),
    "DT": ("DORSET",),
    "DY": ("WEST MIDLANDS", "WORCESTERSHIRE"),
    "E": ("GREATER LONDON",),
    "EH": ("MIDLOTHIAN", "LOTHIAN"),
    "EN": ("MIDDLESEX", "HERTFORDSHIRE"),
    "EX": ("DEVON",),
    "FK": ("STIRLINGSHIRE", "CENTRAL"),
    "FY": ("LANCASHIRE",),
    "G": ("LANARKSHIRE", "STRATHCLYDE"),
    "GL": ("GLOUCESTERSHIRE",),
    "GU": ("SURREY", "HAMPSHIRE"),
    "HA": ("MIDDLESEX",),
    "HD": ("WEST YORKSHIRE",),
    "HG": ("NORTH YORKSHIRE",),
    "HP": ("BUCKINGHAMSHIRE", "HERTFORDSHIRE"),
    "HR": ("HEREFORDSHIRE", "HEREFORD AND WORCESTER"),
    "HS": ("WESTERN ISLES",),
    "HU": ("EAST YORKSHIRE", "HUMBERSIDE"),
    "HX": ("WEST YORKSHIRE",),
    "IG": ("ESSEX",),
    "IP": ("SUFFOLK",),
    "IV": ("INVERNESS-SHIRE", "HIGHLAND"),
    "KA": ("AYRSHIRE", "STRATHCLYDE"),
    "KT": ("SURREY",),
    "KW": ("CAITHNESS", "ORKNEY"),
    "KY": ("FIFE",),
    "L": ("MERSEYSIDE", "LANCASHIRE"),
    "LA": ("LANCASHIRE", "CUMBRIA", "WESTMORLAND"),
    "LD": ("POWYS", "RADNORSHIRE"),
    "LE": ("LEICESTERSHIRE",),
    "LL": ("GWYNEDD", "CLWYD"),
    "LN": ("LINCOLNSHIRE",),
    "LS": ("WEST YORKSHIRE",),
    "LU": ("BEDFORDSHIRE",),
    "M": ("GREATER MANCHESTER", "LANCASHIRE"),
    "ME": ("KENT",),
    "MK": ("BUCKINGHAMSHIRE", "BEDFORDSHIRE"),
    "ML": ("LANARKSHIRE", "STRATHCLYDE"),
    "N": ("GREATER LONDON",),
    "NE": ("TYNE AND WEAR", "NORTHUMBERLAND"),
    "NG": ("NOTTINGHAMSHIRE",),
    "NN": ("NORTHAMPTONSHIRE",),
    "NP": ("GWENT", "MONMOUTHSHIRE"),
    "NR": ("NORFOLK",),
    "NW": ("GREATER LONDON", "MIDDLESEX"),
    "OL": ("GREATER MANCHESTER", "LANCASHIRE"),
    "OX": ("OXFORDSHIRE",),
    "PA": ("RENFREWSHIRE", "STRATHCLYDE"),
    "PE": ("CAMBRIDGESHIRE", "LINCOLNSHIRE", "NORFOLK"),
    "PH": ("PERTHSHIRE", "TAYSIDE"),
    "PL": ("CORNWALL", "DEVON"),
    "PO": ("HAMPSHIRE", "ISLE OF WIGHT", "WEST SUSSEX"),
    "PR": ("LANCASHIRE",),
    "RG": ("BERKSHIRE",),
    "RH": ("SURREY", "WEST SUSSEX"),
    "RM": ("ESSEX",),
    "S": ("SOUTH YORKSHIRE", "DERBYSHIRE"),
    "SA": ("WEST GLAMORGAN", "DYFED", "PEMBROKESHIRE"),
    "SE": ("GREATER LONDON",),
    "SG": ("HERTFORDSHIRE", "BEDFORDSHIRE"),
    "SK": ("CHESHIRE", "DERBYSHIRE"),
    "SL": ("BERKSHIRE", "BUCKINGHAMSHIRE"),
    "SM": ("SURREY",),
    "SN": ("WILTSHIRE",),
    "SO": ("HAMPSHIRE",),
    "SP": ("WILTSHIRE",),
    "SR": ("TYNE AND WEAR", "COUNTY DURHAM"),
    "SS": ("ESSEX",),
    "ST": ("STAFFORDSHIRE",),
    "SW": ("GREATER LONDON",),
    "SY": ("SHROPSHIRE", "POWYS"),
    "TA": ("SOMERSET",),
    "TD": ("BERWICKSHIRE", "BORDERS"),
    "TF": ("SHROPSHIRE",),
    "TN": ("KENT", "EAST SUSSEX"),
    "TQ": ("DEVON",),
    "TR": ("CORNWALL",),
    "TS": ("CLEVELAND", "NORTH YORKSHIRE"),
    "TW": ("MIDDLESEX",),
    "UB": ("MIDDLESEX",),
    "W": ("GREATER LONDON",),
    "WA": ("CHESHIRE", "LANCASHIRE"),
    "WD": ("HERTFORDSHIRE",),
    "WF": ("WEST YORKSHIRE",),
    "WN": ("LANCASHIRE", "GREATER MANCHESTER"),
    "WR": ("WORCESTERSHIRE", "HEREFORD AND WORCESTER"),
    "WS": ("WEST MIDLANDS", "STAFFORDSHIRE"),
    "WV": ("WEST MIDLANDS", "STAFFORDSHIRE"),
    "YO": ("NORTH YORKSHIRE", "YORKSHIRE"),
    "ZE": ("SHETLAND",),
}

ABBREVIATED_COUNTIES: Mapping[str, tuple[str, ...]] = {
    "BEDFORDSHIRE": ("BEDS",),
    "BERKSHIRE": ("BERKS",),
    "BUCKINGHAMSHIRE": ("BUCKS",),
    "CAMBRIDGESHIRE": ("CAMBS",),
    "COUNTY ANTRIM": ("CO ANTRIM", "CO. ANTRIM", "ANTRIM"),
    "COUNTY ARMAGH": ("CO ARMAGH", "ARMAGH"),
    "COUNTY DOWN": ("CO DOWN", "CO. DOWN"),
    "COUNTY DURHAM": ("CO DURHAM", "CO. DURHAM"),
    "COUNTY FERMANAGH": ("CO FERMANAGH", "FERMANAGH"),
    "COUNTY LONDONDERRY": ("CO LONDONDERRY", "CO DERRY"),
    "COUNTY TYRONE": ("CO TYRONE", "TYRONE"),
    "DERBYSHIRE": ("DERBYS",),
    "EAST SUSSEX": ("E SUSSEX", "SUSSEX"),
    "EAST YORKSHIRE": ("E YORKS", "EAST YORKS"),
    "GLOUCESTERSHIRE": ("GLOS", "GLOUCS"),
    "HAMPSHIRE": ("HANTS",),
    "HERTFORDSHIRE": ("HERTS",),
    "LANCASHIRE": ("LANCS",),
    "LEICESTERSHIRE": ("LEICS",),
    "LINCOLNSHIRE": ("LINCS",),
    "MID GLAMORGAN": ("MID GLAM", "M GLAM"),
    "MIDDLESEX": ("MIDDX",),
    "NORTHAMPTONSHIRE": ("NORTHANTS",),
    "NORTHUMBERLAND": ("NORTHD",),
    "NORTH YORKSHIRE": ("N YORKS", "NORTH YORKS", "N. YORKSHIRE"),
    "NOTTINGHAMSHIRE": ("NOTTS",),
    "OXFORDSHIRE": ("OXON",),
    "SHROPSHIRE": ("SALOP",),
    "SOUTH GLAMORGAN": ("S GLAM", "STH GLAMORGAN"),
    "SOUTH YORKSHIRE": ("S YORKS", "SOUTH YORKS"),
    "STAFFORDSHIRE": ("STAFFS",),
    "TYNE AND WEAR": ("T & W", "TYNE & WEAR"),
    "WARWICKSHIRE": ("WARKS",),
    "WEST GLAMORGAN": ("W GLAM", "W GLAMORGAN"),
    "WEST MIDLANDS": ("W MIDLANDS", "W MIDS"),
    "WEST SUSSEX": ("W SUSSEX",),
    "WEST YORKSHIRE": ("W YORKS", "W YORKSHIRE", "WEST YORKS"),
    "WILTSHIRE": ("WILTS",),
    "WORCESTERSHIRE": ("WORCS",),
    "YORKSHIRE": ("YORKS",),
}

_SCOTTISH = frozenset(
    {"AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"}
)
_WELSH = frozenset({"CF", "LD", "LL", "NP", "SA"})
_ISLANDS: Mapping[str, str] = {"JE": "CHANNEL ISLANDS", "GY": "CHANNEL ISLANDS", "IM": "ISLE OF MAN"}
_AREA = re.compile(r"[A-Z]{1,2}(?=[0-9])")


def postcode_area(postcode: str) -> str:
    """Return the letters a postcode begins with, empty where there are none."""
    area = _AREA.match(postcode.upper())
    return area[0] if area else ""


def is_welsh(postcode: str) -> bool:
    """Return whether the postcode lies in one of the areas that are Welsh as a whole."""
    return postcode_area(postcode) in _WELSH


def countries(postcode: str) -> tuple[str, ...]:
    """Return how the country of a postcode gets written; that of the United Kingdom where it is unknown.

    >>> countries("G1 2AB")
    ('SCOTLAND', 'UK', 'UNITED KINGDOM')
    """
    area = postcode_area(postcode)
    if area in _ISLANDS:
        return (_ISLANDS[area],)
    if area in _SCOTTISH:
        return ("SCOTLAND", "UK", "UNITED KINGDOM")
    if area in _WELSH:
        return ("WALES", "CYMRU", "UK", "UNITED KINGDOM")
    if area == "BT":
        return ("NORTHERN IRELAND", "N IRELAND", "UK")
    return ("ENGLAND", "UK", "UNITED KINGDOM", "GREAT BRITAIN", "GB") if area else ("UK", "UNITED KINGDOM")
