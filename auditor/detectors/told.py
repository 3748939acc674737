"""Fields in what people write: a label and its value with a blank, a particle, brackets or dots between them.

`성명 김은하`, `[성명] 김은하(여)`, `생년월일은 1985. 3. 12.이고`, `Date of birth 12 March 1985`, `ชื่อลูกค้า นายกิตติ วงศ์ทอง`, `客户姓名王晓明`. Nothing of
that is a sign of a field by itself. So values are found by their own form first, and what stands right before one is its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from auditor.detectors.folding import fold
from auditor.detectors.han import han_names
from auditor.detectors.names import TH_TITLES, full_name
from auditor.detectors.pair import Pair, Style
from auditor.detectors.spoken import name_of, thai_words, word

_BEFORE: Final = 56
"""Characters before a value that may hold its label and what stands between: bounded, or a long line costs its square."""
_NOTE: Final = r"(?:[ ]?[(（][^\W\d_]{1,8}[)）]|[ ]?\*(?!\*))?"
_MARK: Final = (
    r"(?:[ ]?[\])】>」』〉》](?:님|은|는)?[ ]{0,3}[:：]?|:?\*\*(?:은|는)?:?|[ \t]{0,8}(?:[:：=|→]|[.·…_]{3,80}|[-=]>)|[ ]{0,4}\t|[ \u3000]{3,12}|(?:은|는)(?=[ ])|[ ]?(?:คือ|为|是))"
    r"[ \t\u3000]{0,12}(?:[\"'“‘「『(（\[【<`]|\*\*|_(?=[^\s_]))?[ ]?|[ ]?(?:[\"'“‘「『(（\[【<`]|\*\*)[ ]?"
)
_LOOSE: Final = r"[ \t\u3000]{0,12}(?:[;/~–—>*-][ \t]{0,8})?(?:is |was )?"
_NATIVE_LABEL: Final = r"(?<![가-힣])(?:[가-힣]{1,8} )?[가-힣]{1,14}|(?<![\u0e01-\u0e59])[\u0e01-\u0e59][\u0e01-\u0e59./-]{1,24}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,12}"
_SPREAD_LABEL: Final = r"(?<![가-힣] )(?<![가-힣])[가-힣](?: {2,10}[가-힣]){1,3}"
"""`성     명`: short labels are spread to one width."""
_LATIN_LABEL: Final = r"(?<![\w.-])[A-Za-z]{2,20}(?:[./' ][A-Za-z]{1,20}){0,4}"
_LABELLED: Final = re.compile(
    rf"(?P<label>{_SPREAD_LABEL}|{_NATIVE_LABEL}|{_LATIN_LABEL}){_NOTE}(?:(?P<mark>{_MARK})|{_LOOSE})\Z"
)
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
_LONGEST_NICKNAME: Final = 24
_ALONE: Final = re.compile(
    rf"[\W\d_]{{0,12}}(?P<label>{_NATIVE_LABEL}|{_LATIN_LABEL}){_NOTE}(?P<mark>[ ]?[:：\])】>]?[*\]]{{0,2}}[:：]?)[ ]{{0,20}}"
)
"""A line that is a label and nothing else."""
_LONGEST_LABEL: Final = 40
LONGEST_BELOW: Final = 60
"""Characters of a line whose label may stand alone on the line before."""
_FOUR_DIGITS: Final = re.compile(r"(?:[0-9][^0-9]*){4}")
"""What a gate lets through below a label, beside what is not in Latin letters."""
_WORDS: Final = re.compile(r"\w")
_HANGUL_WORD: Final = re.compile("[가-힣]{2}")
_SPREAD: Final = re.compile(_SPREAD_LABEL)
_PARTICLE: Final = re.compile(
    r"(?:(?<=[가-힣]{2})(?:[ ]?(?:귀하|란|칸|항목|필드))?(?:에는|엔|에|은|는|이|가|을|를|의|(?<=자)인)?|(?:为|是|叫|改为|คือ|เป็น|ว่า)|(?<=[a-z])[ ](?:is|was))\Z"
)
"""What a label's word may end with in a sentence: a particle, and the box of a form that it stands in."""
_DAY: Final = re.compile(
    r"(?<![0-9.])(?:['’]?[0-9]{2,4}(?:[ ]?[-./][ ]?|년 ?|年)[0-9]{1,2}(?:[ ]?[-./][ ]?|월 ?|月)[0-9]{1,4}(?![0-9])(?:일|日|号)?|(?:[0-9]{8}|[0-9]{6})(?![0-9])"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?[- ](?:[A-Z][A-Za-z]{2,8}\.?|[ก-๙][ก-๙.]{2,10})[-, ]{1,2}(?:พ\.ศ\. ?)?[0-9]{4}|\b[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?, [0-9]{4})(?![0-9])"
)
_HANGUL: Final = re.compile(
    r"(?<![가-힣])(?:[가-힣](?: {1,2}[가-힣]){2,3}[은는이가을를의과와]?(?![가-힣])|[가-힣] {1,2}[가-힣](?! ?[가-힣])|[가-힣]{2,9}(?![가-힣]))"
)
LATIN: Final = re.compile(
    r"(?<![\w.-])[A-Z][A-Za-z'’-]{0,20},? {1,2}(?:[A-Z][A-Za-z'’-]{0,20} {1,2}){0,2}[A-Z][A-Za-z'’-]{0,20}(?![\w@])"
)
_SECOND: Final = re.compile(r"[A-Z][A-Za-z]{3,20}:? {1,2}(?=[A-Z][A-Za-z'’-]*,? )")
_THAI: Final = re.compile(
    rf"(?=(?P<titled>(?:{TH_TITLES})[ ]?[ก-๙]{{2,20}} {{1,2}}[ก-๙]{{2,25}}))|(?<![ก-๙-])(?=(?P<plain>[ก-๙]{{2,20}} {{1,2}}[ก-๙]{{2,25}}))"
)
THAI: Final = re.compile("[\u0e01-\u0e59]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,18}(?:·[\u4e00-\u9fff]{1,8})?")
_TITLE: Final = re.compile(r"(?:(?<!고객)(?<!회원)님|귀하|(?<![가-힣])씨|先生|女士|小姐)\Z")
"""What belongs to the name before it."""
_HAN_TITLE: Final = re.compile(r"(?:先生|女士|小姐|同学|老师|本人)\Z")
_TOKEN: Final = re.compile(
    r"[가-힣\u0e01-\u0e59\u4e00-\u9fff][^\w\s]{0,3}[ \t]{0,12}[^\w\s]{0,2}(?P<value>(?=[^\s]{0,40}[0-9])[A-Za-z0-9][A-Za-z0-9@._+/=-]{4,200})"
)
"""Letters and digits behind a word of another script."""
_ACTS: Final = (
    "(?:이력|내역|변경권?|신고|중복|확인|조회|입력|수정|삭제|등록|설정|검색|오류|불일치|누락|노출|표시|정책|규칙|길이|제한|필드|기능|화면|컬럼|항목|미입력|생성|기준|목록|필터|금칙어|"
    "특수문자|비속어|검증|검사|체크|저장|관련|영역|미설정|修改|重复|错误|为空|字段|不能|不可|不得|不支持|不允许|必须|长度|格式|เปลี่ยน|ซ้ำ|ไม่|[Cc]hange|[Ff]ield|[Ii]s|[Mm]ust|[Rr]equired)"
)
"""What is done with a field, or is wrong with it: no value of it."""
_ACT: Final = re.compile(_ACTS)
SAID: Final = re.compile(
    "(?:[ ]?(?:님|씨|귀하)(?![가-힣]{3})|(?:이고|이며|이라고|라고|입니다|인데|이에요|예요|이라는|라는|이라|이구요)(?![가-힣]))"
)
"""What makes a word before it a name: `강서별 님`, `이름은 공유경이고`."""
_GOES_ON: Final = re.compile(r"[가-힣]{0,2} (?:(?!님|씨|귀하)[가-힣]|[0-9]{1,4}(?:자|글자|[~-][0-9]))")
"""What stands behind a word that is no name: `성명: 한글만 허용`, `성명: 최대 20자`."""
_NICKNAMES: Final = ("닉", "별명", "별칭", "대화명", "활동명", "필명", "애칭", "캐릭터명", "昵称", "网名", "เล่น", "ick")
"""Of which one stands in every such label."""
_NICKNAME: Final = r"(?P<label>(?<![가-힣])(?:[가-힣]{1,8} )?[가-힣]{0,6}(?:닉네임|별명|별칭|대화명|활동명|캐릭터명|필명|애칭|전닉|현닉|닉(?!네임))|[\u4e00-\u9fff]{0,4}(?:昵称|网名)(?:是|为|叫)?|ชื่อเล่น|(?<![\w.])[Nn]ick ?(?:[Nn]ame)?)"
_NICK: Final = r"(?!ใน|ที่|ของ|ใหม่|และ|ACTS(?:하[기세는여]|시|중|됨|된)?(?![가-힣]))[^\s,;:|/()\[\]<>{}\"'“”‘’「」『』*=→`]{2,20}".replace(
    "ACTS", _ACTS
)
_ENDS: Final = (
    r"[*._]{0,3}(?:[\"'“”‘’「」『』)\]>`]|[ ]*(?:$|[,;|/(→「【\[—–]|->|님|유저|회원|사용자|이용자|고객|用户|인데|이고|이라고|이라는|라는|이에요|예요|입니다|이었|的用户|[ ]?현닉)"
    r"|[ ](?:이고|이며|이랑|인데|입니다|이에요|예요|라고|이라고|으로|로|을|를|이|가|은|는|쓰는|맞나|มือถือ|โทร|เบอร์|อีเมล|เกิด|ที่อยู่|บัตร|ครับ|ค่ะ|นะ)(?![가-힣]))"
)
_NAMELESS: Final = re.compile(
    rf"{_NICKNAME}{_NOTE}(?:[은는이가을를](?=[ ]))?(?:(?P<mark>{_MARK})|{_LOOSE})(?P<value>[A-Za-z0-9][A-Za-z0-9_.-]{{1,19}}(?=인데|이고|이라|라고|으로|로 |을 |를 |이 |가 |은 |는 |님)|{_NICK}(?={_ENDS}))"
)
"""Labels whose values have no form; those stand at the end of a line or a clause."""
_RENAMED: Final = re.compile(
    rf"(?P<label>닉변|닉네임 변경|별명 변경)(?: ?(?:이력|내역))?[ :：]{{0,3}}(?P<value>{_NICK}(?: {_NICK})?) ?(?:→|->|=>) ?(?P<second>{_NICK})"
)
"""`닉변 이력 심심한오리 → 심심한문어`."""


