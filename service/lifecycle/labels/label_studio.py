"""Tasks of Label Studio: one JSON array, out with the columns of each answer as data, in with what an annotator chose.

The labelling interface has choices named `verdict` and text areas named `uprn` and `note`; docs/train/labels.md shows
it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from address_match.service.batch.output.written_values import written_values
from address_match.service.errors import UsageError

CHOICE, TEXT, NOTE = "verdict", "uprn", "note"
"""Names of the controls of the labelling interface."""
_ID = "label_id"


@dataclass(frozen=True, slots=True)
class StudioTask:
    """What an annotator said of a task; empty where nothing."""

    id: str
    verdict: str
    uprn: str
    note: str


class StudioTasks:
    """Gathers rows as tasks (a `RowWriter`)."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._tasks: list[dict[str, dict[str, object]]] = []

    def write(self, data: pa.RecordBatch, answers: Sequence[Sequence[object]]) -> None:
        """Append rows; what is empty is left out."""
        columns = [*(written_values(column) for column in data.columns), *answers]
        for row in zip(*columns, strict=True):
            filled = {
                name: value for name, value in zip(self._names, row, strict=True) if value not in {None, ""}
            }
            self._tasks.append({"data": filled})

    def as_json(self) -> str:
        """Return them as one array."""
        return json.dumps(self._tasks, ensure_ascii=False, indent=1, default=str) + "\n"


def is_studio_file(path: Path) -> bool:
    """Return whether a file is one of Label Studio, by its suffix."""
    return path.suffix.lower() == ".json"


def read_studio_file(path: Path) -> Iterator[tuple[int, StudioTask]]:
    """Read the tasks of an export in the form JSON, numbered from 1.

    Raises UsageError, which names the task, for a file that is torn or of another form, and for a task with several
    annotations.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path} is torn or no JSON ({error}); export it from Label Studio again") from error
    if not isinstance(tasks, list):
        raise UsageError(f"{path} is no export of Label Studio in the form JSON, which is an array of tasks")
    for number, task in enumerate(tasks, 1):
        try:
            found = _task(task)
        except (KeyError, TypeError, AttributeError, IndexError):
            raise UsageError(
                f"task {number} of {path} is of another form; export in the form JSON, with data.{_ID}"
            ) from None
        if found is None:
            raise UsageError(
                f"task {number} of {path} has several annotations; export those of one annotator at a time"
            )
        yield number, found


def _task(task: dict[str, Any]) -> StudioTask | None:
    """Return what is said of a task, None where several say it."""
    given = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
    if len(given) > 1:
        return None
    said = {name: str(task["data"].get(f"label_{name}", "")) for name in (CHOICE, TEXT, NOTE)}
    for result in given[0]["result"] if given else ():
        value = result["value"]
        said[result["from_name"]] = str((value.get("choices") or value.get("text") or [""])[0])
    return StudioTask(str(task["data"][_ID]), *(said[name].strip() for name in (CHOICE, TEXT, NOTE)))
