from pathlib import Path

import pytest

from address_match.service.batch.output.destination import refuse_unwritable, replaced_at_the_end
from address_match.service.errors import UsageError


def test_nothing_stands_under_the_final_name_before_the_end(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with replaced_at_the_end(out, force=False) as partial:
        partial.write_text("half")
        assert not out.exists()
    assert out.read_text() == "half"
    assert list(tmp_path.iterdir()) == [out]


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")

    def fail() -> None:
        with replaced_at_the_end(out, force=True) as partial:
            partial.write_text("half")
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_appears_meanwhile_is_not_replaced_without_force(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    def overtaken() -> None:
        with replaced_at_the_end(out, force=False) as partial:
            partial.write_text("ours")
            out.write_text("theirs")

    with pytest.raises(UsageError, match="exists"):
        overtaken()
    assert out.read_text() == "theirs"


def test_an_existing_output_is_refused_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.touch()
    refuse_unwritable(out, force=True)
    with pytest.raises(UsageError, match=r"out\.csv exists.*--force"):
        refuse_unwritable(out, force=False)


def test_a_folder_a_device_and_a_missing_folder_are_no_outputs(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null"), tmp_path / "no" / "out.csv"):
        with pytest.raises(UsageError):
            refuse_unwritable(path, force=True)
