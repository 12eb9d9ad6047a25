"""Whether facts of answers are kept, and where: the options, and what they name."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.command import CommandParser
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.service.facts.direct_recorder import Recording
    from address_match.service.facts.recorder import FactRecorder

FILE_CHANNEL = "file"


def add_service_record(parser: CommandParser) -> None:
    """Add where a service keeps facts, and that it shall not."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        help="folder for facts of the answers ($ADDRESS_MATCH_FACTS, else address-match/facts in your state folder)",
    )
    choice.add_argument(
        "--no-record", action="store_true", help="keep no facts ($ADDRESS_MATCH_RECORD=false)"
    )


def add_file_record(parser: CommandParser) -> None:
    """Add that facts of a file's answers are kept."""
    parser.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        help="add facts of the answers, without addresses, to a folder for `monitor`",
    )
    parser.add_argument(
        "--channel",
        metavar="NAME",
        help=f"name of the source, for --record: each is compared with itself ({FILE_CHANNEL})",
    )


def recorder_of(arguments: argparse.Namespace) -> "FactRecorder | None":
    """Return what keeps the facts of a service, None where none are kept."""
    from address_match.service.facts.recorder import FactRecorder
    from address_match.service.facts.store import FactStore
    from address_match.service.facts.writer import FactWriter
    from address_match.service.settings import FactSettings

    settings = FactSettings()
    if arguments.no_record or not (settings.record or arguments.record):
        return None
    store = FactStore(arguments.record or settings.facts)
    return FactRecorder(FactWriter(store, settings.facts_days))


def recording_of(arguments: argparse.Namespace) -> "Recording | None":
    """Return where the facts of a file go, None where none are kept; raises UsageError for a channel that is none."""
    from address_match.service.facts.direct_recorder import Recording
    from address_match.service.facts.store import channel_name
    from address_match.service.settings import FactSettings

    if arguments.record is None:
        if arguments.channel is not None:
            raise UsageError("--channel names whose facts are kept, which --record DIR asks for")
        return None
    channel = channel_name(arguments.channel or FILE_CHANNEL)
    return Recording(arguments.record, channel, FactSettings().facts_days)
