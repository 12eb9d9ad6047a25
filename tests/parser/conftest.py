from pathlib import Path
from random import Random

import pytest

from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.training import CorpusSection, train
from address_match.parser.labelled_text import LabelledText, Piece, render
from address_match.parser.labels import Label

_NAMES = ("ELM", "ALDER", "WREN", "MILL", "CHURCH", "QUARRY", "HERON", "BIRCHALL", "TORVANE", "ESKLEY")
_TYPES = ("ROAD", "STREET", "LANE", "AVENUE", "RD", "CLOSE")
_TOWNS = ("LEEDS", "HULL", "STOKE-ON-TRENT", "MILTON KEYNES", "BATH")


def made_up_addresses(count: int, seed: int) -> list[LabelledText]:
    """Return simple labelled addresses: enough to learn the plumbing from, not the country."""
    rng = Random(seed)
    return [_address(rng) for _ in range(count)]


def _address(rng: Random) -> LabelledText:
    comma = rng.choice((" ", ", "))
    pieces = [
        Piece(f"FLAT {rng.randrange(1, 30)}", Label.SUB_BUILDING) if rng.random() < 0.3 else None,
        Piece(f"{rng.choice(_NAMES)} HOUSE", Label.BUILDING, comma) if rng.random() < 0.2 else None,
        Piece(str(rng.randrange(1, 200)), Label.NUMBER, comma),
        Piece(f"{rng.choice(_NAMES)} {rng.choice(_TYPES)}", Label.STREET),
        Piece(rng.choice(_TOWNS), Label.TOWN, comma),
        Piece(f"LS{rng.randrange(1, 20)} {rng.randrange(1, 9)}AB", Label.POSTCODE, comma),
    ]
    return render([piece for piece in pieces if piece is not None])


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parser") / "parser.crfsuite"
    train([CorpusSection(made_up_addresses(400, seed=1))], path, seed=1, max_iterations=30)
    return path


@pytest.fixture(scope="session")
def parser(model_file: Path) -> AddressParser:
    return AddressParser.load(model_file)
