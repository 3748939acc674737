"""What the HTML templates show of the course of an engagement: rows, and the trend's chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.course import Answered, BaselineUse, Remediation, TrendPoint, WaiverUse
from auditor.model.finding import Finding, Run
from auditor.model.noun import noun
from auditor.model.rule import Level
from auditor.reporters.course import sampling_bounds, sampling_lines, sentences
from auditor.reporters.facts import finding_order
from auditor.reporters.strings import Strings
from auditor.reporters.view import Cut

WIDTH: Final = 720
HEIGHT: Final = 150
"""The chart's drawing units; it scales with the page."""
_TOP: Final = 18
_BOTTOM: Final = 34
_WIDEST: Final = 44.0


@noun
class Segment:
    """One level's part of a column: where it begins from the top, and how high it is."""

    level: Level
    y: float
    height: float


@noun
class Column:
    """One run in the chart, in drawing units. `label` is whether there is room for its day."""

    point: TrendPoint
    x: float
    width: float
    top: float
    segments: tuple[Segment, ...]
    label: bool

    @property
    def middle(self) -> float:
        """Where its numbers stand."""
        return round(self.x + self.width / 2, 1)


@noun
class Area:
    """The questions under one heading of the scorecard."""

    rows: tuple[Answered, ...]


@noun
class CourseView:
    """What the templates of the course show. `deadlines` are open findings with a due day, the most urgent first."""

    sentences: tuple[str, ...]
    sampling_bounds: tuple[str, ...]
    sampling_lines: tuple[str, ...]
    waivers: tuple[WaiverUse, ...]
    suppressed: Cut[Finding]
    baseline: BaselineUse | None
    remediation: tuple[tuple[Remediation, int], ...]
    deadlines: Cut[Finding]
    late: Cut[Finding]
    columns: tuple[Column, ...]
    trend: tuple[TrendPoint, ...]
    areas: tuple[Area, ...]


def course_view(run: Run, strings: Strings) -> CourseView:
    """Work out everything the templates of the course show."""
    course = run.course
    due = [
        finding
        for finding in (*run.findings, *run.gone)
        if finding.track.state in (Remediation.OPEN, Remediation.OVERDUE)
    ]
    due.sort(key=lambda finding: (str(finding.track.due), *finding_order(finding)))
    closed = (Remediation.LATE, Remediation.UNCERTAIN, Remediation.IN_TIME)
    late = [finding for finding in run.gone if finding.track.state in closed]
    late.sort(key=lambda finding: (closed.index(finding.track.state or Remediation.IN_TIME), *finding_order(finding)))
    sampling = course.sampling
    return CourseView(
        sentences=sentences(run, strings),
        sampling_bounds=() if sampling is None else sampling_bounds(sampling, strings),
        sampling_lines=() if sampling is None else sampling_lines(sampling, strings),
        waivers=course.waivers,
        suppressed=Cut.of(sorted(course.suppressed, key=finding_order)),
        baseline=course.baseline,
        remediation=course.remediation,
        deadlines=Cut.of(due),
        late=Cut.of(late),
        columns=columns(course.trend),
        trend=tuple(reversed(course.trend)),
        areas=tuple(_areas(course.scorecard.rows)) if course.scorecard else (),
    )


def columns(points: tuple[TrendPoint, ...]) -> tuple[Column, ...]:
    """A column a run, the highest as high as the chart; one run alone is no trend."""
    if len(points) < 2:
        return ()
    most = max(1, *(point.open for point in points))
    pitch = WIDTH / len(points)
    width = min(_WIDEST, pitch * 0.7)
    room = HEIGHT - _TOP - _BOTTOM
    every = 1 if len(points) <= 12 else 2
    made = []
    for number, point in enumerate(points):
        floor, segments = float(HEIGHT - _BOTTOM), []
        for level, count in reversed(point.levels):  # the worst on top
            if count:
                height = room * count / most
                floor -= height
                segments.append(Segment(level=level, y=round(floor, 1), height=round(height, 1)))
        made.append(
            Column(
                point=point, x=round(number * pitch + (pitch - width) / 2, 1), width=round(width, 1),
                top=round(floor, 1), segments=tuple(segments), label=(len(points) - 1 - number) % every == 0,
            )
        )  # fmt: skip
    return tuple(made)


def _areas(rows: tuple[Answered, ...]) -> Iterator[Area]:
    known: dict[str, list[Answered]] = {}
    for row in rows:
        known.setdefault(row.area.en, []).append(row)
    yield from (Area(rows=tuple(found)) for found in known.values())
