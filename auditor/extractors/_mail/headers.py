"""What a mail's headers say: decoded for a reader, and what of them tells how a part is to be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value
from typing import Final

from auditor.extractors._encodings.choice import legacy_encoding, normal_name
from auditor.model.noun import noun

_FOLD: Final = re.compile(r"\n[ \t]+")
_ENCODED: Final = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?")
_LONGEST: Final = 64 << 10
_WIDE: Final = re.compile(r"(?i)iso-?2022|utf-?7|utf-?16|utf-?32|hz")
_OF_TRANSPORT: Final = re.compile(
    r"(?i)(?:content-(?:type|transfer-encoding|disposition|id|length)|mime-version)[ \t]*:"
)


@noun
class Headers:
    """A part's headers: `lines` decoded, one a line, and what matters for reading the part. `name` is its file name or ""."""

    lines: tuple[str, ...]
    content_type: str
    encoding: str
    charset: str
    boundary: str
    name: str
    attached: bool
    protocol: str

    @property
    def told(self) -> tuple[str, ...]:
        """The lines that do not only say how the part travelled."""
        return tuple(line for line in self.lines if not _OF_TRANSPORT.match(line))

    @property
    def codec(self) -> str:
        """The codec of a charset that does not extend ASCII; "" otherwise."""
        return _known(self.charset) if _WIDE.match(self.charset) else ""


def read_headers(block: bytes, encodings: tuple[str, ...], *, within: str = "") -> Headers:
    """The headers of a block of lines. `within`: the type of the multipart it is a part of."""
    text = _text(block, encodings).replace("\r\n", "\n").replace("\r", " ")
    message = HeaderParser().parsestr(text)
    default = "message/rfc822" if within == "multipart/digest" else "text/plain"
    message.set_default_type(default)
    name = _asked(lambda: message.get_filename() or "") or _asked(lambda: _parameter(message, "name"))
    disposition = _asked(lambda: message.get_content_disposition() or "")
    return Headers(
        lines=tuple(decoded(line, encodings) for line in _FOLD.sub(" ", text).split("\n") if line.strip()),
        content_type=_asked(message.get_content_type) or default,
        encoding=_asked(lambda: str(message.get("content-transfer-encoding", ""))).strip().lower(),
        charset=_asked(lambda: _parameter(message, "charset")),
        boundary=_asked(lambda: message.get_boundary() or ""),
        name=decoded(name, encodings),
        attached=disposition == "attachment",
        protocol=_asked(lambda: _parameter(message, "smime-type")).lower(),
    )


def decoded(value: str, encodings: tuple[str, ...]) -> str:
    """A header's text with its encoded words decoded; as it stands where they do not decode."""
    if len(value) > _LONGEST or not _ENCODED.search(value):
        return value
    try:
        pieces = decode_header(value)
    except (MessageError, ValueError, LookupError):
        return value
    return "".join(_piece(piece, charset, encodings) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None, encodings: tuple[str, ...]) -> str:
    if isinstance(piece, str):
        return piece
    if charset is None:  # what stood between encoded words, which decode_header hands out as raw-unicode-escape
        return piece.decode("raw-unicode-escape", "replace")
    codec = normal_name(charset) or _known(charset)
    if codec:
        try:
            return piece.decode(codec)
        except UnicodeDecodeError:
            pass
    return _text(piece, (codec, *encodings) if codec else encodings)


def _text(data: bytes, encodings: tuple[str, ...]) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(legacy_encoding(data, encodings), "replace")


def _parameter(message: Message, name: str) -> str:
    value = message.get_param(name, "")
    return collapse_rfc2231_value(value) if value else ""


def _known(charset: str) -> str:
    """The charset's codec of text, if there is one."""
    try:
        b"".decode(charset)
    except (LookupError, ValueError):
        return ""
    return charset


def _asked(question: Callable[[], str]) -> str:
    """What the standard library answers; "" where a hostile header makes it fail."""
    try:
        return str(question())
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return ""
