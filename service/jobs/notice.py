"""Tells a program elsewhere that a job has ended, by a POST to the URL that its owner named: its id and state, and
nothing of its rows.
"""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

from address_match.service.jobs.job import Job
from address_match.service.webhook import is_taken

MOST_NOTICES = 6
"""How often it is tried to give one."""
_FIRST_PAUSE_SECONDS = 5


class Notifier(Protocol):
    """Gives notices."""

    def give(self, job: Job) -> bool:
        """Say that a job has ended; return whether somebody took it. It may take seconds."""
        ...


class HttpNotifier:
    """Gives notices over HTTP."""

    def give(self, job: Job) -> bool:
        """Say that a job has ended; return whether the answer was 2xx."""
        return is_taken(job.options.notify, {"id": job.id, "state": job.state})


def is_allowed(url: str, origins: Sequence[str]) -> bool:
    """Return whether a URL is of one of some origins, `https://census.example` for one.

    >>> is_allowed("https://census.example/done?key=1", ["https://census.example"])
    True
    >>> is_allowed("https://census.example@elsewhere.example/", ["https://census.example"])
    False
    """
    try:
        place = urlsplit(url)
    except ValueError:
        return False
    return f"{place.scheme}://{place.netloc}".lower() in {origin.rstrip("/").lower() for origin in origins}


def pause(given: int) -> int:
    """Return the seconds from one try to the next, after so many of them: longer each time."""
    return int(_FIRST_PAUSE_SECONDS * 4 ** max(0, given - 1))
