import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from address_match.service.errors import RunFailedError, UsageError
from address_match.service.http.app import create_app
from address_match.service.http.deployment import ActiveDeployment
from address_match.service.http.reloader import DeploymentReloader
from address_match.service.settings import ServerSettings

BACKLOG = 2_048
"""Connections that may wait to be accepted; they do so from the moment the address is printed."""


def run_server(
    active: ActiveDeployment, settings: ServerSettings, reloader: DeploymentReloader | None = None
) -> int:
    """Serve until SIGINT or SIGTERM, then finish open requests and close the active deployment; return an exit code."""
    listening = _listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    place = f"[{host}]:{port}" if listening.family == socket.AF_INET6 else f"{host}:{port}"
    print(f"address-match serves at http://{place} (documentation at /docs)", file=sys.stderr, flush=True)
    config = uvicorn.Config(
        create_app(active, settings, reloader),
        access_log=False,  # a URL may hold an address
        log_level="warning",
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    with listening, _ended_well_by_signals():
        server.run(sockets=[listening])
    if not server.started:
        raise RunFailedError("the service could not start; its log says why")
    return 0


@contextmanager
def _ended_well_by_signals() -> Iterator[None]:
    """Let the server's own handlers shut it down; it raises the signal once more afterwards, which means nothing."""
    before = {number: signal.signal(number, _nothing) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Take a signal and do nothing."""


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"cannot listen on {host}:{port}: {error}; name another --host or --port") from error
    return listening
