"""The composition root: the one place where implementations are chosen and joined."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.indexer.manifest import BundleIdentity, read_manifest
from address_match.models.bundle import SHIPPED_DIRECTORY, SHIPPED_NAME, Bundle, load_bundle
from address_match.models.devices import CPU, choose_device, device_here
from address_match.models.errors import BundleError
from address_match.models.registry import Deployment
from address_match.service.engines import FoundAlias, FoundFolder, FoundIndex, manifest_of

if TYPE_CHECKING:
    from address_match.indexer.elastic.build import ElasticBuildReport
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.elastic.mapping import IndexLayout
    from address_match.indexer.elastic.update import ElasticUpdateReport
    from address_match.indexer.local.build import BuildReport
    from address_match.indexer.ports import Encoder, FieldParser, SearchOver
    from address_match.models.calibration import ListwiseCalibration
    from address_match.models.ranker.additive_ranker import AdditiveRanker
    from address_match.parser.address_parser import AddressParser
    from address_match.parser.gazetteer.gazetteer import Gazetteer
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy


@dataclass(frozen=True, slots=True)
class OpenedDeployment:
    """A pipeline, and the bundle and index that it was opened from."""

    deployment: Deployment
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
    Raises the errors of `open_deployment`.
    """
    return open_deployment(index, bundle, device=device, policy=policy).pipeline


def open_deployment(
    index: "Path | ElasticIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> OpenedDeployment:
    """Open an index as `open_pipeline` does, and say what was opened.

    Raises the errors of `address_match.indexer.errors` and `address_match.models.errors`; a bundle of another encoder or parser is refused, one
    whose ranker or calibration learned from other features than this release computes, and a precision for which its
    calibration knows no threshold.
    """
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy

    policy, device = policy or DecisionPolicy(), device_here(device)
    with closing(_found(index, device)) as found:
        chosen = load_bundle(bundle if bundle is not None else found.manifest.bundle.path)
        learned = load_bundle_models(chosen, found.names(), device=device)
        parser, encoder = learned.parser, learned.encoder
        calibration = learned.calibration.with_prior(policy.absence_prior)
        threshold = calibration.threshold(policy.precision)
        retriever = found.open(identity(chosen, parser, encoder))
    deployment = Deployment(
        bundle=chosen.name,
        bundle_version=chosen.version,
        bundle_fingerprint=chosen.fingerprint,
        encoder_fingerprint=encoder.fingerprint,
        parser_fingerprint=parser.fingerprint,
        index=found.place,
        generation=found.manifest.generation,
    )
    return OpenedDeployment(
        deployment, MatchPipeline(parser, encoder, retriever, learned.ranker, calibration, threshold)
    )


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
    from address_match.models.search.exact import ExactSearch

    return partial(ExactSearch, device=chosen)


def open_parser(bundle: str | Path | None = None, index: Path | None = None) -> "AddressParser":
    """Load the parser of a bundle, the shipped one unless another is named.

    With an `index` it is the parser of the bundle that this was built with, and knows the names of its reference.
    Raises the errors of `address_match.indexer.errors` and `address_match.models.errors`.
    """
    from address_match.parser.address_parser import AddressParser

    if index is None:
        return AddressParser.load(load_bundle(bundle).parser_path)
    from address_match.indexer.reference.gazetteer_file import open_index_gazetteer

    return AddressParser.load(
        bundle_for(index, bundle).parser_path, open_index_gazetteer(index, read_manifest(index))
    )


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
    """Index a reference file, a transformer encoding on `device`; raises the errors of `address_match.indexer.errors` and `address_match.models.errors`."""
    from address_match.indexer.local.build import build_index
    from address_match.indexer.sources.reference_source import open_reference

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
    """Index a reference file in a cluster, a transformer encoding on `device`; raises the errors of `address_match.indexer.errors` and `address_match.models.errors`."""
    from address_match.indexer.elastic.build import build_elastic_index
    from address_match.indexer.sources.reference_source import open_reference

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
    """Apply a file of changes to an index in a cluster, a transformer encoding on `device`; raises the errors of `address_match.indexer.errors` and `address_match.models.errors`."""
    from address_match.indexer.elastic.changes import open_changes
    from address_match.indexer.elastic.update import update_elastic_index

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


def identity(bundle: Bundle, parser: "FieldParser", encoder: "Encoder") -> BundleIdentity:
    """Return what an index has to remember of a bundle: the fingerprints are those that this release gives its models."""
    shipped = bundle.path.resolve() == SHIPPED_DIRECTORY.resolve()
    return BundleIdentity(
        name=bundle.name,
        version=bundle.version,
        path=SHIPPED_NAME if shipped else str(bundle.path.resolve()),
        parser_fingerprint=parser.fingerprint,
        encoder_fingerprint=encoder.fingerprint,
    )


def load_bundle_models(
    bundle: Bundle, names: "Gazetteer | None" = None, *, device: str = "cpu"
) -> BundleModels:
    """Load every model of a bundle, the parser with the names of a reference where they are given.

    Raises the errors of `address_match.models.errors` and `address_match.parser.errors`: what cannot be read, or learned from other features than this
    release computes.
    """
    from address_match.models.calibration import ListwiseCalibration
    from address_match.models.ranker.additive_ranker import AdditiveRanker
    from address_match.service.matching.features.table import FEATURE_SPECS

    ranker = AdditiveRanker.load(bundle.ranker_path).fitting(FEATURE_SPECS)
    calibration = ListwiseCalibration.load(bundle.calibration_path)
    _refuse_other_query_features(bundle, calibration)
    parser, encoder = _load_models(bundle.parser_path, bundle.encoder_path, names, device)
    return BundleModels(parser, encoder, ranker, calibration)


def _refuse_other_query_features(bundle: Bundle, calibration: "ListwiseCalibration") -> None:
    """Raise `BundleError` unless the calibration of a bundle learned from query features that this release computes."""
    from address_match.service.matching.ranking.query_features import QUERY_FEATURES

    for query_feature in calibration.query_features:
        if query_feature not in QUERY_FEATURES:
            raise BundleError(
                f"bundle {bundle.name} {bundle.version} at {bundle.path} learned from the trait {query_feature}, which this release "
                "does not compute. Train it anew, address-match train --out DIR, and name it with --bundle DIR"
            )


def _load_models(
    parser: Path, encoder: Path, names: "Gazetteer | None" = None, device: str = "cpu"
) -> "tuple[AddressParser, Encoder]":
    from address_match.models.encoder.open_encoder import open_encoder
    from address_match.parser.address_parser import AddressParser

    return AddressParser.load(parser, names), open_encoder(encoder, device=device)
