"""The statistics of a whole reference, which every engine needs beside its texts."""

from pathlib import Path

import numpy as np

from address_match.indexer.lexical.spellings import write_spellings
from address_match.indexer.lexical.vocabulary import write_vocabulary
from address_match.indexer.reference.gazetteer_file import write_gazetteer
from address_match.indexer.reference.sorted_reference import SortedReference


def write_statistics(folder: Path, sorted_reference: SortedReference) -> None:
    """Write the words and how many texts hold each, which words look alike, and the names of places."""
    counts = np.bincount(sorted_reference.text_terms, minlength=len(sorted_reference.term_ids)).astype(
        np.int64
    )
    write_vocabulary(folder, sorted_reference.words, sorted_reference.term_ids, counts)
    write_spellings(folder, sorted_reference.words)
    write_gazetteer(folder, sorted_reference.texts, sorted_reference.column_names)
