"""What the workers of the tests do; as a program it names two workers that sleep, and waits for its end."""

import os
import signal
import time

from address_match.worker_processes import done_in_order


def doubled(number: int) -> int:
    return 2 * number


_calls = 0


def counted(_number: int) -> tuple[int, int]:
    global _calls  # noqa: PLW0603 - what a process holds
    _calls += 1
    return os.getpid(), _calls


def fail_on(number: int) -> int:
    if number == 3:
        raise ValueError(f"not {number}")
    return number


def large(number: int) -> bytes:
    return bytes([number]) * 50_000_000


def killed_on(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def named_then_asleep(turn: int) -> int:
    if turn >= 2:
        time.sleep(600)
    return os.getpid()


def main() -> None:
    turns = ((None, turn) for turn in range(4))
    named = (pid for _, pid in done_in_order(named_then_asleep, turns, processes=2))
    print(next(named), next(named), flush=True)
    next(named)


if __name__ == "__main__":
    main()
