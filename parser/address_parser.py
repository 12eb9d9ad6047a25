import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from parser.crf.model import CrfModel, Words, batches_by_length
from parser.errors import TextTooLongError
from parser.gazetteer.gazetteer import Gazetteer
from parser.labels import Label
from parser.lexicon.lexicon import shipped_lexicon
from parser.parse import Alternative, Component, LabelledToken, Parse
from parser.reader.reader import AddressReader
from parser.reading import Reading
from parser.tokens import MAX_TEXT_LENGTH, Token, words_of

RULES_VERSION = "3"
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

        Raises TextTooLongError for a text above MAX_TEXT_LENGTH.
        """
        words = [_words(text) for text in texts]
        parses = [Parse(text, (), (), Reading(), _EMPTY_PARSE_PROBABILITY) for text in texts]
        for group in batches_by_length([len(w) for w in words], cells=_CELLS):
            for place, parse in zip(
                group.tolist(), self._parse_group(texts, words, group.tolist(), nbest), strict=True
            ):
                parses[place] = parse
        return parses

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
                readings[place] = self._reader.read(
                    [w[0] for w in text_words],
                    [names[n] for n in numbers[: len(text_words)]],
                    [w[3] for w in text_words],
                )
        return readings

    def _parse_group(
        self, texts: Sequence[str], words: Sequence[Words], places: Sequence[int], nbest: int
    ) -> list[Parse]:
        emissions = self._crf.emissions([words[i] for i in places])
        paths = self._crf.best(emissions, count=max(1, nbest))
        marginals = self._crf.marginals(emissions)
        log_probabilities = np.minimum(paths.scores - marginals.log_total[:, None], 0.0)
        probabilities = np.exp(log_probabilities).tolist()
        chosen = np.take_along_axis(marginals.probabilities, paths.labels[:, 0, :, None], axis=2)[
            :, :, 0
        ].tolist()
        possible = (paths.scores > _LOWEST_POSSIBLE).tolist()
        parses = []
        for row, place in enumerate(places):
            size = len(words[place])
            labellings = [
                tuple(self._crf.labels[n] for n in path[:size]) for path in paths.labels[row].tolist()
            ]
            alternatives = tuple(
                Alternative(labels, probability)
                for labels, probability, exists in zip(
                    labellings, probabilities[row], possible[row], strict=True
                )
                if exists
            )
            parses.append(
                self._parse_of(
                    texts[place],
                    words[place],
                    labellings[0],
                    chosen[row],
                    probabilities[row][0],
                    alternatives if nbest else (),
                )
            )
        return parses

    def _parse_of(
        self,
        text: str,
        words: Words,
        labels: tuple[Label, ...],
        certainties: Sequence[float],
        probability: float,
        alternatives: tuple[Alternative, ...],
    ) -> Parse:
        tokens = tuple(
            LabelledToken(Token(*word), label, min(1.0, certainty))
            for word, label, certainty in zip(words, labels, certainties, strict=False)
        )
        return Parse(
            text=text,
            tokens=tokens,
            components=components_of(tokens),
            reading=self._reader.read([w[0] for w in words], labels, [w[3] for w in words]),
            probability=probability,
            alternatives=alternatives,
        )


_LOWEST_POSSIBLE = -1e20
"""A path that scores less than this is none."""


def components_of(tokens: Sequence[LabelledToken]) -> tuple[Component, ...]:
    """Join runs of neighbouring tokens with one label."""
    components: list[Component] = []
    start = 0
    for end in range(1, len(tokens) + 1):
        if end == len(tokens) or tokens[end].label is not tokens[start].label:
            run = tokens[start:end]
            components.append(
                Component(
                    label=run[0].label,
                    text=" ".join(t.token.text for t in run),
                    start=run[0].token.start,
                    end=run[-1].token.end,
                    probability=min(t.probability for t in run),
                )
            )
            start = end
    return tuple(components)


def _words(text: str) -> Words:
    if len(text) > MAX_TEXT_LENGTH:
        raise TextTooLongError(
            f"a text of {len(text)} characters, beginning {text[:40]!r}, is no address: "
            f"give at most {MAX_TEXT_LENGTH} characters"
        )
    return words_of(text)
