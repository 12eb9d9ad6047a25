"""Changing some premises of the index in force, without building it anew."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from elasticsearch import Elasticsearch

from indexer.analysis import ANALYSIS_FINGERPRINT
from indexer.arrangement import Arrangement
from indexer.elastic.calling import Caller
from indexer.elastic.changes import Changes
from indexer.elastic.changing import Changing, Tally, rows_by_uprn
from indexer.elastic.checkpoint import (
    UPDATE,
    Checkpoint,
    read_checkpoint,
    remove_checkpoint,
    write_checkpoint,
)
from indexer.elastic.connection import connect
from indexer.elastic.counted import remove_files, restore_files, store_files
from indexer.elastic.documents import ArrangedTexts
from indexer.elastic.generations import Generation, Generations, rebuild_command
from indexer.elastic.location import ElasticIndex
from indexer.elastic.premises_held import PremisesHeld
from indexer.elastic.recounting import WordCounts
from indexer.elastic.searching import Searcher
from indexer.elastic.verifying import texts_held
from indexer.enrichment import Models
from indexer.errors import NothingUsableError
from indexer.manifest import BundleIdentity, check_models
from indexer.reading import Progress, read_arranged, silent
from indexer.sources.problems import Problems

_PREMISES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ElasticUpdateReport:
    """What an update did."""

    generation: Generation
    version: int
    tally: Tally
    problems: Problems


def update_elastic_index(
    changes: Changes,
    location: ElasticIndex,
    *,
    version: int,
    models: Models,
    bundle: BundleIdentity,
    progress: Progress | None = None,
) -> ElasticUpdateReport:
    """Apply changes to the index in force; a premises of which it knows the version or a later one is left alone.

    So the same file again does nothing, and an older file after a newer one changes nothing that the newer one said. Whoever
    has the index open finds what was written at once, and knows new words after opening it again. Raises
    IndexMismatchError for other models, BuildError while another update runs, and the errors of the engine.
    """
    tell = progress or silent
    patience = location.patience
    with ExitStack() as opened:
        opened.enter_context(closing(changes.written))
        client = opened.enter_context(connect(location.cluster, patience.request_seconds))
        caller = Caller(location.cluster.place, patience)
        generations = Generations(client, caller, location.alias)
        generation = generations.in_force()
        rebuild = rebuild_command(location.alias)
        check_models(location.place, generation.manifest, bundle, ANALYSIS_FINGERPRINT, rebuild=rebuild)
        arrangement = _arranged(changes, models, tell)
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="address-match-")))
        restore_files(client, caller, generation, folder)
        searcher = Searcher(client, caller, generation.index, patience.request_seconds)
        opened.enter_context(closing(searcher))
        with _only_update_of(client, caller, generation.index) as broken_off:
            counts = (
                WordCounts.of_index(client, caller, generation.index)
                if broken_off
                else WordCounts.stored(folder, generation.manifest.texts)
            )
            reserved = _reserved(generations, generation, arrangement)
            held = PremisesHeld(client, caller, searcher, generation.index, generation.manifest.dimensions)
            changing = Changing(
                client, caller, generation.index, held, counts,
                version=version, first_row=generation.next_row,
            )  # fmt: skip
            _apply(changing, changes, arrangement, tell)
            updated = _recounted(client, caller, reserved, counts, changing.tally, folder)
            generations.write(updated)
            remove_files(client, caller, reserved)
        for error in changing.tally.refused:
            changes.written.problems.add(error.row, error.what, error.detail)
        return ElasticUpdateReport(updated, version, changing.tally, changes.written.problems)


def _arranged(changes: Changes, models: Models, tell: Progress) -> Arrangement | None:
    if not changes.writes:
        return None
    try:
        return read_arranged(
            changes.written, models=models, load_models=None, processes=1, tell=tell, seconds={}
        )
    except NothingUsableError:
        if not changes.deleted:
            raise
        return None  # what is to be deleted still is; the rows are reported


def _reserved(
    generations: Generations, generation: Generation, arrangement: Arrangement | None
) -> Generation:
    """Set aside the rows by which new texts will be known, before any is written: none may ever be two texts' row."""
    if arrangement is None:
        return generation
    reserved = replace(generation, next_row=generation.next_row + arrangement.texts.num_rows)
    generations.write(reserved)
    return reserved


def _apply(changing: Changing, changes: Changes, arrangement: Arrangement | None, tell: Progress) -> None:
    if arrangement is not None:
        texts = ArrangedTexts(arrangement)
        rows_of = rows_by_uprn(arrangement.texts.column("uprn").to_pylist())
        for part in _parts(list(rows_of)):
            changing.put(texts, {uprn: rows_of[uprn] for uprn in part})
            tell("write", changing.tally.written + changing.tally.left_alone, len(rows_of))
    for part in _parts(changes.deleted):
        changing.delete(part)
        tell("delete", changing.tally.deleted, len(changes.deleted))


def _recounted(
    client: Elasticsearch,
    caller: Caller,
    generation: Generation,
    counts: WordCounts,
    tally: Tally,
    folder: Path,
) -> Generation:
    """Store the new counts beside the old ones and return what the index then says of itself."""
    words = counts.write(folder)
    times = generation.counted + 1
    sizes = store_files(client, caller, generation.index, folder, times)
    caller.ask(lambda: client.indices.refresh(index=generation.index))
    texts = texts_held(client, caller, generation.index)
    manifest = replace(
        generation.manifest,
        texts=texts,
        premises=generation.manifest.premises + tally.more_premises,
        terms=words,
        files=sizes,
    )
    return replace(generation, manifest=manifest, counted=times, terms_a_text=counts.total / max(texts, 1))


@contextmanager
def _only_update_of(client: Elasticsearch, caller: Caller, index: str) -> Iterator[bool]:
    """Keep other updates away; yield whether one before this was broken off, so that its words were never counted.

    An update that fails leaves its mark, so the next one counts anew.
    """
    before = read_checkpoint(client, caller, index, UPDATE)
    if before is not None:
        before.refuse_living_owner(index)
    write_checkpoint(client, caller, index, Checkpoint(), UPDATE)
    yield before is not None
    remove_checkpoint(client, caller, index, UPDATE)


def _parts(uprns: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uprns), _PREMISES_AT_ONCE):
        yield uprns[start : start + _PREMISES_AT_ONCE]
