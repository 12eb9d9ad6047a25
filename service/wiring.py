"""The composition root: the one place where implementations are chosen and joined."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.manifest import BundleIdentity, read_manifest
from models.bundle import SHIPPED_DIRECTORY, SHIPPED_NAME, Bundle, load_bundle
from models.devices import CPU, choose_device, device_here
from models.errors import BundleError
from models.registry import Pair
from service.engines import FoundAlias, FoundFolder, FoundIndex, manifest_of

if TYPE_CHECKING:
    from indexer.build import BuildReport
    from indexer.elastic.build import ElasticBuildReport
    from indexer.elastic.location import ElasticIndex
    from indexer.elastic.mapping import IndexLayout
    from indexer.elastic.update import ElasticUpdateReport
    from indexer.ports import AddressReader, Encoder, SearchOver
    from models.calibration import ListwiseCalibration
    from models.ranker import AdditiveRanker
    from parser.address_parser import AddressParser
    from parser.gazetteer.gazetteer import Gazetteer
    from service.matching.pipeline import MatchPipeline
    from service.matching.policy import DecisionPolicy


@dataclass(frozen=True, slots=True)
class OpenedPair:
    """A pipeline, and the bundle and index that it was opened from."""

    pair: Pair
    pipeline: "MatchPipeline"


@dataclass(frozen=True, slots=True)
class BundleModels:
    """The models of a bundle, loaded."""

    parser: "AddressParser"
    encoder: "Encoder"
    ranker: "AdditiveRanker"
    calibration: "ListwiseCalibration"


def open_pipeline(
    index: "Path | ElasticIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> "MatchPipeline":
    """Open an index with the bundle it was built with, or with the one whose directory is named; the caller closes it.

    `policy` says what is assumed of the addresses and asked of the answers, the default unless given. `device` is auto, cpu,
    cuda or cuda:N: a transformer encodes there, and on a GPU the nearest vectors are searched exactly, on the CPU by faiss.
    Raises the errors of `open_pair`.
    """
    return open_pair(index, bundle, device=device, policy=policy).pipeline


def open_pair(
    index: "Path | ElasticIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> OpenedPair:
    """Open an index as `open_pipeline` does, and say what was opened.

    Raises the errors of `indexer.errors` and `models.errors`; a bundle of another encoder or parser is refused, one
    whose ranker or calibration learned from other features than this release computes, and a precision for which its
    calibration knows no threshold.
    """
    from service.matching.pipeline import MatchPipeline
    from service.matching.policy import DecisionPolicy

    policy, device = policy or DecisionPolicy(), device_here(device)
    with closing(_found(index, device)) as found:
        chosen = load_bundle(bundle if bundle is not None else found.manifest.bundle.path)
        learned = load_models_of(chosen, found.names(), device=device)
        parser, encoder = learned.parser, learned.encoder
        calibration = learned.calibration.with_prior(policy.absence_prior)
        threshold = calibration.threshold(policy.precision)
        retriever = found.open(identity(chosen, parser, encoder))
    pair = Pair(
        bundle=chosen.name,
        bundle_version=chosen.version,
        bundle_fingerprint=chosen.fingerprint,
        encoder_fingerprint=encoder.fingerprint,
        parser_fingerprint=parser.fingerprint,
        index=found.place,
        generation=found.manifest.generation,
    )
    return OpenedPair(pair, MatchPipeline(parser, encoder, retriever, learned.ranker, calibration, threshold))


def _found(index: "Path | ElasticIndex", device: str) -> FoundIndex:
    """Find an index; a cluster searches vectors by itself, whatever the device."""
    return FoundFolder(index, _search_on(device)) if isinstance(index, Path) else FoundAlias(index)


def pipeline_opener(
    index: "Path | ElasticIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> "Callable[[], MatchPipeline]":
    """Return a function that opens the pipeline, fit to travel to another process."""
    return partial(open_pipeline, index, bundle, device=device_here(device), policy=policy)


def _search_on(device: str) -> "SearchOver | None":
    """Choose what searches the vectors of an index; None stands for the index's own search."""
    chosen = choose_device(device)
    if chosen == CPU:
        return None
    from models.search.exact import ExactSearch

    return partial(ExactSearch, device=chosen)


def open_parser(bundle: str | Path | None = None, index: Path | None = None) -> "AddressParser":
    """Load the parser of a bundle, the shipped one unless another is named.

    With an `index` it is the parser of the bundle that this was built with, and knows the names of its reference.
    Raises the errors of `indexer.errors` and `models.errors`.
    """
    from parser.address_parser import AddressParser

    if index is None:
        return AddressParser.load(load_bundle(bundle).parser_path)
    from indexer.local.names import open_names

    return AddressParser.load(bundle_for(index, bundle).parser_path, open_names(index, read_manifest(index)))


