"""What the operator is told when a service begins."""

import logging
import os
import socket
import sys
from ssl import SSLContext

from address_match.service.http.readiness import Readiness
from address_match.service.settings.server_settings import LogSettings
from address_match.service.settings.unknown_variables import unknown_variables

_log = logging.getLogger("address_match.http")


def warn_of_unknown_variables() -> None:
    """Warn of variables that are named like settings and are none."""
    for unknown in unknown_variables(os.environ):
        _log.warning(unknown)


def say_where(listening: socket.socket, tls: SSLContext | None, log: LogSettings) -> None:
    """Name the URL at which it answers."""
    say(f"address-match serves at {url_of(listening, tls)} (documentation at /docs)", log)


def say_what(ready: Readiness, log: LogSettings) -> None:
    """Name the reference and the models that answer, as far as they are known."""
    if (reference := ready.reference) is not None:
        index = f"index {reference.index}, {ready.serving.generation}, built {reference.built}"
        say(
            f"it answers from {reference.premises:,} premises of {reference.reference} ({index}) by the bundle {ready.serving.bundle}",
            log,
        )


def say(message: str, log: LogSettings) -> None:
    """Tell the operator how the service began; as a line of JSON where all lines are."""
    if log.log_format == "json":
        _log.warning(message)
    else:
        print(message, file=sys.stderr, flush=True)


def url_of(listening: socket.socket, tls: SSLContext | None = None) -> str:
    """Return the URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    scheme = "http" if tls is None else "https"
    return (
        f"{scheme}://[{host}]:{port}" if listening.family == socket.AF_INET6 else f"{scheme}://{host}:{port}"
    )
