"""What the operator is told when a service begins."""

import logging
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from ssl import SSLContext

from address_match.service.http.connections.tls import end_of
from address_match.service.http.readiness import Readiness
from address_match.service.settings.server_settings import LogSettings, NetworkSettings
from address_match.service.settings.unknown_variables import unknown_variables

_log = logging.getLogger("address_match.http")

WARNED_BEFORE = timedelta(days=14)
"""How long before a certificate ends the operator is warned: time enough to get another."""


def warn_of_unknown_variables() -> None:
    """Warn of variables that are named like settings and are none."""
    for unknown in unknown_variables(os.environ):
        _log.warning(unknown)


def warn_of_certificate(network: NetworkSettings) -> None:
    """Warn where the certificate has ended, or ends soon: clients then refuse a service that is well in every other way."""
    certificate = network.tls_certificate
    if certificate is None or (end := end_of(certificate)) is None:
        return
    left = end - datetime.now(UTC)
    if left < WARNED_BEFORE:
        what = "has ended, and clients refuse it" if left < timedelta() else "ends soon"
        _log.warning(
            "the certificate %s %s: it is valid until %s", certificate, what, f"{end:%Y-%m-%d %H:%M} UTC"
        )


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
