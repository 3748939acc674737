"""Nicknames in what people write. They have no form, so their label tells them, and they end where a clause does.

`닉네임은 파란곰이고`, `닉변 이력 심심한오리 → 심심한문어`, `파란곰이라는 닉네임`, `昵称为小鱼儿的用户`, `nicknamed "blue bear"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from auditor.detectors.labels import ACT, ACTS, LOOSE, MARK, NOTE, keys_of, style_of
from auditor.detectors.pair import Pair

_ANSWER: Final = re.compile(
    r"(?![0-9~]+(?:자|글자)|최대|최소|네 |아니|없)(?P<value>[^\s,，。;]{2,20}?(?: [^\s,，。;]{1,12}?)?)(?:(?:이에요|예요|입니다|이요|이라고 해요|님)[.!]?|[.!])?[ ]*$"
)
"""A nickname that is all of an answer."""
_CALLS: Final = ("라는", "(닉", "(별명", "(대화명", "(활동명", "ickname", "goes by", "alias")
"""Of which one stands wherever the label stands behind, or in English before."""
_NICKNAMES: Final = ("닉", "별명", "별칭", "대화명", "활동명", "필명", "애칭", "캐릭터명", "昵称", "网名", "เล่น", "ick")
"""Of which one stands in every such label."""
_NICKNAME: Final = r"(?P<label>(?<![가-힣])(?:[가-힣]{1,8} )?[가-힣]{0,6}(?:닉네임|별명|별칭|대화명|활동명|캐릭터명|필명|애칭|전닉|현닉|닉(?!네임))|[\u4e00-\u9fff]{0,4}(?:昵称|网名)(?:是|为|叫)?|ชื่อเล่น(?:ว่า|ชื่อ)?|(?<![\w.])[Nn]ick ?(?:[Nn]ame)?)"
_NICK: Final = r"(?!ใน|ที่|ต้อง|ภาษา|ไม่|ห้าม|สามารถ|คือ|ของ|ใหม่|และ|ACTS(?:하[기세는여]|시|중|됨|된)?(?![가-힣]))[^\s,;:|/()\[\]<>{}\"'“”‘’「」『』*=→`?？]{2,20}".replace(
    "ACTS", ACTS
)
_ENDS: Final = (
    r"[*._]{0,3}(?:[\"'“”‘’「」『』)\]>`]|[ ]*(?:$|[,;|/(→「【\[—–]|->|님|유저|회원|사용자|이용자|고객|用户|인데|이고|이라고|이라는|라는|이에요|예요|입니다|이었|[ ]?현닉)"
    r"|[ ](?:이고|이며|이랑|인데|입니다|이에요|예요|라고|이라고|으로|로|을|를|이|가|은|는|쓰는|맞나|มือถือ|โทร|เบอร์|อีเมล|เกิด|ที่อยู่|บัตร|ครับ|ค่ะ|นะ)(?![가-힣]))"
)
_NAMELESS: Final = re.compile(
    rf"{_NICKNAME}{NOTE}(?:[은는이가을를](?=[ ]))?(?:(?P<mark>{MARK})|{LOOSE})(?P<value>[A-Za-z0-9][A-Za-z0-9_.-]{{1,19}}(?=인데|이고|이라|라고|으로|로 |을 |를 |이 |가 |은 |는 |님)|[^\s，。,;；:：的]{{2,16}}(?=的(?:用户|网友|会员|账号|玩家))|{_NICK}(?={_ENDS}))"
)
"""Labels whose values have no form; those stand at the end of a line or a clause."""
_CALLED: Final = re.compile(
    rf"(?<![^\s\"'“‘「(\[,])[\"'“‘「]?(?!아이디|ID|id|이름|성명|회원|사용자|고객)(?P<value>{_NICK}?)[\"'”’」]?"
    r"(?:(?:이라는|라는)[ ]?(?P<label>닉네임|별명|대화명|활동명|닉)|[ ]?[(](?:닉네임|별명|대화명|활동명|닉)[)](?![ ]?[:：]|[ ]?[0-9+]))"
    r"|(?:\b(?:[Uu]ser|[Mm]ember|[Cc]ustomer|[Gg]uest|[Pp]layer|[Ww]ho|[Ss]he|[Hh]e)\b[^\n]{0,12}\b(?:nicknamed|goes by|alias)|\b[Nn]ickname:?)[ ]{1,2}"
    r"(?:[\"“](?P<quoted>[^\"”\n]{2,20})[\"”]|(?P<handle>(?=[\w.-]{0,19}[0-9_])[A-Za-z0-9][\w.-]{2,19})(?=[ ,;)]|[.]?$))"
)
"""`파란곰이라는 닉네임`, `nicknamed "blue bear"`: the label behind, or in English."""
_RENAMED: Final = re.compile(
    rf"(?P<label>닉변|닉네임 변경|별명 변경)(?: ?(?:이력|내역))?[ :：]{{0,3}}(?P<value>{_NICK}(?: {_NICK})?) ?(?:→|->|=>) ?(?P<second>{_NICK})"
)
"""`닉변 이력 심심한오리 → 심심한문어`."""


def called(line: str) -> Iterator[Pair]:
    """The nicknames of one line, with their labels."""
    for m in _NAMELESS.finditer(line) if any(each in line for each in _NICKNAMES) else ():
        start, end = m.span("value")
        for key in keys_of(m["label"]):
            yield Pair(key=key, start=start, end=end, style=style_of(m), value=m["value"])
    for m in _CALLED.finditer(line) if any(each in line for each in _CALLS) else ():
        group = next(group for group in ("value", "quoted", "handle") if m[group])
        start, end = m.span(group)
        yield Pair(key=m["label"] or "nickname", start=start, end=end, style="told", value=m[group])
    for m in _RENAMED.finditer(line) if "→" in line or ">" in line else ():
        for group in ("value", "second"):
            start, end = m.span(group)
            yield Pair(key="닉네임", start=start, end=end, style="told", value=m[group])


def below(line: str, first: int, keys: Iterable[str]) -> Iterator[Pair]:
    """The nickname that is all of an answer, from a place of its line on, if one of its question's words is such a label."""
    found = _ANSWER.match(line, first)
    key = next((key for key in keys if any(each in key for each in _NICKNAMES)), None)
    if key is not None and found is not None and not ACT.match(found["value"]):
        start, end = found.span("value")
        yield Pair(key=key, start=start, end=end, style="below", value=found["value"])
