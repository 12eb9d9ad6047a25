"""The log of the service: lines of text or of JSON on standard error, and no address in any of them, at whatever level."""

import json
import logging
from datetime import UTC, datetime
from typing import TextIO

from address_match.service.error_place import place_of
from address_match.service.http.request_id import request_id
from address_match.service.http.watching.answered_request import AnsweredRequest
from address_match.service.settings.server_settings import LogSettings

OURS = "address_match"
OTHERS = ("asyncio", "uvicorn")
"""What else of a running service is heard, from warnings on; further libraries may speak of what they were sent."""
SELDOM_SECONDS = 10.0
_FACTS = "facts"
_NO_REQUEST = "-"

_log = logging.getLogger("address_match.http")


def log_to(stream: TextIO, settings: LogSettings) -> None:
    """Let what this program, its server and the event loop log reach a stream, in the form of the settings."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(Seldom())
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    for name in (OURS, *OTHERS):
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).propagate = False
    logging.getLogger(OURS).setLevel(settings.log_level.upper())


def log_request(answered: AnsweredRequest) -> None:
    """Log that a request was answered: the pattern of its route and not its URL, which may hold an address."""
    if not _log.isEnabledFor(logging.INFO):
        return
    milliseconds = round(1_000 * answered.seconds, 3)
    facts = {"method": answered.method, "route": answered.route, "status": answered.status}
    facts |= {"milliseconds": milliseconds, "key": answered.key}
    _log.info("answered", extra={_FACTS: facts})


class Seldom(logging.Filter):
    """Lets a warning of others pass once in `SELDOM_SECONDS`: the server says of each request that it is no HTTP, and some send nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], float] = {}
        """When something was said last, by the line of code that says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is written."""
        place = record.pathname, record.lineno
        if _is_ours(record) or record.levelno >= logging.ERROR:
            return True
        if record.created - self._said.get(place, 0.0) < SELDOM_SECONDS:
            return False
        self._said[place] = record.created
        return True


class JsonLines(logging.Formatter):
    """Writes a record as one object: time, level, logger, message, the request that it belongs to, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        if (request := request_id.get()) != _NO_REQUEST:
            line["request_id"] = request
        return json.dumps(line | _facts_of(record), ensure_ascii=False)


class TextLines(logging.Formatter):
    """Writes a record as a line for people: time, level, message and facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        facts = [f"{name}={value}" for name, value in _facts_of(record).items() if value != ""]
        return " ".join([time, record.levelname, message_of(record), *facts])


def message_of(record: logging.LogRecord) -> str:
    """Return what a record says, in one line and without an address.

    Of an error only its class and place are given, and of what others log the first line alone: they quote errors below it, whose
    messages may hold an address.
    """
    said = record.getMessage()
    if not _is_ours(record):
        said = said.partition("\n")[0]
    error = record.exc_info[1] if record.exc_info else None
    where = "" if error is None else f": {type(error).__name__} in {place_of(error)}"
    return " ".join(said.split()) + where


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name == OURS or record.name.startswith(f"{OURS}.")


def _facts_of(record: logging.LogRecord) -> dict[str, object]:
    facts: dict[str, object] = getattr(record, _FACTS, {})
    return facts
