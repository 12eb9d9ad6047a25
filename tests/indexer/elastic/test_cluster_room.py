"""What the disks of a cluster have room for, and that a build beyond it is refused before it begins."""

from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.cluster_room import free_in_cluster
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.service.cli.files.forecasts import refuse_large_elastic_build
from address_match.service.errors import UsageError

TERABYTES = 1 << 43


def test_the_room_is_that_of_the_nodes_without_what_elasticsearch_keeps_free(
    location: ElasticIndex, client: Elasticsearch
) -> None:
    disks = [node["fs"]["total"] for node in client.nodes.stats(metric="fs")["nodes"].values()]
    free, size = (sum(disk[name] for disk in disks) for name in ("available_in_bytes", "total_in_bytes"))
    room = free_in_cluster(location, 50)
    assert room is not None
    assert free - 0.1 * size < room < free


def test_what_the_cluster_has_no_room_for_is_refused_unless_forced(
    location: ElasticIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = tmp_path / "reference.csv"
    with reference.open("w", encoding="utf-8") as stream:
        stream.write("uprn,address\n" + "1,1 MILL LANE OF OSTWICK\n" * 50_000)
        stream.truncate(TERABYTES)
    with pytest.raises(UsageError, match=r"GB of disk, and .* GB are free in the cluster at .*--force"):
        refuse_large_elastic_build([reference], location, IndexLayout(), 1, force=False)
    assert "minutes" in capsys.readouterr().err
    refuse_large_elastic_build([reference], location, IndexLayout(), 1, force=True)
