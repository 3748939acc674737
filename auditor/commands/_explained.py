"""An explanation as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from auditor.detectors.explain import Considered
from auditor.detectors.explain_columns import ColumnFacts
from auditor.explained import RESULTS, Explanation, FileFacts, Outcome, Spot
from auditor.model.text import printable

_SAYS = {
    "strong": "says so",
    "weak": "says so only with a fitting value",
    "excluded": "says it is something that looks alike",
    "credential": "says it is a credential",
    "nothing": "says nothing about it",
}
_COLUMNS_SHOWN = 60


def as_text(explanation: Explanation) -> str:
    """Aligned plain text."""
    return "\n".join(_lines(explanation)).rstrip()


def _lines(explanation: Explanation) -> Iterator[str]:
    for file in explanation.files:
        yield file.path if explanation.line is None else f"{explanation.path}:{explanation.line}"
        yield from _pairs(_file(file))
        for gap in file.gaps:
            yield f"  not examined    {gap.detail} [{gap.code}]"
        if explanation.line is None:
            yield from _summary(file)
        yield ""
    if explanation.line is None:
        return
    for spot in explanation.spots:
        yield from _spot(spot, explanation.line)
    if not explanation.spots:
        yield from _no_row(explanation)


def _file(file: FileFacts) -> list[tuple[str, str]]:
    rows = [("extractor", file.extractor or "none: not read")]
    if file.encoding:
        rows.append(("encoding", file.encoding))
    if file.kind:
        rows.append(("kind of file", f"{', '.join(file.kind)}: a field's name alone is often only a word there"))
    if file.unnamed:
        rows.append(("file name", f"only named values count in it: {', '.join(file.unnamed)}"))
    return rows


def _summary(file: FileFacts) -> Iterator[str]:
    for table in file.tables:
        yield f"  table {table.name or '(without a name)'}: {table.rows:,} rows, {len(table.columns)} columns"
        yield from _columns(table.columns)
    entities = sorted({entity for entity, _ in file.counts})
    if entities:
        yield f"  {'entity':24}  {'taken':>9}  {'candidate':>9}  {'rejected':>9}"
        for entity in entities:
            taken, candidate, rejected = (file.counts[entity, result] for result in RESULTS)
            yield f"  {entity:24}  {taken:>9,}  {candidate:>9,}  {rejected:>9,}"
    elif file.extractor not in ("", "archive"):
        yield "  nothing in it has the shape or the field name of personal data"
    if file.rejections:
        yield "  rejected, and why"
        for (entity, reason), number in file.rejections.most_common(20):
            yield f"    {number:>7,} × {entity}: {reason}"
    if not file.complete:
        yield f"  (rejected ones were counted in {file.sampled:,} lines and distinct cells of the file)"


def _columns(columns: tuple[ColumnFacts, ...]) -> Iterator[str]:
    width = max((_width(column.name) for column in columns), default=0)
    for column in columns[:_COLUMNS_SHOWN]:
        yield f"    {_padded(column.name, width)}  {_class(column)}{_shares(column)}"
    if len(columns) > _COLUMNS_SHOWN:
        yield f"    … and {len(columns) - _COLUMNS_SHOWN:,} more"


def _class(column: ColumnFacts) -> str:
    if not column.header:
        return "no header"
    said = [f"{kind}: {', '.join(entities)}" for kind, entities in column.classes.items()]
    return "; ".join(said) or "a name that says nothing"


def _shares(column: ColumnFacts) -> str:
    parts = []
    for share in column.shares[:3]:
        decided = f", decided: {share.decided}" if share.decided else ""
        whole = max(column.filled, 1)
        parts.append(f"{share.entity} {100 * share.shaped // whole} % shaped, {100 * share.valid // whole} % valid, {share.distinct:,} distinct{decided}")  # fmt: skip
    return f" | {column.filled:,} values" + "".join(f" | {part}" for part in parts)


def _spot(spot: Spot, line: int) -> Iterator[str]:
    if spot.row:
        begins = f" (begins in line {spot.line})" if spot.line != line else ""
        table = f" of table {spot.table}" if spot.table else ""
        yield f"row {spot.row:,}{table}{begins}"
        yield from _columns(spot.columns)
        yield ""
    elif spot.outcomes or spot.announced:
        yield "text"
    if not spot.outcomes:
        yield "  nothing in it has the shape or the field name of personal data"
    for outcome in spot.outcomes:
        yield from _outcome(outcome)
        yield ""
    for word in spot.announced:
        there = "and what follows is masked" if word.masked else "but nothing that has the shape"
        yield f"  {word.entity}: the word “{printable(word.word)}” stands here, {there}"
    if spot.more:
        yield f"  … and {spot.more:,} more"


def _outcome(outcome: Outcome) -> Iterator[str]:
    one = outcome.considered
    where = f"field {one.column}" if one.column else ""
    span = f"characters {one.start}–{one.end}" if one.end else ""
    yield f"  {outcome.result.upper():9}  {one.entity}  {one.mask}  {', '.join(filter(None, (where, span)))}".rstrip()
    rows = [("because", outcome.reason), ("pattern", one.pattern), ("checksum", _checksum(one))]
    rows += [(f"field {said.name}", _SAYS[said.says]) for said in one.fields]
    rows += [("context", word.removeprefix("context ")) for word in one.reasons if word.startswith("context")]
    rows.append(("gate", _gate(one)))
    if outcome.register:
        rows.append(
            ("register", "one of the bank's customers" if outcome.register == "yes" else "in no customer's entry")
        )
    if outcome.result != "rejected":
        rows.append(("score", f"{outcome.score:.2f}"))
    yield from _pairs(rows, indent=13)


def _checksum(one: Considered) -> str:
    return f"{one.checksum} (validator {one.validator})" if one.checksum != "none" else "none to test"


def _gate(one: Considered) -> str:
    if not one.rule:
        return "none: the recogniser is a user's own and sees everything"
    return "passed" if one.gate else "not passed"


def _no_row(explanation: Explanation) -> Iterator[str]:
    file = explanation.files[-1]
    if file.tables and explanation.line is not None:
        yield "no row stands in this line: it is the header, a comment, or empty"
        for table in file.tables:
            yield from _columns(table.columns)
    elif file.extractor:
        yield "the line is empty"


def _pairs(rows: list[tuple[str, str]], indent: int = 2) -> Iterator[str]:
    width = max(14, *(_width(name) for name, _ in rows))
    for name, value in rows:
        yield f"{' ' * indent}{_padded(name, width)}  {value}"


def _width(text: str) -> int:
    """Terminal cells: Hangul and other wide characters take two, Thai vowels above and below none."""
    kinds = ((unicodedata.east_asian_width(c), unicodedata.combining(c)) for c in text)
    return sum(0 if combining else 2 if wide in "WF" else 1 for wide, combining in kinds)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


# --- JSON


def as_json(explanation: Explanation) -> str:
    """The same as JSON: `path`, `line`, `files`, `places` (null without a line)."""
    document = {
        "path": explanation.path,
        "line": explanation.line,
        "files": [_file_json(file, whole=explanation.line is None) for file in explanation.files],
        "places": None if explanation.line is None else [_spot_json(spot) for spot in explanation.spots],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _file_json(file: FileFacts, *, whole: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "path": file.path,
        "extractor": file.extractor or None,
        "encoding": file.encoding or None,
        "kind": list(file.kind),
        "only_named": list(file.unnamed),
        "gaps": [{"code": str(gap.code), "detail": gap.detail} for gap in file.gaps],
    }
    if whole:
        entities = sorted({entity for entity, _ in file.counts})
        facts["tables"] = [
            {"name": table.name, "rows": table.rows, "columns": [_column_json(column) for column in table.columns]}
            for table in file.tables
        ]
        facts["counts"] = {entity: {result: file.counts[entity, result] for result in RESULTS} for entity in entities}
        facts["rejections"] = [
            {"entity": entity, "reason": reason, "count": number}
            for (entity, reason), number in file.rejections.most_common()
        ]
        facts["rejections_complete"] = file.complete
    return facts


def _column_json(column: ColumnFacts) -> dict[str, Any]:
    return {
        "name": column.name, "header": column.header, "values": column.filled,
        "class": {kind: list(entities) for kind, entities in column.classes.items()},
        "shapes": [
            {"entity": share.entity, "rule": share.rule, "shaped": share.shaped, "valid": share.valid,
             "distinct": share.distinct, "decided": share.decided or None}
            for share in column.shares
        ],
    }  # fmt: skip


def _spot_json(spot: Spot) -> dict[str, Any]:
    return {
        "line": spot.line,
        "table": spot.table or None,
        "row": spot.row or None,
        "columns": [_column_json(column) for column in spot.columns],
        "considered": [_outcome_json(outcome) for outcome in spot.outcomes],
        "announced": [{"entity": w.entity, "word": w.word, "masked": w.masked} for w in spot.announced],
        "more": spot.more,
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    one = outcome.considered
    return {
        "outcome": outcome.result, "reason": outcome.reason, "entity": one.entity, "rule": one.rule or None,
        "mask": one.mask, "field": one.column or None, "start": one.start, "end": one.end, "pattern": one.pattern,
        "checksum": one.checksum, "validator": one.validator or None, "names": [{"name": said.name, "says": said.says} for said in one.fields],
        "gate": one.gate, "score": outcome.score, "why": list(outcome.why or one.reasons),
        "register": outcome.register or None,
    }  # fmt: skip
