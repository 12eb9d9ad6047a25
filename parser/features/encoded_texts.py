from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from address_match.parser.features.gazetteer_matches import name_codes
from address_match.parser.features.token_batch import IntArray, TokenBatch, mask_of, padded, phrase_codes
from address_match.parser.features.token_rows import TokenRows
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.lexicon.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class EncodedTexts:
    """A batch of texts and the ids of their tokens, (texts, longest)."""

    ids: IntArray
    batch: TokenBatch


def encode(
    tokens: Sequence[str],
    breaks: Sequence[bool],
    lengths: Sequence[int],
    ids: IntArray,
    rows: TokenRows,
    lexicon: Lexicon,
    gazetteer: Gazetteer | None = None,
) -> EncodedTexts:
    """Lay texts, whose tokens follow one another, out side by side."""
    sizes = np.asarray(lengths, dtype=np.int64)
    text_of = np.repeat(np.arange(len(sizes)), sizes)
    mask = mask_of(sizes)
    breaking = np.asarray(breaks, dtype=np.bool_)
    names = name_codes(ids, text_of, breaking, rows, gazetteer) if gazetteer is not None else ()
    meant = list(tokens)
    for place in np.flatnonzero(rows.slips[ids]).tolist():
        meant[place] = lexicon.word_of_place(meant[place])
    phrases = phrase_codes(meant, text_of, rows.begins_phrase[ids], breaks, lexicon)
    return EncodedTexts(
        padded(ids, mask),
        TokenBatch(
            classes=padded(rows.classes[ids], mask),
            values=padded(rows.values[ids], mask),
            breaks=padded(breaking, mask),
            phrases=padded(phrases, mask),
            lengths=sizes,
            names=tuple(padded(codes, mask) for codes in names),
        ),
    )
