from pathlib import Path

import pytest

from address_match.models.synthesis.splits import street_split
from address_match.parser.address_parser import AddressParser
from address_match.parser.labels import Label
from address_match.service.errors import UsageError
from address_match.service.training.data.own_reference import read_premises
from address_match.service.wiring import open_parser

HEADER = "uprn,address,postcode,text_kind,language,parent_uprn,classification\n"


@pytest.fixture(scope="module")
def parser() -> AddressParser:
    return open_parser()


def reference(folder: Path, *rows: str) -> Path:
    path = folder / "reference.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_premises_has_the_facts_of_its_text(tmp_path: Path, parser: AddressParser) -> None:
    path = reference(tmp_path, '7,"Flat 3, 14 Mill Road, Leeds, LS1 4AB",LS1 4AB,,,6,RD06')
    (found,) = read_premises(path, parser)
    assert (found.uprn, found.parent_uprn, found.kind, found.postcode) == ("7", "6", "flat", "LS1 4AB")
    assert (found.flat, found.number, found.street, found.town) == ("3", 14, "MILL ROAD", "LEEDS")
    assert [piece.label for piece in found.texts[0].pieces][-1] is Label.POSTCODE


def test_the_rows_of_one_uprn_are_texts_of_one_premises(tmp_path: Path, parser: AddressParser) -> None:
    path = reference(
        tmp_path,
        '7,"2 Old Lane, Leeds, LS1 4AB",LS1 4AB,historical,en,,RD02',
        '8,"4 Mill Road, Leeds, LS1 4AB",LS1 4AB,postal,en,,RD02',
        '7,"2 Mill Road, Leeds, LS1 4AB",LS1 4AB,postal,en,,RD02',
    )
    found = read_premises(path, parser)
    assert [(one.uprn, one.street, len(one.texts)) for one in found] == [
        ("7", "MILL ROAD", 2),
        ("8", "MILL ROAD", 1),
    ]


def test_neighbours_fall_into_one_fold(tmp_path: Path, parser: AddressParser) -> None:
    rows = [f'{n},"{n} Mill Road, Leeds, LS1 4AB",LS1 4AB,,,,RD02' for n in range(1, 9)]
    assert len({street_split(one) for one in read_premises(reference(tmp_path, *rows), parser)}) == 1


def test_of_a_large_reference_whole_neighbourhoods_are_read(tmp_path: Path, parser: AddressParser) -> None:
    sectors = [f"LS{district} {sector}" for district in range(1, 9) for sector in range(1, 9)]
    rows = [
        f'{s}-{n},"{n} Mill Road, Leeds, {sector}AB",{sector}AB,,,,RD02'
        for s, sector in enumerate(sectors)
        for n in range(1, 5)
    ]
    found = read_premises(reference(tmp_path, *rows), parser, at_most=100)
    assert 0 < len(found) <= 100
    assert len(found) == 4 * len({one.postcode for one in found})


def test_a_reference_without_a_usable_row_is_refused(tmp_path: Path, parser: AddressParser) -> None:
    with pytest.raises(UsageError, match="holds no usable row"):
        read_premises(reference(tmp_path, ",,,,,,"), parser)
