"""A cluster that answers as none should: an error in our own terms comes of it, or the whole answer, never half of one."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from typing import Any

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.connection.retrying_client import Patience
from address_match.indexer.elastic.elastic_index import ElasticIndex, read_generation
from address_match.indexer.elastic.search.searcher import Searcher
from address_match.indexer.elastic.stored.documents import TextDocument
from address_match.indexer.elastic.writing.bulk_writer import BulkWriter
from address_match.indexer.errors import IndexerError
from benchmarks.chaos.outcome import Outcome

_HASTY = Patience(request_seconds=0.3, seconds=0.4, waits_out_failures=False)
_HIT = {"_id": "100#0"}
_WHOLE: dict[str, Any] = {
    "status": 200,
    "timed_out": False,
    "_shards": {"total": 3, "failed": 0},
    "hits": {"hits": [_HIT]},
}
_ERRORS = {
    400: {"error": {"type": "mapper_parsing_exception", "reason": "mapping conflict"}},
    403: {"error": {"type": "cluster_block_exception", "reason": "index read-only / allow delete"}},
    429: {"error": {"type": "es_rejected_execution_exception", "reason": "queue capacity = 1"}},
    500: {"error": {"type": "null_pointer_exception", "reason": "oh"}},
    503: {"error": {"type": "no_shard_available_action_exception", "reason": "none"}},
}


def broken_clusters(tries: int, dice: Random) -> Outcome:
    """Search in, write to and open an index of a cluster whose answers are cut, wrong, partial or errors."""
    outcome = Outcome("Elasticsearch that answers errors, halves and nonsense")
    with _answering(dice) as cluster:
        for _ in range(tries):
            index = ElasticIndex(cluster, "addresses", _HASTY)
            ask = dice.choice((_search, _write, read_generation))
            try:
                found: object = ask(index)
            except IndexerError:
                outcome.add([])
            except Exception as error:  # noqa: BLE001 - whatever is none of ours is what is looked for
                outcome.add([f"{ask.__name__}: {type(error).__name__}: {error}"])
            else:
                outcome.add([] if found in ([[_HIT]], 2) else [f"{ask.__name__}: half an answer: {found!r}"])
    return outcome


def _search(index: ElasticIndex) -> object:
    with closing(index.connect()) as client, closing(Searcher(client, "addresses-000001")) as searcher:
        return searcher.search([{}])


def _write(index: ElasticIndex) -> object:
    documents = [TextDocument(f"{n}#0", n, b"{}") for n in range(2)]
    with closing(index.connect()) as client:
        sent = BulkWriter(client, "addresses-000001").write(documents, 1)
    return sent.written + len(sent.newer) + len(sent.refused)


def _answer(path: str, dice: Random) -> tuple[int, bytes]:
    status = dice.choice((200, 200, 200, *_ERRORS))
    if status != 200:
        return status, json.dumps({**_ERRORS[status], "status": status}).encode()
    whole: Any = (
        {"took": 1, "responses": [_WHOLE]}
        if "_msearch" in path
        else {"took": 1, "errors": False, "items": [{"index": {"status": 201}}] * 2}
    )
    content = json.dumps(_spoilt(whole, dice)).encode()
    return 200, content[: dice.randrange(len(content))] if dice.random() < 0.2 else content


def _spoilt(value: Any, dice: Random) -> Any:
    """Leave a part of an answer out, or put something else in its place."""
    if value == [_HIT]:
        return dice.choice((value, value, value, None, "x"))
    if dice.random() < 0.05:
        return dice.choice((None, [], {}, "x"))
    if isinstance(value, dict):
        return {key: _spoilt(each, dice) for key, each in value.items() if dice.random() > 0.05}
    if isinstance(value, list):
        return [_spoilt(each, dice) for each in value if dice.random() > 0.05]
    return value


@contextmanager
def _answering(dice: Random) -> Iterator[Cluster]:
    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            status, content = _answer(self.path, dice)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_POST = do_PUT = do_HEAD = do_DELETE = do_GET

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_arguments: object) -> None:
            """A client that did not wait for the answer is not notified."""

    with Server(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Cluster(f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
