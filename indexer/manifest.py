"""What an index says of itself: the generation in force, its counts, and the models it was built with."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from shlex import quote

from address_match.indexer.errors import IndexMismatchError, IndexUnusableError

FORMAT_VERSION = 3
MANIFEST_NAME = "manifest.json"


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
    files: dict[str, int]
    """Size in bytes of each file of the generation, by its path within."""


def rebuild_command(path: Path) -> str:
    """Return how to build the index at a path anew."""
    return f"address-match index build REFERENCE --out {quote(str(path))} --force"


def read_manifest(path: Path) -> IndexManifest:
    """Read which index is in force at `path`; raises IndexUnusableError when there is none of this format."""
    file = path / MANIFEST_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"No index at {path}: {MANIFEST_NAME} is missing. Build one: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error
    except OSError as error:
        raise IndexUnusableError(f"The index at {path} cannot be read: {error}") from error
    try:
        content = json.loads(text)
        version = content["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        message = f"{file} is damaged: {error}. Build the index anew: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error
    if version != FORMAT_VERSION:
        raise IndexUnusableError(
            f"The index at {path} has format {version}; this release reads format {FORMAT_VERSION}. "
            f"Build it anew: {rebuild_command(path)}"
        )
    try:
        return IndexManifest(**{**content, "bundle": BundleIdentity(**content["bundle"])})
    except (TypeError, KeyError) as error:
        message = f"{file} is damaged: {error}. Build the index anew: {rebuild_command(path)}"
        raise IndexUnusableError(message) from error


def write_manifest(path: Path, manifest: IndexManifest) -> None:
    """Put a manifest in force: whole or not at all, whatever happens in between."""
    temporary = path / f"{MANIFEST_NAME}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=2, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path / MANIFEST_NAME)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Make sure that the names in a folder survive a power cut, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_files(path: Path, manifest: IndexManifest) -> None:
    """Raise IndexUnusableError unless every file of the generation is there in its full size."""
    for name, size in manifest.files.items():
        file = path / manifest.generation / name
        try:
            found = file.stat().st_size
        except OSError as error:
            message = f"The index at {path} is incomplete: {file} is missing. Build it anew: {rebuild_command(path)}"
            raise IndexUnusableError(message) from error
        if found != size:
            raise IndexUnusableError(
                f"The index at {path} is truncated: {file} has {found:,} bytes of {size:,}. "
                f"Build it anew: {rebuild_command(path)}"
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
                f"The index at {path} was built with the {part} {built_with} of bundle "
                f"{manifest.bundle.name} {manifest.bundle.version}; bundle {bundle.name} {bundle.version} has {given} in this "
                f"release. {way_out}"
            )
