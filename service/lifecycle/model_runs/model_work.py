"""What a run takes: the commands, as processes of their own, and the places that they read."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from address_match.models.registry import Deployment
from address_match.service.commands.attended_command import BEHIND, run_command
from address_match.service.errors import UsageError
from address_match.service.lifecycle.comparison.receipt import read_receipt
from address_match.service.lifecycle.labels.label_set import label_set
from address_match.service.lifecycle.labels.written_labels import write_labels
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_run import ModelRun, Queries, RunKind
from address_match.service.lifecycle.model_runs.scope import FROM_LABELS, Scope

SAID = "said.txt"
"""File of a run's folder that holds what its command says."""
_BUNDLE = "bundle"


class ModelWork(Protocol):
    """Does what a run asks for."""

    async def do(self, run: ModelRun, served: Deployment, folder: Path) -> str:
        """Do it beside what is served, with a folder for what it needs; return why it could not be done, empty where it
        was.
        """
        ...


class CommandModelWork:
    """Does it by the commands `retrain`, `model import` and `model compare`."""

    def __init__(self, places: ModelPlaces) -> None:
        self._places = places
        self._registry = f"--registry={places.registry.folder}"

    async def do(self, run: ModelRun, served: Deployment, folder: Path) -> str:
        """Do it, and say why it could not be done."""
        try:
            return await (self._retrain if run.kind is RunKind.RETRAIN else self._compare)(
                run, served, folder
            )
        except UsageError as error:
            return str(error)

    async def _retrain(self, run: ModelRun, served: Deployment, folder: Path) -> str:
        arguments = [
            BEHIND,
            "retrain",
            f"--scope={run.scope}",
            f"--labels={self._places.labels.folder}",
            f"--bundle={self._base(served)}",
            f"--out={folder / _BUNDLE}",
            self._registry,
            _learned_from(run.scope, self._places, self._in_force(served)),
        ]
        problem = await _problem_of(arguments, folder)
        named = [f"--name={run.bundle}", f"--by={run.by}", self._registry]
        return problem or await _problem_of(
            [BEHIND, "model", "import", str(folder / _BUNDLE), *named], folder
        )

    async def _compare(self, run: ModelRun, served: Deployment, folder: Path) -> str:
        queries = await asyncio.to_thread(self._queries, run, folder)
        champion, candidate = self._base(served), self._places.registry.directory(run.bundle)
        deployment = self._in_force(served)
        index = [] if deployment.alias else [f"--index={deployment.index}"]
        arguments = [BEHIND, "model", "compare", str(champion), str(candidate), f"--queries={queries}"]
        if run.queries is not Queries.OWN:
            arguments.append(f"--labels={self._places.labels.folder}")
        problem = await _problem_of([*arguments, *index, self._registry], folder)
        return "" if self._has_receipt(run, champion, candidate) else problem

    def _in_force(self, served: Deployment) -> Deployment:
        return self._places.registry.promotions.in_force() or served

    def _base(self, served: Deployment) -> Path:
        return self._places.registry.directory(self._in_force(served).bundle)

    def _queries(self, run: ModelRun, folder: Path) -> Path:
        """Return the file of the queries; the labels are written into the folder, from which they go at the end."""
        if run.queries is Queries.OWN:
            if self._places.queries is None:
                raise UsageError("the service knows no file of queries; its operator names one")
            return self._places.queries
        known = [one for one in label_set(self._places.labels).labels if one.judgement.is_known]
        if not known:
            raise UsageError("there is no label yet that says what is right")
        path = folder / "labels.csv"
        write_labels(path, known, force=False)
        return path

    def _has_receipt(self, run: ModelRun, champion: Path, candidate: Path) -> bool:
        """Return whether the comparison came to its end: it fails, too, where a gate is not passed."""
        registry = self._places.registry
        fingerprints = [registry.load(path).fingerprint for path in (champion, candidate)]
        receipt = read_receipt(registry.folder, *fingerprints)
        return receipt is not None and receipt.moment >= run.begun


def _learned_from(scope: Scope | None, places: ModelPlaces, deployment: Deployment) -> str:
    """Return the argument that names what a scope is learned from; raises UsageError where the service has none of it."""
    if scope not in FROM_LABELS:
        if places.reference is None:
            raise UsageError("the service knows no reference to train on; its operator names one")
        return f"--reference={places.reference}"
    if deployment.alias:
        raise UsageError(
            "labels are learned from with an index in a folder; the one in force is in Elasticsearch"
        )
    return f"--index={deployment.index}"


async def _problem_of(arguments: Sequence[str], folder: Path) -> str:
    """Run a command; return what went wrong, empty where nothing did."""
    said = await run_command(arguments, folder / SAID)
    return "" if said.is_well else said.text or f"the command ended with {said.code}"
