from address_match.service.wiring import open_parser
from benchmarks.real_premises import damage


def row(uprn: str, address: str) -> dict[str, str]:
    return {"uprn": uprn, "address": address, "postcode": "ZE9 4QT"}


def test_what_befalls_a_premises_depends_on_no_other() -> None:
    parser = open_parser()
    rows = [row("1", "ROSE COTTAGE, 5 MILL LANE, OTLEY"), row("2", "FLAT 3, 14 ALDER ROAD, SHILDON")]
    assert damage(rows, parser, seed=5)[1:] == damage(rows[1:], parser, seed=5)
