"""Whether a service asks who somebody is, by a key or by signing in: always where a network can reach it, unless its operator says in so many words that it shall not."""

from ipaddress import ip_address
from pathlib import Path

from address_match.service.access.guard import Guard
from address_match.service.access.people import People
from address_match.service.access.user_file import UserFile
from address_match.service.errors import UsageError
from address_match.service.settings import AccessSettings


def open_guard(access: AccessSettings, host: str) -> Guard | None:
    """Open the keys and the people that a service which listens at `host` asks for; None where it asks for none.

    Raises UsageError where nothing would guard it, or what is said of that contradicts itself.
    """
    asks = access.names_keys() or access.names_users()
    if access.open_to_network:
        if asks:
            raise UsageError(
                f"{access.keys if access.names_keys() else access.users} says who may ask, and the service is to be open to the "
                "network for anybody: leave out the one or the other"
            )
        return None
    if is_loopback(host) and not asks:
        return None
    has_users = bool(UserFile(access.users).read())
    guard = Guard.of(access, People.of(access, of_file=True) if has_users or access.names_users() else None)
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
