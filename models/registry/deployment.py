from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deployment:
    """A bundle and an index that are served together, as they were when they were opened."""

    bundle: str
    """Its name in the registry, `default`, or else the directory that it lies in."""
    bundle_version: str
    bundle_fingerprint: str
    """Of all parts of the bundle."""
    encoder_fingerprint: str
    parser_fingerprint: str
    index: str
    """Where the index is."""
    generation: str
    """Of the index, when the deployment was opened."""
