"""Tables of a PDF page without rules: columns are what white stripes part, over some lines that follow each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from auditor.extractors._csv.header import VALUE, known_names
from auditor.extractors._pdf.cells import Cell, Found, joined, pieces
from auditor.extractors._pdf.layout import PageText, Run
from auditor.extractors._pdf.ruled import made
from auditor.extractors._pdf.stacked import Row, rows_in

_NARROW: Final = 0.12
"""Of a letter's height: the least that parts two columns, as long as it is wide beside some of the rows."""
_WIDE: Final = 0.6
_WIDER: Final = 1.5
"""Of a space between words."""
_WIDEST_SPACE: Final = 0.75
_SPACES: Final = 15
_WIDE_BESIDE: Final = 0.3
_STEP: Final = 3.0
_FARTHER: Final = 2.5
_LEAST: Final = 3
_HEAD: Final = 3
"""Lines of names that are tried as one row."""
_TRIES: Final = 12
_ENOUGH: Final = 5
"""Lines after which columns are known."""
_FOOT: Final = 2
_ATTEMPTS: Final = 60
_LONGEST_NAME: Final = 40
_TOP: Final = 3
"""Lines above the first row of a table that goes on from the page before: what every page begins with."""

_Span = tuple[float, float]
IsHead = Callable[[list[list[str]]], int | None]


def unruled(page: PageText, is_head: IsHead, before: Found | None, skip: frozenset[int]) -> list[Found]:
    """The tables, from the top: those of which `is_head` tells which row names the columns, and the one that goes on from `before`.

    `skip`: the first characters of runs that are known to stand in others.
    """
    numbered = [
        (number, own)
        for number, line in enumerate(page.lines, 1)
        if (own := [run for run in line if run.start not in skip])
    ]
    found: list[Found] = []
    wide = max(_WIDE, _WIDER * _space(page))
    at = 0
    tries = attempts = 0
    until = 0
    while at < len(numbered) and attempts < _ATTEMPTS:
        if at >= until:
            tries = 0
        if tries >= _TRIES:
            at = until
            continue
        if not _may_be_names(numbered[at][1], wide):
            at += 1
            continue
        end, spans = _grown(numbered, at, None)
        if end - at >= _LEAST:
            tries, attempts, until = tries + 1, attempts + 1, max(until, end)
            lines = numbered[at:end]
            edges = _edges(lines, spans, wide)
            table = _table(page, lines, edges, is_head) if len(edges) > 2 else None
            if table is not None:
                found.append(table)
                at = end
                continue
        at += 1
    if before is not None:
        for start in range(min(_TOP, len(numbered))):
            end, _ = _grown(numbered, start, list(pairwise(before.edges)))
            if (
                end > start
                and (table := _table(page, numbered[start:end], before.edges, None, before.head)) is not None
            ):
                rest = [one for one in found if one.lines[0] > table.ends]
                return [table, *rest] if all(one in rest or one.ends <= table.ends for one in found) else found
    return found


def _space(page: PageText) -> float:
    """How wide a space between words is most often, in heights of letters: wide with letters of one width."""
    times = [0] * _SPACES
    for line in page.lines:
        for before, after in _gaps(line):
            if 0 < (share := (after - before) / line[0].height * _SPACES / _WIDEST_SPACE) < _SPACES:
                times[int(share)] += 1
    return (times.index(max(times)) + 1) * _WIDEST_SPACE / _SPACES if any(times) else 0.0


def _gaps(line: list[Run]) -> Iterator[_Span]:
    for run in line:
        yield from ((before, after) for _, before, after in run.blanks)
    for one, two in pairwise(line):
        yield one.right, two.left


def _may_be_names(line: list[Run], wide: float) -> bool:
    return (
        len(line) > 1
        and all(len(run.text) <= _LONGEST_NAME for run in line)
        and any(two.left - one.right >= wide * one.height for one, two in pairwise(line))
    )


def _spans(line: list[Run]) -> Iterator[_Span]:
    """Where its words stand."""
    for run in line:
        start = run.left
        for _, before, after in run.blanks:
            if after - before >= _NARROW * run.height:
                yield start, before
                start = after
        yield start, run.right


def _grown(numbered: list[tuple[int, list[Run]]], start: int, known: list[_Span] | None) -> tuple[int, list[_Span]]:
    """Where a table that begins with this line ends, and what stands in its columns. `known` are the columns, if they are."""
    covered: list[_Span] = []
    steps: list[float] = []
    for at in range(start, len(numbered)):
        line = numbered[at][1]
        if at > start:
            step = numbered[at - 1][1][0].base - line[0].base
            most = max((_FARTHER * max(steps), _STEP * line[0].height) if len(steps) > 2 else (_STEP * line[0].height,))
            if step > most:
                return at, covered
            steps.append(step)
        wider = _together([*covered, *_spans(line)], _NARROW * line[0].height)
        if at > start and (len(wider) < 2 or _bridges(line, covered, known, _most(at, start, len(numbered)))):
            return at, covered
        if known is not None and at == start and _bridges(line, covered, known, None):
            return at, covered
        covered = wider
    return len(numbered), covered


