"""Why a request is sent away at the door, one class per way out.

AccessError
├── MissingKeyError   it came without a key
├── UnknownKeyError   what it came with is no key in force
├── RoleError         its key, or who signed in, is not for what it asks
├── PersonNeededError nobody signed in, and a key is not enough for what it asks
└── KeyLimitError     its key has asked for as much as it may
"""

from address_match.service.errors import ServiceError


class AccessError(ServiceError):
    """Base of the errors of who may not ask; no message holds a key."""


class MissingKeyError(AccessError):
    """A request came without a key."""


class UnknownKeyError(AccessError):
    """What was sent as a key is none in force."""


class RoleError(AccessError):
    """The key of a request, or who signed in, is not for what it asks."""


class PersonNeededError(AccessError):
    """A request asks for what a person does, and nobody signed in."""


class KeyLimitError(AccessError):
    """A key has asked for as much as it may."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(f"{message}; try again in {retry_seconds} s")
        self.retry_seconds = retry_seconds
