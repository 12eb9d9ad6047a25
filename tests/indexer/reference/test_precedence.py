"""What is believed of premises that several references hold."""

import pyarrow as pa

from address_match.indexer.reference.precedence import Settled, settle
from address_match.indexer.texts.schemas import REFERENCE_SCHEMA


def text(source: str, **values: object) -> dict[str, object]:
    blank = {f.name: "" if f.type == pa.string() else None for f in REFERENCE_SCHEMA}
    return {**blank, "line": 1, "uprn": "1", "address": f"THE MILL OF {source}", "source": source, **values}


def settled(*rows: dict[str, object], precedence: tuple[str, ...] = ("a", "b")) -> Settled:
    return settle(pa.Table.from_pylist(list(rows), schema=REFERENCE_SCHEMA), precedence)


def column(found: Settled, name: str) -> list[object]:
    values: list[object] = found.texts.column(name).to_pylist()
    return values


def overruled(found: Settled) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in found.overruled.to_pylist()]


def test_a_fact_is_that_of_the_reference_believed_first_whatever_order_they_come_in() -> None:
    rows = (text("b", classification="CR08", postcode="AB1 2CD"), text("a", classification="RD04"))
    found = settled(*rows)
    assert column(found, "classification") == ["RD04", "RD04"]
    assert overruled(found) == [("1", "classification", "RD04", "a", "CR08", "b")]
    assert column(settled(*rows, precedence=("b", "a")), "classification") == ["CR08", "CR08"]


def test_what_the_first_reference_does_not_state_is_taken_of_the_next() -> None:
    found = settled(text("a"), text("b", postcode="AB1 2CD", custodian="9001", premises_from="2001-01-01"))
    for name, value in {"postcode": "AB1 2CD", "custodian": "9001", "premises_from": "2001-01-01"}.items():
        assert column(found, name) == [value, value]
    assert overruled(found) == []


def test_texts_of_one_reference_stay_as_they_are_and_its_current_ones_are_believed() -> None:
    former = text("a", text_kind="historical", postcode="AB9 9ZZ", address="OLD MILL")
    found = settled(former, text("a", postcode="AB1 2CD"), text("b", postcode="ab12cd"))
    assert column(found, "postcode") == ["AB9 9ZZ", "AB1 2CD", "AB1 2CD"]
    assert overruled(found) == []


def test_coordinates_are_of_one_reference_and_disagree_beyond_some_metres() -> None:
    near = settled(text("a", latitude=51.5, longitude=-0.1), text("b", latitude=51.50001, longitude=-0.10001))
    assert (column(near, "latitude"), column(near, "longitude")) == ([51.5, 51.5], [-0.1, -0.1])
    assert overruled(near) == []
    far = settled(text("a", easting=400_000.0, northing=200_000.0), text("b", easting=400_100.0))
    assert overruled(far) == [("1", "coordinates", "400000 200000", "a", "400100", "b")]
    assert column(far, "northing") == [200_000.0, 200_000.0]


def test_premises_of_one_reference_alone_are_left_alone() -> None:
    found = settled(text("a", uprn="1", status="approved"), text("b", uprn="2", status="historical"))
    assert column(found, "status") == ["approved", "historical"]
    assert found.kept.all()


def test_a_text_that_a_reference_before_has_of_the_premises_is_not_kept_and_reported() -> None:
    same = {"address": "1 MILL LANE"}
    found = settled(text("b", **same), text("a", **same), text("b", uprn="2", **same))
    assert found.kept.tolist() == [False, True, True]
    assert [(report.what, report.file) for report in found.reports] == [
        ("text that a reference before it has", "b")
    ]


def test_one_reference_is_settled_as_it_is() -> None:
    rows = (text("", status="approved"), text("", status="historical"))
    found = settled(*rows, precedence=())
    assert column(found, "status") == ["approved", "historical"]
