"""The routes by which answers are drawn to be labelled, and what people say of them is taken in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask

from address_match.service.errors import UsageError
from address_match.service.http.errors import ActRefusedError, NoSuchPartError
from address_match.service.http.jobs.review_routes import Held
from address_match.service.http.jobs.routes import MEDIA_TYPES
from address_match.service.http.jobs.routes import Owner as JobOwner
from address_match.service.http.model.act_routes import OF_A_PERSON
from address_match.service.http.model.refusals import in_thread
from address_match.service.http.model.requests import SampleRequest, SheetParameters, TakingParameters
from address_match.service.http.model.required_roles import Owner, OwnerOrLabeller, Reading
from address_match.service.http.model.responses import ShownLabels, ShownTaking
from address_match.service.http.model.routes import MODEL, Places
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.binary_body import BINARY
from address_match.service.http.routing.stored_file import StoredFile
from address_match.service.jobs.errors import JobStateError, NoResultError, UnknownJobError
from address_match.service.jobs.job_options import ResultFormat
from address_match.service.lifecycle.labels.agreement import agreements_of
from address_match.service.lifecycle.labels.draw_sample import draw_sample
from address_match.service.lifecycle.labels.export import export_labels
from address_match.service.lifecycle.labels.label_file import read_label_file, write_coder_file
from address_match.service.lifecycle.labels.label_set import label_set
from address_match.service.lifecycle.labels.store_figures import figures_of_store
from address_match.service.lifecycle.labels.take_in import take_in
from address_match.service.lifecycle.labels.written_labels import write_contradictions
from address_match.service.lifecycle.model_places import ModelPlaces

LABELS = f"{MODEL}/labels"
_CODER_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The rows to label, for the coder",
        "content": {MEDIA_TYPES[kind]: BINARY for kind in (ResultFormat.CSV, ResultFormat.XLSX)},
    }
}
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file of `samples` as it is, filled in: CSV or XLSX, as `format` says.",
        # Generated clients know bytes, and no `text/csv` that is sent.
        "content": {"application/octet-stream": BINARY},
    }
}

router = APIRouter(prefix=LABELS, tags=["model"])


@router.get("", summary="See the labels", responses=describe(ActRefusedError), dependencies=[Reading])
async def labels(places: Places) -> ShownLabels:
    """Count the labels by verdict and coder, and say which share of the matched is right by them, as `address-match label show` does."""

    def shown() -> ShownLabels:
        agreed = agreements_of(places.labels.coded()).items()
        agreement = [found.as_json(pair) for pair, found in agreed]
        return ShownLabels.model_validate(
            figures_of_store(places.labels).as_json() | {"agreement": agreement}
        )

    return await in_thread(places, shown)


@router.post(
    "/samples",
    summary="Draw answers to label",
    response_class=StoredFile,
    responses={
        **_CODER_FILE,
        **describe(*OF_A_BODY, *OF_A_PERSON, UnknownJobError, JobStateError, NoResultError, ActRefusedError),
    },
)
async def draw(
    places: Places, reviews: Held, job_owner: JobOwner, _person: OwnerOrLabeller, asked: SampleRequest
) -> StoredFile:
    """Draw from the answers of a job of who asks, as `address-match label draw` does, and give the file for the coder; it holds addresses."""
    answers = reviews.answers(job_owner, asked.job)

    def drawn(path: Path) -> None:
        sample = draw_sample(answers, asked.design(), asked.seed)
        write_coder_file(path, answers, sample.answers, force=False)
        places.labels.add_sample(sample)

    return await _sheet(places, f"sample.{asked.format}", drawn)


@router.get(
    "/contradictions",
    summary="Fetch what coders contradict each other in",
    response_class=StoredFile,
    responses={**_CODER_FILE, **describe(*OF_A_PERSON, NoSuchPartError, ActRefusedError)},
)
async def contradictions(
    places: Places, _person: OwnerOrLabeller, how: Annotated[SheetParameters, Query()]
) -> StoredFile:
    """Give these answers with all that was said, to be filled in by somebody else and sent to `verdicts` with `settles`."""

    def written(path: Path) -> None:
        write_contradictions(path, label_set(places.labels).contradictions, force=False)

    return await _sheet(places, f"contradictions.{how.format}", written)


@router.get(
    "/export",
    summary="Fetch the labels",
    response_class=StoredFile,
    responses={**_CODER_FILE, **describe(*OF_A_PERSON, NoSuchPartError, ActRefusedError)},
)
async def export(places: Places, owner: Owner, how: Annotated[SheetParameters, Query()]) -> StoredFile:
    """Give the labels that say what is right, with their addresses and weights; the audit says who took them out."""

    def written(path: Path) -> None:
        export_labels(label_set(places.labels), places.registry.folder, path, by=owner.name)

    return await _sheet(places, f"labels.{how.format}", written)


@router.post(
    "/verdicts",
    summary="Take labels in",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, ActRefusedError),
    openapi_extra=_FILE,
)
async def take(
    places: Places, person: OwnerOrLabeller, request: Request, how: Annotated[TakingParameters, Query()]
) -> ShownTaking:
    """Take in what who asks wrote into the file of a sample, all of it or nothing, as `address-match label import` does."""
    written = await request.body()

    def taken() -> ShownTaking:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"labels.{how.format}"
            path.write_bytes(written)
            try:
                found = take_in(
                    read_label_file(path),
                    places.labels,
                    person.name,
                    adjudicates=how.settles,
                    replace=how.replace,
                )
            except UsageError as error:
                raise UsageError(str(error).replace(str(path), "the file")) from error
            return ShownTaking(new=found.new, known=found.known, open=found.open)

    return await in_thread(places, taken)


async def _sheet(places: ModelPlaces, name: str, write: Callable[[Path], None]) -> StoredFile:
    """Send what is written to a path, which is gone afterwards."""
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    path = Path(folder.name) / name
    try:
        await in_thread(places, partial(write, path))
    except BaseException:
        folder.cleanup()
        raise
    return StoredFile(
        path,
        filename=name,
        headers={"Cache-Control": "private, no-store"},
        background=BackgroundTask(folder.cleanup),
    )
