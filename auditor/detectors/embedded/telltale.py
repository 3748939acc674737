"""Values that tell by themselves what they may be: an address with `@`, numbers of certain forms, keys and hashes of certain lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from auditor.detectors.fields import FieldIndex

MARK: Final = r"[0-9A-Za-z]@[0-9A-Za-z-]+\.[A-Za-z]|\b[0-9]{2,6}[-–－ /.][0-9]{2,7}\b|\b[0-9]{8,18}\b|[A-Za-z0-9+/]{60}"
"""What every text has in which such values stand."""

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


class Telltale:
    """The forms, with the rules of an index whose values have them."""

    def __init__(self, index: FieldIndex) -> None:
        self._kinds = [
            (re.compile(form), frozenset(rule for name in names for rule in index.classify(name).strong))
            for form, names in _KINDS
        ]
        self._formed = frozenset(rule for _, rules in self._kinds[:-1] for rule in rules)
        self.rules = lru_cache(maxsize=4096)(self._rules)

    def values(self, data: str, most: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, text) of the first values that may be some rule's."""
        for m in _VALUE.finditer(data):
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
