from address_match.models.synthesis.country.country import SyntheticCountry
from benchmarks.independent.components import of_premises
from benchmarks.independent.damage import STYLES, CouncilDamage

_PLACES = of_premises(SyntheticCountry(3, 300))
_UPRNS = [place.uprn for place in _PLACES[:50]]


def test_the_same_seed_writes_the_same_texts() -> None:
    first, second = (CouncilDamage(_PLACES, 2.0, seed=1).write("leeds", _UPRNS) for _ in range(2))
    assert first == second


def test_every_style_writes_every_premises_in_order() -> None:
    damage = CouncilDamage(_PLACES, 2.0, seed=1)
    for style in STYLES:
        assert [text.uprn for text in damage.write(style, _UPRNS)] == _UPRNS


def test_styles_differ() -> None:
    damage = CouncilDamage(_PLACES, 0.0, seed=1)
    texts = {style: tuple(text.text for text in damage.write(style, _UPRNS)) for style in STYLES}
    assert len(set(texts.values())) == len(STYLES)
    assert texts["leeds"][0].isupper()
    assert not texts["bradford"][0].isupper()
