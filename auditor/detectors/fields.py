"""What a field's name says: which entity its values are, that they are a credential, or that they are something else.

Rule files write names as words (`nick name`); headers come as `mbr_nick_nm`, `usrNickNm`, `NICK-NAME`, `고객 닉네임(선택)`.
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from auditor.detectors.folding import fold
from auditor.model.rule import RecognizerRule

# Words in front of a field's own name: whose it is, or a table's or type's abbreviation.
PERSON_PREFIXES: Final = frozenset(
    (
        "usr user users mbr mem member members memb cust customer customers client my owner holder buyer sender "
        "receiver recipient recv rcv rcpt orderer order ord guardian parent emp employee staff applicant patient "
        "student contact manager mgr person personal insured payer borrower visitor guest subscriber profile account "
        "acct kakao naver google apple holder payee payer beneficiary remitter depositor cstmr custmr cstm rcver rcvr rcpnt "
        "aplcnt applcnt applcant aplyr rqester rqstr reqstr ordr orderr dpstr buyr sndr mber mmbr teacher parents spouse landlord chrg rprs rprsv rprsntv ceo donor 고객 회원 사용자 가입자 본인 신청자 신청인 수령인 수취인 받는분 받는사람 보내는분 보호자 대표 대표자 담당자 주문자 구매자 예금주 환자 "
        "직원 이용자 유저 가입 참가자 응모자 당첨자 신청 법정대리인 대리인 배우자 학부모 학생 계약자 피보험자 수익자 임차인 임대인 판매자 비상 자택 주문 구매 배송 수취 수령 "
        "客户 用户 会员 收货人 收件人 寄件人 联系人 持卡人 申请人 投保人 被保险人 员工 学生 患者 本人 紧急 紧急联系人 开户 户主 注册 登录 微信 预留 "
        "ลูกค้า ผู้ใช้ สมาชิก ผู้รับ ผู้ซื้อ ผู้ส่ง พนักงาน ผู้สมัคร ผู้ป่วย ผู้ติดต่อ นักเรียน เจ้าของ"
    ).split()
)
_PREFIXES: Final = PERSON_PREFIXES | frozenset(
    (
        "tb tbl t f fld col s sz str in out req res request response param p v val real raw new old org orig original "
        "cur current pre main primary verified ipin nice kcb chk cert auth enc dec encrypted plain masked hashed hash "
        "test sample tmp temp db dummy mock fake demo seed stg dev qa prod input form frm txt hid hidden lbl pass toss payco danal sci kmc "
        "drmok drmokj mobileok kg inicis portone iamport dto vo entity rs rq 최초 현재 신규 기존 이전 변경 개인 실 본인인증 본인확인 인증 "
        "실명인증 실명확인 아이핀 나이스 패스 휴대폰인증 휴대폰본인인증 통신사 必填 原"
    ).split()
)
_SUFFIXES: Final = frozenset(
    (
        "val value values text txt str string data info no num number cd code enc encrypted encode encoded crypt "
        "cipher hash hashed sha sha256 sha512 md5 hmac aes masked mask plain raw old new org orig original cur "
        "current main col fld field param list full all front kr ko kor en eng th cn 1 2 3 값 정보 원문 암호화 해시 마스킹 필수 선택 구 신 번호 자리 전체 앞자리 앞 기준 양력 음력 "
        "号 号码 信息"
    ).split()
)
_OF_FILES: Final = _PREFIXES | frozenset(
    (
        "list lists export exports exported extract extracted dump dumps data backup bak copy all full final result results report "
        "out file files table tables csv part batch daily monthly latest sheet v ver 목록 리스트 추출 백업 명단 자료 최종 전체 결과 파일 名单 列表 导出 รายชื่อ"
    ).split()
)
"""Words behind an entity's name in the name of a file that holds it: `ci_list_2024`; not `WalletNft`."""
_NOT_PREFIXES: Final = frozenset(
    (
        "no not is has have use used using show hide check dup duplicate duplicated invalid valid error err fail failed msg message label "
        "title placeholder hint help min max count cnt len length size num total limit allow allowed require required search find "
        "change edit modify request enter select random auto gen generate generated default bot system sys class file type kind "
        "masked mask 마스킹 중복 오류 변경 검색 입력 금지 제한"
    ).split()
)
"""Words in front of a name after which the value is about the field instead of its content."""
_SPECIFIC: Final = 5
"""Letters from which a Latin name is specific enough to count behind any other word: `display nickname`, `pay card no`."""
_GENERIC: Final = frozenset(
    ["value", "val", "values", "text", "content", "data", "body", "t", "string", "s", "n", "result", "item", "0", "1"]
)
_PROTECTING: Final = frozenset(
    (
        "enc encrypted encode encoded crypt cipher hash hashed sha sha256 sha512 md5 hmac aes masked mask 암호화 해시 마스킹"
    ).split()
)
_CAMEL: Final = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[^\x00-\x7f])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[^\x00-\x7f])"
)
_BREAK: Final = re.compile(r"[^A-Za-z0-9\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff가-힣]+")
_SEGMENT: Final = re.compile(r"\[[0-9]*\]")


def words(name: str) -> tuple[str, ...]:
    """A name's words in lower case: `mbrNickNm` → mbr, nick, nm; `CONN_INFO1` → conn, info, 1."""
    return tuple(part.lower() for piece in _BREAK.split(fold(name)) if piece for part in _CAMEL.split(piece) if part)


