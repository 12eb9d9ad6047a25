"""Places of many organisations: parades, shopping centres, markets, health centres, hospitals."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.country.organisations import organisation
from address_match.models.synthesis.country.terraces import row_stem
from address_match.models.synthesis.premises import Premises

_CENTRES = ("SHOPPING CENTRE",) * 5 + (
    "PRECINCT",
    "ARCADE",
    "RETAIL PARK",
    "RETAIL PARK",
    "MALL",
    "SHOPPING PARK",
)
_PARADES = ("PARADE",) * 6 + ("PRECINCT", "SHOPS", "BUILDINGS", "BROADWAY", "ARCADE")
_HEALTH = (
    ("HEALTH CENTRE",) * 5
    + ("MEDICAL CENTRE",) * 4
    + ("SURGERY", "CLINIC", "PRIMARY CARE CENTRE", "HEALTH CTR")
)
_HOSPITALS = (
    "GENERAL HOSPITAL",
    "HOSPITAL",
    "ROYAL INFIRMARY",
    "COMMUNITY HOSPITAL",
    "COTTAGE HOSPITAL",
    "INFIRMARY",
)
_WARDS = (
    *("WARD", "WARD", "WARD", "OUTPATIENTS", "RADIOLOGY DEPARTMENT", "MATERNITY UNIT", "PHARMACY DEPARTMENT"),
    *("EYE CLINIC", "DAY SURGERY UNIT", "PATHOLOGY", "ACCIDENT AND EMERGENCY", "DENTAL DEPARTMENT"),
)
_NAMED_PARADE_SHARE = 0.8
"""Parades with a name of their own; the others are THE PARADE."""
_EMPTY_SHOP_SHARE = 0.25
_SHOPPING_STREET_SHARE = 0.5
"""Shopping centres on a street that is named like one of shops."""
_ARTICLE_SHARE = 0.15
"""Shopping centres with an article before their name."""
_GAP_SHARE = 0.1
"""Numbers of a centre behind which one is missing."""
_JOINED_UNITS_SHARE = 0.12
_EMPTY_UNIT_SHARE = 0.15
_LET_STALL_SHARE = 0.8
_NUMBERED_HEALTH_CENTRE_SHARE, _NUMBERED_HOSPITAL_SHARE = 0.4, 0.15
_TRUST_SHARE = 0.5
"""Hospitals whose trust has its seat there."""
_TRUSTS = ("NHS TRUST", "NHS FOUNDATION TRUST", "HOSPITALS NHS TRUST", "COMMUNITY NHS TRUST", "HEALTH BOARD")


def parade(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Number the shops of a parade on a road: 3 ALDER PARADE, ELMLEY ROAD."""
    rng = builder.rng
    site = builder.site(village=village)
    building = f"{row_stem(builder) if rng.random() < _NAMED_PARADE_SHARE else 'THE'} {rng.choice(_PARADES)}"
    postcode = site.postcodes.next()
    for number in range(1, 4 + int(rng.random() * 9)):
        category = rng.choice(("shops", "shops", "food", "food", "health", "offices"))
        name = "" if rng.random() < _EMPTY_SHOP_SHARE else organisation(builder, category, site.locality)
        yield builder.lay(
            site,
            "business",
            "CR08",
            organisation=name,
            flat=str(number),
            building=building,
            postcode=postcode,
        )


def shopping_centre(builder: DistrictBuilder) -> Iterator[Premises]:
    """Let the units of a shopping centre or a retail park, some of them two together: UNITS 9 AND 10."""
    rng = builder.rng
    site = builder.site(village=False, shops=rng.random() < _SHOPPING_STREET_SHARE)
    building = f"{row_stem(builder)} {rng.choice(_CENTRES)}"
    if rng.random() < _ARTICLE_SHARE:
        building = f"THE {building}"
    postcode = site.postcodes.next()
    number = 0
    for _ in range(6 + int(rng.random() * 20)):
        number += 1 + (rng.random() < _GAP_SHARE)
        word, flat = rng.choice(("UNIT", "UNIT", "UNIT", "", "KIOSK")), str(number)
        if rng.random() < _JOINED_UNITS_SHARE:
            word, flat = "UNITS", f"{number}{rng.choice(('-', ' AND ', ' & ', ' TO '))}{number + 1}"
            number += 1
        name = (
            ""
            if rng.random() < _EMPTY_UNIT_SHARE
            else organisation(builder, rng.choice(("shops", "shops", "food")), "")
        )
        yield _let(builder, site, building, postcode, (word, flat), name)


