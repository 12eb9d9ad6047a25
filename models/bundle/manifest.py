"""The description of a bundle and its parts: `manifest.json`."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from address_match.models.errors import BundleError

MANIFEST_FILE = "manifest.json"
FORMAT_VERSION = 1
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle."""

    path: str
    """Relative to the bundle, with forward slashes."""
    sha256: str
    size: int
    """Bytes."""

    def __post_init__(self) -> None:
        path = PurePosixPath(self.path)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise BundleError(
                f"a manifest names the part {self.path!r}, which is outside of its bundle: do not use this bundle."
            )
        if not _SHA256.fullmatch(self.sha256) or self.size < 0:
            raise BundleError(
                f"a manifest gives the part {self.path!r} the hash {self.sha256!r} and {self.size} bytes: "
                "restore the bundle or make it again."
            )


@dataclass(frozen=True, slots=True)
class TrainingReference:
    """The reference that a bundle was trained from."""

    description: str
    """What it is: `synthetic country, seed 7`, or the name of a file."""
    sha256: str
    """Of the identifiers and texts of its premises, in the order in which training reads them."""
    size: int
    """Premises."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and the data it was measured on."""

    name: str
    value: float
    data: str
    low: float | None = None
    """Lower end of the 95 % interval; None where none was computed."""
    high: float | None = None
    sample: int | None = None
    """Queries, or whatever the figure counts; None where it counts nothing."""

    def shown(self) -> str:
        """Return the figure with its interval: `0.9930 (0.9917 to 0.9941)`."""
        interval = "" if self.low is None or self.high is None else f" ({self.low:.4f} to {self.high:.4f})"
        return f"{self.value:.4f}{interval}"


@dataclass(frozen=True, slots=True)
class BundleDescription:
    """What the training tells of a bundle; `write_manifest` adds the parts that lie in the directory."""

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
    libraries: Mapping[str, str] = field(default_factory=dict)
    """Versions of what the training ran on: with the same ones and one thread the same parts come out."""


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
        """Return the manifest as JSON, the same text for the same manifest."""
        content = {
            "format_version": self.format_version,
            "created": self.created,
            **asdict(self.description),
            "parts": [asdict(part) for part in self.parts],
        }
        return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str, *, source: str) -> "Manifest":
        """Read a manifest; raises `BundleError`, which names `source`, when it is none of ours."""
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
