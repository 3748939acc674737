"""Bytes → text, a block at a time, whatever the encoding. What is neither Unicode nor ASCII is legacy.py's."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from auditor.extractors._encodings.choice import legacy_encoding as legacy_encoding
from auditor.extractors._encodings.utf16 import in_step, usual
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Source

if TYPE_CHECKING:
    from auditor.extractors._encodings.legacy import LegacyText

BLOCK: Final = 1 << 20
"""Bytes read at once, and the longest line that is held whole."""

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Left out: tab, line ends, form feed, backspace, ESC (terminal colours) and the separators ^A ^B and U+001C–U+001F.
_CONTROLS: Final = bytes([*range(3, 8), *range(0x0E, 0x1B), 0x7F])
_WORTH_NUMPY: Final = BLOCK // 2
"""Bytes of a block from which on numpy is imported to look at it; a file that has such a block has more of them."""
_ASCII_RUN: Final = re.compile(rb"[\t\r\n\x20-\x7e]{64,}")
_SAFE_CUT: Final = re.compile(rb"[\x00-\x2e:;<=>?]")  # never the second byte of a character in any encoding here
_LEAST_WIDE: Final = 32
_WIDE_BREAK: Final = re.compile("[\t\n\r\x20-\x7e\u00a0\u3000-\u3002\uff0c]")


# "홍" in CP949 is a letter that no language writes in UTF-8: the only characters of a file may be that.
FEW: Final = 8
_MISREAD: Final = re.compile("[\u01e1-\u01ff\u0221-\u023f]")
_UTF8_ONLY: Final = re.compile(
    "[^\x00-\x7f\xa1-\xbf\xe1-\xff\u0121-\u013f\u0161-\u017f\u01a1-\u01bf\u01e1-\u01ff\u0221-\u023f]"
)


class Readable(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        ...


def looks_binary(data: bytes) -> bool:
    """Whether these bytes are no text in an encoding that extends ASCII: control characters tell."""
    if not data or (len(data) >= _WORTH_NUMPY and _holds_no_controls(data)):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    nuls = data.count(0)
    size = len(data)
    return controls * 100 > size or nuls * 10 > size or (nuls > 0 and controls * 1000 > size)


def _holds_no_controls(data: bytes) -> bool:
    """Whether there are none but tabs and ends of lines: most blocks are so, and this takes a fifth of counting the others."""
    import numpy as np

    letters = np.frombuffer(data, np.uint8)
    rest = np.count_nonzero(letters < ord(" ")) - np.count_nonzero(letters == ord("\n"))
    return (rest == 0 or rest == data.count(b"\t") + data.count(b"\r")) and b"\x7f" not in data


def utf16_of(head: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" if the head, which has no byte order mark, is such text; else ""."""
    if b"\0" not in head[:4096]:
        return ""
    sample = head[: 4096 if len(head) > 4096 else len(head) & ~1]
    best, encoding = 0.0, ""
    for name in ("utf-16-le", "utf-16-be"):
        share = usual(sample, name)
        # The wrong order turns ASCII into rare characters; the right one has spaces, digits or line ends.
        if share > max(best, 0.95) and re.search(r"[\n\r\x20-\x7e]", sample.decode(name, "replace")):
            best, encoding = share, name
    return encoding


def _no_utf16(data: bytes, name: str) -> bool:
    """Whether bytes behind a mark of UTF-16 are no such text: it has a space or a line end somewhere, pairs of ASCII do not."""
    text = data[: len(data) & ~1].decode(name, "replace")
    return len(text) >= _LEAST_WIDE and _WIDE_BREAK.search(text) is None


def encoding_of(head: bytes) -> tuple[str, int]:
    """The Unicode encoding a file announces and its mark's length; "utf-8" and 0 if it announces none."""
    for mark, name in _BOMS:
        if head.startswith(mark) and not (name.startswith("utf-16") and _no_utf16(head[len(mark) : 4096], name)):
            return name, len(mark)
    return utf16_of(head) or "utf-8", 0


def old_mac(body: bytes, encoding: str) -> bool:
    """Whether lines end with a carriage return alone."""
    if encoding[:6] in ("utf-16", "utf-32"):
        text = body.decode(encoding, "replace")
        return "\r" in text and "\n" not in text
    return b"\r" in body and b"\n" not in body


