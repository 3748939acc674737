"""What extractors make of an asset's bytes: tables, text, members, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO, Protocol

from auditor.model.asset import Asset, Gap
from auditor.model.noun import noun

if TYPE_CHECKING:
    import pyarrow as pa


@noun
class Table:
    """Some consecutive rows of one table. A long table arrives as several, with the same `name`.

    `columns` are the names as written (JSON: dotted paths); with `header` False they are made up (`column 1`).
    `arrays` holds one Arrow string array a column, all of one length; a missing cell is null.
    Row i's number in the table is `first_row + i` and `lines[i]` its line in the file from 1 (None: no lines there).
    `part` says where in the asset the table stands (`page 3`); `letters` are a spreadsheet's columns (`A`, `B`), else empty.
    `spoken`: the columns' names are words of running text or cells, any of which may be a person's: only those a rule knows may be told.
    `again` are the lines of the `Text`s of the same `part`, after it, in which its rows stand once more: they are searched, and what
    the table has found is not counted twice.
    """

    asset: Asset
    name: str = ""
    columns: tuple[str, ...]
    header: bool = True
    arrays: tuple[pa.StringArray, ...] = field(repr=False)
    first_row: int = 1
    lines: Sequence[int] | None = field(default=None, repr=False)
    part: str = ""
    letters: tuple[str, ...] = ()
    spoken: bool = False
    again: range | None = None


@noun
class Text:
    """Some consecutive whole lines of text; or a window of one line too long to hold (`offset` > 0 but for the first).

    `first_line` counts from 1. `offset` is the number of characters of the first line that came before.
    Windows of one long line overlap by `overlap` characters, so that no value is cut; a match that ends
    within the overlap was seen in the window before. `part` says where in the asset the lines stand (`page 3`,
    `slide 2, notes`), in English, already `printable`; they are counted from 1 in it.
    """

    asset: Asset
    text: str = field(repr=False)
    first_line: int = 1
    offset: int = 0
    overlap: int = 0
    part: str = ""


@noun
class Member:
    """An archive's member: an asset that re-enters the walk. `stream` is only good until the next item is asked for."""

    asset: Asset
    stream: BinaryIO = field(repr=False)


Content = Table | Text | Member | Gap


@noun
class Source:
    """An asset being read: `head` is its first bytes (up to 64 KiB), `stream` starts at its first byte and only reads on."""

    asset: Asset
    head: bytes = field(repr=False)
    stream: BinaryIO = field(repr=False)
    encodings: tuple[str, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    """What the engagement says may open encrypted files."""


class Extractor(Protocol):
    """Turns one kind of file into content. Never raises for bad input: what cannot be read is a `Gap`."""

    def extract(self, source: Source) -> Iterator[Content]:
        """Stream the content; memory stays bounded whatever the size."""
        ...
