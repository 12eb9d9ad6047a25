"""Where the reference of an index in a cluster contradicts itself about a premises."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import gettempdir

import pyarrow as pa

from address_match.drafts import draft_folder
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.search.every_text import every_text
from address_match.indexer.elastic.stored.generations import Generation
from address_match.indexer.elastic.stored.stored_files import restore_file
from address_match.indexer.reference.conflicts import IndexConflicts, conflicts_among
from address_match.indexer.reference.precedence import OVERRULED, read_overruled
from address_match.indexer.texts.schemas import LISTED_SCHEMA


@contextmanager
def elastic_conflicts(index: ElasticIndex, generation: Generation) -> Iterator[IndexConflicts]:
    """Look for contradictions among all texts of one index of an alias, which are read once.

    Raises as `conflicts_among` and `open_elastic_index` do.
    """
    with closing(index.connect()) as client, draft_folder(Path(gettempdir())) as folder:
        if OVERRULED in generation.manifest.files:
            restore_file(client, generation, OVERRULED, folder)
        texts = pa.RecordBatchReader.from_batches(LISTED_SCHEMA, every_text(client, generation))
        with conflicts_among(texts, generation.manifest.texts, read_overruled(folder)) as conflicts:
            yield conflicts
