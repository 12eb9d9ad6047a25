"""The texts under which a reference holds a premises: postal, gazetteer, Welsh, alternative, historical."""

from dataclasses import dataclass, replace
from random import Random

from address_match.models.synthesis.premises import Premises, PremisesText
from address_match.models.synthesis.texts.field_pieces import (
    authority_piece,
    building_pieces,
    county_piece,
    flat_text,
    locality_piece,
    number_piece,
    organisation_pieces,
    piece,
    postcode_piece,
    reads_as_suffix,
    slash_flat_piece,
    street_pieces,
    suffix_flat_piece,
    town_piece,
)
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

DATES = tuple(
    f"{year}-{month:02d}-{day:02d}"
    for year in range(2001, 2024)
    for month in range(1, 13)
    for day in (1, 9, 22)
)

# One chance decides what a register leaves out of a premises' name and number.
_HOUSE_NAME_OR_NUMBER_BELOW = 0.24
"""Chance below which a house with a name and a number is written by one of them."""
_HOUSE_BY_NAME_BELOW = {True: 0.1, False: 0.16}
"""Chance below which that is the name, in a gazetteer and by post."""
_BLOCK_BY_NAME_BELOW = 0.22
_ONE_END_FROM, _HIGH_END_FROM = 0.72, 0.86
"""Chances above which the post writes one end of a range, and from which that is the upper one."""
_WITHOUT_ARTICLE_BELOW = 0.3
"""Chance below which a gazetteer writes OLD MILL for THE OLD MILL."""

# One chance decides how number and letter of a lettered flat are written.
_FLOOR_FOR_LETTER_BELOW, _LETTER_APART_BELOW = 0.14, 0.36
"""Chances below which a gazetteer writes the floor before 14 A, and 14 A alone."""
_LETTER_JOINED_BELOW = 0.5
"""Chance below which the post writes 14A."""
_DOUBLED_SHARE, _DOUBLED_NUMBER_SHARE = 0.08, 0.6
"""Lettered flats that a gazetteer writes with the number twice, or once behind the floor and the letter."""
_SCOTTISH_SLASH_SHARE = 0.3
"""Numbered flats of Scotland that its gazetteers write as 12/3."""
_GAZETTEER_DASH_SHARE = 0.06
"""Gazetteer texts with a dash within a range, where others have a space."""
_WORDLESS_BELOW = {True: 0.28, False: 0.4}
"""Chance below which a numbered flat of a named block has no word before it, in a gazetteer and by post."""
_OTHER_WORD_FROM = 0.96
"""Chance above which a flat has another word than its premises'."""

_NO_COMMAS_BELOW, _LIKE_A_GAZETTEER_BELOW = 0.22, 0.1
"""Chances below which a postal text has no commas, and writes number and flat as a gazetteer does, too."""
_ORGANISATION_TWICE_SHARE = {True: 0.15, False: 0.02}
"""Postal texts that begin with their organisation twice, of surgeries and of others."""
_SURGERY = "CM02"
_STREET_LEFT_OUT_SHARE = 0.45
"""Postal texts of named buildings of a village that leave out the street."""
_COMMA_AFTER_NUMBER_SHARE = 0.12
_COUNTY_SHARE = 0.16
_POSTCODE_AFTER_SEPARATOR_SHARE = 0.85
"""Postal texts whose postcode stands behind the same separator as the rest; else it stands behind a space."""
_POSTAL_SUBURBS = 0.2
"""Postal addresses of a town that name its suburb."""

_ORGANISATION_BELOW, _LOCALITY_BELOW = 0.8, 0.75
"""Chances below which a gazetteer writes an organisation that it could leave out, and the locality of a town."""
_REMARK_SHARE = 0.001
_TOWN_LEFT_OUT_SHARE = {True: 0.6, False: 0.05}
"""Gazetteer texts with a locality and without the town, in villages and in towns."""
_AUTHORITY_SHARE = 0.96
_BY_NAME_SHARE = 0.5
"""Alternative texts by the name alone; the others are by the number alone."""

