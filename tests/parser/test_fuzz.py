"""Any text parses in bounded time, without an exception; what is no text is refused by name."""

import math
import time
from itertools import islice
from pathlib import Path

import pytest

from address_match.parser.address_parser import AddressParser
from address_match.parser.errors import NotTextError, TextTooLongError
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.parse import Parse
from tests.parser.odd_texts import longest_texts, odd_texts

MOST_CPU_SECONDS = 5.0
"""For the longest text with ten parses, on a machine ten times slower than one that needs half a second."""


def _check(parse: Parse) -> None:
    assert math.isfinite(parse.probability)
    assert 0.0 <= parse.probability <= 1.0
    assert all(0.0 <= token.probability <= 1.0 for token in parse.tokens)
    assert all(0.0 <= component.probability <= 1.0 for component in parse.components)
    spans = [(token.token.start, token.token.end) for token in parse.tokens]
    assert spans == sorted(spans)
    covered = {place for start, end in (*spans, *parse.dropped) for place in range(start, end)}
    assert len(parse.uses) == len(parse.tokens)
    assert all(place in covered for place, character in enumerate(parse.text) if character.isalnum())


def test_odd_texts_parse(parser: AddressParser) -> None:
    for parse in parser.parse_batch(list(odd_texts(2_000, seed=1)), nbest=2):
        _check(parse)


def test_odd_texts_parse_with_a_gazetteer(model_file: Path) -> None:
    names = {NameField.STREET: {"ELM ROAD": 3, "ST": 1}, NameField.TOWN: {"LEEDS": 9}}
    parser = AddressParser.load(model_file, build_gazetteer(names, shipped_lexicon()))
    for parse in parser.parse_batch([*odd_texts(1_000, seed=3), *longest_texts()]):
        _check(parse)


@pytest.mark.slow
def test_two_hundred_thousand_odd_texts_parse(parser: AddressParser) -> None:
    texts = odd_texts(200_000, seed=2)
    while some := list(islice(texts, 1_000)):
        for parse in parser.parse_batch(some):
            _check(parse)


@pytest.mark.parametrize("text", longest_texts(), ids=lambda text: ascii(text[:8]))
def test_the_longest_texts_parse_in_bounded_time(parser: AddressParser, text: str) -> None:
    begun = time.process_time()
    _check(parser.parse(text, nbest=10))
    assert time.process_time() - begun < MOST_CPU_SECONDS


@pytest.mark.parametrize("value", [None, 12, 1.5, b"12 ELM ROAD", ["12 ELM ROAD"]])
def test_what_is_no_text_is_refused_with_its_type(parser: AddressParser, value: object) -> None:
    with pytest.raises(NotTextError, match=type(value).__name__):
        parser.parse(value)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(NotTextError):
        parser.parse_fields([value])  # type: ignore[list-item]


def test_a_word_without_end_is_cut_and_its_span_is_not(parser: AddressParser) -> None:
    (token,) = parser.parse("\ufdfa" * 10_000).tokens
    assert (len(token.token.text), token.token.start, token.token.end) == (100, 0, 10_000)


def test_a_text_one_character_too_long_is_refused_and_the_longest_is_not(parser: AddressParser) -> None:
    assert parser.parse("x" * 10_000).tokens
    with pytest.raises(TextTooLongError, match="at most 10,000 are read"):
        parser.parse("x" * 10_001)
