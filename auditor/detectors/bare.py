"""Names of people that stand in a sentence without a label: with a title (`김은하님`, `นายกิตติ วงศ์ทอง`, `王晓明先生`), or alone (`김은하 / 010-…`).

Only those are found that are hardly anything else (`spoken.sure`), and they count only where something else is personal too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.han import han_names, han_titled
from auditor.detectors.names import TH_TITLES, full_name
from auditor.detectors.spoken import likely, name_of, romanised, sure, thai_words, titled
from auditor.detectors.told import THAI
from auditor.model.noun import noun

TITLES: Final = "고객|회원|어머님|아버님|어르신|할머니|할아버지|사장|대표|이사|부장|차장|과장|대리|주임|사원|팀장|실장|선생|변호사|환자|학생|어린이|원아|보호자|학부모|어머니|아버지|여사|사용자|유저|배상|드림|올림|앞"
_HANGUL_TITLED: Final = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,4}}?)(?: ?(?:고객|회원))?(?: ?(?P<title>님|귀하)| (?P<spaced>씨|{TITLES})(?![가-힣]{{3}}))(?![가-힣]{{3}})"
)
_SPREAD_TITLED: Final = re.compile(
    r"(?<![가-힣])(?<![가-힣] )(?P<name>[가-힣](?: {1,2}[가-힣]){2})(?: ?(?P<title>님|귀하)| (?P<spaced>고객|회원|씨))"
)
_HAS_TITLE: Final = re.compile(f"님|귀하| (?:씨|{TITLES})")
_THAI_TITLED: Final = re.compile(rf"(?P<title>{TH_TITLES})[ ]?(?P<name>[ก-๙]{{2,20}} {{1,2}}[ก-๙]{{2,25}})")
_LATIN_TITLED: Final = re.compile(
    r"(?<![A-Za-z])(?P<title>M(?:r|rs|s|iss)\.?|Khun) (?P<name>(?:[A-Z][A-Za-z'’-]{1,20} ){1,2}[A-Z][A-Za-z'’-]{1,20})(?![A-Za-z])"
)
_HANGUL: Final = re.compile(r"(?<![가-힣])[가-힣]{3,9}(?![가-힣])")
_LATIN: Final = re.compile(
    r"(?<![\w.@/-])[A-Z][A-Za-z'’-]{1,20},? (?:[A-Z][A-Za-z'’-]{1,20} )?[A-Z][A-Za-z'’-]{0,19}[A-Za-z](?![\w@])"
)
_BESIDE: Final = r"[ \t]*(?:[/,|;·、，\t(（]|$)"
_THAI_KIN: Final = "วงศ์|วงษ์|พงษ์|พงศ์|ศรี|สุข|ทอง|แก้ว|บุญ|มณี|จันทร์|สวัสดิ์|รักษ์|วัฒน์|กุล|โชติ|เจริญ|อินทร์|เพชร|รัตน์|วิทย์|ภักดี|สมบูรณ์|นิล|ศักดิ์|ไพบูลย์|มั่นคง|ใจดี|เดช|ชัย"
"""Of which one stands in most Thai surnames."""
_THAI: Final = re.compile(
    rf"(?:^|[/,|;·\t)>:]|[0-9][.)] )[ ]?(?P<name>[ก-๙]{{2,20}} [ก-๙]{{2,25}})(?={_BESIDE})"
    r"|(?<![ก-๙])(?:โทรหา|กรณี|ได้แก่|นามว่า|ชื่อว่า|ชื่อ) [\"'“]?(?P<said>[ก-๙]{2,20} [ก-๙]{2,25})(?![ก-๙])"
    rf"|(?<![ก-๙])(?:คือ|จาก|ถึง|ของ|กับ|และ|โดย|ให้) [\"'“]?(?P<kin>[ก-๙]{{2,20}} (?=[ก-๙]{{0,12}}(?:{_THAI_KIN}))[ก-๙]{{2,25}})(?![ก-๙])"
)
"""Two words between marks, or behind a word that says of whom one speaks."""
_DESCRIBED: Final = re.compile(
    r"(?<![가-힣])(?:(?P<name>[가-힣]{2,4}) ?[(（](?:남|여)(?:자|성)?[,/·) ]|(?P<reached>[가-힣]{3,4}) ?[(（](?=[0-9+☎]))"
)
"""`최솔(남, 52세)`, `노선소 (010-…)`."""
_SPEAKS: Final = re.compile(
    r"(?:^|(?<=: )|(?<=[0-9], ))\[?(?P<name>[가-힣]{3,4})\]?(?:[ ]?[\[(](?:오전|오후|AM|PM)?[ ]?[0-9]{1,2}:[0-9]{2}| : )"
)
"""Who speaks in a chat: `[김은하] [오후 3:02] …`, `2026년 5월 2일 오후 3:02, 김은하 : …`."""
_LISTED: Final = re.compile(rf"(?:^|[/|;·\t)>:]|[0-9][.)] )[ ]?(?P<name>[가-힣]{{2}})(?={_BESIDE})")
_LEAST_LATIN: Final = 7
"""Characters, of names that no label tells: shorter ones are words too often (`So Ha`)."""
_LEAST_SAID: Final = 5
"""The same of those behind words that say of whom one speaks."""
_SAYS: Final = re.compile(
    r"(?:\b(?:I am|I['’]m|[Tt]his is|[Mm]y name is|belongs? to|signs? as|signed by|named|called|[Oo]wner|[Hh]older|[Gg]uest|[Aa]pplicant|[Cc]aller|[Vv]isitor|[Cc]lient|[Cc]ustomer|[Pp]assenger|[Pp]atient|[Tt]enant|by|from|for))[ :,]{1,2}\Z"
)
_SAID_WITHIN: Final = 14


@noun
class Bare:
    """A name and where it stands. `title` is what stands beside it; empty for one that stands alone."""

    start: int
    end: int
    title: str = ""


def bare(line: str) -> Iterator[Bare]:
    """The names of one line, those with a title first."""
    if "M" in line or "Khun" in line:
        for m in _LATIN_TITLED.finditer(line):
            yield Bare(start=m.start("name"), end=m.end("name"), title=m["title"])
    native = not line.isascii()
    thai = native and THAI.search(line) is not None
    if native:
        yield from _titled(line, thai=thai)
    for m in _LATIN.finditer(line):
        least = _LEAST_SAID if _SAYS.search(line, max(0, m.start() - _SAID_WITHIN), m.start()) else _LEAST_LATIN
        if len(m[0]) >= least and romanised(m[0]):
            yield Bare(start=m.start(), end=m.end())
    if not native:
        return
    for m in _HANGUL.finditer(line):
        if (name := name_of(m[0])) and sure(name):
            yield Bare(start=m.start(), end=m.start() + len(name))
    for m in _DESCRIBED.finditer(line) if "(" in line else ():
        group = "name" if m["name"] else "reached"
        if full_name(m[group]) and (titled(m[group]) if group == "name" else likely(m[group])):
            yield Bare(start=m.start(group), end=m.end(group))
    for m in _SPEAKS.finditer(line) if ":" in line else ():
        if full_name(m["name"]) and sure(m["name"]):
            yield Bare(start=m.start("name"), end=m.end("name"), title=":")
    for m in _LISTED.finditer(line):
        if full_name(m["name"]) and likely(m["name"]):
            yield Bare(start=m.start("name"), end=m.end("name"))
    for start, end in han_names(line):
        yield Bare(start=start, end=end)
    if thai:
        for m in _THAI.finditer(line):
            group = next(group for group in ("name", "said", "kin") if m[group])
            if not thai_words(m[group]):
                yield Bare(start=m.start(group), end=m.end(group))


def _titled(line: str, *, thai: bool) -> Iterator[Bare]:
    if _HAS_TITLE.search(line):
        for m in _HANGUL_TITLED.finditer(line):
            if (titled if m["title"] else likely)(m["name"]):
                yield Bare(start=m.start("name"), end=m.end("name"), title=m["title"] or m["spaced"])
        for m in _SPREAD_TITLED.finditer(line):
            if likely("".join(m["name"].split())):
                yield Bare(start=m.start("name"), end=m.end("name"), title=m["title"] or m["spaced"])
    if thai:
        for m in _THAI_TITLED.finditer(line):
            if not thai_words(m[0]):
                yield Bare(start=m.start("name") if m["title"] == "คุณ" else m.start(), end=m.end(), title=m["title"])
    for start, end, title in han_titled(line):
        yield Bare(start=start, end=end, title=title)
