from collections.abc import Sequence
from typing import Protocol

from address_match.indexer.retrieval import Retriever
from address_match.parser.parse import Parse
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation


class Parser(Protocol):
    """What addresses are parsed by."""

    def parse_batch(self, texts: Sequence[str], *, nbest: int = 0) -> Sequence[Parse]:
        """Parse each text, in order, with `nbest` of its best parses."""
        ...


class ServedPipeline(Protocol):
    """What the service answers with; `address_match.service.matching.pipeline.MatchPipeline` is one."""

    @property
    def parser(self) -> Parser:
        """The parser of the pipeline."""
        ...

    @property
    def retriever(self) -> Retriever:
        """The engine that holds the reference."""
        ...

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        """Answer each text, in order."""
        ...

    def explain_each(self, texts: Sequence[str], *, top: int = 5) -> list[Explanation]:
        """Answer each text, in order, and show what each answer rests on."""
        ...

    def close(self) -> None:
        """Release what was opened."""
        ...
