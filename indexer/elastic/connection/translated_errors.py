"""What an error or a refusal of the cluster means in our own terms."""

from typing import Any

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TlsError
from elasticsearch import ApiError, UnsupportedProductError

from address_match.indexer.errors import (
    EngineAccessError,
    EngineRefusedError,
    EngineUnavailableError,
    IndexerError,
    IndexUnusableError,
)

_FULL = 429
_AWAY = (502, 503, 504)
_NO_ACCESS = (401, 403)
_MISSING = 404


class PassingError(Exception):
    """A failure within an answer that came: a queue was full or a shard away; the same request may succeed later."""


class QueueFullError(PassingError):
    """The cluster lives and has too much to do."""


def translated(error: Exception, place: str) -> IndexerError:
    """Return in our own terms what an error of the client means of the cluster at a place."""
    if isinstance(error, TlsError):
        return EngineAccessError(
            f"The certificate of {place} is not trusted: {error}. Name its CA certificate"
        )
    if isinstance(error, UnsupportedProductError):
        return EngineAccessError(f"What answers at {place} is no Elasticsearch; mend the URL")
    if isinstance(error, ApiError):
        return _translated_answer(error, place)
    if isinstance(error, PassingError):
        return EngineUnavailableError(f"The cluster at {place} answers in part only: {error}")
    return EngineUnavailableError(
        f"The cluster at {place} does not answer: {error}. Start it, or mend the URL"
    )


def _translated_answer(error: ApiError, place: str) -> IndexerError:
    status, reason = error.status_code, reason_of(error.body)
    if may_only_be_read(reason):
        return EngineRefusedError(
            f"The cluster at {place} may only be read: {reason}. Free disk on its nodes, or lift the block"
        )
    if status in _NO_ACCESS:
        return EngineAccessError(
            f"The cluster at {place} refuses these credentials ({status}): {reason}. Set "
            "ADDRESS_MATCH_ELASTIC_API_KEY, or ADDRESS_MATCH_ELASTIC_USER and ADDRESS_MATCH_ELASTIC_PASSWORD"
        )
    if status == _MISSING:
        return IndexUnusableError(f"The cluster at {place} does not hold it: {reason}")
    if status == _FULL or status in _AWAY:
        return EngineUnavailableError(
            f"The cluster at {place} is too busy or incomplete ({status}): {reason}"
        )
    return EngineRefusedError(f"The cluster at {place} refuses the request ({status}): {reason}")


def reason_of(body: Any) -> str:
    """Return the cause that an answer of the cluster gives, never more than a line of it."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        cause = (error.get("root_cause") or [error])[0]
        error = f"{cause.get('type', '')}: {cause.get('reason', '')}"
    return str(error).splitlines()[0][:300] if error else "no reason given"


def may_only_be_read(reason: str) -> bool:
    """Return whether a refusal means that nothing may be written; a cluster without a master blocks too, and finds one."""
    blocked = "cluster_block" in reason or ("index [" in reason and "blocked" in reason)
    return blocked and "SERVICE_UNAVAILABLE" not in reason


def is_full(status: int) -> bool:
    """Return whether an answer's status means that a queue is full."""
    return status == _FULL


def is_full_or_away(status: int) -> bool:
    """Return whether an answer's status may be another one a moment later."""
    return is_full(status) or status in _AWAY


def is_passing(error: BaseException) -> bool:
    """Return whether the same request may succeed a moment later."""
    if isinstance(error, ApiError):
        return is_full_or_away(error.status_code) and not may_only_be_read(reason_of(error.body))
    if isinstance(error, TlsError):
        return False
    return isinstance(error, NoConnection | ConnectionTimeout | PassingError)


def is_sign_of_death(error: BaseException) -> bool:
    """Return whether nobody seems to be there; a full queue or a refused request is an answer."""
    full = isinstance(error, QueueFullError) or (isinstance(error, ApiError) and is_full(error.status_code))
    return is_passing(error) and not full
