"""References that lack some premises, and of the others some texts and fields, as the registers of users do."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from address_match.indexer.local.open_index import open_index
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.ports import BuildModels, Encoder
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.retrieval import Retriever
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference import is_left_out, write_reference
from address_match.parser.address_parser import AddressParser
from address_match.parser.labels import Label

HELD_OUT = 0.25
"""Share of the premises that the reference of the ranker, and that of the figures, does not hold."""
ONE_TEXT = 0.7
"""Share of the premises of several texts that references with dropout hold under one alone, the gazetteer's where there
is one.
"""
ONE_TEXT_SEED = 7
DROPPED_FIELDS = (Label.POSTCODE, Label.TOWN, Label.LOCALITY, Label.COUNTY, Label.STREET)
FIELD_DROPOUT = 0.03
"""Share of the premises whose texts in these references lack each of those fields."""
NUMBERED_WITHOUT_STREET = 0.3
"""Of the numbered premises drawn to lack their street, the share that does lack it."""
NUMBERED_SEED = 5


def hold_out_premises(premises: Sequence[Premises], seed: int, rate: float) -> frozenset[str]:
    """Choose the UPRNs that a reference does not hold, the share `rate` of all, the same on every machine."""
    return frozenset(place.uprn for place in premises if is_left_out(place.uprn, seed=seed, rate=rate))


@contextmanager
def held_out_reference(
    premises: Sequence[Premises],
    parser: AddressParser,
    encoder: Encoder,
    *,
    held_out: frozenset[str],
    dropout: bool = True,
) -> Iterator[Retriever]:
    """Open an index over the premises less those that are held out, for as long as the context lasts.

    With `dropout` most premises stand under one text, some without a field.
    """
    held = (place for place in premises if place.uprn not in held_out)
    with tempfile.TemporaryDirectory(prefix="address-match-") as folder:
        path = Path(folder)
        write_reference(map(with_dropout, held) if dropout else held, path / "reference.csv")
        identity = BundleIdentity("training", "0", folder, parser.fingerprint, encoder.fingerprint)
        source = open_reference(path / "reference.csv")
        built = build_index(source, path / "index", BuildModels(parser, encoder, identity))
        retriever = open_index(path / "index", built.manifest)
        try:
            yield retriever
        finally:
            retriever.close()


def with_dropout(place: Premises) -> Premises:
    """Leave a premises one of its texts, more often than not, and now and then its texts without some of its fields.

    People quote texts that the user's reference lacks, and references have rows that say little.
    """
    if len(place.texts) > 1 and is_left_out(place.uprn, seed=ONE_TEXT_SEED, rate=ONE_TEXT):
        gazetteer = [text for text in place.texts if text.kind == "gazetteer"]
        place = replace(place, texts=tuple(gazetteer[:1] or place.texts[:1]))
    dropped = _dropped_fields(place)
    if not dropped:
        return place
    texts = tuple(
        replace(
            text, pieces=tuple(piece for piece in text.pieces if piece.label not in dropped) or text.pieces
        )
        for text in place.texts
    )
    return replace(place, texts=texts, postcode="" if Label.POSTCODE in dropped else place.postcode)


def _dropped_fields(place: Premises) -> set[Label]:
    dropped = {
        label
        for seed, label in enumerate(DROPPED_FIELDS)
        if is_left_out(place.uprn, seed=seed, rate=FIELD_DROPOUT)
    }
    if place.number > 0 and not is_left_out(place.uprn, seed=NUMBERED_SEED, rate=NUMBERED_WITHOUT_STREET):
        # Such a row is mostly parsed as if on another street, and too many would teach that a street may be another
        # one.
        dropped.discard(Label.STREET)
    return dropped
