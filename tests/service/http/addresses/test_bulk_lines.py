"""Lines of addresses under /v1/bulk/lines."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.addresses.bulk_lines import ReadLine, answer_lines
from address_match.service.http.errors import ClientGoneError
from address_match.service.matching.answer import Answer
from tests.service.http.service_under_test import running

LINES = b"""\
{"id": "b", "input": "2 mill lane"}
"1 mill lane"

{"id": "c", "input": {"number": "1", "street": "Mill Lane"}}
{"id": "d", "inputs": "zq7secretlane"}
zq7secretlane
"\xff"
""\r
"""


def _read(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def test_each_line_is_answered_by_a_line_in_its_place() -> None:
    with running() as client:
        answer = client.post("/v1/bulk/lines", content=LINES)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    assert "zq7secretlane" not in answer.text
    found = _read(answer.content)
    assert [(one.get("id"), one["uprn"], one["reason"]) for one in found] == [
        ("b", "0200", ""),
        (None, "100", ""),
        ("c", "100", ""),
        (None, "", "error"),
        (None, "", "error"),
        (None, "", "error"),
        (None, "", "blank"),
    ]
    assert found[4]["error"].startswith("line 5 is no JSON text")


def test_a_byte_order_mark_before_the_first_line_says_nothing() -> None:
    with running() as client:
        plain, marked = (
            client.post("/v1/bulk/lines", content=mark + b'{"input": "1 mill lane"}\n')
            for mark in (b"", b"\xef\xbb\xbf")
        )
    assert marked.content == plain.content
    assert _read(marked.content)[0]["uprn"] == "100"


def test_the_answer_of_a_line_is_that_of_the_body() -> None:
    with running() as client:
        line = client.post("/v1/bulk/lines?limit=2&country=E", content=b'{"id":"a","input":"1 mill lane"}')
        asked = {"addresses": ["1 mill lane"], "ids": ["a"], "limit": 2, "country": "E"}
        body = client.post("/v1/bulk", json=asked)
    assert _read(line.content) == body.json()["answers"]


@pytest.mark.parametrize(
    ("query", "lines", "status"),
    [
        ("", b'"a"\n' * 4, 413),
        ("", b"{\n" * 4, 413),
        ("?limit=101", b'"a"', 422),
        ("?limits=1", b'"a"', 422),
        ("", b'"' + b"x" * 60_000 + b'"', 413),
    ],
)
def test_what_is_too_much_or_unknown_is_a_problem_and_no_stream(
    query: str, lines: bytes, status: int
) -> None:
    with running(bulk_addresses=3, body_bytes=50_000) as client:
        refused = client.post(f"/v1/bulk/lines{query}", content=lines)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")


def _written_until(error: Exception) -> bytes:
    async def chunks() -> AsyncIterator[list[Answer]]:
        yield [Answer.blank()]
        raise error

    async def written() -> bytes:
        lines = [ReadLine(""), ReadLine("")]
        return b"".join([part async for part in answer_lines(lines, chunks(), 1, "")])

    return asyncio.run(written())


def test_an_engine_that_goes_away_between_two_chunks_is_told_by_the_last_line() -> None:
    last = _read(_written_until(EngineUnavailableError("gone")))[-1]
    assert (last["status"], last["type"].rpartition("/")[2]) == (503, "engine-unavailable")


def test_nothing_more_is_written_for_a_client_that_has_gone() -> None:
    assert len(_read(_written_until(ClientGoneError("gone")))) == 1
