"""Why a request is sent away at the door, one class per way out.

AccessError
├── MissingKeyError   it came without a key
├── UnknownKeyError   what it came with is no key in force
├── RoleError         its key, or who signed in, is not for what it asks
├── PersonNeededError nobody signed in, and a key is not enough for what it asks
├── SignedOutError    who signed in is not signed in any more
├── OtherPageError    a page elsewhere made a browser ask in the name of who signed in
├── WrongPasswordError what was typed to sign in is not right
├── ProviderError     the provider of OpenID Connect does not say who somebody is
├── UnknownPersonError it does, and he may not sign in here
└── LimitError        so much may be asked, or tried, and no more for now
    ├── KeyLimitError     by who asks
    └── SignInLimitError  by who signs in
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


class SignedOutError(AccessError):
    """Who signed in is not signed in any more, or never was."""


class OtherPageError(AccessError):
    """A page elsewhere made a browser ask in the name of who signed in."""


class WrongPasswordError(AccessError):
    """A name and a password do not belong together; which of them is wrong is not said."""


class ProviderError(AccessError):
    """The provider of OpenID Connect does not say who somebody is, or not in time."""


class UnknownPersonError(AccessError):
    """The provider of OpenID Connect says who somebody is, and he may not sign in here."""


class LimitError(AccessError):
    """No more may be asked, or tried, for now."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(f"{message}; try again in {retry_seconds} s")
        self.retry_seconds = retry_seconds


class KeyLimitError(LimitError):
    """Who asks has asked for as much as he may."""


class SignInLimitError(LimitError):
    """Too many tried to sign in and failed."""
