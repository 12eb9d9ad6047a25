import hashlib
import math
import time
from collections.abc import Callable

from address_match.service.access.errors import SignInLimitError
from address_match.service.access.sign_in_database import SignInDatabase

SECONDS = 900.0
"""After so long a failure counts no more."""
OF_NAME_AND_CLIENT = 5
"""Who does not remember his password tries about as often."""
OF_CLIENT = 30
"""Several people may come by one proxy."""
OF_NAME = 50
"""Far above the others, so that nobody elsewhere can keep a person out cheaply; 100 is what NIST SP 800-63B allows at
most.
"""


class FailedSignIns:
    """Counts who failed to sign in, for all workers together, by hashes of names and clients. Belongs to an event loop."""

    def __init__(self, database: SignInDatabase, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def begin(self, name: str, client: str) -> None:
        """Count a failure before it is one, so that many at once are as many; raises `SignInLimitError` where there
        were enough.
        """
        now = self._clock()
        self._database.run("DELETE FROM failure WHERE moment <= ?", now - SECONDS)
        bounds = dict(zip(_subjects(name, client), (OF_NAME_AND_CLIENT, OF_CLIENT, OF_NAME), strict=True))
        for subject, most in bounds.items():
            moments = self._database.run(
                "SELECT moment FROM failure WHERE subject = ? ORDER BY moment DESC LIMIT 1 OFFSET ?",
                subject,
                most - 1,
            )
            if moments:
                raise SignInLimitError(
                    "too many have failed to sign in", math.ceil(moments[0][0] + SECONDS - now)
                )
        for subject in bounds:
            self._database.run("INSERT INTO failure VALUES (?, ?)", subject, now)

    def succeed(self, name: str, client: str) -> None:
        """Forget the failures of a name from a client, and one of the client and of the name: the one that was none."""
        both, *others = _subjects(name, client)
        self._database.run("DELETE FROM failure WHERE subject = ?", both)
        for subject in others:
            self._database.run(
                "DELETE FROM failure WHERE rowid = (SELECT max(rowid) FROM failure WHERE subject = ?)",
                subject,
            )


def _subjects(name: str, client: str) -> tuple[str, str, str]:
    """Return what failures are counted by; what is typed as a name may be anything, and is kept as a hash."""
    spoken = name.casefold()
    told = (f"both {spoken}\0{client}", f"client {client}", f"name {spoken}")
    both, of_client, of_name = (
        hashlib.sha256(one.encode("utf-8", "surrogatepass")).hexdigest() for one in told
    )
    return both, of_client, of_name
