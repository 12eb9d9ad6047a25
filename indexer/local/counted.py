"""What is counted from a whole reference, and what every engine needs of it beside the texts."""

from pathlib import Path

import numpy as np

from indexer.arrangement import Arrangement
from indexer.local.names import write_names
from indexer.local.spellings import write_spellings
from indexer.local.vocabulary import write_vocabulary


def write_counted(folder: Path, arrangement: Arrangement) -> None:
    """Write the words and how many texts hold each, which words look alike, and the names of places."""
    counts = np.bincount(arrangement.text_terms, minlength=len(arrangement.term_ids)).astype(np.int64)
    write_vocabulary(folder, arrangement.words, arrangement.term_ids, counts)
    write_spellings(folder, arrangement.words)
    write_names(folder, arrangement.texts, arrangement.column_names)
