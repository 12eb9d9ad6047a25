"""Which words of addresses stand in facts, whatever column they are in."""

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.retrieval import Channel
from address_match.service.facts.store import FactStore
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.account.verdict import Verdict
from address_match.service.matching.answer import Reason, Relation, Status

_WORD = re.compile(r"[a-z0-9]{4,}")
STATUS_WORDS = {
    *map(str, (*Status, *Reason, *Relation, *Level)),
    *(item.name.lower() for kind in (Verdict, Channel) for item in kind if item.name),
}
"""What facts may say of an answer; an address may hold these words, too."""


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of texts that have four letters and digits or more.

    >>> sorted(words_of(["1 Mill Lane, AB1 2CD"]))
    ['lane', 'mill']
    """
    return {word for text in texts for word in _WORD.findall(text.lower())}


def address_words_in(store: FactStore, addresses: Iterable[str]) -> set[str]:
    """Return the words of addresses that the facts of a store hold, those of `STATUS_WORDS` left out.

    Each column is looked at by its different values, as texts, numbers too: a million facts have few of them.
    """
    held: set[str] = set()
    for channel in store.channels():
        for column in store.read(channel).table.columns:
            if not pa.types.is_list(column.type):
                held |= words_of(map(str, pc.unique(column.cast(pa.string())).to_pylist()))
    return (words_of(addresses) & held) - words_of(STATUS_WORDS)
