"""Addresses that a service keeps: encrypted, some of them, for some days, and drawn to be labelled."""

import base64
import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.errors import UsageError
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.lifecycle.kept_texts.text_cipher import KEY_VARIABLE, TextCipher
from address_match.service.lifecycle.kept_texts.text_keeper import TextKeeper
from address_match.service.lifecycle.kept_texts.text_store import TextStore
from address_match.service.lifecycle.shadow.shadow import Each
from address_match.service.matching.answer import Answer, RankedPremises, Relation

KEY, OTHER = (base64.b64encode(bytes([number] * 32)).decode() for number in (251, 252))
TODAY = date(2026, 11, 29)


def matched(uprn: str, probability: float = 0.98) -> Answer:
    best = RankedPremises(uprn, "1 MILL LANE", probability, Relation.EXACT)
    return Answer.matched(best, absent_probability=1 - probability, candidates=(best,))


def texts(count: int) -> list[KeptText]:
    return [
        KeptText.of(f"{number} mill lane", matched(str(number)), moment=60, channel="single", bundle="b" * 64)
        for number in range(count)
    ]


def store(
    folder: Path, keys: str = KEY, *, days: int = 90, day: Callable[[], date] = lambda: TODAY
) -> TextStore:
    return TextStore(folder, TextCipher(keys), days, day)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("texts-*") if path.is_file())


def test_texts_come_back_as_they_went_in_and_lie_encrypted_for_their_owner_alone(tmp_path: Path) -> None:
    kept = store(tmp_path)
    kept.write("single", texts(2))
    kept.write("bulk", texts(1))
    found = store(tmp_path).read()
    assert [text.address for text in found.texts] == ["0 mill lane", "1 mill lane", "0 mill lane"]
    assert found.texts[1].bundle == "b" * 12
    (file,) = files(tmp_path)
    assert b"mill" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_another_key_reads_nothing_says_so_and_loses_nothing(tmp_path: Path) -> None:
    store(tmp_path).write("single", texts(2))
    found = store(tmp_path, OTHER).read()
    assert found.texts == ()
    assert "written with another key than ADDRESS_MATCH_TEXTS_KEY names" in found.unread[0]
    assert len(store(tmp_path, f"{OTHER},{KEY}").read().texts) == 2


def test_a_key_that_was_replaced_still_reads_and_the_new_one_writes(tmp_path: Path) -> None:
    store(tmp_path).write("single", texts(1))
    store(tmp_path, f"{OTHER}, {KEY}").write("single", texts(1))
    assert len(store(tmp_path, OTHER).read().texts) == 1
    assert len(store(tmp_path, f"{OTHER},{KEY}").read().texts) == 2


def test_a_torn_line_is_named_and_spoils_no_other(tmp_path: Path) -> None:
    kept = store(tmp_path)
    kept.write("single", texts(1))
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-20])
    kept.write("single", texts(3))
    found = store(tmp_path).read()
    assert len(found.texts) == 3
    assert found.unread == (f"day=2026-11-29/{file.name}: line 1 is torn, or was altered",)


def test_an_altered_line_is_named(tmp_path: Path) -> None:
    store(tmp_path).write("single", texts(1))
    (file,) = files(tmp_path)
    content = bytearray(file.read_bytes())
    content[60] ^= 1
    file.write_bytes(content)
    assert "was altered" in store(tmp_path).read().unread[0]


def test_days_that_are_too_old_are_forgotten_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    store(tmp_path, day=lambda: date(2026, 8, 1)).write("single", texts(1))
    store(tmp_path, day=lambda: date(2026, 11, 1)).write("single", texts(1))
    (tmp_path / "day=notes").mkdir()
    store(tmp_path, days=90).write("single", texts(1))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "day=2026-11-01",
        "day=2026-11-29",
        "day=notes",
    ]


@pytest.mark.parametrize("keys", ["", " , ", "secret"])
def test_what_is_no_key_is_refused_with_the_way_to_one(keys: str) -> None:
    with pytest.raises(UsageError, match="openssl rand -base64 32"):
        TextCipher(keys)


def kept_by(keeper: TextKeeper, folder: Path) -> list[str]:
    keeper.start()
    keeper.stop()
    return [text.address for text in store(folder).read().texts]


def test_a_service_keeps_as_many_as_a_day_may_have_and_none_that_could_not_be_read(tmp_path: Path) -> None:
    keeper = TextKeeper(store(tmp_path), share=1.0, a_day=2, seconds=0.01)
    answers = [Answer.blank(), Answer.failed("too long"), matched("1"), matched("2"), matched("3")]
    keeper.offer("bulk", "b" * 64, [" ", "x", "1 mill lane", "2 mill lane", "3 mill lane"], answers)
    keeper.offer("single", "b" * 64, ["4 mill lane"], [matched("4")])
    assert kept_by(keeper, tmp_path) == ["1 mill lane", "2 mill lane"]


def test_the_next_day_has_room_again(tmp_path: Path) -> None:
    moments = iter([0.0, 86_400.0])
    keeper = TextKeeper(store(tmp_path), share=1.0, a_day=1, now=lambda: next(moments), seconds=0.01)
    for number in (1, 2):
        keeper.offer("single", "b" * 64, [f"{number} mill lane"], [matched("1")])
    assert kept_by(keeper, tmp_path) == ["1 mill lane", "2 mill lane"]


def test_a_folder_that_cannot_be_written_is_counted_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keeper = TextKeeper(store(tmp_path / "file"), share=1.0, a_day=9, seconds=0.01)
    keeper.offer("single", "b" * 64, ["1 mill lane"], [matched("1")])
    keeper.start()
    keeper.stop()
    assert (keeper.recorded(), keeper.dropped()) == (0, 1)


def test_several_who_listen_are_each_told(tmp_path: Path) -> None:
    keepers = [TextKeeper(store(tmp_path / name), share=1.0, a_day=9, seconds=0.01) for name in ("a", "b")]
    Each(*keepers).offer("single", "b" * 64, ["1 mill lane"], [matched("1")])
    assert [kept_by(one, tmp_path / name) for one, name in zip(keepers, ("a", "b"), strict=True)] == [
        ["1 mill lane"]
    ] * 2


def draw(folder: Path, out: Path) -> int:
    return main(["label", "draw", str(folder), "--out", str(out), "--store", str(out.parent / "labels")])


def test_labels_are_drawn_from_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    store(tmp_path / "texts").write("single", texts(20))
    assert draw(tmp_path / "texts", tmp_path / "ann.csv") == 0
    with (tmp_path / "ann.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["address"] for row in rows} == {f"{number} mill lane" for number in range(20)}
    assert {row["match_status"] for row in rows} == {"matched", ""}  # of the blind the answer is hidden
    rows[0]["label_verdict"] = "not in the reference"
    with (tmp_path / "ann.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    taken = [
        "label",
        "import",
        str(tmp_path / "ann.csv"),
        "--coder",
        "ann",
        "--store",
        str(tmp_path / "labels"),
    ]
    assert main(taken) == 0


def test_drawing_without_the_key_or_with_another_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store(tmp_path / "texts").write("single", texts(2))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    assert draw(tmp_path / "texts", tmp_path / "ann.csv") == 2
    assert f"{KEY_VARIABLE} names no key" in capsys.readouterr().err
    monkeypatch.setenv(KEY_VARIABLE, OTHER)
    assert draw(tmp_path / "texts", tmp_path / "ann.csv") == 2
    said = capsys.readouterr().err
    assert "written with another key" in said
    assert "there is nothing to label" in said
