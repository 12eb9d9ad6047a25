"""How many texts hold each word, after some texts came and others went."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan
from numpy.typing import NDArray

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.search.queries import all_texts
from address_match.indexer.elastic.stored.mapping import ADDRESS
from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.lexical.spellings import write_spellings
from address_match.indexer.lexical.vocabulary import Vocabulary, write_vocabulary


class WordCounts:
    """The words of a reference and how many texts hold each, while they change."""

    def __init__(self) -> None:
        self._words: dict[int, str] = {}
        self._counts: Counter[int] = Counter()

    @classmethod
    def stored(cls, folder: Path, texts: int) -> "WordCounts":
        """Read the counts that a build or an update stored."""
        counts = cls()
        vocabulary = Vocabulary(folder, texts)
        words = vocabulary.words.to_pylist()
        held = vocabulary.count(np.arange(len(words), dtype=np.int64)).tolist()
        vocabulary.close()
        for word, count in zip(words, held, strict=True):
            counts.add([word], count)
        return counts

    @classmethod
    def of_index(cls, client: RetryingClient, index: str) -> "WordCounts":
        """Count anew, from every text that an index holds."""

        def every_text(es: Elasticsearch) -> Iterable[dict[str, Any]]:
            return scan(es, index=index, query={"query": all_texts(), "_source": [ADDRESS]})

        def count(hits: Iterable[dict[str, Any]]) -> "WordCounts":
            counts = cls()
            for hit in hits:
                counts.add(terms(hit["_source"][ADDRESS]))
            return counts

        return client.ask_for(every_text, count)

    def add(self, words: Iterable[str], texts: int = 1) -> None:
        """Count the distinct words of so many texts."""
        for word in words:
            name = term_id(word)
            self._words.setdefault(name, word)
            self._counts[name] += texts

    def subtract(self, term_ids: NDArray[np.int64]) -> None:
        """Subtract the words of texts that are gone, each as often as texts held it."""
        self._counts.subtract(term_ids.tolist())

    @property
    def total(self) -> int:
        """Sum over all texts of the number of their distinct words."""
        return self._counts.total()

    def write(self, folder: Path) -> int:
        """Write the vocabulary and its spellings, without words that no text holds any more; return its size."""
        held = sorted(name for name, count in self._counts.items() if count > 0)
        words = [self._words[name] for name in held]
        ids = np.array(held, dtype=np.int64)
        write_vocabulary(folder, words, ids, np.array([self._counts[name] for name in held], dtype=np.int64))
        write_spellings(folder, words, ids)
        return len(words)
