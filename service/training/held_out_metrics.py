"""Measures how often a freshly trained bundle is right on streets that no part of it learned from."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from address_match.models.bundle import Metric
from address_match.models.synthesis.noise.table import RESERVED_NOISE
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import make_queries
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.intervals import share_interval
from address_match.service.evaluation.measures import expected_calibration_error
from address_match.service.evaluation.outcome import Outcomes, judge
from address_match.service.fault_isolation import match_in_batches
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.training.data.queries import ABSENT_QUERIES

BATCH = 1_000
_RESERVED = frozenset(noise.name for noise in RESERVED_NOISE)


def measure_held_out(
    premises: Sequence[Premises],
    pipeline: MatchPipeline,
    *,
    held_out: frozenset[str],
    queries: int,
    seed: int,
) -> tuple[Metric, ...]:
    """Match queries of every class, reserved ones too, and state what came out with its 95 % intervals.

    The pipeline's reference holds the premises except for the `held_out` ones, which the absent queries ask for.
    """
    asked = held_out_queries(premises, held_out=held_out, queries=queries, seed=seed)
    texts = [query.address for query in asked]
    match = partial(pipeline.match, top=1, thorough=True)
    answers = list(chain.from_iterable(match_in_batches(match, texts, BATCH)))
    reserved = [query.kind in _RESERVED for query in asked]
    parts = {
        "all damage": judge(asked, answers),
        **{
            name: judge(
                [q for q, r in zip(asked, reserved, strict=True) if r is wanted],
                [a for a, r in zip(answers, reserved, strict=True) if r is wanted],
            )
            for name, wanted in (("trained damage", False), ("damage kept out of training", True))
        },
    }
    data = f"{len(premises):,} premises on held-out streets, {ABSENT_QUERIES:.0%} of the queries absent"
    return tuple(
        metric for name, outcomes in parts.items() for metric in _metrics(outcomes, f"{name}; {data}")
    )


def held_out_queries(
    premises: Sequence[Premises], *, held_out: frozenset[str], queries: int, seed: int
) -> list[EvaluationQuery]:
    """Make queries of every class, some of them for `held_out` premises, which are absent."""
    made = make_queries(
        premises,
        count=queries,
        seed=seed,
        absent_rate=ABSENT_QUERIES,
        left_out=held_out.__contains__,
    )
    return [
        EvaluationQuery(
            query.text,
            frozenset() if query.absent else frozenset({query.uprn, *query.accept_uprns}),
            query.noise_class,
        )
        for query in made
    ]


def _metrics(outcomes: Outcomes, data: str) -> list[Metric]:
    right, present, accepted = outcomes.right, outcomes.present, outcomes.accepted
    shares = (
        ("best candidate right, of the present", int((right & present).sum()), int(present.sum())),
        ("matched and right, of the present", int((right & accepted).sum()), int(present.sum())),
        ("right, of the matched", int((right & accepted).sum()), int(accepted.sum())),
        ("matched, of the absent", int((accepted & ~present).sum()), int((~present).sum())),
    )
    found = [_share(name, part, whole, data) for name, part, whole in shares if whole]
    error = expected_calibration_error(outcomes)
    if error is not None:
        found.append(Metric("expected calibration error", round(error, 6), data, sample=len(outcomes)))
    return found


def _share(name: str, part: int, whole: int, data: str) -> Metric:
    low, high = share_interval(part, whole)
    return Metric(name, round(part / whole, 6), data, round(low, 6), round(high, 6), whole)
