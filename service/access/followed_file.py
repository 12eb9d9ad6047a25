import logging
import time
from collections.abc import Callable
from typing import Generic

from address_match.service.access.record_file import RecordFile, T
from address_match.service.errors import RunFailedError

LOOK_SECONDS = 1.0
"""How long what was changed may go on to be in force: the file is looked at no more often, by one call to the file
system.
"""

_log = logging.getLogger("address_match.access")


class FollowedFile(Generic[T]):
    """Knows the records of a file, and follows when it changes; one that cannot be read leaves the earlier ones in
    force.

    Not safe to share between threads: it belongs to an event loop.
    """

    def __init__(self, file: RecordFile[T], clock: Callable[[], float] = time.monotonic) -> None:
        """Read the records; raises RunFailedError where the file is damaged."""
        self._file = file
        self._clock = clock
        self._looked = clock()
        self._state = file.state()
        self._records = file.read()

    def records(self) -> tuple[T, ...]:
        """Return the records as they are now, the same object for as long as the file does not change."""
        moment = self._clock()
        if moment - self._looked >= LOOK_SECONDS:
            self._looked = moment
            self._follow()
        return self._records

    def _follow(self) -> None:
        if (state := self._file.state()) == self._state:
            return
        self._state = state
        what, path = self._file.what, self._file.path
        if state is None:
            _log.error("the %s in %s are out of reach; those of before stay in force", what, path)
            return
        try:
            self._records = self._file.read()
        except RunFailedError as error:
            _log.error("%s; those of before stay in force", error)
