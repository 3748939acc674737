"""RTF as a stream of tokens, and the code pages of its character sets (Rich Text Format 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from auditor.extractors.decoding import Readable

_BLOCK: Final = 256 << 10
_TAIL: Final = 128
_TOKEN: Final = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
CODE_PAGES: Final = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_NUMBERED: Final = {
    936: "gb18030",
    950: "big5hkscs",
    1361: "johab",
    10000: "mac_roman",
    65001: "utf-8",
    54936: "gb18030",
}


def code_page(number: int) -> str:
    """Python's name of a Windows code page, "" if it has none."""
    name = _NUMBERED.get(number, f"cp{number}")
    try:
        b"a".decode(name)
    except (LookupError, UnicodeDecodeError):
        return ""
    return name


class Token(NamedTuple):
    """`kind` is `word` (with its `number`, None if it has none), `open`, `close`, `bytes` (text or `\\'hh`), `sign` or `binary`."""

    kind: str
    data: bytes
    number: int | None = None


_OPEN: Final = Token("open", b"{")
_CLOSE: Final = Token("close", b"}")


def tokens(stream: Readable) -> Iterator[Token]:
    """The document's tokens; `\\bin` data comes in blocks."""
    held = b""
    ended = False
    while not ended:
        data = stream.read(_BLOCK)
        ended = not data
        held += data
        at = 0
        limit = len(held) if ended else len(held) - _TAIL
        while at < limit:
            match = _TOKEN.match(held, at)
            if match is None:
                break
            at = match.end()
            word, number, code, sign, group, plain = match.groups()
            if plain is not None:
                yield Token("bytes", plain)
            elif word is not None:
                value = int(number) if number else None
                if word == b"bin" and value is not None and value > 0:
                    left = value
                    while left > 0:
                        piece = held[at : at + left]
                        at += len(piece)
                        left -= len(piece)
                        if piece:
                            yield Token("binary", piece)
                        if left > 0:
                            held, at = stream.read(_BLOCK), 0
                            limit = len(held) - _TAIL
                            if not held:
                                return
                else:
                    yield Token("word", word, value)
            elif code is not None:
                yield Token("code", bytes.fromhex(code.decode()))
            elif group is not None:
                yield _OPEN if group == b"{" else _CLOSE
            elif sign is not None:
                yield Token("sign", sign)
        held = held[at:]
