from random import Random

from address_match.parser.crf.training import training_sequences
from address_match.parser.crf.unread_words import is_withheld, withheld
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import shipped_lexicon

_TEXT = ["FLAT", "B", "12", "ELM", "ROAD", "ST", "LEEDS", "LS1", "2AB"]
_LABELS = (
    *[Label.SUB_BUILDING] * 2,
    Label.NUMBER,
    *[Label.STREET] * 2,
    *[Label.TOWN] * 2,
    *[Label.POSTCODE] * 2,
)


def test_words_of_names_are_withheld_in_some_texts_and_numbers_and_codes_never() -> None:
    rng = Random(5)
    texts = [withheld(_TEXT, _LABELS, rng) for _ in range(400)]
    spoilt = [text for text in texts if text != _TEXT]
    assert 10 < len(spoilt) < 80
    assert {len(text) for text in texts} == {len(_TEXT)}
    for text in spoilt:
        kept = [word for word, given in zip(_TEXT, text, strict=True) if word == given]
        assert {"FLAT", "B", "12", "ST", "LS1", "2AB"} <= set(kept)
        assert all(len(word) == len(given) for word, given in zip(_TEXT, text, strict=True))
        assert all(is_withheld(given) for word, given in zip(_TEXT, text, strict=True) if word != given)


def test_a_withheld_word_keeps_its_surroundings_and_tells_nothing_of_its_letters() -> None:
    text = render(
        (Piece("12", Label.NUMBER), Piece("ELMWOOD ROAD", Label.STREET), Piece("LEEDS", Label.TOWN))
    )
    sequences = list(training_sequences([text] * 400, shipped_lexicon(), withhold=Random(5)))
    withholding = [names for names, _ in sequences if "w=LEEDS" not in names[3]]
    assert withholding
    own = {name for names in withholding for name in names[3]}
    assert not own & {"w=LEEDS", "e2=DS", "b3=LEE", f"f={Flag.TOWN.value}"}
    assert {"bias", "n=5"} <= own
    assert {tuple(labels) for _, labels in sequences} == {
        ("BuildingNumber", "StreetName", "StreetName", "TownName")
    }
