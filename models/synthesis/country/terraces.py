"""Rows of homes with a name of their own, on a street or in a village: 4 ALDER TERRACE, ALDER, 2 ROSE COTTAGES."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares

_TAILS = (
    ("COTTAGES",) * 6
    + ("TERRACE",) * 5
    + ("COURT",) * 4
    + ("VILLAS", "VILLAS", "MEWS", "PLACE", "YARD", "ROW")
)
_RARE_TAILS = ("ALMSHOUSES", "BUNGALOWS", "GARDENS", "BUILDINGS", "BARNS", "GATE", "CRESCENT", "HOUSES")
_STREETLESS = {True: 0.4, False: 0.12}
"""Rows of a village and of a town that stand on no named street; number and name then read as number and street."""
_ON_OWN_STREET_FROM, _STREET_OF_ONE_NAME_FROM = 0.93, 0.97
"""Chances above which a row stands on a street with its name, ALDER ROAD, and above which that is the name alone,
ALDER.
"""
_USUAL_TAIL_SHARE = 0.85
_STEMS = Shares({"{land}": 0.3, "{trees}": 0.15, "{people}": 0.15, "{surname}": 0.15, "{coined}": 0.25})
"""Forms of the names of rows and parades (`Vocabulary.fill`)."""


def row_of_homes(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Number the homes of one row; now and then the street has the name of the row."""
    rng = builder.rng
    stem = row_stem(builder)
    chance = rng.random()
    if chance < _STREETLESS[village]:
        site = builder.site(village=village, street=StreetName(""))
    elif chance > _ON_OWN_STREET_FROM:
        name = stem if chance > _STREET_OF_ONE_NAME_FROM else f"{stem} ROAD"
        site = builder.site(village=village, street=StreetName(name))
    else:
        site = builder.site(village=village)
    tails = _TAILS if rng.random() < _USUAL_TAIL_SHARE else _RARE_TAILS
    building = f"{stem} {rng.choice(tails)}"
    postcode = site.postcodes.next()
    for number in range(1, 3 + int(rng.random() * 9)):
        yield builder.lay(site, "house", "RD04", flat=str(number), building=building, postcode=postcode)


def row_stem(builder: DistrictBuilder) -> str:
    """Return a name for a row or a parade, without its last word."""
    return builder.fill(_STEMS.draw(builder.rng))
