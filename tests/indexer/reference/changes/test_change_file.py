from pathlib import Path

import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.changes.change_file import open_changes
from tests.indexer.references import write_csv


def test_changes_are_read_as_their_mapping_says(tmp_path: Path) -> None:
    file = tmp_path / "changes.csv"
    file.write_text("change;uprn;address\nD;008;\n", encoding="utf-16-le")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[file]\nencoding = "utf-16-le"\ndelimiter = ";"\n', encoding="utf-8")
    changes = open_changes(file, mapping)
    changes.written.close()
    assert changes.deleted == {"008": 1}


def test_a_file_without_a_column_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column change"):
        open_changes(write_csv(tmp_path / "changes.csv", [("1", "1 X STREET")]))


def test_identifiers_of_deletions_are_mended_as_those_of_a_reference(tmp_path: Path) -> None:
    rows = [("D", "2001.0"), ("D", "2.00001E+11"), ("D", ""), ("U", "2,002"), ("D", "2002")]
    changes = open_changes(write_csv(tmp_path / "changes.csv", rows, ("change", "uprn", "address")))
    changes.written.close()
    assert changes.deleted == {"2001": 1}
    problems = [(error.row, error.what) for error in changes.written.problems.first]
    assert problems == [(2, "uprn lost digits in a spreadsheet"), (3, "missing uprn")]
