"""The command that serves an index over HTTP, in this process or in several workers."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import positive
from address_match.service.cli.options.candidates import add_candidates
from address_match.service.cli.options.command import Commands, Options, add_command
from address_match.service.cli.options.facades import add_facades
from address_match.service.cli.options.index import add_engine
from address_match.service.cli.options.jobs import add_jobs, folder_of_jobs
from address_match.service.cli.options.keys import add_keys, add_users
from address_match.service.cli.options.models import add_bundle, add_device
from address_match.service.cli.options.policy import add_policy
from address_match.service.cli.options.record import add_kept_texts, add_service_record
from address_match.service.cli.serve.run_service import guard_of, run_service
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.service.http.processes.worker import WorkerPlace
    from address_match.service.settings.server_settings import ServerSettings


def add_serve(commands: Commands) -> None:
    """Add the command that serves an index over HTTP."""
    parser = add_command(commands, "serve", serve)
    _add_served(parser.add_argument_group("what is served"))
    _add_listening(parser.add_argument_group("where it listens"))
    _add_admission(parser.add_argument_group("who may ask"))
    kept = parser.add_argument_group("what is kept of the answers")
    add_service_record(kept)
    add_kept_texts(kept)
    add_candidates(parser.add_argument_group("a candidate that answers beside"))
    add_jobs(parser.add_argument_group("files"))
    add_facades(parser.add_argument_group("routes for clients of other services"))


def _add_served(options: Options) -> None:
    options.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="folder of the index (that of the promoted deployment, and of the next one promoted)",
    )
    add_engine(options)
    add_bundle(options)
    add_device(options)
    add_policy(options, auto=False)


def _add_listening(options: Options) -> None:
    options.add_argument("--host", metavar="HOST", help="address to listen on (127.0.0.1: this machine only)")
    options.add_argument("--port", type=int, metavar="PORT", help="port to listen on (8000)")
    options.add_argument(
        "--workers",
        type=positive,
        metavar="N",
        help="processes that serve the port together, over one memory map (1; $ADDRESS_MATCH_WORKERS)",
    )
    options.add_argument(
        "--probe-port",
        type=int,
        metavar="PORT",
        help="port for /healthz, /readyz and /metrics alone, which a process of its own answers (none)",
    )


def _add_admission(options: Options) -> None:
    add_keys(options)
    add_users(options)
    options.add_argument(
        "--open-to-network",
        action="store_true",
        help="answer whoever asks, without a key, where a network can reach the service ($ADDRESS_MATCH_OPEN_TO_NETWORK)",
    )


def serve(arguments: argparse.Namespace) -> int:
    """Serve an index over HTTP; the routes are described at /docs.

    Without --index it serves the deployment that `model promote` named last, and follows when another is promoted.
    Listens on this machine only unless --host says otherwise; then it asks for keys (see `keys add`) and has people sign in to its pages
    (see `users add`), and does not start without either unless --open-to-network says so. With --jobs it takes files as well. Addresses and keys are not logged. Facts of the answers, without addresses, are kept for
    `monitor` unless --no-record says otherwise. With --shadow another bundle answers beside, for `monitor shadow` alone; with --canary one answers for some data sets. With --keep-texts
    some of the addresses are kept, encrypted with the key in $ADDRESS_MATCH_TEXTS_KEY, so that `label draw` can draw from them.
    """
    from address_match.service.http.server import run_workers

    settings = _settings_of(arguments)
    if settings.workers == 1 and settings.probe_port is None:
        return run_service(arguments, settings)
    if settings.workers > 1 and folder_of_jobs(arguments) is not None:
        raise UsageError(
            "jobs belong to one process: serve with --workers 1, or take jobs by another service"
        )
    guard_of(arguments, settings)  # refuses here, once, and not in each worker
    sent = {name: value for name, value in vars(arguments).items() if name != "unfinished"}  # a parser
    return run_workers(partial(_serve_as_worker, argparse.Namespace(**sent), settings), settings)


def _serve_as_worker(arguments: argparse.Namespace, settings: "ServerSettings", place: "WorkerPlace") -> int:
    """Serve in a process of its own, which says by itself why it cannot."""
    from address_match.service.cli.terminal.outcome import outcome

    return outcome(partial(run_service, arguments, settings, place))


def _settings_of(arguments: argparse.Namespace) -> "ServerSettings":
    from address_match.service.settings.server_settings import ServerSettings

    named = ("host", "port", "probe_port", "workers")
    chosen = {name: value for name in named if (value := getattr(arguments, name)) is not None}
    return ServerSettings().model_copy(update=chosen)
