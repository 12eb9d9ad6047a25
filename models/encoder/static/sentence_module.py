"""The static encoder as a module of sentence-transformers: how it is trained, and how other programs load it.

Since version 6 sentence-transformers loads modules of other packages only where it is asked to trust them:
`SentenceTransformer(path, trust_remote_code=True)` with this distribution installed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.static.features import FeatureReader
from address_match.models.encoder.static.table import FeatureTable, load_table, quantise, save_table
from address_match.models.encoder.static.word_rows import rows_of_words
from address_match.models.training_extra import training_extra_for
from address_match.ragged import bounds_of

with training_extra_for():
    import torch
    from sentence_transformers.sentence_transformer.modules import Module

Batch = dict[str, Any]


class StaticAddressModule(Module):  # type: ignore[misc]  # sentence-transformers is not typed for mypy
    """Texts in, `sentence_embedding` out: the sum of the rows of a text's features, at length one."""

    save_in_root = True

    def __init__(self, rows: NDArray[np.float32]) -> None:
        super().__init__()
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(rows), freeze=False, mode="sum"
        )
        self._reader = FeatureReader()

    @property
    def max_seq_length(self) -> None:
        """Texts are never cut here; the features of very long ones are bounded by the reader."""
        return

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> Batch:
        """Read texts into the features that `forward` sums."""
        texts = [prompt + text for text in inputs] if prompt else list(inputs)
        rows, weights, starts = expanded_features(self._reader, texts)
        return as_batch(rows, weights, starts)

    tokenize = preprocess  # the name of this step before sentence-transformers 5.3

    def forward(self, features: Batch, **_: Any) -> Batch:
        """Add `sentence_embedding`, shape (texts, dimensions); `rows` are those of `table` where a batch brings one."""
        sums = torch.nn.functional.embedding_bag(
            features["rows"],
            features.get("table", self.embedding.weight),
            features["starts"],
            mode="sum",
            per_sample_weights=features["weights"],
        )
        features["sentence_embedding"] = torch.nn.functional.normalize(sums, dim=-1)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self.embedding.embedding_dim)

    get_sentence_embedding_dimension = get_embedding_dimension  # its name before sentence-transformers 5.3

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors from the weights as they are, not rounded, shape (texts, dimensions)."""
        with torch.no_grad():
            embedded = self.forward(self.preprocess(texts))["sentence_embedding"]
        return cast("NDArray[np.float32]", embedded.numpy())

    def table(self) -> FeatureTable:
        """Return the weights rounded to eight bits, as they are saved."""
        return quantise(cast("NDArray[np.float32]", self.embedding.weight.detach().cpu().numpy()))

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the quantised table; what is loaded again differs from the weights by that rounding."""
        save_table(self.table(), Path(output_path))

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> Self:
        """Read what `save` wrote."""
        table = load_table(Path(model_name_or_path) / subfolder)
        return cls(table.rows(table.dimensions))


def expanded_features(
    reader: FeatureReader, texts: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Return the rows and weights of all features of texts, words taken apart, and where each text starts.

    `starts` has shape (texts + 1,).
    """
    features = reader.read(texts)
    distinct, word = np.unique(features.words, return_inverse=True)
    of_words = rows_of_words([reader.words[position] for position in distinct.tolist()]).take(word)
    word_lengths = np.diff(of_words.starts[features.word_starts])
    text_of = np.repeat(np.tile(np.arange(len(texts)), 2), [*word_lengths, *np.diff(features.row_starts)])
    order = np.argsort(text_of, kind="stable")
    starts = bounds_of(np.bincount(text_of, minlength=len(texts)))
    rows = np.concatenate([of_words.rows, features.rows])[order]
    return rows, np.concatenate([of_words.weights, features.weights])[order], starts


def as_batch(rows: NDArray[np.int64], weights: NDArray[np.float32], starts: NDArray[np.int64]) -> Batch:
    """Return features as the tensors that `StaticAddressModule.forward` takes."""
    return {
        "rows": torch.from_numpy(rows),
        "weights": torch.from_numpy(weights),
        "starts": torch.from_numpy(starts[:-1]),
    }
