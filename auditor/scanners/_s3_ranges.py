"""A large object in ranges that are fetched ahead, several at a time: over a long way one stream fills a fraction of the line.

Where the first range came fast, one stream is faster than several (`make bench-s3`): threads take turns in one interpreter.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, Final

from botocore.exceptions import BotoCoreError

from auditor.scanners._s3_errors import S3Error

PART: Final = 8 << 20
"""Bytes of one range."""
PIECE: Final = 1 << 20
"""Bytes that are read at once, and then counted."""
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


def is_part(answer: dict[str, Any]) -> bool:
    """Whether an answer is a part of the object (206): its ContentLength is the part's."""
    return (
        "ContentRange" in answer
        or answer.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.PARTIAL_CONTENT
    )


def part_of(answer: dict[str, Any], start: int) -> int | None:
    """The object's whole size by a part that begins at `start`; None where it begins elsewhere or does not say (`/*`)."""
    told = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", str(answer.get("ContentRange", "")))
    return int(told[3]) if told and start == int(told[1]) <= int(told[2]) < int(told[3]) else None


def total_of(answer: dict[str, Any]) -> int | None:
    """The object's whole size by an answer to `first_range` that is all of it; None where the service sent something else."""
    total = part_of(answer, 0)
    return total if total and answer.get("ContentRange") == f"bytes 0-{min(PART, total) - 1}/{total}" else None


def ranges(
    get: Get, took: Callable[[int], None], total: int, same: dict[str, str], threads: ThreadPoolExecutor
) -> Iterator[bytes]:
    """Everything behind the first range, in order. Ends early, silently, where a range could not be had whole: the caller counts.

    `took` is told of bytes as they arrive, in the threads; what it raises is raised here (TargetError: the hours are over).
    """
    starts = iter(range(PART, total, PART))
    waiting: deque[Future[bytes]] = deque()
    stopped = threading.Event()

    def ask() -> None:
        start = next(starts, None)
        if start is not None:
            end = min(start + PART, total)
            waiting.append(threads.submit(_part, get, took, stopped, start, end, total, same))

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
        stopped.set()
        for future in waiting:
            future.cancel()


def _part(
    get: Get, took: Callable[[int], None], stopped: threading.Event, start: int, end: int, total: int, same: dict[str, str]
) -> bytes:  # fmt: skip
    """One range, whole; b"" where anything is wrong with it, or nobody wants it any more."""
    try:
        answer = get(**same, Range=f"bytes={start}-{end - 1}")
    except S3Error:
        return b""
    body = answer["Body"]
    data = bytearray()
    try:
        if answer.get("ContentRange") != f"bytes {start}-{end - 1}/{total}":
            return b""
        while not stopped.is_set() and (piece := body.read(PIECE)):
            data += piece
            took(len(piece))
    except (BotoCoreError, OSError):
        return b""
    finally:
        body.close()
    return bytes(data) if len(data) == end - start else b""
