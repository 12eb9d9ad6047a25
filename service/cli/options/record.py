"""Whether facts of answers are kept, and where: the options, and what they name."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options
from address_match.service.errors import RunFailedError, UsageError

if TYPE_CHECKING:
    from address_match.service.facts.direct_recorder import Recording
    from address_match.service.facts.recorder import FactRecorder
    from address_match.service.facts.store import FactStore
    from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook
    from address_match.service.lifecycle.kept_texts.text_keeper import TextKeeper

FILE_CHANNEL = "file"
JOB_CHANNEL = "job"
"""Of files that a service matches."""


def add_service_record(options: Options) -> None:
    """Add where a service keeps facts, and that it shall not."""
    choice = options.add_mutually_exclusive_group()
    choice.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        help="folder for facts of the answers ($ADDRESS_MATCH_FACTS, else address-match/facts in your state folder)",
    )
    choice.add_argument(
        "--no-record", action="store_true", help="keep no facts ($ADDRESS_MATCH_RECORD=false)"
    )


def add_kept_texts(options: Options) -> None:
    """Add where a service keeps some of the addresses that it answers."""
    options.add_argument(
        "--keep-texts",
        type=Path,
        metavar="DIR",
        help="folder in which some addresses are kept, encrypted, to be labelled ($ADDRESS_MATCH_TEXTS; none)",
    )


def add_file_record(options: Options) -> None:
    """Add that facts of a file's answers are kept."""
    options.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        help="add facts of the answers, without addresses, to a folder for `monitor`",
    )
    options.add_argument(
        "--channel",
        metavar="NAME",
        help=f"name of the source, for --record: each is compared with itself ({FILE_CHANNEL})",
    )


def recorder_of(arguments: argparse.Namespace, within: str = "") -> "FactRecorder | None":
    """Return what keeps the facts of a service, None where none are kept; `within` names a store within its own."""
    from address_match.service.facts.recorder import FactRecorder
    from address_match.service.facts.store import FactStore
    from address_match.service.facts.writer import FactWriter

    folder, days = _kept_by_service(arguments)
    return None if folder is None else FactRecorder(FactWriter(FactStore(folder / within), days))


def fact_store_of(arguments: argparse.Namespace) -> "FactStore | None":
    """Return where the facts of a service are kept, None where none are."""
    from address_match.service.facts.store import FactStore

    folder, _ = _kept_by_service(arguments)
    return None if folder is None else FactStore(folder)


def feedback_of(arguments: argparse.Namespace) -> "FeedbackBook | None":
    """Return what keeps the feedback of a service's clients, beside its facts; None where none are kept, or none can be."""
    from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook

    folder, days = _kept_by_service(arguments)
    if folder is None:
        return None
    try:
        return FeedbackBook(folder / "feedback", days)
    except RunFailedError as error:
        print(f"no feedback is kept: {error}", file=sys.stderr, flush=True)
        return None


def text_keeper_of(arguments: argparse.Namespace) -> "TextKeeper | None":
    """Return what keeps some of the addresses that a service answers, None where none are kept; raises UsageError without a key."""
    from address_match.service.lifecycle.kept_texts.text_cipher import TextCipher
    from address_match.service.lifecycle.kept_texts.text_keeper import TextKeeper
    from address_match.service.lifecycle.kept_texts.text_store import TextStore
    from address_match.service.settings.lifecycle_settings import TextSettings

    settings = TextSettings()
    folder = arguments.keep_texts or settings.texts
    if folder is None:
        return None
    store = TextStore(folder, TextCipher(settings.texts_key.get_secret_value()), settings.texts_days)
    return TextKeeper(store, share=settings.texts_share, a_day=settings.texts_a_day)


def record_of_jobs(arguments: argparse.Namespace) -> list[str]:
    """Return the arguments of `match` by which the facts of a service's jobs are kept with its own."""
    folder, _ = _kept_by_service(arguments)
    return [] if folder is None else [f"--record={folder}", f"--channel={JOB_CHANNEL}"]


def _kept_by_service(arguments: argparse.Namespace) -> tuple[Path | None, int]:
    """Return the folder of a service's facts, None where none are kept, and for how many days they are."""
    from address_match.service.settings.lifecycle_settings import FactSettings

    settings = FactSettings()
    is_kept = not arguments.no_record and (settings.record or arguments.record)
    return (arguments.record or settings.facts) if is_kept else None, settings.facts_days


def recording_of(arguments: argparse.Namespace) -> "Recording | None":
    """Return where the facts of a file go, None where none are kept; raises UsageError for a channel that is none."""
    from address_match.service.facts.direct_recorder import Recording
    from address_match.service.facts.store import channel_name
    from address_match.service.settings.lifecycle_settings import FactSettings

    if arguments.record is None:
        if arguments.channel is not None:
            raise UsageError("--channel names whose facts are kept, which --record DIR asks for")
        return None
    channel = channel_name(arguments.channel or FILE_CHANNEL)
    return Recording(arguments.record, channel, FactSettings().facts_days)
