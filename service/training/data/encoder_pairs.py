"""Pairs of texts of premises, synthetic or of a user's reference, for the encoder to learn from."""

import random
from collections.abc import Iterator, Sequence
from zlib import crc32

from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.texts.training_texts import text_pairs

NAMELESS_KINDS = frozenset({"street_record", "land"})
"""Kinds that the encoder does not learn from: their texts name no premises."""


def synthetic_pairs(premises: Sequence[Premises], count: int, seed: int) -> TrainingPairs:
    """Draw premises, at most `count` and none twice, and write two texts of each."""
    rng = random.Random(seed)
    named = [place for place in premises if place.kind not in NAMELESS_KINDS]
    drawn = list(draw(named, min(count, len(named)), rng))
    return TrainingPairs(
        list(text_pairs(drawn, rng)), [_street(place) for place in drawn], _along_street(drawn)
    )


def draw(premises: Sequence[Premises], count: int, rng: random.Random) -> Iterator[Premises]:
    """Draw premises, all of them once before any a second time."""
    shuffled = list(premises)
    while count > 0:
        rng.shuffle(shuffled)
        yield from shuffled[:count]
        count -= len(shuffled)


def _street(place: Premises) -> int:
    return crc32("|".join((place.street or place.building, place.town)).encode())


def _along_street(premises: Sequence[Premises]) -> list[int]:
    """Number the premises so that flats of one building, and neighbouring numbers, follow each other."""

    def place(position: int) -> tuple[str, int, str, str, int, str]:
        one = premises[position]
        return one.dependent_street, one.number, one.building, one.suffix, len(one.flat), one.flat

    ranks = [0] * len(premises)
    for rank, position in enumerate(sorted(range(len(premises)), key=place)):
        ranks[position] = rank
    return ranks
