"""A bundle: everything that was learned together, in one directory that does not change once it is sealed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from address_match.drafts import replaced
from address_match.models.bundle.manifest import MANIFEST_FILE, BundleDescription, Manifest, Part
from address_match.models.bundle.parts import part_paths, refuse_unfit, weigh
from address_match.models.errors import BundleError

PARSER_PART = "parser/model.crfsuite"
ENCODER_PART = "encoder"
RANKER_PART = "ranker"
CALIBRATION_PART = "calibration"
MODEL_CARD_PART = "MODEL_CARD.md"
REFERENCE_FACTS_PART = "reference_facts.parquet"
"""How it answered where it was trained; older bundles lack it."""
REQUIRED_PARTS = (PARSER_PART, ENCODER_PART, RANKER_PART, CALIBRATION_PART, MODEL_CARD_PART)
"""Files, or folders that hold at least one file."""
_OF_NO_ANSWER = (MODEL_CARD_PART, REFERENCE_FACTS_PART)
"""Parts that no answer rests on."""

SHIPPED_DIRECTORY = Path(__file__).parent / "default"
SHIPPED_NAME = "default"
"""What the bundle that comes with the project is called, wherever that is installed."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A directory and its manifest; of one that `load_bundle` returned every part was verified."""

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
        """Names the encoder: its own fingerprint."""
        return self.manifest.description.encoder_fingerprint

    @property
    def parser_fingerprint(self) -> str:
        """Names the parser, as it was given when the bundle was sealed."""
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

    @property
    def reference_facts_path(self) -> Path | None:
        """The facts of answers that were given where it was trained, None where it has none."""
        path = self.path / REFERENCE_FACTS_PART
        return path if any(part.path == REFERENCE_FACTS_PART for part in self.manifest.parts) else None


def write_manifest(
    directory: Path, description: BundleDescription, *, created: datetime | None = None
) -> Bundle:
    """Seal a directory: hash its parts and write `manifest.json`, last and at once.

    Raises `BundleError` when a part is missing or unfit, or the directory is sealed already.
    """
    path = directory / MANIFEST_FILE
    if path.exists():
        raise BundleError(f"{directory} is sealed already: write the bundle into a new directory.")
    files = part_paths(directory)
    _refuse_missing(directory, files)
    for file in files:
        refuse_unfit(directory, file)
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    parts = tuple(weigh(directory, file) for file in files)
    manifest = Manifest(description, moment.isoformat(timespec="seconds"), parts)
    with replaced(path) as draft:
        draft.write_text(manifest.to_json(), encoding="utf-8")
    return Bundle(directory, manifest)


def read_bundle(directory: Path) -> Bundle:
    """Read the manifest of a bundle and verify no part; raises `BundleError` when it is missing or damaged."""
    path = directory / MANIFEST_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BundleError(
            f"{directory} is no bundle: {MANIFEST_FILE} is missing or cannot be read ({error}). "
            "Give a bundle's directory, or leave it out for the shipped one."
        ) from error
    return Bundle(directory, Manifest.from_json(text, source=str(path)))


def load_bundle(directory: str | Path | None = None) -> Bundle:
    """Read a bundle, or the shipped one (None or `default`), and verify every part.

    Raises `BundleError` when there is none, or a part is missing, altered, not in the manifest or not fit to be read.
    """
    shipped = directory is None or str(directory) == SHIPPED_NAME
    bundle = read_bundle(SHIPPED_DIRECTORY if shipped else Path(str(directory)))
    _verify(bundle)
    return bundle


def _verify(bundle: Bundle) -> None:
    directory = bundle.path
    files = part_paths(directory)
    named = [part.path for part in bundle.manifest.parts]
    if missing := sorted(set(named) - set(files)):
        raise BundleError(f"{directory} lacks {', '.join(missing)}: restore the bundle or make it again.")
    if foreign := sorted(set(files) - set(named)):
        raise BundleError(
            f"{directory} holds {', '.join(foreign)}, which its manifest does not name: take it out."
        )
    _refuse_missing(directory, files)
    for part in bundle.manifest.parts:
        found = weigh(directory, part.path)
        if found != part:
            raise BundleError(
                f"{directory / part.path} was altered: sha256 {found.sha256[:12]}… and {found.size} bytes instead of "
                f"{part.sha256[:12]}… and {part.size}. Restore the bundle or make it again."
            )
        refuse_unfit(directory, part.path)


def _refuse_missing(directory: Path, files: list[str]) -> None:
    for required in REQUIRED_PARTS:
        if not any(file == required or file.startswith(f"{required}/") for file in files):
            raise BundleError(f"{directory} lacks {required}: a bundle holds {', '.join(REQUIRED_PARTS)}.")


def _fingerprint(parts: tuple[Part, ...]) -> str:
    served = (part for part in parts if part.path not in _OF_NO_ANSWER)
    return hashlib.sha256("\n".join(f"{part.path} {part.sha256}" for part in served).encode()).hexdigest()
