"""What it costs to keep facts of answers, and to have a candidate answer beside: CPU time, in process, one thread.

A file of the standard mix is matched in bulk and its facts are written; addresses are answered one by one, as a service
answers them, with their facts and without in turn; and the same once more with the same bundle answering beside, in a
process of its own that gives way to every other. Requests follow each other without a pause, so that what the candidate
has no time for is the most that it can be. The facts of the file are searched for each word of its addresses. Fails
with exit code 1 where a goal is missed.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

from address_match.service.batch.matcher import AddressMatcher
from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.sink import FactSink, NoFacts
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from address_match.service.lifecycle.shadow.candidate import Candidate
from address_match.service.lifecycle.shadow.shadow import AnswersBeside, NoShadow, Shadow
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline, pipeline_opener
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, publish
from benchmarks.harness.served import cpu_seconds
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of
from benchmarks.harness.words_in_facts import address_words_in

PREMISES, QUERIES, SEED = 20_000, 12_000, 71
LEFT_OUT = 0.15
BATCH = 2_000
SINGLES = 500
ROUNDS = 4
"""Times that each single address is answered with its facts and without, the quickest of which count."""
WRITE_SECONDS = 0.5
OPENED_SECONDS = 300.0
WARM = 20
"""Addresses that are answered before it is measured."""
GOALS = {"bulk_facts_share": 0.03, "single_facts_ms": 0.2, "address_words_in_facts": 0.0}
"""Most that facts may cost: of the time of bulk, and of a single answer; and words of the addresses that they may hold."""


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU milliseconds of an answer, call by call, and of what is done besides in the same process."""

    matching: list[float] = field(default_factory=list)
    besides: list[float] = field(default_factory=list)

    def add(self, answers: int, matching: float, besides: float) -> None:
        """Add a call of so many answers, in seconds."""
        self.matching.append(1_000 * matching / answers)
        self.besides.append(1_000 * besides / answers)


@dataclass(frozen=True, slots=True)
class SameBundle:
    """The bundle that answers, as a candidate."""

    opener: Callable[[], AddressMatcher]

    def signature(self) -> object:
        """Return nothing: it is never another."""
        return None

    def find(self) -> Candidate:
        """Return it."""
        return Candidate("default", "0" * 64, self.opener)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the result, and say whether a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--singles", type=int, default=SINGLES, help="addresses that are answered one by one")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    index = index_of(country, bundle=options.bundle, reuse=options.reuse)
    texts = addresses_of(standard_mix_of(country, options.queries, reuse=options.reuse))
    with closing(open_pipeline(index, options.bundle)) as pipeline, TemporaryDirectory() as folder:
        pipeline.match(texts[:WARM], top=1)
        bulk = _bulk(pipeline, texts, Path(folder) / "file")
        words = address_words_in(FactStore(Path(folder) / "file"), texts)
        singles = texts[: options.singles]
        without, facts = _facts_of_singles(pipeline, singles, Path(folder) / "turns")
        alone = _singles(pipeline, singles, Path(folder) / "alone", NoShadow())
        service, candidate, kept = _beside(
            pipeline, singles, Path(folder) / "beside", pipeline_opener(index, options.bundle)
        )
    settings = {"premises": options.size, "queries": options.queries, "singles": len(singles)}
    figures = {
        "bulk_match_ms": fmean(bulk.matching),
        "bulk_facts_ms": fmean(bulk.besides),
        "bulk_facts_share": fmean(bulk.besides) / fmean(bulk.matching),
        "address_words_in_facts": len(words),
        "single_match_ms": median(without),
        "single_facts_ms": median(facts),
        "single_ms_without_shadow": fmean(alone.matching) + fmean(alone.besides),
        "single_ms_with_shadow": 1_000 * service / len(singles),
        "shadow_process_ms": 1_000 * candidate / max(1.0, kept * len(singles)),
        "shadow_kept": kept,
    }
    remark = "single_facts_ms holds the thread that writes; shadow_process_ms is of an answer that is kept."
    publish(Result("recording", {**settings, "seed": options.seed}, figures, remarks=(remark,)), options.out)
    return _missed(figures)


