"""Changes by UPRN: what they do, and what a replay, an older file or a broken-off run does not do."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.administration import check_index
from address_match.indexer.elastic.elastic_index import ElasticIndex, open_elastic_index, read_generation
from address_match.indexer.elastic.stored.checkpoint import UPDATE, Checkpoint, claim_checkpoint
from address_match.indexer.elastic.writing.premises_updater import UpdateCounts
from address_match.indexer.elastic.writing.update import ElasticUpdateReport, update_elastic_index
from address_match.indexer.errors import BuildError, IndexMismatchError, NothingUsableError
from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.reference.changes.change_file import open_changes
from address_match.indexer.reference.load import Progress
from tests.indexer.elastic.indices import build_in, opened
from tests.indexer.models import BUNDLE, MODELS, HashedTrigrams
from tests.indexer.references import ADDRESSES, write_csv

Rows = Sequence[tuple[str, ...]]

NEW = ("I", "009", "16 ALDERMOOR STREET, ANYTOWN, AB1 2CD")
MOVED = ("U", "005", "1A PELLOW ROAD, ANYTOWN, AB1 3EF")
ONE_TEXT_LESS = ("U", "007", "12 CORN MILL LANE, OTHERTON, XY9 8ZZ")
GONE = ("D", "008", "")


@pytest.fixture
def built(location: ElasticIndex, folder: Path) -> ElasticIndex:
    build_in(location, folder)
    return location


def update(
    location: ElasticIndex,
    folder: Path,
    version: int,
    rows: Rows,
    *,
    bundle: BundleIdentity = BUNDLE,
    progress: Progress | None = None,
) -> ElasticUpdateReport:
    changes = open_changes(write_csv(folder / f"changes{version}.csv", rows, ("change", "uprn", "address")))
    models = replace(MODELS, bundle=bundle)
    return update_elastic_index(changes, location, models, version=version, progress=progress)


def texts(location: ElasticIndex, uprn: str) -> list[str]:
    with closing(opened(location)) as engine:
        return sorted(engine.lookup(uprn).column("address").to_pylist())


def frequencies(location: ElasticIndex, *words: str) -> list[int]:
    with closing(opened(location)) as engine:
        found: list[int] = engine.statistics.frequencies(np.array([term_id(w) for w in words])).tolist()
        return found


def test_premises_are_inserted_updated_and_deleted(built: ElasticIndex, folder: Path) -> None:
    done = update(built, folder, 2, [NEW, MOVED, ONE_TEXT_LESS, GONE]).update_counts
    assert (done.written, done.deleted, done.left_alone) == (3, 1, 0)
    assert texts(built, "009") == ["16 ALDERMOOR STREET, ANYTOWN, AB1 2CD"]
    assert texts(built, "005") == ["1A PELLOW ROAD, ANYTOWN, AB1 3EF"]
    assert texts(built, "007") == ["12 CORN MILL LANE, OTHERTON, XY9 8ZZ"]
    assert texts(built, "008") == []


def test_what_was_counted_follows(built: ElasticIndex, folder: Path) -> None:
    update(built, folder, 2, [NEW, MOVED, ONE_TEXT_LESS, GONE])
    assert frequencies(built, "ALDERMOOR", "GRANARY", "ROSE", "1A") == [5, 0, 0, 1]
    with closing(opened(built)) as engine:
        assert engine.statistics.texts == len(ADDRESSES) - 1
        assert engine.lookup("009").column("street_premises").to_pylist() == [5]
    assert check_index(built).texts == len(ADDRESSES) - 1


def test_a_new_premises_is_found_by_every_channel(built: ElasticIndex, folder: Path) -> None:
    update(built, folder, 2, [("I", "777", "9 SPINDLE WYND, FARTOWN, QQ1 1QQ")])
    assert check_index(built).sampled == len(ADDRESSES) + 1


def test_the_same_file_again_changes_nothing(built: ElasticIndex, folder: Path) -> None:
    update(built, folder, 2, [NEW, MOVED, GONE])
    again = update(built, folder, 2, [NEW, MOVED, GONE]).update_counts
    assert again == UpdateCounts(left_alone=3)
    assert frequencies(built, "ALDERMOOR", "ROSE") == [5, 0]


def test_an_older_file_does_not_undo_a_newer_one(built: ElasticIndex, folder: Path) -> None:
    update(built, folder, 5, [MOVED, ONE_TEXT_LESS, GONE])
    older = [
        ("U", "005", "OLD NAME, ANYTOWN"),
        ("U", "007", "A"),
        ("U", "007", "B"),
        ("I", "008", "BACK AGAIN"),
    ]
    assert update(built, folder, 4, older).update_counts == UpdateCounts(left_alone=3)
    assert texts(built, "005") == ["1A PELLOW ROAD, ANYTOWN, AB1 3EF"]
    assert texts(built, "007") == ["12 CORN MILL LANE, OTHERTON, XY9 8ZZ"]
    assert texts(built, "008") == []


def test_an_older_insert_does_not_bring_back_what_was_never_held_and_deleted(
    built: ElasticIndex, folder: Path
) -> None:
    update(built, folder, 3, [("D", "555", "")])
    update(built, folder, 2, [("I", "555", "5 NEVER STREET, ANYTOWN")])
    assert texts(built, "555") == []


def test_a_later_file_brings_a_deleted_premises_back(built: ElasticIndex, folder: Path) -> None:
    update(built, folder, 2, [GONE])
    update(built, folder, 3, [("I", "008", "ROSE COTTAGE, OTHERTON")])
    assert texts(built, "008") == ["ROSE COTTAGE, OTHERTON"]
    assert check_index(built).texts == len(ADDRESSES)


def test_words_are_counted_anew_after_an_update_that_was_broken_off(
    built: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    index = client.indices.get_alias(name=built.alias)
    client.index(index=next(iter(index)), id=UPDATE, document={"content": Checkpoint().as_content()})
    client.delete(index=next(iter(index)), id="008#0", refresh=True)
    update(built, folder, 2, [NEW])
    assert frequencies(built, "ALDERMOOR", "ROSE") == [5, 0]
    assert check_index(built).texts == len(ADDRESSES)


def test_two_updates_at_once_are_refused(built: ElasticIndex, folder: Path, client: Elasticsearch) -> None:
    index = next(iter(client.indices.get_alias(name=built.alias)))
    living = Checkpoint(machine="elsewhere", process=1, alive=time.time())
    client.index(index=index, id=UPDATE, document={"content": living.as_content()})
    with pytest.raises(BuildError, match="process 1 on elsewhere"):
        update(built, folder, 2, [NEW])


@pytest.mark.parametrize("dead", [None, Checkpoint(machine="elsewhere", process=1)])
def test_of_two_who_saw_the_same_one_alone_takes_over(
    built: ElasticIndex, client: Elasticsearch, dead: Checkpoint | None
) -> None:
    index = next(iter(client.indices.get_alias(name=built.alias)))
    with closing(built.connect()) as connected:
        if dead is not None:
            client.index(index=index, id=UPDATE, document={"content": dead.as_content()})
        barrier = Barrier(8)

        def claimed(_: int) -> bool:
            barrier.wait(30)
            try:
                claim_checkpoint(connected, index, dead, UPDATE)
            except BuildError:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(claimed, range(8))) == 1


def test_an_update_that_ends_while_another_reads_its_file_is_counted(
    built: ElasticIndex, folder: Path
) -> None:
    def update_meanwhile(stage: str, _done: int, _total: int | None) -> None:
        if stage == "read":
            update(built, folder, 2, [NEW])

    later = ("I", "010", "18 ALDERMOOR STREET, ANYTOWN, AB1 2CD")
    update(built, folder, 3, [later], progress=update_meanwhile)
    assert frequencies(built, "ALDERMOOR") == [6]
    with closing(opened(built)) as engine:
        rows = [engine.lookup(uprn).column("row")[0].as_py() for uprn in ("009", "010")]
    assert rows == [len(ADDRESSES), len(ADDRESSES) + 1]


def test_rows_that_say_nothing_usable_are_reported_by_their_lines(built: ElasticIndex, folder: Path) -> None:
    done = update(built, folder, 2, [NEW, ("X", "1", "1 X STREET"), ("U", "2", ""), GONE])
    problems = {(error.row, error.what) for error in done.problems.first}
    assert problems == {(2, "unknown change"), (3, "blank address")}
    assert (done.update_counts.written, done.update_counts.deleted) == (1, 1)


def test_premises_are_deleted_though_no_other_row_is_usable(built: ElasticIndex, folder: Path) -> None:
    done = update(built, folder, 2, [("U", "005", ""), GONE])
    assert (done.update_counts.written, done.update_counts.deleted) == (0, 1)
    assert done.problems.counts["blank address"] == 1
    assert len(texts(built, "005")) == 1


def test_a_file_of_changes_of_which_no_row_is_usable_is_refused(built: ElasticIndex, folder: Path) -> None:
    with pytest.raises(NothingUsableError, match="1 × blank address"):
        update(built, folder, 2, [("U", "005", "")])


def test_models_of_another_bundle_may_not_change_an_index(built: ElasticIndex, folder: Path) -> None:
    other = BundleIdentity("other", "2", "bundles/other", "comma-2", HashedTrigrams.fingerprint)
    with pytest.raises(IndexMismatchError, match="address-match es build"):
        update(built, folder, 2, [NEW], bundle=other)


def test_an_index_that_was_updated_since_its_generation_was_read_is_opened_as_it_is_now(
    built: ElasticIndex, folder: Path
) -> None:
    generation = read_generation(built)
    update(built, folder, 2, [NEW, GONE])
    with closing(open_elastic_index(built, generation)) as engine:
        assert (engine.manifest.generation, engine.manifest.texts) == (generation.index, len(ADDRESSES))
        assert engine.statistics.frequencies(np.array([term_id("ALDERMOOR"), term_id("ROSE")])).tolist() == [
            5,
            0,
        ]
