"""The composition root: the one place where implementations are chosen and joined to what answers."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.cycle_search import without_search_for_cycles
from address_match.models.bundle import load_bundle
from address_match.models.devices import CPU, choose_device, device_here
from address_match.models.registry import Deployment
from address_match.service.opening.bundle_models import identity, load_bundle_models
from address_match.service.opening.found_index import FoundFolder, FoundIndex, find_index
from address_match.service.opening.served_reference import ServedReference

if TYPE_CHECKING:
    from collections.abc import Callable

    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.ports import SearchOver
    from address_match.parser.address_parser import AddressParser
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy


@dataclass(frozen=True, slots=True)
class OpenedDeployment:
    """A pipeline, and the bundle, index and reference that it was opened from."""

    deployment: Deployment
    pipeline: "MatchPipeline"
    reference: ServedReference


def open_pipeline(
    index: "Path | ElasticIndex | FoundIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> "MatchPipeline":
    """Open an index with the bundle that it was built with, or with the one named by its directory; the caller closes it.

    `policy` says what is assumed of the addresses and asked of the answers, the default unless given. `device` is auto,
    cpu, cuda or cuda:N: a transformer encodes there, and on a GPU the nearest vectors are searched exactly, on the CPU
    by faiss. Raises the errors of `open_deployment`.
    """
    return open_deployment(index, bundle, device=device, policy=policy).pipeline


def pipeline_opener(
    index: "Path | ElasticIndex | FoundIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> "Callable[[], MatchPipeline]":
    """Return a function that opens the pipeline and can be sent to another process; the index is found and verified now.

    So all processes answer from one generation, whatever is built meanwhile, and none has to verify its files again.
    Raises as `find_index` does, and IndexUnusableError for an altered file.
    """
    return partial(
        open_pipeline, find_index(index).verify(), bundle, device=device_here(device), policy=policy
    )


@without_search_for_cycles()
def open_deployment(
    index: "Path | ElasticIndex | FoundIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: "DecisionPolicy | None" = None,
) -> OpenedDeployment:
    """Open an index as `open_pipeline` does, and name what was opened.

    Raises the errors of `address_match.indexer.errors` and `address_match.models.errors`. Refused are: a bundle with
    another encoder or parser than the index was built with, or whose ranker or calibration learned from other features
    than this release computes; a precision for which its calibration has no threshold; and a place that the reference
    does not name.
    """
    from address_match.service.matching.answer_listener import PipelineOrigin
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy

    policy, device = policy or DecisionPolicy(), device_here(device)
    found = find_index(index)
    chosen = load_bundle(bundle if bundle is not None else found.manifest.bundle.path)
    retriever = found.open(_search_on(device))
    try:
        models = load_bundle_models(chosen, retriever.gazetteer(), device=device)
        retriever.check_bundle(identity(chosen, models.parser, models.encoder))
        pipeline = MatchPipeline(
            models.parser,
            models.encoder,
            retriever,
            models.ranker,
            models.calibration,
            threshold=1.0,
            origin=PipelineOrigin(chosen.fingerprint, found.manifest.generation, models.encoder.fingerprint),
        ).under(policy)
    except BaseException:
        retriever.close()
        raise
    deployment = Deployment(
        bundle=chosen.name,
        bundle_version=chosen.version,
        bundle_fingerprint=chosen.fingerprint,
        encoder_fingerprint=models.encoder.fingerprint,
        parser_fingerprint=models.parser.fingerprint,
        index=found.place,
        generation=found.manifest.generation,
    )
    return OpenedDeployment(deployment, pipeline, ServedReference.of(found))


def open_parser(
    bundle: str | Path | None = None, index: "Path | FoundFolder | None" = None
) -> "AddressParser":
    """Load the parser of a bundle, the shipped one unless another is named.

    With an `index` it is the parser of the bundle that this was built with, and knows the names of its reference.
    Raises the errors of `address_match.indexer.errors` and `address_match.models.errors`.
    """
    from address_match.parser.address_parser import AddressParser

    if index is None:
        return AddressParser.load(load_bundle(bundle).parser_path)
    found = FoundFolder.at(index) if isinstance(index, Path) else index
    chosen = load_bundle(bundle if bundle is not None else found.manifest.bundle.path)
    return AddressParser.load(chosen.parser_path, found.gazetteer())


def _search_on(device: str) -> "SearchOver | None":
    """Choose what searches the vectors of an index; None stands for the index's own search."""
    chosen = choose_device(device)
    if chosen == CPU:
        return None
    from address_match.models.search.exact import ExactSearch

    return partial(ExactSearch, device=chosen)