def _missed(figures: Mapping[str, float]) -> int:
    """Say which goals the figures miss; return the exit code."""
    missed = [name for name, most in GOALS.items() if figures[name] > most]
    for name in missed:
        print(f"{name} is {figures[name]}, and the goal at most {GOALS[name]}", file=sys.stderr)
    return 1 if missed else 0


def _bulk(pipeline: MatchPipeline, texts: Sequence[str], folder: Path) -> Measured:
    """Match texts in bulk, `BATCH` at a time, and write their facts as `match` does."""
    recorder = Recording(folder, "file", 400).open()
    found = Measured()
    for start in range(0, len(texts), BATCH):
        part = texts[start : start + BATCH]
        begun = time.process_time()
        with recorder.recording("file", len(part)):
            matching = time.process_time()
            pipeline.match(part, top=1)
            matched = time.process_time()
        ended = time.process_time()
        found.add(len(part), matched - matching, (matching - begun) + (ended - matched))
    return found


def _facts_of_singles(
    pipeline: MatchPipeline, texts: Sequence[str], folder: Path
) -> tuple[list[float], list[float]]:
    """Return the CPU milliseconds in which each text is answered without facts, and how many more it takes with them."""
    recorder = FactRecorder(FactWriter(FactStore(folder), 400))
    recorder.start()
    without, more = [], []
    for text in texts:
        pipeline.match([text], top=5, thorough=True)  # so that neither is the first
        took: dict[bool, list[float]] = {True: [], False: []}
        for with_facts in (True, False) * ROUNDS:
            sink: FactSink = recorder if with_facts else NoFacts()
            begun = time.process_time()
            with sink.recording("single", 1):
                pipeline.match([text], top=5, thorough=True)
            took[with_facts].append(1_000 * (time.process_time() - begun))
        without.append(min(took[False]))
        more.append(min(took[True]) - min(took[False]))
    recorder.stop()
    return without, more


def _singles(pipeline: MatchPipeline, texts: Sequence[str], folder: Path, told: AnswersBeside) -> Measured:
    """Answer texts one by one, with the facts of each, and offer each to who answers beside; what is gathered is
    written at the end.

    Writing is left out: it is that of bulk, in a thread of its own.
    """
    recorder = FactRecorder(FactWriter(FactStore(folder), 400))
    found = Measured()
    for text in texts:
        begun = time.process_time()
        with recorder.recording("single", 1):
            matching = time.process_time()
            answers = pipeline.match([text], top=5, thorough=True)
            matched = time.process_time()
        told.offer("single", "0" * 64, [text], answers)
        ended = time.process_time()
        found.add(1, matched - matching, (matching - begun) + (ended - matched))
    recorder.start()
    recorder.stop()
    return found


def _beside(
    pipeline: MatchPipeline, texts: Sequence[str], folder: Path, opener: Callable[[], AddressMatcher]
) -> tuple[float, float, float]:
    """Return the CPU seconds of the service and of the candidate's process, and the share of the answers that both
    gave.
    """
    recorder = FactRecorder(FactWriter(FactStore(folder / "shadow"), 400), seconds=WRITE_SECONDS)
    shadow = Shadow(SameBundle(opener), recorder)
    shadow.start()
    try:
        _until_it_answers(pipeline, texts[0], shadow)
        known, before, begun = shadow.recorded(), _seconds_of_children(), time.process_time()
        _singles(pipeline, texts, folder, shadow)
        service, candidate = time.process_time() - begun, _seconds_of_children() - before
        return service, candidate, (shadow.recorded() - known) / len(texts)
    finally:
        shadow.stop()


def _seconds_of_children() -> float:
    return sum(cpu_seconds(child.pid) for child in multiprocessing.active_children() if child.pid)


def _until_it_answers(pipeline: MatchPipeline, text: str, shadow: Shadow) -> None:
    """Offer an answer until the candidate has given one as well; raises TimeoutError where it does not."""
    answers = pipeline.match([text], top=5, thorough=True)
    end = time.monotonic() + OPENED_SECONDS
    while not shadow.recorded():
        if time.monotonic() > end:
            raise TimeoutError(f"no candidate answered within {OPENED_SECONDS:.0f} seconds")
        shadow.offer("single", "0" * 64, [text], answers)
        time.sleep(WRITE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
