"""A million facts hold no word of the addresses that they are of.

The addresses are made up, each is matched once, and its answers are recorded again and again in the channel of a file,
which is what a fact cannot tell. What is looked for are all words of four letters and digits or more, of what was
asked, of the candidates, and the identifiers. Left out are shorter words, as of house numbers, which any count of a
fact is as well, and the words by which facts say what became of an answer (`street`, `building`, `matched`), which
addresses hold too. Both may hide nothing: each text of a fact is one of a short list, and each number one of a thousand
at most.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.queries import make_queries
from address_match.models.synthesis.reference import write_reference
from address_match.service.build import build
from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.projected_sums import STRETCH
from address_match.service.facts.store import FactStore
from address_match.service.matching.answer_listener import (
    AnsweredBatch,
    answer_listener,
    listening_to_answers,
)
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from benchmarks.harness.words_in_facts import STATUS_WORDS, address_words_in, words_of

pytestmark = pytest.mark.slow
PREMISES, ADDRESSES, FACTS, SEED = 10_000, 30_000, 1_000_000, 11
BATCH = 990
"""Addresses of a call; no multiple of `STRETCH`, so that each time other ones are summed."""
OF_THE_RUN = {"release", "bundle", "generation", "encoder"}
"""Columns that say what answered."""
OF_TIME = {"moment", "milliseconds"}
MOST_VALUES = 1_001
"""Of a number: probabilities are kept to .001."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A store, and what no fact of it may hold."""

    store: FactStore
    facts: pa.Table
    texts: set[str]
    """Addresses that were asked, those of the candidates, and the identifiers of these."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("million")
    country = SyntheticCountry(SEED, PREMISES)
    write_reference(country, folder / "reference.csv")
    build(folder / "reference.csv", folder / "index")
    queries = make_queries(
        country, count=ADDRESSES, seed=SEED, absent_rate=0.1, left_out=lambda uprn: uprn.endswith("7")
    )
    asked = list({query.text for query in queries})
    with closing(open_pipeline(folder / "index")) as pipeline:
        found = set(_recorded(pipeline, asked, folder / "facts"))
    store = FactStore(folder / "facts")
    return Recorded(store, store.read("file").table, {*asked, *found})


def _recorded(pipeline: MatchPipeline, asked: list[str], folder: Path) -> Iterator[str]:
    """Record answers until there are enough facts; yields the addresses and the identifiers of the candidates."""
    recorder = Recording(folder, "file", 400).open()
    times = -(-FACTS // len(asked))
    for start in range(0, len(asked), BATCH):
        part, answered = asked[start : start + BATCH], list[AnsweredBatch]()
        with listening_to_answers(answered.append):
            answers = pipeline.match(part)
        for _ in range(times):
            with recorder.recording("file", len(part)):
                _report_again(answered)
        yield from (
            text for answer in answers for one in answer.candidates for text in (one.address, one.uprn)
        )


def _report_again(answered: list[AnsweredBatch]) -> None:
    listener = answer_listener()
    assert listener is not None
    for each in answered:
        listener(each)


def test_no_word_of_the_addresses_is_in_a_million_facts(recorded: Recorded) -> None:
    assert len(recorded.facts) >= FACTS
    assert len(words_of(recorded.texts)) > 20_000
    assert address_words_in(recorded.store, recorded.texts) == set()


def test_each_text_is_one_of_a_short_list(recorded: Recorded) -> None:
    said = {
        (name, value)
        for name in recorded.facts.column_names
        if pa.types.is_dictionary(recorded.facts[name].type) and name not in OF_THE_RUN
        for value in pc.unique(recorded.facts[name].cast(pa.string())).to_pylist()
        if value
    }
    assert len(said) > 40
    others = {value for name, value in said if name != "classification"} - {"agrees"}
    assert {word for value in others for word in re.split(r"\W+", value)} <= STATUS_WORDS
    assert {value for name, value in said if name == "classification"} <= set("CLMOPRUXZ")


def test_each_number_is_one_of_a_thousand(recorded: Recorded) -> None:
    numbers = [
        name
        for name in recorded.facts.column_names
        if name not in OF_TIME and not pa.types.is_dictionary(recorded.facts[name].type)
        if not pa.types.is_list(recorded.facts[name].type)
    ]
    assert len(numbers) > 25
    different = {name: pc.count_distinct(recorded.facts[name]).as_py() for name in numbers}
    assert {name: count for name, count in different.items() if count > MOST_VALUES} == {}


def test_what_answered_is_said_once_for_all(recorded: Recorded) -> None:
    said = [recorded.facts[name].cast(pa.string()) for name in OF_THE_RUN]
    assert [pc.count_distinct(column).as_py() for column in said] == [1] * len(OF_THE_RUN)


def test_vectors_are_summed_over_a_whole_stretch(recorded: Recorded) -> None:
    ends = pc.indices_nonzero(pc.is_valid(recorded.facts["projected"])).to_pylist()
    searched = pc.sum(pc.is_valid(recorded.facts["words"])).as_py()
    assert len(ends) == searched // STRETCH
