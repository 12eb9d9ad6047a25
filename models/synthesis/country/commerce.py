"""Businesses and public places: shops, surgeries, schools, churches, pubs, units on estates."""

from collections.abc import Iterator
from random import Random

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.premises import Premises

_CHAIN_SHARE = 0.3
"""Businesses of a chain that has one name in every town."""
_STYLED_SHARE = 0.12
"""Businesses that write themselves unlike the rest."""
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
_SUFFIXES = ("LTD", "LIMITED", "AND SON", "AND SONS", "BROS", "UK LTD", "GROUP", "SERVICES LTD", "& CO")


_SISTERS = (
    ("INFANT", "JUNIOR"),
    ("JUNIOR", "INFANT"),
    ("PRIMARY SCHOOL", "NURSERY SCHOOL"),
    ("BOYS", "GIRLS"),
    ("GIRLS", "BOYS"),
    ("HEALTH CENTRE", "HEALTH CENTRE PHARMACY"),
    ("MEDICAL CENTRE", "MEDICAL CENTRE PHARMACY"),
    ("SURGERY", "PHARMACY"),
)
_SISTER_SHARE = 0.3


def _denomination(rng: Random) -> str:
    return rng.choice(("", "C OF E ", "COFE ", "CE ", "R C ", "RC ", "CATHOLIC ", "VC ", "VA "))


def organisation(builder: DistrictBuilder, category: str, locality: str) -> str:
    """Name an organisation of a category of the vocabulary: HECKERLEY MOTORS LTD."""
    vocabulary, rng = builder.vocabulary, builder.rng
    if category in vocabulary.chains and rng.random() < _CHAIN_SHARE:
        return rng.choice(vocabulary.chains[category])
    what = vocabulary.pick(category, rng)
    locality = locality or builder.district.town
    if category == "pubs":
        return what if rng.random() < 0.3 else f"THE {what}"
    chance = rng.random()
    if category in {"schools", "churches"}:
        if chance < 0.35:
            return f"{vocabulary.pick('saints', rng)} {_denomination(rng) if chance < 0.2 else ''}{what}"
        if chance < 0.7:
            return f"{locality} {what}"
    if category in {"clubs", "health", "care"} and chance < 0.3:
        return f"{locality} {what}"
    if chance < 0.45:
        head = vocabulary.surname(rng)
        head = f"{head} & {vocabulary.surname(rng)}" if rng.random() < 0.15 else head
    elif chance < 0.55:
        head = vocabulary.given_name(rng)
    elif chance < 0.63:
        head = f"{vocabulary.pick('house_heads', rng)}"
    elif chance < 0.7:
        head = f"{vocabulary.pick('trees', rng)} {vocabulary.pick('land', rng)}"
    elif chance < 0.76:
        head = "".join(chr(65 + int(rng.random() * 26)) for _ in range(2 + int(rng.random() * 2)))
    else:
        head = vocabulary.coin(builder.district.country, rng)
    name = f"{head} {what}"
    if rng.random() < _STYLED_SHARE:
        return _styled(builder, name, what)
    if category in {"trades", "offices", "shops"} and rng.random() < 0.3:
        name = f"{name} {_SUFFIXES[int(rng.random() * len(_SUFFIXES))]}"
    return name


def _styled(builder: DistrictBuilder, name: str, what: str) -> str:
    """Write a business in a manner of its own: initials, t/a, a branch, a dash, a generic name alone."""
    vocabulary, rng = builder.vocabulary, builder.rng
    surname, initials = vocabulary.surname(rng), "".join(chr(65 + int(rng.random() * 26)) for _ in "ab")
    return rng.choice(
        (
            f"{initials[0]} {initials[1]} {surname} {what}",
            f"{initials[0]}.{initials[1]}. {surname}",
            f"{surname} {initials[0]} {what}",
            f"{surname} {initials} LTD",
            f"{initials[0]} & {initials[1]} {what}",
            f"{surname} LTD T/A {name}",
            f"{name} ({builder.district.town})",
            f"{name} - {vocabulary.coin(builder.district.country, rng)}",
            f"{surname}'S {what}",
            f"THE {what}",
            f"{what} 4 U",
            what,
        )
    )


