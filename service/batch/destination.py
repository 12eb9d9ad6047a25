import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import UsageError


def refuse_unwritable(path: Path, *, force: bool) -> None:
    """Raise `UsageError` unless `path` can become the output."""
    if path.is_dir():
        raise UsageError(f"the output {path} is a directory; name a file in it")
    if path.exists() and not force:
        raise UsageError(f"the output {path} exists; name another or give --force to replace it")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} of the output does not exist; make it first")


@contextmanager
def replaced_at_the_end(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` and rename it to `path` when the block ends well; else remove it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
