import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks import accuracy
from benchmarks.harness.baseline import BASELINE_FOLDER, Watched, compare
from benchmarks.harness.machine import Machine
from benchmarks.harness.result import Result, Table, as_markdown, write_result

MACHINE = Machine("a processor", 2, 16.0, "Linux", "3.11", "abc", {"numpy": "2.0"})
RANK_1 = Watched("rank_1", more_is_better=True, sample="present")
ACCEPTED = Watched("absent_accepted", more_is_better=False, sample="absent")


RECALL = Watched("recall", more_is_better=True)


def result(
    seed: int = 1, intervals: Mapping[str, tuple[float, float]] | None = None, **figures: float | None
) -> Result:
    counted = {"present": 10_000, "absent": 2_000, **figures}
    return Result("accuracy", {"seed": seed}, counted, (), MACHINE, intervals=intervals or {})


def test_a_loss_beyond_noise_is_named(tmp_path: Path) -> None:
    write_result(result(rank_1=0.96), tmp_path)
    losses = compare(result(rank_1=0.95), (RANK_1,), tmp_path).losses
    assert [(loss.figure, loss.before, loss.now) for loss in losses] == [("rank_1", 0.96, 0.95)]


def test_a_flip_within_noise_is_no_loss(tmp_path: Path) -> None:
    write_result(result(rank_1=0.96), tmp_path)
    assert compare(result(rank_1=0.9585), (RANK_1,), tmp_path).losses == ()


def test_of_accepted_absent_queries_more_is_worse(tmp_path: Path) -> None:
    write_result(result(absent_accepted=0.03), tmp_path)
    assert len(compare(result(absent_accepted=0.05), (ACCEPTED,), tmp_path).losses) == 1
    assert compare(result(absent_accepted=0.01), (ACCEPTED,), tmp_path).losses == ()


def test_where_the_baseline_has_an_interval_a_loss_lies_beyond_its_lower_end(tmp_path: Path) -> None:
    write_result(result(recall=0.90, intervals={"recall": (0.88, 0.93)}), tmp_path)
    assert compare(result(recall=0.881), (RECALL,), tmp_path).losses == ()
    (loss,) = compare(result(recall=0.879), (RECALL,), tmp_path).losses
    assert round(loss.noise, 6) == 0.02


def test_an_interval_of_what_should_be_small_is_left_at_its_upper_end(tmp_path: Path) -> None:
    write_result(result(absent_accepted=0.02, intervals={"absent_accepted": (0.001, 0.022)}), tmp_path)
    assert len(compare(result(absent_accepted=0.0225), (ACCEPTED,), tmp_path).losses) == 1
    assert compare(result(absent_accepted=0.0215), (ACCEPTED,), tmp_path).losses == ()


def test_results_of_other_settings_are_not_compared(tmp_path: Path) -> None:
    write_result(result(seed=1, rank_1=0.96), tmp_path)
    assert not compare(result(seed=2, rank_1=0.5), (RANK_1,), tmp_path).comparable


def test_without_a_baseline_there_is_nothing_to_lose(tmp_path: Path) -> None:
    assert not compare(result(rank_1=0.5), (RANK_1,), tmp_path).comparable


def test_the_page_states_figures_tables_and_machine() -> None:
    page = as_markdown(
        Result(
            "latency", {"seed": 1}, {"p50_ms": 4.2}, (Table("By class", ("class",), (("mixed",),)),), MACHINE
        )
    )
    assert "| p50_ms | 4.20 |" in page
    assert "| mixed |" in page
    assert "a processor, 2 cores, 16.0 GiB" in page


def test_remarks_stand_before_the_figures() -> None:
    page = as_markdown(Result("gpu", {}, {}, (), MACHINE, ("The rest was not measured.",)))
    assert page.startswith("# gpu\n\nThe rest was not measured.\n\n## Figures")


def test_the_checked_in_accuracy_is_that_of_a_run_without_options() -> None:
    checked_in = json.loads((BASELINE_FOLDER / "accuracy.json").read_text(encoding="utf-8"))
    assert checked_in["settings"] == {
        "premises": accuracy.PREMISES,
        "queries": accuracy.QUERIES,
        "seed": accuracy.SEED,
        "left_out": accuracy.LEFT_OUT,
        "absent": accuracy.ABSENT,
        "thorough": False,
    }
    assert {watched.figure for watched in accuracy.WATCHED} <= checked_in["figures"].keys()