def told(line: str, lead: str = "") -> Iterator[Pair]:
    """The fields of one line whose values have a form of their own. `lead`: the end of the line before, which may be a label alone."""
    above = None
    if (
        lead
        and len(line) <= LONGEST_BELOW
        and len(lead) <= _LONGEST_LABEL
        and (_FOUR_DIGITS.search(line) or not line.isascii())
    ):
        above = _ALONE.fullmatch(lead)
    asked = _answered(line, lead) if lead else None
    if asked is not None:
        yield from _nickname_below(line, *asked)
    elif above is not None:
        yield from _nickname_below(line, 0, [above["label"]])
    for start, end in _values(line):
        if above is None and asked is None and not _behind_letters(line, start):
            continue
        before = line[max(0, start - _BEFORE) : start]
        if asked is not None and start == asked[0]:
            for key in asked[1]:
                yield Pair(key=key, start=start, end=end, style="below", value=line[start:end])
            continue
        found = _LABELLED.search(before)
        if found is None and above is not None and not _WORDS.search(before):
            found = above
        if found is None or (found["mark"] is None and _TITLE.search(found["label"])):
            continue
        style: Style = "below" if found is above else _style(found)
        for key in _keys(found["label"]):
            yield Pair(key=key, start=start, end=end, style=style, value=line[start:end])
    for m in _NAMELESS.finditer(line) if any(each in line for each in _NICKNAMES) else ():
        start, end = m.span("value")
        for key in _keys(m["label"]):
            yield Pair(key=key, start=start, end=end, style=_style(m), value=m["value"])
    for m in _RENAMED.finditer(line) if "→" in line or ">" in line else ():
        for group in ("value", "second"):
            start, end = m.span(group)
            yield Pair(key="닉네임", start=start, end=end, style="told", value=m[group])


