"""The made-up country that the shipped models are trained on, and how its streets are shared out among the learners."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from indexer.build import build_index
from indexer.local import open_index
from indexer.manifest import BundleIdentity
from indexer.ports import Encoder
from indexer.retrieval import Retriever
from indexer.sources import open_reference
from models.synthesis.folds import (
    CALIBRATION_FOLDS,
    ENCODER_FOLDS,
    EVALUATION_FOLDS,
    RANKER_FOLDS,
    street_fold,
)
from models.synthesis.look_alikes import look_alikes, named_by_a_neighbour, streets_standing_twice
from models.synthesis.noise import house_numbers
from models.synthesis.noise.positions import position_otherwise
from models.synthesis.noise.postcodes import postcode_of_another_street
from models.synthesis.noise.table import TRAINING_NOISE
from models.synthesis.premises import Premises
from models.synthesis.queries import NoisyQuery, make_queries
from models.synthesis.query_classes import AS_REGISTERED, MIXED, NOISY_WITHOUT_POSTCODE, PERSONAL
from models.synthesis.reference import is_left_out, write_reference
from models.synthesis.world import World, district_premises
from parser.address_parser import AddressParser
from parser.labels import Label
from service.training.size import TrainingSize

ONE_IN = 4
"""Of the premises of a district the readers learn from every fourth, so that they meet more streets for as many texts."""
ALL_DISTRICTS = 1_000_000
"""Premises of a country that is large enough to have every district."""
LEFT_OUT = 0.25
"""Share of the premises that the references of the ranker and of the calibration do not hold."""
ABSENT_QUERIES = 0.25
"""Share of the ranker's queries that ask for one of those."""
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
    def made_up_reading(self) -> tuple[Premises, ...]:
        """Return those whose every word is labelled for certain, for the parser."""
        return self.reading[: len(self.reading) - len(self.own_reading)]

    def joined_by(self, own: Sequence[Premises]) -> "StreetsOfLearners":
        """Add the streets of a user's reference to what the encoder reads; ranker and calibration see them in their place."""
        read = tuple(place for place in own if street_fold(place) in ENCODER_FOLDS)
        return replace(self, reading=(*self.reading, *read), own_reading=read, own=len(own))


def share_out(seed: int, size: TrainingSize) -> StreetsOfLearners:
    """Make a country and share its streets out, some of them to nobody.

    Parser and encoder learn from a few streets of every district there is, ranker and calibration from whole towns, in which
    the neighbours that they must tell apart stand.
    """
    towns = World(seed, size.premises)
    around, evaluation = [], []
    for place in towns.premises():
        if street_fold(place) in EVALUATION_FOLDS:
            evaluation.append(place)
        elif is_left_out(place.town, seed=TOWNS_SEED, rate=TOWNS):
            around.append(place)
    return StreetsOfLearners(
        reading=reading_streets(seed, size.reading_premises),
        ranker=tuple(place for place in around if street_fold(place) in RANKER_FOLDS),
        calibration=tuple(place for place in around if street_fold(place) in CALIBRATION_FOLDS),
        towns=tuple(around),
        look_alikes=tuple(look_alikes(around, seed)),
        evaluation=tuple(evaluation),
    )


