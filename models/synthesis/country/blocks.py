"""Buildings of many homes: blocks of flats, sheltered housing, student halls, caravan parks."""

from collections.abc import Iterator
from enum import Enum, auto
from random import Random

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares

_TREE_WORD = "{coined:.0}{trees}{ending}"
"""One word, WILLOWBROOK; a coined name is drawn for it and left out, as the draws of a seed have always been."""
_BLOCK_NAMES = Shares(
    {
        "{surname} {tail}": 0.25,
        "{trees} {tail}": 0.2,
        "{people} {tail}": 0.15,
        "{place} {tail}": 0.12,
        "{given_name} {tail}": 0.06,
        "THE {land}": 0.06,
        "{given_name} {surname} {tail}": 0.01,
        "{coined}": 0.07,
        _TREE_WORD: 0.04,
        "{coined} {tail}": 0.04,
    }
)
"""Forms of the names of blocks of flats (`Vocabulary.fill`); those of an estate often have one word for a name."""
_TREE_ENDINGS = ("BROOK", "WOOD", "DENE", "LEIGH")

_NAMED_BELOW, _NUMBERED_BELOW = 0.85, 0.4
"""Chances below which a block has a name, and a number beside it; one without a name has a number."""
_NUMBER_RANGE_SHARE = 0.22
"""Numbered blocks that take several numbers of the street."""
_APARTMENTS_FROM, _APARTMENTS_SHARE = 0.75, 0.12
"""Chance above which the flats are called apartments, and the share of the other blocks where they are, too."""
_WORDLESS_SHARE = 0.18
"""Named blocks whose flats have no word before their number: 14 ALDER COURT."""
_BLOCK_PARENT_SHARE = 0.8
"""Blocks that are premises of the register themselves."""
_MAISONETTE_SHARE = 0.01
_PENTHOUSE_SHARE = 0.06

_FLATS_OF_A_BLOCK = (2.6, 0.7)
"""Mean and standard deviation of the logarithm of their number."""


class _Doors(Enum):
    """How the flats of a block are designated."""

    COUNTED = auto()
    """1, 2, 3."""
    OF_A_WING = auto()
    """B1, B2, B3."""
    BY_STOREY = auto()
    """101, 102, 201."""
    DOTTED = auto()
    """0.01, 0.02, 1.01."""
    GROUND_AND_STOREY = auto()
    """G1, G2, 101."""
    LETTERED = auto()
    """A, B, C."""


_DOORS = Shares(
    {
        _Doors.COUNTED: 0.75,
        _Doors.OF_A_WING: 0.06,
        _Doors.BY_STOREY: 0.06,
        _Doors.DOTTED: 0.03,
        _Doors.GROUND_AND_STOREY: 0.02,
        _Doors.LETTERED: 0.08,
    }
)
_COUNTED_FROM_ONE_SHARE = 0.85
_FLAT_BETWEEN_SHARE = 0.004
"""Flats behind which another one was made: 12, 12A."""

_HALL_KINDS = ("STUDENT VILLAGE", "HALL", "HALL OF RESIDENCE", "COURT", "HOUSE", "STUDENT ACCOMMODATION")
_NUMBERED_HALL_SHARE = 0.4
_LETTERED_ROOMS_SHARE, _SPELT_ROOMS_SHARE = 0.75, 0.5
"""Halls of flats with lettered rooms, and those that write them in words: FLAT 79 ROOM A for FLAT 79A."""
_WHOLE_FLAT_SHARE = 0.25
"""Shared flats that the register holds alone, with its letters: 79 A - F."""
_PARK_KINDS = ("CARAVAN PARK", "CARAVAN SITE", "MOBILE HOME PARK", "HOLIDAY PARK", "RESIDENTIAL PARK")
_PARK_ON_STREET_SHARE = 0.7


