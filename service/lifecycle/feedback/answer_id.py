"""Names of answers that say what was answered, signed, so that nothing has to be kept until somebody speaks of one."""

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass

from address_match.service.errors import ServiceError
from address_match.service.matching.answer import Answer

LONGEST = 400
"""Characters of an answer's name at most: those of its UPRN and some hundred more."""
_MAC_BYTES = 16
_DIGITS = 4
_DAY_SECONDS = 86_400


class UnknownAnswerError(ServiceError):
    """What names an answer was not given out here, or too long ago."""


@dataclass(frozen=True, slots=True)
class NamedAnswer:
    """What the name of an answer says."""

    answered: int
    """Seconds since 1970."""
    nonce: str
    """Tells it from all others, eight bytes in hexadecimal."""
    status: str
    reason: str
    uprn: str
    """Of the premises that was answered or offered for review, else empty."""
    probability: float


class AnswerIds:
    """Gives answers their names and reads them; whoever has the same key reads the same names."""

    def __init__(self, key: bytes, days: int, now: Callable[[], float] = time.time) -> None:
        """Names are known for so many days."""
        self._key = key
        self._days = days
        self._now = now

    def name(self, answer: Answer) -> str:
        """Return a name for an answer, different each time."""
        decision = [answer.status.value, answer.reason.value, answer.uprn, round(answer.probability, _DIGITS)]
        said = [int(self._now()), secrets.token_hex(8), *decision]
        payload = json.dumps(said, separators=(",", ":")).encode()
        return f"{_written(payload)}.{_written(self._mac(payload))}"

    def read(self, name: str) -> NamedAnswer:
        """Return what a name says; raises UnknownAnswerError where it was not given out with this key in the last days."""
        written, _, mac = name.partition(".")
        try:
            payload, sent = _read(written), _read(mac)
        except (ValueError, Base64Error) as error:
            raise _unknown() from error
        if not hmac.compare_digest(sent, self._mac(payload)):
            raise _unknown()
        named = NamedAnswer(*json.loads(payload))
        if self._now() - named.answered > self._days * _DAY_SECONDS:
            raise UnknownAnswerError(f"the answer was given more than {self._days} days ago; ask again")
        return named

    def _mac(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, hashlib.sha256)[:_MAC_BYTES]


def _unknown() -> UnknownAnswerError:
    return UnknownAnswerError(
        "no answer of this service has that id; send the `answer_id` of an answer as it came"
    )


def _written(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _read(written: str) -> bytes:
    return urlsafe_b64decode(written.encode("ascii") + b"=" * (-len(written) % 4))
