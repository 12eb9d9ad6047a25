"""Whether hostile requests bring the service down: bytes that are no HTTP, heads and bodies that do not keep to it, and
routes with whatever values.

They go over real connections of this machine, several at a time, the same ones for the same seed. Reported are the
answers by their status. Fails where anything with 5xx is answered, where nothing is answered though the service has
read all that it waits for, or where the service has ended.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from urllib.parse import quote_from_bytes

from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Result, Table, publish
from benchmarks.harness.served import resident_mib, serving
from benchmarks.harness.synthetic import Country, index_of

PREMISES = 2_000
REQUESTS = 100_000
SEED = 11
LEFT_OUT = 0.05
CLIENTS = 8
AIMS, OS_PLACES = "/aims", "/os"
LONGEST_WAIT_SECONDS = 30.0
CLOSED, LOST = 0, -1
"""Instead of a status: the connection was closed without an answer, and none came in time."""
ROUTES = (
    "/v1/addresses",
    "/v1/suggest",
    "/v1/postcodes/",
    "/v1/streets",
    "/v1/lookup",
    "/v1/random",
    "/v1/parse",
    "/v1/bulk",
    "/v1/bulk/lines",
    "/v1/feedback",
    "/v1/jobs",
    "/v1/jobs/addresses",
    f"{AIMS}/addresses",
    f"{AIMS}/addresses/partial",
    f"{AIMS}/addresses/eq",
    f"{AIMS}/addresses/multiuprn",
    f"{AIMS}/bulk",
    f"{AIMS}/bulk-service/bulk",
    f"{OS_PLACES}/find",
    f"{OS_PLACES}/nearest",
    "/",
    "/docs/problems/",
    "/readyz",
)
NAMES = (
    *("input", "q", "query", "limit", "offset", "fields", "box", "lat", "lon", "radius", "as_at", "cursor"),
    *(
        "classification",
        "uprn",
        "uprns",
        "addresses",
        "ids",
        "epoch",
        "fq",
        "point",
        "srs",
        "name",
        "dataset",
    ),
)
METHODS = (b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"TRACE", b"BREW", b"get", b"")
TYPES = (b"application/json", b"text/plain", b"application/xml", b"multipart/form-data", b"\xff", b"")
TEXTS = ("12 mill lane", "\x00", "../../etc/passwd", "%s%n", "' OR 1=1 --", "<script>", "\u202e\u0301", "NaN")
HEADERS = (
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Transfer-Encoding: gzip, chunked",
    b"Content-Encoding: br",
    b"Expect: 100-continue",
    b"Upgrade: h2c\r\nConnection: upgrade",
    b"Authorization: Bearer \xff",
    b"Host: a\r\nHost: b",
    b"X-Request-ID: \x01",
    b"Cookie: " + b"a=b; " * 500,
    b"X: " + b"y" * 70_000,
    b"no colon",
)
FRAMINGS = (
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding:\r\n chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: 3",
    b"Content-Length: 3\r\nContent-Length: 5",
    b"Content-Length: +3",
)
EXTENSIONS = (b"", b"", b";a=b", b";" + b"x" * 70_000, b"\t;\n", b" ")
ENDS = (
    b"0\r\n\r\n",
    b"0\r\nX-Request-ID: a\r\n\r\n",
    b"0\r\nContent-Length: 1\r\n\r\n",
    b"0\n\n",
    b"-1\r\n",
    b"",
)
"""Of a body in chunks, some with headers behind it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, write the result, and return 1 where the service failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=REQUESTS, seed=SEED)
    options = parser.parse_args(arguments)
    index = index_of(
        Country(options.seed, options.size, LEFT_OUT), bundle=options.bundle, reuse=options.reuse
    )
    with TemporaryDirectory() as jobs:
        more = ("--aims-prefix", AIMS, "--os-prefix", OS_PLACES, "--jobs", jobs)
        with serving(index, options.bundle, *more) as (server, port):
            begun, before = time.perf_counter(), resident_mib(server.pid)
            statuses = asyncio.run(_asked(port, options.queries, options.seed))
            seconds, has_ended = time.perf_counter() - begun, server.poll() is not None
            grown = 0.0 if has_ended else resident_mib(server.pid) - before
    failures = sum(count for status, count in statuses.items() if status >= 500 or status == LOST)
    result = Result(
        benchmark="hostile",
        settings={"seed": options.seed, "clients": CLIENTS},
        figures={
            "requests": statuses.total(),
            "requests_per_second": statuses.total() / seconds,
            "failures": failures + has_ended,
            "memory_growth_mib": grown,
        },
        tables=(Table("Answers", ("status", "requests"), tuple(sorted(statuses.items()))),),
    )
    publish(result, options.out)
    return 1 if failures or has_ended else 0


