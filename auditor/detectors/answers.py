"""Questions and the answers below them: `Q1. 성함을 적어 주세요.` above `A. 김은하`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

ANSWER: Final = r"[\s>*-]{0,8}(?:A|답|답변|응답|ตอบ|คำตอบ|答|回答|答案)[0-9]{0,2}[ ]?[.:：)][ \t]{0,4}"
"""What stands before an answer, below its question."""
_ANSWERED: Final = re.compile(ANSWER)
_ASKED: Final = re.compile(
    r"[\s>*#-]{0,8}(?:Q|문|문항|질문|ถาม|คำถาม|ข้อ|问|问题|题)[ ]?[0-9]{0,2}[ ]?[.:：)][ \t]{0,4}(?P<question>[^\n]{2,60}?)[?？.。 \t]{0,4}"
)
_ASKED_PARTICLE: Final = re.compile(r"(?<=[가-힣])(?:에는|에서|으로|은|는|이|가|을|를|의|과|와|도|로|에)\Z")
_FILLED: Final = re.compile(
    "请问|您的|你的|贵|是什么|是多少|怎么称呼|是|请填写|请输入|叫什么|ของคุณ|ของท่าน|คุณ|ท่าน|คือ(?:อะไร)?|อะไร|เท่าไร|ค่ะ|ครับ"
)
"""Words of a question in Chinese or Thai that are no part of what it asks for."""
_ABOUT: Final = re.compile(
    "왜|언제|얼마|몇|되나요|인가요|하나요|있나요|없나요|가능(?!한)|변경|삭제|다르|공개|무슨|什么时候|为什么|怎么(?!称呼)|能否|可以|อย่างไร|ทำไม|ได้ไหม"
)
"""What makes a question one about a field: its answer holds none of its values."""
_HANGUL_WORD: Final = re.compile("[가-힣]{2}")


def is_question(line: str) -> bool:
    """Whether a folded line asks for something."""
    return _ASKED.fullmatch(line) is not None


def answered(line: str, lead: str) -> tuple[int, list[str]] | None:
    """Where an answer begins, and the words of its question, alone and by twos: one of them may be a label."""
    answer, asked = _ANSWERED.match(line), _ASKED.fullmatch(lead)
    if answer is None or asked is None or _ABOUT.search(asked["question"]):
        return None
    question = asked["question"]
    if not _HANGUL_WORD.search(question):
        return answer.end(), list(dict.fromkeys((question.strip(), _FILLED.sub("", question).strip())))
    words = question.split()
    several = (*words, *(f"{one} {two}" for one, two in pairwise(words)))
    return answer.end(), list(dict.fromkeys(key for each in several for key in (_ASKED_PARTICLE.sub("", each), each)))
