"""A bundle: everything that was learned together, in one directory that does not change once it is sealed."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from models.bundle.manifest import MANIFEST_FILE, BundleDescription, Manifest, Part
from models.errors import BundleError

PARSER_PART = "parser/model.crfsuite"
ENCODER_PART = "encoder"
RANKER_PART = "ranker"
CALIBRATION_PART = "calibration"
MODEL_CARD_PART = "MODEL_CARD.md"
REQUIRED_PARTS = (PARSER_PART, ENCODER_PART, RANKER_PART, CALIBRATION_PART, MODEL_CARD_PART)
"""Files, or folders that hold at least one file."""

_DEFAULT_DIRECTORY = Path(__file__).parent / "default"
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose parts were found to be what its manifest says."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Name of the bundle."""
        return self.manifest.description.name

    @property
    def version(self) -> str:
        """Version of the bundle."""
        return self.manifest.description.version

    @property
    def encoder_fingerprint(self) -> str:
        """Of the encoder, as `StaticEncoder.fingerprint` gives it."""
        return self.manifest.description.encoder_fingerprint

    @property
    def parser_fingerprint(self) -> str:
        """Of the parser, as whoever made the bundle gave it."""
        return self.manifest.description.parser_fingerprint

    @property
    def fingerprint(self) -> str:
        """Names all parts: two bundles with one fingerprint give the same answers."""
        return _fingerprint(self.manifest.parts)

    @property
    def parser_path(self) -> Path:
        """The file of the CRF."""
        return self.path / PARSER_PART

    @property
    def encoder_path(self) -> Path:
        """The directory of the encoder, in the layout of sentence-transformers."""
        return self.path / ENCODER_PART

    @property
    def ranker_path(self) -> Path:
        """The directory of the ranker."""
        return self.path / RANKER_PART

    @property
    def calibration_path(self) -> Path:
        """The directory of the calibration."""
        return self.path / CALIBRATION_PART

    @property
    def model_card_path(self) -> Path:
        """The model card, Markdown."""
        return self.path / MODEL_CARD_PART


def write_manifest(
    directory: Path, description: BundleDescription, *, created: datetime | None = None
) -> Bundle:
    """Seal a directory: hash its parts and write `manifest.json`, last and at once.

    Raises `BundleError` when a part is missing or the directory is sealed already.
    """
    path = directory / MANIFEST_FILE
    if path.exists():
        raise BundleError(f"{directory} is sealed already: write the bundle into a new directory.")
    files = _files_in(directory)
    _refuse_missing(directory, files)
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    parts = tuple(_part(directory, file) for file in files)
    manifest = Manifest(description, moment.isoformat(timespec="seconds"), parts)
    draft = path.with_suffix(".draft")
    draft.write_text(manifest.to_json(), encoding="utf-8")
    draft.replace(path)
    return Bundle(directory, manifest)


def load_bundle(name_or_dir: str | Path | None = None) -> Bundle:
    """Find a bundle by its directory, or the one that is shipped (None or `default`), and verify every part.

    Raises `BundleError` when there is none, or a part is missing, altered or not in the manifest.
    """
    directory = _directory_of(name_or_dir)
    path = directory / MANIFEST_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(
            f"{directory} is no bundle: {MANIFEST_FILE} is missing or cannot be read ({error}). "
            "Give a bundle's directory, or leave it out for the shipped one."
        ) from error
    manifest = Manifest.from_json(text, source=str(path))
    _verify(directory, manifest)
    return Bundle(directory, manifest)


def _directory_of(name_or_dir: str | Path | None) -> Path:
    if name_or_dir is None or str(name_or_dir) == "default":
        return _DEFAULT_DIRECTORY
    return Path(name_or_dir)


def _verify(directory: Path, manifest: Manifest) -> None:
    files = _files_in(directory)
    named = [part.path for part in manifest.parts]
    for path in named:
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise BundleError(
                f"{directory} names the part {path!r}, which is outside of it: do not use this bundle."
            )
    if missing := sorted(set(named) - set(files)):
        raise BundleError(f"{directory} lacks {', '.join(missing)}: restore the bundle or make it again.")
    if foreign := sorted(set(files) - set(named)):
        raise BundleError(
            f"{directory} holds {', '.join(foreign)}, which its manifest does not name: take it out."
        )
    _refuse_missing(directory, files)
    for part in manifest.parts:
        found = _part(directory, part.path)
        if found != part:
            raise BundleError(
                f"{directory / part.path} was altered: sha256 {found.sha256[:12]}… and {found.size} bytes instead of "
                f"{part.sha256[:12]}… and {part.size}. Restore the bundle or make it again."
            )


def _refuse_missing(directory: Path, files: list[str]) -> None:
    for required in REQUIRED_PARTS:
        if not any(file == required or file.startswith(f"{required}/") for file in files):
            raise BundleError(f"{directory} lacks {required}: a bundle holds {', '.join(REQUIRED_PARTS)}.")


def _files_in(directory: Path) -> list[str]:
    """All files but the manifest, relative, with forward slashes, sorted."""
    found: list[str] = []
    for folder, _, names in os.walk(directory):
        for name in names:
            relative = (Path(folder) / name).relative_to(directory).as_posix()
            if relative != MANIFEST_FILE:
                found.append(relative)
    return sorted(found)


def _part(directory: Path, relative: str) -> Part:
    digest = hashlib.sha256()
    size = 0
    with (directory / relative).open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
            size += len(block)
    return Part(relative, digest.hexdigest(), size)


def _fingerprint(parts: tuple[Part, ...]) -> str:
    served = (part for part in parts if part.path != MODEL_CARD_PART)
    return hashlib.sha256("\n".join(f"{part.path} {part.sha256}" for part in served).encode()).hexdigest()
