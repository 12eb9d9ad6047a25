"""Tells whether a bundle is whole and can be served by this release."""

import time
from dataclasses import dataclass

from address_match.models.bundle import Bundle
from address_match.models.errors import ModelError
from address_match.models.registry import Registry
from address_match.parser.errors import ParserError
from address_match.service.opening.bundle_models import load_bundle_models


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of one bundle."""

    name: str
    parts: int
    bytes: int
    seconds: float
    """Wall-clock, for hashing every part and loading every model."""
    problems: tuple[str, ...]
    """Empty when it can be served."""


def verify(registry: Registry, name: str) -> Verification:
    """Hash every part of a bundle, load every model, and compare the fingerprints with the manifest's."""
    started = time.perf_counter()
    try:
        bundle = registry.load(name)
        problems = _problems(bundle)
    except (ModelError, ParserError) as error:
        return Verification(name, 0, 0, time.perf_counter() - started, (str(error),))
    parts = bundle.manifest.parts
    return Verification(
        name, len(parts), sum(part.size for part in parts), time.perf_counter() - started, problems
    )


def _problems(bundle: Bundle) -> tuple[str, ...]:
    loaded = load_bundle_models(bundle)
    fingerprints = (
        ("encoder", bundle.encoder_fingerprint, loaded.encoder.fingerprint),
        ("parser", bundle.parser_fingerprint, loaded.parser.fingerprint),
    )
    return tuple(
        f"its {part} has the fingerprint {found[:12]}…, the manifest says {said[:12]}…: the bundle was made by another "
        "release; train it again, address-match train bundle --out DIR"
        for part, said, found in fingerprints
        if said != found
    )
