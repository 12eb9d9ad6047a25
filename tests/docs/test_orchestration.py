"""The examples for schedulers say the same steps, and these run through, on a small index and without training."""

import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Self

import pytest
import yaml

from address_match.models.registry import Registry
from address_match.service.cli import main
from address_match.service.cli.program.command_line import command_line
from tests.docs.example_index import REFERENCE, ROOT
from tests.integration.bundles import of_another_ranker
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

EXAMPLES = ROOT / "docs" / "examples" / "orchestration"
QUERIES = "uprn,address\n100000000101,1 tanfield rd shildon\n,77 unheard of street nowhere\n"


class FakeDag:
    """What of a DAG the example uses."""

    current: ClassVar["FakeDag"]

    def __init__(self, dag_id: str, **_settings: Any) -> None:
        self.dag_id = dag_id
        self.tasks: list[FakeTask] = []

    def __enter__(self) -> Self:
        FakeDag.current = self
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is open."""


class FakeTask:
    """A command, and the tasks that wait for it."""

    def __init__(self, *, task_id: str, bash_command: str, **_settings: Any) -> None:
        self.name, self.command, self.after = task_id, bash_command, list[str]()
        FakeDag.current.tasks.append(self)

    def __rshift__(self, other: "FakeTask") -> "FakeTask":
        self.after.append(other.name)
        return other


def dag_steps(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    """Run the file of the DAGs with stand-ins for Airflow, and return the commands of each in order."""
    modules: dict[str, dict[str, Any]] = {
        "airflow": {},
        "airflow.sdk": {"DAG": FakeDag},
        "airflow.providers": {},
        "airflow.providers.standard": {},
        "airflow.providers.standard.operators": {},
        "airflow.providers.standard.operators.bash": {"BashOperator": FakeTask},
    }
    for name, content in modules.items():
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    found = runpy.run_path(str(EXAMPLES / "address_match_dags.py"))
    steps = {}
    for name in ("watch", "candidate"):
        tasks = found[name].tasks
        assert [task.after for task in tasks] == [[after.name] for after in tasks[1:]] + [[]]
        steps[name] = {task.name: task.command for task in tasks}
    return steps


def workflow() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((EXAMPLES / "living-model.yml").read_text(encoding="utf-8"))
    return content


def workflow_steps() -> dict[str, dict[str, str]]:
    return {
        job: {step["name"]: step["run"] for step in steps["steps"]}
        for job, steps in workflow()["jobs"].items()
        if job != "promote"
    }


def cron_lines() -> list[str]:
    """The commands of the crontab, as cron hands them to the shell."""
    lines = (EXAMPLES / "living-model.cron").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if re.match(r"[0-9*]", line)]
    assert all(re.fullmatch(r"((\*|[0-9]+)(/[0-9]+)? ){5}cd .*", line) for line in jobs)
    return [line.split(" ", 5)[5].replace("\\%", "%") for line in jobs]


def bare(command: str) -> list[str]:
    """Every call of ours in a command."""
    return re.findall(r"address-match [^&|>]*[^&|> ]", command)


@pytest.fixture
def work(tmp_path: Path, example_index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the examples ask for: facts, files, a registry with a champion, and our program on the path, whose training
    copies.
    """
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    assert main(["model", "promote", "default", str(example_index)]) == 0
    store_of(tmp_path / "facts", some_facts(1_000))
    trained = of_another_ranker(tmp_path / "trained")
    for name in ("labels.csv", "queries.csv"):
        (tmp_path / name).write_text(QUERIES, encoding="utf-8")
    (tmp_path / "work").mkdir()
    program = tmp_path / "bin" / "address-match"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/bash\nif [ "$1" = train ]; then cp -r "{trained}" "$NAME/bundle"; exit; fi\n'
        f'exec "{sys.executable}" -m address_match.service.cli "$@"\n'
    )
    program.chmod(0o755)
    for name in ("facts", "work"):
        monkeypatch.setenv(name.upper(), str(tmp_path / name))
    monkeypatch.setenv("REFERENCE", str(REFERENCE))
    for name in ("labels", "queries"):
        monkeypatch.setenv(name.upper(), str(tmp_path / f"{name}.csv"))
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("NAME", "m1")
    return tmp_path / "work"


def run(command: str) -> None:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"


def made(work: Path, name: str) -> bool:
    registry = Registry(work.parent / "registry")
    assert registry.alias_names() == {"challenger": name, "champion": "default"}
    return (work / name / "comparison.json").exists() and (work / name / "record" / "ATRS.md").exists()


def test_the_three_examples_say_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    dags, jobs = dag_steps(monkeypatch), workflow_steps()
    assert dags == jobs
    said = [call for steps in jobs.values() for command in steps.values() for call in bare(command)]
    assert [call for line in cron_lines() for call in bare(line)] == said
    assert len(said) == 8
    for call in said:
        assert "run" in command_line().parse_args(shlex.split(call)[1:])


def test_the_steps_of_the_dags_run_through(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for steps in dag_steps(monkeypatch).values():
        for command in steps.values():
            run(command)
    assert made(work, "m1")
    report = json.loads((work / "report.json").read_text(encoding="utf-8"))
    assert report["level"] == "notice"  # few answers, beside those of the bundle's own


def test_a_report_that_cannot_be_made_is_a_failure_and_not_a_notice(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTS", str(work / "none"))
    command = dag_steps(monkeypatch)["watch"]["report"]
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=False).returncode != 0


def test_the_lines_of_the_crontab_run_through(work: Path) -> None:
    for line in cron_lines():
        run(line)
    [name] = [path.name for path in work.iterdir() if path.is_dir()]
    assert made(work, name)


def test_the_workflow_promotes_for_an_approved_decision_alone(work: Path) -> None:
    [step] = workflow()["jobs"]["promote"]["steps"]
    assert workflow()["jobs"]["promote"]["environment"] == "production"
    environment = {**os.environ, "DECISION": "D1", "PERSON": "B. Owner"}
    done = subprocess.run(
        ["bash", "-c", step["run"]], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no decision 'D1'" in done.stderr
