from pathlib import Path

from benchmarks.two_registers import read_scored, write_crowded


def _file(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_an_ambiguous_row_is_not_scored_and_one_without_a_uprn_is_absent(tmp_path: Path) -> None:
    queries = read_scored(
        _file(
            tmp_path / "queries.tsv",
            "address\tlabel\tuprn\taccept_uprns",
            "1 MILL LANE\tmatch\t7\t7|8",
            "2 MILL LANE\tno_match\t\t",
            "3 MILL LANE\tambiguous\t9\t9",
        )
    )
    assert [query.accepted for query in queries] == [{"7", "8"}, frozenset()]


def test_a_crowd_stands_behind_the_reference_under_names_of_its_own(tmp_path: Path) -> None:
    head, row = "uprn\taddress\tpostcode", "7\t1 MILL LANE\tZE1 4QT"
    reference = _file(tmp_path / "reference.tsv", head, row)
    out = tmp_path / "out.csv"
    assert write_crowded(reference, reference, out) == 2
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["7,1 MILL LANE,ZE1 4QT", "crowd-7,1 MILL LANE,ZE1 4QT"]
