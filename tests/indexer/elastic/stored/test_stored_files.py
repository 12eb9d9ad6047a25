"""Files that are kept in documents come back as they were stored, or not at all."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.generations import COMPLETE, Generation
from address_match.indexer.elastic.stored.mapping import CONTENT
from address_match.indexer.elastic.stored.stored_files import restore_files, store_files
from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.manifest import IndexManifest
from tests.indexer.models import BUNDLE


class Documents:
    """An index in memory, asked as a cluster is."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Any]] = {}

    def ask(self, request: Callable[["Documents"], Any]) -> Any:
        return request(self)

    def index(self, *, index: str, id: str, document: dict[str, Any]) -> None:  # noqa: A002, ARG002 - as the client
        self.held[id] = document

    def get(self, *, index: str, id: str) -> dict[str, Any]:  # noqa: A002, ARG002 - as the client
        return {"_source": self.held[id]}


def silent(_stored: int, _pieces: int) -> None:
    """Say nothing."""


def stored(folder: Path) -> tuple[Documents, RetryingClient, Generation]:
    """Two files in documents, and the generation that names them."""
    (folder / "names").mkdir(parents=True)
    (folder / "names" / "a.npy").write_bytes(b"names")
    (folder / "words.arrow").write_bytes(bytes(range(256)) * 20_000)
    documents = Documents()
    client = cast("RetryingClient", documents)
    files = store_files(client, "a-000001", folder, 0, silent)
    manifest = IndexManifest(4, "a-000001", "", 1, 1, 1, 4, "a", BUNDLE, "r.csv", {}, files)
    return documents, client, Generation("a-000001", "a", COMPLETE, "", 1.0, manifest, 1)


def test_files_come_back_as_they_were(tmp_path: Path) -> None:
    _, client, generation = stored(tmp_path / "stored")
    restore_files(client, generation, tmp_path / "restored")
    for name in generation.manifest.files:
        assert (tmp_path / "restored" / name).read_bytes() == (tmp_path / "stored" / name).read_bytes()


def test_each_piece_that_is_stored_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "words.arrow").write_bytes(bytes(9_000_000))
    told: list[tuple[int, int]] = []
    store_files(cast("RetryingClient", Documents()), "a-000001", tmp_path, 0, lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({CONTENT: b64encode(b"nomes").decode()}, "names/a.npy of index a-000001 is not as it was stored"),
        ({CONTENT: b64encode(b"name").decode()}, "has 4 bytes of 5"),
        ({CONTENT: "no base64"}, "is damaged"),
        ({}, "is damaged"),
    ],
)
def test_a_document_that_was_altered_is_refused(tmp_path: Path, document: dict[str, Any], says: str) -> None:
    documents, client, generation = stored(tmp_path / "stored")
    documents.held["~names/a.npy~0~0"] = document
    with pytest.raises(IndexUnusableError) as refused:
        restore_files(client, generation, tmp_path / "restored")
    assert says in str(refused.value)
