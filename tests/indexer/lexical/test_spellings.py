"""Which words look alike, and what an update takes over of them."""

from pathlib import Path

import numpy as np

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.lexical.spellings import write_spellings
from address_match.indexer.lexical.vocabulary import write_vocabulary

FILES = ("trigram_ids.npy", "trigram_offsets.npy", "trigram_terms.npy")


def written(folder: Path, words: set[str], before: Path | None = None) -> list[bytes]:
    folder.mkdir()
    in_order = sorted(words, key=term_id)
    ids = np.array([term_id(word) for word in in_order], dtype=np.int64)
    write_vocabulary(folder, in_order, ids, np.ones(len(ids), dtype=np.int64))
    write_spellings(folder, in_order, ids, before)
    return [(folder / name).read_bytes() for name in FILES]


def test_spellings_after_changes_are_those_of_the_later_words(tmp_path: Path) -> None:
    words = {"MILL", "MILLER", "ROAD", "OAKS", "12A", "OLDWICK"}
    written(tmp_path / "before", words)
    later = words - {"ROAD", "MILL"} | {"BROAD", "OAKEN", "MILLS"}
    assert written(tmp_path / "after", later, tmp_path / "before") == written(tmp_path / "anew", later)


def test_words_that_all_are_new_have_spellings(tmp_path: Path) -> None:
    written(tmp_path / "before", {"MILL"})
    assert written(tmp_path / "after", {"ROAD"}, tmp_path / "before") == written(tmp_path / "anew", {"ROAD"})