def block_name(builder: DistrictBuilder) -> str:
    """Return a name for a block of flats: ALDER COURT."""
    form = _BLOCK_NAMES.draw(builder.rng)
    return builder.fill(form, tail=builder.vocabulary.pick("block_tails", builder.rng), ending=_TREE_ENDINGS)


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
    building = block_name(builder) if chance < _NAMED_BELOW else ""
    numbered = not building or chance < _NUMBERED_BELOW
    number_end = (
        number + 2 * (1 + int(rng.random() * 8)) if numbered and rng.random() < _NUMBER_RANGE_SHARE else -1
    )
    number = number if numbered else -1
    word = "APARTMENT" if chance > _APARTMENTS_FROM or rng.random() < _APARTMENTS_SHARE else "FLAT"
    if building and rng.random() < _WORDLESS_SHARE:
        word = ""
    parent = ""
    if rng.random() < _BLOCK_PARENT_SHARE:
        whole = builder.lay(site, "block", "PP", building=building, number=number, number_end=number_end)
        parent = whole.uprn
        yield whole
    for flat in _flats(builder):
        yield builder.lay(
            site,
            "flat",
            "RD06",
            parent=parent,
            flat_word="MAISONETTE" if word == "FLAT" and rng.random() < _MAISONETTE_SHARE else word,
            flat=flat,
            building=building,
            number=number,
            number_end=number_end,
        )
    if word and rng.random() < _PENTHOUSE_SHARE:
        yield builder.lay(
            site, "flat", "RD06", parent=parent, flat_word="PENTHOUSE", building=building, number=number
        )


def _flats(builder: DistrictBuilder) -> Iterator[str]:
    """Designate the flats of a block: 1 to n mostly, or by storey (302, 3.02, G4), or letters."""
    rng = builder.rng
    count = max(4, min(int(rng.lognormvariate(*_FLATS_OF_A_BLOCK)), 180))
    way = _DOORS.draw(rng)
    if way is _Doors.COUNTED:
        yield from _counted_flats(count, rng)
    elif way is _Doors.OF_A_WING:
        wing = "ABCDE"[int(rng.random() * 5)]
        for place in range(min(count, 40)):
            yield f"{wing}{place + 1}"
    else:
        doors = 4 + int(rng.random() * 5)
        for place in range(min(count, 24) if way is _Doors.LETTERED else count):
            yield _flat_on_storey(way, place, *divmod(place, doors))


def _counted_flats(count: int, rng: Random) -> Iterator[str]:
    start = 1 if rng.random() < _COUNTED_FROM_ONE_SHARE else 1 + 10 * int(rng.random() * 8)
    for place in range(count):
        yield str(start + place)
        if rng.random() < _FLAT_BETWEEN_SHARE:
            yield f"{start + place}A"


def _flat_on_storey(way: _Doors, place: int, storey: int, door: int) -> str:
    if way is _Doors.LETTERED:
        return "ABCDEFGHJKLMNPQRSTUVWXYZ"[place]
    if way is _Doors.DOTTED:
        return f"{storey}.{door + 1:02d}"
    if way is _Doors.GROUND_AND_STOREY:
        return f"G{door + 1}" if storey == 0 else f"{storey}{door + 1:02d}"
    return f"{storey + 1}{door + 1:02d}"


def student_hall(builder: DistrictBuilder) -> Iterator[Premises]:
    """Build a hall: flats by number, rooms by letter (FLAT 79 ROOM A), or rooms by number."""
    rng, vocabulary = builder.rng, builder.vocabulary
    site = builder.site(village=False)
    kind = rng.choice(_HALL_KINDS)
    building = f"{vocabulary.surname(rng)} {kind}"
    number = 1 + int(rng.random() * 80) if rng.random() < _NUMBERED_HALL_SHARE else -1
    whole = builder.lay(site, "block", "RI03", building=building, number=number)
    yield whole
    first = 1 + int(rng.random() * 90)
    lettered, spelled = rng.random() < _LETTERED_ROOMS_SHARE, rng.random() < _SPELT_ROOMS_SHARE
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
    if builder.rng.random() < _WHOLE_FLAT_SHARE:
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
    rng = builder.rng
    site = builder.site(village=True, street=None if rng.random() < _PARK_ON_STREET_SHARE else StreetName(""))
    building = builder.fill("{coined} {kind}", kind=rng.choice(_PARK_KINDS))
    whole = builder.lay(site, "business", "CH02", organisation=building)
    yield whole
    word = rng.choice(("PLOT", "CARAVAN", "PITCH", "", "MOBILE HOME"))
    for plot in range(1, 6 + int(rng.random() * 24)):
        yield builder.lay(
            site, "flat", "RD01", parent=whole.uprn, flat_word=word, flat=str(plot), building=building
        )
