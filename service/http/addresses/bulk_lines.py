"""Several addresses as lines of JSON (NDJSON), each read for itself, and their answers as such lines."""

from codecs import BOM_UTF8
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError

from address_match.service.errors import ServiceError
from address_match.service.http.addresses.address_parts import GivenAddress, texts_of
from address_match.service.http.entrance.bodies import refuse_equivocal
from address_match.service.http.errors import ClientGoneError
from address_match.service.http.problems.problem_response import respond_to
from address_match.service.http.routing.strict_request import AddressText, Request
from address_match.service.matching.answer import Answer
from address_match.service.wire.answer import answer_object

LINES = "/v1/bulk/lines"
"""Where lines are sent."""
MEDIA_TYPE = "application/x-ndjson"


class BulkLine(Request):
    """An address, and what to know it by again."""

    model_config = ConfigDict(strict=True)

    input: GivenAddress
    id: AddressText = ""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a line says."""

    text: str
    """Its address; empty where the line cannot be read."""
    id: str = ""
    problem: str = ""
    """Why it cannot be read; it repeats nothing of the line."""


_LINE: TypeAdapter[BulkLine | str] = TypeAdapter(BulkLine | AddressText, config=ConfigDict(strict=True))


def read_lines(body: bytes, refuse_count: Callable[[int], None]) -> list[ReadLine]:
    """Read what each line says, in order; blank ones say nothing, nor does a byte order mark before the first. How many there are is
    refused before any is read.
    """
    lines = [line for line in body.removeprefix(BOM_UTF8).split(b"\n") if line.strip()]
    refuse_count(len(lines))
    return [_read(number, line) for number, line in enumerate(lines, start=1)]


def _read(number: int, line: bytes) -> ReadLine:
    try:
        refuse_equivocal(line)
    except ServiceError as error:
        return ReadLine("", problem=f"line {number}: {error}")
    try:
        read = _LINE.validate_json(line)
    except ValidationError:
        return ReadLine(
            "", problem=f"line {number} is no JSON text, and no object of an input, and an id if it has one"
        )
    return ReadLine(read) if isinstance(read, str) else ReadLine(texts_of([read.input])[0], read.id)


async def answer_lines(
    lines: Sequence[ReadLine], chunks: AsyncIterator[Sequence[Answer]], limit: int, answered_by: str
) -> AsyncIterator[bytes]:
    """Write the answers of lines as their chunks come.

    An error after the first chunk has nowhere to go but a last line, which is its problem document.
    """
    done = 0
    try:
        async for answers in chunks:
            part = lines[done : done + len(answers)]
            yield b"".join(_written(*each, limit, answered_by) for each in zip(part, answers, strict=True))
            done += len(answers)
    except ClientGoneError:
        if not done:
            raise
    except Exception as error:
        if not done:
            raise
        yield bytes(respond_to(error).body) + b"\n"


def _written(line: ReadLine, answer: Answer, limit: int, answered_by: str) -> bytes:
    shown = answer_object(line.text, Answer.failed(line.problem) if line.problem else answer, limit=limit)
    if line.id:
        shown["id"] = line.id
    if answered_by:
        shown["answered_by"] = answered_by
    return orjson.dumps(shown, option=orjson.OPT_APPEND_NEWLINE)
