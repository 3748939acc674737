"""SQLite's pages by hand: rows of table leaf pages, and the space that no live row uses (https://sqlite.org/fileformat2.html).

For what SQL does not show: deleted rows in freed cells, on free pages, in unallocated space, and the pages of a write-ahead log.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from auditor.extractors._data.charts import wide_units

LEAF_TABLE: Final = 0x0D
INTERIOR_TABLE: Final = 0x05
_LEAF_INDEX: Final = 0x0A
_INTERIOR_INDEX: Final = 0x02
_KINDS: Final = frozenset({LEAF_TABLE, INTERIOR_TABLE, _LEAF_INDEX, _INTERIOR_INDEX})
_MOST_COLUMNS: Final = 2_000
Value = None | int | float | str | bytes


class Cell(NamedTuple):
    """One record of a table leaf page. `whole` is False where the rest lies on overflow pages; `exact`: as long as it says."""

    start: int
    end: int
    rowid: int
    values: list[Value]
    whole: bool
    exact: bool


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A big-endian varint and where it ends. IndexError at the data's end."""
    value = 0
    for number in range(9):
        byte = data[at + number]
        if number == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + number + 1
    raise IndexError


def record(data: bytes, at: int, end: int, text: str) -> list[Value] | None:
    """The values of a record whose header begins at `at`; None if it is none. `text` is the database's encoding."""
    try:
        size, position = varint(data, at)
        header = body = at + size
        if not 1 <= size <= 2 * _MOST_COLUMNS or body > end:
            return None
        values: list[Value] = []
        while position < header:
            kind, position = varint(data, position)
            length = _SIZES[kind] if kind < 10 else (kind - 12) // 2
            if kind in (10, 11) or body > end:
                return None
            piece = data[body : min(end, body + length)]
            values.append(_value(kind, piece, text))
            body += length
        return values if position == header else None
    except (IndexError, struct.error):
        return None


_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _value(kind: int, piece: bytes, text: str) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", piece)[0]) if len(piece) == 8 else None
    if kind < 7:
        return int.from_bytes(piece, "big", signed=True)
    return piece if kind % 2 == 0 else piece.decode(text, "replace")


def leaf_cells(page: bytes, offset: int, usable: int, text: str) -> Iterator[Cell]:
    """The rows of a table leaf page whose header is at `offset` (100 on the first page); those that make no sense are left out."""
    count = struct.unpack_from(">H", page, offset + 3)[0]
    if offset + 8 + 2 * count > usable:
        return
    for number in range(count):
        start = struct.unpack_from(">H", page, offset + 8 + 2 * number)[0]
        cell = cell_at(page, start, usable, text)
        if cell is not None:
            yield cell


def cell_at(page: bytes, start: int, usable: int, text: str) -> Cell | None:
    """The row whose cell begins at `start`."""
    try:
        size, at = varint(page, start)
        rowid, at = varint(page, at)
    except IndexError:
        return None
    local = local_size(size, usable)
    if at + local > usable:
        return None
    values = record(page, at, at + local, text)
    if values is None:
        return None
    end = at + local + (4 if local < size else 0)
    return Cell(start, end, rowid, values, local == size, local < size or _length(page, at) == size)


def local_size(size: int, usable: int) -> int:
    """How many bytes of a record of a table leaf lie on the page itself."""
    most = usable - 35
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (usable - 4)
    return local if local <= most else least


def unused(page: bytes, offset: int, usable: int) -> list[tuple[int, int]] | None:
    """Start and end of what holds no live cell on a page of a tree: unallocated space and freed blocks; None: no such page."""
    kind = page[offset]
    if kind not in _KINDS:
        return None
    header = 12 if kind in (INTERIOR_TABLE, _INTERIOR_INDEX) else 8
    block, count, content = struct.unpack_from(">HHH", page, offset + 1)
    content = content or 65_536
    array_end = offset + header + 2 * count
    if array_end > min(content, usable) or content > usable:
        return None
    spans = [(array_end, content)]
    last = 0
    while block > last and block + 4 <= usable:
        last, (following, size) = block, struct.unpack_from(">HH", page, block)
        spans.append((block + 4, min(usable, block + max(4, size))))
        block = following
    return [(start, end) for start, end in spans if end - start >= 4]


def freed(page: bytes, start: int, end: int, columns: list[int], usable: int, text: str) -> Iterator[Cell]:
    """Rows in freed space: of each only the first four bytes may be overwritten. `columns` are the tables' column counts.

    A cell still whole is read as such. Where its head is gone, the record's header is sought by what it must say: as many
    types as a table has columns, and values that end within the space.
    """
    known = set(columns)
    at = start
    left = start
    while at < end - 3:
        cell = cell_at(page, at, usable, text)
        if (
            cell is None
            or cell.end > end
            or not cell.exact
            or len(cell.values) not in known
            or not _sensible(cell.values)
        ):
            at += 1
            continue
        yield from _headless(page, left, at, columns, text)
        yield cell
        at = left = cell.end
    yield from _headless(page, left, end, columns, text)


def _headless(page: bytes, start: int, end: int, columns: list[int], text: str) -> Iterator[Cell]:
    """Rows between whole cells, whose first bytes are gone."""
    at = start
    known = set(columns)
    resume = True
    while at < end - 3:
        found = _beheaded(page, at, end, columns, text) if resume else []
        if not found:
            values = record(page, at, end, text)
            if values and len(values) in known and _sensible(values) and (last := at + _length(page, at)) <= end:
                found = [Cell(at, last, 0, values, True, True)]
        found = [cell for cell in found if not any(isinstance(value, bytes) for value in cell.values)]
        resume = bool(found)
        if found:
            yield from found
            at = min(cell.end for cell in found)
        else:
            at += 1


def _beheaded(page: bytes, at: int, end: int, columns: list[int], text: str) -> list[Cell]:
    """A small row whose first four bytes, its size, number, the header's size and maybe the first type, became a free block's.

    That leaves open how many types are gone: where more than one reading makes sense and none fills the block, all are given.
    """
    found = []
    for count in columns:
        for missing in (1, 0):
            try:
                position, kinds = at + 4, []
                for _ in range(count - missing):
                    kind, position = varint(page, position)
                    kinds.append(kind)
            except IndexError:
                continue
            if 10 in kinds or 11 in kinds:
                continue
            values: list[Value] = [None] * missing
            for kind in kinds:
                length = _SIZES[kind] if kind < 10 else (kind - 12) // 2
                if position + length > end:
                    break
                values.append(_value(kind, page[position : position + length], text))
                position += length
            if len(values) == count and _sensible(values):
                found.append(Cell(at, position, 0, values, True, position == end))
    return [cell for cell in found if cell.exact] or found


def _length(page: bytes, at: int) -> int:
    size, position = varint(page, at)
    total, end = size, at + size
    while position < end:
        kind, position = varint(page, position)
        total += _SIZES[kind] if kind < 10 else (kind - 12) // 2
    return total


def _sensible(values: list[Value]) -> bool:
    """Whether values look like a row and not like chance: a text of some length, all of it printable."""
    texts = [value for value in values if isinstance(value, str)]
    return any(len(value) >= 3 for value in texts) and all(map(_usual, texts))


def _usual(text: str) -> bool:
    if "\ufffd" in text or not text.replace("\n", " ").isprintable():
        return False
    return text.isascii() or bool(wide_units(text.encode("utf-16-le", "replace"), 0, "utf-16-le").all())
