"""The printable-run pass: what can be read in bytes of no known format, as `strings` would, in the encodings of our countries.

Narrow runs are ASCII, UTF-8 and the two-byte encodings of `encodings` (Korean always) or Thai; wide ones UTF-16 in either
order at even and odd places. Which bytes are worth a look is decided for a whole block in numpy (`charts`): random bytes
pass at more than 30 MB a second, and hardly a run of them is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

import numpy as np

from auditor.extractors._data.charts import PRINTABLE, Chart, spans, wide_units
from auditor.extractors._encodings import plausibility
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset
from auditor.model.content import Text

LEAST: Final = 6
"""Bytes of a narrow run, units of a wide one."""

PART: Final = 16 << 10
"""Runs that begin within so many bytes make one `Text`, whose part names the place of these bytes."""

_BLOCK: Final = 1 << 20
_LEFT: Final = 4096
_OVERLAP: Final = 1024
_THAI_COST: Final = 6.5 * plausibility.UNIT
_LEAST_PREFIXED: Final = 32
_STRAY: Final = 5
_LEAST_ROW: Final = 12
_LENGTHS: Final = 96
_SHORT: Final = 512
_SHORT_RUN: Final = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xfe]{6,}")
_SHORT_WIDE: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]\0|[\0-\xff][\xac-\xd7]){4,}")
_SAME: Final = {
    "euc-kr": "cp949", "euc_kr": "cp949", "uhc": "cp949", "gbk": "gb18030", "gb2312": "gb18030", "big5hkscs": "big5",
    "tis-620": "cp874", "tis_620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip


class _Run(NamedTuple):
    start: int
    end: int
    text: str


class Runs:
    """Finds the runs of one asset's bytes, fed in order. `first` is where they stand in the asset, or in its `part`."""

    def __init__(
        self, asset: Asset, encodings: Sequence[str] = (), *, first: int = 0, part: str = "", innodb: bool = False
    ) -> None:
        self._innodb = innodb
        self._asset = asset
        named = dict.fromkeys(_SAME.get(encoding.lower(), encoding.lower()) for encoding in encodings)
        self._chart = Chart(named)
        self._part = part
        self._rest = b""
        self._at = first
        self._overlap = 0

    def feed(self, data: bytes, *, last: bool = False) -> Iterator[Text]:
        """The runs that end in `data`, and with `last` all that are left."""
        block = self._rest + data if self._rest else data
        if not block.strip(b"\0"):
            self._at += len(block)
            self._rest, self._overlap = b"", 0
            return
        runs = self._runs(block)
        overlap = 0
        keep = len(block)
        if not last:
            keep = max(0, keep - _LEFT)
            begun = [run for run in runs if run.start < keep]
            keep = max([keep, *(run.end for run in begun)])
            runs = begun
            if runs and runs[-1].end >= len(block) - 3:  # it goes on: cut behind a line, or a little is read again
                newline = block.rfind(b"\n", max(runs[-1].start, len(block) - _LEFT), len(block) - 3)
                keep = newline + 1 if newline >= 0 else max(runs[-1].start + 1, len(block) - _OVERLAP)
                overlap = 0 if newline >= 0 else len(block) - keep
                if newline >= 0:
                    run = runs[-1]
                    runs[-1] = _Run(run.start, newline, run.text[: run.text.rfind("\n") + 1])
        yield from self._texts(runs, block)
        self._rest, self._overlap = block[keep:], overlap
        self._at += keep

    def _texts(self, runs: list[_Run], block: bytes) -> Iterator[Text]:
        lines: list[str] = []
        group = -1
        for run in runs:
            now = (self._at + run.start) // PART
            if run.start < 3 and self._overlap:  # goes on from the block before
                again = min(len(run.text), len(block[: self._overlap].decode("utf-8", "ignore")))
                yield Text(
                    asset=self._asset, text=run.text + "\n", offset=self._at, overlap=again, part=self._place(now)
                )
                continue
            if now != group and lines:
                yield self._text(lines, group)
                lines = []
            group = now
            lines.append(run.text)
        if lines:
            yield self._text(lines, group)

    def _text(self, lines: list[str], group: int) -> Text:
        return Text(asset=self._asset, text="\n".join(lines) + "\n", part=self._place(group))

    def _place(self, group: int) -> str:
        place = f"byte 0x{group * PART:X}"
        return f"{self._part}, {place}" if self._part else place

    def _runs(self, block: bytes) -> list[_Run]:
        """All runs of a block, in order; of two that overlap the one that tells more."""
        taken = np.zeros(len(block), np.bool_)
        found: list[_Run] = []
        raw = np.frombuffer(block, np.uint8)
        for start, end in self._chart.thai(raw):
            text = block[start:end].decode("cp874", "replace")
            if plausibility.cost(text, "cp874") <= _THAI_COST * len(text):
                taken[start:end] = True
                found.append(_Run(start, end, _lines(text)))
        for start, end in self._chart.narrow(block, raw, LEAST):
            if not taken[start]:
                taken[start:end] = True
                found.append(_Run(start, end, _lines(self._decode(block, start, end))))
        wide = [
            (first + 2 * start, first + 2 * end, order)
            for first in (0, 1)
            for order in ("utf-16-le", "utf-16-be")
            for start, end in spans(wide_units(block, first, order), LEAST).tolist()
        ]
        wide.sort(key=lambda span: span[0] - span[1])
        for start, end, order in wide:
            if np.count_nonzero(taken[start:end]) * 2 < end - start:
                taken[start:end] = True
                found.append(_Run(start, end, _lines(block[start:end].decode(order, "replace"))))
        found.sort()
        return found

    def _decode(self, block: bytes, start: int, end: int) -> str:
        """A narrow run as text; strings that stand behind their length each become a line."""
        if self._innodb and (parts := _by_lengths(block, start, end)):
            return "\n".join(map(self._decoded, parts))
        if end - start > _LEAST_PREFIXED and (parts := _prefixed(block, start, end)):
            return "\n".join(map(self._decoded, parts))
        return self._decoded(block[start:end])

    def _decoded(self, run: bytes) -> str:
        if run.isascii():
            return run.decode("ascii")
        readings = []
        for encoding in ("utf-8", *self._chart.double):
            for skip in (0, 1):  # the first byte may be the end of something else
                text = run[skip:].decode(encoding, "replace")
                wrong = text.count("\ufffd")
                if not wrong and encoding == "utf-8":
                    return text
                cost = plausibility.cost(text, encoding) if len(self._chart.double) > 1 else 0
                readings.append((wrong, cost, skip, text))
        return min(readings)[3]


