"""What has an entry in a gazetteer and no letter box: garages, parking spaces, substations, streets, PO boxes."""

from collections.abc import Iterator

from address_match.models.synthesis.country.commerce import organisation
from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises


def garages(builder: DistrictBuilder) -> Iterator[Premises]:
    """Lay garages or parking spaces in a row."""
    rng = builder.rng
    site = builder.site(village=False)
    word, code = rng.choice(
        (("GARAGE", "RG02"), ("GARAGE", "RG02"), ("CAR PARK SPACE", "RC01"), ("PARKING SPACE", "RC01"))
    )
    building = ""
    if rng.random() < 0.5:
        building = f"{builder.vocabulary.pick('trees', rng)} COURT"
    for number in range(1, 4 + int(rng.random() * 12)):
        yield builder.lay(site, "land", code, flat_word=word, flat=str(number), building=building)


def plant(builder: DistrictBuilder) -> Iterator[Premises]:
    """Lay a substation, an advertising right, a mast, or land beside a house."""
    rng = builder.rng
    site = builder.site(village=rng.random() < 0.4)
    number = 1 + int(rng.random() * 150)
    chance = rng.random()
    yield builder.lay(site, "house", "RD03", number=number)
    if chance < 0.5:
        yield builder.lay(
            site,
            "land",
            "CU11",
            building=rng.choice(("ELECTRICITY SUB STATION", "SUBSTATION", "ELECTRICITY SUBSTATION")),
        )
    elif chance < 0.7:
        beside = rng.choice(
            (
                "LAND ADJACENT TO",
                "LAND AT",
                "LAND REAR OF",
                "GARAGE REAR OF",
                "REAR OF",
                "ADJACENT TO",
                "OPPOSITE",
                "SITE OF",
                "WORKSHOP REAR OF",
            )
        )
        yield builder.lay(site, "land", "LD", building=beside, number=number)
    elif chance < 0.85:
        yield builder.lay(
            site,
            "land",
            "CT11",
            building=rng.choice(("TELECOMMUNICATIONS MAST", "PHONE MAST", "TELEPHONE KIOSK")),
        )
    else:
        yield builder.lay(
            site,
            "land",
            "LP",
            building=rng.choice(
                ("ALLOTMENT GARDENS", "RECREATION GROUND", "PLAYING FIELD", "CAR PARK", "PUBLIC CONVENIENCES")
            ),
        )


def street_record(builder: DistrictBuilder) -> Iterator[Premises]:
    """Write the record of a street itself."""
    site = builder.site(village=builder.rng.random() < 0.4)
    yield builder.lay(site, "street_record", "PS", organisation="", building="STREET RECORD")


def po_boxes(builder: DistrictBuilder) -> Iterator[Premises]:
    """Open boxes at the post office of the town."""
    rng = builder.rng
    site = builder.site(village=False, street=StreetName(""))
    number = 1 + int(rng.random() * 9000)
    for _ in range(1 + int(rng.random() * 5)):
        number += 1 + int(rng.random() * 40)
        name = organisation(builder, "offices", site.locality) if rng.random() < 0.6 else ""
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
    site = builder.site(village=rng.random() < 0.4)
    land = (
        f"LAND AT {builder.vocabulary.coin(builder.district.country, rng)} FARM" if rng.random() < 0.4 else ""
    )
    for plot in range(1, 3 + int(rng.random() * 20)):
        yield builder.lay(
            site, "house", "RD02", flat_word="PLOT", flat=str(plot), building=land, status="provisional"
        )
