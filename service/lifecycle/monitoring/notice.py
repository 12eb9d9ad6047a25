"""What a webhook receives of a report."""

from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.report import MonitorReport, line_of


def notice_of(report: MonitorReport, least: Level) -> dict[str, object] | None:
    """Return the notice about the channels of this level or a graver one, None where there are none.

    A warning that was acknowledged is not repeated.

    `text` is what chats show of a webhook.
    """
    grave = [one for one in report.channels if one.level >= least and not one.acknowledgement]
    if not grave:
        return None
    channels = [{"channel": one.channel, "level": one.level.word, "why": list(one.why)} for one in grave]
    return {
        "text": "\n".join(map(line_of, grave)),
        "moment": report.moment,
        "level": report.level.word,
        "channels": channels,
    }
