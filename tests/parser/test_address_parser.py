from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.training import CorpusSection, train
from address_match.parser.errors import ModelFileError, TextTooLongError, TrainingMaterialError
from address_match.parser.labelled_text import LabelledText
from address_match.parser.labels import Label
from address_match.parser.parsed_address import NBestPolicy
from address_match.parser.tokens import Words, tokenise, words_of
from tests.parser.conftest import made_up_addresses

_PROPERTY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_a_plain_address_is_parsed_and_read(parser: AddressParser) -> None:
    parse = parser.parse("Flat 3, 14 Elm Rd, Leeds, LS1 2AB")
    assert [(c.label, c.text) for c in parse.components] == [
        (Label.SUB_BUILDING, "FLAT 3"),
        (Label.NUMBER, "14"),
        (Label.STREET, "ELM RD"),
        (Label.TOWN, "LEEDS"),
        (Label.POSTCODE, "LS1 2AB"),
    ]
    assert (parse.fields.unit, parse.fields.number, parse.fields.street) == ("3", 14, "ELM ROAD")
    assert parse.text[parse.components[2].start : parse.components[2].end] == "Elm Rd"


def test_an_empty_text_is_certainly_empty(parser: AddressParser) -> None:
    parse = parser.parse(" , ")
    assert (parse.tokens, parse.components, parse.probability) == ((), (), 1.0)


def test_a_text_beyond_the_limit_is_refused_with_its_length(parser: AddressParser) -> None:
    with pytest.raises(TextTooLongError, match="10,001 characters; at most 10,000"):
        parser.parse("x" * 10_001)


def test_thousands_of_tokens_parse(parser: AddressParser) -> None:
    assert len(parser.parse("7 " * 5000).tokens) == 5000


def test_alternatives_begin_with_the_best_and_fall(parser: AddressParser) -> None:
    parse = parser.parse("14 wren mill rd bath", nbest=5)
    probabilities = [a.probability for a in parse.alternatives]
    assert parse.alternatives[0].labels == tuple(t.label for t in parse.tokens)
    assert parse.alternatives[0].probability == parse.probability
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) <= 1.000001
    assert len({a.labels for a in parse.alternatives}) == 5


def test_a_single_token_has_at_most_as_many_alternatives_as_labels(parser: AddressParser) -> None:
    alternatives = parser.parse("LEEDS", nbest=50).alternatives
    assert len({a.labels for a in alternatives}) == len(alternatives)
    assert sum(a.probability for a in alternatives) == pytest.approx(1.0, abs=1e-6)


def test_readings_are_those_of_the_parses_whatever_else_is_in_the_batch(parser: AddressParser) -> None:
    texts = ["", *(sample.text for sample in made_up_addresses(50, seed=5)), "elm", ",,,"]
    assert parser.parse_fields(texts) == [parser.parse(text).fields for text in texts]


def test_a_text_is_read_as_it_is_parsed(parser: AddressParser) -> None:
    texts = ["", *(sample.text for sample in made_up_addresses(50, seed=6)), "l5 Elm Rd", ",,,"]
    parses = parser.parse_batch(texts)
    assert [(read.words, read.fields, read.probability) for read in parser.parse_addresses(texts)] == [
        ([labelled.token.text for labelled in parse.tokens], parse.fields, parse.probability)
        for parse in parses
    ]


def test_only_a_doubted_text_is_read_in_other_ways(parser: AddressParser) -> None:
    texts = [sample.text for sample in made_up_addresses(50, seed=7)]
    for read in parser.parse_addresses(texts, policy=NBestPolicy(below=0.9, most=2, least_likely=0.01)):
        assert len(read.alternatives) <= 2
        assert not read.alternatives or read.probability < 0.9
        assert len({read.fields, *read.alternatives}) == 1 + len(read.alternatives)


def test_a_rival_is_heard_from_its_share_of_the_best_parse_on(parser: AddressParser) -> None:
    texts = [sample.text for sample in made_up_addresses(50, seed=7)]
    every = parser.parse_addresses(texts, policy=NBestPolicy(below=1.0, most=2, least_likely=0.0))
    as_likely = parser.parse_addresses(texts, policy=NBestPolicy(below=1.0, most=2, least_likely=1.0))
    assert any(read.alternatives for read in every)
    assert not any(read.alternatives for read in as_likely)


@_PROPERTY
@given(st.text(max_size=60))
def test_words_are_those_of_the_tokens(text: str) -> None:
    assert words_of(text) == Words.of(tokenise(text))


@_PROPERTY
@given(st.text(max_size=60))
def test_any_text_parses_with_probabilities_and_spans_in_order(parser: AddressParser, text: str) -> None:
    parse = parser.parse(text, nbest=2)
    assert 0.0 <= parse.probability <= 1.0
    assert all(0.0 <= t.probability <= 1.0 for t in parse.tokens)
    ends = [0, *(t.token.end for t in parse.tokens)]
    assert all(t.token.start >= end and t.token.text for t, end in zip(parse.tokens, ends, strict=False))
    assert parser.parse_fields([text]) == [parse.fields]


@_PROPERTY
@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "12A",
                "1/2",
                "14-16",
                "FLAT",
                "A",
                "UNIT",
                "TO",
                "AND",
                "&",
                "REAR",
                "OF",
                "PLOT",
                "GFF",
                "2F1",
                "ST",
                "THE",
                "BOX",
                "PO",
            ]
        )
    )
)
def test_any_run_of_premises_words_parses(parser: AddressParser, words: list[str]) -> None:
    assert parser.parse(" ".join(words)).fields.number < 100_000


def test_training_is_reproducible_and_the_fingerprint_says_so(tmp_path: Path) -> None:
    for name in ("a", "b"):
        train([CorpusSection(made_up_addresses(60, seed=1))], tmp_path / name, seed=3, max_iterations=8)
    a, b = (AddressParser.load(tmp_path / name) for name in ("a", "b"))
    assert a.fingerprint == b.fingerprint


def test_training_without_a_token_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingMaterialError, match="hold no token"):
        train([CorpusSection([LabelledText("", ())])], tmp_path / "model")


def test_a_missing_and_a_foreign_model_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="no parser model"):
        AddressParser.load(tmp_path / "absent")
    (tmp_path / "foreign").write_bytes(b"not a model" * 20)
    with pytest.raises(ModelFileError, match="not a model file"):
        AddressParser.load(tmp_path / "foreign")
