"""Rich text: paragraphs, tables, headers, footnotes, deleted text; pictures and embedded objects as members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auditor.errors import ReadError
from auditor.extractors._office.grid import Grid
from auditor.extractors._office.leftover import in_legacy
from auditor.extractors._office.prose import Prose
from auditor.extractors._office.rtf_blobs import BLOBS, Blobs
from auditor.extractors._office.rtf_tokens import CODE_PAGES, Token, code_page, tokens
from auditor.extractors._office.sweep import Tables
from auditor.extractors.limits import Budget
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Source

_PARTS: Final = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header", b"footer": "footer", b"footerl": "footer",
    b"footerr": "footer", b"footerf": "footer", b"footnote": "footnotes", b"annotation": "comments", b"atnid": "comments",
    b"atnauthor": "comments", b"info": "document properties", b"userprops": "document properties", b"fldinst": "fields",
    b"bkmkstart": "bookmarks", b"stylesheet": "styles", b"revtbl": "authors of changes", b"shptxt": "text boxes", b"docvar": "document variables",
    b"generator": "document properties", b"sn": "shapes", b"sv": "shapes", b"listtext": "body", b"pntext": "body",
}  # fmt: skip
_SILENT: Final = frozenset({
    b"colortbl", b"rsidtbl", b"listtable", b"listoverridetable", b"latentstyles", b"pnseclvl", b"xmlnstbl", b"mmathPr", b"nonshppict",
})  # fmt: skip
_SIGNS: Final = {
    b"tab": "\t", b"line": " ", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"~": " ", b"_": "-", b"-": "", b":": "",
}  # fmt: skip
_BREAKS: Final = frozenset({b"par", b"sect", b"page", b"column", b"\n", b"\r"})
_MOST_CELLS: Final = 2_000
_LONG: Final = 64 << 10
_LONGEST: Final = 1 << 20
_OVERLAP: Final = 1024
_DEEP: Final = 10_000


@dataclass(slots=True)
class _State:
    """What a group changes until it ends."""

    part: str = "body"
    page: str = ""
    skip: int = 1
    table: bool = False
    deleted: bool = False
    revised: bool = False
    starred: bool = False
    blob: bytes = b""
    silent: bool = False
    fonts: bool = False

    def inner(self) -> _State:
        """What a group within begins with."""
        return _State(
            self.part, self.page, self.skip, self.table, self.deleted, self.revised, False, self.blob, self.silent, self.fonts
        )  # fmt: skip


@dataclass(slots=True)
class _Flow:
    """A part's paragraph that is being read."""

    prose: Prose
    now: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    size: int = 0
    changed: bool = False

    def lines(self) -> Iterator[str]:
        """The paragraph as it stands, and as it stood before tracked changes."""
        now, before, changed = "".join(self.now), "".join(self.before), self.changed
        self.now, self.before, self.size, self.changed = [], [], 0, False
        yield now
        if changed:
            yield before


class RtfExtractor:
    """Reads RTF of any length token by token."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s by part (`header`, `footnotes`), `Table`s, members, and a gap where it was cut off."""
        reading = _Reading(source, self._budget)
        asset = source.asset
        try:
            for number, token in enumerate(tokens(source.stream)):
                if not number % 1000:
                    self._budget.check()
                yield from reading.token(token)
            yield from reading.finish()
        except ReadError as error:
            yield Gap(
                target=asset.target,
                path=asset.path,
                version=asset.version,
                code=GapCode(error.code),
                detail=error.detail,
            )
        finally:
            reading.close()