def _bridges(line: list[Run], covered: list[_Span], known: list[_Span] | None, most: int | None) -> bool:
    """Whether a line goes over the columns: it stands below the table, or above it."""
    if known is not None:
        return any(sum(left < edge < right for _, edge in known[:-1]) for left, right in _spans(line))
    if most is None:
        return False
    return any(sum(left < one[1] and one[0] < right for one in covered) > most for left, right in _spans(line))


def _most(at: int, start: int, count: int) -> int | None:
    """Over how many columns a line's words may go: none knows in the first lines; a page's last ones may be its foot."""
    if at - start < _ENOUGH:
        return None
    return 1 if count - at <= _FOOT else 2


def _together(spans: list[_Span], gap: float) -> list[_Span]:
    """Spans that overlap, or are as close as this, as one."""
    found: list[_Span] = []
    for left, right in sorted(spans):
        if found and left - found[-1][1] < gap:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _edges(lines: list[tuple[int, list[Run]]], spans: list[_Span], wide: float) -> list[float]:
    """Where columns begin and the last one ends: a stripe that is wide in few of the lines with text on both sides is between words."""
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]
    both, far = [0] * len(inner), [0] * len(inner)
    for _, line in lines:
        own = list(_spans(line))
        for number, edge in enumerate(inner):
            at = bisect_left(own, (edge, edge))
            if 0 < at < len(own):
                both[number] += 1
                far[number] += own[at][0] - own[at - 1][1] >= wide * line[0].height
    kept = [edge for edge, one, all_ in zip(inner, far, both, strict=True) if one and one >= _WIDE_BESIDE * all_]
    return [spans[0][0], *kept, spans[-1][1]]


def _table(
    page: PageText,
    lines: list[tuple[int, list[Run]]],
    edges: list[float],
    is_head: IsHead | None,
    head: tuple[str, ...] = (),
) -> Found | None:
    columns: list[Cell] = [[] for _ in edges[1:]]
    for number, line in lines:
        for run in line:
            for piece in pieces(run, page, number, edges[1:-1]):
                columns[min(max(bisect_right(edges, piece.inner) - 1, 0), len(columns) - 1)].append(piece)
    above = _again(columns, head, [number for number, _ in lines[:_HEAD]])
    rest = [[piece for piece in column if piece.line > above] for column in columns]
    rows = [row for row in rows_in(rest) if any(row)]
    if above:
        rows.insert(0, [[piece for piece in column if piece.line <= above] for column in columns])
    rooms = [max((piece.right - piece.left for piece in column), default=0.0) + 0.5 for column in columns]
    if is_head is not None:
        _put_names_above(rows)
        _make_names_whole(rows, rooms)
    filled = sum(sum(map(bool, row)) > 1 for row in rows)
    if not rows or filled * 2 < len(rows) or (is_head is not None and len(rows) < 2):
        return None
    table = made(rows, edges, rooms, ruled=False)
    if is_head is not None:
        at = is_head(table.rows)
        if at is None or any(len(cell) > _LONGEST_NAME for cell in table.rows[at]):
            return None
    return table


def _again(columns: list[Cell], head: tuple[str, ...], numbers: list[int]) -> int:
    """The line with which the names end that stand at a page's top again; 0 if they do not."""
    names = ["".join(name.split()) for name in head]
    for last in numbers:
        held = [[piece.text for piece in column if piece.line <= last] for column in columns]
        if ["".join("".join(texts).split()) for texts in held] == names:
            return last
    return 0


def _put_names_above(rows: list[Row]) -> None:
    """A name that stands beside its values, right of them or left, is above them."""
    for number in range(len(rows[0]) - 1):
        for one, two in ((number, number + 1), (number + 1, number)):
            alone = rows[0][one] and not any(row[one] for row in rows[1:])
            if alone and not rows[0][two] and any(row[two] for row in rows[1:]):
                rows[0][one], rows[0][two] = rows[0][two], rows[0][one]


def _make_names_whole(rows: list[Row], rooms: list[float]) -> None:
    """Names that take several lines, which stand otherwise than those of the rows below, are one row."""
    for count in range(min(_HEAD, len(rows) - 1), 1, -1):
        above = rows[:count]
        together = [[piece for row in above for piece in row[column]] for column in range(len(rooms))]
        below = [joined(cell, room)[0] for row in above[1:] for cell, room in zip(row, rooms, strict=True)]
        if (all(above[0]) and all(all(row) for row in above[1:])) or any(
            cell and VALUE.fullmatch(cell) for cell in below
        ):
            continue
        one, whole = (
            [joined(cell, room)[0] for cell, room in zip(row, rooms, strict=True)] for row in (rows[0], together)
        )
        if known_names(whole) > known_names(one):
            rows[:count] = [together]
            return
