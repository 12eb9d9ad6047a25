"""What is to be said of a channel: its last windows, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from address_match.service.facts.store import FactStore
from address_match.service.monitoring.accepted import READ, WINDOWS, Acceptance, AcceptedFacts
from address_match.service.monitoring.level import Level
from address_match.service.monitoring.watched import ACCEPTED, EXPECTED_PRECISION
from address_match.service.monitoring.window import Finding, JudgedWindow, judge_windows, usual_values

MOST_WINDOWS = 20
"""Windows of a size that are judged, the last ones."""
_WORSE_IF_LOWER = (ACCEPTED.name, EXPECTED_PRECISION.name)


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """A channel since its reference."""

    channel: str
    level: Level
    why: tuple[str, ...]
    """The reasons of the level, a sentence each."""
    facts: int
    """Since the reference."""
    waiting: int
    """Of these, facts that fill no window yet."""
    acceptance: Acceptance | None
    reference_facts: int
    windows: tuple[JudgedWindow, ...]
    """Of each size, oldest first."""
    skipped: tuple[str, ...] = ()
    """Files of facts that could not be read, and why."""


def report_channel(store: FactStore, channel: str, reference: AcceptedFacts | None) -> ChannelReport:
    """Judge the windows of a channel that came after its reference."""
    if reference is None:
        read = store.read(channel, READ)
        why = f"nothing to compare its {len(read.table):,} facts with: accept a quiet stretch, monitor accept"
        count = len(read.table)
        return ChannelReport(channel, Level.NOTICE, (why,), count, count, None, 0, (), read.skipped)
    end = pc.max(reference.table.column("moment")).as_py()
    read = store.read(channel, READ, since=end.date())
    facts = read.table.filter(pc.greater(read.table.column("moment"), end))
    windows = [judged for size in WINDOWS for judged in _judged(reference.table, facts, size)]
    target = reference.acceptance.target_precision
    level, why_level = level_of(windows, target)
    why_all = (*why_level, *_other_models(reference.table, facts))
    return ChannelReport(
        channel,
        level,
        why_all,
        len(facts),
        len(facts) % WINDOWS[0],
        reference.acceptance,
        len(reference.table),
        tuple(windows),
        read.skipped,
    )


def level_of(windows: Sequence[JudgedWindow], target_precision: float | None) -> tuple[Level, list[str]]:
    """Return what is to be done, and why, by the last windows of each size."""
    by_size = {size: [one for one in windows if one.size == size] for size in WINDOWS}
    found: list[tuple[Level, str]] = []
    for size, judged in by_size.items():
        for finding in judged[-1].differing if judged else ():
            found.append((_level_of_finding(finding, judged), _sentence(finding, size)))
    below = [_is_below(one, target_precision) for one in by_size[WINDOWS[0]][-2:]]
    if len(below) == 2 and all(below):
        found.append(
            (
                Level.ACT,
                f"expected precision may be below the {target_precision} that is wanted, twice running",
            )
        )
    level = max((one for one, _ in found), default=Level.QUIET)
    return level, [why for _, why in found]


def _judged(reference: pa.Table, facts: pa.Table, size: int) -> list[JudgedWindow]:
    count = len(facts) // size
    if not count:
        return []
    judged = facts.slice(max(0, count - MOST_WINDOWS) * size)
    return judge_windows(usual_values(reference, size), judged, size)


def _level_of_finding(finding: Finding, judged: Sequence[JudgedWindow]) -> Level:
    before = {one.name for one in judged[-2].differing} if len(judged) > 1 else set()
    lower = (
        finding.value is not None and finding.usual_value is not None and finding.value < finding.usual_value
    )
    is_worse = finding.name in _WORSE_IF_LOWER and lower
    return Level.WARN if is_worse or finding.name in before else Level.NOTICE


def _sentence(finding: Finding, size: int) -> str:
    change = f"by {finding.effect:.3f}"
    if finding.value is not None and finding.usual_value is not None:
        change = f"{finding.value:.3f} for {finding.usual_value:.3f}"
    return f"{finding.name} differs in the last {size:,} answers: {change}"


def _is_below(window: JudgedWindow, target_precision: float | None) -> bool:
    expected = window.expected_precision
    return target_precision is not None and expected is not None and expected.low < target_precision


def _other_models(reference: pa.Table, facts: pa.Table) -> list[str]:
    """Say that facts came of another bundle or index than the reference, which is a reason to differ by itself."""
    said = []
    for column, noun in (("bundle", "bundle"), ("generation", "generation of the index")):
        new = set(pc.unique(facts.column(column)).to_pylist()) - set(
            pc.unique(reference.column(column)).to_pylist()
        )
        said += [f"another {noun} answers than that of the reference: {name}" for name in sorted(new)]
    return said
