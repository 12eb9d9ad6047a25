"""The commands as a user runs them, over an index that the shipped bundle built."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from tests.service.cli.conftest import Run

QUERIES = "ref,address\nA,1 thornbeck row marlow fold ze1 4qt\nB,\nC,quernstone farm nether lane ze2 9ax\n"


def test_match_reads_standard_input_and_writes_standard_output(run: Run, index: Path) -> None:
    done = run("match", "-", "--index", index, "--out", "-", "--top", "2", given=QUERIES)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [r["ref"] for r in rows] == ["A", "B", "C"]
    assert [r["match_reason"] for r in rows][1] == "blank"
    assert json.loads(rows[0]["match_candidates"])[0]["uprn"] == "100"
    assert "3 addresses in" in done.stderr
    assert "address of: address" in done.stderr


def test_match_by_several_processes_gives_the_same_file(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(QUERIES)
    one = run("match", "in.csv", "--index", index, "--out", "one.csv")
    two = run("match", "in.csv", "--index", index, "--out", "two.csv", "--jobs", "2", "--json")
    assert (one.returncode, two.returncode) == (0, 0), two.stderr
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    summary = json.loads(two.stderr)
    assert (summary["rows"], summary["address_columns"]) == (3, ["address"])
    assert summary["unused_columns"] == ["ref"]


def test_find_and_match_give_the_same_best_candidate(run: Run, index: Path) -> None:
    text = "1 thornbeck row marlow fold ze1 4qt"
    found = json.loads(run("find", text, "--index", index, "--json").stdout)
    matched = run(
        "match", "-", "--index", index, "--out", "-", "--thorough", given=f"address\n{text}\n"
    ).stdout
    row = next(csv.DictReader(io.StringIO(matched)))
    assert (found["status"], found["uprn"]) == (row["match_status"], row["match_uprn"])
    assert abs(found["probability"] - float(row["match_probability"])) < 1e-6


def test_explain_shows_the_parse_the_candidates_and_the_decision(run: Run, index: Path) -> None:
    done = run("explain", "2 thornbeck row ze1 4qt", "--index", index, "--uprn", "0200")
    assert done.returncode == 0, done.stderr
    for part in ("Postcode", "0200", "block", "decision", "probability"):
        assert part in done.stdout


def test_an_identifier_that_is_not_held_is_refused_and_not_said_to_be_missed(run: Run, index: Path) -> None:
    done = run("explain", "2 thornbeck row ze1 4qt", "--index", index, "--uprn", "999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the index holds no premises '999'" in done.stderr


def test_match_estimates_the_prior_of_absence_and_explains_each_row(run: Run, index: Path) -> None:
    done = run(
        *("match", "-", "--index", index, "--out", "-", "--explain", "--json"),
        *("--absence-prior", "auto", "--precision", "0.995"),
        given=QUERIES,
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stderr)
    assert 0 < summary["absence_prior"] < 0.3
    assert summary["absence_prior_estimated_from"] == 2
    explained = [json.loads(r["match_explanation"]) for r in csv.DictReader(io.StringIO(done.stdout))]
    assert any("agrees" in e["words"] for e in explained[0]["candidates"][0]["evidence"])


def test_match_says_where_too_few_rows_say_how_many_are_right(run: Run, index: Path) -> None:
    given = ("match", "-", "--index", index, "--out", "-", "--jobs", "2")
    plain, estimated = (run(*given, *asked, given=QUERIES) for asked in ((), ("--estimate-precision",)))
    assert "expected right: too few to say" in estimated.stderr
    assert "expected right" not in plain.stderr
    assert estimated.stdout == plain.stdout


def test_find_explains_on_demand_as_the_api_does(run: Run, index: Path) -> None:
    found = json.loads(run("find", "2 thornbeck row ze1 4qt", "--index", index, "--json", "--explain").stdout)
    best = found["explanation"]["candidates"][0]
    assert best["uprn"] == found["uprn"] == "0200"
    assert abs(sum(e["log_odds"] for e in best["evidence"]) - best["log_odds"]) < 0.02


def test_a_precision_that_cannot_be_promised_is_a_usage_error(run: Run, index: Path) -> None:
    done = run("find", "2 thornbeck row", "--index", index, "--precision", "0.99999")
    assert (done.returncode, "is not between" in done.stderr) == (2, True)


def test_parse_names_the_postcode(run: Run) -> None:
    parsed = json.loads(run("parse", "2 thornbeck row ze1 4qt", "--json").stdout)
    assert parsed["components"][-1]["label"] == "Postcode"
    assert parsed["reading"]["postcode"] == "ZE14QT"


def test_an_overlong_address_a_control_character_and_an_emoji_each_get_an_answer(
    run: Run, index: Path
) -> None:
    texts = ["x" * 10_001, "1 thorn\x07beck row", "🏠 1 thornbeck row", "ze1 4qt"]
    done = run("match", "-", "--index", index, "--out", "-", given="\n".join(["address", *texts, ""]))
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [r["address"] for r in rows] == texts
    assert "10,001 characters" in rows[0]["match_error"]


def test_a_build_and_its_index_say_which_column_became_which_field(run: Run, tmp_path: Path) -> None:
    rows = "1,2,mill lane,ze1 4qt,x\n2,4,mill lane,ze1 4qt,y\n"
    (tmp_path / "r.csv").write_text(f"URN,house_number,street,postcode,note\n{rows}")
    built = run("index", "build", "r.csv", "--out", "i")
    for line in (
        "uprn from: URN",
        "address from: house_number, street",
        "taken by their names: postcode",
        "columns not used: note",
    ):
        assert line in built.stderr
    said = json.loads(run("index", "info", "i", "--json").stdout)
    assert said["columns"] == {
        "uprn": ["URN"],
        "address": ["house_number", "street"],
        "postcode": ["postcode"],
    }
    assert said["unused_columns"] == ["note"]
    assert re.search("columns not used +note", run("index", "info", "i").stdout)


def test_evaluate_measures_what_it_was_told_is_true(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("address,uprn,class\n1 thornbeck row ze1 4qt,100,a\n7 far away,,b\n")
    scores = json.loads(run("evaluate", "--index", index, "--queries", "q.csv", "--json").stdout)
    assert (scores["overall"]["present"], scores["overall"]["absent"]) == (1, 1)
    assert sorted(scores["by_class"]) == ["a", "b"]
    assert scores["settings"] == {
        "absence_prior": 0.3,
        "precision": 0.99,
        "places": [],
        "threshold": 0.0,
        "as_at": None,
        "absence_prior_estimated": False,
    }
    table = run("evaluate", "--index", index, "--queries", "q.csv").stdout
    assert "rank-1" in table


def test_evaluate_joins_the_columns_of_an_address_as_match_does(
    run: Run, index: Path, tmp_path: Path
) -> None:
    header, row = "which,address_line_1,town,postcode,uprn", "2,thornbeck row,marlow fold,ze1 4qt,0200"
    (tmp_path / "q.csv").write_text(f"{header}\n{row}\n")
    asked = ("evaluate", "--index", index, "--queries", "q.csv", "--json")
    assert (
        json.loads(run(*asked).stdout)["overall"]["rank_1"] == 0.0
    )  # the number stands in a column of another name
    named = run(*asked, "--columns", "which,address_line_1,town,postcode")
    assert json.loads(named.stdout)["overall"]["rank_1"] == 1.0


def test_evaluate_says_which_prior_it_estimated(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("address,uprn\n" + "1 thornbeck row ze1 4qt,100\n" * 30)
    asked = ("evaluate", "--index", index, "--queries", "q.csv", "--absence-prior", "auto")
    settings = json.loads(run(*asked, "--json").stdout)["settings"]
    assert settings["absence_prior"] < 0.3  # less than is assumed, since none is absent
    assert settings["absence_prior_estimated"]
    said = f"at a prior of absence of {settings['absence_prior']:.3f}, estimated from these addresses"
    assert said in run(*asked).stdout


def test_evaluate_writes_a_page_without_addresses_unless_told_to(
    run: Run, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "q.csv").write_text("address,uprn\n1 thornbeck row ze1 4qt,0200\n7 far away,\n")
    asked = ("evaluate", "--index", index, "--queries", "q.csv", "--html", "page.html")
    assert run(*asked).returncode == 0
    page = (tmp_path / "page.html").read_text()
    assert "<svg" in page
    assert "thornbeck" not in page.lower()
    assert "exists" in run(*asked).stderr
    assert run(*asked, "--html-addresses", "--force").returncode == 0
    assert "1 thornbeck row ze1 4qt" in (tmp_path / "page.html").read_text()


def test_evaluate_says_that_the_reference_does_not_hold_a_truth(
    run: Run, index: Path, tmp_path: Path
) -> None:
    (tmp_path / "q.csv").write_text("address,uprn\n1 thornbeck row ze1 4qt,999\n")
    assert (
        "Of 1 queries the reference holds no UPRN"
        in run("evaluate", "--index", index, "--queries", "q.csv").stdout
    )


def test_index_info_tells_what_is_in_it(run: Run, index: Path) -> None:
    told = json.loads(run("index", "info", index, "--json").stdout)
    assert (told["texts"], told["premises"], told["reference"]) == (5, 5, "reference.csv")


def test_synth_makes_the_same_files_from_the_same_seed(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert (
            run("synth", "--size", "200", "--queries", "20", "--seed", "4", "--out", folder).returncode == 0
        )
    for name in ("reference.csv", "queries.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_reader_that_goes_away_gets_no_traceback(index: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(QUERIES.splitlines()[0] + "\n" + "A,1 thornbeck row\n" * 5_000)
    command = [
        sys.executable,
        "-m",
        "address_match.service.cli",
        "match",
        "in.csv",
        "--index",
        str(index),
        "--out",
        "-",
    ]
    started = subprocess.Popen(
        command, cwd=tmp_path, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    said = started.stderr.read()
    started.stderr.close()
    assert started.wait(60) == 1
    assert "Traceback" not in said


def test_a_match_that_is_ended_by_a_signal_leaves_no_file(index: Path, tmp_path: Path) -> None:
    for number, jobs in ((signal.SIGINT, "1"), (signal.SIGTERM, "2")):
        command = [
            sys.executable,
            "-m",
            "address_match.service.cli",
            "match",
            "-",
            "--index",
            str(index),
            "--out",
            "out.csv",
        ]
        started = subprocess.Popen(
            [*command, "--jobs", jobs],
            cwd=tmp_path,
            env=_environment(),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert started.stdin is not None
        started.stdin.write("ref,address\n" + f"{'y' * 2_000},1 thornbeck row\n" * 530)
        started.stdin.flush()
        _wait_for(lambda: any(".partial." in p.name for p in tmp_path.iterdir()))
        started.send_signal(number)
        _, said = started.communicate(timeout=60)
        assert (started.returncode, list(tmp_path.iterdir())) == (1, [])
        assert f"interrupted by {number.name}" in said
        assert "Traceback" not in said


def test_serve_answers_as_find_does_and_ends_on_a_signal(run: Run, index: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "address_match.service.cli",
        "serve",
        "--index",
        str(index),
        "--port",
        "0",
    ]
    started = subprocess.Popen(command, cwd=tmp_path, env=_environment(), stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    killer = threading.Timer(60, started.kill)
    killer.start()
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+", started.stderr.readline())
        assert url is not None
        question = f"{url[0]}/v1/addresses?input=1%20thornbeck%20row%20ze1%204qt"
        with urllib.request.urlopen(question, timeout=30) as response:  # noqa: S310 - our own server
            answer = json.load(response)
    finally:
        started.send_signal(signal.SIGTERM)
        log = started.stderr.read()
        started.stderr.close()
        code = started.wait(30)
        killer.cancel()
    assert code == 0
    found = json.loads(run("find", "1 thornbeck row ze1 4qt", "--index", index, "--json").stdout)
    assert answer == found
    assert "thornbeck" not in log


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[4]), "OMP_NUM_THREADS": "1"}


def _wait_for(condition, seconds: float = 60) -> None:  # type: ignore[no-untyped-def]  # a small lambda
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_match_goes_on_with_the_cpu_where_the_gpu_that_is_named_is_not_there(run: Run, index: Path) -> None:
    done = run("match", "-", "--index", index, "--out", "-", "--device", "cuda:97", given=QUERIES)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("cuda:97 was asked for") == 1
    assert len(list(csv.DictReader(io.StringIO(done.stdout)))) == 3


def test_match_refuses_a_device_that_does_not_exist(run: Run, index: Path) -> None:
    done = run("match", "-", "--index", index, "--out", "-", "--device", "gpu", given=QUERIES)
    assert done.returncode == 2
    assert "name auto, cpu, cuda" in done.stderr
