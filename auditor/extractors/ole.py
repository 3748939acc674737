"""OLE compound files — doc, xls, ppt, msg, hwp, and Office files encrypted with a password — every stream of them."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors import magic
from auditor.extractors._archive.members import Joined, read_up_to
from auditor.extractors._office import doc as ole_doc
from auditor.extractors._office import hwp
from auditor.extractors._office import msg as ole_msg
from auditor.extractors._office import ppt as ole_ppt
from auditor.extractors._office.compound import DAMAGED, DAMAGED_STREAM, Compound, name_of
from auditor.extractors._office.decrypt import Refused, decrypted
from auditor.extractors._office.leftover import in_legacy, leftover
from auditor.extractors._office.prose import Prose, Seen
from auditor.extractors._office.sheet_binary import XlsReader
from auditor.extractors._office.sheet_xml import unused
from auditor.extractors._office.strings import Strings
from auditor.extractors._office.sweep import Tables
from auditor.extractors.decoding import Readable, looks_binary
from auditor.extractors.limits import Budget, too_deep
from auditor.extractors.spool import spool
from auditor.model.asset import MEMBER_SEPARATOR, Gap, GapCode
from auditor.model.content import Content, Member, Source, Table, Text
from auditor.model.text import printable

_PROPERTIES: Final = re.compile(r"[\x05\x03\x01](?:.*SummaryInformation|CompObj|Ole|ObjInfo)$|.*SummaryInformation$")
_PICTURES: Final = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0-\xef\xdb]|GIF8[79]a")
_SMALL: Final = 64 << 20
_WORKBOOKS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")


class OleExtractor:
    """Tells the documents in a compound file by its streams' names. What no reader knows is a member, which re-enters the walk."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s, `Text`s, `Member`s and gaps."""
        asset = source.asset
        if (gap := too_deep(asset, self._budget.limits)) is not None:
            yield gap
            return
        try:
            with spool(source.stream, self._budget.limits) as file:
                yield from self._opened(source, file)
        except ReadError as error:
            if getattr(source.stream, "failed", None) is None:
                yield asset.gap(GapCode(error.code), error.detail)

    def _opened(self, source: Source, file: IO[bytes]) -> Iterator[Content]:
        asset = source.asset
        try:
            compound = Compound(file)
        except ImportError:
            yield asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, "OLE documents need olefile: pip install olefile")
            compound = None
        except DAMAGED as error:
            yield asset.gap(GapCode.MALFORMED_FILE, f"the compound file is damaged: {type(error).__name__}")
            compound = None
        reading = _Reading(source, self._budget, file)
        if compound is None:
            file.seek(0)
            yield from leftover(file, asset, "", Seen(), self._budget, source.encodings)
            return
        if compound.damaged:
            yield asset.gap(
                GapCode.MALFORMED_FILE,
                "parts of the compound file do not fit together: it was cut off or damaged",
            )
        yield from reading.all(compound)


