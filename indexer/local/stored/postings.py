"""The inverted index of tantivy: which texts hold the words of a query, best first by BM25."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import gettempdir

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import tantivy
from numpy.typing import NDArray

from address_match.drafts import draft_folder
from address_match.indexer.errors import BuildError, IndexUnusableError
from address_match.indexer.manifest import rebuild_command

_FOLDER = "postings"
_WORDS = "words"
_ROW = "row"
_FREQUENCIES = "freq"
"""Frequencies are all 1, but only with them does tantivy pass over texts that cannot be among the best."""
_HEAP_BYTES = 1_000_000_000
"""A million texts take a tenth of it, so that one segment is written and nothing has to be merged."""
_TEXTS_AT_ONCE = 50_000


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field(_WORDS, tokenizer_name="whitespace", index_option=_FREQUENCIES)
        .add_integer_field(_ROW, fast=True)
        .build()
    )


def write_postings(
    folder: Path, words: list[str], text_terms: NDArray[np.int32], lengths: NDArray[np.int64]
) -> None:
    """Index the words of each text, in the order of the rows; raises BuildError when they cannot be written."""
    place = folder / _FOLDER
    place.mkdir()
    try:
        index = tantivy.Index(_schema(), path=str(place))
        # One thread keeps the texts of a segment in the order of their rows.
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for row, text in enumerate(_texts(words, text_terms, lengths)):
            document = tantivy.Document()
            document.add_text(_WORDS, text)
            document.add_integer(_ROW, row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # tantivy has no other class of errors
        raise BuildError(
            f"The words of the reference could not be indexed: {error}. Free some disk or build elsewhere"
        ) from error
    for lock in place.glob("*.lock"):
        lock.unlink()


def _texts(words: list[str], text_terms: NDArray[np.int32], lengths: NDArray[np.int64]) -> Iterator[str]:
    vocabulary = pa.array(words, pa.string())
    ends = np.cumsum(lengths)
    for first in range(0, len(lengths), _TEXTS_AT_ONCE):
        last = min(first + _TEXTS_AT_ONCE, len(lengths))
        start = int(ends[first] - lengths[first])
        flat = vocabulary.take(pa.array(text_terms[start : ends[last - 1]]))
        offsets = np.concatenate([[0], ends[first:last] - start]).astype(np.int32)
        yield from pc.binary_join(pa.ListArray.from_arrays(offsets, flat), " ").to_pylist()


@contextmanager
def _links_to(place: Path) -> Iterator[Path]:
    """Link all files of a folder in another one, which is there while this is open.

    tantivy locks what it opens by a file beside it, which would fail where the index may only be read.
    """
    with draft_folder(Path(gettempdir())) as links:
        try:
            for file in place.iterdir():
                (links / file.name).symlink_to(file.resolve())
            yield links
        finally:
            # Once here and once at the end: a thread of tantivy that looks for a newer commit may put its one lock
            # there meanwhile.
            shutil.rmtree(links, ignore_errors=True)


class Postings:
    """Finds the texts that hold words; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / _FOLDER
        with self._translated(), _links_to(self._place) as links:
            index = tantivy.Index.open(str(links))
            self._schema = index.schema
            self._searcher = index.searcher()

    def best(self, queries: Sequence[Sequence[tuple[str, float]]], limit: int) -> list[NDArray[np.int64]]:
        """Return for each query the rows of at most `limit` texts, best first by BM25 over its words and their factors."""
        with self._translated():
            places = [self._places(words, limit) for words in queries]
            # To open the column of the rows costs as much as to read hundreds of them.
            rows = self._searcher.fast_field_values(_ROW, [place for some in places for place in some])
        bounds = accumulate(map(len, places), initial=0)
        found = np.array(rows, dtype=np.int64)
        return [found[start:end] for start, end in pairwise(bounds)]

    def _places(self, words: Sequence[tuple[str, float]], limit: int) -> list[tantivy.DocAddress]:
        """Return where tantivy keeps the best texts, best first."""
        if not words:
            return []
        query = [(tantivy.Occur.Should, self._query(word, factor)) for word, factor in words]
        hits = self._searcher.search(tantivy.Query.boolean_query(query), limit, count=False).hits
        return [place for _, place in hits]

    def _query(self, word: str, factor: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, _WORDS, word, index_option=_FREQUENCIES)
        return query if factor == 1.0 else tantivy.Query.boost_query(query, factor)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # A panic of tantivy over damaged files is an exception that no name can be imported for.
            if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
                raise
            raise IndexUnusableError(
                f"The words of the index at {self._place} are damaged: {error}. "
                f"Build it anew: {rebuild_command(self._place.parent.parent)}"
            ) from error
