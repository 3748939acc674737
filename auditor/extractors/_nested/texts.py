"""Texts with what is encoded in their lines decoded: values in one line, over several lines, over windows of one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from auditor.extractors._nested import encoded
from auditor.extractors._nested.found import Found
from auditor.extractors._nested.gate import Gate
from auditor.extractors._nested.values import Values
from auditor.extractors.limits import Budget
from auditor.extractors.windows import Windows
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source, Text

_LONGEST_RUN: Final = 64 << 20
_BLOCK_LINE: Final = re.compile(r"[ \t\"'+>#*-]*([A-Za-z0-9+/_-]{4,}={0,2})[\"',;\\ \t\r]*\n?")
_FOLDED_AT: Final = 56
_TAIL: Final = re.compile(r"={0,2}[A-Za-z0-9+/_-]{1024,}+")
"""Of a text read backwards: forwards every letter would be a place to begin."""
_GOES_ON: Final = re.compile(r"[A-Za-z0-9+/_-]*={0,2}")
_GATE: Final = Gate(encoded.GATE)


class Texts:
    """The texts of one asset, in order."""

    def __init__(self, source: Source, budget: Budget, found: Found, values: Values) -> None:
        self._asset = source.asset
        self._encodings = source.encodings
        self._budget = budget
        self._limits = budget.limits
        self._found = found
        self._values = values
        self._run: list[str] = []
        self._run_size = 0
        self._run_at = (0, 0, "")
        self._run_start = 0

    def text(self, text: Text) -> Iterator[Content]:
        """A text decoded, and the members found in it."""
        if self._run:
            text = self._continued(text)
            yield from self._found.taken()
        cut = self._tail(text)
        if cut is not None:
            text = cut
        data = text.text
        if data:
            overlap, done = text.overlap, self._lines(text)
            if done != data:
                if overlap:
                    overlap = (
                        len(self._values.line(data[:overlap], lambda *_: None))
                        if "\n" not in data[:overlap]
                        else overlap
                    )
                text = replace(text, text=done, overlap=min(overlap, len(done)))
            yield text
        yield from self._found.taken()

    def finish(self) -> Iterator[Content]:
        """What was still open."""
        self._close_run()
        yield from self._found.taken()

    # A run of base64 that goes over the windows of a line too long to hold.

    def _tail(self, text: Text) -> Text | None:
        """The text without the run at its end, if the line may go on: the run is kept."""
        data = text.text
        if data.endswith("\n") or len(data) < self._limits.window // 2:
            return None
        found = _TAIL.match(data[data.rfind("\n") + 1 :][::-1])
        if found is None or not encoded.promising(found[0][::-1], self._encodings):
            return None
        first = len(data) - found.end()
        line = text.first_line + data.count("\n")
        start = max(first, text.overlap if "\n" not in data[: text.overlap + 1] else 0)
        end_offset = len(data) - data.rfind("\n") - 1 + (text.offset if "\n" not in data else 0)
        self._run, self._run_size = [data[start:]], len(data) - start
        self._run_at = (line, end_offset, text.part)
        self._run_start = max(0, end_offset - self._run_size)
        return replace(text, text=data[:first], overlap=min(text.overlap, first))

    def _continued(self, text: Text) -> Text:
        """The text without the characters that go on with the run kept."""
        line, offset, part = self._run_at
        goes_on = text.part == part and text.first_line == line and text.offset + text.overlap == offset
        if not goes_on or not text.offset:
            self._close_run()
            return text
        found = _GOES_ON.match(text.text, text.overlap)
        assert found is not None
        if self._run_size <= _LONGEST_RUN:
            self._run.append(found[0])
        self._run_size += len(found[0])
        rest = text.text[found.end() :]
        self._run_at = (line, text.offset + found.end(), part)
        if rest:
            self._close_run()
        return replace(text, text=rest, offset=text.offset + found.end(), overlap=0)

    def _close_run(self) -> None:
        if not self._run:
            return
        run, self._run = "".join(self._run), []
        line, _, part = self._run_at
        if self._run_size > _LONGEST_RUN:
            self._found.gap(
                GapCode.FILE_EXCEEDS_SIZE_LIMIT, "encoded data of more than 64 MiB in one line: searched to there"
            )
            run = run[: _LONGEST_RUN // 4 * 4]
        found = encoded.decoded(run, self._encodings)
        if found is not None:
            self._found.member(f"{part}, line {line}" if part else f"line {line}", *found)
            return
        windows = Windows(self._asset, self._limits)
        windows.at(line, self._run_start)
        self._found.add(replace(piece, part=part) for piece in windows.feed(run))

    # Lines, and values of several lines.

    def _lines(self, text: Text) -> str:
        """Every line decoded; lines that belong together (folded base64, listings of bytes) are one value."""
        data = text.text.encode("utf-8", "replace")
        pieces: list[bytes] = []
        position = number = counted = 0
        for start, end in _GATE.lines(data):
            if start < position:
                continue
            number += data.count(b"\n", counted, start)
            counted = start
            self._budget.check()
            line = data[start:end].decode()
            where = f"line {text.first_line + number}"
            where = f"{text.part}, {where}" if text.part else where
            after, block = self._block(line, data, end, where)
            if block is None:
                keep = line.endswith("\n")
                block = self._values.line(line[:-1] if keep else line, partial(self._found.member, where))
                block += "\n" if keep else ""
                after = end
            pieces += (data[position:start], block.encode("utf-8", "replace"))
            position = after
        return (b"".join(pieces) + data[position:]).decode() if pieces else text.text

    def _block(self, line: str, data: bytes, end: int, where: str) -> tuple[int, str | None]:
        """Where a value of several lines ends, and what stays in their place; None if there is none."""
        fits: Callable[[str], bool]
        if encoded.is_dump_line(line):
            kind, fits = "hex dump", encoded.is_dump_line
        elif (
            len(line) > _FOLDED_AT
            and (last := list(encoded.runs(line)))
            and len(last[-1][0]) >= _FOLDED_AT
            and (_BLOCK_LINE.fullmatch(line, last[-1].start()) or line.rstrip().endswith(last[-1][0]))
        ):
            kind, fits = "base64", lambda below: _BLOCK_LINE.fullmatch(below) is not None
        else:
            return end, None
        lines = [line]
        after = end
        size = 0
        while after < len(data) and size < _LONGEST_RUN:
            stop = data.find(b"\n", after) + 1 or len(data)
            below = data[after:stop].decode()
            if not fits(below):
                break
            lines.append(below)
            size += len(below)
            after = stop
            if kind == "base64" and (
                below.rstrip().rstrip("\"',;\\ ").endswith("=") or len(below.strip()) < _FOLDED_AT
            ):
                break
        if kind == "hex dump":
            found = encoded.dump_of(lines) if len(lines) > 1 or len(line) > 40 else None
            if not found or not encoded.worthy(found, self._encodings):
                return end, None
            self._found.member(where, kind, found)
            return after, "\n" * len(lines)
        if len(lines) == 1:
            return end, None
        first = last[-1]
        run = first[0] + "".join(match[1] for below in lines[1:] if (match := _BLOCK_LINE.fullmatch(below)))
        decoded = encoded.decoded(run, self._encodings)
        if decoded is None:
            return end, None
        inline = self._values.inline(decoded[1], 1)
        if inline is None:
            self._found.member(where, *decoded)
        newline = "\n" * (len(lines) if lines[-1].endswith("\n") else len(lines) - 1)
        return after, f"{line[: first.start()]}{inline or ''}{newline}"
