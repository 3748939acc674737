"""Values that are encoded inside text and tables: decoded where they stand, or handed on as members where they are files.

A short value takes the place of its encoding, so that the field's name beside it and the line's or row's other values stay with it:
`phone: MDEw…` becomes `phone: 010…`, a cell of base64 that holds a JSON object becomes columns of its row. Longer text, tables,
archives and documents become members (`app.har!/line 12, base64`), which re-enter the walk.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.extractors._nested.found import Found
from auditor.extractors._nested.tables import Tables
from auditor.extractors._nested.texts import Texts
from auditor.extractors._nested.values import Values
from auditor.extractors.limits import Budget
from auditor.model.content import Content, Source, Table, Text


def unfold(contents: Iterator[Content], source: Source, budget: Budget) -> Iterator[Content]:
    """The same contents with what is encoded in them decoded; members and gaps pass."""
    found = Found(source.asset, budget)
    values = Values(found, source.encodings)
    texts, tables = Texts(source, budget, found, values), Tables(source, budget, found, values)
    try:
        for content in contents:
            if isinstance(content, Text):
                yield from texts.text(content)
            elif isinstance(content, Table):
                yield from tables.table(content)
            else:
                yield content
        yield from texts.finish()
        yield from tables.finish()
    finally:
        close = getattr(contents, "close", None)
        if close is not None:
            close()
