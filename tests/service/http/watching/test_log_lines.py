"""The log says which request it speaks of, in one form, and holds no word of an address at any level."""

import io
import json
import logging
from collections.abc import Iterator, Sequence

import pytest

from address_match.service.http.request_id import request_id
from address_match.service.http.watching.answered_request import AnsweredRequest
from address_match.service.http.watching.log_lines import (
    OTHERS,
    OURS,
    JsonLines,
    TextLines,
    log_request,
    log_to,
)
from address_match.service.matching.answer import Answer
from address_match.service.settings.server_settings import LogSettings, ServerSettings
from tests.service.http.connections.test_protocol import answering, application, connected, said
from tests.service.http.service_under_test import SmallPipeline

WORDS = ("zephyrine", "quincewell", "mossbarrow", "zz91")
"""No word of ours: what stands in a log of them came from an address."""
ADDRESS = "9 Zephyrine Quincewell, Mossbarrow, ZZ91 4QT"
ANSWERED = AnsweredRequest("/v1/parse", "GET", 200, 0.0123, "0123456789ab")


@pytest.fixture(autouse=True)
def _loggers_as_they_were() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in (OURS, *OTHERS)]
    before = [(one.level, one.propagate, list(one.handlers)) for one in loggers]
    yield
    for one, (level, propagate, handlers) in zip(loggers, before, strict=True):
        one.setLevel(level)
        one.propagate, one.handlers = propagate, handlers


def logged(log_format: str, log_level: str = "debug") -> io.StringIO:
    stream = io.StringIO()
    log_to(stream, LogSettings.model_validate({"log_format": log_format, "log_level": log_level}))
    return stream


class FragilePipeline(SmallPipeline):
    """Fails on an address, quoting it, as a library may."""

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:  # noqa: ARG002
        raise ValueError(f"cannot read {texts}")


def requests() -> Iterator[bytes]:
    """The address in every place of a request where it may stand, rightly and wrongly."""
    text = ADDRESS.replace(" ", "+")
    bodies = [
        json.dumps({"input": ADDRESS}),
        json.dumps({"addresses": [ADDRESS]}),
        json.dumps({ADDRESS: 1}),
        ADDRESS,
    ]
    for path in (
        f"/v1/addresses?input={text}",
        f"/v1/addresses?{text}",
        f"/v1/parse?input={text}&nbest={text}",
    ):
        yield f"GET {path} HTTP/1.1\r\n".encode()
    yield f"GET /v1/addresses/{text} HTTP/1.1\r\n".encode()
    yield f"GET /{text} HTTP/1.1\r\n".encode()
    yield f"GET /v1/addresses?input={text}&explain=true HTTP/1.1\r\nX-Request-ID: {text}\r\n".encode()
    yield f"{ADDRESS} / HTTP/1.1\r\n".encode()
    for path in ("/v1/addresses", "/v1/bulk"):
        for body in bodies:
            head = (
                f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n"
            )
            yield f"{head}Connection: close\r\n\r\n{body}".encode()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_word_of_an_address_is_logged_at_any_level(log_format: str) -> None:
    stream, settings = logged(log_format), ServerSettings(idle_seconds=1)
    for pipeline in (SmallPipeline(), FragilePipeline()):
        with answering(application(settings, pipeline), settings) as port:
            for request in requests():
                with connected(port) as connection:
                    end = b"" if request.startswith(b"POST") else b"Host: x\r\nConnection: close\r\n\r\n"
                    connection.sendall(request + end)
                    assert said(connection).startswith(b"HTTP/1.1 ")
    log = stream.getvalue().lower()
    assert "answered" in log
    assert "unexpected valueerror in fragilepipeline.match" in log
    assert [word for word in WORDS if word in log] == []


def test_each_line_of_json_names_the_request_that_it_speaks_of() -> None:
    stream, settings = logged("json", "info"), ServerSettings(idle_seconds=1)
    with answering(application(settings, FragilePipeline()), settings) as port, connected(port) as connection:
        connection.sendall(
            b"GET /v1/addresses?input=x HTTP/1.1\r\nHost: x\r\nX-Request-ID: frame-7\r\nConnection: close\r\n\r\n"
        )
        said(connection)
    answered, fault = map(json.loads, stream.getvalue().splitlines())
    assert (fault["level"], fault["request_id"]) == ("error", "frame-7")
    assert answered["request_id"] == "frame-7"
    facts = answered["method"], answered["route"], answered["status"]
    assert facts == ("GET", "/v1/addresses", 500)


def test_requests_are_logged_from_info_on() -> None:
    stream = logged("text", "warning")
    log_request(ANSWERED)
    assert stream.getvalue() == ""
    stream = logged("text", "info")
    log_request(ANSWERED)
    line = stream.getvalue().partition("INFO ")[2]
    assert line == "answered method=GET route=/v1/parse status=200 milliseconds=12.3 key=0123456789ab\n"


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_of_an_error_its_class_and_place_are_logged(form: logging.Formatter) -> None:
    """As the event loop logs one that nobody waited for, and the server one of an answer that had begun."""
    with pytest.raises(ValueError, match="Zephyrine") as failed:
        int(ADDRESS)
    said = f"Task exception was never retrieved\nfuture: <Task exception={failed.value!r}>"
    line = form.format(
        logging.LogRecord("asyncio", logging.ERROR, "", 0, said, None, (failed.type, failed.value, failed.tb))
    )
    assert "Task exception was never retrieved: ValueError in test_of_an_error_its_class" in line
    assert [word for word in WORDS if word in line.lower()] == []
    assert "\n" not in line


def test_a_line_outside_of_a_request_names_none() -> None:
    request_id.set("-")
    record = logging.LogRecord("address_match.http", logging.WARNING, "", 0, "x", None, None)
    assert "request_id" not in json.loads(JsonLines().format(record))


def test_what_the_server_says_of_each_bad_request_is_written_once_in_ten_seconds() -> None:
    stream = logged("text")
    for _ in range(100):
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
        logging.getLogger("address_match.http").warning("ours")
    for _ in range(2):
        logging.getLogger("uvicorn.error").error("broken")
    lines = [line.rpartition(" ")[2] for line in stream.getvalue().splitlines()]
    assert {word: lines.count(word) for word in set(lines)} == {"received.": 1, "ours": 100, "broken": 2}
