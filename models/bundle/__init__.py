"""Bundles: what was learned together, hashed, described and verified on load."""

from address_match.models.bundle.bundle import (
    SHIPPED_DIRECTORY,
    SHIPPED_NAME,
    Bundle,
    load_bundle,
    read_bundle,
    write_manifest,
)
from address_match.models.bundle.manifest import BundleDescription, Manifest, Metric, Part, TrainingReference

__all__ = [
    "SHIPPED_DIRECTORY",
    "SHIPPED_NAME",
    "Bundle",
    "BundleDescription",
    "Manifest",
    "Metric",
    "Part",
    "TrainingReference",
    "load_bundle",
    "read_bundle",
    "write_manifest",
]
