"""Labels as people write them, and what may stand between one and its value: brackets, a colon, dots, a particle, a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.pair import Style

NOTE: Final = r"(?:[ ]?[(（][^\W\d_]{1,8}[)）]|[ ]?\*(?!\*))?"
MARK: Final = (
    r"(?:[ ]?[\])】>」』〉》](?:님|은|는)?[ ]{0,3}[:：]?|:?\*\*(?:은|는)?:?|[ \t]{0,8}(?:[:：=|→]|[.·…_]{3,80}|[-=]>)|[ ]{0,4}\t|(?:은|는)(?=[ ])|[ ]?(?:คือ|为|是))"
    r"[ \t\u3000]{0,12}(?:[\"'“‘「『(（\[【<`]|\*\*|_(?=[^\s_]))?[ ]?|[ ]?(?:[\"'“‘「『(（\[【<`]|\*\*)[ ]?"
)
LOOSE: Final = r"[ \t\u3000]{0,12}(?:[;/~–—>*-][ \t]{0,8})?(?:is |was )?"
SPREAD_LABEL: Final = r"(?<![가-힣] )(?<![가-힣])[가-힣](?: {2,10}[가-힣]){1,3}"
"""`성     명`: short labels are spread to one width."""
_SPREAD: Final = re.compile(SPREAD_LABEL)
_PARTICLE: Final = re.compile(
    r"(?:(?<=[가-힣]{2})(?:[ ]?(?:귀하|란|칸|항목|필드))?(?:에는|엔|에|은|는|이|가|을|를|의|(?<=자)인)?|(?:为|是|叫|改为|คือ|เป็น|ว่า)|(?<=[a-z])[ ](?:is|was))\Z"
)
"""What a label's word may end with in a sentence: a particle, and the box of a form that it stands in."""
ACTS: Final = (
    "(?:이력|내역|변경권?|신고|중복|확인|조회|입력|수정|삭제|등록|설정|검색|오류|불일치|누락|노출|표시|쓰는|쓰던|뭐|무엇|적어|알려|어떻게|什么|문의|안내|공개|상담|요청|바꾼|가진|사용|없는|있는|정책|규칙|길이|제한|필드|기능|화면|컬럼|항목|미입력|생성|기준|목록|필터|금칙어|"
    "특수문자|비속어|검증|검사|체크|저장|관련|영역|미설정|修改|重复|错误|为空|字段|不能|不可|不得|不支持|不允许|必须|长度|格式|เปลี่ยน|ซ้ำ|ไม่|[Cc]hange|[Ff]ield|[Ii]s|[Mm]ust|[Rr]equired)"
)
"""What is done with a field, or is wrong with it: no value of it."""
ACT: Final = re.compile(ACTS)


def style_of(found: re.Match[str]) -> Style:
    """`told` behind a mark, `beside` behind a blank or nothing."""
    return "beside" if found["mark"] is None else "told"


def keys_of(label: str) -> Iterator[str]:
    """A label's words, and the last one and two alone, which the ones before may have nothing to do with; all without a particle."""
    if _SPREAD.fullmatch(label):
        yield "".join(label.split())
        return
    stem = _PARTICLE.sub("", label)
    for whole in dict.fromkeys((stem, label)):
        yield whole
        first, _, last = whole.rpartition(" ")
        if first:
            yield last
        if " " in first:
            yield f"{first.rpartition(' ')[2]} {last}"
