"""Bundles: what was learned together, hashed, described and verified on load."""

from models.bundle.bundle import Bundle, load_bundle, write_manifest
from models.bundle.manifest import BundleDescription, Manifest, Metric, Part, TrainingReference

__all__ = [
    "Bundle",
    "BundleDescription",
    "Manifest",
    "Metric",
    "Part",
    "TrainingReference",
    "load_bundle",
    "write_manifest",
]
