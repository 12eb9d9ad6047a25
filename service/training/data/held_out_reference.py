"""References that lack some premises, for queries that ask for what is not there."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from address_match.indexer.local.build import build_index
from address_match.indexer.local.open_index import open_index
from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.ports import BuildModels, Encoder
from address_match.indexer.retrieval import Retriever
from address_match.indexer.sources.reference_source import open_reference
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference import is_left_out, write_reference
from address_match.parser.address_parser import AddressParser
from address_match.service.training.data.reference_dropout import as_one_register_holds_it

LEFT_OUT = 0.25
"""Share of the premises that the references of the ranker and of the calibration do not hold."""


def hold_out_premises(premises: Sequence[Premises], seed: int, rate: float) -> frozenset[str]:
    """Choose the premises that a reference does not hold, `rate` of all, the same on every machine."""
    return frozenset(place.uprn for place in premises if is_left_out(place.uprn, seed=seed, rate=rate))


@contextmanager
def reference_without(
    premises: Sequence[Premises],
    seed: int,
    parser: AddressParser,
    encoder: Encoder,
    *,
    held_out: frozenset[str] | None = None,
    thinned: bool = True,
) -> Iterator[Retriever]:
    """Open an index over the premises less those that are held out, for as long as the context lasts.

    `held_out` is that of `noisy_queries`. Unless `thinned` is false, most premises stand under one text, some without a field.
    """
    gaps = hold_out_premises(premises, seed, LEFT_OUT) if held_out is None else held_out
    held = (place for place in premises if place.uprn not in gaps)
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        path = Path(folder)
        write_reference(map(as_one_register_holds_it, held) if thinned else held, path / "reference.csv")
        identity = BundleIdentity("training", "0", folder, parser.fingerprint, encoder.fingerprint)
        source = open_reference(path / "reference.csv")
        built = build_index(source, path / "index", BuildModels(parser, encoder, identity))
        retriever = open_index(path / "index", built.manifest)
        try:
            yield retriever
        finally:
            retriever.close()
