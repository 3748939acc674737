"""What of a stream belongs to a part: up to the cut behind its nominal end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.extractors.cuts import Cut, Finder


class Reading:
    """A stream from a byte of its file on; `at` is the next byte's place."""

    def __init__(self, read: Callable[[], bytes], at: int) -> None:
        self._read = read
        self._back = b""
        self.at = at

    def next(self) -> bytes:
        """Some bytes; b"" at the end."""
        data, self._back = self._back or self._read(), b""
        self.at += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        """These, the last that were read, come again."""
        self._back = data
        self.at -= len(data)


def up_to(reading: Reading, nominal: int, room: int, cut_of: Callable[[], Cut | None]) -> Iterator[bytes]:
    """The bytes before the cut behind a nominal place; all of them where there is no cut. What lies behind it is not consumed.

    `room` is as in `Finder`; `cut_of` is asked once the nominal place is reached.
    """
    while reading.at < nominal and (data := reading.next()):
        if (beyond := reading.at - nominal) > 0:
            reading.give_back(data[-beyond:])
            data = data[:-beyond]
        yield data
    if reading.at < nominal:
        return
    cut = cut_of()
    if cut is None:
        while data := reading.next():
            yield data
        return
    beyond = reading.at - nominal  # a line was longer than a part: its end is both parts' first
    finder = Finder(cut, room - beyond, begun=beyond > 0)
    found = False
    while not found and (data := reading.next()):
        before, found = finder.feed(data)
        if before:
            yield before
    if not found:
        finder.end()
    reading.give_back(finder.rest)
