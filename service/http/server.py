import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI

from address_match.service.errors import RunFailedError, UsageError
from address_match.service.http.app import create_app
from address_match.service.http.deployment import ActiveDeployment
from address_match.service.http.protocol import PROBE_CONNECTIONS, BoundedProtocol, ConnectionBounds
from address_match.service.http.reloader import DeploymentReloader
from address_match.service.settings import ServerSettings

if TYPE_CHECKING:
    from address_match.service.http.service import MatchingService

OTHER_FILES = 64
"""Files that the process has open beside its connections: those of the index, of models, and of connections to a cluster."""
FILES_WITHOUT_BOUND = 8_192
"""Taken for the bound where the system names none: on Windows sockets are no files, and yet connections stay bounded."""
SWITCH_SECONDS = 0.0001
"""How long a thread that matches may keep the interpreter from the event loop. The loop gives it away at each read and write, and
may wait as long to get it back: at Python's 5 ms that costs more than a refusal does."""
BACKLOG = 2_048
"""Connections that may wait to be accepted; they do so from the moment the address is printed."""


def run_server(
    active: ActiveDeployment, settings: ServerSettings, reloader: DeploymentReloader | None = None
) -> int:
    """Serve until SIGINT or SIGTERM, then finish open requests and close the active deployment; return an exit code."""
    _log_to_stderr()
    sys.setswitchinterval(SWITCH_SECONDS)
    listening = listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    place = f"[{host}]:{port}" if listening.family == socket.AF_INET6 else f"{host}:{port}"
    print(f"address-match serves at http://{place} (documentation at /docs)", file=sys.stderr, flush=True)
    app = create_app(active, settings, reloader)
    config = uvicorn.Config(
        app,
        http=bounded_protocol(app, settings),
        # uvloop accepts one connection a turn, and a turn waits for the interpreter while threads match: at a burst, connections
        # would wait for seconds without a refusal. Nor does it say when there are no files left for one.
        loop="asyncio",
        ws="none",
        timeout_keep_alive=settings.idle_seconds,
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


def bounded_protocol(app: FastAPI, settings: ServerSettings) -> Any:
    """Return what makes the protocol of each connection; its bounds leave files for the index and the log."""
    bounds = ConnectionBounds(
        connections=min(settings.connections, max(1, _most_files() - PROBE_CONNECTIONS - OTHER_FILES)),
        requests=settings.waiting + settings.threads * settings.gathered + settings.bulk_requests,
        line_bytes=settings.line_bytes,
        head_bytes=settings.head_bytes,
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
    )

    def is_full(client: str) -> bool:
        service: MatchingService = app.state.service
        return service.is_full(client)

    return partial(BoundedProtocol, bounds=bounds, is_full=is_full)


def _most_files() -> int:
    """Raise the number of files that this process may have open as far as it may, and return it."""
    try:
        import resource
    except ImportError:
        return FILES_WITHOUT_BOUND
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems refuse what they name as their bound
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return soft if soft != resource.RLIM_INFINITY else sys.maxsize


def _log_to_stderr() -> None:
    """Let warnings and errors of this program and of the event loop reach stderr; other libraries may speak of what they were sent."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for name in ("address_match", "asyncio"):
        logging.getLogger(name).addHandler(handler)


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


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; raises UsageError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop sends the second segment of an answer at once only over sockets whose protocol it sees to be TCP; else it
    # waits for the client to acknowledge the first, up to 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(f"cannot listen on {host}:{port}: {error}; name another --host or --port") from error
    return listening