def market(builder: DistrictBuilder) -> Iterator[Premises]:
    """Let the stalls of a market hall."""
    rng = builder.rng
    site = builder.site(village=False, shops=True)
    building = rng.choice(
        ("MARKET HALL", "INDOOR MARKET", "COVERED MARKET", f"{builder.district.town} MARKET")
    )
    postcode, word = site.postcodes.next(), rng.choice(("STALL", "STALL", "UNIT", "STALLS"))
    number = int(rng.random() * 40)
    for _ in range(3 + int(rng.random() * 10)):
        number += 1 + int(rng.random() * 3)
        flat = f"{number}-{number + 1}" if word == "STALLS" else str(number)
        number += word == "STALLS"
        name = (
            organisation(builder, rng.choice(("shops", "food")), "")
            if rng.random() < _LET_STALL_SHARE
            else ""
        )
        yield _let(builder, site, building, postcode, (word, flat), name)


def _let(
    builder: DistrictBuilder, site: Site, building: str, postcode: str, unit: tuple[str, str], name: str
) -> Premises:
    """Lay a shop in a building that has many: its unit by word and number, and the business in it, if any."""
    word, number = unit
    return builder.lay(
        site,
        "unit",
        "CR08",
        organisation=name,
        flat_word=word,
        flat=number,
        building=building,
        postcode=postcode,
    )


def health_centre(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """House several practices and a pharmacy under one roof, each with the name of the building behind its own."""
    rng = builder.rng
    site = builder.site(village=village)
    stem = rng.choice((site.locality or builder.district.town, row_stem(builder), site.name.english))
    building = f"{stem} {rng.choice(_HEALTH)}"
    number = 1 + int(rng.random() * 150) if rng.random() < _NUMBERED_HEALTH_CENTRE_SHARE else -1
    postcode = site.postcodes.next()
    names = dict.fromkeys(
        organisation(builder, "health", site.locality) for _ in range(1 + int(rng.random() * 3))
    )
    yield builder.lay(site, "business", "CM02", organisation=building, number=number, postcode=postcode)
    for name in names:
        yield builder.lay(
            site, "business", "CM02", organisation=name, building=building, number=number, postcode=postcode
        )


def hospital(builder: DistrictBuilder) -> Iterator[Premises]:
    """Build a hospital with its departments, and the trust that runs it."""
    rng = builder.rng
    site = builder.site(village=False)
    stem = rng.choice(
        (
            builder.district.town,
            site.locality or builder.district.town,
            builder.vocabulary.pick("saints", rng),
        )
    )
    name, postcode = f"{stem} {rng.choice(_HOSPITALS)}", site.postcodes.next()
    number = 1 + int(rng.random() * 60) if rng.random() < _NUMBERED_HOSPITAL_SHARE else -1
    yield builder.lay(site, "business", "CM03", organisation=name, number=number, postcode=postcode)
    for ward in dict.fromkeys(rng.choice(_WARDS) for _ in range(int(rng.random() * 5))):
        department = f"{ward} {1 + int(rng.random() * 30)}" if ward == "WARD" else ward
        yield builder.lay(
            site,
            "business",
            "CM03",
            organisation=name,
            department=department,
            number=number,
            postcode=postcode,
        )
    if rng.random() < _TRUST_SHARE:
        trust = f"{builder.district.town} {rng.choice(_TRUSTS)}"
        yield builder.lay(
            site, "business", "CO01", organisation=trust, building=name, number=number, postcode=postcode
        )
