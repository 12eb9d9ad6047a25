"""The folder that a training writes: refused before it begins, or made beside its place and put there at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from address_match.drafts import draft_folder, rights_of_new_files
from address_match.service.errors import UsageError


def refuse_folder(out: Path, *, of: str, mark: str, force: bool) -> None:
    """Raise UsageError unless a training may write the folder: a new one, an empty one or, by force, one of its kind.

    `of` is what the folder holds, `a bundle`; one of that kind has a file named `mark`.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder; {of} is one")
    if not out.parent.is_dir():
        raise UsageError(f"the folder {out.parent} of {of} does not exist; make it first")
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / mark).exists():
        raise UsageError(f"{out} holds other files than {of}; name another folder")
    if not force:
        raise UsageError(f"{of} stands at {out}; name another folder or give --force to replace it")


@contextmanager
def made_beside(out: Path) -> Iterator[Path]:
    """Give a draft, not there yet, that becomes `out` when the block ends well; otherwise nothing is left of it."""
    with draft_folder(out.parent) as folder:
        draft = folder / out.name
        yield draft
        # Libraries keep what they save from all but its owner, and what is trained is for others, too.
        for file in draft.rglob("*"):
            if file.is_file():
                file.chmod(rights_of_new_files())
        if out.exists():
            out.replace(folder / ".before")
        draft.replace(out)
