"""A large object in ranges that are fetched ahead, several at a time: over a long way one stream fills a fraction of the line.

Where the first range came fast, one stream is faster than several (`make bench-s3`): threads take turns in one interpreter.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from botocore.exceptions import BotoCoreError

from auditor.scanners._s3_errors import S3Error

PART: Final = 8 << 20
"""Bytes of one range."""
AHEAD: Final = 4
"""Ranges in flight for one object: 32 MiB of memory."""
LARGE: Final = 4 * PART
"""Objects below this size are read in one stream."""

FAST: Final = 100e6
"""Bytes a second from which on one stream is enough."""

Get = Callable[..., dict[str, Any]]
"""`get_object` with the object's key and version filled in."""


def first_range() -> str:
    """What to ask for when an object is said to be large."""
    return f"bytes=0-{PART - 1}"


def total_of(answer: dict[str, Any]) -> int | None:
    """The object's whole size by an answer to `first_range`; None where the service sent something else."""
    told = re.fullmatch(r"bytes 0-(\d+)/(\d+)", str(answer.get("ContentRange", "")))
    return int(told[2]) if told and int(told[1]) + 1 == min(PART, int(told[2])) else None


def ranges(get: Get, total: int, same: dict[str, str], threads: ThreadPoolExecutor) -> Iterator[bytes]:
    """Everything behind the first range, in order. Ends early, silently, where a range could not be had whole: the caller counts."""
    starts = iter(range(PART, total, PART))
    waiting: deque[Future[bytes]] = deque()

    def ask() -> None:
        start = next(starts, None)
        if start is not None:
            waiting.append(threads.submit(_part, get, start, min(start + PART, total), total, same))

    try:
        for _ in range(AHEAD):
            ask()
        while waiting:
            data = waiting.popleft().result()
            if not data:
                return
            ask()
            yield data
    finally:
        for future in waiting:
            future.cancel()


def _part(get: Get, start: int, end: int, total: int, same: dict[str, str]) -> bytes:
    """One range, whole; b"" where anything is wrong with it."""
    try:
        answer = get(**same, Range=f"bytes={start}-{end - 1}")
    except S3Error:
        return b""
    body = answer["Body"]
    try:
        if answer.get("ContentRange") != f"bytes {start}-{end - 1}/{total}":
            return b""
        data: bytes = body.read(end - start)
    except (BotoCoreError, OSError):
        return b""
    finally:
        body.close()
    return data if len(data) == end - start else b""
