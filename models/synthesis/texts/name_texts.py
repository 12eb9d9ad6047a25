"""Texts with names of other kinds than the country has many of: Welsh and Gaelic houses, institutions as people shorten
them.

Some of the words are kept for measuring.
"""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find, put, retext_each
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_WELSH_HEADS = (
    *("TY", "TY", "BRYN", "BRYN", "PANT", "LLYS", "PLAS", "MAES", "CEFN", "PEN Y", "TAN Y", "GLAN", "CWM"),
    *("AWEL Y", "HEN", "BRO", "CAE", "COED", "DOL", "FRON", "GELLI", "NANT", "RHOS", "TROED Y", "TYDDYN"),
)
_WELSH_TAILS = (
    *("MAWR", "BACH", "AWEL", "HYFRYD", "GWYN", "COCH", "GLAS", "DERW", "ONNEN", "MELIN", "MYNYDD", "MOR"),
    *("AFON", "UCHAF", "ISAF", "NEWYDD", "HAUL", "EITHIN", "RHEDYN", "CELYN", "BEDW", "CANOL", "LLAN"),
)
_GAELIC_HEADS = (
    *("TIGH", "TIGH NA", "TAIGH", "TAIGH AN", "CNOC", "BAILE", "TOBAR", "DUN", "ALLT", "CEANN", "BEINN"),
    *("SRATH", "GLEANN", "ACHADH", "RUBHA", "TORR", "CREAG", "LAG"),
)
_GAELIC_TAILS = (
    *("MOR", "BEAG", "BAN", "DUBH", "GORM", "NA MARA", "AN LOIN", "A CHOIRE", "COILLE", "BEITHE", "SOLAS"),
    *("A CHLACHAIN", "NAN SITHEAN", "RUADH", "NA CREIGE", "AN UISGE"),
)
RESERVED_HEADS = ("HAFOD", "LLWYN", "YSGUBOR", "BWTHYN", "CROIT", "DRUIM", "CLACH", "EILEAN")
"""Shown to no training."""
_GAELIC_RESERVED = frozenset({"CROIT", "DRUIM", "CLACH", "EILEAN"})
_ARTICLE_SHARE = 0.1
_NUMBER_KEPT = 0.3

_SHORT: Mapping[str, tuple[str, ...]] = {
    "PRIMARY": ("PRIM", "PR"),
    "SCHOOL": ("SCH",),
    "HOSPITAL": ("HOSP",),
    "STATION": ("STN",),
    "CHURCH": ("CH",),
    "CENTRE": ("CTR", "CTRE", "CENT"),
    "COMMUNITY": ("COMM", "COM"),
    "SURGERY": ("SURG",),
    "HEALTH": ("HLTH",),
    "MEDICAL": ("MED",),
    "HOTEL": ("HTL",),
    "COLLEGE": ("COLL",),
    "LIBRARY": ("LIB",),
    "PHARMACY": ("PHARM",),
    "DENTAL": ("DENT",),
    "DEPARTMENT": ("DEPT",),
    "SERVICES": ("SVCS", "SERV"),
    "LIMITED": ("LTD",),
    "COMPANY": ("CO",),
    "ASSOCIATION": ("ASSOC", "ASSN"),
    "ASSOCIATES": ("ASSOCS",),
    "GROUP": ("GRP",),
    "PRACTICE": ("PRAC",),
    "NURSERY": ("NURS",),
    "INFANT": ("INF",),
    "JUNIOR": ("JNR", "JUN"),
}
_INSTITUTIONS = (
    "{} C OF E PRIM SCH",
    "{} C OF E SCHOOL",
    "{} CE PRIMARY SCHOOL",
    "{} RC PRIMARY SCHOOL",
    "{} RC CHURCH",
    "{} PAROCHIAL CH HALL",
    "{} COMM CTR",
    "{} STN",
    "{} COTTAGE HOSP",
    "{} GP SURGERY",
    "{} FIRE STN",
    "{} LIB",
    "THE {} PH",
    "{} ARMS PH",
    "{} INN PH",
    "HMP {}",
    "HMYOI {}",
    "UNIV OF {}",
)
_ARTICLES = ("Y ", "YR ")


def house_name_of(rng: Random, *, reserved: bool = False) -> str:
    """Coin the Welsh or Gaelic name of a house."""
    if reserved:
        head = rng.choice(RESERVED_HEADS)
        return f"{head} {rng.choice(_GAELIC_TAILS if head in _GAELIC_RESERVED else _WELSH_TAILS)}"
    if rng.random() < 1 / 2:
        article = rng.choice(_ARTICLES) if rng.random() < _ARTICLE_SHARE else ""
        return f"{article}{rng.choice(_WELSH_HEADS)} {rng.choice(_WELSH_TAILS)}"
    return f"{rng.choice(_GAELIC_HEADS)} {rng.choice(_GAELIC_TAILS)}"


def welsh_or_gaelic_house(pieces: Pieces, rng: Random, *, reserved: bool = False) -> Pieces:
    """Call a house by a Welsh or Gaelic name; the same pieces where it has a part, an organisation or no number."""
    number = find(pieces, Label.NUMBER)
    held = {piece.label for piece in pieces[: max(number, 0)]}
    if number < 0 or held - {Label.BUILDING}:
        return pieces
    written = Piece(house_name_of(rng, reserved=reserved), Label.BUILDING)
    if rng.random() < _NUMBER_KEPT:
        return (written, Piece(pieces[number].text, Label.NUMBER, ", "), *pieces[number + 1 :])
    return (written, *pieces[number + 1 :])


def institution_shortened(pieces: Pieces, rng: Random) -> Pieces:
    """Shorten the words of an organisation as people do."""

    def shorten(words: str) -> str:
        return " ".join(
            rng.choice(_SHORT[word]) if word in _SHORT and rng.random() < 3 / 4 else word
            for word in words.upper().split()
        )

    return retext_each(pieces, {Label.ORGANISATION}, shorten)


def institution_named(pieces: Pieces, rng: Random) -> Pieces:
    """Begin with an institution of the locality or town; the same pieces where an organisation stands already."""
    if find(pieces, Label.ORGANISATION) >= 0:
        return pieces
    place = next((piece.text for piece in pieces if piece.label in {Label.LOCALITY, Label.TOWN}), "")
    if not place:
        return pieces
    institution = Piece(rng.choice(_INSTITUTIONS).format(place.upper()), Label.ORGANISATION)
    first, *others = (piece for piece in pieces if piece.label not in {Label.SUB_BUILDING, Label.BUILDING})
    return (institution, Piece(first.text, first.label, pieces[-1].separator), *others)


def letter_behind_number(pieces: Pieces, rng: Random) -> Pieces:
    """Give a house number behind a name a letter, which is no flat of it: ROSE COTTAGE, 12A MILL LANE."""
    number = find(pieces, Label.NUMBER)
    named = number > 0 and pieces[number - 1].label in {Label.BUILDING, Label.ORGANISATION}
    if not named or not pieces[number].text.isdigit():
        return pieces
    letter = rng.choice("AAABBCD")
    written = Piece(f"{pieces[number].text}{letter}", Label.BUILDING, pieces[number].separator)
    return put(pieces, number, written)
