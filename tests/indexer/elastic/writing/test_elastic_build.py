"""Building in a cluster: what is in force, when, and what happens when a build does not come to its end."""

import time
from contextlib import closing
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.administration import check_index, drop_index, list_indices, roll_back
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.checkpoint import BUILD, Checkpoint
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.elastic.writing.build import build_elastic_index
from address_match.indexer.elastic.writing.update import update_elastic_index
from address_match.indexer.errors import BuildError, EngineRefusedError, IndexUnusableError
from address_match.indexer.reference.changes.change_file import open_changes
from address_match.indexer.reference.joined_references import open_references
from tests.indexer.elastic.indices import build_in, opened
from tests.indexer.models import MODELS
from tests.indexer.references import ADDRESSES, synthetic, write_csv

MANY = synthetic(2_500)


def in_force(client: Elasticsearch, location: ElasticIndex) -> list[str]:
    return sorted(client.indices.get_alias(name=location.alias))


def test_a_build_puts_a_new_index_in_force_and_keeps_the_one_before(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    names = [build_in(location, folder, ADDRESSES[:n]).generation.index for n in (5, 6, 7)]
    assert names == [f"{location.alias}-00000{n}" for n in (1, 2, 3)]
    assert in_force(client, location) == names[2:]
    assert [(each.index, each.texts) for each in list_indices(location)] == [(names[1], 6), (names[2], 7)]


def test_several_references_are_joined_by_identifier_and_not_updated(
    location: ElasticIndex, folder: Path
) -> None:
    header = ("uprn", "address", "postcode")
    one = write_csv(folder / "one.csv", [("1", "1 PELLOW ROAD", "AB1 3EF")], header)
    two = write_csv(
        folder / "two.csv", [("1", "ROSE COTTAGE", "AB1 3EG"), ("2", "2 PELLOW ROAD", "")], header
    )
    report = build_elastic_index(open_references([one, two]), location, IndexLayout(), MODELS)
    assert report.generation.manifest.sources == {"one.csv": 1, "two.csv": 2}
    assert report.problems.counts == {"postcode taken of a reference before it": 1}
    with closing(opened(location)) as index:
        held = [(text["source"], text["postcode"]) for text in index.lookup("1").to_pylist()]
    assert sorted(held) == [("one.csv", "AB1 3EF"), ("two.csv", "AB1 3EF")]
    changes = write_csv(folder / "changes.csv", [("2", "", "delete")], ("uprn", "address", "change"))
    with pytest.raises(BuildError, match=r"of several references, one.csv, two.csv"):
        update_elastic_index(open_changes(changes), location, MODELS, version=2)


def test_a_build_tells_of_every_stage(location: ElasticIndex, folder: Path) -> None:
    told: dict[str, None] = {}
    build_in(location, folder, progress=lambda stage, *_: told.setdefault(stage))
    assert list(told) == ["read", "arrange", "write", "count", "merge", "verify", "replicate"]


def test_the_index_before_comes_back_and_the_later_one_can_be_dropped(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    first, second = (build_in(location, folder, ADDRESSES[:n]).generation.index for n in (5, 6))
    assert roll_back(location) == first
    assert in_force(client, location) == [first]
    with pytest.raises(EngineRefusedError, match="oldest complete index"):
        roll_back(location)
    drop_index(location, second)
    assert [each.index for each in list_indices(location)] == [first]


def test_the_index_in_force_and_those_of_others_cannot_be_dropped(
    location: ElasticIndex, folder: Path
) -> None:
    name = build_in(location, folder).generation.index
    with pytest.raises(EngineRefusedError, match="in force"):
        drop_index(location, name)
    with pytest.raises(EngineRefusedError, match="no index of"):
        drop_index(location, "somebody-elses")


def test_a_build_that_was_broken_off_changes_nothing_and_goes_on_where_it_stopped(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    before = build_in(location, folder).generation.index
    unfinished = kill_a_build(location, folder)
    assert in_force(client, location) == [before]
    resumed = build_in(location, folder, MANY)
    assert (resumed.generation.index, resumed.resumed_from) == (unfinished, 2_000)
    assert check_index(location).texts == len(MANY)


def test_other_work_does_not_go_on_with_a_broken_off_build_but_sweeps_it_away(
    location: ElasticIndex, folder: Path
) -> None:
    kill_a_build(location, folder)
    other = build_in(location, folder)
    assert other.resumed_from == 0
    assert [each.index for each in list_indices(location)] == [other.generation.index]


def test_two_builds_at_once_are_refused(location: ElasticIndex, folder: Path, client: Elasticsearch) -> None:
    living = Checkpoint(machine="elsewhere", process=1, alive=time.time())
    client.index(index=kill_a_build(location, folder), id=BUILD, document={"content": living.as_content()})
    with pytest.raises(BuildError, match="process 1 on elsewhere"):
        build_in(location, folder)


def test_a_document_that_the_cluster_refuses_is_reported_by_its_line_and_the_rest_goes_on(
    location: ElasticIndex, folder: Path
) -> None:
    immense = f"1 {'𐐀' * 9_000} ROAD, ANYTOWN"  # the name of this street has more bytes than a keyword may
    rows = [*ADDRESSES, ("666", immense), ("667", "2 PELLOW ROAD, ANYTOWN, AB1 3EF")]
    report = build_in(location, folder, rows)
    refused = [error for error in report.problems.first if error.what == "refused by the cluster"]
    assert [(error.row, error.detail.split(":")[0]) for error in refused] == [(len(ADDRESSES) + 1, "666#0")]
    assert check_index(location).texts == len(rows) - 1


def test_replicas_that_cannot_come_up_leave_the_alias_alone(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    name = build_in(location, folder).generation.index
    told: list[tuple[str, int, int | None]] = []
    with pytest.raises(BuildError, match="replicas"):
        build_in(
            location,
            folder,
            MANY,
            layout=IndexLayout(replicas=9, seconds_to_replicate=1),
            progress=lambda *done: told.append(done),
        )
    assert in_force(client, location) == [name]
    assert told[-1] == ("replicate", 1, 10)


def test_a_cluster_that_may_only_be_read_ends_a_build_and_leaves_the_alias_alone(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    name = build_in(location, folder).generation.index

    def fill_the_disk(stage: str, done: int, _total: int | None) -> None:
        if stage == "write" and done == 1_000:
            settings = {"index.blocks.read_only_allow_delete": True}
            client.indices.put_settings(index=list_indices(location)[-1].index, settings=settings)

    with pytest.raises(EngineRefusedError, match="may only be read"):
        build_in(location, folder, MANY, progress=fill_the_disk)
    assert in_force(client, location) == [name]


def test_an_index_that_lost_texts_is_found_out(
    location: ElasticIndex, folder: Path, client: Elasticsearch
) -> None:
    name = build_in(location, folder).generation.index
    client.delete(index=name, id="008#0", refresh=True)
    with pytest.raises(IndexUnusableError, match="holds 8 texts and says 9"):
        check_index(location)


class Killed(BaseException):
    """Stands for the end of the process: nothing that a build does after an error is done after it."""


def kill_a_build(location: ElasticIndex, folder: Path) -> str:
    """Break a build of many texts off when 2,000 are written; return the index that it leaves."""

    def break_off(stage: str, done: int, _total: int | None) -> None:
        if stage == "write" and done >= 2_000:
            raise Killed

    with pytest.raises(Killed):
        build_in(location, folder, MANY, progress=break_off)
    return list_indices(location)[-1].index
