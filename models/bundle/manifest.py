"""What a bundle says of itself: `manifest.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from models.errors import BundleError

MANIFEST_FILE = "manifest.json"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle."""

    path: str
    """Relative to the bundle, with forward slashes."""
    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class TrainingReference:
    """The reference that a bundle was trained from."""

    description: str
    """What it is: `synthetic world, seed 7`, or the name of a file."""
    sha256: str
    size: int
    """Premises."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and the data it was measured on."""

    name: str
    value: float
    data: str


@dataclass(frozen=True, slots=True)
class BundleDescription:
    """Everything that whoever trains a bundle has to say of it; `write_manifest` adds what lies in the directory."""

    name: str
    version: str
    code_version: str
    seeds: Mapping[str, int]
    reference: TrainingReference
    hyper_parameters: Mapping[str, Any]
    """By part: encoder, parser, ranker, calibration."""
    metrics: tuple[Metric, ...]
    intended_use: str
    limits: str
    encoder_fingerprint: str
    parser_fingerprint: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a sealed bundle."""

    description: BundleDescription
    created: str
    """When it was sealed, ISO 8601 in UTC: the only field that remaking the bundle changes."""
    parts: tuple[Part, ...]
    """By path."""
    format_version: int = field(default=FORMAT_VERSION)

    def to_json(self) -> str:
        """Write the manifest out, the same text for the same manifest."""
        content = {
            "format_version": self.format_version,
            "created": self.created,
            **asdict(self.description),
            "parts": [asdict(part) for part in self.parts],
        }
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, *, source: str) -> "Manifest":
        """Read a manifest; raise `BundleError`, naming `source`, when it is none of ours."""
        try:
            content = json.loads(text)
        except ValueError as error:
            raise BundleError(
                f"{source} is no JSON ({error}): restore the bundle or make it again."
            ) from error
        if not isinstance(content, dict):
            raise BundleError(f"{source} holds no manifest of a bundle: give another bundle.")
        version = content.pop("format_version", None)
        if version != FORMAT_VERSION:
            raise BundleError(
                f"{source} has format version {version}, this release reads {FORMAT_VERSION}: "
                "make the bundle again or use the release that made it."
            )
        try:
            created = str(content.pop("created"))
            parts = tuple(Part(**part) for part in content.pop("parts"))
            reference = TrainingReference(**content.pop("reference"))
            metrics = tuple(Metric(**metric) for metric in content.pop("metrics"))
            description = BundleDescription(reference=reference, metrics=metrics, **content)
        except (KeyError, TypeError) as error:
            raise BundleError(f"{source} lacks or repeats a field ({error}): restore the bundle.") from error
        return cls(description, created, parts)
