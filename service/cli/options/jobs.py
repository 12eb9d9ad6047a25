"""The jobs of a service: where a command line says that they are kept, and how their files are matched."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.command import Options
from address_match.service.cli.options.record import record_of_jobs

if TYPE_CHECKING:
    from address_match.service.jobs.jobs import Jobs


def add_jobs(options: Options) -> None:
    """Add the folder of the jobs."""
    options.add_argument(
        "--jobs",
        type=Path,
        metavar="DIR",
        help="folder for files that are matched as jobs, and their results; none are taken where there is none ($ADDRESS_MATCH_JOBS)",
    )


def folder_of_jobs(arguments: argparse.Namespace) -> Path | None:
    """Return the folder that is named, else that of the environment; None where a service takes no files."""
    from address_match.service.settings.job_settings import JobSettings

    return arguments.jobs or JobSettings().jobs


def jobs_of(arguments: argparse.Namespace, matched_by: Callable[[], Sequence[str]]) -> "Jobs | None":
    """Return the jobs of a service, None where it takes none; raises UsageError where another service has their folder.

    `matched_by` gives the arguments of `match` that name what is served when a job begins, as `options_of` writes them.
    """
    from address_match.service.jobs.job_store import JobStore
    from address_match.service.jobs.job_work import CommandWork
    from address_match.service.jobs.jobs import Jobs
    from address_match.service.settings.job_settings import JobSettings

    settings, folder = JobSettings(), folder_of_jobs(arguments)
    if folder is None:
        return None
    asked = {"precision": arguments.precision, "absence-prior": arguments.absence_prior}
    policy = [f"--{name}={value}" for name, value in asked.items() if value is not None]
    record = record_of_jobs(arguments)
    work = CommandWork(lambda: [*matched_by(), *policy, *record], processes=settings.job_processes)
    return Jobs(JobStore(folder), work, settings)


def options_of(named: Mapping[str, object]) -> list[str]:
    """Write options with the values that they have."""
    return [f"--{name}={value}" for name, value in named.items() if value]
