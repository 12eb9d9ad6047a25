"""Businesses and public places: shops, surgeries, schools, churches, pubs, units on estates."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.country.organisations import branch, organisation, sister_of
from address_match.models.synthesis.premises import Premises

_BRANCH_SHARE = 0.03
_CODES = {
    "shops": "CR08",
    "food": "CR07",
    "trades": "CI01",
    "offices": "CO01",
    "health": "CM02",
    "care": "RI01",
    "schools": "CE03",
    "churches": "ZW99",
    "clubs": "CL06",
    "pubs": "CR06",
}


_SISTER_SHARE = 0.3
"""Public places beside which their sister stands, where the name has one."""
_FORMER_SHARE = 0.1
"""Businesses that had another name before."""

_JOINED_SHOPS_SHARE = 0.18
"""Shops that take two or three numbers."""
_EMPTY_SHOP_BELOW = 0.2
_LETTERED_SHOP_SHARE, _SHOP_DEPARTMENT_SHARE = 0.06, 0.03
_NOTHING_ABOVE_FROM = 0.4
"""Chance above which a shop has no flat above it."""
_LETTER_ABOVE_BELOW, _FLOOR_ABOVE_BELOW = 0.45, 0.75
"""Chances below which the flat above is a letter behind the number, and a floor; else there are several flats."""

_NAMED_ESTATE_SHARE = 0.85
_GAP_SHARE = 0.08
"""Numbers of an estate behind which one is missing."""
_JOINED_UNITS_BELOW, _LETTERED_UNITS_BELOW = 0.06, 0.12
"""Chances below which two units are let together, and a unit was divided into A and B."""
_EMPTY_UNIT_SHARE = 0.3

_IN_A_HOUSE_BELOW = 0.25
"""Chance below which a surgery, an office or a home has the name of a house as well."""
_PUBLIC_DEPARTMENT_SHARE = 0.06
_NUMBERED_FROM, _NUMBER_RANGE_BELOW = 0.2, 0.27
"""Chances above which a public place may have a number, and below which that is a range."""
_NUMBERED_BELOW, _KNOWN_BY_NAME_BELOW = 0.7, 0.3
"""Chances below which it has one; schools, churches and clubs are known by their names."""
_VICARAGE_SHARE = 0.25
"""Churches and schools with the house of their own beside them."""


def _former(builder: DistrictBuilder, category: str, locality: str) -> str:
    return organisation(builder, category, locality) if builder.rng.random() < _FORMER_SHARE else ""


def shopping_street(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Build a parade of shops, with flats above some and ranges where two shops were joined."""
    rng = builder.rng
    site = builder.site(village=village, shops=True)
    number = 1 + int(rng.random() * 120)
    for _ in range(5 + int(rng.random() * 20)):
        joined = rng.random() < _JOINED_SHOPS_SHARE
        end = number + 2 * (1 + int(rng.random() * 2)) if joined else -1
        category = rng.choice(("shops", "shops", "food", "food", "offices", "health", "pubs"))
        chance = rng.random()
        name = "" if chance < _EMPTY_SHOP_BELOW else organisation(builder, category, site.locality)
        if name and rng.random() < _BRANCH_SHARE:
            name = branch(name, builder, site)
        suffix = "AB"[int(rng.random() * 2)] if not joined and rng.random() < _LETTERED_SHOP_SHARE else ""
        department = (
            builder.vocabulary.pick("departments", rng)
            if name and rng.random() < _SHOP_DEPARTMENT_SHARE
            else ""
        )
        shop = builder.lay(
            site,
            "business",
            _CODES[category],
            organisation=name,
            department=department,
            number=number,
            number_end=end,
            suffix=suffix,
            former=_former(builder, category, site.locality) if name else "",
        )
        yield shop
        yield from _above(builder, site, shop)
        number = max(end, number) + 2


