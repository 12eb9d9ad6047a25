"""Whether a service asks for keys: always where a network can reach it, unless its operator says in so many words that it shall not."""

from ipaddress import ip_address
from pathlib import Path

from address_match.service.access.guard import Guard
from address_match.service.errors import UsageError
from address_match.service.settings import AccessSettings


def open_guard(access: AccessSettings, host: str) -> Guard | None:
    """Open the keys that a service which listens at `host` asks for; None where it asks for none.

    Raises UsageError where nothing would guard it, or what is said of that contradicts itself.
    """
    if access.open_to_network:
        if access.names_keys():
            raise UsageError(
                f"the keys in {access.keys} are to be asked for, and the service is to be open to the network without any: "
                "leave out the one or the other"
            )
        return None
    if is_loopback(host) and not access.names_keys():
        return None
    guard = Guard.of(access)
    if guard.keyring.is_empty():
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
        f"{keys} holds no key in force, and {host or 'every address of this machine'} "
        f"{'asks for them' if is_loopback(host) else 'can be reached from a network'}: make one with "
        "`address-match keys add NAME`, or say --open-to-network to answer whoever asks"
    )
