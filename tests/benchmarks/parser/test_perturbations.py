"""Each way of writing an address otherwise, on one made-up address."""

from pathlib import Path
from random import Random

import pytest

from address_match.parser.labelled_text import Piece, render, token_labels
from address_match.parser.labels import Label
from address_match.parser.tokens import tokenise
from benchmarks.parser.labelled_addresses import Words, read_labelled_addresses
from benchmarks.parser.perturbations import PERTURBATIONS, Perturbation

_ADDRESS: Words = (
    Piece("12", Label.NUMBER),
    Piece("THORNBECK", Label.STREET),
    Piece("ROAD", Label.STREET),
    Piece("MARLOW", Label.TOWN),
    Piece("ZE1", Label.POSTCODE),
    Piece("4QT", Label.POSTCODE),
)


def _written(name: str, seed: int = 0) -> str:
    way = next(way for way in PERTURBATIONS if way.name == name)
    return render(way.write(_ADDRESS, Random(seed))).text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("as is", "12 THORNBECK ROAD MARLOW ZE1 4QT"),
        ("without town", "12 THORNBECK ROAD ZE1 4QT"),
        ("without town and postcode", "12 THORNBECK ROAD"),
        ("postcode glued", "12 THORNBECK ROAD MARLOW ZE14QT"),
        ("postcode first", "ZE1 4QT 12 THORNBECK ROAD MARLOW"),
        ("street type abbreviated", "12 THORNBECK RD MARLOW ZE1 4QT"),
        ("full stop after the street", "12 THORNBECK ROAD. MARLOW ZE1 4QT"),
        ("commas and mixed case", "12 Thornbeck Road, Marlow, ZE1 4QT"),
        ("lower case", "12 thornbeck road marlow ze1 4qt"),
    ],
)
def test_an_address_is_written_as_the_name_says(name: str, text: str) -> None:
    assert _written(name) == text


def test_a_typo_changes_one_long_word_and_no_postcode() -> None:
    for seed in range(30):
        before, after = _written("as is").split(), _written("one typo", seed).split()
        changed = [(b, a) for b, a in zip(before, after, strict=True) if a != b]
        assert len(changed) <= 1
        assert all(len(b) > 3 and b.isalpha() for b, _ in changed)


@pytest.mark.parametrize("way", PERTURBATIONS, ids=lambda way: way.name)
def test_the_labels_stay_with_their_words(way: Perturbation) -> None:
    labelled = render(way.write(_ADDRESS, Random(1)))
    tokens = tokenise(labelled.text)
    labels = dict(zip((t.text for t in tokens), token_labels(labelled, tokens), strict=True))
    assert labels.get("12") is Label.NUMBER
    assert labels.get("4QT", Label.POSTCODE) is Label.POSTCODE


def test_a_labelled_file_is_read_address_by_address(tmp_path: Path) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text(
        "address_id\tposition\ttoken\tlabel\na\t0\t12\tBuildingNumber\na\t1\tELM\tStreetName\nb\t0\tBATH\tTownName\n"
    )
    first, second = read_labelled_addresses(path)
    assert (first.name, [word.text for word in first.words], second.words[0].label) == (
        "a",
        ["12", "ELM"],
        Label.TOWN,
    )
