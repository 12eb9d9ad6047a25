import time
from collections.abc import Callable

from address_match.service.access.api_key import ApiKey, is_secret_of, parts_of
from address_match.service.access.errors import UnknownKeyError
from address_match.service.access.followed_file import FollowedFile
from address_match.service.access.key_file import KeyFile


class Keyring:
    """Knows the keys of a file as they are now. Belongs to an event loop."""

    def __init__(self, file: KeyFile, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the keys; raises RunFailedError where the file is damaged."""
        self._file = FollowedFile(file, clock)
        self._known: tuple[ApiKey, ...] = ()
        self._by_id: dict[str, ApiKey] = {}

    def holder(self, sent: str) -> ApiKey:
        """Return the key whose text was sent; raises `UnknownKeyError` where it is none, or was revoked."""
        public, secret = parts_of(sent)
        key = self._keys().get(public)
        if not is_secret_of(key, secret) or key is None:
            raise UnknownKeyError("the key is none of this service; ask who runs it for one")
        if key.revoked:
            raise UnknownKeyError(f"the key {key.id} was revoked; ask who runs the service for another")
        return key

    def is_empty(self) -> bool:
        """Return whether no key is in force."""
        return all(key.revoked for key in self._keys().values())

    def _keys(self) -> dict[str, ApiKey]:
        if (known := self._file.records()) is not self._known:
            self._known, self._by_id = known, {key.id: key for key in known}
        return self._by_id
