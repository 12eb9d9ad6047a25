"""Buildings of many homes: blocks of flats, sheltered housing, student halls, caravan parks."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises


def block_name(builder: DistrictBuilder) -> str:
    """Name a block of flats: ALDER COURT."""
    vocabulary, rng = builder.vocabulary, builder.rng
    chance = rng.random()
    tail = vocabulary.pick("block_tails", rng)
    if chance < 0.25:
        return f"{vocabulary.surname(rng)} {tail}"
    if chance < 0.45:
        return f"{vocabulary.pick('trees', rng)} {tail}"
    if chance < 0.6:
        return f"{vocabulary.pick('people', rng)} {tail}"
    if chance < 0.72:
        return f"{vocabulary.place(rng)} {tail}"
    if chance < 0.78:
        return f"{vocabulary.given_name(rng)} {tail}"
    if chance < 0.84:
        return f"THE {vocabulary.pick('land', rng)}"
    if chance < 0.85:
        return f"{vocabulary.given_name(rng)} {vocabulary.surname(rng)} {tail}"
    if chance < 0.96:
        # Blocks of an estate often have one word for a name: WILLOWBROOK, BACTON.
        coined = vocabulary.coin(builder.district.country, rng)
        return (
            coined
            if chance < 0.92
            else vocabulary.pick("trees", rng) + rng.choice(("BROOK", "WOOD", "DENE", "LEIGH"))
        )
    return f"{vocabulary.coin(builder.district.country, rng)} {tail}"


def block_of_flats(builder: DistrictBuilder, *, village: bool) -> Iterator[Premises]:
    """Build one to three blocks on one street, each with its parent and its flats."""
    rng = builder.rng
    site = builder.site(village=village)
    number = 1 + int(rng.random() * 90)
    for _ in range(1 + int(rng.random() ** 2 * 3)):
        number += 20 + int(rng.random() * 12)
        yield from _block(builder, site, number)


def _block(builder: DistrictBuilder, site: Site, number: int) -> Iterator[Premises]:
    rng = builder.rng
    chance = rng.random()
    building = block_name(builder) if chance < 0.85 else ""
    numbered = not building or chance < 0.4
    number_end = number + 2 * (1 + int(rng.random() * 8)) if numbered and rng.random() < 0.22 else -1
    number = number if numbered else -1
    word = "APARTMENT" if chance > 0.75 or rng.random() < 0.12 else "FLAT"
    if building and rng.random() < 0.18:
        word = ""
    parent = ""
    if rng.random() < 0.8:
        whole = builder.lay(site, "block", "PP", building=building, number=number, number_end=number_end)
        parent = whole.uprn
        yield whole
    for flat in _flats(builder):
        yield builder.lay(
            site,
            "flat",
            "RD06",
            parent=parent,
            flat_word="MAISONETTE" if word == "FLAT" and rng.random() < 0.01 else word,
            flat=flat,
            building=building,
            number=number,
            number_end=number_end,
        )
    if word and rng.random() < 0.06:
        yield builder.lay(
            site, "flat", "RD06", parent=parent, flat_word="PENTHOUSE", building=building, number=number
        )


def _flats(builder: DistrictBuilder) -> Iterator[str]:
    """Designate the flats of a block: 1 to n mostly, or by storey (302, 3.02, G4), or letters."""
    rng = builder.rng
    count = max(4, min(int(rng.lognormvariate(2.6, 0.7)), 180))
    way = rng.random()
    if way < 0.75:
        start = 1 if rng.random() < 0.85 else 1 + 10 * int(rng.random() * 8)
        for place in range(count):
            yield str(start + place)
            if rng.random() < 0.004:
                yield f"{start + place}A"
        return
    if way < 0.81:
        wing = "ABCDE"[int(rng.random() * 5)]
        for place in range(min(count, 40)):
            yield f"{wing}{place + 1}"
        return
    doors = 4 + int(rng.random() * 5)
    for place in range(min(count, 24) if way > 0.92 else count):
        storey, door = divmod(place, doors)
        if way < 0.87:
            yield f"{storey + 1}{door + 1:02d}"
        elif way < 0.9:
            yield f"{storey}.{door + 1:02d}"
        elif way < 0.92:
            yield f"G{door + 1}" if storey == 0 else f"{storey}{door + 1:02d}"
        else:
            yield "ABCDEFGHJKLMNPQRSTUVWXYZ"[place]


def student_hall(builder: DistrictBuilder) -> Iterator[Premises]:
    """Build a hall: flats by number, rooms by letter (FLAT 79 ROOM A), or rooms by number."""
    rng, vocabulary = builder.rng, builder.vocabulary
    site = builder.site(village=False)
    kind = rng.choice(
        ("STUDENT VILLAGE", "HALL", "HALL OF RESIDENCE", "COURT", "HOUSE", "STUDENT ACCOMMODATION")
    )
    building = f"{vocabulary.surname(rng)} {kind}"
    number = 1 + int(rng.random() * 80) if rng.random() < 0.4 else -1
    whole = builder.lay(site, "block", "RI03", building=building, number=number)
    yield whole
    first = 1 + int(rng.random() * 90)
    lettered, spelled = rng.random() < 0.75, rng.random() < 0.5
    for flat in range(first, first + 3 + int(rng.random() * 8)):
        if lettered:
            yield from _shared_flat(builder, site, whole, flat, spelled=spelled)
        else:
            yield builder.lay(
                site,
                "room",
                "RH02",
                parent=whole.uprn,
                flat_word="ROOM",
                flat=str(flat),
                building=building,
                number=number,
            )


def _shared_flat(
    builder: DistrictBuilder, site: Site, hall: Premises, flat: int, *, spelled: bool
) -> Iterator[Premises]:
    """Let a flat by the room; now and then the register holds the flat alone, with its letters: 79 A - F."""
    letters = "ABCDEFGH"[: 3 + int(builder.rng.random() * 5)]
    if builder.rng.random() < 0.25:
        yield builder.lay(
            site,
            "flat",
            "RH02",
            parent=hall.uprn,
            flat_word="FLAT",
            flat=f"{flat} A - {letters[-1]}",
            building=hall.building if hall.number < 0 else "",
            number=hall.number,
        )
        return
    for room in letters:
        yield builder.lay(
            site,
            "room",
            "RH02",
            parent=hall.uprn,
            flat_word="FLAT",
            flat=f"{flat} ROOM {room}" if spelled else f"{flat}{room}",
            building=hall.building,
            number=hall.number,
        )


def caravan_park(builder: DistrictBuilder) -> Iterator[Premises]:
    """Lay out a park of caravans or mobile homes."""
    rng, vocabulary = builder.rng, builder.vocabulary
    site = builder.site(village=True, street=None if rng.random() < 0.7 else StreetName(""))
    kind = rng.choice(
        ("CARAVAN PARK", "CARAVAN SITE", "MOBILE HOME PARK", "HOLIDAY PARK", "RESIDENTIAL PARK")
    )
    building = f"{vocabulary.coin(builder.district.country, rng)} {kind}"
    whole = builder.lay(site, "business", "CH02", organisation=building)
    yield whole
    word = rng.choice(("PLOT", "CARAVAN", "PITCH", "", "MOBILE HOME"))
    for plot in range(1, 6 + int(rng.random() * 24)):
        yield builder.lay(
            site, "flat", "RD01", parent=whole.uprn, flat_word=word, flat=str(plot), building=building
        )
