"""Answers whose addresses a service kept, as the answers of a file."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from address_match.service.errors import UsageError
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.lifecycle.labels.answered_file import AnsweredFile


def kept_answers(texts: Sequence[KeptText]) -> AnsweredFile:
    """Number kept texts from 1, in their order; raises UsageError where there are none."""
    if not texts:
        raise UsageError("no address is kept there that could be read; there is nothing to label")
    return AnsweredFile(
        rows=range(1, len(texts) + 1),
        addresses=[text.address for text in texts],
        statuses=[text.status for text in texts],
        uprns=[text.uprn for text in texts],
        matched_addresses=[text.matched_address for text in texts],
        probabilities=np.array([text.probability for text in texts]),
        kept=texts,
    )


def texts_sha256(texts: Sequence[KeptText]) -> str:
    """Name kept texts by their ids."""
    return sha256(" ".join(text.id for text in texts).encode()).hexdigest()