def _above(builder: DistrictBuilder, site: Site, shop: Premises) -> Iterator[Premises]:
    """Put a flat above a shop, now and then: FLAT, 12A, FIRST FLOOR FLAT."""
    rng = builder.rng
    if shop.suffix or rng.random() > _NOTHING_ABOVE_FROM:
        return
    chance = rng.random()
    if chance < _LETTER_ABOVE_BELOW and shop.number_end < 0:
        yield builder.lay(site, "flat", "RD06", number=shop.number, suffix="A")
    elif chance < _FLOOR_ABOVE_BELOW:
        floor = rng.choice(("FIRST FLOOR FLAT", "THE FLAT", "FLAT ABOVE", "UPPER FLOORS", "FLAT OVER"))
        yield builder.lay(site, "flat", "RD06", floor=floor, number=shop.number, number_end=shop.number_end)
    else:
        for flat in range(1, 2 + int(rng.random() * 4)):
            yield builder.lay(
                site,
                "flat",
                "RD06",
                flat_word="FLAT",
                flat=str(flat),
                number=shop.number,
                number_end=shop.number_end,
            )


def estate_of_units(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Build an industrial estate or business park of units, with and without the names of their firms."""
    rng, vocabulary = builder.rng, builder.vocabulary
    site = builder.site(village=village)
    here = site.locality or builder.district.town
    stem = rng.choice((vocabulary.coin(builder.district.country, rng), here, vocabulary.surname(rng)))
    estate = f"{stem} {vocabulary.pick('estates', rng)}" if rng.random() < _NAMED_ESTATE_SHARE else ""
    word = rng.choice(("UNIT", "UNIT", "UNIT", "UNIT", "SUITE", "OFFICE", "WORKSHOP"))
    block = rng.choice(("", "", "", "A", "B"))
    number = 0
    for _ in range(4 + int(rng.random() * 22)):
        number += 1 + (rng.random() < _GAP_SHARE)
        chance = rng.random()
        flat = f"{block}{number}"
        if chance < _JOINED_UNITS_BELOW:
            flat = f"{number}{rng.choice(('-', '-', ' AND ', ' & '))}{number + 1}"
            number += 1
            yield _unit(builder, site, estate, "UNITS" if word == "UNIT" else word, flat)
            continue
        if chance < _LETTERED_UNITS_BELOW and not block:
            yield _unit(builder, site, estate, word, f"{number}A")
            flat = f"{number}B"
        yield _unit(builder, site, estate, word, flat)


def _unit(builder: DistrictBuilder, site: Site, estate: str, word: str, flat: str) -> Premises:
    rng = builder.rng
    category = rng.choice(("trades", "trades", "trades", "offices", "food"))
    name = "" if rng.random() < _EMPTY_UNIT_SHARE else organisation(builder, category, site.locality)
    return builder.lay(
        site,
        "unit",
        _CODES[category],
        organisation=name,
        flat_word=word,
        flat=flat,
        building=estate,
        former=_former(builder, category, site.locality) if name else "",
    )


def public_place(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Build a school, church, surgery, care home, club, pub or office building on a street of its own."""
    rng = builder.rng
    site = builder.site(village=village)
    number = 0
    for _ in range(1 + int(rng.random() * 4)):
        number += 2 + int(rng.random() * 30)
        category = rng.choice(
            ("schools", "schools", "churches", "health", "care", "clubs", "pubs", "trades", "offices")
        )
        name = organisation(builder, category, site.locality)
        chance = rng.random()
        building = ""
        if chance < _IN_A_HOUSE_BELOW and category in {"health", "offices", "care"}:
            building = f"{builder.vocabulary.coin(builder.district.country, rng)} HOUSE"
        department = (
            builder.vocabulary.pick("departments", rng) if rng.random() < _PUBLIC_DEPARTMENT_SHARE else ""
        )
        named = category in {"schools", "churches", "clubs"}
        numbered = _KNOWN_BY_NAME_BELOW if named else _NUMBERED_BELOW
        yield builder.lay(
            site,
            "business",
            _CODES[category],
            organisation=name,
            department=department,
            building=building,
            number=number if _NUMBERED_FROM < chance < numbered else -1,
            number_end=number + 2 if _NUMBERED_FROM < chance < _NUMBER_RANGE_BELOW else -1,
            postcode=site.postcodes.next() if category == "schools" else "",
            former=_former(builder, category, site.locality),
        )
        sister = sister_of(name) if rng.random() < _SISTER_SHARE else ""
        if sister:
            yield builder.lay(site, "business", _CODES[category], organisation=sister)
        if category in {"churches", "schools"} and rng.random() < _VICARAGE_SHARE:
            house = {"churches": "THE VICARAGE", "schools": "SCHOOL HOUSE"}[category]
            if house not in site.names:
                site.names.add(house)
                yield builder.lay(site, "house", "RD02", building=house)
