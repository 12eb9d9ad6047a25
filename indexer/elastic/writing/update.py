"""Update some premises of the index in force, without building it anew."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from address_match.drafts import draft_folder
from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.search.searcher import Searcher
from address_match.indexer.elastic.stored.checkpoint import (
    UPDATE,
    Checkpoint,
    claim_checkpoint,
    read_checkpoint,
    remove_checkpoint,
    write_checkpoint,
)
from address_match.indexer.elastic.stored.documents import SortedTexts
from address_match.indexer.elastic.stored.generations import Generation, Generations, rebuild_command
from address_match.indexer.elastic.stored.stored_files import remove_files, restore_files, store_files
from address_match.indexer.elastic.writing.held_premises import HeldPremisesReader
from address_match.indexer.elastic.writing.premises_updater import PremisesUpdater, UpdateCounts, rows_by_uprn
from address_match.indexer.elastic.writing.verify import texts_held
from address_match.indexer.elastic.writing.word_counts import WordCounts
from address_match.indexer.errors import NothingUsableError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.manifest import check_models, refuse_changes
from address_match.indexer.ports import BuildModels
from address_match.indexer.reference.changes.change_file import Changes
from address_match.indexer.reference.load import Progress, load_reference, silent
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.reference.streets.street_directory import StreetDirectory
from address_match.indexer.reference.streets.street_places import StreetPlaces
from address_match.indexer.sources.problems import Problems

_PREMISES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ElasticUpdateReport:
    """What an update did."""

    generation: Generation
    version: int
    update_counts: UpdateCounts
    problems: Problems


def update_elastic_index(
    changes: Changes,
    index: ElasticIndex,
    models: BuildModels,
    *,
    version: int,
    progress: Progress | None = None,
) -> ElasticUpdateReport:
    """Apply changes to the index in force; a premises of which it knows the version or a later one is left alone.

    So the same file again does nothing, and an older file after a newer one undoes nothing of the newer one. Whoever
    has the index open finds what was written at once, and knows new words after opening it again. Raises
    IndexMismatchError for other models, BuildError while another update runs, and the errors of the engine.
    """
    progress = progress or silent
    with ExitStack() as opened:
        opened.enter_context(closing(changes.written))
        client = opened.enter_context(closing(index.connect()))
        generations = Generations(client, index.alias)
        generation = generations.in_force()
        rebuild = rebuild_command(index.alias)
        refuse_changes(index.place, generation.manifest, rebuild)
        check_models(index.place, generation.manifest, models.bundle, ANALYSIS_FINGERPRINT, rebuild=rebuild)
        sorted_reference = _sorted(changes, models, progress)
        folder = opened.enter_context(draft_folder(Path(gettempdir())))
        searcher = opened.enter_context(closing(Searcher(client, generation.index)))
        with _only_update_of(client, generation.index) as broken_off:
            # Another update may have come to its end since the index was found.
            generation = generations.read(generation.index)
            generations.add_place_fields(generation.index)
            restore_files(client, generation, folder)
            counts = (
                WordCounts.of_index(client, generation.index)
                if broken_off
                else WordCounts.stored(folder, generation.manifest.texts)
            )
            reserved = _reserved(generations, generation, sorted_reference)
            held = HeldPremisesReader(client, searcher, generation.index, generation.manifest.dimensions)
            updater = PremisesUpdater(
                client, generation.index, held, counts, version=version, first_row=generation.next_row
            )
            _apply(
                updater, changes, sorted_reference, progress, partial(_sign_of_life, client, generation.index)
            )
            progress("count", 0, None)
            updated = _recounted(
                client, reserved, counts, updater.update_counts, folder, sorted_reference, progress
            )
            generations.write(updated)
            remove_files(client, reserved)
        for error in updater.update_counts.refused:
            changes.written.problems.add(error.row, error.what, error.detail)
        return ElasticUpdateReport(updated, version, updater.update_counts, changes.written.problems)


def _sorted(changes: Changes, models: BuildModels, progress: Progress) -> SortedReference | None:
    if not changes.writes:
        return None
    try:
        return load_reference(changes.written, models, progress=progress)
    except NothingUsableError:
        if not changes.deleted:
            raise
        return None  # what is to be deleted still is; the rows are reported


def _reserved(
    generations: Generations, generation: Generation, sorted_reference: SortedReference | None
) -> Generation:
    """Set aside the rows by which new texts will be known, before any is written: none may ever be two texts' row."""
    if sorted_reference is None:
        return generation
    reserved = replace(generation, next_row=generation.next_row + sorted_reference.texts.num_rows)
    generations.write(reserved)
    return reserved


def _apply(
    updater: PremisesUpdater,
    changes: Changes,
    sorted_reference: SortedReference | None,
    progress: Progress,
    sign_of_life: Callable[[], None],
) -> None:
    if sorted_reference is not None:
        texts = SortedTexts(sorted_reference)
        rows_of = rows_by_uprn(sorted_reference.texts.column("uprn").to_pylist())
        for part in _parts(list(rows_of)):
            updater.put(texts, {uprn: rows_of[uprn] for uprn in part})
            sign_of_life()
            progress("write", updater.update_counts.written + updater.update_counts.left_alone, len(rows_of))
    for part in _parts(list(changes.deleted)):
        updater.delete(part)
        sign_of_life()
        progress("delete", updater.update_counts.deleted, len(changes.deleted))


def _recounted(
    client: RetryingClient,
    generation: Generation,
    counts: WordCounts,
    update_counts: UpdateCounts,
    folder: Path,
    sorted_reference: SortedReference | None,
    progress: Progress,
) -> Generation:
    """Store the new statistics beside the old ones and return the generation that names them."""
    words = counts.write(folder)
    if sorted_reference is not None:
        StreetPlaces(folder).save_with(folder, sorted_reference.texts, sorted_reference.postcodes)
        if (directory := StreetDirectory.open(folder)) is not None:
            directory.save_with(folder, sorted_reference.texts, sorted_reference.postcodes)
    times = generation.counted + 1

    def tell(stored: int, pieces: int) -> None:
        _sign_of_life(client, generation.index)
        progress("count", stored, pieces)

    files = store_files(client, generation.index, folder, times, tell)
    client.ask(lambda es: es.indices.refresh(index=generation.index))
    texts = texts_held(client, generation.index)
    manifest = replace(
        generation.manifest,
        texts=texts,
        premises=generation.manifest.premises + update_counts.more_premises,
        terms=words,
        files=files,
    )
    return replace(generation, manifest=manifest, counted=times, terms_a_text=counts.total / max(texts, 1))


@contextmanager
def _only_update_of(client: RetryingClient, index: str) -> Iterator[bool]:
    """Keep other updates away; yield whether one before this was broken off, so that its words were never counted.

    An update that fails leaves its mark, so the next one counts anew.
    """
    before = read_checkpoint(client, index, UPDATE)
    if before is not None:
        before.refuse_living_owner(index, partial(read_checkpoint, client, index, UPDATE))
    claim_checkpoint(client, index, before, UPDATE)
    yield before is not None
    remove_checkpoint(client, index, UPDATE)


def _sign_of_life(client: RetryingClient, index: str) -> None:
    write_checkpoint(client, index, Checkpoint(), UPDATE)


def _parts(uprns: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uprns), _PREMISES_AT_ONCE):
        yield uprns[start : start + _PREMISES_AT_ONCE]
