"""Training tasks: a reference that lacks some premises, and the streets whose premises are asked for."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice

from address_match.indexer.ports import Encoder
from address_match.indexer.retrieval import Retriever
from address_match.models.synthesis.near_misses import NearMiss, left_out_in_turn
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.reference import is_left_out
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, RANKER_SPLITS, street_key, street_split
from address_match.parser.address_parser import AddressParser
from address_match.service.training.data.held_out_reference import (
    HELD_OUT,
    held_out_reference,
    hold_out_premises,
)
from address_match.service.training.data.queries import ABSENT_QUERIES, noisy_queries

QUERIES_A_PREMISES = 2
"""Queries for each premises, at most; more would only repeat what it teaches."""
CALIBRATION_ABSENT_QUERIES = 0.35
"""Share of the calibration's queries that ask for a premises which the reference lacks: enough of both kinds to weigh
them for any prior.
"""
_SPARE = 1.1
"""Queries made for each one wanted, since of some draws fewer stand on the streets asked for."""


@dataclass(frozen=True, slots=True)
class TrainingTask:
    """Premises among which the queries of one learner are looked for."""

    premises: Sequence[Premises]
    splits: frozenset[int]
    """Splits of the streets that are asked for; the neighbours on other streets are held as well."""
    held_out: frozenset[str]
    """UPRNs that the reference does not hold."""
    near_misses: frozenset[str] = frozenset()
    """UPRNs of the premises that differ from another by a word, and of those others."""
    own: bool = False
    """Whether it is a user's own reference, which is indexed as it is; a synthetic one has dropout."""

    def queries(
        self, count: int, seed: int, *, absent: float = ABSENT_QUERIES, hard: bool = False
    ) -> list[NoisyQuery]:
        """Make queries on these streets, `count` of them or fewer where there are few premises, more of them `hard`
        ones if so.

        They are picked out of queries for all premises, so that a text that fits one on any other street as well is
        known to.
        """
        asked = {place.uprn for place in self.premises if street_split(place) in self.splits}
        wanted = min(count, QUERIES_A_PREMISES * len(asked))
        made = round(_SPARE * wanted * len(self.premises) / max(1, len(asked)))
        queries = noisy_queries(
            self.premises,
            made,
            seed,
            absent=absent,
            held_out=self.held_out,
            near_misses=self.near_misses,
            hard=hard,
        )
        return list(islice((query for query in queries if query.uprn in asked), wanted))

    def opened(self, parser: AddressParser, encoder: Encoder) -> AbstractContextManager[Retriever]:
        """Open an index over what the task holds, for as long as the context lasts."""
        return held_out_reference(
            self.premises, parser, encoder, held_out=self.held_out, dropout=not self.own
        )


@dataclass(frozen=True, slots=True)
class HeldOutShares:
    """How much a reference lacks: premises here and there, whose neighbours stay, and streets and towns altogether.

    Where no street was ever lacking, a street of nearly the asked name seemed to be a slip of the pen, as it mostly
    was.
    """

    premises: float
    streets: float
    towns: float
    look_alikes: bool = False
    """Whether the towns have premises that are easily taken for others, and near misses: in all of them it would learn
    to claim too little.
    """

    def hold_out(self, premises: Sequence[Premises], seed: int) -> frozenset[str]:
        """Choose the UPRNs that the reference does not hold, the same on every machine."""
        return frozenset(
            place.uprn
            for place in premises
            if is_left_out(place.uprn, seed=seed, rate=self.premises)
            or is_left_out(street_key(place), seed=seed, rate=self.streets)
            or is_left_out(place.town, seed=seed, rate=self.towns)
        )


CALIBRATION_HELD_OUT = (
    HeldOutShares(premises=0.1, streets=0.05, towns=0.1),
    HeldOutShares(premises=0.25, streets=0.05, towns=0.0, look_alikes=True),
    HeldOutShares(premises=0.5, streets=0.05, towns=0.1),
)
"""From a register that is nearly complete to one that holds every other premises."""


def ranker_task(premises: Sequence[Premises], seed: int, pairs: Sequence[NearMiss] = ()) -> TrainingTask:
    """Return the task on the ranker's streets among synthetic premises, `HELD_OUT` of them held out, and one of each
    pair.
    """
    return _with_pairs(
        TrainingTask(premises, RANKER_SPLITS, hold_out_premises(premises, seed, HELD_OUT)), pairs, seed
    )


def calibration_tasks(
    towns: Sequence[Premises],
    look_alikes: Sequence[Premises],
    seed: int,
    pairs: Sequence[NearMiss] = (),
) -> list[TrainingTask]:
    """Return a task for each of CALIBRATION_HELD_OUT, on streets that neither the encoder nor the ranker has seen.

    The references hold whole towns: what an absent premises is taken for stands as often on the next street as on its
    own. Without the streets of the other learners as neighbours, the error of the probabilities was twice as large
    where a tenth of the premises is missing.
    """
    tasks = []
    for shares in CALIBRATION_HELD_OUT:
        held = (*towns, *look_alikes) if shares.look_alikes else towns
        task = TrainingTask(held, CALIBRATION_SPLITS, shares.hold_out(held, seed))
        tasks.append(_with_pairs(task, pairs, seed) if shares.look_alikes else task)
    return tasks


def _with_pairs(task: TrainingTask, pairs: Sequence[NearMiss], seed: int) -> TrainingTask:
    """Lay near misses in a task, and hold out one of each pair and never both."""
    members = frozenset(place.uprn for pair in pairs for place in (pair.of, pair.premises))
    return replace(
        task,
        premises=(*task.premises, *(pair.premises for pair in pairs)),
        held_out=task.held_out - members | left_out_in_turn(pairs, seed),
        near_misses=members,
    )
