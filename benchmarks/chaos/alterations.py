"""Bytes of every file of an index and of a bundle are altered: each is refused, or changes no answer; none ends the
process.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from address_match.indexer.errors import IndexerError
from address_match.models.bundle import load_bundle
from address_match.models.errors import ModelError
from address_match.service.opening.found_index import find_index
from address_match.service.wiring import open_pipeline
from benchmarks.chaos.arena import Arena
from benchmarks.chaos.forked import fork
from benchmarks.chaos.outcome import Outcome

_IN_ONE_PROCESS = 100
_ASKED = ["12 THORNBECK ROAD, OTLEY LS21 4QT", "3 GENERATION ROW, OTLEY", "1 QUERN STREET, MARLOW FOLD"]

Alteration = tuple[Path, bytes]
"""A file, and what is to stand in it."""


def altered_indexes(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Alter an index, open it and answer from it."""
    index = arena.copy("altered-index")
    shutil.rmtree(index / "g000001")  # nobody reads it any more
    expected = _answers(index, None)
    return _tried(
        "altered files of an index", index, tries, dice, lambda: _index_problem(index, expected), arena
    )


def altered_bundles(arena: Arena, tries: int, dice: Random) -> Outcome:
    """Alter a bundle, load it and answer with it."""
    bundle = arena.folder / "altered-bundle"
    shutil.rmtree(bundle, ignore_errors=True)
    shutil.copytree(load_bundle().path, bundle)
    for file in bundle.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    expected = _answers(arena.index, bundle)
    return _tried(
        "altered files of a bundle",
        bundle,
        tries,
        dice,
        lambda: _bundle_problem(arena.index, bundle, expected),
        arena,
    )


def _tried(
    scenario: str, folder: Path, tries: int, dice: Random, problem: Callable[[], str], arena: Arena
) -> Outcome:
    outcome = Outcome(scenario)
    alterations = _alterations(folder, dice)
    while outcome.tries < tries:
        some = [next(alterations) for _ in range(min(_IN_ONE_PROCESS, tries - outcome.tries))]
        report = arena.folder / "problems.txt"
        report.write_text("")
        child = fork(partial(_try_each, some, report, problem), arena.folder)
        code = child.wait(600.0)
        lines = report.read_text().splitlines()
        for (file, _), line in zip(some, lines, strict=False):
            outcome.add([f"{file.relative_to(folder)}: {line}"] if line else [])
        if code != 0:
            outcome.add([f"{some[min(len(lines), len(some) - 1)][0].name}: the process ended with {code}"])
    return outcome


def _try_each(alterations: list[Alteration], report: Path, problem: Callable[[], str]) -> int:
    """Alter one file after the other, and write a line for each: what was wrong, or nothing."""
    with report.open("w", buffering=1) as lines:
        for file, content in alterations:
            whole = file.read_bytes()
            file.write_bytes(content)
            found = problem()
            file.write_bytes(whole)
            lines.write(f"{found}\n")
    return 0


def _alterations(folder: Path, dice: Random) -> Iterator[Alteration]:
    """Yield alterations of every file in turn, each time in the next sixteenth of its length, for ever."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.stat().st_size)
    turn = 0
    while True:
        for file in files:
            whole = file.read_bytes()
            region = turn % 16
            first = len(whole) * region // 16
            place = dice.randrange(first, max(first + 1, len(whole) * (region + 1) // 16))
            yield file, _altered(whole, place, dice)
        turn += 1


def _altered(whole: bytes, place: int, dice: Random) -> bytes:
    run = min(dice.choice((1, 1, 8, 4_096)), len(whole) - place)
    kind = dice.randrange(4)
    if kind == 0:  # one bit
        return whole[:place] + bytes([whole[place] ^ (1 << dice.randrange(8))]) + whole[place + 1 :]
    if kind == 1:  # other bytes
        other = bytes((byte + dice.randrange(1, 256)) % 256 for byte in whole[place : place + run])
        return whole[:place] + other + whole[place + run :]
    if kind == 2:  # a block that was never written
        return (
            whole[:place] + bytes(byte ^ 0xFF for byte in whole[place : place + run]) + whole[place + run :]
        )
    return whole[:place]  # cut off


def _index_problem(index: Path, expected: list[object]) -> str:
    try:
        with closing(find_index(index).open()):
            pass
        found = _answers(index, None)
    except (IndexerError, ModelError):
        return ""
    return "" if found == expected else "another answer without a word"


def _bundle_problem(index: Path, bundle: Path, expected: list[object]) -> str:
    try:
        load_bundle(bundle)
        found = _answers(index, bundle)
    except (IndexerError, ModelError):
        return ""
    return "" if found == expected else "another answer without a word"


def _answers(index: Path, bundle: Path | None) -> list[object]:
    with closing(open_pipeline(index, bundle)) as pipeline:
        return list(pipeline.match(_ASKED))
