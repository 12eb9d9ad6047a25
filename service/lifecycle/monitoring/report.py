"""The report of a store: as JSON, as a line a channel, and as one page of HTML that needs no network, no script and no
other file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa

from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.labels.label_set import Label
from address_match.service.lifecycle.monitoring.accepted_facts import accepted_facts
from address_match.service.lifecycle.monitoring.acknowledgement import with_acknowledgement
from address_match.service.lifecycle.monitoring.channel_report import ChannelReport, report_channel
from address_match.service.lifecycle.monitoring.judged_window import JudgedWindow
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.watched_values import ACCEPTED, MEANINGS
from address_match.service.lifecycle.monitoring.window_charts import window_charts
from address_match.service.templates import open_template
from address_match.timestamp import timestamp

SAID = 3
"""Reasons that stand in the line of a channel."""


@dataclass(frozen=True, slots=True)
class MonitorReport:
    """What is to be said of the channels of a store."""

    moment: str
    """When it was made, UTC."""
    channels: tuple[ChannelReport, ...]

    @property
    def level(self) -> Level:
        """The gravest of all channels; a notice where there are none, since nobody writes facts then."""
        return max((one.level for one in self.channels), default=Level.NOTICE)

    def as_json(self) -> dict[str, object]:
        """Give it as a JSON object."""
        channels = [channel_object(one) for one in self.channels]
        return {"moment": self.moment, "level": self.level.word, "channels": channels}

    def as_html(self) -> str:
        """Lay it out as a page."""
        return open_template(__package__, "page.html").render(
            report=self, meanings=MEANINGS, accepted=accepted_share, charts=window_charts
        )


def report_store(
    store: FactStore,
    reference: FactStore,
    channels: Sequence[str] = (),
    *,
    of_bundle: pa.Table | None = None,
    labels: Iterable[Label] = (),
) -> MonitorReport:
    """Report on some channels of a store, or on all, against the facts that were accepted in another or in the same.

    Channels of which none were accepted are compared with those of a bundle where there are any. Labels of addresses
    that were answered under a channel say how many of its matched are right.
    """
    names = channels or store.channels()
    known = tuple(labels)
    found = (
        with_acknowledgement(
            reference.folder,
            report_channel(store, name, accepted_facts(reference.folder, name), of_bundle, known),
        )
        for name in names
    )
    return MonitorReport(timestamp(), tuple(found))


def line_of(channel: ChannelReport) -> str:
    """Say in one line how a channel is, with the gravest reasons."""
    last = channel.windows[-1] if channel.windows else None
    figures = "" if last is None else f", {100 * accepted_share(last):.1f} % accepted"
    if last is not None and last.expected_precision is not None:
        figures += f", {last.expected_precision.as_text()} of them expected to be right"
    if last is not None and last.latency is not None:
        figures += f", half and 95 of 100 of them within {last.latency.as_text()}"
    if channel.by_labels is not None:
        figures += f", {channel.by_labels.precision.as_text()} right by {channel.by_labels.labels:,} labels"
    more = len(channel.why) - SAID
    said = [*channel.why[:SAID], f"{more} more in the page and --json"] if more > 0 else channel.why
    why = f": {'; '.join(said)}" if said else ""
    since = " since the reference" if channel.acceptance else ""
    return f"{channel.channel}: {channel.level.word}, {channel.facts:,} answers{since}{figures}{why}"


def accepted_share(window: JudgedWindow) -> float:
    """Return the share of a window's answers that are matched."""
    return next(one.value or 0.0 for one in window.findings if one.name == ACCEPTED.name)


def channel_object(channel: ChannelReport) -> dict[str, object]:
    """Give a channel as a JSON object."""
    return {
        "channel": channel.channel,
        "level": channel.level.word,
        "why": list(channel.why),
        "facts": channel.facts,
        "waiting": channel.waiting,
        "reference": None if channel.acceptance is None else asdict(channel.acceptance),
        "reference_facts": channel.reference_facts,
        "skipped": list(channel.skipped),
        "by_labels": channel.by_labels and channel.by_labels.as_json(),
        "acknowledged_by": channel.acknowledgement,
        "restoring": channel.restoring and asdict(channel.restoring),
        "windows": [_window_object(one) for one in channel.windows],
    }


def _window_object(window: JudgedWindow) -> dict[str, object]:
    expected = window.expected_precision
    return {
        "size": window.size,
        "begins": window.begins.isoformat(),
        "ends": window.ends.isoformat(),
        "expected_precision": None if expected is None else expected.as_json(),
        "absent": window.absent and window.absent.as_json(),
        "by_labels": window.by_labels and window.by_labels.as_json(),
        "latency": window.latency and asdict(window.latency),
        "findings": [asdict(one) for one in window.findings],
    }
