"""Fields in what people write: a label and its value with a blank, a particle, brackets or dots between them.

`성명 김은하`, `[성명] 김은하(여)`, `생년월일은 1985. 3. 12.이고`, `Date of birth 12 March 1985`, `ชื่อลูกค้า นายกิตติ วงศ์ทอง`, `客户姓名王晓明`. Nothing of
that is a sign of a field by itself. So values are found by their own form first, and what stands right before one is its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.answers import answered, is_question
from auditor.detectors.folding import fold
from auditor.detectors.han import han_names, usual
from auditor.detectors.labels import ACT, LOOSE, MARK, NOTE, SPREAD_LABEL, keys_of, style_of
from auditor.detectors.names import TH_TITLES, full_name
from auditor.detectors.nicks import below, called
from auditor.detectors.pair import Pair, Style
from auditor.detectors.spoken import name_of, thai_words, word

_BEFORE: Final = 56
"""Characters before a value that may hold its label and what stands between: bounded, or a long line costs its square."""
_NATIVE_LABEL: Final = r"(?<![가-힣])(?:[가-힣]{1,8} )?[가-힣]{1,14}|(?<![\u0e01-\u0e59])[\u0e01-\u0e59][\u0e01-\u0e59./-]{1,24}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,12}"
_LATIN_LABEL: Final = r"(?<![\w.-])[A-Za-z]{2,20}(?:[./' ][A-Za-z]{1,20}){0,4}"
_LABELLED: Final = re.compile(
    rf"(?P<label>{SPREAD_LABEL}|{_NATIVE_LABEL}|{_LATIN_LABEL}){NOTE}(?:(?P<mark>{MARK})|{LOOSE})\Z"
)
_ALONE: Final = re.compile(
    rf"[\W\d_]{{0,12}}(?P<label>{_NATIVE_LABEL}|{_LATIN_LABEL}){NOTE}(?P<mark>[ ]?[:：\])】>]?[*\]]{{0,2}}[:：]?)[ ]{{0,20}}"
)
"""A line that is a label and nothing else."""
_LONGEST_LABEL: Final = 40
LONGEST_BELOW: Final = 60
"""Characters of a line whose label may stand alone on the line before."""
_FOUR_DIGITS: Final = re.compile(r"(?:[0-9][^0-9]*){4}")
"""What a gate lets through below a label, beside what is not in Latin letters."""
_WORDS: Final = re.compile(r"\w")
_DAY: Final = re.compile(
    r"(?<![0-9.])(?:['’]?[0-9]{2,4}(?:[ ]?[-./][ ]?|년 ?|年)[0-9]{1,2}(?:[ ]?[-./][ ]?|월 ?|月)[0-9]{1,4}(?![0-9])(?:일|日|号)?|(?:[0-9]{8}|[0-9]{6})(?![0-9])"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?[- ](?:[A-Z][A-Za-z]{2,8}\.?|[ก-๙][ก-๙.]{2,10})[-, ]{1,2}(?:พ\.ศ\. ?)?[0-9]{4}|\b[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?, [0-9]{4})(?![0-9])"
)
_HANGUL: Final = re.compile(
    r"(?<![가-힣])(?:[가-힣](?: {1,2}[가-힣]){2,3}[은는이가을를의과와]?(?![가-힣])|[가-힣] {1,2}[가-힣](?! ?[가-힣])|[가-힣]{2,9}(?![가-힣]))"
)
LATIN: Final = re.compile(
    r"(?<![\w.-])[A-Z][A-Za-z'’-]{0,20},? {1,2}(?:[A-Z][A-Za-z'’-]{0,20} {1,2}){0,2}[A-Z](?:[A-Za-z'’-]{0,19}[A-Za-z])?(?![\w@])"
)
_SECOND: Final = re.compile(r"[A-Z][A-Za-z]{3,20}:? {1,2}(?=[A-Z][A-Za-z'’-]*,? )")
"""A first word that may be a label: `Applicant Kim Eun-ha`."""
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
SAID: Final = re.compile(
    "(?:[ ]?(?:님|씨|귀하)(?![가-힣]{3})|(?:이고|이며|이라고|라고|입니다|인데|이에요|예요|이라는|라는|이라|이구요)(?![가-힣]))"
)
"""What makes a word before it a name: `강서별 님`, `이름은 공유경이고`."""
_GOES_ON: Final = re.compile(r"[가-힣]{0,2} (?:(?!님|씨|귀하)[가-힣]|[0-9]{1,4}(?:자|글자|[~-][0-9]))")
"""What stands behind a word that is no name: `성명: 한글만 허용`, `성명: 최대 20자`."""


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
    asked = answered(line, lead) if lead else None
    if asked is not None:
        yield from below(line, *asked)
    for start, end in dict.fromkeys(_values(line)):
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
        style: Style = "below" if found is above else style_of(found)
        for key in keys_of(found["label"]):
            yield Pair(key=key, start=start, end=end, style=style, value=line[start:end])
    yield from called(line)


def _behind_letters(line: str, start: int) -> bool:
    """Whether the nearest letter or digit before a place is a letter: a label ends with one. Most values of a log follow none."""
    at = start - 1
    first = max(0, start - _BEFORE)
    while at >= first and not line[at].isalnum():
        at -= 1
    return at >= first and (line[at].isalpha() or line[at] > "\x7f")


def label_alone(line: str) -> bool:
    """Whether a line may be a label and nothing else, or a question."""
    folded = fold(line)
    return is_question(folded) or (len(line) <= _LONGEST_LABEL and _ALONE.fullmatch(folded) is not None)


def _values(line: str) -> Iterator[tuple[int, int]]:
    """Where something stands that has a value's form."""
    for m in _DAY.finditer(line):
        yield m.span()
    for m in LATIN.finditer(line):
        yield m.span()
        if second := _SECOND.match(line, m.start(), m.end()):
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
            and not ACT.fullmatch(name)
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
            if full_name(run[-size:]) and (size == len(run) or usual(run[-size:])):
                yield m.start() + len(run) - size, m.start() + len(run)
