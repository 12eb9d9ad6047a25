"""The words by which a place is named from its neighbour's number."""

import re
from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.noise.pieces import Pieces, retext_each
from address_match.parser.labels import Label

_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "REAR OF": ("R/O", "R/O", "AT REAR OF", "AT THE REAR OF", "BEHIND"),
    "ADJACENT TO": ("ADJ", "ADJ TO", "ADJOINING", "NEXT TO", "BESIDE"),
    "OPPOSITE": ("OPP",),
}
_POSITIONS = re.compile("|".join(_OTHERWISE), re.IGNORECASE)


def position_otherwise(pieces: Pieces, rng: Random) -> Pieces:
    """Write rear of, adjacent to and opposite as people shorten or replace them.

    >>> text(position_otherwise(address(building="REAR OF", number="12", street="MILL ROAD"), Random(0)))
    'AT THE REAR OF 12 MILL ROAD'
    """
    return retext_each(
        pieces,
        {Label.BUILDING, Label.OTHER},
        lambda words: _POSITIONS.sub(lambda found: rng.choice(_OTHERWISE[found[0].upper()]), words, count=1),
    )
