"""Labels of addresses that a service kept say which share of a channel's matched answers is right."""

import base64
import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from address_match.service.cli.program.entry import main
from address_match.service.facts.fact import Fact, fact_table
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.lifecycle.kept_texts.text_cipher import KEY_VARIABLE, TextCipher
from address_match.service.lifecycle.kept_texts.text_store import TextStore
from address_match.service.lifecycle.labels.label_set import Label
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.precision_by_labels import at_every_look, precision_by_labels
from address_match.service.lifecycle.monitoring.report import MonitorReport, report_store
from tests.service.facts.kept_facts import a_fact
from tests.service.lifecycle.labels.factories import sampled
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

SURE, UNSURE = 0.9996, 0.93


def matched(count: int, probability: float) -> list[Fact]:
    return [a_fact(status="matched", reason="", probability=probability)] * count


def labels(right: int, wrong: int, *, probability: float = SURE, **said: object) -> list[Label]:
    """Labels of matched answers; `said` are other fields of the answers."""
    answer = sampled(**{"probability": probability} | said)  # type: ignore[arg-type]  # the name stays
    verdicts = [Verdict.RIGHT] * right + [Verdict.ABSENT] * wrong
    return [Label(answer, Judgement(verdict)) for verdict in verdicts]


def test_each_stratum_counts_as_often_as_the_facts_have_it_and_not_as_it_was_labelled() -> None:
    facts = fact_table([*matched(900, 1.0), *matched(100, UNSURE)])
    found = precision_by_labels(facts, [*labels(20, 0), *labels(20, 20, probability=UNSURE)])
    assert found is not None
    assert (found.labels, found.right, found.matched) == (60, 40, 1_000)
    assert found.precision.value == pytest.approx(0.9 * 1 + 0.1 * 0.5)
    assert found.precision.low < 0.95 < found.precision.high


def test_answers_as_sure_that_were_drawn_more_often_do_not_count_more() -> None:
    near = labels(0, 20, probability=UNSURE, inclusion=0.4)
    others = labels(10, 0, probability=UNSURE, inclusion=0.1)
    found = precision_by_labels(fact_table(matched(150, UNSURE)), near + others)
    assert found is not None
    assert found.precision.value == pytest.approx(100 / 150, abs=0.01)


def test_a_few_labels_those_of_other_answers_and_those_that_nobody_can_tell_say_nothing() -> None:
    facts = fact_table(matched(100, 1.0))
    assert precision_by_labels(facts, labels(19, 0)) is None
    assert precision_by_labels(facts, labels(40, 0, status="review")) is None
    open_ones = [Label(sampled(), Judgement(Verdict.CANNOT_TELL))] * 40
    assert precision_by_labels(facts, open_ones) is None


def test_the_interval_of_every_look_is_wider_and_less_so_the_more_labels_there_are() -> None:
    found = precision_by_labels(fact_table(matched(1_000, 1.0)), labels(38, 2))
    assert found is not None
    wide, wider = at_every_look(found.precision, 200), at_every_look(found.precision, 20)
    assert wider.low < wide.low < found.precision.low
    assert (wide.value - wide.low) / (found.precision.value - found.precision.low) == pytest.approx(
        1.55, abs=0.01
    )


def reported(folder: Path, some: Sequence[Label], target: float | None = 0.9) -> MonitorReport:
    usual = store_of(folder / "usual", some_facts(10_000))
    accept(usual, "file", first=None, last=None, by="A", reason="b", target_precision=target)
    return report_store(store_of(folder / "facts", some_facts(1_000, seed=2, minute=2)), usual, labels=some)


OF_CHANNEL: dict[str, object] = {"text": "0" * 16, "channel": "file", "moment": 120, "bundle": "b"}


def test_labels_that_prove_a_precision_below_the_wanted_one_ask_for_a_decision(tmp_path: Path) -> None:
    report = reported(tmp_path, labels(60, 60, probability=0.99, **OF_CHANNEL))
    assert report.level is Level.ACT
    assert report.channels[0].why[0].startswith("labels prove that precision is below 0.9: 50.0 %")
    window = report.channels[0].windows[0].by_labels
    assert window is not None
    assert window.labels == 120


def test_labels_that_prove_nothing_ask_for_none(tmp_path: Path) -> None:
    report = reported(tmp_path, labels(25, 5, probability=0.99, **OF_CHANNEL))
    assert report.level is Level.QUIET
    assert report.channels[0].by_labels is not None


@pytest.mark.parametrize("other", [{"channel": "bulk"}, {"moment": 60}, {"bundle": "other"}, {"text": ""}])
def test_labels_of_another_channel_time_bundle_or_of_a_file_are_left_out(
    tmp_path: Path, other: dict[str, object]
) -> None:
    report = reported(tmp_path, labels(60, 60, probability=0.99, **OF_CHANNEL | other))
    assert report.channels[0].by_labels is None


def test_what_was_kept_drawn_and_labelled_comes_back_to_its_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key = base64.b64encode(bytes(32)).decode()
    monkeypatch.setenv(KEY_VARIABLE, key)
    store_of(tmp_path / "facts", matched(400, 0.99), channel="single")
    moment = 1_700_000_000
    texts = [
        KeptText(f"{n:016x}", moment, "single", "b", f"{n} mill lane", "matched", "", f"{n}", f"{n} ML", 0.99)
        for n in range(1, 41)
    ]
    TextStore(tmp_path / "texts", TextCipher(key), 90).write("single", texts)
    store, out = str(tmp_path / "labels"), tmp_path / "ann.csv"
    draw = ["label", "draw", str(tmp_path / "texts"), "--out", str(out), "--blind", "0", "--random", "0"]
    assert main([*draw, "--store", store]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row | {"label_verdict": "right"} for row in rows)
    assert main(["label", "import", str(out), "--coder", "ann", "--store", store]) == 0
    capsys.readouterr()
    main(["monitor", "report", str(tmp_path / "facts"), "--labels", store])
    assert "100.0 % (91.6–100.0) right by 40 labels" in capsys.readouterr().out
    main(["monitor", "report", str(tmp_path / "facts"), "--labels", store, "--json"])
    (channel,) = json.loads(capsys.readouterr().out)["channels"]
    assert (channel["by_labels"]["labels"], channel["by_labels"]["matched"]) == (40, 400)


def test_a_store_of_labels_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store_of(tmp_path / "facts", matched(1, 1.0))
    assert main(["monitor", "report", str(tmp_path / "facts"), "--labels", str(tmp_path / "no")]) == 2
    assert "is no store of labels: `label draw` makes one" in capsys.readouterr().err
