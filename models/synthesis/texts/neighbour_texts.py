"""Texts that name another place by a numbered neighbour: a thing, where it lies, and whose number is quoted.

Some of the words are kept for measuring: a reader has to know the kind, not the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, find
from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label

_DIRECTIONS = ("NORTH", "SOUTH", "EAST", "WEST", "NORTH EAST", "SOUTH WEST")
_THINGS = (
    "LAND",
    "LAND",
    "LAND",
    "GARAGE",
    "GARAGES",
    "PLOT OF LAND",
    "SUBSTATION",
    "ELECTRICITY SUB STATION",
    "ADVERTISING HOARDING",
    "ADVERTISING RIGHT",
    "BUS SHELTER",
    "TELEPHONE KIOSK",
    "POST BOX",
    "CAR PARK",
    "PARKING SPACES",
    "BIN STORE",
    "AIRSPACE",
    "STORE",
    "YARD",
    "TELECOM MAST",
    "LAMP POST",
    "WORKSHOP",
    "ACCESS ROAD",
    "PADDOCK",
    "BARN",
    "OUTBUILDING",
    "GARDEN LAND",
    "GRASSED AREA",
    "TREES",
    "BOUNDARY WALL",
    "FENCE",
    "FOOTPATH",
    "KIOSK",
    "PILLAR BOX",
    "EQUIPMENT HOUSING",
    "SHED",
    "CELLAR",
    "ROOF VOID",
    "SKIP",
    "BENCH",
    "RECYCLING POINT",
    "EV CHARGER",
    "PUMPING STATION",
    "BUILDING PLOT",
)
_RELATIONS: Mapping[str, Label] = {
    "ADJACENT TO": Label.BUILDING,
    "ADJ TO": Label.BUILDING,
    "ADJ": Label.BUILDING,
    "ADJOINING": Label.BUILDING,
    "NEXT TO": Label.BUILDING,
    "NEXT DOOR TO": Label.BUILDING,
    "BESIDE": Label.BUILDING,
    "BEHIND": Label.BUILDING,
    "REAR OF": Label.BUILDING,
    "R/O": Label.BUILDING,
    "TO THE REAR OF": Label.BUILDING,
    "AT REAR OF": Label.BUILDING,
    "ABOVE": Label.BUILDING,
    "OVER": Label.BUILDING,
    "BELOW": Label.BUILDING,
    "UNDER": Label.BUILDING,
    "BACK OF": Label.BUILDING,
    "AT THE SIDE OF": Label.BUILDING,
    "ATTACHED TO": Label.BUILDING,
    "SERVING": Label.BUILDING,
    "AROUND": Label.BUILDING,
    "PART OF": Label.BUILDING,
    "OPPOSITE": Label.OTHER,
    "OPP": Label.OTHER,
    "OUTSIDE": Label.OTHER,
    "IN FRONT OF": Label.OTHER,
    "NEAR": Label.OTHER,
    "NR": Label.OTHER,
    "BY": Label.OTHER,
    "JUST PAST": Label.OTHER,
    "FACING": Label.OTHER,
}
_ONLY_OF_THINGS = (
    "AT",
    "AT",
    "{} OF",
    "TO THE {} OF",
    "TO {} OF",
    "ON THE {} SIDE OF",
    "LYING TO THE {} OF",
    "FORMING PART OF",
)
_WELSH: Mapping[str, Label] = {
    "TIR GER": Label.BUILDING,
    "TIR GYFERBYN A": Label.BUILDING,
    "TIR I'R GOGLEDD O": Label.BUILDING,
    "Y TU OL I": Label.BUILDING,
    "DRWS NESAF I": Label.BUILDING,
    "GYFERBYN A": Label.OTHER,
    "GER": Label.OTHER,
}
_WELSH_SHARE = 0.06
_THING_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class NeighbourWords:
    """The words that may stand before the number of a neighbour."""

    things: tuple[str, ...]
    relations: tuple[tuple[str, Label], ...]
    of_things: tuple[str, ...]
    """Relations that a thing is needed for; braces hold a direction."""


TRAINING_WORDS = NeighbourWords(_THINGS, tuple(_RELATIONS.items()), _ONLY_OF_THINGS)
RESERVED_WORDS = NeighbourWords(
    things=("VERGE", "CABINET", "FIELD", "CASH MACHINE", "SCAFFOLD", "BILLBOARD", "ALLOTMENTS", "SUBSOIL"),
    relations=(
        ("BENEATH", Label.BUILDING),
        ("ALONGSIDE", Label.BUILDING),
        ("UNDERNEATH", Label.BUILDING),
        ("CLOSE TO", Label.OTHER),
        ("ACROSS FROM", Label.OTHER),
    ),
    of_things=("WITHIN THE CURTILAGE OF", "FRONTING", "BOUNDED BY", "SITUATED {} OF", "IMMEDIATELY {} OF"),
)
"""Shown to no training."""


def neighbour_named(pieces: Pieces, rng: Random, words: NeighbourWords = TRAINING_WORDS) -> Pieces:
    """Write before the first house number what lies where; the same pieces where there is no number before a street.

    >>> from address_match.parser.labelled_text import Piece
    >>> [p.text for p in neighbour_named((Piece("12", Label.NUMBER), Piece("MILL ROAD", Label.STREET)), Random(4))]
    ['ADJOINING', '12', 'MILL ROAD']
    """
    index = find(pieces, Label.NUMBER)
    if index < 0 or index + 1 == len(pieces) or pieces[index + 1].label is not Label.STREET:
        return pieces
    phrase, label = _phrase(rng, words)
    number = pieces[index]
    return (Piece(phrase, label), Piece(number.text, number.label), *pieces[index + 1 :])


def _phrase(rng: Random, words: NeighbourWords) -> tuple[str, Label]:
    if words is TRAINING_WORDS and rng.random() < _WELSH_SHARE:
        return rng.choice(tuple(_WELSH.items()))
    relation, label = rng.choice(words.relations)
    if rng.random() >= _THING_SHARE:
        return relation, label
    if rng.random() < 1 / 2:
        relation = rng.choice(words.of_things).format(rng.choice(_DIRECTIONS))
    return f"{rng.choice(words.things)} {relation}", Label.BUILDING
