"""Mail: .eml files, mbox mailboxes and web archives (.mht), with all that is attached to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final, cast

from auditor.extractors._encodings.choice import normal_name
from auditor.extractors._mail.headers import Headers, read_headers
from auditor.extractors._mail.mime_reader import Headed, MimeReader, PartStream, Recoded, begins_message
from auditor.extractors.decoding import Decoder, Readable
from auditor.extractors.html import Markup
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.windows import Windows
from auditor.model.asset import MEMBER_SEPARATOR, Asset, Gap, GapCode
from auditor.model.content import Content, Member, Source, Text
from auditor.model.text import printable

_HEAD: Final = 64 << 10
_NESTED: Final = 50
_APPLE: Final = re.compile(rb"[0-9]{1,12}[ \t]*\r?\n[!-9;-~]{1,80}:")
_UTF8_MARK: Final = b"\xef\xbb\xbf"


class MailExtractor:
    """Headers and bodies as `Text` (`message 12, body`), attachments as `Member`s under their names. Any size, in little memory.

    Headers come decoded, bodies without their transfer encoding; HTML goes the way of HTML files. A message within a message is
    read in place. Encrypted S/MIME is a gap; encrypted PGP is one by its own mark.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._gaps: dict[tuple[GapCode, str], tuple[str, int]] = {}

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s and `Member`s in the file's order, then gaps."""
        mark = source.stream.read(len(_UTF8_MARK))
        stream = Headed(b"" if mark == _UTF8_MARK else mark, source.stream)
        mbox = begins_message(source.head.removeprefix(_UTF8_MARK)[:2000].partition(b"\n")[0] + b"\n")
        reader = MimeReader(stream, mbox=mbox)
        if mbox:
            reader.line()  # the line that begins the first message
            reader.go_on()
        elif _APPLE.match(source.head):
            reader.line()  # Apple Mail writes the message's length before it
        number = 0
        while True:
            number += 1
            where = f"message {number}" if mbox else ""
            self._names: dict[str, int] = {}
            yield from self._entity(source, reader, where, 0)
            if reader.stop != "message":
                break
            reader.leave(0)
            reader.go_on()
        for (code, detail), (first, count) in self._gaps.items():
            yield _gap(source.asset, code, detail, first, count)

    def _entity(
        self, source: Source, reader: MimeReader, where: str, depth: int, within: str = ""
    ) -> Iterator[Content]:
        """A message or a part of one: its headers, then what they say."""
        headers = read_headers(reader.headers(), source.encodings, within=within)
        lines = headers.told if within else headers.lines
        if lines:
            yield from _texts(source.asset, _part(where, "headers"), "\n".join(lines) + "\n", self._limits)
        kind = headers.content_type
        if kind.startswith("multipart/") and headers.boundary and depth < _NESTED:
            yield from self._multipart(source, reader, headers, where, depth)
        elif kind in ("message/rfc822", "message/global") and headers.encoding != "base64" and depth < _NESTED:
            yield from self._entity(source, reader, _part(where, "attached message"), depth + 1)
        elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and headers.protocol != "signed-data":
            self._note(GapCode.PASSWORD_PROTECTED, "an encrypted mail (S/MIME)", where)
            PartStream(reader, "").leave()
        elif (kind.startswith(("text/", "message/")) or not within) and not headers.name and not headers.attached:
            yield from self._body(source, reader, headers, where)
        else:
            yield from self._attachment(source, reader, headers, where)

    def _multipart(
        self, source: Source, reader: MimeReader, headers: Headers, where: str, depth: int
    ) -> Iterator[Content]:
        level = reader.enter(headers.boundary)
        plain = replace(headers, encoding="", charset="", content_type="text/plain")
        yield from self._body(source, reader, plain, where, "before its parts")
        while reader.stop == "boundary" and reader.level == level:
            reader.go_on()
            yield from self._entity(source, reader, where, depth + 1, headers.content_type)
        closed = reader.stop == "close" and reader.level == level
        reader.leave(level)
        if closed:
            reader.go_on()
            yield from self._body(source, reader, plain, where, "after its parts")
        else:
            self._note(GapCode.MALFORMED_FILE, "a mail ends before its last part does", where)

    def _body(
        self, source: Source, reader: MimeReader, headers: Headers, where: str, what: str = "body"
    ) -> Iterator[Content]:
        """Text of the message itself."""
        raw = PartStream(reader, headers.encoding)
        stream: Readable = Recoded(raw, headers.codec) if headers.codec else cast(BinaryIO, raw)
        head = b""
        while len(head) < _HEAD and (data := stream.read(_HEAD - len(head))):
            head += data
        if head.strip():
            legacy = normal_name(headers.charset)
            encodings = (legacy,) if legacy and legacy != "utf-8" else source.encodings
            inner = Source(
                asset=source.asset, head=head, stream=cast(BinaryIO, Headed(head, stream)), encodings=encodings
            )
            html = headers.content_type in ("text/html", "application/xhtml+xml")
            part = _part(where, f"HTML {what}" if html else what)
            decoder = Decoder(inner)
            markup = Markup(source.asset, self._limits) if html else None
            windows = Windows(source.asset, self._limits)
            for piece in decoder.pieces():
                for text in markup.feed(piece) if markup is not None else windows.feed(piece):
                    yield replace(text, part=part)
            for text in markup.end() if markup is not None else ():
                yield replace(text, part=part)
            for gap in decoder.gaps():
                self._note(gap.code, gap.detail, where)
        yield from self._left(source.asset, raw, where)

    def _attachment(self, source: Source, reader: MimeReader, headers: Headers, where: str) -> Iterator[Content]:
        raw = PartStream(reader, headers.encoding)
        asset = source.asset
        if asset.depth >= self._limits.archive_depth:
            detail = f"attachments more than {self._limits.archive_depth} archives deep"
            self._note(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail, where)
        elif self._budget.full:
            detail = f"more than {self._limits.members} members in archives of this file"
            self._note(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail, where)
        else:
            self._budget.members += 1
            name = printable(headers.name).replace(MEMBER_SEPARATOR, "!\\x2f") or _unnamed(headers.content_type)
            name = f"{where}/{name}" if where else name
            again = self._names[name] = self._names.get(name, 0) + 1
            name = f"{name} ({again})" if again > 1 else name
            path = f"{asset.path}{MEMBER_SEPARATOR}{name}"
            yield Member(asset=replace(asset, path=path, locator=None, size=None), stream=cast(BinaryIO, raw))
        raw.leave()
        yield from self._left(asset, raw, where)

    def _left(self, asset: Asset, raw: PartStream, where: str) -> Iterator[Content]:
        """What of a part did not decode."""
        raw.leave()
        if raw.strange:
            self._note(
                GapCode.MALFORMED_FILE, "lines among encoded ones that do not decode: searched as they are", where
            )
            strange = raw.strange.decode("utf-8", "replace")
            yield from _texts(asset, _part(where, "lines that do not decode"), strange, self._limits)
        if raw.cut:
            self._note(GapCode.MALFORMED_FILE, "the base64 of a part is cut off", where)

    def _note(self, code: GapCode, detail: str, where: str) -> None:
        first, count = self._gaps.get((code, detail), (where, 0))
        self._gaps[code, detail] = (first, count + 1)


def _part(where: str, what: str) -> str:
    return f"{where}, {what}" if where else what


def _texts(asset: Asset, part: str, text: str, limits: Limits) -> Iterator[Text]:
    for piece in Windows(asset, limits).feed(text):
        yield replace(piece, part=part)


def _unnamed(content_type: str) -> str:
    """A name for a part without one: its type, where that is an ordinary one."""
    kind = "".join(c for c in content_type.partition("/")[2] if c.isascii() and (c.isalnum() or c in "-+."))
    return f"unnamed {kind[:40]}" if kind else "unnamed"


def _gap(asset: Asset, code: GapCode, detail: str, first: str, count: int) -> Gap:
    more = f" and {count - 1} more" if count > 1 else ""
    detail = f"{detail} ({first}{more})" if first else detail
    return asset.gap(code, detail, part=True)
