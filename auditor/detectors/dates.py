"""When the rows of a table are from, by their own dates: the earliest and the latest day of the columns that date a row.

A birth date is personal data, so a column counts by a name that dates the row itself (`created_at`, 가입일시), or by a name such
as `time` whose cells have a time of day too; and never beside a match that calls it a date of birth.
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from auditor.model.content import Table
from auditor.model.noun import noun

if TYPE_CHECKING:
    import pyarrow as pa

# Words of a name, in small letters. "Says": what was done to the row. "Day": that the column holds a moment. When an identity
# document was issued (발급) is left out like a birth date: banks ask for it to tell who somebody is.
_SAYS: Final = frozenset(
    (
        "created create creation inserted insert ins regist registered registration register reg rgst joined join "
        "signup signed subscribed updated update upd upt modified modify modification mod mdfy changed change chg "
        "edited saved stored login logged lastlogin accessed access visited visit ordered order paid payment sent "
        "received rcv requested request req processed processing verified auth agreed agree consented uploaded "
        "exported extracted collected loaded sync synced batch frst last final first wrote written logging event "
        "deleted withdrawn"
    ).split()
)
_DAY: Final = frozenset(
    "at on dt date day time tm ts ms dttm datetime timestamp ymd ymdhms dtm tstamp pnttm de when".split()
)
_JOINED: Final = frozenset(
    (
        "createdat updatedat modifiedat joinedat regdt regdate upddt upddate moddt moddate insdt lastlogindt "
        "registdt lastupdtpnttm frstregistpnttm createdate updatedate modifydate regdttm upddttm ctime mtime"
    ).split()
)
_NATIVE: Final = re.compile(
    r"(?:가입|등록|생성|수정|변경|갱신|접속|로그인|방문|처리|요청|신청|접수|발송|수신|전송|주문|결제|동의|인증|저장|추출|업로드|작성|입력|최종|최초|탈퇴)"
    r"[가-힣 ]{0,6}(?:일시|일자|시각|시간|날짜|일)|(?:创建|更新|修改|注册|登录|操作|录入)(?:时间|日期)|วันที่(?:สมัคร|สร้าง|แก้ไข|ลงทะเบียน|อัปเดต)"
)
_NOT: Final = re.compile(
    r"birth|brth|born|bday|dob|expir|expire|valid|until|due|end|death|wedding|anniv|issu|licen|passport|발급|면허|여권|주민|생년|생일|출생|만료|유효|종료|사망|결혼|기념|出生|生日|เกิด"
)
_GENERIC: Final = frozenset(
    "ts time timestamp datetime date dt logtime eventtime @timestamp 일시 시각 날짜 일자 时间 日期 เวลา".split()
)

_YEAR: Final = "(?:199[5-9]|20[0-9]{2})"
_SHAPES: Final = (
    rf"^ *{_YEAR}-[01][0-9]-[0-3][0-9]", rf"^ *{_YEAR}/[01][0-9]/[0-3][0-9]", rf"^ *{_YEAR}\.[01][0-9]\.[0-3][0-9]",
    rf"^ *{_YEAR}[01][0-9][0-3][0-9](?:[0-9]{{6}})?(?:[^0-9]|$)", r"^ *1[0-9]{9}(?:\.[0-9]{1,6})? *$",
    r"^ *1[0-9]{12}(?:\.[0-9]{1,6})? *$",
)  # fmt: skip
"""Ways to write a moment; cells of one sort by time as they sort by letters."""
_ANY_SHAPE: Final = "|".join(_SHAPES)
_CELL: Final = re.compile(
    r"(?P<y>\d{4})(?P<s>[-/.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)"
    r"(?:[T ]?(?P<h>[0-2]\d):?(?P<min>[0-5]\d)(?::?(?P<sec>[0-5]\d)(?:[.,]\d{1,9})?)?)?"
    r"(?: ?(?:(?P<z>Z|UTC|GMT)|(?P<off>[+-])(?P<oh>[01]\d):?(?P<om>[0-5]\d)?))?"
)
_EPOCH: Final = re.compile(r"(1\d{9})(\d{3})?(?:\.\d{1,6})?")
EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)
"""What is dated before is no row of a customer's: a default value, or a date of something else."""


@noun(kw_only=False)
class Span:
    """The earliest and the latest moment. Without an offset it is what the vendor's program wrote, in its own calendar."""

    earliest: datetime
    latest: datetime

    def joined(self, other: Span | None) -> Span:
        """Both together."""
        if other is None:
            return self
        return Span(min(self.earliest, other.earliest, key=instant), max(self.latest, other.latest, key=instant))


