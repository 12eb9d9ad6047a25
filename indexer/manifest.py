"""What an index says of itself: the generation in force, its counts, and the models it was built with."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shlex import quote
from typing import Any

from address_match.drafts import replaced
from address_match.indexer.errors import BuildError, IndexMismatchError, IndexUnusableError
from address_match.indexer.storage.checksums import FileChecksum, checksum_of
from address_match.indexer.texts.schemas import SINCE_FORMAT_5

FORMAT_VERSION = 5
READABLE_FORMATS = (4, FORMAT_VERSION)
"""4 lacks `address_match.indexer.texts.schemas.SINCE_FORMAT_5`."""
MANIFEST_NAME = "manifest.json"
_CHECKSUM = "checksum"
"""Of all else that the manifest says."""
_GENERATION = re.compile(r"g[0-9]{6,}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class BundleIdentity:
    """Which models an index was built with."""

    name: str
    version: str
    path: str
    """Where the bundle lay at the time of the build."""
    parser_fingerprint: str
    encoder_fingerprint: str


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """The index in force at a path."""

    format_version: int
    generation: str
    """Name of the folder that holds it."""
    created: str
    """ISO time, UTC."""
    texts: int
    premises: int
    terms: int
    dimensions: int
    analysis_fingerprint: str
    bundle: BundleIdentity
    reference: str
    """Name of the file it was built from."""
    problems: dict[str, int]
    """Rows of the reference that were left out or mended, by what was wrong."""
    files: dict[str, FileChecksum]
    """What each file of the generation holds, by its path within."""
    columns: dict[str, list[str]] = field(default_factory=dict)
    """Which columns of the reference gave which field; empty where an earlier release did not note it."""
    unused_columns: list[str] = field(default_factory=list)
    """Columns of the reference that gave none."""
    layout: str = ""
    """The declared layout that the reference is of; empty where none is known."""
    sheet: str = ""
    """The sheet of the workbook that the reference is; empty where it has no other."""
    sources: dict[str, int] = field(default_factory=dict)
    """Texts by the reference that they are of, where there are several."""

    @classmethod
    def of_content(cls, content: dict[str, Any]) -> "IndexManifest":
        """Return the manifest that JSON holds; raises TypeError, KeyError or AttributeError where that is none."""
        files = {
            name: FileChecksum(file["bytes"], tuple(file["blocks"]))
            for name, file in content["files"].items()
        }
        return cls(**{**content, "bundle": BundleIdentity(**content["bundle"]), "files": files})

    @property
    def lacks(self) -> tuple[str, ...]:
        """Return the columns of a text that the format of this index has not; they are read as empty."""
        return () if self.format_version >= FORMAT_VERSION else SINCE_FORMAT_5

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files.values())


def rebuild_command(path: Path) -> str:
    """Return how to build the index at a path anew."""
    return f"address-match index build REFERENCE --out {quote(str(path))} --force"


def read_manifest(path: Path, name: str = MANIFEST_NAME) -> IndexManifest:
    """Read which index is in force at `path`, or what another manifest there says; raises IndexUnusableError when there is
    none of this format.
    """
    file = path / name
    try:
        written = file.read_bytes()
    except FileNotFoundError as error:
        raise IndexUnusableError(_why_none(path)) from error
    except OSError as error:
        raise IndexUnusableError(f"The index at {path} cannot be read: {error}") from error
    try:
        content = json.loads(written)
        version = content["format_version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged_manifest(file, error) from error
    if version not in READABLE_FORMATS:
        raise IndexUnusableError(
            f"The index at {path} has format {version}; this release reads format {FORMAT_VERSION}. "
            f"Build it anew: {rebuild_command(path)}"
        )
    if content.pop(_CHECKSUM, None) != _checksum_of(content):
        raise _damaged_manifest(file, "it is not as it was written")
    try:
        manifest = IndexManifest.of_content(content)
    except (TypeError, KeyError, AttributeError) as error:
        raise _damaged_manifest(file, error) from error
    if not _GENERATION.fullmatch(manifest.generation):
        raise _damaged_manifest(file, f"{manifest.generation!r} names no generation")
    return manifest


def _why_none(path: Path) -> str:
    """Say what stands at a path in place of an index, and the way out."""
    if _GENERATION.fullmatch(path.name) and (path.parent / MANIFEST_NAME).exists():
        return f"{path} is one generation of the index {path.parent}, which is opened as a whole: name {path.parent}"
    if not path.exists():
        new = rebuild_command(path).removesuffix(" --force")
        return f"No index at {path}: there is no such folder. Build one: {new}"
    return f"No index at {path}: {MANIFEST_NAME} is missing. Build one: {rebuild_command(path)}"


def _damaged_manifest(file: Path, why: object) -> IndexUnusableError:
    return IndexUnusableError(
        f"{file} is damaged: {why}. Build the index anew: {rebuild_command(file.parent)}"
    )


def _checksum_of(content: dict[str, Any]) -> str:
    return checksum_of(json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii"))


def write_manifest(path: Path, manifest: IndexManifest) -> None:
    """Put a manifest in force: whole or not at all, whatever happens in between."""
    content = asdict(manifest)
    with replaced(path / MANIFEST_NAME) as draft, draft.open("w", encoding="utf-8") as file:
        json.dump({**content, _CHECKSUM: _checksum_of(content)}, file, indent=2, ensure_ascii=False)


def refuse_changes(place: Path | str, manifest: IndexManifest, rebuild: str) -> None:
    """Raise BuildError for an index of an earlier format, or of several references: it is searched and not changed.

    `rebuild` is the command that builds it anew.
    """
    if manifest.sources:
        raise BuildError(
            f"The index at {place} is of several references, {', '.join(manifest.sources)}, and which of them is believed in what is "
            f"settled by a build alone. Build it anew of their later editions: {rebuild}"
        )
    if manifest.format_version < FORMAT_VERSION:
        raise BuildError(
            f"The index at {place} has format {manifest.format_version}, which is searched, but changes are written in format "
            f"{FORMAT_VERSION}. Build it anew: {rebuild}"
        )


def check_models(
    path: Path | str,
    manifest: IndexManifest,
    bundle: BundleIdentity,
    analysis_fingerprint: str,
    *,
    rebuild: str = "",
) -> None:
    """Raise IndexMismatchError unless queries are analysed, parsed and encoded as the texts of the index were.

    `rebuild` is the command that builds it anew, where the index is in no folder.
    """
    pairs = (
        ("encoder", manifest.bundle.encoder_fingerprint, bundle.encoder_fingerprint),
        ("parser", manifest.bundle.parser_fingerprint, bundle.parser_fingerprint),
        ("analysis", manifest.analysis_fingerprint, analysis_fingerprint),
    )
    command = f"{rebuild or rebuild_command(Path(path))} --bundle {quote(bundle.path)}"
    for part, built_with, given in pairs:
        if built_with != given:
            # The same bundle reads texts otherwise under another release alone, and no other one would help.
            other_bundle = part != "analysis" and manifest.bundle.path != bundle.path
            way_out = (
                f"Name the bundle {quote(manifest.bundle.path)} instead, or build it anew: {command}"
                if other_bundle
                else f"Build it anew: {command}"
            )
            raise IndexMismatchError(
                f"The index at {path} was built with the {part} {_short(built_with)} of bundle "
                f"{manifest.bundle.name} {manifest.bundle.version}; bundle {bundle.name} {bundle.version} has {_short(given)} in this "
                f"release. {way_out}"
            )


def _short(fingerprint: str) -> str:
    """Return the beginning of a hash, by which people tell it from others; a name stays whole."""
    return f"{fingerprint[:12]}…" if _HASH.fullmatch(fingerprint) else fingerprint