def branch(name: str, builder: DistrictBuilder, site: Site) -> str:
    """Add to a name that many towns have where this one is, as some registers do: HECKERLEY NEWS - HIGH STREET."""
    rng = builder.rng
    where = rng.choice((site.name.english, site.locality or builder.district.town))
    return f"{name} - {where}" if rng.random() < 0.5 else f"{name} ({where})"


def _former(builder: DistrictBuilder, category: str, locality: str) -> str:
    return organisation(builder, category, locality) if builder.rng.random() < 0.1 else ""


def shopping_street(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Build a parade of shops, with flats above some and ranges where two shops were joined."""
    rng = builder.rng
    site = builder.site(village=village, shops=True)
    number = 1 + int(rng.random() * 120)
    for _ in range(5 + int(rng.random() * 20)):
        joined = rng.random() < 0.18
        end = number + 2 * (1 + int(rng.random() * 2)) if joined else -1
        category = rng.choice(("shops", "shops", "food", "food", "offices", "health", "pubs"))
        chance = rng.random()
        name = "" if chance < 0.2 else organisation(builder, category, site.locality)
        if name and rng.random() < _BRANCH_SHARE:
            name = branch(name, builder, site)
        suffix = "AB"[int(rng.random() * 2)] if not joined and rng.random() < 0.06 else ""
        department = builder.vocabulary.pick("departments", rng) if name and rng.random() < 0.03 else ""
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
    if shop.suffix or rng.random() > 0.4:
        return
    chance = rng.random()
    if chance < 0.45 and shop.number_end < 0:
        yield builder.lay(site, "flat", "RD06", number=shop.number, suffix="A")
    elif chance < 0.75:
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
    estate = f"{stem} {vocabulary.pick('estates', rng)}" if rng.random() < 0.85 else ""
    word = rng.choice(("UNIT", "UNIT", "UNIT", "UNIT", "SUITE", "OFFICE", "WORKSHOP"))
    block = rng.choice(("", "", "", "A", "B"))
    number = 0
    for _ in range(4 + int(rng.random() * 22)):
        number += 1 + (rng.random() < 0.08)
        chance = rng.random()
        flat = f"{block}{number}"
        if chance < 0.06:
            flat = f"{number}{rng.choice(('-', '-', ' AND ', ' & '))}{number + 1}"
            number += 1
            yield _unit(builder, site, estate, "UNITS" if word == "UNIT" else word, flat)
            continue
        if chance < 0.12 and not block:
            yield _unit(builder, site, estate, word, f"{number}A")
            flat = f"{number}B"
        yield _unit(builder, site, estate, word, flat)


def _unit(builder: DistrictBuilder, site: Site, estate: str, word: str, flat: str) -> Premises:
    rng = builder.rng
    category = rng.choice(("trades", "trades", "trades", "offices", "food"))
    name = "" if rng.random() < 0.3 else organisation(builder, category, site.locality)
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


def _sister_school(name: str) -> str:
    """Name the school that stands beside another and differs by one word; empty where there is none."""
    for one, other in _SISTERS:
        if one in name:
            return name.replace(one, other)
    return ""


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
        if chance < 0.25 and category in {"health", "offices", "care"}:
            building = f"{builder.vocabulary.coin(builder.district.country, rng)} HOUSE"
        department = builder.vocabulary.pick("departments", rng) if rng.random() < 0.06 else ""
        # Schools, churches and halls are known by their names.
        numbered = 0.3 if category in {"schools", "churches", "clubs"} else 0.7
        yield builder.lay(
            site,
            "business",
            _CODES[category],
            organisation=name,
            department=department,
            building=building,
            number=number if 0.2 < chance < numbered else -1,
            number_end=number + 2 if 0.2 < chance < 0.27 else -1,
            postcode=site.postcodes.next() if category == "schools" else "",
            former=_former(builder, category, site.locality),
        )
        sister = _sister_school(name) if rng.random() < _SISTER_SHARE else ""
        if sister:
            yield builder.lay(site, "business", _CODES[category], organisation=sister)
        if category in {"churches", "schools"} and rng.random() < 0.25:
            house = {"churches": "THE VICARAGE", "schools": "SCHOOL HOUSE"}[category]
            if house not in site.names:
                site.names.add(house)
                yield builder.lay(site, "house", "RD02", building=house)