def stream_runs(
    stream: Readable, asset: Asset, encodings: Sequence[str], budget: Budget, *, innodb: bool = False
) -> Iterator[Text]:
    """The printable runs of the rest of a stream, as `Text`s whose parts are places like `byte 0x1A0000`, a run a line."""
    finder = Runs(asset, encodings, innodb=innodb)
    while data := stream.read(_BLOCK):
        budget.check()
        yield from finder.feed(data)
    yield from finder.feed(b"", last=True)


def text_runs(data: bytes, asset: Asset, encodings: Sequence[str], *, first: int = 0, part: str = "") -> Iterator[Text]:
    """The printable runs of some bytes of an asset, which stand at `first` in it, or in its `part`."""
    finder = Runs(asset, encodings, first=first, part=part)
    for at in range(0, len(data), _BLOCK):
        yield from finder.feed(data[at : at + _BLOCK])
    yield from finder.feed(b"", last=True)


def runs(data: bytes, encodings: Sequence[str] = ()) -> Iterator[str]:
    """The printable runs of some bytes, without their places. Short bytes, a table's cell, are not worth a chart."""
    if len(data) <= _SHORT:
        for run in _SHORT_RUN.findall(data):
            yield _lines(_short(run, encodings))
        for run in _SHORT_WIDE.findall(data):
            yield _lines(run.decode("utf-16-le", "replace"))
        return
    for text in text_runs(data, Asset(target="", path=""), encodings):
        yield from filter(None, text.text.split("\n"))


def _short(run: bytes, encodings: Sequence[str]) -> str:
    for encoding in ("utf-8", *encodings, "cp949"):
        for skip in (0, 1):
            with suppress(UnicodeDecodeError, LookupError):
                return run[skip:].decode(encoding)
    return run.decode("utf-8", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _by_lengths(block: bytes, start: int, end: int) -> list[bytes]:
    """The columns of an InnoDB row, which stand one behind another: their lengths are bytes before the row, the last first."""
    for stray in range(_STRAY):  # the row pointer before the columns may end in printable bytes
        size = end - start - stray
        if size < _LEAST_ROW:
            break
        for at in range(start - 1, max(0, start - _LENGTHS), -1):
            total, back = 0, at
            while back >= 0 and total < size and 0 < block[back] < 0x80:
                total += block[back]
                back -= 1
            if total == size and at - back >= 2:
                parts, position = [], start + stray
                for length in block[back + 1 : at + 1][::-1]:
                    parts.append(block[position : position + length])
                    position += length
                return parts
    return []


def _prefixed(block: bytes, start: int, end: int) -> list[bytes]:
    """The strings of a run of which each stands behind its length in one byte, perhaps with a tag before that; [] if there
    are none. A length from 32 on is a printable character and sticks to the value: `X` before a CI, which has 88.
    """
    for at in (start - 1, start, start + 1):
        for tag in (0, 1):
            if at < 0 or not (parts := _chain(block, at, end, tag)):
                continue
            if len(parts) == 1 and (at < start or chr(block[at]).isdigit() or len(parts[0]) < _LEAST_PREFIXED):
                continue
            skipped = block[start:at]
            return [skipped, *parts] if skipped.strip() else parts
    return []


def _chain(block: bytes, at: int, end: int, tag: int) -> list[bytes]:
    parts = []
    while at < end:
        size = block[at]
        if not size or at + 1 + size > end:
            return []
        part = block[at + 1 : at + 1 + size]
        if part.translate(None, PRINTABLE) and part.isascii():
            return []
        parts.append(part)
        at += 1 + size
        if end - at <= tag:
            return parts
        at += tag
    return parts if at == end else []
