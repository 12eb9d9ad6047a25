"""The composition root: the one place where implementations are chosen and joined."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import models.bundle
from indexer.manifest import BundleIdentity, read_manifest
from models.bundle import Bundle, load_bundle
from models.errors import BundleError

if TYPE_CHECKING:
    from indexer.build import BuildReport
    from indexer.ports import AddressReader, Encoder
    from models.calibration import ListwiseCalibration
    from models.ranker import AdditiveRanker
    from parser.address_parser import AddressParser
    from service.matching.pipeline import MatchPipeline

SHIPPED = "default"
"""What an index calls the bundle that comes with the project, wherever that is installed."""

_SHIPPED_DIRECTORY = Path(models.bundle.__file__).parent / "default"


def open_pipeline(index: Path, bundle: str | Path | None = None) -> "MatchPipeline":
    """Open an index with the bundle it was built with, or with the one that is named; the caller closes it.

    Raises the errors of `indexer.errors` and `models.errors`; a bundle of another encoder or parser is refused, and
    one whose ranker or calibration learned from other features than this release computes.
    """
    from indexer.local import open_index
    from models.calibration import ListwiseCalibration
    from models.encoder.static import StaticEncoder
    from models.ranker import AdditiveRanker
    from parser.address_parser import AddressParser
    from service.matching.pipeline import MatchPipeline

    chosen = bundle_for(index, bundle)
    ranker = AdditiveRanker.load(chosen.ranker_path)
    calibration = ListwiseCalibration.load(chosen.calibration_path)
    _refuse_other_features(chosen, ranker, calibration)
    retriever = open_index(index, bundle=identity(chosen))
    return MatchPipeline(
        parser=AddressParser.load(chosen.parser_path),
        encoder=StaticEncoder.load(chosen.encoder_path),
        retriever=retriever,
        ranker=ranker,
        calibration=calibration,
    )


def pipeline_opener(index: Path, bundle: str | Path | None = None) -> "Callable[[], MatchPipeline]":
    """Return a function that opens the pipeline, fit to travel to another process."""
    return partial(open_pipeline, index, bundle)


def open_parser(bundle: str | Path | None = None) -> "AddressParser":
    """Load the parser of a bundle, the shipped one unless another is named."""
    from parser.address_parser import AddressParser

    return AddressParser.load(load_bundle(bundle).parser_path)


def build(
    reference: Path,
    out: Path,
    *,
    bundle: str | Path | None = None,
    mapping: Path | None = None,
    processes: int = 1,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "BuildReport":
    """Index a reference file; raises the errors of `indexer.errors` and `models.errors`."""
    from indexer.build import build_index
    from indexer.sources.reference import open_reference

    chosen = load_bundle(bundle)
    source = open_reference(reference, mapping=mapping)
    load = partial(_load_models, chosen.parser_path, chosen.encoder_path)
    parser, encoder = load()
    return build_index(
        source,
        out,
        reader=parser,
        encoder=encoder,
        bundle=identity(chosen),
        processes=processes,
        load_models=load,
        progress=progress,
    )


def bundle_for(index: Path, bundle: str | Path | None) -> Bundle:
    """Load the bundle that is named, else the one that the index names."""
    return load_bundle(bundle if bundle is not None else read_manifest(index).bundle.path)


def identity(bundle: Bundle) -> BundleIdentity:
    """Say what an index has to remember of a bundle."""
    shipped = bundle.path.resolve() == _SHIPPED_DIRECTORY.resolve()
    return BundleIdentity(
        name=bundle.name,
        version=bundle.version,
        path=SHIPPED if shipped else str(bundle.path.resolve()),
        parser_fingerprint=bundle.parser_fingerprint,
        encoder_fingerprint=bundle.encoder_fingerprint,
    )


def _refuse_other_features(
    bundle: Bundle, ranker: "AdditiveRanker", calibration: "ListwiseCalibration"
) -> None:
    """Raise `BundleError` unless the models of a bundle learned from what this release computes."""
    from service.matching.comparison.features import FEATURES
    from service.matching.pipeline import DEFAULT_PRECISION
    from service.matching.traits import TRAITS

    learned = [
        *((spec.name, spec.categories) for spec in ranker.specs),
        *calibration.traits,
        *(precision for precision in calibration.thresholds if precision == DEFAULT_PRECISION),
    ]
    computed = [*((spec.name, spec.categories) for spec in FEATURES), *TRAITS, DEFAULT_PRECISION]
    for theirs, ours in zip_longest(learned, computed):
        if theirs != ours:
            raise BundleError(
                f"bundle {bundle.name} {bundle.version} at {bundle.path} learned from other features than this release "
                f"computes ({theirs} where {ours} is). Train it anew, address-match train --out DIR, and name it "
                "with --bundle DIR"
            )


def _load_models(parser: Path, encoder: Path) -> "tuple[AddressReader, Encoder]":
    from models.encoder.static import StaticEncoder
    from parser.address_parser import AddressParser

    return AddressParser.load(parser), StaticEncoder.load(encoder)