async def _asked(port: int, count: int, seed: int) -> Counter[int]:
    """Ask so many requests, each over a connection of its own, and count what came of them."""
    statuses: Counter[int] = Counter()
    dice = random.Random(seed)
    waiting = (hostile(dice) for _ in range(count))

    async def client() -> None:
        for request in waiting:
            status = await _status_of(port, request)
            statuses[status] += 1
            if status >= 500 or status == LOST:
                print(f"{status}: {request[:300]!r}", flush=True)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return statuses


async def _status_of(port: int, request: bytes) -> int:
    """Send a request and nothing behind it; return the status of its answer."""
    try:
        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                writer.write_eof()
                head = await reader.readline()
                await reader.read()
            finally:
                writer.close()
    except TimeoutError:
        return LOST
    except OSError:
        return CLOSED
    return int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else CLOSED


def hostile(dice: random.Random) -> bytes:
    """Return the bytes of one request."""
    kinds: tuple[Callable[[random.Random], bytes], ...] = (
        *(_noise, _odd_head, _odd_url, _odd_body, _odd_body),
        _odd_frames,
    )
    return dice.choice(kinds)(dice)


def _noise(dice: random.Random) -> bytes:
    """Give bytes that are no HTTP, or begin as if they were."""
    return dice.choice((b"", b"GET / HTTP/1.1\r\n", b"PRI * HTTP/2.0\r\n\r\n")) + dice.randbytes(
        dice.randint(1, 200)
    )


def _odd_head(dice: random.Random) -> bytes:
    method, url = dice.choice(METHODS), dice.choice((_url(dice), b"*", b"//", b"http://elsewhere/", b"/\x00"))
    version = dice.choice((b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/3", b""))
    headers = dice.sample(HEADERS, dice.randint(0, 3))
    return b"\r\n".join(
        [b" ".join((method, url, version)), b"Host: localhost", b"Connection: close", *headers, b"", b""]
    )


def _odd_url(dice: random.Random) -> bytes:
    return b"GET " + _url(dice) + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def _odd_body(dice: random.Random) -> bytes:
    body = _body(dice)
    length = b"Content-Length: %d" % len(body)
    if dice.random() < 0.2:
        length, body = b"Transfer-Encoding: chunked", b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    head = [b"POST " + dice.choice(ROUTES).encode() + b" HTTP/1.1", b"Host: localhost", b"Connection: close"]
    return b"\r\n".join([*head, b"Content-Type: " + dice.choice(TYPES), length, b"", body])


def _odd_frames(dice: random.Random) -> bytes:
    """Give a body in frames that two readers may read in two ways, and another request behind it."""
    version = dice.choice((b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0"))
    head = [b"POST " + dice.choice(ROUTES).encode() + b" " + version, b"Host: localhost"]
    head += [b"Content-Type: application/json", dice.choice(FRAMINGS), b"", b""]
    body, length = _body(dice), dice.randint(1, 50)
    parts = [body[start : start + length] for start in range(0, min(len(body), 1_000), length)]
    chunks = b"".join(b"%x%b\r\n%b\r\n" % (len(part), dice.choice(EXTENSIONS), part) for part in parts)
    return b"\r\n".join(head) + chunks + dice.choice(ENDS) + _odd_url(dice)


def _url(dice: random.Random) -> bytes:
    query = "&".join(f"{dice.choice(NAMES)}={_encoded(dice)}" for _ in range(dice.randint(0, 4)))
    return f"{dice.choice(ROUTES)}{_encoded(dice) if dice.random() < 0.3 else ''}?{query}".encode()


def _encoded(dice: random.Random) -> str:
    value = dice.choice(
        (dice.choice(TEXTS).encode(), dice.randbytes(dice.randint(0, 12)), b"9" * dice.randint(1, 400))
    )
    return quote_from_bytes(value, safe="")


def _body(dice: random.Random) -> bytes:
    """Give JSON of any shape, cut or altered at times, or bytes."""
    written = json.dumps({dice.choice(NAMES): _value(dice, 3) for _ in range(dice.randint(0, 4))}).encode()
    match dice.randrange(5):
        case 0:
            return written[: dice.randint(0, len(written))]
        case 1:
            return dice.choice(
                (b"[" * 50_000, b'{"input":' * 5_000, b"\xef\xbb\xbf" + written, b"\x1f\x8b" + written)
            )
        case 2:
            return dice.randbytes(dice.randint(0, 500))
        case _:
            return written


def _value(dice: random.Random, depth: int) -> object:
    leaves = (
        None,
        True,
        -1,
        2**70,
        1e308,
        float("nan"),
        dice.choice(TEXTS),
        "\ud800",
        "x" * dice.randint(0, 2_000),
    )
    if depth and dice.random() < 0.4:
        inner = [_value(dice, depth - 1) for _ in range(dice.randint(0, 4))]
        return inner if dice.random() < 0.5 else {dice.choice(NAMES): value for value in inner}
    return dice.choice(leaves)


if __name__ == "__main__":
    sys.exit(main())
