"""Noisy queries that keep their truth."""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from address_match.models.synthesis.errors import UnknownNoiseClassError
from address_match.models.synthesis.noise.reserved import truncated
from address_match.models.synthesis.noise.table import NOISE, RESERVED_NOISE, TRAINING_NOISE
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.query_classes import (
    AS_REGISTERED,
    COMPOUND_CLASSES,
    MIXED,
    NOISY_WITH_POSTCODE,
    NOISY_WITHOUT_POSTCODE,
    PERSONAL,
    REGISTERED_WITH_POSTCODE,
    write,
)
from address_match.models.synthesis.sample import sample
from address_match.models.synthesis.twins import Twins, stated_fields
from address_match.parser.labelled_text import Span, render
from address_match.parser.labels import Label

QUERY_COLUMNS: tuple[str, ...] = ("address", "uprn", "accept_uprns", "class", "true_uprn", "absent")

_SINGLE, _RESERVED = "single", "reserved"
CLASS_SHARES: tuple[tuple[str, float], ...] = (
    (AS_REGISTERED, 0.12),
    (PERSONAL, 0.18),
    (_SINGLE, 0.35),
    (MIXED, 0.2),
    (_RESERVED, 0.15),
)
"""Shares of the queries where no classes are given; `single` and `reserved` draw one class by its weight."""
STANDARD_SHARES = (0.5, 0.2, 0.15)
"""Of `standard_mix`: as registered with postcode, noisy with postcode, and noisy without; the rest is absent."""
_STANDARD_CLASSES = (REGISTERED_WITH_POSTCODE, NOISY_WITH_POSTCODE, NOISY_WITHOUT_POSTCODE)
_DECIDING = frozenset({Label.ORGANISATION, Label.BUILDING, Label.NUMBER, Label.STREET})
_PLACES = frozenset({Label.LOCALITY, Label.TOWN, Label.POSTCODE})
SPARE = 200
"""Premises drawn beyond the count, for the classes that need one of a certain kind."""
MOST_ATTEMPTS = 500
"""Premises tried for a class before the query is given up."""
MOST_CLASSES = 20
"""Classes drawn for a query, where the premises at hand offer nothing to the first, before it is given up."""
MOST_TWINS = 4
"""A text that fits more other premises than this cannot be answered; another one is drawn."""


@dataclass(frozen=True, slots=True)
class NoisyQuery:
    """A text to match, and the truth about it."""

    text: str
    spans: tuple[Span, ...]
    """The labelled characters of the text."""
    uprn: str
    """Of the premises that is meant, present or absent."""
    absent: bool
    """Whether that premises is left out of the reference."""
    noise_class: str
    accept_uprns: tuple[str, ...] = ()
    """The true one and those that the text names as well; empty when absent or when there is no other."""


_Chooser = Callable[[Random], str]
"""Draws the class of a query."""


def make_queries(
    premises: Iterable[Premises],
    *,
    count: int,
    seed: int,
    absent_rate: float,
    classes: Sequence[str] | None = None,
    left_out: Callable[[str], bool],
) -> Iterator[NoisyQuery]:
    """Yield `count` queries for premises drawn evenly, `absent_rate` of them for premises that are left out.

    The premises are walked twice; a one-way iterator is kept in memory for that. `classes` names noise classes,
    `as_registered`, `personal` and `mixed`, which are then drawn evenly; without it, `CLASS_SHARES` hold. Fewer
    queries come only where there are too few premises that the classes apply to.
    """
    choose = _by_shares if classes is None else _evenly(classes)
    absent = round(count * absent_rate)
    parts = ((choose, count - absent, False), (choose, absent, True))
    yield from _queries(premises, parts, seed, left_out)


def standard_mix(
    premises: Iterable[Premises], *, count: int, seed: int, left_out: Callable[[str], bool]
) -> Iterator[NoisyQuery]:
    """Yield the mix of the bulk figure: 50 % as registered except for case, punctuation and abbreviation, with postcode;
    20 % noisy with postcode; 15 % noisy without; 15 % absent.
    """
    registered, with_postcode, without = (round(count * share) for share in STANDARD_SHARES)
    parts = (
        (_evenly((REGISTERED_WITH_POSTCODE,)), registered, False),
        (_evenly((NOISY_WITH_POSTCODE,)), with_postcode, False),
        (_evenly((NOISY_WITHOUT_POSTCODE,)), without, False),
        (_standard, count - registered - with_postcode - without, True),
    )
    yield from _queries(premises, parts, seed, left_out)


