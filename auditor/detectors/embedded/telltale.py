"""Values that tell by themselves what they may be: an address with `@`, numbers of certain forms, keys and hashes of certain lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from auditor.detectors.fields import FieldIndex
from auditor.detectors.search import UNANCHORED, Search

# What is somebody's beyond doubt or nearly so, and rare in other text: no dates, no plain numbers, no base64 (which RE2 reads slowly).
_SURE: Final = (
    r"[0-9A-Za-z]@[0-9A-Za-z-]+\.[A-Za-z]",
    r"[0-9]{6}[-–－][1-8][0-9]{6}|[０-９]{6}[-–－]?[０-９]{7}",
    r"\b(?:\+?82[- ]?|0)1[016789][- .]?[0-9]{3,4}[- .]?[0-9]{4}\b",
    r"\b[0-9]{4}[- ][0-9]{4}[- ][0-9]{4}[- ][0-9]{4}\b",
    r"\b[0-9]{2,6}-[0-9]{2,6}-[0-9]{4,8}\b",
    r"\b[2-8][0-9]{12}\b|\b[1-8]-[0-9]{4}-[0-9]{5}-",
    r"\b1[3-9][0-9]{9}\b|\b0[689][0-9]{8}\b",
    r"\b[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]\b",
    r"\b[A-Z]{1,2}[0-9]{8}\b|\b[MSRGD][0-9]{3}[A-Z][0-9]{4}\b|[0-9]{2,3}[가-힣] ?[0-9]{4}\b",
    r"MC0GCCqGSIb3DQIJAyEA",
)
MARK: Final = "|".join(_SURE)
"""What every text has in which a layout is learnt."""
_LEAST: Final = 3
_MOST: Final = 1_000
"""Values by which the places are told where a text is looked at."""

_DIGIT: Final = "[0-9０-９]"
_KINDS: Final = (
    (r"[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", ("email", "이메일")),
    (rf"{_DIGIT}{{6}}[-–－ ]?[1-8１-８]{_DIGIT}{{6}}", ("rrn", "주민번호", "외국인등록번호")),
    (
        r"(?:\+?(?:82|66|86)[- ]?)?\(?0?[1-9][0-9]{0,2}\)?[- .]?[0-9]{3,4}[- .]?[0-9]{4}",
        ("phone", "휴대폰번호", "전화번호", "手机号", "เบอร์โทรศัพท์"),
    ),
    (
        r"(?:19|20|2[45])[0-9]{2}[-./]?[01][0-9][-./]?[0-3][0-9]|[0-9]{6}",
        ("birth_date", "생년월일", "วันเกิด", "出生日期"),
    ),
    (r"(?:[0-9]{4}[- ]){3}[0-9]{3,4}|[0-9]{4}[- ][0-9]{6}[- ][0-9]{5}|[0-9]{15,16}", ("card_no", "카드번호")),
    (r"[0-9]{13}|[0-9](?:-[0-9]{2,5}){4}|[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", ("citizen_id", "เลขบัตรประชาชน")),
    (r"[0-9]{17}[0-9Xx]", ("id_card_no", "身份证号")),
    (r"[0-9]{2,6}(?:-[0-9]{2,8}){2,3}|[0-9]{10,14}", ("account_no", "계좌번호")),
    (r"[0-9]{3}-[0-9]{2}-[0-9]{5}", ("biz_no", "사업자등록번호")),
    (r"[0-9]{2}-[0-9]{2}-[0-9]{6}-[0-9]{2}", ("driver_license_no", "운전면허번호")),
    (r"[A-Z]{1,2}[0-9]{7,8}|[A-Z][0-9]{3}[A-Z][0-9]{4}", ("passport_no", "여권번호", "护照号")),
    (r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", ("ip", "client_ip", "접속IP")),
    (r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", ("idfa", "광고ID")),
    (r"[A-Za-z0-9+/]{86}(?:==)?", ("ci", "연계정보")),
    (r"[A-Za-z0-9+/]{63,64}=?", ("di", "중복가입확인정보")),
    (r"[0-9]{2,3}[가-힣] ?[0-9]{4}", ("차량번호", "car_no")),
    (r"[A-Z]{2}[0-9]-?[0-9]{7}-?[0-9]{2}", ("laser_code", "เลขหลังบัตร")),
    (r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,4})?", ("iban",)),
    (r"0x[0-9a-fA-F]{40}|bc1[0-9a-z]{30,60}", ("wallet_address", "지갑주소")),
    (r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}", ("password", "비밀번호")),
)
"""Forms, and names of fields whose rules' values have them."""
_VALUE: Final = re.compile(
    r"[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}|\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|(?<![\w+/-])(?:"
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|0x[0-9a-fA-F]{40}|bc1[0-9a-z]{30,60}|[A-Z]{1,2}[0-9]{7,8}|[A-Z][0-9]{3}[A-Z][0-9]{4}"
    rf"|[+(]?{_DIGIT}(?:[-–－./() ]{{0,2}}{_DIGIT}){{5,17}}[Xx]?"
    r"|[A-Za-z0-9+/]{63,86}={0,2})(?![\w+/=-])"
)
_HASH: Final = re.compile(r"[0-9a-fA-F]{32,}|[A-Za-z0-9+/=_%-]{40,}")


