"""What the workers of the tests do; as a program it names two workers that sleep, and waits for its end."""

import os
import time

from address_match.worker_processes import worker_pool


def doubled(number: int) -> int:
    return 2 * number


def fail_on(number: int) -> int:
    if number == 3:
        raise ValueError(f"not {number}")
    return number


def named(_turn: int) -> int:
    time.sleep(0.5)  # so that each worker takes one
    return os.getpid()


def asleep(_turn: int) -> None:
    time.sleep(600)


def main() -> None:
    with worker_pool(2) as pool:
        pids: set[int] = set()
        while len(pids) < 2:
            pids |= set(pool.map(named, range(2)))
        print(*pids, flush=True)
        list(pool.map(asleep, range(4)))


if __name__ == "__main__":
    main()
