"""Build and update indexes with the models of a bundle.

Each raises the errors of `address_match.indexer.errors`, `address_match.models.errors` and
`address_match.parser.errors`; whatever was in force before then still is.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from address_match.indexer.manifest import read_manifest
from address_match.models.bundle import load_bundle
from address_match.models.devices import device_here
from address_match.service.opening.bundle_models import BundleModelSource
from address_match.service.opening.found_index import find_index

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.elastic.stored.mapping import IndexLayout
    from address_match.indexer.elastic.writing.build import ElasticBuildReport
    from address_match.indexer.elastic.writing.update import ElasticUpdateReport
    from address_match.indexer.local.writing.build import BuildReport


def build(
    reference: str | Path | Sequence[Path],
    out: str | Path,
    *,
    bundle: str | Path | None = None,
    mapping: Path | Mapping[str, Any] | None = None,
    precedence: Sequence[str] = (),
    device: str = "cpu",
    processes: int = 1,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "BuildReport":
    """Index a reference in a folder, a transformer encoding on `device`.

    A reference is a file of rows, or the files, folders and archives of a product; several references are joined by
    identifier, and `precedence` names those that are believed first. `progress` takes the name of a stage, what of it
    is done, and all of it where that is known.

    >>> import address_match as am
    >>> am.build("reference.csv", "my-index").manifest.generation  # doctest: +SKIP
    'g000001'
    """
    from address_match.indexer.local.writing.build import build_index
    from address_match.indexer.reference.joined_references import open_references

    models = BundleModelSource(load_bundle(bundle), device_here(device))
    paths = [Path(reference)] if isinstance(reference, str | Path) else reference
    source = open_references(paths, mapping, precedence)
    return build_index(source, Path(out), models, processes=processes, progress=progress)


def update(
    changes: Sequence[Path],
    out: Path,
    *,
    bundle: str | Path | None = None,
    mapping: Path | Mapping[str, Any] | None = None,
    device: str = "cpu",
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "BuildReport":
    """Apply changes to the index in a folder with the models that it was built with, unless others are named."""
    from address_match.indexer.local.writing.update import update_index

    chosen = load_bundle(bundle if bundle is not None else read_manifest(out).bundle.path)
    models = BundleModelSource(chosen, device_here(device))
    return update_index(changes, out, models, mapping=mapping, progress=progress)


def build_elastic(
    reference: Path | Sequence[Path],
    index: "ElasticIndex",
    layout: "IndexLayout",
    *,
    version: int = 1,
    bundle: str | Path | None = None,
    mapping: Path | Mapping[str, Any] | None = None,
    precedence: Sequence[str] = (),
    device: str = "cpu",
    processes: int = 1,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "ElasticBuildReport":
    """Index a reference in a cluster, a transformer encoding on `device`; `version` is that of every text."""
    from address_match.indexer.elastic.writing.build import build_elastic_index
    from address_match.indexer.reference.joined_references import open_references

    paths = [reference] if isinstance(reference, Path) else reference
    models = BundleModelSource(load_bundle(bundle), device_here(device))
    return build_elastic_index(
        open_references(paths, mapping, precedence),
        index,
        layout,
        models,
        version=version,
        processes=processes,
        progress=progress,
    )


def update_elastic(
    changes: Path,
    index: "ElasticIndex",
    *,
    version: int,
    bundle: str | Path | None = None,
    mapping: Path | Mapping[str, Any] | None = None,
    device: str = "cpu",
    progress: Callable[[str, int, int | None], None] | None = None,
) -> "ElasticUpdateReport":
    """Apply a file of changes to an index in a cluster, a transformer encoding on `device`."""
    from address_match.indexer.elastic.writing.update import update_elastic_index
    from address_match.indexer.reference.changes.change_file import open_changes

    chosen = load_bundle(bundle if bundle is not None else find_index(index).manifest.bundle.path)
    models = BundleModelSource(chosen, device_here(device)).load()
    return update_elastic_index(
        open_changes(changes, mapping), index, models, version=version, progress=progress
    )
