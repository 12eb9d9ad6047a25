"""The statistics of a whole reference, which every engine needs beside its texts."""

from pathlib import Path

import numpy as np

from address_match.indexer.lexical.spellings import write_spellings
from address_match.indexer.lexical.vocabulary import write_vocabulary
from address_match.indexer.reference.gazetteer_file import write_gazetteer
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.reference.streets.street_directory import write_street_directory
from address_match.indexer.reference.streets.street_places import write_street_places


def write_statistics(folder: Path, sorted_reference: SortedReference, before: Path | None = None) -> None:
    """Write the words and how many texts hold each, which words look alike, the names of places, where streets stand,
    and their directory.

    `before` is a folder with the statistics that the reference had before changes.
    """
    counts = np.bincount(sorted_reference.text_terms, minlength=len(sorted_reference.term_ids)).astype(
        np.int64
    )
    write_vocabulary(folder, sorted_reference.words, sorted_reference.term_ids, counts)
    write_spellings(folder, sorted_reference.words, sorted_reference.term_ids, before)
    write_gazetteer(folder, sorted_reference.texts, sorted_reference.column_names, before)
    write_street_places(folder, sorted_reference.texts, sorted_reference.postcodes)
    write_street_directory(folder, sorted_reference.texts, sorted_reference.postcodes)