# One chance decides which texts a premises has.
_POSTAL_BELOW, _GAZETTEER_FROM, _ALTERNATIVE_FROM = 0.64, 0.25, 0.88
"""Chances below which a premises has a postal text, from which a gazetteer's, and above which an alternative one."""
_WELSH_SHARE = 0.45
"""Premises with a Welsh name of street or town that have a Welsh text."""
_TELLING_NAME = 8
"""A block of a longer name is found by it without its number."""
_FLOOR_OF_LETTER = {
    "A": "GROUND FLOOR FLAT",
    "B": "FIRST FLOOR FLAT",
    "C": "SECOND FLOOR FLAT",
    "D": "TOP FLOOR FLAT",
}
_OTHER_WORDS = {
    "FLAT": ("APARTMENT", "FLAT"),
    "APARTMENT": ("FLAT",),
    "UNIT": ("UNIT", "WORKSHOP"),
    "ROOM": ("ROOM", "STUDY ROOM"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """How addresses of a site are written."""

    village: bool
    """The locality stands in postal addresses, and gazetteers often leave the post town out."""
    authority_words: str
    """What the gazetteer of this district writes at the end: authority or county."""
    ward: str = ""
    """The locality that the gazetteer writes instead of the premises' own; empty where it is the same."""


def _as_written(premises: Premises, rng: Random, *, gazetteer: bool) -> Premises:
    """Return a premises without what one register omits: a name beside a number, one end of a range."""
    chance = rng.random()
    named = bool(premises.building) and premises.number >= 0
    house = named and not premises.flat and not premises.floor and premises.kind in {"house", "farm"}
    if house and chance < _HOUSE_NAME_OR_NUMBER_BELOW:
        by_name = chance < _HOUSE_BY_NAME_BELOW[gazetteer]
        return _numberless(premises) if by_name else replace(premises, building="")
    block = named and premises.kind in {"flat", "block"} and len(premises.building) > _TELLING_NAME
    if block and not gazetteer and chance < _BLOCK_BY_NAME_BELOW:
        return _numberless(premises)
    if premises.number_end >= 0 and not gazetteer and chance > _ONE_END_FROM:
        number = premises.number if chance < _HIGH_END_FROM else premises.number_end
        return replace(premises, number=number, number_end=-1)
    if gazetteer and premises.building.startswith("THE OLD ") and chance < _WITHOUT_ARTICLE_BELOW:
        return replace(premises, building=premises.building.removeprefix("THE "))
    return premises


def _numberless(premises: Premises) -> Premises:
    return replace(premises, number=-1, number_end=-1, suffix="")


def _remark(premises: Premises) -> Piece:
    """Write a remark of the register for its own clerks: SEE 32-33."""
    return piece(f"SEE {premises.number}-{premises.number + 1}", Label.OTHER)


def is_described(street: str) -> bool:
    """Return whether a street is described by what it joins, because it has no name: ROAD FROM X TO Y."""
    return " TO " in f" {street} " or " FROM " in f" {street} "


def _joined(first: list[Piece], rest: list[Piece | None]) -> tuple[Piece, ...]:
    return (*first, *(part for part in rest if part is not None))


def _numbered(premises: Premises, rng: Random, *, gazetteer: bool) -> list[Piece]:
    """Return sub-building, building and number as one register writes them."""
    separator = " " if gazetteer else ", "
    if premises.flat and reads_as_suffix(premises) and not premises.floor:
        chance = rng.random()
        if gazetteer and chance < _FLOOR_FOR_LETTER_BELOW and premises.flat in _FLOOR_OF_LETTER:
            floor = piece(_FLOOR_OF_LETTER[premises.flat], Label.SUB_BUILDING)
            return [floor, suffix_flat_piece(premises, gap=" ")]
        if gazetteer and chance < _LETTER_APART_BELOW:
            return [suffix_flat_piece(premises, gap=" ")]
        if not gazetteer and chance < _LETTER_JOINED_BELOW:
            return [suffix_flat_piece(premises)]
    if gazetteer and len(premises.flat) == 1 and reads_as_suffix(premises) and rng.random() < _DOUBLED_SHARE:
        return _doubled(premises, rng)
    if gazetteer and premises.country == "S" and premises.flat.isdigit() and premises.number >= 0:
        alone = not premises.building and premises.number_end < 0 and not premises.suffix
        if alone and rng.random() < _SCOTTISH_SLASH_SHARE:
            return [slash_flat_piece(premises)]
    pieces = building_pieces(
        premises, word=_flat_word(premises, rng, gazetteer=gazetteer), separator=separator
    )
    dash, gap = (" ", " ") if gazetteer else ("-", "")
    if gazetteer and rng.random() < _GAZETTEER_DASH_SHARE:
        dash = "-"
    number = number_piece(premises, dash=dash, gap=gap, separator=separator)
    if number is not None:
        pieces.append(number)
    return pieces


def _doubled(premises: Premises, rng: Random) -> list[Piece]:
    """Write a lettered flat as some councils do: 7 C 7, or BASEMENT FLAT A 7."""
    whole = piece(str(premises.number), Label.NUMBER)
    if rng.random() < _DOUBLED_NUMBER_SHARE or premises.flat not in _FLOOR_OF_LETTER:
        return [piece(f"{premises.number} {premises.flat}", Label.SUB_BUILDING), whole]
    return [piece(f"{_FLOOR_OF_LETTER[premises.flat]} {premises.flat}", Label.SUB_BUILDING), whole]


def _flat_word(premises: Premises, rng: Random, *, gazetteer: bool) -> str | None:
    if not premises.flat or premises.flat_word not in _OTHER_WORDS:
        return None
    chance = rng.random()
    droppable = premises.building and premises.flat_word in {"FLAT", "APARTMENT"} and premises.flat.isdigit()
    if droppable and chance < _WORDLESS_BELOW[gazetteer]:
        return ""
    if chance > _OTHER_WORD_FROM:
        words = _OTHER_WORDS[premises.flat_word]
        return words[int(rng.random() * len(words))]
    return None


def postal_pieces(
    premises: Premises, setting: Setting, rng: Random, *, welsh: bool = False
) -> tuple[Piece, ...]:
    """Write an address as the post does: commas between its lines, the town, no authority."""
    premises = _as_written(premises, rng, gazetteer=False)
    chance = rng.random()
    separator = " " if chance < _NO_COMMAS_BELOW else ", "
    first = organisation_pieces(premises, separator=separator)
    if first and rng.random() < _ORGANISATION_TWICE_SHARE[premises.classification == _SURGERY]:
        first.insert(0, first[0])
    first += _numbered(premises, rng, gazetteer=chance < _LIKE_A_GAZETTEER_BELOW)
    named_only = (
        premises.number < 0 and bool(premises.building or premises.organisation) and not premises.flat
    )
    if premises.street and not (
        named_only
        and premises.kind != "po_box"
        and setting.village
        and (rng.random() < _STREET_LEFT_OUT_SHARE or is_described(premises.street))
    ):
        after_number = ", " if separator == ", " and rng.random() < _COMMA_AFTER_NUMBER_SHARE else " "
        last_is_number = premises.number >= 0 or (bool(first) and first[-1].text[:1].isdigit())
        opening = after_number if last_is_number else separator
        first += street_pieces(premises, welsh=welsh, separator=separator, first=opening)
    locality = None
    if setting.village or not premises.street or rng.random() < _POSTAL_SUBURBS:
        locality = locality_piece(premises, separator=separator)
    county = county_piece(premises.county, separator=separator) if rng.random() < _COUNTY_SHARE else None
    postcode = postcode_piece(
        premises, separator=separator if rng.random() < _POSTCODE_AFTER_SEPARATOR_SHARE else " "
    )
    return _joined(
        first, [locality, town_piece(premises, welsh=welsh, separator=separator), county, postcode]
    )


def gazetteer_pieces(premises: Premises, setting: Setting, rng: Random) -> tuple[Piece, ...]:
    """Write an address as a council's gazetteer does: no commas, the ward or village, the authority at the end."""
    premises = _as_written(premises, rng, gazetteer=True)
    chance = rng.random()
    # Several organisations may share a building, so that only a flat or a bare number stands for one.
    alone = bool(premises.flat) or (
        premises.number >= 0 and not premises.building and not premises.department
    )
    first = organisation_pieces(premises) if chance < _ORGANISATION_BELOW or not alone else []
    first += _numbered(premises, rng, gazetteer=True)
    if premises.kind == "house" and premises.number > 0 and rng.random() < _REMARK_SHARE:
        first.insert(0, _remark(premises))
    first += street_pieces(premises)
    place = replace(premises, locality=setting.ward) if setting.ward else premises
    locality = locality_piece(place) if setting.village or chance < _LOCALITY_BELOW else None
    townless = locality is not None and rng.random() < _TOWN_LEFT_OUT_SHARE[setting.village]
    town = None if townless else town_piece(premises)
    authority = (
        authority_piece(premises, setting.authority_words) if rng.random() < _AUTHORITY_SHARE else None
    )
    return _joined(first, [locality, town, authority, postcode_piece(premises)])


def alternative_pieces(premises: Premises, rng: Random) -> tuple[Piece, ...] | None:
    """Write a premises by its name alone, or by its number alone; None where it has only one of them."""
    if premises.number < 0 or not (premises.building or premises.organisation) or premises.flat:
        return None
    if premises.organisation and (premises.building or premises.department):
        return None
    number = number_piece(premises)
    by_name = rng.random() < _BY_NAME_SHARE
    first: list[Piece] = organisation_pieces(premises) if by_name else []
    if by_name and premises.building:
        first += building_pieces(premises)
    elif not by_name and number is not None:
        first.append(number)
    first += street_pieces(premises)
    return _joined(first, [locality_piece(premises), town_piece(premises), postcode_piece(premises)])


def former_pieces(premises: Premises, setting: Setting, former: str) -> tuple[Piece, ...]:
    """Write the name or organisation that a premises had before; `former` is its name."""
    label = Label.ORGANISATION if premises.organisation else Label.BUILDING
    first: list[Piece] = [piece(former, label)]
    number = number_piece(premises, separator=", ")
    if number is not None and not flat_text(premises):
        first.append(number)
    first += street_pieces(premises, first=" " if number is not None else ", ", separator=", ")
    locality = locality_piece(premises, separator=", ") if setting.village else None
    town = town_piece(premises, separator=", ")
    return _joined(first, [locality, town, postcode_piece(premises, separator=", ")])


def texts_of(premises: Premises, setting: Setting, rng: Random, former: str = "") -> tuple[PremisesText, ...]:
    """Choose the texts of a premises, about 1.5 of them; `former` is a name that it had, or empty."""
    chance = rng.random()
    since = DATES[int(chance * 997) * 7 % len(DATES)]
    if premises.status == "provisional":
        return (PremisesText("provisional", "en", since, "", gazetteer_pieces(premises, setting, rng)),)
    if premises.status == "historical":
        until = DATES[int(chance * 9973) % len(DATES)]
        return (
            PremisesText("historical", "en", "1995-01-01", until, gazetteer_pieces(premises, setting, rng)),
        )
    texts: list[PremisesText] = []
    unposted = premises.kind in {"land", "street_record"}
    if (chance < _POSTAL_BELOW and not unposted) or premises.kind in {"po_box", "room"}:
        texts.append(PremisesText("postal", "en", since, "", postal_pieces(premises, setting, rng)))
    if (chance >= _GAZETTEER_FROM or unposted) and premises.kind != "po_box":
        texts.append(PremisesText("gazetteer", "en", since, "", gazetteer_pieces(premises, setting, rng)))
    if (premises.street_welsh or premises.town_welsh) and rng.random() < _WELSH_SHARE:
        pieces = postal_pieces(premises, setting, rng, welsh=True)
        texts.append(PremisesText("alternative", "cy", since, "", pieces))
    if chance > _ALTERNATIVE_FROM and not unposted:
        other = alternative_pieces(premises, rng)
        if other is not None:
            texts.append(PremisesText("alternative", "en", since, "", other))
    if former:
        pieces = former_pieces(premises, setting, former)
        texts.append(PremisesText("historical", "en", "1998-04-01", since, pieces))
    return tuple(texts)
