import asyncio
from collections.abc import Callable

from address_match.service.http.connections.joined_writes import JoinedWrites


class Sent(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.calls: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.calls.append(bytes(data))

    def write_eof(self) -> None:
        self.calls.append("eof")

    def close(self) -> None:
        self.calls.append("closed")


def sent_by(*rounds: Callable[[JoinedWrites], None]) -> list[bytes | str]:
    """What is sent by what is done in each round of an event loop."""

    async def in_loop() -> list[bytes | str]:
        sent = Sent()
        joined = JoinedWrites(sent, asyncio.get_running_loop())
        for each in rounds:
            each(joined)
            await asyncio.sleep(0)
        return sent.calls

    return asyncio.run(in_loop())


def write_head(joined: JoinedWrites) -> None:
    joined.write(b"head ")


def write_body(joined: JoinedWrites) -> None:
    joined.write(b"body")


def write_both(joined: JoinedWrites) -> None:
    write_head(joined)
    write_body(joined)


def end_each(joined: JoinedWrites) -> None:
    write_head(joined)
    joined.write_eof()
    write_body(joined)
    joined.close()


def test_a_head_is_sent_with_what_follows_at_once() -> None:
    assert sent_by(write_both, write_both) == [b"head body", b"head body"]


def test_a_part_alone_is_sent_before_the_loop_has_gone_round() -> None:
    assert sent_by(write_head, write_body) == [b"head ", b"body"]


def test_all_is_sent_before_the_end() -> None:
    assert sent_by(end_each) == [b"head ", "eof", b"body", "closed"]
