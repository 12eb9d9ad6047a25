"""Why a request is not answered, as OS Places says it.

The few texts that clients are known to compare are theirs; all others are ours, in the same shape.
"""

from http import HTTPStatus
from typing import Any

NO_KEY, WRONG_KEY, TOO_MANY = (
    "steps.oauth.v2.FailedToResolveAPIKey",
    "oauth.v2.InvalidApiKey",
    "policies.ratelimit.QuotaViolation",
)
"""Codes of its gateway."""


class RefusedError(Exception):
    """A request that is answered by a refusal."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def missing(name: str) -> RefusedError:
    """Refuse a request for a parameter that it lacks."""
    return RefusedError(f"No {name} parameter provided.")


def empty(name: str) -> RefusedError:
    """Refuse a request for a parameter that is sent without a value."""
    return RefusedError(f"Parameter {name} cannot be empty.")


def no_postcode(written: str) -> RefusedError:
    """Refuse what is no postcode, and no beginning of one with its first digit."""
    return RefusedError(
        "Requested postcode must contain a minimum of the sector plus 1 digit of the district e.g. SO1. "
        f"Requested postcode was {written}"
    )


def error_object(status: HTTPStatus, message: str) -> dict[str, Any]:
    """Write why a request is not answered."""
    return {"error": {"statuscode": status.value, "message": message}}


def fault_object(code: str, message: str) -> dict[str, Any]:
    """Write why a request is sent away at the door, as the gateway does."""
    return {"fault": {"faultstring": message, "detail": {"errorcode": code}}}
