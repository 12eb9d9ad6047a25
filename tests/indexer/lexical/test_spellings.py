"""Which words look alike, and what an update takes over of them."""

from pathlib import Path

import numpy as np

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.lexical.shared_keys import KeyHolders, SharedKeys, keys_of
from address_match.indexer.lexical.spellings import Spellings, write_spellings
from address_match.indexer.lexical.vocabulary import Vocabulary, write_vocabulary

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


STREETS = {"MILL", "MILLER", "MILLBROOK", "OAKS", "OAKEN", "OLDWICK", "CORN", "HARBOUR", "HRBR"}
MISSPELT = ["MILLR", "OKAS", "OLDWIKC", "CORNMILL", "HARBOR", "MLL", "QZX", "OAKN", "MILBROOK", "HRBOUR"]


def test_words_that_share_keys_are_the_same_whether_asked_for_together_or_one_by_one(tmp_path: Path) -> None:
    def ordered(found: SharedKeys) -> list[tuple[int, int, bool]]:
        return sorted(zip(*(column.tolist() for column in found), strict=True))

    written(tmp_path / "words", STREETS)
    holders = KeyHolders(tmp_path / "words", len(STREETS))
    keys = [keys_of(word) for word in MISSPELT]
    together = [ordered(found) for found in holders.sharing_with_each(keys)]
    assert together == [ordered(holders.sharing(of_word)) for of_word in keys]
    assert any(same for found in together for _, _, same in found)


def test_guesses_that_were_learned_together_are_those_of_each_word(tmp_path: Path) -> None:
    written(tmp_path / "words", STREETS)
    vocabulary = Vocabulary(tmp_path / "words", len(STREETS))
    together, one_by_one = (Spellings(tmp_path / "words", vocabulary) for _ in range(2))
    together.learn(MISSPELT)
    for word in MISSPELT:
        learned, asked = together.guesses(word), one_by_one.guesses(word)
        assert [part.tolist() for part in learned] == [part.tolist() for part in asked]
