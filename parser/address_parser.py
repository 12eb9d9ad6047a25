import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from parser.assembly import assemble
from parser.crf.model import CrfModel, Words, batches_by_length
from parser.errors import NotTextError, TextTooLongError
from parser.gazetteer.gazetteer import Gazetteer
from parser.labels import Label
from parser.lexicon.files import lists_fingerprint
from parser.lexicon.lexicon import shipped_lexicon
from parser.parse import Parse
from parser.reader.reader import AddressReader
from parser.reader.small_l import with_figures
from parser.reading import Reading
from parser.tokens import MAX_TEXT_LENGTH, words_of

RULES_VERSION = "4"
"""Changes with every change of the features or of the reading rules, so that indexes built before it are refused."""

_CELLS = 1 << 13
"""Texts × tokens in one batch of the CRF: large enough to spread numpy's overhead, small enough for the cache."""
_EMPTY_PARSE_PROBABILITY = 1.0


class AddressParser:
    """Labels the words of addresses and reads what they say; safe to share between threads."""

    def __init__(self, path: Path, gazetteer: Gazetteer | None = None) -> None:
        """Read a model file; raises ModelFileError when it is none."""
        lexicon = shipped_lexicon()
        self._crf = CrfModel(path, lexicon, gazetteer)
        self._reader = AddressReader(lexicon)
        digest = hashlib.sha256(path.read_bytes())
        digest.update(RULES_VERSION.encode())
        digest.update(lists_fingerprint().encode())
        self.fingerprint = digest.hexdigest()

    @classmethod
    def load(cls, path: Path, gazetteer: Gazetteer | None = None) -> "AddressParser":
        """Return the parser of a model file in CRFsuite's own format.

        With the `gazetteer` of a reference it knows the names in it; the fingerprint is that of the model either way.
        """
        return cls(path, gazetteer)

    def parse(self, text: str, *, nbest: int = 0) -> Parse:
        """Label one text and read it; `nbest` asks for that many alternatives, exact and the best first."""
        return self.parse_batch([text], nbest=nbest)[0]

    def parse_batch(self, texts: Sequence[str], *, nbest: int = 0) -> list[Parse]:
        """Label many texts; the answer does not depend on what else is in the batch.

        Raises NotTextError for what is no string and TextTooLongError for a text above MAX_TEXT_LENGTH.
        """
        words = [_words(text) for text in texts]
        empty = Parse("", (), (), Reading(), _EMPTY_PARSE_PROBABILITY)
        parses = [
            empty if some else replace(empty, text=text) for text, some in zip(texts, words, strict=True)
        ]
        for group in batches_by_length([len(w) for w in words], cells=_CELLS):
            places = group.tolist()
            some = [words[place] for place in places]
            labellings = self._crf.label(some, count=max(1, nbest))
            found = assemble(
                [texts[place] for place in places],
                some,
                labellings,
                self._crf.labels,
                self._reader,
                with_alternatives=nbest > 0,
            )
            for place, parse in zip(places, found, strict=True):
                parses[place] = parse
        return [
            parse if parse.tokens else replace(parse, text=text)
            for text, parse in zip(texts, parses, strict=True)
        ]

    def readings(self, texts: Sequence[str]) -> list[Reading]:
        """Read many texts as `parse` would, without the probabilities."""
        words = [_words(text) for text in texts]
        readings = [Reading()] * len(texts)
        names = self._crf.labels
        for group in batches_by_length([len(w) for w in words], cells=_CELLS):
            places = group.tolist()
            best = self._crf.best(self._crf.emissions([words[i] for i in places])).labels[:, 0].tolist()
            for place, numbers in zip(places, best, strict=True):
                text_words = words[place]
                labels = [names[n] for n in numbers[: len(text_words)]]
                readings[place] = self._reader.read(
                    with_figures(texts[place], text_words, [w.text for w in text_words], labels),
                    labels,
                    [w.after_break for w in text_words],
                )
        return readings

    def reading_under(self, parse: Parse, labels: Sequence[Label]) -> Reading:
        """Read a parsed text under other labels of its tokens, an alternative's for instance."""
        tokens = [labelled.token for labelled in parse.tokens]
        return self._reader.read(
            with_figures(parse.text, tokens, [token.text for token in tokens], labels),
            list(labels),
            [token.after_break for token in tokens],
        )


@cache
def _nothing() -> Parse:
    return Parse("", (), (), Reading(), _EMPTY_PARSE_PROBABILITY)


def _words(text: str) -> Words:
    if not isinstance(text, str):
        raise NotTextError(f"{text!r:.60} is a {type(text).__name__} and no text: give a str")
    if len(text) > MAX_TEXT_LENGTH:
        raise TextTooLongError(
            f"a text of {len(text)} characters, beginning {text[:40]!r}, is no address: "
            f"give at most {MAX_TEXT_LENGTH} characters"
        )
    return words_of(text)
