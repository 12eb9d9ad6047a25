"""Rows of homes with a name of their own, on a street or in a village: 4 ALDER TERRACE, ALDER, 2 ROSE COTTAGES."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises

_TAILS = (
    ("COTTAGES",) * 6
    + ("TERRACE",) * 5
    + ("COURT",) * 4
    + ("VILLAS", "VILLAS", "MEWS", "PLACE", "YARD", "ROW")
)
_RARE_TAILS = ("ALMSHOUSES", "BUNGALOWS", "GARDENS", "BUILDINGS", "BARNS", "GATE", "CRESCENT", "HOUSES")
_STREETLESS = {True: 0.4, False: 0.12}
"""Rows of a village and of a town that stand on no named street; number and name then read as number and street."""


def row_of_homes(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Number the homes of one row; now and then the street has the name of the row."""
    rng = builder.rng
    stem = row_stem(builder)
    chance = rng.random()
    if chance < _STREETLESS[village]:
        site = builder.site(village=village, street=StreetName(""))
    elif chance > 0.93:
        site = builder.site(village=village, street=StreetName(stem if chance > 0.97 else f"{stem} ROAD"))
    else:
        site = builder.site(village=village)
    tails = _TAILS if rng.random() < 0.85 else _RARE_TAILS
    building = f"{stem} {rng.choice(tails)}"
    postcode = site.postcodes.next()
    for number in range(1, 3 + int(rng.random() * 9)):
        yield builder.lay(site, "house", "RD04", flat=str(number), building=building, postcode=postcode)


def row_stem(builder: DistrictBuilder) -> str:
    """Name a row or a parade without its last word."""
    vocabulary, rng = builder.vocabulary, builder.rng
    chance = rng.random()
    if chance < 0.3:
        return vocabulary.pick("land", rng)
    if chance < 0.45:
        return vocabulary.pick("trees", rng)
    if chance < 0.6:
        return vocabulary.pick("people", rng)
    if chance < 0.75:
        return vocabulary.surname(rng)
    return vocabulary.coin(builder.district.country, rng)