class _Reading:
    """One document being read."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._asset = source.asset
        self._budget = budget
        self._state = _State()
        self._stack: list[_State] = []
        self._beyond = 0
        self._flows: dict[str, _Flow] = {}
        self._raw = bytearray()
        self._skip = 0
        self._page = ""
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._tables = Tables()
        self._grid: Grid | None = None
        self._cells: dict[int, str] = {}
        self._column = 0
        self._row = 0
        self._blobs = Blobs(source.asset, budget)

    def close(self) -> None:
        """Give temporary files back."""
        self._blobs.close()

    def token(self, token: Token) -> Iterator[Content]:
        """What becomes complete with a token."""
        kind, data, number = token
        state = self._state
        if kind == "bytes" or kind == "code":
            if state.blob:
                self._blobs.hexadecimal(data)
            elif not state.silent:
                if len(self._raw) > _LONGEST:
                    self._decode()
                    yield from self._long()
                if self._skip and data:
                    cut = min(self._skip, len(data))
                    self._skip -= cut
                    data = data[cut:]
                self._raw += data
        elif kind == "word":
            yield from self._word(data, number)
        elif kind == "open":
            self._decode()
            if len(self._stack) < _DEEP:
                self._stack.append(state)
                self._state = state.inner()
            else:
                self._beyond += 1
            self._skip = 0
        elif kind == "close":
            yield from self._close_group()
        elif kind == "binary":
            if state.blob:
                self._blobs.raw(data)
        elif data == b"*":
            state.starred = True
        elif data in _BREAKS:
            yield from self._paragraph()
        else:
            self._put(_SIGNS.get(data, data.decode("latin-1")))

    def finish(self) -> Iterator[Content]:
        """What is left; a gap if groups are open still."""
        self._decode()
        unfinished = bool(self._stack)
        if self._cells or self._column:
            yield from self._end_row()
        if self._grid is not None:
            yield from self._grid.finish()
        for flow in self._flows.values():
            yield from flow.prose.all(line for line in flow.lines() if line.strip())
        yield from self._blobs.end()
        if unfinished and getattr(self._source.stream, "failed", None) is None:
            asset = self._asset
            yield Gap(
                target=asset.target, path=asset.path, version=asset.version, code=GapCode.MALFORMED_FILE,
                detail="the RTF document ends within a group: it was cut off",
            )  # fmt: skip

    def _word(self, word: bytes, number: int | None) -> Iterator[Content]:
        state = self._state
        if word == b"u" and number is not None:
            self._decode()
            self._put(chr(number & 0xFFFF))
            self._skip = state.skip
            if self._flow().size > _LONGEST:
                yield from self._long()
            return
        self._skip = 0
        starred, state.starred = state.starred, False
        if word in BLOBS:
            self._decode()
            state.blob = word
            self._blobs.begin(word)
        elif word in _PARTS:
            self._decode()
            state.part = _PARTS[word]
            state.table = False
        elif word in _BREAKS:
            yield from self._paragraph()
        elif word in (b"cell", b"nestcell"):
            yield from self._end_cell()
        elif word in (b"row", b"nestrow"):
            self._decode()
            yield from self._end_row()
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == b"fonttbl":
            state.fonts = state.silent = True
        elif word in _SILENT:
            state.silent = True
        elif starred and not state.blob:
            self._decode()
            state.part = "other groups"
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        state = self._state
        on = number is None or number != 0
        if word == b"f" and number is not None:
            self._decode()
            self._font = number
            if not state.fonts:
                state.page = self._fonts.get(number, "")
        elif word == b"fcharset" and state.fonts and number is not None and len(self._fonts) < 10_000:
            self._fonts[self._font] = CODE_PAGES.get(number, "")
        elif word == b"ansicpg" and number is not None:
            self._page = code_page(number)
        elif word == b"uc" and number is not None:
            state.skip = max(0, min(number, 64))
        elif word == b"intbl":
            state.table = True
        elif word == b"pard":
            state.table = False
        elif word == b"plain":
            self._decode()
            state.deleted = state.revised = False
        elif word == b"deleted":
            self._decode()
            state.deleted = on
        elif word == b"revised":
            self._decode()
            state.revised = on

    def _decode(self) -> None:
        """The bytes gathered so far, in the font's code page or the document's."""
        if not self._raw:
            return
        data = bytes(self._raw)
        self._raw.clear()
        if data.isascii():
            self._put(data.decode("ascii"))
            return
        try:
            text = data.decode(self._state.page or self._page or "cp1252")
        except UnicodeDecodeError:
            text = in_legacy(data, self._source.encodings)
        self._put(text)

    def _put(self, text: str) -> None:
        self._decode()
        state = self._state
        if state.silent or state.blob:
            return
        flow = self._flow()
        if not state.deleted:
            flow.now.append(text)
        if not state.revised:
            flow.before.append(text)
        flow.changed = flow.changed or state.deleted or state.revised
        flow.size += len(text)

    def _flow(self) -> _Flow:
        flow = self._flows.get(self._state.part)
        if flow is None:
            flow = _Flow(Prose(self._asset, self._budget.limits, self._state.part))
            self._flows[self._state.part] = flow
        return flow

    def _long(self) -> Iterator[Content]:
        """A paragraph without end, in pieces that overlap, so that no value is cut."""
        flow = self._flow()
        for line in flow.lines():
            yield from flow.prose.add(line)
            flow.now, flow.before = [line[-_OVERLAP:]], [line[-_OVERLAP:]]
        flow.size = _OVERLAP

    def _paragraph(self) -> Iterator[Content]:
        self._decode()
        flow = self._flow()
        if self._state.table and self._state.part == "body" and flow.size < _LONG:
            self._put("\n")
            return
        if self._state.part == "body" and self._grid is not None and not self._column and "".join(flow.now).strip():
            yield from self._grid.finish()
            self._grid = None
        for line in flow.lines():
            if line.strip():
                yield from flow.prose.add(line.replace("\n", " "))

    def _end_cell(self) -> Iterator[Content]:
        self._decode()
        now, *before = self._flow().lines()
        text = "\n".join(line.strip() for line in (now, *before) if line.strip())
        if self._column < _MOST_CELLS and len(text) < _LONG:
            if text:
                self._cells[self._column] = text
        else:
            yield from self._flow().prose.add(text)
        self._column += 1

    def _end_row(self) -> Iterator[Content]:
        if self._grid is None:
            self._grid = Grid(self._asset, self._budget.limits, name=self._tables.next(), part="body", lettered=False)
            self._row = 0
        self._row += 1
        cells, self._cells, self._column = self._cells, {}, 0
        yield from self._grid.add(self._row, cells)

    def _close_group(self) -> Iterator[Content]:
        self._decode()
        if (flow := self._flows.get(self._state.part)) is not None and flow.size > _LONGEST:
            yield from self._long()
        self._skip = 0
        if self._beyond:
            self._beyond -= 1
            return
        if not self._stack:
            return
        state, self._state = self._state, self._stack.pop()
        if state.blob and not self._state.blob:
            yield from self._blobs.end()
        if state.part != self._state.part and state.part in self._flows and state.part != "body":
            flow = self._flows[state.part]
            for line in flow.lines():
                if line.strip():
                    yield from flow.prose.add(line.replace("\n", " "))
