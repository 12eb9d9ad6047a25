"""The premises that the learners are trained on, split by street so that no learner sees a street of another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from address_match.models.synthesis.country.country import SyntheticCountry, district_premises
from address_match.models.synthesis.look_alikes import look_alikes
from address_match.models.synthesis.near_misses import TRAINED_KINDS, NearMiss, near_misses
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
"""Of the premises of a district parser and encoder learn from every fourth, so that they meet more streets for as many
texts.
"""
ALL_DISTRICTS = 3_300_000
"""Premises of a country that is large enough to have every district, of England as well, of which it has less than its
share.
"""
TOWNS = 0.4
"""Share of the towns in which ranker and calibration learn; all that stands around what is asked for is held."""
TOWNS_SEED = 17


@dataclass(frozen=True, slots=True)
class LearnerSplits:
    """Premises whose streets one learner sees and no other; parser and encoder share theirs."""

    parser: tuple[Premises, ...]
    """Synthetic ones, whose every word is labelled for certain."""
    ranker: tuple[Premises, ...]
    calibration: tuple[Premises, ...]
    towns: tuple[Premises, ...]
    """In which those of ranker and calibration stand: whole towns, except for the streets that nothing learns from."""
    look_alikes: tuple[Premises, ...]
    """What is laid in those towns besides, to be taken for what stands there."""
    evaluation: tuple[Premises, ...]
    """Those that nothing learns from."""
    near_misses: tuple[NearMiss, ...] = ()
    """Premises of those towns, each with one that differs by a word, of the kinds that may be trained on."""
    own: tuple[Premises, ...] = ()
    """Those of a user's reference that the encoder learns from besides."""
    own_premises: int = 0
    """All premises of the user's reference."""

    @property
    def encoder(self) -> tuple[Premises, ...]:
        """Return what the encoder learns from."""
        return (*self.parser, *self.own)

    def joined_by(self, own: Sequence[Premises]) -> "LearnerSplits":
        """Add a user's reference: its streets of the encoder's splits here, its others in tasks of ranker and
        calibration.
        """
        return replace(self, own=on_encoder_streets(own), own_premises=len(own))


def split_country(seed: int, size: TrainingSize) -> LearnerSplits:
    """Make a country and split its streets among the learners, some of them to nobody.

    Parser and encoder learn from a few streets of every district there is, ranker and calibration from whole towns, in
    which the neighbours that they must tell apart stand.
    """
    towns = SyntheticCountry(seed, size.premises)
    around, evaluation = [], []
    for place in towns.premises():
        if street_split(place) in EVALUATION_SPLITS:
            evaluation.append(place)
        elif is_left_out(place.town, seed=TOWNS_SEED, rate=TOWNS):
            around.append(place)
    return LearnerSplits(
        parser=parser_premises(seed, size.reading_premises),
        ranker=tuple(place for place in around if street_split(place) in RANKER_SPLITS),
        calibration=tuple(place for place in around if street_split(place) in CALIBRATION_SPLITS),
        towns=tuple(around),
        look_alikes=tuple(look_alikes(around, seed)),
        evaluation=tuple(evaluation),
        near_misses=tuple(
            pair
            for pair in near_misses(around, seed, TRAINED_KINDS)
            if street_split(pair.premises) not in EVALUATION_SPLITS
        ),
    )


def parser_premises(seed: int, premises: int) -> tuple[Premises, ...]:
    """Return the premises that parser and encoder learn from: a few streets of each district, of `premises` those on
    their splits.
    """
    districts = SyntheticCountry(seed, ALL_DISTRICTS).districts()
    each = max(1, premises // len(districts))
    everywhere = (
        place
        for number, district, _ in districts[:premises]
        for place in islice(district_premises(seed, number, district, each * ONE_IN), 0, None, ONE_IN)
    )
    return on_encoder_streets(everywhere)


def on_encoder_streets(premises: Iterable[Premises]) -> tuple[Premises, ...]:
    """Keep the premises on streets that parser and encoder learn from."""
    return tuple(place for place in premises if street_split(place) in ENCODER_SPLITS)
