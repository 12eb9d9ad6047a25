"""A decision to fill in, with what `monitor report` found where its report is at hand."""

import json
from dataclasses import dataclass
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.templates import open_template
from address_match.timestamp import timestamp

_LEVELS = ("quiet", "notice", "warn", "act")


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is filled in already."""

    channel: str
    level: str
    moment: str
    why: tuple[str, ...]


def decision_template(report: Path | None = None, channel: str | None = None) -> str:
    """Return the file in TOML; the finding is that of a channel of a report (`monitor report --json`), the gravest
    unless named.

    Raises UsageError where the report is none, or has no such channel.
    """
    now = timestamp()
    found = _Finding("", "none", now, ("",)) if report is None else _finding(report, channel)
    return open_template(__package__, "decision.toml").render(found=found, quoted=_quoted)


def _finding(report: Path, channel: str | None) -> _Finding:
    found = _findings(report)
    named = [one for one in found if channel in {None, one.channel}]
    if not named:
        names = ", ".join(one.channel for one in found) or "none"
        raise UsageError(f"{report} has no channel {channel!r}; it has {names}")
    return named[0]


def _findings(report: Path) -> list[_Finding]:
    """Return what a report says of its channels, the gravest first."""
    try:
        content = json.loads(report.read_text(encoding="utf-8"))
        found = [
            _Finding(
                str(one["channel"]),
                str(one["level"]),
                str(content["moment"]),
                tuple(map(str, one["why"])) or ("nothing differs",),
            )
            for one in content["channels"]
        ]
        return sorted(found, key=lambda one: -_LEVELS.index(one.level))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{report} is no report: write one with `monitor report STORE --json > {report}`"
        ) from error


def _quoted(text: str) -> str:
    """Write a text as TOML has it, which is as JSON has it."""
    return json.dumps(text, ensure_ascii=False)
