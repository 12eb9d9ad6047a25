"""The streets of the synthetic country that the shipped models are trained on, and how the learners share them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from address_match.models.synthesis.country.country import SyntheticCountry, district_premises
from address_match.models.synthesis.look_alikes import look_alikes
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference import is_left_out
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    street_split,
)
from address_match.service.training.size import TrainingSize

ONE_IN = 4
"""Of the premises of a district the readers learn from every fourth, so that they meet more streets for as many texts."""
ALL_DISTRICTS = 1_000_000
"""Premises of a country that is large enough to have every district."""
TOWNS = 0.4
"""Share of the towns in which ranker and calibration ask; all that stands around what they ask for is held."""
TOWNS_SEED = 17


@dataclass(frozen=True, slots=True)
class StreetsOfLearners:
    """Premises whose streets one learner sees and no other."""

    reading: tuple[Premises, ...]
    """Those of parser and encoder."""
    ranker: tuple[Premises, ...]
    calibration: tuple[Premises, ...]
    towns: tuple[Premises, ...]
    """In which those of ranker and calibration stand: whole towns, but for the streets that nothing learns from."""
    look_alikes: tuple[Premises, ...]
    """What is laid in those towns besides, to be taken for what stands there."""
    evaluation: tuple[Premises, ...]
    """Those that nothing learns from."""
    own_reading: tuple[Premises, ...] = ()
    """Those of a user's reference that the encoder learns from besides."""
    own: int = 0
    """Premises of the user's reference."""

    @property
    def synthetic_reading(self) -> tuple[Premises, ...]:
        """Return those whose every word is labelled for certain, for the parser."""
        return self.reading[: len(self.reading) - len(self.own_reading)]

    def joined_by(self, own: Sequence[Premises]) -> "StreetsOfLearners":
        """Add the streets of a user's reference to what the encoder reads; ranker and calibration see them in their place."""
        read = for_reading(own)
        return replace(self, reading=(*self.reading, *read), own_reading=read, own=len(own))


def share_out(seed: int, size: TrainingSize) -> StreetsOfLearners:
    """Make a country and share its streets out, some of them to nobody.

    Parser and encoder learn from a few streets of every district there is, ranker and calibration from whole towns, in which
    the neighbours that they must tell apart stand.
    """
    towns = SyntheticCountry(seed, size.premises)
    around, evaluation = [], []
    for place in towns.premises():
        if street_split(place) in EVALUATION_SPLITS:
            evaluation.append(place)
        elif is_left_out(place.town, seed=TOWNS_SEED, rate=TOWNS):
            around.append(place)
    return StreetsOfLearners(
        reading=reading_streets(seed, size.reading_premises),
        ranker=tuple(place for place in around if street_split(place) in RANKER_SPLITS),
        calibration=tuple(place for place in around if street_split(place) in CALIBRATION_SPLITS),
        towns=tuple(around),
        look_alikes=tuple(look_alikes(around, seed)),
        evaluation=tuple(evaluation),
    )


def reading_streets(seed: int, premises: int) -> tuple[Premises, ...]:
    """Return the premises that parser and encoder learn from: a few streets of each district, `premises` with the others'."""
    districts = SyntheticCountry(seed, ALL_DISTRICTS).districts()
    each = max(1, premises // len(districts))
    everywhere = (
        place
        for number, district, _ in districts[:premises]
        for place in islice(district_premises(seed, number, district, each * ONE_IN), 0, None, ONE_IN)
    )
    return for_reading(everywhere)


def for_reading(premises: Iterable[Premises]) -> tuple[Premises, ...]:
    """Keep the premises on streets that parser and encoder learn from."""
    return tuple(place for place in premises if street_split(place) in ENCODER_SPLITS)
