"""From when data is: the best evidence there is, who says so, and what may be wrong with it."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from auditor.checks._common import local_day
from auditor.model.engagement import Engagement
from auditor.model.finding import Observation
from auditor.model.noun import noun
from auditor.model.text import Bilingual

Origin = Literal["rows", "commit", "object version", "archive member", "file"]

_BY: Final[dict[Origin, Bilingual]] = {
    "rows": Bilingual(en="by the rows' own dates", ko="행에 기록된 일시 기준"),
    "commit": Bilingual(
        en="by the commit's author date, which the author's computer sets", ko="커밋 작성 일시 기준, 작성자 PC가 정한 값"
    ),
    "object version": Bilingual(
        en="by the time of the object version, which the storage service sets", ko="객체 버전 시각 기준, 저장소가 기록한 값"
    ),
    "archive member": Bilingual(
        en="by the time in the archive, which copying keeps and anybody can change",
        ko="압축 파일 내 시각 기준, 복사 시 유지되고 변경 가능",
    ),
    "file": Bilingual(
        en="by file time, which copying or a command can change", ko="파일 시각 기준, 복사나 명령으로 변경 가능"
    ),
}  # fmt: skip


@noun
class Dated:
    """The last day that data is from. `doubtful`: an ordinary copy or command may have changed it."""

    day: date
    origin: Origin

    @property
    def doubtful(self) -> bool:
        """Whether the time is one that anybody who handles the file can change."""
        return self.origin in ("archive member", "file")

    @property
    def by(self) -> Bilingual:
        """Who says so, and the doubt."""
        return _BY[self.origin]


def by_rows(observation: Observation, engagement: Engagement | None) -> Dated | None:
    """The latest of the rows' own dates."""
    if observation.rows_to is None:
        return None
    return Dated(day=local_day(observation.rows_to, engagement), origin="rows")


def by_writing(observation: Observation, engagement: Engagement | None) -> Dated | None:
    """When the asset was written: its commit's date, its version's, its own."""
    if observation.modified is None or not observation.modified_from:
        return None
    return Dated(day=local_day(observation.modified, engagement), origin=observation.modified_from)


def dated(observation: Observation, engagement: Engagement | None) -> Dated | None:
    """The best evidence: the rows themselves, else when the asset was written."""
    return by_rows(observation, engagement) or by_writing(observation, engagement)
