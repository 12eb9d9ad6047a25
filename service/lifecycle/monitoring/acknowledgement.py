"""Warnings that somebody has looked at: lines of JSON beside the accepted facts, one a warning, with who said so and
why.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.lifecycle.appended_line import append_line
from address_match.service.lifecycle.monitoring.accepted_facts import ACCEPTED_FOLDER
from address_match.service.lifecycle.monitoring.channel_report import ChannelReport
from address_match.service.lifecycle.monitoring.judged_window import JudgedWindow
from address_match.service.lifecycle.monitoring.level import Level
from address_match.timestamp import timestamp

DAYS = 7
"""Within which a warning is to be acknowledged."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Who has looked at a warning."""

    channel: str
    by: str
    reason: str
    moment: str
    """When, UTC."""
    findings: tuple[str, ...]
    """Names of what differed then; where anything else differs it is another warning."""


def acknowledge(folder: Path, channel: ChannelReport, *, by: str, reason: str) -> Acknowledgement:
    """Write down that somebody has looked at the warning of a channel; raises UsageError where it gives none, OSError
    where it is not written.
    """
    if channel.level is not Level.WARN:
        raise UsageError(
            f"channel {channel.channel!r} does not warn, it is {channel.level.word}: only warnings are acknowledged; "
            "where it asks for a decision, address-match decide propose"
        )
    found = Acknowledgement(
        channel.channel, by, reason, timestamp(), tuple(sorted(_differing(channel.windows)))
    )
    path = _place(folder, channel.channel)
    path.parent.mkdir(exist_ok=True)
    line = json.dumps(asdict(found), ensure_ascii=False).encode()
    append_line(path, line, mode=0o644, survives_power_cut=True)
    return found


def with_acknowledgement(folder: Path, channel: ChannelReport) -> ChannelReport:
    """Return the report of a channel, with who has looked at its warning, or until when somebody has to."""
    if channel.level is not Level.WARN:
        return channel
    accepted = "" if channel.acceptance is None else channel.acceptance.moment
    differing = _differing(channel.windows)
    for one in reversed([*_written(folder, channel.channel)]):
        if one.moment >= accepted and differing <= {*one.findings}:
            said = f"acknowledged by {one.by} at {one.moment}: {one.reason}"
            return replace(channel, why=(*channel.why, said), acknowledgement=one.by)
    due = _since(channel.windows) + timedelta(DAYS)
    is_late = due < datetime.now(UTC)
    said = f"{'was' if is_late else 'is'} to be acknowledged until {due:%Y-%m-%d}, monitor acknowledge"
    return replace(channel, why=(*channel.why, said))


def _differing(windows: Sequence[JudgedWindow]) -> set[str]:
    """Return the names of what differs in the last window of each size."""
    last = {window.size: window for window in windows}
    return {finding.name for window in last.values() for finding in window.differing}


def _since(windows: Sequence[JudgedWindow]) -> datetime:
    """Return the end of the first of the windows, one after the other, that differ up to now."""
    ends = []
    for size in {window.size for window in windows}:
        for window in reversed([one for one in windows if one.size == size]):
            if not window.differing:
                break
            ends.append(window.ends)
    return min(ends, default=datetime.now(UTC))


def _written(folder: Path, channel: str) -> Iterator[Acknowledgement]:
    """Read what was acknowledged of a channel, oldest first; a line that a kill has torn acknowledges nothing."""
    try:
        lines = _place(folder, channel).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            said = json.loads(line)
            yield Acknowledgement(**{**said, "findings": tuple(said["findings"])})
        except (ValueError, KeyError, TypeError):
            continue


def _place(folder: Path, channel: str) -> Path:
    return folder / ACCEPTED_FOLDER / f"{channel}.acknowledged.ndjson"
