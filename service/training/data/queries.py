"""The noisy queries that ranker and calibration learn from: of which premises, in which classes, and how many of each."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from address_match.models.synthesis.lone_houses import lone_parts, undivided_houses
from address_match.models.synthesis.look_alikes import named_by_a_neighbour, streets_standing_twice
from address_match.models.synthesis.noise import house_numbers
from address_match.models.synthesis.noise.positions import position_otherwise
from address_match.models.synthesis.noise.postcodes import postcode_of_another_street
from address_match.models.synthesis.noise.slips import several_typos, typo_in_every_long_word
from address_match.models.synthesis.noise.table import TRAINING_NOISE
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery, make_queries
from address_match.models.synthesis.query_classes import (
    AS_FILED_WITHOUT_POSTCODE,
    AS_REGISTERED,
    MIXED,
    MIXED_AS_FILED,
    NO_ADDRESS,
    NOISY_WITH_POSTCODE,
    NOISY_WITHOUT_POSTCODE,
    PART_TOLD,
    PART_UNTOLD,
    PERSONAL,
)
from address_match.models.synthesis.reference import is_left_out
from address_match.models.synthesis.texts.no_addresses import no_addresses

ABSENT_QUERIES = 0.25
"""Share of the queries that ask for a premises which the reference lacks."""
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
NEAR_MISSES = 0.08
"""Share of those for premises that differ from another by a word, and for these others, where any are laid."""
PARTS_TOLD, PARTS_UNTOLD = 0.01, 0.005
"""Shares of the calibration's queries for a house by a part of it, GARDEN FLAT, and for such a part by its house."""
OF_THEIR_OWN = 0.5
"""Of those, the share that asks for other premises than what the reference holds there: no word of theirs tells."""
NO_ADDRESSES = 0.01
"""Texts that are no address, for each query of the calibration: without them it claims something of any text."""
NAMESAKE_TOWNS = 3
"""Towns in which a street's name must stand."""

HEAVY_SLIPS = frozenset(noise.__name__ for noise in (several_typos, typo_in_every_long_word))
QUERY_CLASSES: tuple[str, ...] = (
    *(AS_REGISTERED,) * 12,
    *(PERSONAL,) * 20,
    *(MIXED,) * 30,
    *(postcode_of_another_street.__name__,) * 2,
    *(noise.name for noise in TRAINING_NOISE),
)
"""Classes of the ranker's queries, drawn evenly; a name that stands more often is drawn more often."""
CALIBRATION_CLASSES: tuple[str, ...] = (
    *(AS_REGISTERED,) * 12,
    *(PERSONAL,) * 20,
    *(MIXED_AS_FILED,) * 30,
    *(postcode_of_another_street.__name__,) * 2,
    *(noise.name for noise in TRAINING_NOISE if noise.name not in HEAVY_SLIPS),
)
"""Classes of the calibration's queries. What a slip is worth depends on how often people slip, and registers slip less
than the ranker has to see: there a street of another name is mostly another street.
"""
BESIDE_CLASSES: tuple[str, ...] = (
    AS_REGISTERED,
    PERSONAL,
    MIXED,
    *(position_otherwise.__name__,) * 3,
)
NEAR_MISS_CLASSES: tuple[str, ...] = (
    *(AS_REGISTERED,) * 2,
    *(PERSONAL,) * 2,
    NOISY_WITH_POSTCODE,
    NOISY_WITHOUT_POSTCODE,
)
"""Little damage, so that what one word makes of them is seen."""
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


def noisy_queries(
    premises: Sequence[Premises],
    count: int,
    seed: int,
    *,
    held_out: frozenset[str],
    absent: float = ABSENT_QUERIES,
    near_misses: frozenset[str] = frozenset(),
    hard: bool = False,
) -> list[NoisyQuery]:
    """Make queries of the training classes, the share `absent` of them for the `held_out` premises, named by UPRN.

    Those that are not `hard` are the calibration's, of `CALIBRATION_CLASSES`. `NAMESAKES` of them name a street that
    stands in other towns too, and no postcode; `NEAR_MISSES` of them ask for the premises `near_misses`, named by UPRN,
    where there are any. Of `hard` ones more are drawn from premises that are easily taken for others: they show what a
    feature is worth, but nobody asks for so many.
    """
    drawn_apart = [
        (places, round(count * share), classes)
        for places, share, classes in _drawn_apart(premises, near_misses, hard=hard)
    ]
    rest = count - sum(wanted for _, wanted, _ in drawn_apart)
    parts = [(premises, rest, QUERY_CLASSES if hard else CALIBRATION_CLASSES), *drawn_apart]
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
            left_out=held_out.__contains__,
        )
    ]
    random.Random(seed).shuffle(queries)
    return [_of_its_own(query) if _may_be_its_own(query, seed) else query for query in queries]


def queries_for_nothing(beside: int, seed: int) -> list[NoisyQuery]:
    """Make `NO_ADDRESSES` as many queries that ask for nothing as there are others."""
    texts = no_addresses(round(NO_ADDRESSES * beside), random.Random(seed))
    return [NoisyQuery(text, (), "", True, NO_ADDRESS) for text in texts]


def _may_be_its_own(query: NoisyQuery, seed: int) -> bool:
    return query.noise_class in {PART_TOLD, PART_UNTOLD} and is_left_out(
        query.text, seed=seed, rate=OF_THEIR_OWN
    )


def _of_its_own(query: NoisyQuery) -> NoisyQuery:
    """Return the query as one for premises that the reference does not hold."""
    return replace(query, absent=True, accept_uprns=())


def _drawn_apart(
    premises: Sequence[Premises], near_misses: frozenset[str], *, hard: bool
) -> Iterator[tuple[Sequence[Premises], float, Sequence[str]]]:
    """Yield premises of which an even draw would show too few, their share of the queries, and the classes of these.

    Where there are none of a kind, their share goes to the others.
    """
    kinds: list[tuple[Sequence[Premises], float, Sequence[str]]] = [
        (
            _on_streets_with_namesakes(premises),
            NAMESAKES,
            (NOISY_WITHOUT_POSTCODE if hard else AS_FILED_WITHOUT_POSTCODE,),
        ),
        ([place for place in premises if place.uprn in near_misses], NEAR_MISSES, NEAR_MISS_CLASSES),
    ]
    if hard:
        kinds += [
            (streets_standing_twice(premises), STANDING_TWICE, QUERY_CLASSES),
            (named_by_a_neighbour(premises), NAMED_BY_A_NEIGHBOUR, BESIDE_CLASSES),
            (_ranges(premises), RANGES, RANGE_CLASSES),
            ([place for place in premises if place.organisation], ORGANISATIONS, QUERY_CLASSES),
        ]
    else:
        kinds += [
            (undivided_houses(premises), PARTS_TOLD, (PART_TOLD,)),
            (lone_parts(premises), PARTS_UNTOLD, (PART_UNTOLD,)),
        ]
    return ((places, share, classes) for places, share, classes in kinds if places)


def _ranges(premises: Sequence[Premises]) -> list[Premises]:
    return [place for place in premises if place.number_end > place.number > 0]


def _on_streets_with_namesakes(premises: Sequence[Premises]) -> list[Premises]:
    towns: dict[str, set[str]] = {}
    for place in premises:
        towns.setdefault(place.street, set()).add(place.town)
    return [place for place in premises if place.street and len(towns[place.street]) >= NAMESAKE_TOWNS]
