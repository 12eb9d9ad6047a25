"""Drafts: files and folders that are written beside their place and moved there when they are whole.

Only its owner can read a draft. Its writer locks it for as long as the writer lives, in whichever process or container,
so a draft without a lock was left behind by a writer that was killed: the next writer removes it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".address-match-"
_MARK = ".partial"
_LOCKS_ARE_HELD = os.name != "nt"
"""Windows neither moves open files nor opens folders: there, drafts have no locks and are not swept."""


@contextmanager
def replaced(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield an empty draft that replaces the file at `path` when the block ends without an error.

    Until then, and after a power cut, the earlier file or the new one is there, whole. The new one gets the rights of
    any new file; a `private` one stays readable by its owner alone.
    """
    with draft_file(path.parent, suffix=path.suffix) as draft:
        yield draft
        put_in_place(draft, path, private=private)


@contextmanager
def draft_file(folder: Path, *, suffix: str = "") -> Iterator[Path]:
    """Yield an empty file in a folder, its name ending in `suffix`; it is removed at the end unless it was moved away."""
    sweep(folder)
    draft = _unused_name(folder, suffix)
    descriptor = None
    try:  # from before it is made, as a signal may come the moment that it is
        descriptor = _locked_file(draft)
        yield draft
    finally:
        draft.unlink(missing_ok=True)
        _close(descriptor)


@contextmanager
def draft_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder within a folder; it is removed at the end with all that is left in it."""
    sweep(folder)
    draft = _unused_name(folder)
    descriptor = None
    try:  # from before it is made, as a signal may come the moment that it is
        descriptor = _locked_folder(draft)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        _close(descriptor)


def put_in_place(draft: Path, path: Path, *, private: bool = False) -> None:
    """Move a draft to its place so that it survives a power cut; a `private` one keeps the rights of a draft."""
    if not private:
        draft.chmod(rights_of_new_files())
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def state_of(path: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of a file that is replaced whole from another; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def held_alone(descriptor: int) -> bool:
    """Lock an open file for as long as it is open; return False where another process has it locked.

    Returns True where the system has no locks.
    """
    if not _LOCKS_ARE_HELD:
        return True
    try:
        _lock(descriptor, wait=False)
    except BlockingIOError:
        return False
    except OSError:  # the file system has no locks to tell
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove the drafts in a folder whose writers are gone."""
    if not _LOCKS_ARE_HELD:
        return
    for draft in folder.glob(f"{_PREFIX}*{_MARK}*"):
        try:
            descriptor = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:  # moved away meanwhile, or another user's
            continue
        try:
            _lock(descriptor, wait=False)
            _remove(draft)
        except OSError:  # its writer lives, or the file system has no locks to tell
            continue
        finally:
            os.close(descriptor)


def _unused_name(folder: Path, suffix: str = "") -> Path:
    return folder / f"{_PREFIX}{secrets.token_hex(8)}{_MARK}{suffix}"


def _locked_file(draft: Path) -> int | None:
    while True:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if not _LOCKS_ARE_HELD:
            os.close(descriptor)
            return None
        if _locked(descriptor, draft):
            return descriptor
        os.close(descriptor)


def _locked_folder(draft: Path) -> int | None:
    while True:
        draft.mkdir(mode=0o700)
        if not _LOCKS_ARE_HELD:
            return None
        try:
            descriptor = os.open(draft, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:  # a sweep took it for left behind
            continue
        if _locked(descriptor, draft):
            return descriptor
        os.close(descriptor)


def _locked(descriptor: int, draft: Path) -> bool:
    """Lock what was just made; return False where a sweep took it for left behind before it had its lock."""
    try:
        _lock(descriptor, wait=True)
    except OSError:
        return True  # there are no locks here, so that nothing is swept either
    return draft.exists()


def _lock(descriptor: int, *, wait: bool) -> None:
    """Lock a file or folder until its descriptor is closed; raises OSError where another has it, or there are no such
    locks.
    """
    try:
        import fcntl
    except ImportError as error:
        raise OSError("no locks that a descriptor holds on this system") from error
    fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)


def _remove(draft: Path) -> None:
    if draft.is_dir():
        shutil.rmtree(draft, ignore_errors=True)
    else:
        draft.unlink(missing_ok=True)


def rights_of_new_files() -> int:
    """Return the mode of a file that is made without naming one."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
