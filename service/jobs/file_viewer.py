from collections import Counter
from dataclasses import replace

import orjson

from address_match.service.batch.input.file_view import FileView
from address_match.service.jobs.job_files import JobFiles
from address_match.service.jobs.job_store import JobStore
from address_match.service.jobs.job_work import JobWork

MOST_VIEWS = 3
"""How often it is tried to look at a file."""


class FileViewer:
    """Looks at the files of new jobs, before a row of them is matched."""

    def __init__(self, store: JobStore, work: JobWork) -> None:
        self._store = store
        self._work = work
        self._views: Counter[str] = Counter()
        """How often it was tried to look at each file."""

    async def view_next(self) -> bool:
        """Look at the oldest file that nobody looked at; return whether there was one."""
        waiting = (job for job in self._store.jobs() if job.view is None and not job.is_ended)
        job = next((job for job in waiting if self._views[job.id] < MOST_VIEWS), None)
        if job is None:
            return False
        self._views[job.id] += 1
        try:
            said = await self._work.view(job, JobFiles.of(self._store.files(job.id), job))
        except FileNotFoundError:
            if self._store.get(job.id).is_ended:  # cancelled meanwhile, with its files
                return True
            raise
        if said.is_well:
            view = _view_in(said.text)
        elif said.is_refusal or self._views[job.id] == MOST_VIEWS:
            view = FileView(columns=(), problem=said.text or "the file cannot be looked at")
        else:
            return True
        del self._views[job.id]
        # Its owner may have said meanwhile that it is to be read otherwise.
        await self._store.change(
            job.id, lambda now: replace(now, view=view) if now.options == job.options else now
        )
        return True


def _view_in(said: str) -> FileView:
    """Read what a command said of a file; only the end of what is very long was read."""
    try:
        return FileView.from_json(orjson.loads(said))
    except orjson.JSONDecodeError:
        problem = "the file has too many columns to show, or their names are too long; keep those of the address and of the id"
        return FileView(columns=(), problem=problem)
