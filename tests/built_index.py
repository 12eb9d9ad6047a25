"""Indexes of small references that stand in a test, as CSV."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from address_match.service.build import build
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline


def built_index(folder: Path, reference: str, mapping: str = "") -> Path:
    """Build the index of a reference with the shipped bundle, in a folder that holds none; `mapping` is TOML."""
    path, index = folder / "reference.csv", folder / "index"
    path.write_text(reference, encoding="utf-8")
    columns = folder / "mapping.toml"
    columns.write_text(mapping, encoding="utf-8")
    build(path, index, mapping=columns)
    return index


@contextmanager
def built_pipeline(folder: Path, reference: str, mapping: str = "") -> Iterator[MatchPipeline]:
    """Build the index of a reference, and open it for as long as the context lasts."""
    with closing(open_pipeline(built_index(folder, reference, mapping))) as pipeline:
        yield pipeline