def instant(moment: datetime) -> datetime:
    """A moment to compare by: what has no offset counts as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def dates_a_row(name: str) -> bool | None:
    """Whether a column of that name dates its row: True; only if its cells hold a time of day too: None; False."""
    last = name.rsplit(".", 1)[-1].removesuffix("[]").strip()
    folded = last.casefold()
    if not last or len(last) > 60 or _NOT.search(folded):
        return False
    if _NATIVE.search(folded):
        return True
    words = [word for word in re.split(r"[^a-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", last).casefold()) if word]
    if "".join(words) in _JOINED or (len(words) > 1 and words[-1] in _DAY and not _SAYS.isdisjoint(words[:-1])):
        return True
    return None if folded in _GENERIC or "".join(words) in _GENERIC else False


def parse(cell: str, *, with_time: bool, now: datetime) -> datetime | None:
    """The moment a cell says, if it is plausible: from 1995 to a day after `now`; None for anything else."""
    text = cell.strip()
    if found := _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(found[1]), UTC)
    elif (found := _CELL.fullmatch(text)) and (found["h"] or not with_time):
        zone = None
        if found["z"]:
            zone = UTC
        elif found["off"]:
            ahead = timedelta(hours=int(found["oh"]), minutes=int(found["om"] or 0))
            zone = timezone(-ahead if found["off"] == "-" else ahead)
        try:
            moment = datetime(
                int(found["y"]), int(found["m"]), int(found["d"]), int(found["h"] or 0), int(found["min"] or 0),
                int(found["sec"] or 0), tzinfo=zone,
            )  # fmt: skip
        except ValueError:
            return None
    else:
        return None
    return moment if EARLIEST <= instant(moment) <= now + timedelta(days=1) else None


class RowDates:
    """The dates of one asset's tables, a batch at a time. Cheap: the lowest and the highest cell of a column tell, or those of each
    way to write a moment; of cells that only look like one (31 February) at most `MOST` are passed over at either end."""

    MOST: Final = 1_000
    COLUMNS: Final = 10_000
    """Columns kept of an asset: names may be data, as in JSON with an id for a key."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._spans: dict[tuple[str, str], Span] = {}

    def see(self, table: Table) -> None:
        """Note what the columns of some rows say."""
        for name, array in zip(table.columns, table.arrays, strict=True):
            kind = dates_a_row(name)
            if kind is False or not len(array):
                continue
            key = (table.name, name)
            if key not in self._spans and len(self._spans) >= self.COLUMNS:
                continue
            span = self._span(array, with_time=kind is None)
            if span is not None:
                self._spans[key] = span.joined(self._spans.get(key))

    def span(self, tables: frozenset[str], births: frozenset[str]) -> Span | None:
        """The dates of some tables, without the columns that hold dates of birth."""
        found: Span | None = None
        for (table, column), span in self._spans.items():
            if table in tables and column not in births:
                found = span.joined(found)
        return found

    def _span(self, array: pa.StringArray, *, with_time: bool) -> Span | None:
        import pyarrow.compute as pc

        for pattern in (None, _ANY_SHAPE):
            if pattern is not None:
                array = array.filter(pc.match_substring_regex(array, pattern))
            ends = pc.min_max(array)
            low, high = ends["min"].as_py(), ends["max"].as_py()
            if low is None:
                return None
            first, last = (self._parse(cell, with_time=with_time) for cell in (low, high))
            if first is not None and last is not None and _form(low) == _form(high):
                return Span(first, last)
        found: Span | None = None
        for pattern in _SHAPES:
            cells = array.filter(pc.match_substring_regex(array, pattern)).unique().sort().to_pylist()
            first = self._first(cells[: self.MOST], with_time=with_time)
            last = self._first(cells[: -self.MOST - 1 : -1], with_time=with_time)
            if first is not None and last is not None:
                found = Span(first, last).joined(found)
        return found

    def _first(self, cells: Sequence[str], *, with_time: bool) -> datetime | None:
        return next((moment for cell in cells if (moment := self._parse(cell, with_time=with_time)) is not None), None)

    def _parse(self, cell: str, *, with_time: bool) -> datetime | None:
        return parse(cell, with_time=with_time, now=self._now)


def _form(cell: str) -> str:
    """The cell's punctuation and length: cells of one form sort by time as they sort by letters."""
    return re.sub("[0-9]", "0", cell)