def _answered(line: str, lead: str) -> tuple[int, list[str]] | None:
    """Where an answer begins, and the words of its question, alone and by twos: one of them may be a label."""
    answer, asked = _ANSWERED.match(line), _ASKED.fullmatch(lead)
    if answer is None or asked is None:
        return None
    question = asked["question"]
    if not _HANGUL_WORD.search(question):
        return answer.end(), list(dict.fromkeys((question.strip(), _FILLED.sub("", question).strip())))
    words = question.split()
    several = (*words, *(f"{one} {two}" for one, two in pairwise(words)))
    return answer.end(), list(dict.fromkeys(key for each in several for key in (_ASKED_PARTICLE.sub("", each), each)))


def _nickname_below(line: str, first: int, keys: Iterable[str]) -> Iterator[Pair]:
    """The nickname that all of a line is from a place on, below a label or a question: it has no form of its own."""
    value = line[first:].strip()
    key = next((key for key in keys if any(each in key for each in _NICKNAMES)), None)
    if key is not None and 1 < len(value) <= _LONGEST_NICKNAME and value.count(" ") <= 1 and not _ACT.match(value):
        start = line.index(value, first)
        yield Pair(key=key, start=start, end=start + len(value), style="below", value=value)


def _behind_letters(line: str, start: int) -> bool:
    """Whether the nearest letter or digit before a place is a letter: a label ends with one. Most values of a log follow none."""
    at = start - 1
    first = max(0, start - _BEFORE)
    while at >= first and not line[at].isalnum():
        at -= 1
    return at >= first and (line[at].isalpha() or line[at] > "\x7f")


