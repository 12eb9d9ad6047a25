"""Trains a CRF on labelled texts and writes it in CRFsuite's own format."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, tee
from operator import itemgetter
from pathlib import Path
from random import Random

import numpy as np

from address_match.parser.crf.conventions import with_conventional_labels
from address_match.parser.crf.unread_words import is_withheld, withheld
from address_match.parser.errors import TrainingMaterialError
from address_match.parser.features.encoded_texts import encode
from address_match.parser.features.templates import attribute, context_codes
from address_match.parser.features.token_profile import TokenProfile, profile, unread_profile
from address_match.parser.features.token_rows import TokenRows
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.labelled_text import LabelledText, token_labels
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon
from address_match.parser.tokens import tokenise

_CHUNK = 512
_L1_PENALTY = 0.3
"""Of L-BFGS; it sets most weights to 0, which keeps the file small."""
_L2_PENALTY = 0.02
_MIN_FREQUENCY = 4.0
"""Times that an attribute must be met; rarer ones only make the file larger."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training used and made."""

    texts: int
    tokens: int
    features: int
    """Weights that are not zero."""
    file_bytes: int
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class CorpusSection:
    """Labelled texts, and the gazetteer with which they are parsed: that of a reference, or none."""

    samples: Sequence[LabelledText]
    gazetteer: Gazetteer | None = None


def train(
    corpus: Iterable[CorpusSection],
    out: Path,
    *,
    seed: int = 0,
    max_iterations: int = 150,
) -> TrainingReport:
    """Train on labelled texts, in an order that `seed` fixes, and write the model file; needs the extra `train`.

    A model reads well without a gazetteer and better with one when it has learned from texts of both kinds.
    Raises TrainingMaterialError when there is no token to learn from.
    """
    from sklearn_crfsuite import CRF

    began = time.process_time()
    out.parent.mkdir(parents=True, exist_ok=True)
    crf = CRF(
        algorithm="lbfgs",
        c1=_L1_PENALTY,
        c2=_L2_PENALTY,
        max_iterations=max_iterations,
        min_freq=_MIN_FREQUENCY,
        all_possible_transitions=True,
        epsilon=1e-4,
        delta=1e-4,
        model_filename=str(out),
    )
    sequences = _CorpusSequences(corpus, seed)
    given = iter(sequences)
    first = next(given, None)
    if first is None:
        raise TrainingMaterialError(
            f"the {sequences.texts} training texts hold no token: give labelled addresses"
        )
    # One text at a time: CRFsuite keeps a copy of its own, and the attributes of all as strings would take many times
    # the room.
    attributes, labels = tee(chain([first], given))
    crf.fit(map(itemgetter(0), attributes), map(itemgetter(1), labels))
    return TrainingReport(
        texts=sequences.texts,
        tokens=sequences.tokens,
        features=int(crf.training_log_.last_iteration.get("active_features", 0)),
        file_bytes=out.stat().st_size,
        cpu_seconds=time.process_time() - began,
    )


class _CorpusSequences:
    """A corpus as CRFsuite learns from it, text by text in an order that a seed fixes; counts what it has given."""

    def __init__(self, corpus: Iterable[CorpusSection], seed: int) -> None:
        self._corpus, self._seed = corpus, seed
        self.texts = self.tokens = 0

    def __iter__(self) -> Iterator[tuple[list[list[str]], list[str]]]:
        lexicon, rng = shipped_lexicon(), Random(self._seed)
        for section in self._corpus:
            samples = list(section.samples)
            rng.shuffle(samples)
            self.texts += len(samples)
            for attributes, labels in training_sequences(samples, lexicon, section.gazetteer, withhold=rng):
                self.tokens += len(labels)
                yield attributes, labels


def training_sequences(
    samples: Iterable[LabelledText],
    lexicon: Lexicon,
    gazetteer: Gazetteer | None = None,
    *,
    withhold: Random | None = None,
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield, for each text with a token, the attributes and the label of every token; `withhold` draws words whose
    spelling is kept from it.

    With a gazetteer none are: there a word that no list knows tells that it is unknown, and that has to stay true.
    """
    profiles: dict[str, TokenProfile] = {}
    remaining = iter(samples)
    while chunk := list(islice(remaining, _CHUNK)):
        yield from _chunk_sequences(chunk, lexicon, gazetteer, profiles, withhold)


def _chunk_sequences(
    chunk: Sequence[LabelledText],
    lexicon: Lexicon,
    gazetteer: Gazetteer | None,
    profiles: dict[str, TokenProfile],
    withhold: Random | None,
) -> Iterator[tuple[list[list[str]], list[str]]]:
    agreed = [with_conventional_labels(sample, lexicon) for sample in chunk]
    pairs = [(sample, tokenise(sample.text)) for sample in agreed]
    pairs = [(sample, tokens) for sample, tokens in pairs if tokens]
    if not pairs:
        return
    texts = [[token.text for token in tokens] for _, tokens in pairs]
    labelled = [token_labels(sample, tokens) for sample, tokens in pairs]
    if withhold is not None and gazetteer is None:
        texts = [withheld(text, labels, withhold) for text, labels in zip(texts, labelled, strict=True)]
    words = [word for text in texts for word in text]
    for word in words:
        if word not in profiles:
            profiles[word] = (
                unread_profile(len(word)) if is_withheld(word) else profile(word, lexicon, gazetteer)
            )
    local = {word: place for place, word in enumerate(dict.fromkeys(words))}
    rows = TokenRows.described_by([profiles[word] for word in local])
    encoded = encode(
        words,
        [token.after_break for _, tokens in pairs for token in tokens],
        [len(tokens) for _, tokens in pairs],
        np.array([local[word] for word in words], dtype=np.int64),
        rows,
        lexicon,
        gazetteer,
    )
    codes = np.moveaxis(context_codes(encoded.batch), 0, 2)
    for row, (text, labels) in enumerate(zip(texts, labelled, strict=True)):
        described = [profiles[word] for word in text]
        attributes = []
        for place, own in enumerate(described):
            names = list(own.own)
            if place:
                names += described[place - 1].to_the_right
            if place + 1 < len(described):
                names += described[place + 1].to_the_left
            names += [attribute(t, code) for t, code in enumerate(codes[row, place].tolist())]
            attributes.append(names)
        yield attributes, [label.value for label in labels]
