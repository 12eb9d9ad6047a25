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

_POSTAL_SUBURBS = 0.2
"""Postal addresses of a town that name its suburb."""
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
    """Leave out what one register omits where the rest still tells: a name beside a number, one end of a range."""
    chance = rng.random()
    named = bool(premises.building) and premises.number >= 0
    house = named and not premises.flat and not premises.floor and premises.kind in {"house", "farm"}
    if house and chance < 0.24:
        return (
            _numberless(premises) if chance < (0.1 if gazetteer else 0.16) else replace(premises, building="")
        )
    block = named and premises.kind in {"flat", "block"} and len(premises.building) > _TELLING_NAME
    if block and not gazetteer and chance < 0.22:
        return _numberless(premises)
    if premises.number_end >= 0 and not gazetteer and chance > 0.72:
        number = premises.number if chance < 0.86 else premises.number_end
        return replace(premises, number=number, number_end=-1)
    if gazetteer and premises.building.startswith("THE OLD ") and chance < 0.3:
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
    """Sub-building, building and number as one register writes them."""
    separator = " " if gazetteer else ", "
    if premises.flat and reads_as_suffix(premises) and not premises.floor:
        chance = rng.random()
        if gazetteer and chance < 0.14 and premises.flat in _FLOOR_OF_LETTER:
            floor = piece(_FLOOR_OF_LETTER[premises.flat], Label.SUB_BUILDING)
            return [floor, suffix_flat_piece(premises, gap=" ")]
        if gazetteer and chance < 0.36:
            return [suffix_flat_piece(premises, gap=" ")]
        if not gazetteer and chance < 0.5:
            return [suffix_flat_piece(premises)]
    if gazetteer and len(premises.flat) == 1 and reads_as_suffix(premises) and rng.random() < 0.08:
        return _doubled(premises, rng)
    if gazetteer and premises.country == "S" and premises.flat.isdigit() and premises.number >= 0:
        alone = not premises.building and premises.number_end < 0 and not premises.suffix
        if alone and rng.random() < 0.3:
            return [slash_flat_piece(premises)]
    pieces = building_pieces(
        premises, word=_flat_word(premises, rng, gazetteer=gazetteer), separator=separator
    )
    dash, gap = (" ", " ") if gazetteer else ("-", "")
    if gazetteer and rng.random() < 0.06:
        dash = "-"
    number = number_piece(premises, dash=dash, gap=gap, separator=separator)
    if number is not None:
        pieces.append(number)
    return pieces


def _doubled(premises: Premises, rng: Random) -> list[Piece]:
    """Write a lettered flat as some councils do: 7 C 7, or BASEMENT FLAT A 7."""
    whole = piece(str(premises.number), Label.NUMBER)
    if rng.random() < 0.6 or premises.flat not in _FLOOR_OF_LETTER:
        return [piece(f"{premises.number} {premises.flat}", Label.SUB_BUILDING), whole]
    return [piece(f"{_FLOOR_OF_LETTER[premises.flat]} {premises.flat}", Label.SUB_BUILDING), whole]


def _flat_word(premises: Premises, rng: Random, *, gazetteer: bool) -> str | None:
    if not premises.flat or premises.flat_word not in _OTHER_WORDS:
        return None
    chance = rng.random()
    droppable = premises.building and premises.flat_word in {"FLAT", "APARTMENT"} and premises.flat.isdigit()
    if droppable and chance < (0.28 if gazetteer else 0.4):
        return ""
    if chance > 0.96:
        words = _OTHER_WORDS[premises.flat_word]
        return words[int(rng.random() * len(words))]
    return None


def postal_pieces(
    premises: Premises, setting: Setting, rng: Random, *, welsh: bool = False
) -> tuple[Piece, ...]:
    """Write an address as the post does: commas between its lines, the town, no authority."""
    premises = _as_written(premises, rng, gazetteer=False)
    chance = rng.random()
    separator = " " if chance < 0.22 else ", "
    first = organisation_pieces(premises, separator=separator)
    if first and rng.random() < (0.15 if premises.classification == "CM02" else 0.02):
        first.insert(0, first[0])
    first += _numbered(premises, rng, gazetteer=separator == " " and chance < 0.1)
    named_only = (
        premises.number < 0 and bool(premises.building or premises.organisation) and not premises.flat
    )
    if premises.street and not (
        named_only
        and premises.kind != "po_box"
        and setting.village
        and (rng.random() < 0.45 or is_described(premises.street))
    ):
        after_number = ", " if separator == ", " and rng.random() < 0.12 else " "
        last_is_number = premises.number >= 0 or (bool(first) and first[-1].text[:1].isdigit())
        opening = after_number if last_is_number else separator
        first += street_pieces(premises, welsh=welsh, separator=separator, first=opening)
    locality = None
    if setting.village or not premises.street or rng.random() < _POSTAL_SUBURBS:
        locality = locality_piece(premises, separator=separator)
    county = county_piece(premises.county, separator=separator) if rng.random() < 0.16 else None
    postcode = postcode_piece(premises, separator=separator if rng.random() < 0.85 else " ")
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
    first = organisation_pieces(premises) if chance < 0.8 or not alone else []
    first += _numbered(premises, rng, gazetteer=True)
    if premises.kind == "house" and premises.number > 0 and rng.random() < 0.001:
        first.insert(0, _remark(premises))
    first += street_pieces(premises)
    place = replace(premises, locality=setting.ward) if setting.ward else premises
    locality = locality_piece(place) if setting.village or chance < 0.75 else None
    townless = 0.6 if setting.village else 0.05
    town = None if locality is not None and rng.random() < townless else town_piece(premises)
    authority = authority_piece(premises, setting.authority_words) if rng.random() < 0.96 else None
    return _joined(first, [locality, town, authority, postcode_piece(premises)])


def alternative_pieces(premises: Premises, rng: Random) -> tuple[Piece, ...] | None:
    """Write a premises by its name alone, or by its number alone; None where it has only one of them."""
    if premises.number < 0 or not (premises.building or premises.organisation) or premises.flat:
        return None
    if premises.organisation and (premises.building or premises.department):
        return None
    number = number_piece(premises)
    by_name = rng.random() < 0.5
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
    if (chance < 0.64 and not unposted) or premises.kind in {"po_box", "room"}:
        texts.append(PremisesText("postal", "en", since, "", postal_pieces(premises, setting, rng)))
    if (chance >= 0.25 or unposted) and premises.kind != "po_box":
        texts.append(PremisesText("gazetteer", "en", since, "", gazetteer_pieces(premises, setting, rng)))
    if (premises.street_welsh or premises.town_welsh) and rng.random() < 0.45:
        pieces = postal_pieces(premises, setting, rng, welsh=True)
        texts.append(PremisesText("alternative", "cy", since, "", pieces))
    if chance > 0.88 and not unposted:
        other = alternative_pieces(premises, rng)
        if other is not None:
            texts.append(PremisesText("alternative", "en", since, "", other))
    if former:
        pieces = former_pieces(premises, setting, former)
        texts.append(PremisesText("historical", "en", "1998-04-01", since, pieces))
    return tuple(texts)
