"""A word of an address in a fact is found in whatever column it stands."""

from pathlib import Path

import pytest

from benchmarks.harness.words_in_facts import address_words_in
from tests.service.facts.kept_facts import a_fact
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

ADDRESSES = ["Flat 2, 1204 Thornbeck Row, Matched, ZZ99 9ZZ"]


def test_facts_hold_no_word_of_addresses_but_what_they_say_of_an_answer(tmp_path: Path) -> None:
    assert address_words_in(store_of(tmp_path, some_facts(100)), ADDRESSES) == set()


@pytest.mark.parametrize(
    ("values", "word"),
    [({"channels": "block+Thornbeck"}, "thornbeck"), ({"candidates": 1204}, "1204")],
)
def test_a_word_that_is_there_is_found(tmp_path: Path, values: dict[str, object], word: str) -> None:
    store = store_of(tmp_path, [*some_facts(100), a_fact(**values)])
    assert address_words_in(store, ADDRESSES) == {word}