def build(
    reference: Path,
    out: Path,
    *,
    bundle: str | Path | None = None,
    mapping: Path | None = None,
    device: str = "cpu",
    processes: int = 1,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "BuildReport":
    """Index a reference file, a transformer encoding on `device`; raises the errors of `indexer.errors` and `models.errors`."""
    from indexer.build import build_index
    from indexer.sources.reference import open_reference

    chosen = load_bundle(bundle)
    source = open_reference(reference, mapping=mapping)
    load = partial(_load_models, chosen.parser_path, chosen.encoder_path, device=device_here(device))
    parser, encoder = load()
    return build_index(
        source,
        out,
        reader=parser,
        encoder=encoder,
        bundle=identity(chosen, parser, encoder),
        processes=processes,
        load_models=load,
        progress=progress,
    )


def build_elastic(
    reference: Path,
    index: "ElasticIndex",
    layout: "IndexLayout",
    *,
    version: int = 1,
    bundle: str | Path | None = None,
    mapping: Path | None = None,
    device: str = "cpu",
    processes: int = 1,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "ElasticBuildReport":
    """Index a reference file in a cluster, a transformer encoding on `device`; raises the errors of `indexer.errors` and `models.errors`."""
    from indexer.elastic.build import build_elastic_index
    from indexer.sources.reference import open_reference

    chosen = load_bundle(bundle)
    load = partial(_load_models, chosen.parser_path, chosen.encoder_path, device=device_here(device))
    parser, encoder = load()
    return build_elastic_index(
        open_reference(reference, mapping=mapping),
        index,
        layout,
        models=(parser, encoder),
        bundle=identity(chosen, parser, encoder),
        version=version,
        processes=processes,
        load_models=load,
        progress=progress,
    )


def update_elastic(
    changes: Path,
    index: "ElasticIndex",
    *,
    version: int,
    bundle: str | Path | None = None,
    mapping: Path | None = None,
    device: str = "cpu",
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "ElasticUpdateReport":
    """Apply a file of changes to an index in a cluster, a transformer encoding on `device`; raises the errors of `indexer.errors` and `models.errors`."""
    from indexer.elastic.changes import open_changes
    from indexer.elastic.update import update_elastic_index

    chosen = load_bundle(bundle if bundle is not None else manifest_of(index).bundle.path)
    parser, encoder = _load_models(chosen.parser_path, chosen.encoder_path, device=device_here(device))
    return update_elastic_index(
        open_changes(changes, mapping),
        index,
        version=version,
        models=(parser, encoder),
        bundle=identity(chosen, parser, encoder),
        progress=progress,
    )


def bundle_for(index: Path, bundle: str | Path | None) -> Bundle:
    """Load the bundle whose directory is named, else the one that the index names."""
    return load_bundle(bundle if bundle is not None else read_manifest(index).bundle.path)


def identity(bundle: Bundle, parser: "AddressReader", encoder: "Encoder") -> BundleIdentity:
    """Say what an index has to remember of a bundle: the fingerprints are those that this release gives its models."""
    shipped = bundle.path.resolve() == SHIPPED_DIRECTORY.resolve()
    return BundleIdentity(
        name=bundle.name,
        version=bundle.version,
        path=SHIPPED_NAME if shipped else str(bundle.path.resolve()),
        parser_fingerprint=parser.fingerprint,
        encoder_fingerprint=encoder.fingerprint,
    )


def load_models_of(bundle: Bundle, names: "Gazetteer | None" = None, *, device: str = "cpu") -> BundleModels:
    """Load every model of a bundle, the parser with the names of a reference where they are given.

    Raises the errors of `models.errors` and `parser.errors`: what cannot be read, or learned from other features than this
    release computes.
    """
    from models.calibration import ListwiseCalibration
    from models.ranker import AdditiveRanker
    from service.matching.comparison.features import FEATURES

    ranker = AdditiveRanker.load(bundle.ranker_path).fitting(FEATURES)
    calibration = ListwiseCalibration.load(bundle.calibration_path)
    _refuse_other_traits(bundle, calibration)
    parser, encoder = _load_models(bundle.parser_path, bundle.encoder_path, names, device)
    return BundleModels(parser, encoder, ranker, calibration)


def _refuse_other_traits(bundle: Bundle, calibration: "ListwiseCalibration") -> None:
    """Raise `BundleError` unless the calibration of a bundle learned from traits that this release computes."""
    from service.matching.traits import TRAITS

    for trait in calibration.traits:
        if trait not in TRAITS:
            raise BundleError(
                f"bundle {bundle.name} {bundle.version} at {bundle.path} learned from the trait {trait}, which this release "
                "does not compute. Train it anew, address-match train --out DIR, and name it with --bundle DIR"
            )


def _load_models(
    parser: Path, encoder: Path, names: "Gazetteer | None" = None, device: str = "cpu"
) -> "tuple[AddressParser, Encoder]":
    from models.encoder.opening import open_encoder
    from parser.address_parser import AddressParser

    return AddressParser.load(parser, names), open_encoder(encoder, device=device)
