"""What of addresses two gazetteers read otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.known_word import known_word
from address_match.parser.gazetteer.name_key import NO_WORDS, WordKey, full_word, word_key
from address_match.parser.gazetteer.near_names import SlipsOf
from address_match.parser.lexicon.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class GazetteerChange:
    """Words and names that are other things to one gazetteer than to another: an address without any of them has one
    parse under both.
    """

    known: frozenset[str]
    """Words in full that either of them knows."""
    words: frozenset[str]
    """Those of them that one does not know, or as something else."""
    names: npt.NDArray[np.uint64]
    """The hashes of names, as `address_match.parser.gazetteer.name_key` has them, of which that is true; ascending."""
    _slips: SlipsOf
    _now: Gazetteer | None

    @classmethod
    def between(cls, old: Gazetteer | None, new: Gazetteer | None) -> "GazetteerChange":
        """Compare two gazetteers; None knows nothing."""
        before, now = _words(old), _words(new)
        words = frozenset(word for word in before.keys() | now.keys() if before.get(word) != now.get(word))
        hashes = np.union1d(_hashes(old), _hashes(new))
        changed = _fields(old, hashes) != _fields(new, hashes)
        known = frozenset(before.keys() | now.keys())
        return cls(known, words, hashes[changed], SlipsOf(words), new)

    def look_up(
        self, text: str, lexicon: Lexicon, may_be_slip: Callable[[str], object]
    ) -> tuple[bool, WordKey]:
        """Return whether a folded token may be read otherwise, by itself or for what it is a slip of (`known_word`), and its
        part in the hash of a name: that of the word that it is a slip of, where it may be one.
        """
        if "-" in text:
            parts = [self.look_up(part, lexicon, may_be_slip) for part in text.split("-") if part]
            keys = (key for _, key in parts)
            return any(otherwise for otherwise, _ in parts), reduce(WordKey.then, keys, NO_WORDS)
        full = full_word(text, lexicon)
        if full in self.known or self._now is None or text.isdigit():
            return full in self.words, word_key(full, lexicon)
        key_word = lexicon.near_key_words.near(text)
        otherwise = full_word(key_word, lexicon) in self.words or bool(self._slips.meant(full))
        if not (otherwise or key_word or may_be_slip(full)):
            return False, word_key(full, lexicon)
        return otherwise, known_word(text, lexicon.flags_of(text), lexicon, self._now).key


def _words(gazetteer: Gazetteer | None) -> Mapping[str, bytes]:
    """Return what a gazetteer knows of each word, as bytes."""
    if gazetteer is None:
        return {}
    columns = (gazetteer.word_shares, gazetteer.word_sizes[:, None], gazetteer.begins[:, None])
    known = np.ascontiguousarray(np.concatenate([column.astype(np.uint8) for column in columns], axis=1))
    return dict(zip(gazetteer.words, map(bytes, known), strict=True))


def _hashes(gazetteer: Gazetteer | None) -> npt.NDArray[np.uint64]:
    return np.empty(0, np.uint64) if gazetteer is None else np.asarray(gazetteer.name_hashes)


def _fields(gazetteer: Gazetteer | None, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    return np.zeros(len(hashes), np.uint8) if gazetteer is None else gazetteer.fields_of(hashes)