def reading_streets(seed: int, premises: int) -> tuple[Premises, ...]:
    """Return the premises that parser and encoder learn from: a few streets of each district, `premises` with the others'."""
    districts = World(seed, ALL_DISTRICTS).districts()
    each = max(1, premises // len(districts))
    everywhere = (
        place
        for number, district, _ in districts[:premises]
        for place in islice(district_premises(seed, number, district, each * ONE_IN), 0, None, ONE_IN)
    )
    return tuple(place for place in everywhere if street_fold(place) in ENCODER_FOLDS)


ONE_TEXT = 0.7
"""Share of the premises of several texts that these references hold under one alone, the gazetteer's where there is one."""
ONE_TEXT_SEED = 7

NAMESAKES = 0.2
"""Share of the training queries that only the town keeps from being another premises."""
STANDING_TWICE = 0.05
"""Share of those on streets that stand in several villages of a post town."""
NAMED_BY_A_NEIGHBOUR = 0.02
"""Share of those for places that are named by a neighbour's number."""
RANGES = 0.03
"""Share of those that name a range of numbers by one of them, or in another notation."""
ORGANISATIONS = 0.1
"""Share of those for organisations and their departments, whose names alone tell them from what shares their building."""
NAMESAKE_TOWNS = 3
"""Towns in which a street's name must stand."""
SOMETIMES_UNSAID = (Label.POSTCODE, Label.TOWN, Label.LOCALITY, Label.COUNTY, Label.STREET)
UNSAID = 0.03
"""Share of the premises whose texts in these references lack each of those fields."""
NUMBERED = 0.3
"""Share of the numbered ones among the premises without a street that do lack it."""
NUMBERED_SEED = 5

QUERY_CLASSES: tuple[str, ...] = (
    *(AS_REGISTERED,) * 12,
    *(PERSONAL,) * 20,
    *(MIXED,) * 30,
    *(postcode_of_another_street.__name__,) * 2,
    *(noise.name for noise in TRAINING_NOISE),
)
"""Classes of the training queries, drawn evenly; a name that stands more often is drawn more often."""


BESIDE_CLASSES: tuple[str, ...] = (
    AS_REGISTERED,
    PERSONAL,
    MIXED,
    *(position_otherwise.__name__,) * 3,
)
RANGE_CLASSES: tuple[str, ...] = tuple(
    noise.__name__
    for noise in (
        house_numbers.range_low,
        house_numbers.range_high,
        house_numbers.range_inside,
        house_numbers.range_slashed,
        house_numbers.range_in_words,
        house_numbers.range_spaced,
    )
)


def lacking_at(premises: Sequence[Premises], seed: int, rate: float) -> frozenset[str]:
    """Choose the premises that a reference does not hold, `rate` of all, the same on every machine."""
    return frozenset(place.uprn for place in premises if is_left_out(place.uprn, seed=seed, rate=rate))


def noisy_queries(
    premises: Sequence[Premises],
    count: int,
    seed: int,
    *,
    absent: float = ABSENT_QUERIES,
    lacking: frozenset[str] | None = None,
    hard: bool = False,
) -> list[NoisyQuery]:
    """Make queries of the training classes, the share `absent` of them for premises that the reference lacks.

    `lacking` names those; unless it is given, `LEFT_OUT` of the premises are lacking.

    `NAMESAKES` of them name a street that stands in other towns too, and no postcode. Of `hard` ones more are drawn from
    premises that are easily taken for others: they show what a feature is worth, but nobody asks for so many of them.
    """
    gaps = lacking_at(premises, seed, LEFT_OUT) if lacking is None else lacking
    drawn_apart = [
        (places, round(count * share), classes)
        for places, share, classes in _drawn_apart(premises, hard=hard)
    ]
    rest = count - sum(wanted for _, wanted, _ in drawn_apart)
    parts = [(premises, rest, QUERY_CLASSES), *drawn_apart]
    queries = [
        query
        for places, wanted, classes in parts
        if places
        for query in make_queries(
            places,
            count=wanted,
            seed=seed,
            absent_rate=absent,
            classes=classes,
            left_out=gaps.__contains__,
        )
    ]
    random.Random(seed).shuffle(queries)
    return queries


def _drawn_apart(
    premises: Sequence[Premises], *, hard: bool
) -> Iterator[tuple[Sequence[Premises], float, Sequence[str]]]:
    """Yield premises of which an even draw would show too few, their share of the queries, and the classes of these.

    Where there are none of a kind, their share goes to the others.
    """
    kinds: list[tuple[Sequence[Premises], float, Sequence[str]]] = [
        (_on_streets_with_namesakes(premises), NAMESAKES, (NOISY_WITHOUT_POSTCODE,))
    ]
    if hard:
        kinds += [
            (streets_standing_twice(premises), STANDING_TWICE, QUERY_CLASSES),
            (named_by_a_neighbour(premises), NAMED_BY_A_NEIGHBOUR, BESIDE_CLASSES),
            (_ranges(premises), RANGES, RANGE_CLASSES),
            ([place for place in premises if place.organisation], ORGANISATIONS, QUERY_CLASSES),
        ]
    return ((places, share, classes) for places, share, classes in kinds if places)


def _ranges(premises: Sequence[Premises]) -> list[Premises]:
    return [place for place in premises if place.number_end > place.number > 0]


def _on_streets_with_namesakes(premises: Sequence[Premises]) -> list[Premises]:
    towns: dict[str, set[str]] = {}
    for place in premises:
        towns.setdefault(place.street, set()).add(place.town)
    return [place for place in premises if place.street and len(towns[place.street]) >= NAMESAKE_TOWNS]


@contextmanager
def reference_without(
    premises: Sequence[Premises],
    seed: int,
    parser: AddressParser,
    encoder: Encoder,
    *,
    lacking: frozenset[str] | None = None,
    thinned: bool = True,
) -> Iterator[Retriever]:
    """Open an index over the premises less those that are lacking, for as long as the context lasts.

    `lacking` is that of `noisy_queries`. Unless `thinned` is false, most premises stand under one text, some without a field.
    """
    gaps = lacking_at(premises, seed, LEFT_OUT) if lacking is None else lacking
    held = (place for place in premises if place.uprn not in gaps)
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        path = Path(folder)
        write_reference(map(_as_one_register_holds_it, held) if thinned else held, path / "reference.csv")
        identity = BundleIdentity("training", "0", folder, parser.fingerprint, encoder.fingerprint)
        source = open_reference(path / "reference.csv")
        build_index(source, path / "index", reader=parser, encoder=encoder, bundle=identity)
        retriever = open_index(path / "index", bundle=identity)
        try:
            yield retriever
        finally:
            retriever.close()


def _as_one_register_holds_it(place: Premises) -> Premises:
    """Leave a premises one of its texts, more often than not, and now and then a text without some of its fields.

    People quote texts that the user's reference lacks, and references have rows that say little.
    """
    if len(place.texts) > 1 and is_left_out(place.uprn, seed=ONE_TEXT_SEED, rate=ONE_TEXT):
        gazetteer = [text for text in place.texts if text.kind == "gazetteer"]
        place = replace(place, texts=tuple(gazetteer[:1] or place.texts[:1]))
    unsaid = {
        label
        for seed, label in enumerate(SOMETIMES_UNSAID)
        if is_left_out(place.uprn, seed=seed, rate=UNSAID)
    }
    if place.number > 0 and not is_left_out(place.uprn, seed=NUMBERED_SEED, rate=NUMBERED):
        # Such a row is mostly read as another street, and too many would teach that a street may be another one.
        unsaid.discard(Label.STREET)
    if not unsaid:
        return place
    texts = tuple(
        replace(
            text, pieces=tuple(piece for piece in text.pieces if piece.label not in unsaid) or text.pieces
        )
        for text in place.texts
    )
    return replace(place, texts=texts, postcode="" if Label.POSTCODE in unsaid else place.postcode)