def _style(found: re.Match[str]) -> Style:
    return "beside" if found["mark"] is None else "told"


def label_alone(line: str) -> bool:
    """Whether a line may be a label and nothing else, or a question."""
    folded = fold(line)
    return (len(line) <= _LONGEST_LABEL and _ALONE.fullmatch(folded) is not None) or _ASKED.fullmatch(
        folded
    ) is not None


def _keys(label: str) -> Iterator[str]:
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


def _values(line: str) -> Iterator[tuple[int, int]]:
    """Where something stands that has a value's form."""
    for m in _DAY.finditer(line):
        yield m.span()
    for m in LATIN.finditer(line):
        yield m.span()
        if (
            second := _SECOND.match(line, m.start(), m.end())
        ) is not None:  # the first may be a label: `Applicant Kim Eun-ha`
            yield second.end(), m.end()
    if line.isascii():
        return
    for m in _TOKEN.finditer(line):
        yield m.start("value"), m.end() - (len(m["value"]) - len(m["value"].rstrip("._-/=")))
    for m in _HANGUL.finditer(line):
        name = name_of(m[0])
        end = m.start() + len(name)
        if (
            name
            and not _ACT.fullmatch(name)
            and (not word(name) or SAID.match(line, end) or not _GOES_ON.match(line, end))
        ):
            yield m.start(), end
    if THAI.search(line):
        for m in _THAI.finditer(line):
            start, end = m.span("titled" if m["titled"] else "plain")
            if thai_words(line[start:end]):
                continue
            yield start + len("คุณ") * line.startswith("คุณ", start), end
    yield from han_names(line)
    for m in _HAN.finditer(line):
        run = _HAN_TITLE.sub("", m[0])
        for size in range(2, min(4, len(run)) + 1) if "·" not in run else ():
            if full_name(run[-size:]):
                yield m.start() + len(run) - size, m.start() + len(run)
