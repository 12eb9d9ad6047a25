"""Another generation is put in force while an index is opened: what was opened is of the one or of the other, never of
both.
"""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import numpy as np

from address_match.indexer.lexical.analysis import terms
from address_match.indexer.manifest import read_manifest
from address_match.indexer.retrieval import Query, QueryBatch, Quotas
from address_match.service.opening.found_index import find_index
from benchmarks.chaos.arena import Arena
from benchmarks.chaos.forked import fork
from benchmarks.chaos.outcome import Outcome

_ASKED = ("12 THORNBECK ROAD MARLOW FOLD", "3 GENERATION ROW", "QUERN STREET OTLEY")
Signature = tuple[object, ...]


class _SwapAtOpen:
    """Does something at the next time that a certain number of files below a folder have been opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._left = -1
        self._do: Callable[[], None] = lambda: None
        self.opened = 0
        sys.addaudithook(self._hear)

    def arm(self, after: int, do: Callable[[], None]) -> None:
        self._left, self._do, self.opened = after, do, 0

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or self._left < 0 or not str(arguments[0]).startswith(self._folder):
            return
        self.opened += 1
        self._left -= 1
        if self._left < 0:
            self._do()


def swaps_between_reads(arena: Arena, tries: int) -> Outcome:
    """Swap generations before the first file that opening reads, before the second, and so on, over and over."""
    outcome = Outcome("another generation in force between two reads of an opening")
    hook = _SwapAtOpen(arena.index)
    expected: dict[str, Signature] = {}
    for number in (1, 2):
        arena.put_in_force(number)
        hook.arm(1_000_000, lambda: None)
        expected[read_manifest(arena.index).generation] = opened_signature(arena.index)
    reads = hook.opened
    for turn in range(tries):
        before, after = (1, 2) if turn // reads % 2 else (2, 1)
        arena.put_in_force(before)
        hook.arm(turn % reads, lambda after=after: arena.put_in_force(after))  # type: ignore[misc]
        found = opened_signature(arena.index)
        outcome.add([] if found == expected[str(found[0])] else ["what was opened is of two generations"])
    hook.arm(-1, lambda: None)
    return outcome


def swaps_under_a_run(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Swap generations again and again while a file is matched in two processes: its answers are all of one generation."""
    outcome = Outcome("generations swapped all the while under `match --jobs 2`")
    for _ in range(tries):
        out = arena.folder / "swapped.csv"
        run = fork(arena.match(out, "--jobs", 2), arena.folder)
        swapper = fork(lambda: _swap_for_ever(arena, dice), arena.folder)
        code = run.wait()
        swapper.kill_after(0.0)
        problems = [] if code == 0 else [f"exit {code}: {run.said.read_text()[-300:]}"]
        if code == 0 and out.read_bytes() not in (arena.answers(1), arena.answers(2)):
            problems.append("the answers are of two generations")
        outcome.add(problems)
    arena.put_in_force(2)
    return outcome


def opened_signature(index: Path) -> Signature:
    """Open an index and return its generation, and what it answers by every file that it has."""
    found = find_index(index)
    vectors = np.zeros((len(_ASKED), found.manifest.dimensions), dtype=np.float32)
    vectors[:, 0] = 1.0
    with closing(found.open()) as retriever:
        gazetteer = retriever.gazetteer()
        batch = QueryBatch([Query(terms(text), ("LS214QT",)) for text in _ASKED], vectors)
        candidates = retriever.retrieve(batch, Quotas(20, 20, 20))
        return (
            retriever.manifest.generation,
            candidates.query.tolist(),
            candidates.texts.strings("uprn").rows(),
            candidates.vectors.tobytes(),
            retriever.statistics.texts,
            [
                gazetteer and gazetteer.evidence(word, guess=False)
                for word in ("FIRST", "SECOND", "THORNBECK")
            ],
        )


def _swap_for_ever(arena: Arena, dice: Random) -> int:
    while True:
        arena.put_in_force(dice.choice((1, 2)))
        time.sleep(dice.random() / 100)
