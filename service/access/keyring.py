import logging
import time
from collections.abc import Callable

from address_match.service.access.api_key import ApiKey, is_secret_of, parts_of
from address_match.service.access.errors import UnknownKeyError
from address_match.service.access.key_file import KeyFile
from address_match.service.errors import RunFailedError

LOOK_SECONDS = 1.0
"""How long a key may be used after it was revoked: the file is looked at no more often, by one call to the file system."""

_log = logging.getLogger("address_match.access")


class Keyring:
    """Knows the keys of a file, and follows when it changes; one that cannot be read leaves the keys of before in force.

    Not safe to share between threads: it belongs to an event loop.
    """

    def __init__(self, file: KeyFile, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the keys; raises RunFailedError where the file is damaged."""
        self._file = file
        self._clock = clock
        self._looked = clock()
        self._state = file.state()
        self._keys = _by_id(file)

    def holder(self, sent: str) -> ApiKey:
        """Return the key whose text was sent; raises `UnknownKeyError` where it is none, or was revoked."""
        self._follow()
        public, secret = parts_of(sent)
        key = self._keys.get(public)
        if not is_secret_of(key, secret) or key is None:
            raise UnknownKeyError("the key is none of this service; ask who runs it for one")
        if key.revoked:
            raise UnknownKeyError(f"the key {key.id} was revoked; ask who runs the service for another")
        return key

    def is_empty(self) -> bool:
        """Return whether no key is in force."""
        return all(key.revoked for key in self._keys.values())

    def _follow(self) -> None:
        moment = self._clock()
        if moment - self._looked < LOOK_SECONDS:
            return
        self._looked = moment
        if (state := self._file.state()) == self._state:
            return
        self._state = state
        if state is None:
            _log.error("the keys in %s are out of reach; those of before stay in force", self._file.path)
            return
        try:
            self._keys = _by_id(self._file)
        except RunFailedError as error:
            _log.error("%s; those of before stay in force", error)


def _by_id(file: KeyFile) -> dict[str, ApiKey]:
    return {key.id: key for key in file.read()}