def joined(name: str) -> str:
    """A name's words in lower case, without anything between them."""
    return "".join(words(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldClass:
    """What one field name says. `strong` and `weak` hold rule ids; `excluded` those whose look-alikes it names;
    `credential` those for whose shape it means a credential, `hashed` of these a salt or a hash. `protecting`: the name says encrypted or hashed.
    """

    name: str
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    credential: frozenset[str] = frozenset()
    hashed: frozenset[str] = frozenset()
    protecting: bool = False

    @property
    def telling(self) -> bool:
        """Whether the name says which entity its values are."""
        return bool(self.strong)


class FieldIndex:
    """Every rule's field names, asked by header."""

    def __init__(self, rules: Sequence[RecognizerRule]) -> None:
        self._strong = _by_name((rule.id, rule.field_names) for rule in rules)
        self._weak = _by_name((rule.id, rule.weak_field_names) for rule in rules)
        self._excluded = _by_name((rule.id, rule.look_alikes.fields) for rule in rules)
        self._hashed = _by_name((rule.id, rule.look_alikes.hashed_fields) for rule in rules)
        self._credential = _by_name(
            (rule.id, (*rule.look_alikes.credential_fields, *rule.look_alikes.hashed_fields)) for rule in rules
        )
        self.classify = lru_cache(maxsize=20_000)(self._classify)

    def mentioned(self, name: str) -> frozenset[str]:
        """The rules one of whose field names stands anywhere in a name, such as a file's: `ci_list_2024`."""
        parts = words(name)
        ends = [end for end in range(1, len(parts) + 1) if all(w in _OF_FILES or w.isdigit() for w in parts[end:])]
        found = {"".join(parts[start:end]) for end in ends for start in range(max(0, end - 4), end)}
        return frozenset(rule for run in found for rule in self._strong.get(run, ()))

    def _classify(self, name: str) -> FieldClass:
        """What a header, key or dotted path says."""
        segments = [segment for segment in _SEGMENT.sub("", name[:300]).split(".") if segment.strip()]
        while len(segments) > 1 and segments[-1].lower().lstrip("#@$") in _GENERIC:
            segments.pop()
        if not segments:
            return FieldClass(name=name)
        own = words(segments[-1])
        parent = words(segments[-2]) if len(segments) > 1 else ()
        strong: set[str] = set()
        weak: set[str] = set()
        for candidate in dict.fromkeys((*_cores(own), *_cores((*parent, *own), least=len(own)))):
            strong |= self._strong.get(candidate, frozenset())
            weak |= self._weak.get(candidate, frozenset())
        runs = set(_runs(own))
        if not strong:
            denied = {rule for run in runs for rule in (*self._excluded.get(run, ()), *self._credential.get(run, ()))}
            strong |= next((rules for tail in _tails(own) if (rules := self._strong.get(tail))), frozenset()) - denied
        if any(word in PERSON_PREFIXES for word in (*own[:-1], *parent)):
            strong |= weak
        weak -= strong
        excluded = {rule for run in runs for rule in self._excluded.get(run, ())} - strong
        credential = {rule for run in runs for rule in self._credential.get(run, ())} - strong
        return FieldClass(
            name=name,
            strong=frozenset(strong),
            weak=frozenset(weak - excluded),
            excluded=frozenset(excluded),
            credential=frozenset(credential - excluded),
            hashed=frozenset({rule for run in runs for rule in self._hashed.get(run, ())}),
            protecting=any(word in _PROTECTING for word in own),
        )


def _by_name(
    entries: Iterator[tuple[str, tuple[str, ...]]] | Sequence[tuple[str, tuple[str, ...]]],
) -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for rule, names in entries:
        for name in names:
            index.setdefault(joined(name), set()).add(rule)
    return {name: frozenset(rules) for name, rules in index.items()}


def _cores(parts: tuple[str, ...], least: int = 1) -> Iterator[str]:
    """What may be the name proper: without any number of prefixes in front and suffixes behind."""
    total = len(parts)
    for start in range(total):
        if start and parts[start - 1] not in _PREFIXES and not parts[start - 1].isdigit():
            break
        if total - start < least:
            break
        for end in range(total, start, -1):
            if end < total and parts[end] not in _SUFFIXES and not parts[end].isdigit():
                break
            core = "".join(parts[start:end])
            yield core
            yield from _unprefixed(core)


def _tails(parts: tuple[str, ...]) -> Iterator[str]:
    """The ends of a name that are names of their own whatever stands before them, the longest first.

    A compound's last words say what it is, in English, Korean and Chinese alike; Thai puts them first.
    """
    total = len(parts)
    while total > 1 and (parts[total - 1] in _SUFFIXES or parts[total - 1].isdigit()):
        total -= 1
    for end in dict.fromkeys((len(parts), total)):
        for start in range(1, end):
            if any(part in _NOT_PREFIXES for part in parts[:start]):
                break
            tail = "".join(parts[start:end])
            if len(tail) >= _SPECIFIC if tail.isascii() else len(tail) > 2:
                yield tail
    core = "".join(parts[:total])
    if not core.isascii():
        for start in range(1, len(core) - 1):
            han = all("\u4e00" <= c <= "\u9fff" for c in core[start:])
            if (han or (len(core) - start > 2 and all("가" <= c <= "힣" for c in core[start:]))) and not any(
                core.startswith(word) for word in _NOT_PREFIXES
            ):
                yield core[start:]


def _unprefixed(core: str) -> Iterator[str]:
    """`mbrnicknm` written as one word: without a prefix of at least three letters, or two of another script."""
    for size in range(2, min(len(core) - 1, 10)):
        if core[:size] in PERSON_PREFIXES and (size > 2 or not core[:size].isascii()):
            yield core[size:]


def _runs(parts: tuple[str, ...]) -> Iterator[str]:
    """Every run of consecutive words, joined: a look-alike's name may stand anywhere in a longer one."""
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + 4) + 1):
            yield "".join(parts[start:end])
