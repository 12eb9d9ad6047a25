from address_match.models.synthesis.councils.components import components_of
from address_match.models.synthesis.councils.council_texts import CouncilWriter
from address_match.models.synthesis.councils.styles import STYLES
from address_match.models.synthesis.country.country import SyntheticCountry

_PLACES = components_of(SyntheticCountry(3, 300))
_UPRNS = [place.uprn for place in _PLACES[:50]]


def test_the_same_seed_writes_the_same_texts() -> None:
    first, second = (CouncilWriter(_PLACES, 2.0, seed=1).write("leeds", _UPRNS) for _ in range(2))
    assert first == second


def test_every_style_writes_every_premises_in_order() -> None:
    writer = CouncilWriter(_PLACES, 2.0, seed=1)
    for style in STYLES:
        assert [text.uprn for text in writer.write(style, _UPRNS)] == _UPRNS


def test_every_style_writes_texts_of_its_own() -> None:
    writer = CouncilWriter(_PLACES, 0.0, seed=1)
    texts = {style: tuple(text.text for text in writer.write(style, _UPRNS)) for style in STYLES}
    assert len(set(texts.values())) == len(STYLES)
    assert texts["leeds"][0].isupper()
    assert not texts["bradford"][0].isupper()


def test_nearly_every_text_has_labels_whatever_the_damage() -> None:
    texts = [
        text
        for style in STYLES
        for text in CouncilWriter(_PLACES, 8.0, seed=2).write(style, [place.uprn for place in _PLACES])
    ]
    assert sum(text.labelled is None for text in texts) < len(texts) / 100
