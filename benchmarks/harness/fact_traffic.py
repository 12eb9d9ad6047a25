"""Facts of made-up addresses that were matched once, from which series of traffic are drawn: mixed, or in blocks of one
kind.
"""

import argparse
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.models.synthesis.queries import make_queries
from address_match.service.facts.fact import Fact, fact_table
from address_match.service.facts.facts_of_answers import facts_of_call
from address_match.service.facts.projected_sums import NUMBERS, STRETCH, projected
from address_match.service.matching.answer import Status
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers
from address_match.service.wiring import open_pipeline
from benchmarks.harness.synthetic import Country, index_of, with_truth

ABSENT = 0.15
"""Share of the addresses that the reference does not hold."""
BLOCK = (20, 200)
"""Facts of a block: at least, and below."""
BATCH = 2_000
ENCODER = "0123456789ab"

Rng = np.random.Generator
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Traffic:
    """Facts that others are drawn from."""

    facts: pa.Table
    class_of: NDArray[np.int64]
    """Shape (facts,): class of noise."""
    projected: NDArray[np.float64]
    """Shape (facts, numbers): what is summed of each."""
    right: NDArray[np.bool_]
    """Shape (facts,): whether the answer names the premises that is meant."""

    @property
    def is_matched(self) -> NDArray[np.bool_]:
        """Which facts are of matched addresses, shape (facts,)."""
        found: NDArray[np.bool_] = pc.equal(
            self.facts.column("status").cast(pa.string()), Status.MATCHED.value
        ).to_numpy()
        return found

    def taken(self, rows: Rows) -> pa.Table:
        """Return facts in the order given, with the sums of their stretches."""
        facts = self.facts.take(rows)
        sums: list[list[float] | None] = [None] * len(rows)
        for end in range(STRETCH - 1, len(rows), STRETCH):
            sums[end] = self.projected[rows[end + 1 - STRETCH : end + 1]].sum(axis=0).tolist()
        said = {
            "encoder": pa.array([ENCODER] * len(rows)),
            "projected": pa.array(sums, pa.list_(pa.float32())),
        }
        for name, column in said.items():
            facts = facts.set_column(facts.schema.get_field_index(name), name, column)
        return facts

    def mixed(self, count: int, rng: Rng) -> Rows:
        """Draw facts one by one."""
        return rng.integers(0, len(self.facts), count)

    def in_blocks(self, count: int, rng: Rng) -> Rows:
        """Draw blocks of facts of one class."""
        blocks: list[Rows] = []
        while sum(map(len, blocks)) < count:
            members = np.flatnonzero(self.class_of == self.class_of[rng.integers(len(self.class_of))])
            blocks.append(rng.choice(members, rng.integers(*BLOCK)))
        return np.concatenate(blocks)[:count]

    def accepting_fewer(self, rows: Rows, points: float, rng: Rng) -> Rows:
        """Put facts that were not matched in place of some, so that the share of the matched falls by so much."""
        matched = self.is_matched
        given_up = matched[rows] & (rng.random(len(rows)) < points / matched[rows].mean())
        return np.where(given_up, rng.choice(np.flatnonzero(~matched), len(rows)), rows)

    def less_sure(self, rows: Rows, by: float, rng: Rng) -> Rows:
        """Draw matched facts for matched facts so that their mean probability falls by so much."""
        matched = np.flatnonzero(self.is_matched)
        probability = self.facts.column("probability").to_numpy()[matched].astype(np.float64)
        chances = _tilted(probability, probability.mean() - by)
        return np.where(self.is_matched[rows], rng.choice(matched, len(rows), p=chances), rows)


def _tilted(values: NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    """Return chances proportional to exp(-tilt value) under which the mean is as given, by halving the bounds of the
    tilt.
    """
    low, high = 0.0, 2_000.0
    for _ in range(60):
        tilt = (low + high) / 2
        chances = np.exp(-tilt * (values - values.min()))
        chances /= chances.sum()
        low, high = (tilt, high) if chances @ values > mean else (low, tilt)
    found: NDArray[np.float64] = chances
    return found


def made_up_traffic(country: Country, options: argparse.Namespace) -> Traffic:
    """Match queries of every class, and keep the facts of the answers."""
    queries = sorted(
        make_queries(
            country.world,
            count=options.queries,
            seed=country.seed,
            absent_rate=ABSENT,
            left_out=country.is_left_out,
        ),
        key=attrgetter("noise_class"),
    )
    facts: list[Fact] = []
    vectors: list[NDArray[np.float64]] = []
    class_of: list[int] = []
    right: list[bool] = []
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    with closing(open_pipeline(index, options.bundle)) as pipeline:
        for number, (_, of_class) in enumerate(groupby(queries, key=attrgetter("noise_class"))):
            asked = with_truth([*of_class])
            class_of += [number] * len(asked)
            for start in range(0, len(asked), BATCH):
                part = asked[start : start + BATCH]
                answered: list[AnsweredBatch] = []
                with listening_to_answers(answered.append):
                    answers = pipeline.match([query.address for query in part], top=1)
                # Answers are reported in another order than that of their queries.
                meant = {
                    id(answer): answer.uprn in query.accepted
                    for query, answer in zip(part, answers, strict=True)
                }
                right += [meant[id(answer)] for each in answered for answer in each.answers]
                facts += facts_of_call(answered, asked=len(part), seconds=0.0)
                vectors += [
                    np.zeros((len(each.answers), NUMBERS)) if each.search is None else projected(each.search)
                    for each in answered
                ]
    return Traffic(fact_table(facts), np.array(class_of), np.concatenate(vectors), np.array(right))
