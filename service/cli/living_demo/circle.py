"""The steps of the circle, in their order."""

import json
import time
from pathlib import Path

from address_match.models.synthesis.queries import write_queries
from address_match.service.cli.living_demo.shell import Shell
from address_match.service.cli.living_demo.traffic import (
    PREMISES,
    SEED,
    label,
    usual,
    without_postcode,
    write_file,
)
from address_match.service.cli.living_demo.watched_service import WatchedService

USUAL, WINDOW, DRIFTED, LABELS, FRESH = 10_000, 1_000, 2_000, 300, 2_000
"""Answers of a reference, of a window, and after the change before somebody looks; labels; addresses to compare on."""
GATES = """\
worse_p_value = 0.05
calibration_error = 0.02
slice_loss = 0.01
least_rows = 1000
"""
RULES = "needs_decision = true\n"
FILLED_IN = {
    "kind": "recalibrate",
    "reason": "The form no longer asks for the postcode; the labels say that the answers are right more often than told.",
    "effect_on_series": "None: more are matched, none are matched otherwise.",
    "cost": "300 labels, half a day; a minute of a machine.",
    "review_date": "2030-01-31",
    "accuracy": "300 labels, and a comparison on 2,000 fresh addresses.",
    "explainability": "As before: the ranker stays.",
    "reproducibility": "The same labels, seed and code give the same hashes.",
    "timeliness": "In service on the same day; answers take as long as before.",
    "cost_effectiveness": "Two numbers are learned, from labels that are there.",
}


def run_circle(folder: Path) -> None:
    """Go round once in an empty folder; raises `DemoFailedError` where a step does not come out as it should."""
    shell = Shell(folder)
    shell.step("A made-up reference, an index of it, and what is served")
    shell.run(f"synth --size {PREMISES} --queries 0 --seed {SEED} --out .")
    shell.run("index build reference.csv --out index")
    shell.run('model promote default index --by "A. Owner"')
    (folder / "registry" / "gates.toml").write_text(GATES, encoding="utf-8")
    (folder / "registry" / "promotion.toml").write_text(RULES, encoding="utf-8")
    with shell.serving("serve --record facts") as url:
        service = WatchedService(url, folder / "facts")
        _see_the_alarm(shell, service)
        _label(shell)
        decision = _decide(shell)
        _retrain(shell)
        _promote(shell, service, decision)
        _see_the_alarm_end(shell, service)
        _roll_back(shell, service)
    shell.step("What was done, and that nobody altered it")
    shell.run("audit list")
    shell.run("audit verify")


def _see_the_alarm(shell: Shell, service: WatchedService) -> None:
    shell.step(f"{USUAL:,} addresses are answered; these are as usual, and so are the next {WINDOW:,}")
    queries = usual(USUAL + WINDOW)
    service.answer(queries[:USUAL])
    shell.run('monitor accept facts bulk --by "A. Owner" --reason "a quiet fortnight"')
    _next_minute()
    service.answer(queries[USUAL:])
    shell.run("monitor report facts")
    shell.step(f"The form stops to ask for the postcode; after {DRIFTED:,} addresses more the monitor warns")
    drifted = without_postcode(DRIFTED, seed=1)
    service.answer(drifted)
    shell.run("monitor report facts --json", code=4, into="report.json")
    shell.run("monitor report facts", code=4)
    shell.run('monitor acknowledge facts bulk --by "A. Owner" --reason "their form has no postcode any more"')


def _label(shell: Shell) -> None:
    shell.step(f"{LABELS} answers of such a file are labelled")
    drifted = without_postcode(DRIFTED, seed=1)
    write_file(drifted, shell.folder / "council.csv")
    shell.run("match council.csv --columns address --index index --out answers.csv")
    shell.run(f"label draw answers.csv --rows {LABELS} --out ann.csv")
    label(shell.folder / "ann.csv", drifted)
    shell.run("label import ann.csv --coder ann")
    shell.run("label show")


def _decide(shell: Shell) -> str:
    """Return the id of the approved decision."""
    shell.step("One person proposes what is to be done, another approves it")
    shell.run("decide propose --template --report report.json", into="decision.toml")
    path = shell.folder / "decision.toml"
    path.write_text(_filled_in(path.read_text(encoding="utf-8")), encoding="utf-8")
    decision = shell.run('decide propose decision.toml --by "A. Owner"').strip()
    shell.run(f'decide approve {decision} --by "A. Owner"', code=1)
    shell.run(f'decide approve {decision} --by "B. Owner"')
    return decision


def _filled_in(template: str) -> str:
    for name, value in FILLED_IN.items():
        template = template.replace(f'\n{name} = ""\n', f"\n{name} = {json.dumps(value)}\n")
    return template


def _retrain(shell: Shell) -> None:
    shell.step("The calibration is learned anew, and compared on addresses that nobody learned from")
    shell.run("retrain --scope calibration --index index --out recalibrated")
    shell.run("model import recalibrated")
    shell.run("model alias set challenger recalibrated")
    write_queries(without_postcode(FRESH, seed=2), shell.folder / "fresh.csv")
    shell.run("model compare @champion @challenger --queries fresh.csv")


def _promote(shell: Shell, service: WatchedService, decision: str) -> None:
    shell.step("Two persons put it into service; the service follows")
    shell.run('model promote @challenger index --by "B. Owner"', code=1)
    shell.run(f'model promote @challenger index --decision {decision} --by "A. Owner"', code=1)
    shell.run(f'model promote @challenger index --decision {decision} --by "B. Owner"')
    service.follow("recalibrated")


def _see_the_alarm_end(shell: Shell, service: WatchedService) -> None:
    shell.step("What the source sends now is accepted as usual, and the alarm ends")
    queries = without_postcode(USUAL + WINDOW, seed=3)
    service.answer(queries[:USUAL])
    shell.run(
        'monitor accept facts bulk --bundle @champion --by "B. Owner" --reason "the form without postcode"'
    )
    _next_minute()
    service.answer(queries[USUAL:])
    shell.run("monitor report facts")


def _roll_back(shell: Shell, service: WatchedService) -> None:
    shell.step("It is taken back, and the monitor says so")
    shell.run('model rollback --by "A. Owner" --reason "a rehearsal"')
    service.follow("default")
    service.answer(without_postcode(DRIFTED, seed=4))
    shell.run("monitor report facts", code=4)


def _next_minute() -> None:
    """Wait for the next minute: facts are kept to the minute, and what is compared comes after the reference."""
    print("(until the next minute)", flush=True)
    time.sleep(60 - time.time() % 60)
