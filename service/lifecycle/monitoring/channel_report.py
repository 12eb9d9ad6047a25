"""What is to be said of a channel: its last windows, and what is to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.labels.label_set import Label
from address_match.service.lifecycle.monitoring.accepted_facts import (
    LEAST_FACTS,
    READ,
    WINDOWS,
    Acceptance,
    AcceptedFacts,
)
from address_match.service.lifecycle.monitoring.dated_ahead import ahead_sentences, until_now
from address_match.service.lifecycle.monitoring.judged_window import (
    Finding,
    JudgedWindow,
    judge_windows,
    usual_values,
)
from address_match.service.lifecycle.monitoring.latency import latencies, slow_sentence
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.precision_by_labels import (
    PrecisionByLabels,
    labels_between,
    precision_by_labels,
)
from address_match.service.lifecycle.monitoring.restoring_threshold import (
    RestoringThreshold,
    restoring_threshold,
)
from address_match.service.lifecycle.monitoring.watched_values import ACCEPTED, EXPECTED_PRECISION, MEANINGS

MOST_WINDOWS = 20
"""Windows of a size that are judged, the last ones."""
OLD_DAYS = 63
"""Days after which a reference is to be looked at: an epoch of a register and half of the next."""
_WORSE_IF_LOWER = (ACCEPTED.name, EXPECTED_PRECISION.name)


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """A channel since its reference."""

    channel: str
    level: Level
    why: tuple[str, ...]
    """The reasons of the level, a sentence each, the gravest first."""
    facts: int
    """Since the reference."""
    waiting: int
    """Of these, facts that fill no window yet."""
    acceptance: Acceptance | None
    """None where its facts are compared with those of a bundle, or with none."""
    reference_facts: int
    windows: tuple[JudgedWindow, ...]
    """Of each size, oldest first."""
    skipped: tuple[str, ...] = ()
    """Files of facts that could not be read, and why."""
    by_labels: PrecisionByLabels | None = None
    """Of what was matched since the reference by the bundle that answered last; None where too few of it are labelled."""
    restoring: RestoringThreshold | None = None
    """What is proposed where the expected precision demands a decision; None where it does not, and where no threshold
    restores it.
    """
    acknowledgement: str = ""
    """Who has looked at its warning; empty where nobody has, and where it gives none."""


def report_channel(
    store: FactStore,
    channel: str,
    reference: AcceptedFacts | None,
    of_bundle: pa.Table | None = None,
    labels: Iterable[Label] = (),
) -> ChannelReport:
    """Judge the windows of a channel that came after its reference; without one, all of them by the facts of a bundle.

    Of `labels` those count whose addresses were answered under the channel.
    """
    of_channel = [one for one in labels if one.answer.text and one.answer.channel == channel]
    if reference is None:
        return _not_accepted(store, channel, of_bundle, of_channel)
    end = pc.max(reference.table.column("moment")).as_py()
    read = store.read(channel, READ, since=end.date())
    facts, ahead = until_now(read.table.filter(pc.greater(read.table.column("moment"), end)))
    windows = [judged for size in WINDOWS for judged in _judged(reference.table, facts, size)]
    target = reference.acceptance.target_precision
    by_labels = _by_labels(facts, of_channel)
    level, why_level = level_of(windows, target, by_labels)
    restoring = _restoring(windows, facts, target)
    why_look = [*ahead_sentences(ahead, end), *_too_old(reference.acceptance)]
    return ChannelReport(
        channel=channel,
        level=max(level, Level.NOTICE) if why_look else level,
        why=(
            *why_level,
            *([restoring.as_text()] if restoring else []),
            *why_look,
            *_other_models(reference.table, facts),
        ),
        facts=len(facts),
        waiting=len(facts) % WINDOWS[0],
        acceptance=reference.acceptance,
        reference_facts=len(reference.table),
        windows=_labelled(windows, of_channel, facts),
        skipped=read.skipped,
        by_labels=by_labels,
        restoring=restoring,
    )


def _not_accepted(
    store: FactStore, channel: str, of_bundle: pa.Table | None, labels: Sequence[Label]
) -> ChannelReport:
    """Report on a channel of which nobody has said what is usual: a notice, whatever differs."""
    read = store.read(channel, READ)
    facts, ahead = until_now(read.table)
    count, by_labels, why_ahead = len(facts), _by_labels(facts, labels), ahead_sentences(ahead)
    if of_bundle is None or len(of_bundle) < LEAST_FACTS:
        why = f"nothing to compare its {count:,} facts with: accept a quiet stretch, monitor accept"
        return ChannelReport(
            channel=channel,
            level=Level.NOTICE,
            why=(why, *why_ahead),
            facts=count,
            waiting=count,
            acceptance=None,
            reference_facts=0,
            windows=(),
            skipped=read.skipped,
            by_labels=by_labels,
        )
    windows = [judged for size in WINDOWS for judged in _judged(of_bundle, facts, size)]
    why = (
        "compared with made-up addresses as the bundle answered them in its training: accept a quiet stretch of the channel, "
        "monitor accept"
    )
    return ChannelReport(
        channel=channel,
        level=Level.NOTICE,
        why=(why, *level_of(windows, None)[1], *why_ahead, *_other_bundles(of_bundle, facts)),
        facts=count,
        waiting=count % WINDOWS[0],
        acceptance=None,
        reference_facts=len(of_bundle),
        windows=_labelled(windows, labels, facts),
        skipped=read.skipped,
        by_labels=by_labels,
    )


def level_of(
    windows: Sequence[JudgedWindow],
    target_precision: float | None,
    by_labels: PrecisionByLabels | None = None,
) -> tuple[Level, list[str]]:
    """Return what is to be done, and why, the gravest first, by the last windows of each size and by what labels prove."""
    by_size = {size: [one for one in windows if one.size == size] for size in WINDOWS}
    found: list[tuple[Level, str]] = []
    for size, judged in by_size.items():
        differing = judged[-1].differing if judged else ()
        for finding in sorted(differing, key=lambda one: not _is_worse(one)):
            found.append((_level_of_finding(finding, judged), _sentence(finding, size)))
    if _is_missed(windows, target_precision):
        found.append(
            (
                Level.ACT,
                f"expected precision may be below the {target_precision} that is wanted, twice running",
            )
        )
    if slow := slow_sentence([one.latency for one in by_size[WINDOWS[0]]]):
        found.append((Level.NOTICE, slow))
    if target_precision is not None and by_labels is not None and by_labels.is_below(target_precision):
        shown = by_labels.at_every_look.as_text()
        found.append((Level.ACT, f"labels prove that precision is below {target_precision}: {shown}"))
    found.sort(key=lambda one: -one[0])  # those of a level stay: what is worse first, then the surest
    return found[0][0] if found else Level.QUIET, [why for _, why in found]


def _judged(reference: pa.Table, facts: pa.Table, size: int) -> list[JudgedWindow]:
    count = len(facts) // size
    if not count:
        return []
    judged = facts.slice(max(0, count - MOST_WINDOWS) * size)
    windows = judge_windows(usual_values(reference, size), judged, size)
    timed = zip(windows, latencies(reference, judged, size), strict=True)
    return [replace(window, latency=latency) for window, latency in timed]


def _by_labels(facts: pa.Table, labels: Sequence[Label]) -> PrecisionByLabels | None:
    """Estimate the precision of the bundle that answered last, by the labels of its answers among some facts."""
    if not labels or not len(facts):
        return None
    bundle, begins = facts.column("bundle")[-1].as_py(), facts.column("moment")[0].as_py()
    ends = facts.column("moment")[-1].as_py()
    of_bundle = facts.filter(pc.equal(facts.column("bundle").cast(pa.string()), bundle))
    own = [one for one in labels_between(labels, begins, ends) if one.answer.bundle == bundle]
    return precision_by_labels(of_bundle, own)


def _labelled(
    windows: Sequence[JudgedWindow], labels: Sequence[Label], facts: pa.Table
) -> tuple[JudgedWindow, ...]:
    """Return the windows, those with enough labels of their minutes with the precision by these."""
    if not labels:
        return tuple(windows)
    moments = facts.column("moment")

    def labelled(window: JudgedWindow) -> JudgedWindow:
        within = pc.and_(pc.greater_equal(moments, window.begins), pc.less_equal(moments, window.ends))
        here = labels_between(labels, window.begins, window.ends)
        return replace(window, by_labels=precision_by_labels(facts.filter(within), here))

    return tuple(map(labelled, windows))


def _too_old(acceptance: Acceptance) -> list[str]:
    days = (datetime.now(UTC) - datetime.fromisoformat(acceptance.moment)).days
    return [f"its reference was accepted {days} days ago: accept newer days"] if days > OLD_DAYS else []


def _level_of_finding(finding: Finding, judged: Sequence[JudgedWindow]) -> Level:
    before = {one.name for one in judged[-2].differing} if len(judged) > 1 else set()
    return Level.WARN if _is_worse(finding) or finding.name in before else Level.NOTICE


def _is_worse(finding: Finding) -> bool:
    """Return whether fewer answers are accepted, or expected to be right."""
    value, usual = finding.value, finding.usual_value
    return finding.name in _WORSE_IF_LOWER and value is not None and usual is not None and value < usual


def _sentence(finding: Finding, size: int) -> str:
    change = f"by {finding.effect:.3f}"
    if finding.value is not None and finding.usual_value is not None:
        change = f"{finding.value:.3f} for {finding.usual_value:.3f}"
    return f"{finding.name} differs in the last {size:,} answers: {change} ({MEANINGS[finding.name]})"


def _is_missed(windows: Sequence[JudgedWindow], target_precision: float | None) -> bool:
    """Return whether the expected precision may be below the target in the last two small windows."""
    expected = [one.expected_precision for one in windows if one.size == WINDOWS[0]][-2:]
    if target_precision is None or len(expected) < 2:
        return False
    return all(one is not None and one.demand_low < target_precision for one in expected)


def _restoring(
    windows: Sequence[JudgedWindow], facts: pa.Table, target_precision: float | None
) -> RestoringThreshold | None:
    """Propose a threshold by the facts of the last two small windows, where a decision is demanded for them."""
    if target_precision is None or not _is_missed(windows, target_precision):
        return None
    count = len(facts) // WINDOWS[0] * WINDOWS[0]
    return restoring_threshold(facts.slice(count - 2 * WINDOWS[0], 2 * WINDOWS[0]), target_precision)


def _other_models(reference: pa.Table, facts: pa.Table) -> list[str]:
    """Say that facts came of another bundle or index than the reference, which is a reason to differ by itself."""
    return [
        *_other_bundles(reference, facts),
        *_others(reference, facts, "generation", "generation of the index"),
    ]


def _other_bundles(reference: pa.Table, facts: pa.Table) -> list[str]:
    return _others(reference, facts, "bundle", "bundle")


def _others(reference: pa.Table, facts: pa.Table, column: str, noun: str) -> list[str]:
    held = pc.unique(reference.column(column)).to_pylist()
    new = set(pc.unique(facts.column(column)).to_pylist()) - set(held)
    return [f"another {noun} answers than that of the reference: {name}" for name in sorted(new)]
