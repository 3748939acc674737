"""MIME's structure from a stream that only reads on: lines, the boundaries between parts, and a part's decoded bytes.

The standard library's parser keeps a whole message several times over; here a message may have any size.
"""

from __future__ import annotations

import binascii
import codecs
import io
import re
from collections import deque
from typing import Any, Final, Literal

from auditor.extractors.decoding import Readable

_BLOCK: Final = 256 << 10
_LONGEST: Final = 64 << 10
_STRANGE: Final = 64 << 10
_HEADERS: Final = 1 << 20
_FROM: Final = re.compile(rb"From (?:[^\n]{0,300} )?\S{0,300}[^\n]{0,60}\d\d?:\d\d[^\n]{0,30}\d{4}|From - ")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=\s]*")
_SPACE: Final = b" \t\r\n\v\f"

Stop = Literal["", "end", "boundary", "close", "message"]
"""Why a part ended: the file did, the next part begins, the multipart is closed, mbox's next message begins."""


def begins_message(line: bytes) -> bool:
    """Whether it is the line by which mbox begins a message."""
    return line.startswith(b"From ") and _FROM.match(line) is not None


class MimeReader:
    """Lines of the current part. `level` tells whose boundary stopped it, counted from the outermost multipart, 0."""

    def __init__(self, stream: Readable, *, mbox: bool) -> None:
        self._stream = stream
        self._mbox = mbox
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._ended = False
        self._inside = False
        self._marks: dict[bytes, tuple[int, bool]] = {}
        self._boundaries: list[bytes] = []
        self.stop: Stop = ""
        self.level = 0

    def enter(self, boundary: str) -> int:
        """A multipart begins; its level."""
        self._boundaries.append(boundary.encode("utf-8", "surrogateescape").rstrip())
        self._mark()
        return len(self._boundaries) - 1

    def leave(self, level: int) -> None:
        """The multipart of this level is over, and all within it."""
        del self._boundaries[level:]
        self._mark()

    def go_on(self) -> None:
        """Read what follows the place where it stopped."""
        if self.stop != "end":
            self.stop = ""

    def line(self) -> bytes:
        """The next line of the part with its end, or a piece of a very long one; b"" where the part ends."""
        if self.stop:
            return b""
        line = self._next()
        if not line:
            self.stop = "end"
            return b""
        begins, self._inside = not self._inside, not line.endswith(b"\n")
        if begins and line.startswith(b"--") and self._marks:
            found = self._marks.get(line.rstrip())
            if found is not None:
                self.level = found[0]
                self.stop = "close" if found[1] else "boundary"
                return b""
        if begins and self._mbox and begins_message(line):
            self.stop = "message"
            return b""
        return line

    def headers(self) -> bytes:
        """The header lines up to the empty one, up to 1 MiB; what is none ends them and is read again."""
        lines: list[bytes] = []
        size = 0
        while line := self.line():
            if not line.strip(b"\r\n"):  # a fold may be a line of blanks
                break
            named = _FIELD.match(line) is not None or (not lines and line.startswith((b"From ", b">From ")))
            if size > _HEADERS or not (named or (lines and line[:1] in b" \t")):
                self._lines.appendleft(line)
                self._inside = False
                break
            lines.append(line)
            size += len(line)
        return b"".join(lines)

    def _mark(self) -> None:
        self._marks = {}
        for level, boundary in enumerate(self._boundaries):
            self._marks[b"--" + boundary] = (level, False)
            self._marks[b"--" + boundary + b"--"] = (level, True)

    def _next(self) -> bytes:
        while not self._lines:
            if self._ended:
                return b""
            data = self._stream.read(_BLOCK)
            self._ended = not data
            block = self._rest + data
            *lines, self._rest = block.split(b"\n")
            self._lines.extend(line + b"\n" for line in lines)
            if self._rest and (self._ended or len(self._rest) > _LONGEST):
                self._lines.append(self._rest)
                self._rest = b""
        return self._lines.popleft()


class PartStream(io.RawIOBase):
    """The bytes of one part as they were before they were encoded for transport. Read on only.

    `strange` holds lines that were no base64 where all should be; `cut` says that the last group of it was incomplete.
    """

    def __init__(self, reader: MimeReader, encoding: str) -> None:
        super().__init__()
        self._reader: MimeReader | None = reader
        self._decode = {"base64": self._base64, "quoted-printable": self._quoted, "x-uuencode": self._uu}.get(encoding)
        self._out = bytearray()
        self._group = b""
        self.strange = b""
        self.cut = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Some bytes; 0 at the end."""
        size = len(buffer)
        while len(self._out) < size and self._reader is not None:
            line = self._reader.line()
            if not line:
                self._reader = None
                self._end()
            elif self._decode is None:
                self._out += line
            else:
                self._decode(line)
        data = bytes(self._out[:size])
        del self._out[:size]
        buffer[: len(data)] = data
        return len(data)

    def leave(self) -> None:
        """Skip what nobody read."""
        while self.read(1 << 20):
            pass

    def _end(self) -> None:
        if self._group and self._decode == self._base64:
            self.cut = self.cut or len(self._group) % 4 == 1
            self._out += _from_base64(self._group)
        elif self._group:
            self._out += binascii.a2b_qp(self._group)

    def _base64(self, line: bytes) -> None:
        if not _BASE64.fullmatch(line):
            self.strange = (self.strange + line)[:_STRANGE]
            return
        data = self._group + line.translate(None, _SPACE)
        while (padding := data.find(b"=")) >= 0:
            self._out += _from_base64(data[:padding])
            data = data[padding:].lstrip(b"=")
        whole = len(data) & ~3
        self._out += _from_base64(data[:whole])
        self._group = data[whole:]

    def _quoted(self, line: bytes) -> None:
        line = self._group + line
        self._group = b""
        if not line.endswith(b"\n") and b"=" in line[-2:]:  # a piece of a long line, cut within a character
            at = line.rindex(b"=")
            line, self._group = line[:at], line[at:]
        self._out += binascii.a2b_qp(line)

    def _uu(self, line: bytes) -> None:
        if line.startswith((b"begin ", b"end")) or not line.strip():
            return
        try:
            self._out += binascii.a2b_uu(line)
        except binascii.Error:
            self.strange = (self.strange + line)[:_STRANGE]


def _from_base64(data: bytes) -> bytes:
    """Base64 without padding; a lone last character holds nothing."""
    if len(data) % 4 == 1:
        data = data[:-1]
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


class Recoded:
    """A stream in an encoding that does not extend ASCII (ISO-2022-KR, UTF-7, UTF-16) as UTF-8."""

    def __init__(self, stream: Readable, codec: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)("replace")
        self._out = b""
        self._ended = False

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        while not self._out and not self._ended:
            data = self._stream.read(_BLOCK)
            self._ended = not data
            self._out = self._decoder.decode(data, self._ended).encode("utf-8", "replace")
        data, self._out = self._out[:size], self._out[size:]
        return data


class Headed:
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._stream.read(size)
