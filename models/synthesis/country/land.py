"""What has an entry in a gazetteer and no letter box: garages, parking spaces, substations, streets, PO boxes."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto

from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.organisations import organisation
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares

_NAMED_GARAGES_SHARE = 0.5
_VILLAGE_SHARE = 0.4
"""Plants, street records and building plots that lie in a village."""
_BOX_OF_COMPANY_SHARE = 0.6
"""Boxes that the register knows an organisation of."""
_FARMLAND_SHARE = 0.4
"""Developments on the land of a farm, whose name their plots have."""


class _Plant(Enum):
    """What stands beside a house and has no letter box."""

    SUBSTATION = auto()
    BESIDE_A_HOUSE = auto()
    """Land or a building that is named by the number of the house."""
    MAST = auto()
    OPEN_SPACE = auto()


_PLANTS = Shares(
    {_Plant.SUBSTATION: 0.5, _Plant.BESIDE_A_HOUSE: 0.2, _Plant.MAST: 0.15, _Plant.OPEN_SPACE: 0.15}
)
_PLANT_NAMES: Mapping[_Plant, tuple[str, ...]] = {
    _Plant.SUBSTATION: ("ELECTRICITY SUB STATION", "SUBSTATION", "ELECTRICITY SUBSTATION"),
    _Plant.BESIDE_A_HOUSE: (
        "LAND ADJACENT TO",
        "LAND AT",
        "LAND REAR OF",
        "GARAGE REAR OF",
        "REAR OF",
        "ADJACENT TO",
        "OPPOSITE",
        "SITE OF",
        "WORKSHOP REAR OF",
    ),
    _Plant.MAST: ("TELECOMMUNICATIONS MAST", "PHONE MAST", "TELEPHONE KIOSK"),
    _Plant.OPEN_SPACE: (
        "ALLOTMENT GARDENS",
        "RECREATION GROUND",
        "PLAYING FIELD",
        "CAR PARK",
        "PUBLIC CONVENIENCES",
    ),
}
_PLANT_CODES = {
    _Plant.SUBSTATION: "CU11",
    _Plant.BESIDE_A_HOUSE: "LD",
    _Plant.MAST: "CT11",
    _Plant.OPEN_SPACE: "LP",
}


def garages(builder: DistrictBuilder) -> Iterator[Premises]:
    """Lay garages or parking spaces in a row."""
    rng = builder.rng
    site = builder.site(village=False)
    word, code = rng.choice(
        (("GARAGE", "RG02"), ("GARAGE", "RG02"), ("CAR PARK SPACE", "RC01"), ("PARKING SPACE", "RC01"))
    )
    building = ""
    if rng.random() < _NAMED_GARAGES_SHARE:
        building = f"{builder.vocabulary.pick('trees', rng)} COURT"
    for number in range(1, 4 + int(rng.random() * 12)):
        yield builder.lay(site, "land", code, flat_word=word, flat=str(number), building=building)


def plant_beside_a_house(builder: DistrictBuilder) -> Iterator[Premises]:
    """Lay a substation, an advertising right, a mast, or land beside a house."""
    rng = builder.rng
    site = builder.site(village=rng.random() < _VILLAGE_SHARE)
    number = 1 + int(rng.random() * 150)
    plant = _PLANTS.draw(rng)
    yield builder.lay(site, "house", "RD03", number=number)
    yield builder.lay(
        site,
        "land",
        _PLANT_CODES[plant],
        building=rng.choice(_PLANT_NAMES[plant]),
        number=number if plant is _Plant.BESIDE_A_HOUSE else -1,
    )


def street_record(builder: DistrictBuilder) -> Iterator[Premises]:
    """Write the record of a street itself."""
    site = builder.site(village=builder.rng.random() < _VILLAGE_SHARE)
    yield builder.lay(site, "street_record", "PS", building="STREET RECORD")


def po_boxes(builder: DistrictBuilder) -> Iterator[Premises]:
    """Open boxes at the post office of the town."""
    rng = builder.rng
    site = builder.site(village=False, street=StreetName(""))
    number = 1 + int(rng.random() * 9000)
    for _ in range(1 + int(rng.random() * 5)):
        number += 1 + int(rng.random() * 40)
        name = organisation(builder, "offices", site.locality) if rng.random() < _BOX_OF_COMPANY_SHARE else ""
        yield builder.lay(
            site,
            "po_box",
            "OR00",
            organisation=name,
            building=f"PO BOX {number}",
            postcode=site.postcodes.next(),
        )


def building_plots(builder: DistrictBuilder) -> Iterator[Premises]:
    """Mark out the plots of a new development, which have no numbers yet."""
    rng = builder.rng
    site = builder.site(village=rng.random() < _VILLAGE_SHARE)
    land = (
        f"LAND AT {builder.vocabulary.coin(builder.district.country, rng)} FARM"
        if rng.random() < _FARMLAND_SHARE
        else ""
    )
    for plot in range(1, 3 + int(rng.random() * 20)):
        yield builder.lay(
            site, "house", "RD02", flat_word="PLOT", flat=str(plot), building=land, status="provisional"
        )
