"""Names that stand for a bundle for the time being: `@challenger` for one, as MLflow has them."""

import json
import re
from pathlib import Path

from address_match.drafts import replaced
from address_match.models.errors import RegistryError
from address_match.models.registry.lock import registry_lock

MARK = "@"
"""Before an alias, where a bundle is named."""
CHAMPION = "champion"
"""The bundle that is promoted; nobody sets it otherwise."""
ALIASES_FILE = "aliases.json"
FORMAT_VERSION = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Aliases:
    """The aliases of a registry, in one small file that is replaced at once; safe to share between processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / ALIASES_FILE

    def all(self) -> dict[str, str]:
        """Return which bundle each alias stands for, by name; raises `RegistryError` when the file is damaged."""
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            version, aliases = content["format_version"], dict(content["aliases"])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise RegistryError(
                f"{self._file} is damaged ({error}): move it away and set the aliases again"
            ) from error
        if version != FORMAT_VERSION:
            raise RegistryError(f"{self._file} has format {version}, this release reads {FORMAT_VERSION}")
        return dict(sorted(aliases.items()))

    def set(self, alias: str, bundle: str) -> None:
        """Let an alias stand for a bundle, in place of the one before; raises `RegistryError` for a name that cannot be
        one.
        """
        if alias == CHAMPION:
            raise RegistryError(
                f"{MARK}{CHAMPION} is the bundle that is promoted: address-match model promote {bundle} INDEX"
            )
        if not _NAME.fullmatch(alias):
            raise RegistryError(
                f"{alias!r} is no alias: give up to 64 small letters, digits, dots, dashes and underscores"
            )
        with registry_lock(self._folder):
            self._write({**self.all(), alias: bundle})

    def remove(self, alias: str) -> None:
        """Take an alias away; raises `RegistryError` where there is none."""
        with registry_lock(self._folder):
            aliases = self.all()
            if alias not in aliases:
                raise RegistryError(
                    f"there is no alias {MARK}{alias}; there are {', '.join(aliases) or 'none'}"
                )
            self._write({name: bundle for name, bundle in aliases.items() if name != alias})

    def _write(self, aliases: dict[str, str]) -> None:
        with replaced(self._file) as draft, draft.open("w", encoding="utf-8") as file:
            json.dump({"format_version": FORMAT_VERSION, "aliases": aliases}, file, indent=1)
