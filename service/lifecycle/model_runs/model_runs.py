import asyncio
import json
import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from address_match.drafts import replaced
from address_match.models.registry import Deployment, Registry
from address_match.service.commands.attended_command import last_line
from address_match.service.error_place import place_of
from address_match.service.lifecycle.model_runs.errors import RunGoingOnError, UnknownRunError
from address_match.service.lifecycle.model_runs.model_run import ModelRun, RunState
from address_match.service.lifecycle.model_runs.model_work import SAID, ModelWork
from address_match.timestamp import timestamp

_FOLDER, _RECORD, _LOCK = "runs", "run.json", ".lock"
_LOST = "the service ended meanwhile; begin it again"
_ENDED = "it was ended by somebody"
_UNFORESEEN = "it could not be finished; the log of the service says where"

_log = logging.getLogger("address_match.model_runs")


class ModelRuns:
    """The runs of a registry, one after the other, each with its record in a folder. Belongs to one event loop."""

    def __init__(self, registry: Registry, work: ModelWork) -> None:
        self._folder = registry.folder / _FOLDER
        self._work = work
        self._going_on: tuple[str, asyncio.Task[None]] | None = None
        self._lock = FileLock(self._folder / _LOCK)
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Wait until `stop` is called, and end what goes on."""
        await self._stopped.wait()
        await self._end()

    def stop(self) -> None:
        """Make `run` return."""
        self._stopped.set()

    async def begin(self, run: ModelRun, served: Deployment) -> ModelRun:
        """Begin a run beside what answers now; raises `RunGoingOnError` where one goes on, here or in another service."""
        if self._going_on is not None:
            raise RunGoingOnError
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise RunGoingOnError from error
        try:
            (self._folder / run.id).mkdir(mode=0o700)
            self._write(run)
        except BaseException:
            self._lock.release()
            raise
        self._going_on = (run.id, asyncio.create_task(self._done(run, served)))
        return run

    def all(self) -> list[ModelRun]:
        """Return all runs, the newest first."""
        return sorted(self._read(), key=lambda run: (run.begun, run.id), reverse=True)

    def get(self, name: str) -> ModelRun:
        """Return a run by its id; raises `UnknownRunError`."""
        found = next((run for run in self._read() if run.id == name), None)
        if found is None:
            raise UnknownRunError
        return found

    def said(self, run: ModelRun) -> str:
        """Return the last line that a run which goes on said; empty where it has said nothing, or has ended."""
        path = self._folder / run.id / SAID
        is_heard = run.state is RunState.RUNNING and path.exists()
        return last_line(path, without=f"{path.parent}/") if is_heard else ""

    async def end(self, name: str) -> ModelRun:
        """End a run that goes on, and return it; one that has ended stays as it is."""
        if self._going_on is not None and self._going_on[0] == name:
            await self._end()
        return self.get(name)

    async def _end(self) -> None:
        if self._going_on is not None:
            _, task = self._going_on
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _done(self, run: ModelRun, served: Deployment) -> None:
        """Do what a run asks for and say what came of it; what it needed meanwhile, addresses among it, is removed."""
        problem = _ENDED
        try:
            problem = await self._work.do(run, served, self._folder / run.id)
        except Exception as error:  # noqa: BLE001 - the outermost handler of a task that nobody awaits
            _log_unforeseen(run, error)
            problem = _UNFORESEEN
        finally:
            try:
                self._end_record(run, problem)
            except OSError as error:
                _log_unforeseen(run, error)
            self._going_on = None
            self._lock.release()

    def _end_record(self, run: ModelRun, problem: str) -> None:
        """Say what came of a run, and remove what it needed meanwhile."""
        state = RunState.FAILED if problem else RunState.DONE
        for path in (self._folder / run.id).iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not path.name.endswith(".json"):
                path.unlink(missing_ok=True)
        self._write(replace(run, state=state, ended=timestamp(), problem=problem))

    def _write(self, run: ModelRun) -> None:
        with replaced(self._folder / run.id / _RECORD, private=True) as draft:
            draft.write_text(json.dumps(run.as_json(), indent=1), encoding="utf-8")

    def _read(self) -> Iterator[ModelRun]:
        for path in self._folder.glob(f"*/{_RECORD}"):
            run = ModelRun.from_json(json.loads(path.read_text(encoding="utf-8")))
            yield replace(run, state=RunState.FAILED, problem=_LOST) if self._is_lost(run) else run

    def _is_lost(self, run: ModelRun) -> bool:
        """Return whether nobody works on a run that has not ended: another service would hold the lock."""
        is_here = self._going_on is not None and self._going_on[0] == run.id
        return run.state is RunState.RUNNING and not is_here and not _is_held(self._folder / _LOCK)


def _log_unforeseen(run: ModelRun, error: Exception) -> None:
    _log.error("run %s: unexpected %s in %s", run.id, type(error).__name__, place_of(error))


def _is_held(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False


def new_id() -> str:
    """Return the id of a run."""
    return secrets.token_hex(8)
