"""Many small files over one SFTP session: the next ones are opened while the first are read."""

from __future__ import annotations

import stat
import struct
from collections import deque
from collections.abc import Sequence
from typing import Final

from auditor.errors import ReadError
from auditor.model.scanner import Fetched
from auditor.scanners._sftp import Sftp, open_request
from auditor.scanners._sftp_wire import Down, Kind, Reader, SftpDownError, SftpStatusError, string

AHEAD: Final = 64
"""Files under way."""


def fetch(sftp: Sftp, wanted: Sequence[tuple[bytes, int]]) -> list[Fetched]:
    """The content of each (path, size as listed): None where it is another size now, or no regular file, or cut short.

    SftpDownError, TargetError as `Sftp`'s methods; what was fetched before is lost with it.
    """
    fetched: list[Fetched] = [None] * len(wanted)
    opening: deque[tuple[int, int]] = deque()
    reading: deque[tuple[int, int, list[tuple[int, int]]]] = deque()
    following = 0
    while following < len(wanted) or opening or reading:
        room = AHEAD - len(opening) - len(reading)
        if following < len(wanted) and room >= AHEAD // 4:
            batch = wanted[following : following + room]
            numbers = sftp.send(Kind.OPEN, *(open_request(path) for path, _ in batch))
            opening.extend(zip(range(following, following + len(batch)), numbers, strict=True))
            following += len(batch)
        _read_opened(sftp, wanted, opening, reading, fetched)
        for _ in range(max(len(reading) - AHEAD // 2, 1) if reading else 0):
            index, facts, blocks = reading.popleft()
            fetched[index] = _content(sftp, wanted[index][1], facts, blocks)
    return fetched


def _read_opened(
    sftp: Sftp, wanted: Sequence[tuple[bytes, int]], opening: deque[tuple[int, int]],
    reading: deque[tuple[int, int, list[tuple[int, int]]]], fetched: list[Fetched],
) -> None:  # fmt: skip
    """Ask for the content of what has been opened, in one go; wait for a first one where there is nothing else to do."""
    requests: list[tuple[Kind, bytes]] = []
    asked: list[tuple[int, list[int]]] = []
    while opening and ((not reading and not asked) or sftp.answered(opening[0][1])):
        index, number = opening.popleft()
        kind, body = sftp.wait(number)
        if kind == Kind.STATUS:
            fetched[index] = ReadError(*SftpStatusError(Reader(body).number()).gap)
            continue
        if kind != Kind.HANDLE:
            raise SftpDownError(Down.GARBLED)
        handle = string(Reader(body).string())
        size = wanted[index][1]
        lengths = [min(sftp.block, size - at) for at in range(0, size, sftp.block)]
        requests.append((Kind.FSTAT, handle))
        requests += [
            (Kind.READ, handle + struct.pack(">QI", at * sftp.block, length)) for at, length in enumerate(lengths)
        ]
        requests.append((Kind.CLOSE, handle))
        asked.append((index, lengths))
    numbers = iter(sftp.send_all(requests))
    for index, lengths in asked:
        facts = next(numbers)
        reading.append((index, facts, [(next(numbers), length) for length in lengths]))
        sftp.forget([next(numbers)])


def _content(sftp: Sftp, size: int, facts: int, blocks: list[tuple[int, int]]) -> Fetched:
    kind, body = sftp.wait(facts)
    attributes = Reader(body).attributes() if kind == Kind.ATTRS else None
    parts: list[bytes] = []
    whole = attributes is not None and attributes.size == size and stat.S_ISREG(attributes.mode or stat.S_IFREG)
    for number, length in blocks:
        kind, body = sftp.wait(number)
        if kind == Kind.DATA:
            data = Reader(body).string()
            if len(data) > length:
                raise SftpDownError(Down.GARBLED)
            whole = whole and len(data) == length
            parts.append(data)
        elif kind == Kind.STATUS:
            whole = False
        else:
            raise SftpDownError(Down.GARBLED)
    if not whole:
        return None
    return parts[0] if len(parts) == 1 else b"".join(parts)