class Decoder:
    """Decodes one source. Afterwards `gaps` tells what of it was no text."""

    def __init__(self, source: Source, *, block: int = BLOCK) -> None:
        self._source = source
        self._stream: Readable = source.stream
        self._block = block
        self._unicode, self._mark = encoding_of(source.head)
        self._old_mac = old_mac(source.head[self._mark :], self._unicode)
        self._binary = 0
        self._lost_step = 0

    @cached_property
    def _legacy(self) -> LegacyText:
        """What decodes blocks that are no UTF-8; numpy is imported when there is one."""
        from auditor.extractors._encodings.legacy import LegacyText

        return LegacyText(self._source.encodings, self._source.head)

    def pieces(self) -> Iterator[str]:
        """The text in pieces of about a block. Lines end with `\\n` alone (`\\r\\n` became that, and so did `\\r` in a
        file without `\\n`). A piece ends where a line does, but for lines longer than a block and the file's end.
        """
        return self._ended(self._wide() if self._is_wide else map(self._decode, self._raw()))

    @property
    def _is_wide(self) -> bool:
        return self._unicode[:6] in ("utf-16", "utf-32")

    def _ended(self, texts: Iterable[str]) -> Iterator[str]:
        """The same text with its lines' ends made alike."""
        held_back = ""
        for text in texts:
            text = held_back + text
            held_back = ""
            if text.endswith("\r") and not self._old_mac:  # its \n may follow in the next piece
                text, held_back = text[:-1], "\r"
            if "\r" in text:
                text = text.replace("\r\n", "\n")
                if self._old_mac:
                    text = text.replace("\r", "\n")
            if text:
                yield text
        if held_back:
            yield held_back

    def gaps(self) -> Iterator[Gap]:
        """What the text held that is no text: it was searched as far as it could be decoded."""
        asset = self._source.asset
        if self._lost_step:
            detail = "UTF-16 with a byte too many or too few in its middle: the characters there could not be read"
            yield asset.gap(GapCode.MALFORMED_FILE, detail, part=True)
        if self._binary:
            yield Gap(
                target=asset.target,
                path=asset.path,
                version=asset.version,
                code=GapCode.UNSUPPORTED_FILE_TYPE,
                detail="binary data within a text file: only what is readable in it was searched",
                size=self._binary,
            )

    def _raw(self) -> Iterator[bytes]:
        """Encodings that extend ASCII: blocks are cut behind a line end, or in a long line between two characters."""
        end = b"\r" if self._old_mac else b"\n"
        rest = b""
        first = True
        while data := self._read():
            last = len(data) < self._block
            if first:
                data = data[self._mark :]
                first = False
            block = rest + data if rest else data
            if last:
                yield block
                return
            cut = block.rfind(end) + 1
            if not cut:
                if len(block) < self._block:
                    rest = block
                    continue
                cut = self._cut(block)
            rest = block[cut:]
            yield block[:cut]
        if rest:
            yield rest

    def _read(self) -> bytes:
        """A whole block, however little the stream gives at once; less only at the end."""
        data = self._stream.read(self._block)
        if not data or len(data) >= self._block:
            return data
        parts = [data]
        missing = self._block - len(data)
        while missing > 0 and (data := self._stream.read(missing)):
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def _cut(self, block: bytes) -> int:
        """Where a block without a line end may be cut: a place that no encoding has inside a character."""
        tail = block[-4096:]
        ends = [match.end() for match in _SAFE_CUT.finditer(tail)]
        if ends:
            return len(block) - len(tail) + ends[-1]
        for back in range(1, 5):  # UTF-8: before the last lead byte
            if block[-back] & 0xC0 != 0x80:
                return len(block) - back if block[-back] & 0x80 else len(block)
        return len(block)

    def _decode(self, block: bytes) -> str:
        if looks_binary(block):
            self._binary += len(block)
        if b"\0" in block:
            block = b"\n".join(map(_without_nuls, block.split(b"\n")))
        try:
            text = block.decode()
        except UnicodeDecodeError:
            return self._legacy.decode(block)
        beyond = len(block) - len(text)
        if 0 < beyond <= FEW and _MISREAD.search(text) and not _UTF8_ONLY.search(text):
            return self._legacy.decode(block, maybe_utf8=True)
        return text

    def _wide(self) -> Iterator[str]:
        """UTF-16 and UTF-32. A run of plain ASCII in it was appended by some other program, and is read as such."""
        decoder = codecs.getincrementaldecoder(self._unicode)("replace")
        text = ""
        first = True
        while data := self._read():
            if first:
                data = data[self._mark :]
                first = False
            position = 0
            for run in _ASCII_RUN.finditer(data) if self._unicode[:6] == "utf-16" else ():
                text += self._stepping(decoder, data[position : run.start()], final=True) + run[0].decode("ascii")
                decoder.reset()
                position = run.end()
            text += self._stepping(decoder, data[position:], final=False)
            cut = text.rfind("\n") + 1
            if not cut:
                if len(text) < self._block:
                    continue
                cut = len(text)
            yield text[:cut]
            text = text[cut:]
        text += decoder.decode(b"", final=True)
        if text:
            yield text

    def _stepping(self, decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool) -> str:
        """A piece decoded; where it loses step, from the next character on, and that is told."""
        if self._unicode[:6] != "utf-16":
            return decoder.decode(data, final=final)
        half, _ = decoder.getstate()
        decoder.reset()
        first, *others = in_step(half + data, self._unicode)
        text = decoder.decode(first, final=final or bool(others))
        for number, piece in enumerate(others, 1):
            decoder.reset()
            text += decoder.decode(piece, final=final or number < len(others))
        self._lost_step += len(others)
        return text


def _without_nuls(line: bytes) -> bytes:
    """A line of UTF-16 that was appended to a file of another encoding, its ASCII readable."""
    return line.replace(b"\0", b"") if line.count(0) * 5 >= len(line) * 2 else line