def write_queries(queries: Iterable[NoisyQuery], path: Path) -> int:
    """Write queries as CSV with the columns that `evaluate` reads; return how many."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(QUERY_COLUMNS)
        for query in queries:
            uprn = "" if query.absent else query.uprn
            accepted = "|".join(query.accept_uprns)
            rows.writerow((query.text, uprn, accepted, query.noise_class, query.uprn, int(query.absent)))
            written += 1
    return written


def _evenly(classes: Sequence[str]) -> _Chooser:
    known = {*NOISE, *COMPOUND_CLASSES}
    for name in classes:
        if name not in known:
            raise UnknownNoiseClassError(name, sorted(known))
    return lambda rng: rng.choice(classes)


def _by_shares(rng: Random) -> str:
    share = rng.choices([name for name, _ in CLASS_SHARES], [weight for _, weight in CLASS_SHARES])[0]
    if share not in {_SINGLE, _RESERVED}:
        return share
    noises = TRAINING_NOISE if share == _SINGLE else RESERVED_NOISE
    return rng.choices(noises, [noise.weight for noise in noises])[0].name


def _standard(rng: Random) -> str:
    return rng.choices(_STANDARD_CLASSES, STANDARD_SHARES)[0]


def _queries(
    premises: Iterable[Premises],
    parts: Sequence[tuple[_Chooser, int, bool]],
    seed: int,
    left_out: Callable[[str], bool],
) -> Iterator[NoisyQuery]:
    """Yield the queries of all parts, mixed: each is a way to choose a class, a count, and whether it is absent."""
    walked = list(premises) if isinstance(premises, Iterator) else premises
    rng = Random(seed)
    slots = [(choose, absent) for choose, count, absent in parts for _ in range(count)]
    rng.shuffle(slots)
    absent_count = sum(absent for _, absent in slots)
    drawn = sample(walked, len(slots) - absent_count + SPARE, absent_count + SPARE, rng, left_out)
    twins = Twins(walked, [*drawn[0], *drawn[1]], left_out)
    pools = tuple(_Pool(part) for part in drawn)
    fruitless: set[tuple[str, bool]] = set()
    for choose, absent in slots:
        for _ in range(MOST_CLASSES):
            name = choose(rng)
            query = (
                None
                if (name, absent) in fruitless
                else _query(pools[absent], name, twins, rng, absent=absent)
            )
            if query is not None:
                yield query
                break
            fruitless.add((name, absent))


class _Pool:
    """Premises in turn: one that serves goes, one that a class does not apply to waits for another class."""

    def __init__(self, premises: Sequence[Premises]) -> None:
        self._all = premises
        self._waiting: deque[Premises] = deque(premises)

    def in_turn(self) -> Iterator[Premises]:
        """Yield the premises that wait, again and again; stop asking when one serves."""
        while self._all:
            if not self._waiting:
                self._waiting.extend(self._all)
            one = self._waiting.popleft()
            yield one
            self._waiting.append(one)


def _query(pool: _Pool, name: str, twins: Twins, rng: Random, *, absent: bool) -> NoisyQuery | None:
    for truth in islice(pool.in_turn(), MOST_ATTEMPTS):
        pieces = write(name, truth, rng)
        stated = stated_fields(pieces)
        if not stated.labels & _DECIDING or not (stated.labels & _PLACES or name == truncated.__name__):
            continue
        others = twins.possibly_named(truth, stated) if absent else twins.also_named(truth, stated)
        if len(others) > (0 if absent else MOST_TWINS):
            continue
        text = render(pieces)
        accepted = (truth.uprn, *others) if others else ()
        return NoisyQuery(text.text, text.spans, truth.uprn, absent, name, accepted)
    return None
