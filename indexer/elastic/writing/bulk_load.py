"""The bulk load of a new index: claimed by one build, written by checkpoints, merged, and only then searched."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from elastic_transport import ObjectApiResponse

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.checkpoint import (
    Checkpoint,
    claim_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from address_match.indexer.elastic.stored.documents import SortedTexts, TextDocument, documents
from address_match.indexer.elastic.stored.generations import BUILDING, COMPLETE, Generation, Generations
from address_match.indexer.elastic.stored.mapping import (
    IndexLayout,
    mapping,
    settings_in_force,
    settings_while_building,
)
from address_match.indexer.elastic.stored.stored_files import store_files
from address_match.indexer.elastic.writing.bulk_writer import DOCUMENTS_A_REQUEST, BulkWriter, in_parallel
from address_match.indexer.errors import (
    BuildError,
    EngineRefusedError,
    EngineUnavailableError,
    IndexUnusableError,
)
from address_match.indexer.reference.load import Progress
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.sources.table_batch import RowError

_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_BETWEEN_SIGNS_OF_LIFE = 20.0
_SECONDS_OF_A_LEASE = 45.0
_SECONDS_FOR_A_NODE = 60.0
"""In which a node that was started again has its shards back."""
_TEXTS_WORTH_WAITING = 20_000
"""For whose leases a merge waits."""
_EXISTS = "resource_already_exists_exception"


def refuse_living_builds(
    client: RetryingClient, generations: Generations
) -> list[tuple[Generation, Checkpoint | None]]:
    """Return the indices that dead builds left unfinished, and how far each had come; raises BuildError while one is
    still being built.

    One whose node stays away is left out: nothing can be written to it, nor read of who builds it.
    """
    unfinished = [
        generation
        for generation in generations.all()
        if generation.state == BUILDING and _is_whole(client, generation.index)
    ]
    found = [(generation, read_checkpoint(client, generation.index)) for generation in unfinished]
    for generation, checkpoint in found:
        if checkpoint is not None:
            checkpoint.refuse_living_owner(
                generation.index, partial(read_checkpoint, client, generation.index)
            )
    return found


@dataclass
class BulkLoad:
    """An index on its way to be complete; of one build, which takes it from state to state:

        begin ──► begun ──write──► written ──store_statistics──► counted ──merge──► merged ──complete──► complete
                    ▲                 │                             │                 │
                    └─ broken off ────┴─────────────────────────────┴─────────────────┘

    A build that is broken off in any state before the last leaves an unfinished index, and the next one of the same
    work begins with it: what its checkpoint says is written is not sent again. `begin_again` takes an index whose texts
    are found wanting after the merge back to having none written. What is complete is put in force by `Generations`.
    """

    client: RetryingClient
    generations: Generations
    generation: Generation
    layout: IndexLayout
    checkpoint: Checkpoint
    resumed_from: int

    @classmethod
    def begin(
        cls,
        client: RetryingClient,
        generations: Generations,
        planned: Generation,
        layout: IndexLayout,
    ) -> "BulkLoad":
        """Go on with the index that the same work left unfinished, or create the one that is planned; raises BuildError
        while another build is under way.
        """
        for unfinished, seen in refuse_living_builds(client, generations):
            if unfinished.work == planned.work:
                generations.add_place_fields(unfinished.index)
                checkpoint = claim_checkpoint(client, unfinished.index, seen)
                return cls(client, generations, unfinished, layout, checkpoint, checkpoint.written)
        settings = settings_while_building(layout)
        mappings = mapping(planned.manifest.dimensions, layout, planned.as_meta())
        try:
            client.ask(
                lambda es: es.indices.create(index=planned.index, mappings=mappings, settings=settings)
            )
        except EngineRefusedError as error:
            if _EXISTS not in str(error):
                raise
            raise BuildError(f"Another build has just begun to write {planned.index}; wait for it") from error
        write_checkpoint(client, planned.index, Checkpoint())
        return cls(client, generations, planned, layout, Checkpoint(), 0)

    def write(
        self, sorted_reference: SortedReference, version: int, progress: Progress
    ) -> tuple[RowError, ...]:
        """Write all texts from the checkpoint on; return those that the cluster refused, with their lines."""
        texts = SortedTexts(sorted_reference)
        writer = BulkWriter(self.client, self.generation.index)
        progress("write", self.checkpoint.written, len(texts))
        requests = _requests(texts, self.checkpoint.written)
        for sent in in_parallel(requests, lambda part: writer.write(part, version)):
            done = min(self.checkpoint.written + DOCUMENTS_A_REQUEST, len(texts))
            self.checkpoint = replace(
                self.checkpoint, written=done, refused=(*self.checkpoint.refused, *sent.refused)
            )
            self._sign_of_life()
            progress("write", done, len(texts))
        return self.checkpoint.refused

    def store_statistics(
        self, folder: Path, refused: int, problems: dict[str, int], progress: Progress
    ) -> None:
        """Store the statistics files of the reference beside its texts; `complete` names them in the mapping."""
        # A segment of its own: what is in one segment already is not merged, and keeps the documents as they were sent.
        self.client.ask(lambda es: es.indices.refresh(index=self.generation.index))

        def tell(stored: int, pieces: int) -> None:
            self._sign_of_life()
            progress("count", stored, pieces)

        files = store_files(self.client, self.generation.index, folder, self.generation.counted, tell)
        manifest = self.generation.manifest
        manifest = replace(manifest, texts=manifest.texts - refused, problems=problems, files=files)
        self.generation = replace(self.generation, manifest=manifest)

    def merge(self, progress: Progress) -> None:
        """Make one segment of each shard: a search then walks one graph of neighbours, and always the same way.

        A merge that ended with its node is begun again when the node is back.
        """
        progress("merge", 0, None)
        index = self.generation.index
        if self.checkpoint.written >= _TEXTS_WORTH_WAITING:
            await_leases(self.client, index)
        while not self._merged():
            self._refuse_without_shards()
        self.client.ask(lambda es: es.indices.refresh(index=index))

    def _refuse_without_shards(self) -> None:
        """Wait for a shard whose node is away; raises EngineUnavailableError when it stays away."""
        if not _is_whole(self.client, self.generation.index):
            raise EngineUnavailableError(
                f"A shard of {self.generation.index} is away with its node. Start the node and build again, or build "
                "again without it: that begins a new index"
            )

    def _merged(self) -> bool:
        """Merge once; False when that was broken off."""
        index = self.generation.index
        self.client.ask(lambda es: es.indices.refresh(index=index))
        started = self.client.ask_for(
            lambda es: es.indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False),
            lambda answer: str(answer["task"]),
        )
        signalled = time.monotonic()
        try:
            while not (task := self._task(started))["completed"]:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
                if time.monotonic() - signalled > _SECONDS_BETWEEN_SIGNS_OF_LIFE:
                    self._sign_of_life()
                    signalled = time.monotonic()
        except IndexUnusableError:  # the task went with the node that it ran on
            return False
        shards = task["response"]["_shards"]
        return bool(shards["successful"] >= self.layout.shards and not shards["failed"])

    def begin_again(self) -> None:
        """Write down that nothing is written: the next build of the same texts sends them all once more."""
        write_checkpoint(self.client, self.generation.index, Checkpoint())

    def _task(self, task: str) -> Any:
        # The client's own method warns that it may change; the route has been the same for many releases.
        answer = self.client.ask(
            lambda es: es.perform_request("GET", f"/_tasks/{task}", headers={"accept": "application/json"})
        )
        return answer.body

    def complete(self, progress: Progress) -> None:
        """Give the index its replicas and mark it complete; raises BuildError when they do not come."""
        index, seconds = self.generation.index, self.layout.seconds_to_replicate
        copies = self.layout.shards * (1 + self.layout.replicas)
        progress("replicate", 0, copies)
        self.client.ask(
            lambda es: es.indices.put_settings(index=index, settings=settings_in_force(self.layout))
        )
        until = time.monotonic() + seconds
        while (health := self._health_by(until))["timed_out"]:
            progress("replicate", health["active_shards"], copies)
            if time.monotonic() >= until:
                raise BuildError(
                    f"{self.layout.replicas} replicas of {index} did not come up in {seconds} s: the cluster has "
                    f"{health['number_of_data_nodes']} data nodes. Add nodes, or build with fewer --replicas"
                )
            self._sign_of_life()
        self.generation = replace(self.generation, state=COMPLETE)
        self.generations.write(self.generation)

    def _health_by(self, until: float) -> Any:
        """Return the health of the index once it has all copies, at the moment named, or when a sign of life is due."""
        seconds = min(max(until - time.monotonic(), 0.0), _SECONDS_BETWEEN_SIGNS_OF_LIFE)
        return self.client.ask(
            lambda es: es.options(request_timeout=seconds + 30, ignore_status=408).cluster.health(
                index=self.generation.index, wait_for_status="green", timeout=f"{seconds * 1_000:.0f}ms"
            )
        )

    def _sign_of_life(self) -> None:
        write_checkpoint(self.client, self.generation.index, self.checkpoint)


def await_leases(client: RetryingClient, index: str) -> None:
    """Wait until the cluster no longer keeps the documents as they were sent, in case a copy has to catch up.

    It lets go of them every 30 seconds, of what was flushed. A merge before that would carry them along, and they
    are half of the index.
    """

    def have_let_go(stats: ObjectApiResponse[Any]) -> bool:
        copies = stats["indices"][index]["shards"].values()
        return all(_lets_go(shard) for shards in copies for shard in shards)

    client.ask(lambda es: es.indices.flush(index=index))
    until = time.monotonic() + _SECONDS_OF_A_LEASE
    while time.monotonic() < until:
        if client.ask_for(lambda es: es.indices.stats(index=index, level="shards"), have_let_go):
            break
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    client.ask(lambda es: es.indices.flush(index=index))


def _is_whole(client: RetryingClient, index: str) -> bool:
    """Return whether every shard of an index can be written to, after some patience."""
    seconds = min(_SECONDS_FOR_A_NODE, client.patience.seconds)
    return client.ask_for(
        lambda es: es.options(request_timeout=seconds + 30, ignore_status=408).cluster.health(
            index=index, wait_for_status="yellow", timeout=f"{seconds:g}s"
        ),
        lambda health: not health["timed_out"],
    )


def _lets_go(shard: dict[str, Any]) -> bool:
    leases = shard["retention_leases"]["leases"]
    return all(lease["retaining_seq_no"] > shard["seq_no"]["global_checkpoint"] for lease in leases)


def _requests(texts: SortedTexts, first: int) -> Iterator[list[TextDocument]]:
    for start in range(first, len(texts), DOCUMENTS_A_REQUEST):
        yield list(documents(texts.at(np.arange(start, min(start + DOCUMENTS_A_REQUEST, len(texts))))))
