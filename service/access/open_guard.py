"""Whether a service asks who somebody is, by a key or by signing in: always where a network can reach it, unless its
operator says in so many words that it shall not.
"""

from ipaddress import ip_address
from pathlib import Path

from address_match.service.access.guard import Guard
from address_match.service.access.people import People
from address_match.service.access.user_file import UserFile
from address_match.service.errors import UsageError
from address_match.service.settings.access_settings import AccessSettings, OidcSettings


def open_guard(access: AccessSettings, host: str, oidc: OidcSettings | None = None) -> Guard | None:
    """Open the keys and the people that a service which listens at `host` asks for; None where it asks for none. People
    sign in at the provider of `oidc` where that names one.

    Raises UsageError where nothing would guard it, or what is said of that contradicts itself.
    """
    oidc = oidc if oidc is not None and oidc.issuer else None
    if oidc is not None and access.names_users():
        raise UsageError(
            f"people are to sign in at {oidc.issuer} and as the users of {access.users}: leave out the one or the other"
        )
    if oidc is not None and (lacking := oidc.lacking()):
        raise UsageError(f"to sign in at {oidc.issuer} needs {', '.join(lacking)} as well")
    asks = access.names_keys() or access.names_users() or oidc is not None
    if access.open_to_network:
        if asks:
            raise UsageError(
                "keys, users or a provider of OpenID Connect say who may ask, and the service is to be open to the "
                "network for anybody: leave out the one or the other"
            )
        return None
    if is_loopback(host) and not asks:
        return None
    has_users = oidc is not None or bool(UserFile(access.users).read())
    people = People.of(access, oidc) if has_users or access.names_users() else None
    guard = Guard.of(access, people)
    if guard.keyring.is_empty() and not has_users:
        raise UsageError(_nothing_guards(host, access.keys))
    return guard


def is_loopback(host: str) -> bool:
    """Return whether this machine alone can reach an address; a name other than `localhost` may stand for anything."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _nothing_guards(host: str, keys: Path) -> str:
    return (
        f"{keys} holds no key in force and nobody may sign in, and {host or 'every address of this machine'} "
        f"{'asks for either' if is_loopback(host) else 'can be reached from a network'}: make one with "
        "`address-match keys add NAME`, let somebody sign in with `address-match users add NAME`, or say --open-to-network to answer whoever asks"
    )
