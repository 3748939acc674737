"""PDF documents through pdfium: text as it is shown, form fields, notes, what the document says of itself, attached files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._pdf.layout import read_page
from auditor.extractors._pdf.pictures import is_picture, rendered
from auditor.extractors._pdf.streams import Streams, examine
from auditor.extractors._pdf.tables import PageTables, tables_of
from auditor.extractors._pdf.widgets import notes
from auditor.extractors.decoding import Decoder
from auditor.extractors.limits import Budget
from auditor.extractors.spool import spool
from auditor.extractors.tables import without_surrogates
from auditor.extractors.windows import Windows
from auditor.model.asset import MEMBER_SEPARATOR, Gap, GapCode
from auditor.model.content import Content, Member, Source, Text
from auditor.model.text import printable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PASSWORD: Final = 4
_UNMAPPED: Final = 0.05
_BOOKMARKS: Final = 100_000
_ATTACHMENTS: Final = 10_000
_CURE: Final = "PDF document: not read; pip install 'vendor-auditor[office]' reads it"


class PdfExtractor:
    """A page is a part of the document (`page 3`), so are its form fields and notes, the bookmarks and the document's information.

    A page that is a picture is a gap, or with `limits.ocr` a `Member` that is read. A stream that would fill the memory is left out.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._pages: dict[str, list[int]] = {}
        self._empty: list[int] = []
        self._shown = 0
        self._late: list[Text] = []

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s page by page, `Member`s for attached files, gaps."""
        try:
            import pypdfium2
        except ImportError:
            yield _gap(source, GapCode.UNSUPPORTED_FILE_TYPE, _CURE)
            return
        try:
            with spool(source.stream, self._limits) as file:
                streams = examine(file, self._budget)
                yield from self._xmp(source, streams)
                try:
                    document = _opened(file, source.passwords)
                except pypdfium2.PdfiumError as error:
                    yield _unopened(source, error)
                    return
                try:
                    yield from self._document(source, document)
                finally:
                    document.close()
                yield from self._missed(source, streams)
                yield from self._gaps(source, streams)
        except ReadError as error:
            yield from self._gaps(source, Streams(ends=True))
            yield _gap(source, GapCode(error.code), error.detail)

    def _document(self, source: Source, document: PdfDocument) -> Iterator[Content]:
        yield from self._about(source, document)
        document.init_forms()
        tables = PageTables(source.asset, self._limits)
        try:
            yield from self._pages_of(source, document, tables)
        except ReadError:
            yield from self._held(tables)
            raise
        yield from self._held(tables)
        yield from self._attachments(source, document)

    def _held(self, tables: PageTables) -> Iterator[Content]:
        """The tables of the page before, and its text."""
        yield from tables.finish()
        late, self._late = self._late, []
        yield from late

    def _pages_of(self, source: Source, document: PdfDocument, tables: PageTables) -> Iterator[Content]:
        from pypdfium2 import PdfiumError

        count = len(document)
        if not count:
            yield _gap(source, GapCode.MALFORMED_FILE, "PDF without a page that can be read")
        for index in range(count):
            self._budget.check()
            try:
                page = document[index]
            except PdfiumError:
                self._note("cannot be read: the file is damaged there", index)
                continue
            try:
                yield from self._page(source, document, page, index, tables)
            finally:
                page.close()

    def _page(
        self, source: Source, document: PdfDocument, page: Any, index: int, tables: PageTables
    ) -> Iterator[Content]:
        from pypdfium2 import PdfiumError

        part = f"page {index + 1}"
        try:
            textpage = page.get_textpage()
        except PdfiumError:
            self._note("cannot be read: the file is damaged there", index)
            return
        try:
            found = read_page(textpage, page.get_rotation())
        finally:
            textpage.close()
        ready, forms, held = tables.page(part, tables_of(page, found, tables.before))
        yield from ready
        yield from self._late
        text = found.text(forms, held)
        self._late = list(self._texts(source, text, part))
        if tables.before is None:
            yield from self._held(tables)
        fields, remarks = notes(document, page)
        yield from self._texts(source, fields, f"{part}, form")
        yield from self._texts(source, remarks, f"{part}, notes")
        if found.unmapped > _UNMAPPED:
            self._note("has text in a font that does not say what its letters are", index)
        if not found.whole:
            self._note("has too much text: not all of it was read", index)
        self._shown += 1
        if not text.strip():
            self._empty.append(index + 1)
        if is_picture(page, text + fields):
            yield from self._picture(source, page, index)

    def _picture(self, source: Source, page: Any, index: int) -> Iterator[Content]:
        asset = source.asset
        if not self._limits.ocr:
            self._note("is a picture: not read, as OCR is off", index)
            return
        if asset.depth >= self._limits.archive_depth or self._budget.full:
            self._note("is a picture: not read, as there are too many members or archives in this file", index)
            return
        picture = rendered(page)
        if picture is None:
            self._note("is a picture: too large for OCR", index)
            return
        self._budget.members += 1
        path = f"{asset.path}{MEMBER_SEPARATOR}page {index + 1}.png"
        yield Member(asset=replace(asset, path=path, locator=None, size=len(picture)), stream=io.BytesIO(picture))

    def _about(self, source: Source, document: PdfDocument) -> Iterator[Content]:
        facts = document.get_metadata_dict(skip_empty=True)
        yield from self._texts(
            source, "".join(f"{name}: {value}\n" for name, value in facts.items()), "document information"
        )
        titles = []
        for number, bookmark in enumerate(document.get_toc(max_depth=30)):
            if number >= _BOOKMARKS:
                detail = f"more than {_BOOKMARKS} bookmarks in the PDF: the others were not read"
                yield _gap(source, GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
                break
            titles.append(f"{bookmark.get_title()}\n")
        yield from self._texts(source, "".join(titles), "bookmarks")

    def _xmp(self, source: Source, streams: Streams) -> Iterator[Content]:
        for data in dict.fromkeys(streams.xmp):
            inner = Source(asset=source.asset, head=data[:65536], stream=io.BytesIO(data), encodings=source.encodings)
            yield from self._texts(source, "".join(Decoder(inner).pieces()), "XMP")

    def _attachments(self, source: Source, document: PdfDocument) -> Iterator[Content]:
        from pypdfium2 import PdfiumError

        asset = source.asset
        names: dict[str, int] = {}
        count = document.count_attachments()
        if count > _ATTACHMENTS:
            detail = f"more than {_ATTACHMENTS} files attached to the PDF: the others were not read"
            yield _gap(source, GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
        for index in range(min(count, _ATTACHMENTS)):
            if asset.depth >= self._limits.archive_depth or self._budget.full:
                yield _gap(
                    source, GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, "the files attached to the PDF were not read"
                )
                return
            try:
                attachment = document.get_attachment(index)
                name = printable(without_surrogates(attachment.get_name())) or "unnamed"
                data = bytes(attachment.get_data())
            except PdfiumError:
                yield _gap(source, GapCode.MALFORMED_FILE, "a file attached to the PDF cannot be read")
                continue
            self._budget.members += 1
            self._budget.expand(len(data))
            name = name.replace(MEMBER_SEPARATOR, "!\\x2f")
            again = names[name] = names.get(name, 0) + 1
            path = f"{asset.path}{MEMBER_SEPARATOR}{name}{f' ({again})' if again > 1 else ''}"
            member = replace(asset, path=path, locator=None, size=len(data))
            yield Member(asset=member, stream=cast(BinaryIO, io.BytesIO(data)))

    def _texts(self, source: Source, text: str, part: str) -> Iterator[Text]:
        text = without_surrogates(text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
        for piece in Windows(source.asset, self._limits).feed(text):
            yield replace(piece, part=part)

    def _missed(self, source: Source, streams: Streams) -> Iterator[Gap]:
        """What the file holds and the document does not show: a page lost to damage, or one of an older version."""
        with_text = self._shown - len(self._empty)
        if self._empty and streams.texts > with_text:
            detail = f"page {_ranges(self._empty)} is empty, and the file holds text that no page shows"
            yield _gap(source, GapCode.MALFORMED_FILE, detail)
        elif len(streams.pages) > self._shown:
            detail = f"the file holds {len(streams.pages) - self._shown} pages more than the document shows"
            yield _gap(source, GapCode.MALFORMED_FILE, detail)

    def _note(self, what: str, index: int) -> None:
        self._pages.setdefault(what, []).append(index + 1)

    def _gaps(self, source: Source, streams: Streams) -> Iterator[Gap]:
        for what, pages in self._pages.items():
            damaged = "damaged" in what
            code = GapCode.MALFORMED_FILE if damaged else GapCode.UNSUPPORTED_FILE_TYPE
            yield _gap(source, code, f"page {_ranges(pages)} {what}")
        self._pages = {}
        if streams.disarmed:
            detail = f"{streams.disarmed} parts of the PDF would take too much memory: left out"
            yield _gap(source, GapCode.FILE_EXCEEDS_SIZE_LIMIT, detail)
        if streams.damaged:
            yield _gap(source, GapCode.MALFORMED_FILE, f"{streams.damaged} compressed parts of the PDF are damaged")
        if not streams.ends and getattr(source.stream, "failed", None) is None:
            yield _gap(source, GapCode.MALFORMED_FILE, "the PDF has no end mark: it was cut off")


def _opened(file: IO[bytes], passwords: tuple[str, ...]) -> PdfDocument:
    """The document, with the first password that opens it. PdfiumError if none does, or it is damaged."""
    from pypdfium2 import PdfDocument, PdfiumError

    for password in (None, *passwords):
        try:
            file.seek(0)
            return PdfDocument(cast(BinaryIO, file), password=password)
        except PdfiumError as error:
            if error.err_code != _PASSWORD:
                raise
            failed = error
    raise failed


def _unopened(source: Source, error: Any) -> Gap:
    if error.err_code == _PASSWORD:
        return _gap(source, GapCode.PASSWORD_PROTECTED, "the PDF is encrypted, and no password given opens it")
    return _gap(
        source,
        GapCode.MALFORMED_FILE,
        "the PDF cannot be opened: it is damaged or cut off, or encrypted in an unknown way",
    )


def _ranges(pages: list[int]) -> str:
    """`1–3, 7`; the first ones of many."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    shown = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ranges[:20])
    return shown + (f" and {len(ranges) - 20} more places" if len(ranges) > 20 else "")


def _gap(source: Source, code: GapCode, detail: str) -> Gap:
    asset = source.asset
    return asset.gap(code, detail)