@lru_cache(maxsize=1)
def _search() -> Search:
    return Search(MARK)


def windows(data: str, before: int, after: int, *, mail: bool = False) -> list[tuple[int, int]]:
    """Where values stand that are somebody's: whole lines from so many bytes before each to so many after it, as (start, end) of the
    text; none where there are too few of them to learn a layout from. Mail addresses alone, of which documentation is full, are
    enough only where `mail` says so.
    """
    encoded = data.encode("utf-8", "replace")
    match, size = _search().match, len(encoded)
    spans: list[tuple[int, int]] = []
    count = numbers = position = 0
    while position < size and count < _MOST:
        first, past = match(UNANCHORED, encoded, position, size)[0]
        if first < 0:
            break
        count, position = count + 1, past
        numbers += b"@" not in encoded[first:past]
        start = encoded.rfind(b"\n", 0, max(0, first - before)) + 1
        end = encoded.find(b"\n", min(size, past + after)) + 1 or size
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    if count < _LEAST or not (numbers > 1 or mail):
        return []
    if data.isascii():
        return spans
    found, at, letters = [], 0, 0
    for start, end in spans:
        letters += len(encoded[at:start].decode())
        inside = len(encoded[start:end].decode())
        found.append((letters, letters + inside))
        letters, at = letters + inside, end
    return found


class Telltale:
    """The forms, with the rules of an index whose values have them."""

    def __init__(self, index: FieldIndex) -> None:
        self._kinds = [
            (re.compile(form), frozenset(rule for name in names for rule in index.classify(name).strong))
            for form, names in _KINDS
        ]
        self._formed = frozenset(rule for _, rules in self._kinds[:-1] for rule in rules)
        self.rules = lru_cache(maxsize=4096)(self._rules)

    def values(self, data: str, most: int, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
        """(start, end, text) of the first values between two places that may be some rule's."""
        for m in _VALUE.finditer(data, start, len(data) if end is None else end):
            if self.rules(m[0]):
                yield m.start(), m.end(), m[0]
                most -= 1
                if not most:
                    return

    def _rules(self, value: str) -> frozenset[str]:
        """The rules whose values may look so."""
        return frozenset(rule for form, rules in self._kinds if form.fullmatch(value) for rule in rules)

    def formed(self, rules: frozenset[str]) -> bool:
        """Whether the values of one of these rules have a certain form."""
        return bool(rules & self._formed)

    def fits(self, rules: frozenset[str], value: str) -> bool | None:
        """Whether a value looks like those of some rules; None where these have no certain form, or it is masked or a hash."""
        wanted = rules & self._formed
        if not wanted or "*" in value or _HASH.fullmatch(value):
            return None
        return bool(self.rules(value) & wanted)
