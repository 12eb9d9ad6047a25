import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from filelock import FileLock

from address_match.drafts import replaced, state_of
from address_match.service.access.api_key import ApiKey, Role, issue, now
from address_match.service.errors import RunFailedError, UsageError

FORMAT_VERSION = 1
_NAME = re.compile(r"\w[\w .@/-]{0,63}")
"""What can stand in a line of a log or a table without breaking it."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def _unseen(_key: ApiKey) -> None:
    """See nothing."""


class KeyFile:
    """The keys of a service, in one file that its owner alone may read; safe to share between processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[ApiKey, ...]:
        """Return all keys, revoked ones too, oldest first; none where there is no file. Raises RunFailedError where it is damaged."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise RunFailedError(f"the keys in {self.path} cannot be read: {error}") from error
        return _keys(text, self.path)

    def add(
        self,
        name: str,
        role: Role,
        *,
        rate: int = 0,
        at_once: int = 0,
        witness: Callable[[ApiKey], object] = _unseen,
    ) -> tuple[ApiKey, str]:
        """Make a key and keep it; return it with the text that its holder sends. Raises UsageError for a name that cannot be.

        `witness` is told of the key first; where it raises, nothing is kept.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} is no name of a key; it has up to 64 letters, digits and spaces, or any of . @ / _ -"
            )
        with self._alone():
            keys = self.read()
            if any(key.name == name and not key.revoked for key in keys):
                raise UsageError(f"a key {name!r} is in force already; revoke it first, or take another name")
            key, sent = issue(name, role, rate=rate, at_once=at_once)
            witness(key)
            self._write((*keys, key))
        return key, sent

    def revoke(self, name: str, *, witness: Callable[[ApiKey], object] = _unseen) -> ApiKey:
        """Put a key out of force, named by its name or its id, and return it. Raises UsageError where none in force is called so.

        `witness` is told of it first, as by `add`.
        """
        with self._alone():
            keys = self.read()
            found = next((key for key in keys if name in {key.name, key.id} and not key.revoked), None)
            if found is None:
                raise UsageError(
                    f"no key in force is called {name!r}; `address-match keys list` shows all of {self.path}"
                )
            revoked = replace(found, revoked=now())
            witness(revoked)
            self._write([revoked if key is found else key for key in keys])
        return revoked

    def state(self) -> object:
        """Tell one state of the file from another, at the cost of one look at its folder; None where it is out of reach."""
        try:
            return state_of(self.path)
        except OSError:
            return None

    def _write(self, keys: Sequence[ApiKey]) -> None:
        content = {"format_version": FORMAT_VERSION, "keys": [asdict(key) for key in keys]}
        with replaced(self.path, private=True) as draft, draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)

    def _alone(self) -> FileLock:
        """Return the lock that keeps other processes from writing between what is read and what is written."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path.with_name(f".{self.path.name}.lock"))


def _keys(text: str, path: Path) -> tuple[ApiKey, ...]:
    try:
        content = json.loads(text)
        version = content["format_version"]
        keys = tuple(ApiKey(**{**row, "role": Role(row["role"])}) for row in content["keys"])
        is_whole = all(_DIGEST.fullmatch(key.digest) and min(key.rate, key.at_once) >= 0 for key in keys)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        # What the error quotes is left out: it could be part of a digest.
        raise RunFailedError(_damaged(path)) from error
    if version != FORMAT_VERSION or not is_whole:
        raise RunFailedError(_damaged(path))
    return keys


def _damaged(path: Path) -> str:
    return (
        f"{path} holds no keys as this release writes them (format {FORMAT_VERSION}): restore it, or move it away and "
        "make keys anew with `address-match keys add`"
    )
