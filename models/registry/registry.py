"""A folder of bundles that do not change, each under a name."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from address_match.drafts import draft_folder
from address_match.models.bundle import SHIPPED_DIRECTORY, SHIPPED_NAME, Bundle, load_bundle, read_bundle
from address_match.models.errors import BundleError, RegistryError
from address_match.models.registry.aliases import CHAMPION, MARK, Aliases
from address_match.models.registry.promotions import Promotions

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the registry and what stands under it."""

    name: str
    path: Path
    bundle: Bundle | None
    """Its parts are not verified; None where its manifest cannot be read."""
    problem: str = ""
    """Why it cannot be read; empty where it can."""


def _unseen(_bundle: Bundle, _name: str) -> None:
    """See nothing."""


class Registry:
    """The bundles below one folder and the shipped one; the folder is made when the first is added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.promotions = Promotions(folder)
        self.aliases = Aliases(folder)
        self._bundles = folder / "bundles"

    def names(self) -> list[str]:
        """Return every name, `default` first."""
        found = self._bundles.iterdir() if self._bundles.is_dir() else ()
        return [SHIPPED_NAME, *sorted(path.name for path in found if _NAME.fullmatch(path.name))]

    def entries(self) -> list[Entry]:
        """Return what stands under every name, the unreadable too."""
        return [self._entry(name) for name in self.names()]

    def directory(self, name_or_dir: str | Path) -> Path:
        """Return where a bundle lies: a name of the registry comes before a folder of that name, `./NAME` is a folder,
        `@NAME` an alias.

        Raises `RegistryError` when it is none of these.
        """
        text = str(name_or_dir)
        if text.startswith(MARK):
            text = self._meant_by(text.removeprefix(MARK))
        if text in self.names():
            return self._place(text)
        path = Path(text)
        if path.is_dir():
            return path
        raise RegistryError(
            f"{text!r} is no folder and no bundle of the registry {self.folder}, which has {', '.join(self.names())}: "
            "name one of those or a bundle's folder"
        )

    def load(self, name_or_dir: str | Path) -> Bundle:
        """Load a bundle and verify every part; raises `RegistryError` or `BundleError`."""
        return load_bundle(self.directory(name_or_dir))

    def reference_to(self, directory: Path) -> str:
        """Return the name of a bundle that stands in the registry or is shipped, else its absolute path."""
        path = directory.resolve()
        named = {self._place(name).resolve(): name for name in self.names()}
        return named.get(path, str(path))

    def add(
        self, source: Path, name: str | None = None, *, witness: Callable[[Bundle, str], object] = _unseen
    ) -> Entry:
        """Copy a bundle's directory, or unpack an archive, under its own name or another; what was added is verified.

        Raises `BundleError` when it is no whole bundle and `RegistryError` when the name is none or taken. `witness` is
        notified of the bundle and its name at last; where it raises, nothing is added.
        """
        if not source.exists():
            raise RegistryError(f"{source} does not exist: give an archive or the folder of a bundle")
        from address_match.models.bundle.archive import unpack_archive

        with self._draft() as draft:
            bundle = _copied(source, draft) if source.is_dir() else unpack_archive(source, draft)
            chosen = bundle.name if name is None else name
            place = self._free_place(chosen)
            witness(bundle, chosen)
            for file in draft.rglob("*"):
                if file.is_file():
                    file.chmod(_READ_ONLY)
            draft.rename(place)
        return self._entry(chosen)

    def _meant_by(self, alias: str) -> str:
        """Return the name or folder of the bundle that an alias stands for."""
        aliases = self.alias_names()
        if alias not in aliases:
            raise RegistryError(
                f"there is no {MARK}{alias} in {self.folder}, which has {', '.join(MARK + one for one in aliases) or 'no aliases'}: "
                "promote a bundle, or set an alias, address-match model alias set NAME BUNDLE"
            )
        return aliases[alias]

    def alias_names(self) -> dict[str, str]:
        """Return which bundle each alias stands for, `champion` for the promoted one among them."""
        in_force = self.promotions.in_force()
        return self.aliases.all() | ({} if in_force is None else {CHAMPION: in_force.bundle})

    def _place(self, name: str) -> Path:
        return SHIPPED_DIRECTORY if name == SHIPPED_NAME else self._bundles / name

    def _entry(self, name: str) -> Entry:
        path = self._place(name)
        try:
            return Entry(name, path, read_bundle(path))
        except BundleError as error:
            return Entry(name, path, None, str(error))

    def _free_place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise RegistryError(
                f"{name!r} is no name of a bundle: give up to 64 letters, digits, dots, dashes and underscores, "
                "the first a letter or digit"
            )
        if name in self.names():
            raise RegistryError(
                f"the registry has a bundle {name!r} already, and bundles do not change: give another name, --name NAME"
            )
        return self._place(name)

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        """Yield a place for a bundle within the registry's folder; what still stands there in the end is removed."""
        self._bundles.mkdir(parents=True, exist_ok=True)
        with draft_folder(self._bundles) as folder:
            yield folder / "bundle"


def _copied(source: Path, target: Path) -> Bundle:
    """Copy a bundle that was verified, and verify the copy."""
    load_bundle(source)
    shutil.copytree(source, target)
    return load_bundle(target)
