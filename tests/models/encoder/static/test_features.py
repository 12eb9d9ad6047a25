from hypothesis import given
from hypothesis import strategies as st

from address_match.models.encoder.static.features import FeatureReader
from address_match.models.encoder.static.word_rows import rows_of_words
from address_match.parser.tokens import tokenise, words_of

ASCII = st.text(st.characters(max_codepoint=127))
ADDRESS_LIKE = st.text("AB12 -/&'.,;\t\n|()")


def feature_rows(text: str) -> list[int]:
    reader = FeatureReader()
    features = reader.read([text])
    words = rows_of_words([reader.words[word] for word in features.words])
    return sorted([*words.rows.tolist(), *features.rows.tolist()])


@given(st.one_of(ASCII, ADDRESS_LIKE, st.text()))
def test_a_text_has_the_features_of_the_words_that_the_parser_reads(text: str) -> None:
    """What is mended in a text is mended once: the words themselves are taken as they are."""
    reader = FeatureReader()
    features = reader.read_words([[token.text for token in tokenise(text)]])
    words = rows_of_words([reader.words[word] for word in features.words])
    assert feature_rows(text) == sorted([*words.rows.tolist(), *features.rows.tolist()])


@given(st.lists(st.one_of(ADDRESS_LIKE, st.text(max_size=30)), max_size=6))
def test_the_features_of_a_text_do_not_depend_on_its_batch(texts: list[str]) -> None:
    reader = FeatureReader()
    features = reader.read(texts)
    for position, text in enumerate(texts):
        found = features.words[features.word_starts[position] : features.word_starts[position + 1]]
        words = rows_of_words([reader.words[word] for word in found])
        rows = features.rows[features.row_starts[position] : features.row_starts[position + 1]]
        assert sorted([*words.rows.tolist(), *rows.tolist()]) == feature_rows(text)


@given(st.lists(st.one_of(ADDRESS_LIKE, st.text(max_size=30)), max_size=6))
def test_the_words_of_texts_have_the_features_of_the_texts(texts: list[str]) -> None:
    of_words = FeatureReader().read_words([words_of(text).texts for text in texts])
    of_texts = FeatureReader().read(texts)
    assert of_words.words.tolist() == of_texts.words.tolist()
    assert of_words.rows.tolist() == of_texts.rows.tolist()


def test_case_punctuation_and_the_space_in_a_postcode_say_nothing() -> None:
    assert feature_rows("12 Acland Road, Northam, AB1 2CD") == feature_rows("12 ACLAND RD NORTHAM AB12CD.")


def test_two_words_have_the_feature_of_the_word_written_together() -> None:
    glued = feature_rows("CORNMILL")
    reader = FeatureReader()
    word = reader.read(["CORNMILL"]).words[0]
    assert reader.words[word].rows[0] in feature_rows("CORN MILL")
    assert reader.words[word].rows[0] in glued


def test_words_on_both_sides_of_a_text_are_no_neighbours() -> None:
    assert len(FeatureReader().read(["CORN", "MILL"]).rows) == 0


def test_the_features_of_an_endless_text_are_bounded() -> None:
    assert len(feature_rows("12 " * 5000)) < 2000


def test_forgetting_does_not_change_what_is_read() -> None:
    reader = FeatureReader()
    reader.read(["1 OAK LANE", "2 ELM LANE"])
    reader.forget()
    features = reader.read(["2 ELM LANE"])
    assert [reader.words[word].text for word in features.words] == ["2", "ELM", "LANE"]