class _Reading:
    """One compound file being read."""

    def __init__(self, source: Source, budget: Budget, file: IO[bytes]) -> None:
        self._source = source
        self._asset = source.asset
        self._budget = budget
        self._file = file
        self._seen = Seen()
        self._tables = Tables()
        self._problems: list[Gap] = []

    def prose(self, part: str) -> Prose:
        """Lines of a part."""
        return Prose(self._asset, self._budget.limits, part)

    def all(self, compound: Compound) -> Iterator[Content]:
        """Every stream of it, then what stands in no stream."""
        paths = frozenset(compound.paths)
        todo = dict.fromkeys(compound.paths)
        encrypted = False
        for path in compound.paths:
            if path not in todo:
                continue
            used: tuple[tuple[str, ...], ...] = ()
            items: Iterator[Content] = iter(())
            if path == ("EncryptedPackage",):
                encrypted, used = True, tuple(compound.paths)
                items = self._decrypted()
            elif path[-1] == "WordDocument":
                items, used = self._word(compound, path, paths)
            elif path[-1] == "PowerPoint Document":
                items, used = self._slides(compound, path), (path,)
            elif path[-1] in _WORKBOOKS:
                items, used = self._cells(compound, path), (path,)
            elif path == ("FileHeader",) and compound.size(path) < 4096:
                items, used = self._hangul(compound, path)
            elif path[-1] == "__properties_version1.0" and len(path) == 1:
                items, used = self._message(compound, paths)
            for item in self._guarded(items):
                if isinstance(item, Gap) and item.code == GapCode.PASSWORD_PROTECTED:
                    encrypted = True
                yield item
            for other in used:
                todo.pop(other, None)
        if encrypted:
            return
        if any(path[0] == "BodyText" for path in todo):
            yield self._asset.gap(GapCode.MALFORMED_FILE, "a Hangul document without its header: its text was not read")
        for path in compound.paths:
            if path in todo:
                yield from self._guarded(self._other(compound, path))
        for data in compound.unclaimed():
            yield from self._left(io.BytesIO(data), "bytes that belong to no stream")

    def _guarded(self, items: Iterator[Content]) -> Iterator[Content]:
        """Items until the file turns out to be damaged, which is a gap."""
        try:
            yield from items
        except (*DAMAGED_STREAM, ole_doc.DamagedError) as error:
            what = (
                str(error)
                if isinstance(error, ole_doc.DamagedError)
                else f"a stream is damaged: {type(error).__name__}"
            )
            yield self._asset.gap(GapCode.MALFORMED_FILE, what)

    def _word(
        self, compound: Compound, path: tuple[str, ...], paths: frozenset[tuple[str, ...]]
    ) -> tuple[Iterator[Content], tuple[tuple[str, ...], ...]]:
        def read() -> Iterator[Content]:
            with spool(compound.open(path), self._budget.limits) as word:
                if ole_doc.is_encrypted(word):
                    yield from self._decrypted()
                    return
                name = (*path[:-1], ole_doc.table_stream(word))
                try:
                    if name not in paths:
                        raise ole_doc.DamagedError("the document's table stream is missing")
                    with spool(compound.open(name), self._budget.limits) as table:
                        for item in ole_doc.read(word, table, self._asset, self._budget.limits, self._tables):
                            self._remember(item)
                            yield item
                except ole_doc.DamagedError as error:
                    yield self._asset.gap(GapCode.MALFORMED_FILE, str(error))
                word.seek(0)
                yield from self._left(word, "text left over from earlier versions")

        return read(), (path, (*path[:-1], "0Table"), (*path[:-1], "1Table"))

    def _remember(self, item: Content) -> None:
        if isinstance(item, Text):
            self._seen.add(item.text)
        elif isinstance(item, Table):
            for array in item.arrays:
                for value in filter(None, array.to_pylist()):
                    self._seen.add(value)
            for column in item.columns:
                self._seen.add(column)

    def _slides(self, compound: Compound, path: tuple[str, ...]) -> Iterator[Content]:
        users = (*path[:-1], "Current User")
        if users in compound.paths and compound.open(users).read(64)[12:16] == b"\xdf\xc4\xd1\xf3":
            yield from self._decrypted()
            return
        for item in ole_ppt.read(compound.open(path), self._asset, self._budget):
            self._remember(item)
            yield item
        yield from self._left(compound.open(path), "bytes of the presentation that hold no text of a slide")

    def _cells(self, compound: Compound, path: tuple[str, ...]) -> Iterator[Content]:
        reader = XlsReader(self._asset, self._budget, self._seen)
        strings = Strings()
        try:
            yield from reader.read(compound.open(path), strings)
            if reader.encrypted:
                yield from self._decrypted()
                return
            if reader.damaged:
                yield self._asset.gap(GapCode.MALFORMED_FILE, reader.damaged)
            for item in unused(strings, self._asset, self._budget.limits):
                self._remember(item)
                yield item
        finally:
            strings.close()
        yield from self._left(compound.open(path), "text of the workbook that stands in no cell")

    def _hangul(
        self, compound: Compound, path: tuple[str, ...]
    ) -> tuple[Iterator[Content], tuple[tuple[str, ...], ...]]:
        properties = hwp.flags(compound.open(path).read())
        if properties is None:
            return iter(()), ()  # then BodyText, if there is one, is told of at the end
        sections = sorted((p for p in compound.paths if p[0] == "BodyText"), key=lambda p: (len(p[-1]), p[-1]))
        views = [p for p in compound.paths if p[0] == "ViewText"]
        others = [p for p in compound.paths if p[0] in ("DocInfo", "BinData", "Scripts", "PrvText")]

        def read() -> Iterator[Content]:
            if hwp.refused(properties):
                yield self._asset.gap(
                    GapCode.PASSWORD_PROTECTED,
                    "a Hangul document encrypted with a password: only its preview was read",
                )
            else:
                if properties & hwp.DISTRIBUTED or views:
                    detail = "a Hangul document for distribution (배포용), whose text is encrypted: only its preview was read"
                    yield self._asset.gap(GapCode.PASSWORD_PROTECTED, detail)
                elif not sections:
                    yield self._asset.gap(GapCode.MALFORMED_FILE, "the Hangul document's text is missing")
                for number, name in enumerate(sections, 1):
                    damaged: list[str] = []
                    stream = self._inflated(compound.open(name), properties)
                    for item in hwp.section(
                        stream, self._asset, self._budget, f"section {number}", self._tables, damaged
                    ):
                        self._remember(item)
                        yield item
                    again = self._inflated(compound.open(name), properties)
                    yield from self._left(again, f"section {number}, besides its paragraphs")
                    if damaged or getattr(stream, "damaged", False):
                        yield self._asset.gap(
                            GapCode.MALFORMED_FILE,
                            damaged[0] if damaged else "the document's text ends too early",
                        )
            if ("PrvText",) in compound.paths:
                text = compound.open(("PrvText",)).read().decode("utf-16-le", "replace")
                lines = re.sub(r"><|[<>\r]", "\n", text).split("\n")
                yield from self.prose("preview").all(line for line in lines if line.strip() and line not in self._seen)
            for name in others:
                if name == ("PrvText",) or hwp.refused(properties):
                    continue
                if name[0] == "BinData":
                    yield self._member(name_of(name), self._inflated(compound.open(name), properties, maybe=True), None)
                else:
                    yield from self._left(self._inflated(compound.open(name), properties), f"{name_of(name)}")

        return read(), (path, *sections, *views, *others)

    def _inflated(self, stream: Readable, properties: int, *, maybe: bool = False) -> Readable:
        """A stream as it was before compression; `maybe`: only if it begins like that, as each one may have its own setting."""
        if not properties & hwp.COMPRESSED:
            return stream
        if maybe:
            held = spool(stream, self._budget.limits)
            trial = hwp.Inflated(io.BytesIO(held.read(4096)), self._budget)
            works = bool(trial.read(64))
            held.seek(0)
            return hwp.Inflated(held, self._budget) if works else held
        return hwp.Inflated(stream, self._budget)

    def _message(
        self, compound: Compound, paths: frozenset[tuple[str, ...]]
    ) -> tuple[Iterator[Content], tuple[tuple[str, ...], ...]]:
        used = tuple(
            path for path in compound.paths if ole_msg.property_of(path) or path[-1] == "__properties_version1.0"
        )

        def read() -> Iterator[Content]:
            for path in sorted(used, key=lambda p: (len(p), p)):
                kind = ole_msg.property_of(path)
                if kind is None:
                    continue
                number, form = kind
                if number == ole_msg.DATA and form == "0102":
                    names = (self._words(compound, name) for name in ole_msg.name_streams(path, paths))
                    name = next(filter(None, names), "") or f"{ole_msg.part_of(path)} data"
                    yield self._member(printable(name).replace("/", "_"), compound.open(path), compound.size(path))
                elif number == ole_msg.HTML and form == "0102":
                    yield self._member("body.html", compound.open(path), compound.size(path))
                elif number == ole_msg.RTF and form == "0102" and compound.size(path) < _SMALL:
                    try:
                        body = ole_msg.rtf_of(compound.open(path).read())
                    except ValueError as error:
                        yield self._asset.gap(GapCode.MALFORMED_FILE, f"the message's RTF body is damaged: {error}")
                        continue
                    self._budget.expand(len(body))
                    yield self._member("body.rtf", io.BytesIO(body), len(body))
                elif form in ole_msg.TEXT or compound.size(path) > 64:
                    label = ole_msg.LABELS.get(number, f"property {number}")
                    lines = self._words(compound, path).splitlines() if form in ole_msg.TEXT else []
                    if form not in ole_msg.TEXT:
                        yield from self._left(compound.open(path), f"{ole_msg.part_of(path)}, property {number}")
                    yield from self.prose(ole_msg.part_of(path)).all(
                        f"{label}: {line}" if label else line for line in lines if line.strip()
                    )

        return read(), used

    def _words(self, compound: Compound, path: tuple[str, ...]) -> str:
        data = read_up_to(compound.open(path), _SMALL)
        if path[-1].upper().endswith("001F"):
            return data.decode("utf-16-le", "replace")
        return in_legacy(data, self._source.encodings)

    def _other(self, compound: Compound, path: tuple[str, ...]) -> Iterator[Content]:
        """A stream that no reader claimed."""
        size = compound.size(path)
        if not size:
            return
        if _PROPERTIES.match(path[-1]):
            yield from self._left(compound.open(path), "document properties")
        elif path[-1] == "\x01Ole10Native" and size < _SMALL * 4:
            yield from self._native(compound, path)
        elif path[-1] in ("Pictures", "Data") and size < _SMALL * 4:
            yield from self._pictures(compound, path)
        else:
            stream = compound.open(path)
            head = read_up_to(stream, 4096)
            whole = Joined(head, stream)
            if magic.identify(head, name_of(path), binary=looks_binary(head)) is None and looks_binary(head):
                yield from self._left(whole, name_of(path))
            else:
                yield self._member(name_of(path), whole, size)

    def _native(self, compound: Compound, path: tuple[str, ...]) -> Iterator[Content]:
        """A file that was embedded as a package ([MS-OLEDS] 2.3.6; its inner header is the Packager's)."""
        data = compound.open(path).read()
        parts = data[6:].split(b"\0", 2)
        name = in_legacy(parts[0], self._source.encodings) if len(parts) == 3 else ""
        start = 4
        if len(parts) == 3 and data[4:6] == b"\2\0":
            at = 6 + len(parts[0]) + 1 + len(parts[1]) + 1 + 4
            length = int.from_bytes(data[at : at + 4], "little")
            at += 4 + length
            if at + 4 <= len(data) and int.from_bytes(data[at : at + 4], "little") <= len(data) - at - 4:
                start = at + 4
        yield from self._left(io.BytesIO(data[:start]), name_of(path))
        label = printable(name).replace("/", "_") or "embedded file"
        yield self._member(f"{name_of(path)}/{label}", io.BytesIO(data[start:]), len(data) - start)

    def _pictures(self, compound: Compound, path: tuple[str, ...]) -> Iterator[Content]:
        """Pictures by their marks; what stands between them as bytes."""
        data = compound.open(path).read()
        starts = [match.start() for match in _PICTURES.finditer(data)]
        yield from self._left(io.BytesIO(data[: starts[0] if starts else len(data)]), name_of(path))
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=bool(starts)), 1):
            yield self._member(f"{name_of(path)}/picture {number}", io.BytesIO(data[start:end]), end - start)

    def _left(self, stream: Readable, part: str) -> Iterator[Content]:
        yield from leftover(stream, self._asset, part, self._seen, self._budget, self._source.encodings)

    def _decrypted(self) -> Iterator[Content]:
        with tempfile.TemporaryFile() as out:
            try:
                decrypted(self._file, out, self._source.passwords, self._budget)
            except Refused as error:
                yield self._asset.gap(error.code, str(error))
                return
            size = out.seek(0, io.SEEK_END)
            out.seek(0)
            yield self._member("decrypted", out, size)

    def _member(self, name: str, stream: Readable, size: int | None) -> Member:
        if self._budget.full:
            detail = f"more than {self._budget.limits.members} members in archives of this file"
            raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
        self._budget.members += 1
        path = f"{self._asset.path}{MEMBER_SEPARATOR}{name}"
        return Member(asset=replace(self._asset, path=path, locator=None, size=size), stream=cast(BinaryIO, stream))
