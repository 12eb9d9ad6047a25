"""Learn a CRF from labelled texts and write it in CRFsuite's own format."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pycrfsuite

from address_match.parser.crf.conventions import settled
from address_match.parser.errors import TrainingMaterialError
from address_match.parser.features.encoded_texts import encode
from address_match.parser.features.templates import attribute, context_codes
from address_match.parser.features.token_table import TokenProfile, TokenRows, profile
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.labelled_text import LabelledText, token_labels
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon
from address_match.parser.tokens import tokenise

_CHUNK = 512
_L1_PENALTY = 0.15
"""Of L-BFGS; it sets most weights to 0, which keeps the file small."""
_L2_PENALTY = 0.02
_MIN_FREQUENCY = 2.0
"""Times that an attribute must be met; what is met once only makes the file larger."""


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
    """Labelled texts, and the gazetteer with which they are read: that of a reference, or none."""

    samples: Sequence[LabelledText]
    gazetteer: Gazetteer | None = None


def train(
    lessons: Iterable[CorpusSection],
    out: Path,
    *,
    seed: int = 0,
    max_iterations: int = 150,
) -> TrainingReport:
    """Train on labelled texts, in an order that `seed` fixes, and write the model file.

    A model reads well without a gazetteer and better with one when it has learned from texts of both kinds.
    Raises TrainingMaterialError when there is no token to learn from.
    """
    began = time.process_time()
    lexicon = shipped_lexicon()
    rng = Random(seed)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    texts = tokens = 0
    for lesson in lessons:
        samples = list(lesson.samples)
        rng.shuffle(samples)
        texts += len(samples)
        for attributes, labels in training_sequences(samples, lexicon, lesson.gazetteer):
            trainer.append(attributes, labels)
            tokens += len(labels)
    if not tokens:
        raise TrainingMaterialError(f"the {texts} training texts hold no token: give labelled addresses")
    trainer.set_params(
        {
            "c1": _L1_PENALTY,
            "c2": _L2_PENALTY,
            "max_iterations": max_iterations,
            "feature.minfreq": _MIN_FREQUENCY,
            "feature.possible_transitions": True,
            "epsilon": 1e-4,
            "delta": 1e-4,
        }
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(out))
    return TrainingReport(
        texts=texts,
        tokens=tokens,
        features=int(trainer.logparser.last_iteration.get("active_features", 0)),
        file_bytes=out.stat().st_size,
        cpu_seconds=time.process_time() - began,
    )


def training_sequences(
    samples: Iterable[LabelledText], lexicon: Lexicon, gazetteer: Gazetteer | None = None
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield, for each text with a token, the attributes and the label of every token."""
    profiles: dict[str, TokenProfile] = {}
    remaining = iter(samples)
    while chunk := list(islice(remaining, _CHUNK)):
        yield from _chunk_sequences(chunk, lexicon, gazetteer, profiles)


def _chunk_sequences(
    chunk: Sequence[LabelledText],
    lexicon: Lexicon,
    gazetteer: Gazetteer | None,
    profiles: dict[str, TokenProfile],
) -> Iterator[tuple[list[list[str]], list[str]]]:
    agreed = [settled(sample, lexicon) for sample in chunk]
    pairs = [(sample, tokenise(sample.text)) for sample in agreed]
    pairs = [(sample, tokens) for sample, tokens in pairs if tokens]
    if not pairs:
        return
    words = [token.text for _, tokens in pairs for token in tokens]
    for word in words:
        if word not in profiles:
            profiles[word] = profile(word, lexicon, gazetteer)
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
    for row, (sample, tokens) in enumerate(pairs):
        described = [profiles[token.text] for token in tokens]
        attributes = []
        for place, own in enumerate(described):
            names = list(own.own)
            if place:
                names += described[place - 1].to_the_right
            if place + 1 < len(described):
                names += described[place + 1].to_the_left
            names += [attribute(t, code) for t, code in enumerate(codes[row, place].tolist())]
            attributes.append(names)
        yield attributes, [label.value for label in token_labels(sample, tokens)]
