"""How the records of a long file end, as its head tells: so that each part can be read by itself behind the head."""

from __future__ import annotations

import json

from auditor.extractors._csv.sniff import dialect_of, sniff
from auditor.extractors.cuts import Cut
from auditor.extractors.decoding import encoding_of, looks_binary, old_mac
from auditor.extractors.identify import choose, text_of_head
from auditor.model.content import Source


def cut_of(source: Source) -> Cut | None:
    """How records of this file end; None where a part cannot be understood without what stands before it.

    Tables of lines, JSON Lines and plain text can be cut. Dumps name columns once for many rows, other JSON is one value, and
    in UTF-16 half a character looks like a line's end.
    """
    head = source.head
    encoding, mark = encoding_of(head)
    if encoding != "utf-8" or looks_binary(head) or old_mac(head[mark:], encoding) or b"\n" not in head:
        return None
    text = text_of_head(head[mark:], encoding, source.encodings).replace("\r\n", "\n")
    match choose(head, source.asset.name, source.encodings):
        case "csv":
            named = source.asset.name.lower().endswith((".csv", ".tsv", ".psv", ".tab"))
            dialect = (None if named else sniff(text, whole=False)) or dialect_of(text, source.asset.name)
            delimiter = dialect.joint or dialect.delimiter
            return Cut(delimiter=delimiter.encode(), width=dialect.width) if dialect.width > 1 else Cut()
        case "json":
            return _json_lines(text)
        case "text":
            return Cut()
    return None


def _json_lines(text: str) -> Cut | None:
    """One value a line, as far as the head goes."""
    lines = text.split("\n")[:-1]
    values = [line for line in lines if line.strip()]
    first = {line[0] for line in values}
    if len(values) < 2 or len(first) != 1 or not first <= {"{", "["}:
        return None
    try:
        for line in values:
            json.loads(line)
    except (ValueError, RecursionError):
        return None
    return Cut(first=first.pop().encode())
