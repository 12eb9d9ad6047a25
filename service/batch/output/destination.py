"""Where a command writes: a file that is whole or not there, or standard output."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from address_match.drafts import draft_file, put_in_place
from address_match.service.errors import UsageError

STANDARD_STREAM = "-"
"""Names standard output, and of what is read standard input."""


@contextmanager
def destination(out: str, *, force: bool) -> Iterator[Path | None]:
    """Give the path to write to, None for standard output; a file stands at `out` only when the block ended well."""
    if out == STANDARD_STREAM:
        yield None
        return
    with replaced_at_the_end(Path(out), force=force) as path:
        yield path


def refuse_unwritable(path: Path, *, force: bool) -> None:
    """Raise `UsageError` unless `path` can become the output."""
    if path.exists() and not path.is_file():
        raise UsageError(f"the output {path} is not a plain file; name one, or - for standard output")
    if path.exists() and not force:
        raise UsageError(f"the output {path} exists; name another or give --force to replace it")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} of the output does not exist; make it first")


@contextmanager
def replaced_at_the_end(path: Path, *, force: bool) -> Iterator[Path]:
    """Give a draft beside `path`, its owner's alone, and rename it to `path` when the block ends well; else remove it.

    Without `force`, a file that appeared at `path` in the meantime raises `UsageError`.
    """
    path = path.resolve()
    with draft_file(path.parent, suffix=path.suffix) as draft:
        yield draft
        refuse_unwritable(path, force=force)
        put_in_place(draft, path)
