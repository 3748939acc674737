"""Lines as their writers meant them: numbers and mail addresses spelled out, disguised, or with a blank where none belongs.

People write `공일공-2345-9876`, `o1o-2345-9876`, `이름 @ naver.com`, `name골뱅이네이버점컴`, a CI in groups of eight. Rules know one form of each;
here such forms are turned into it, one expression each, asked only where a line holds what it cannot do without.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.fingerprint import HAN_DIGITS

_SPOKEN: Final = {
    "공": "0",
    "영": "0",
    "일": "1",
    "이": "2",
    "삼": "3",
    "사": "4",
    "오": "5",
    "육": "6",
    "륙": "6",
    "칠": "7",
    "팔": "8",
    "구": "9",
}
_HAN: Final = {**HAN_DIGITS, "幺": "1"}  # as telephone numbers are said
_DIGIT: Final = "[0-9공영일이삼사오육륙칠팔구]"
_BETWEEN: Final = r"(?:에 ?| ?다시 ?|의 ?|[ ]{0,2}[-./,·~][ ]{0,2}|[ ]{1,2})?"
_SPOKEN_PHONE: Final = re.compile(
    rf"(?<![가-힣0-9])(?P<first>[공영0]\s?[일1]\s?[공영0일육륙칠팔구16789]|[공영]이|0[2-6][1-5]?){_BETWEEN}(?P<second>{_DIGIT}{{3,4}}){_BETWEEN}(?P<third>{_DIGIT}{{4}})(?![0-9])"
)
"""`공일공에 2345에 구팔칠육`."""
_SPELLED: Final = re.compile("[공영일이삼사오육칠팔구]|[0-9](?:에|의| ?다시)")
_HAN_PHONE: Final = re.compile(
    "(?<![〇零一二三四五六七八九幺十])[一幺][三四五六七八九][〇零一二三四五六七八九幺]{9}(?![〇零一二三四五六七八九幺十年月日])"
)
_LETTERED: Final = re.compile(
    r"(?<![A-Za-z0-9._%+/=-])(?=[oO0][1lIoO0]|[oO][2-9])(?=[^ ]{0,3}[oOlI])(?P<first>[oO0][1lI][oO016-9]|[oO][2-9][0-9]?)(?=(?:[-. )/~]{1,3}[0-9]{3,4}){2}(?![0-9A-Za-z]))"
)
"""`o1o-2345-9876`: letters that look like the digits of a number's first group."""
_LETTERS: Final = str.maketrans("oOlI", "0011")
_BOXES: Final = re.compile(
    r"(?<![0-9๐-๙])(?<![0-9๐-๙][ \t])[0-9๐-๙](?:[ \t]?\|[ \t]?(?:-[ \t]?\|[ \t]?)?[0-9๐-๙]){8,17}(?:[ \t]?\|[ \t]?[Xx](?![0-9A-Za-z]))?(?![0-9๐-๙])"
)
"""Digits in boxes whose sides are drawn."""
_LEAST_SIDES: Final = 8
_THAI_BOXES: Final = re.compile(r"(?<![0-9๐-๙])(?<![0-9๐-๙][ \t])[๐-๙](?:[ \t]{1,2}[๐-๙]){8,12}(?![๐-๙])")
_THAI_APART: Final = re.compile(r"[๐-๙][ \t]{1,2}[๐-๙][ \t]")
_X_BOXES: Final = re.compile(r"(?<![0-9][ \t])(?<![0-9])[1-9](?:[ ][0-9]){16}[ ][Xx](?![0-9A-Za-z])")
"""The same without sides: in Thai, and with the X at a Chinese number's end."""
_PROVIDERS: Final = {
    "네이버": "naver.com", "지메일": "gmail.com", "다음": "daum.net", "한메일": "hanmail.net", "네이트": "nate.com", "카카오": "kakao.com",
    "핫메일": "hotmail.com", "야후": "yahoo.com", "아웃룩": "outlook.com",
}  # fmt: skip
_KNOWN: Final = r"(?:naver|daum|hanmail|gmail|nate|kakao|hotmail|outlook|yahoo|icloud|korea|dreamwiz|163|126|qq|sina|foxmail|live|protonmail)"
_NAME: Final = r"(?<![A-Za-z0-9._%+@-])(?P<name>[A-Za-z0-9][A-Za-z0-9._%+-]{1,40})"
_AT: Final = r"(?:@{1,2}|＠|﹫|[ ]?[(\[{<［（](?:@|at|AT|a|앳|골뱅이|艾特)[)\]}>］）]|[ ]?(?:골뱅이|앳|艾特|แอท)|[ _-](?:at|AT)(?=[ _-]))"
_DOT: Final = r"(?:[.,。．·﹒]|[(\[{](?:dot|DOT|점|닷|点)[)\]}]|점|닷|쩜|点|ดอท|dot|DOT)"
_END: Final = r"(?P<end>com|net|org|kr|co|cn|th|io|컴|넷|คอม|COM|NET)"
_KOREAN_PROVIDER: Final = re.compile(
    rf"{_NAME}[ ]?{_AT}[ _-]?(?P<provider>{'|'.join(_PROVIDERS)})(?:[ ]?{_DOT}[ ]?(?:컴|넷|com|net)|\.com|\.net)?(?![A-Za-z])"
)
_LOOSE: Final = re.compile(
    rf"{_NAME}[ ]?{_AT}[ _-]?(?P<domain>[A-Za-z0-9-]{{1,40}})[ ]?{_DOT}[ ]?{_END}(?:[ ]?{_DOT}[ ]?(?P<last>kr|cn|th|jp))?(?![A-Za-z0-9@-])"
)
_DISGUISED: Final = re.compile(
    r"(?<=[A-Za-z0-9_%+-])[ ]?(?:[(\[{<](?:at|AT|a|앳|골뱅이|艾特)[)\]}>]|골뱅이)[ ]?"
    r"(?P<domain>[A-Za-z0-9-]{1,63}(?:(?:\.|[ ]?(?:[(\[{](?:dot|DOT|점|닷|点)[)\]}]|점|닷)[ ]?)[A-Za-z0-9-]{1,63}){1,4})"
)
_DISGUISED_DOT: Final = re.compile(r"[ ]?(?:[(\[{](?:dot|DOT|점|닷|点)[)\]}]|점|닷)[ ]?")
"""`moonfox(at)naver.com`: what nobody writes but to hide an address, whatever stands around it."""
_ON_CARD: Final = re.compile(r"(?<![A-Za-z0-9])[MTHPC]\.? ?(?:\+82|0)[0-9 ().-]{7}")
_E_MAIL: Final = re.compile(r"(?<![A-Za-z0-9._%+-])E\.(?=[A-Za-z0-9][A-Za-z0-9._%+-]{0,60}@)")
"""`M.010-2345-9876 / E.name@naver.com`, as cards of visit have it."""
_MAIL_WORDS: Final = ("mail", "Mail", "MAIL", "메일", "골뱅이", "邮", "อีเมล")
"""Of which one stands wherever a mail is spoken of."""
_MAIL: Final = re.compile("(?i)mail|메일|邮箱|邮件|邮 ?箱|อีเมล")
_OF_PROVIDER: Final = re.compile(rf"(?i){_KNOWN}\Z")
_PIECES: Final = re.compile(
    r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{1,84}(?:[ ]{1,2}(?:/[ ])?[A-Za-z0-9+/]{1,84}){1,30}[ ]?==(?!=)"
)
_WHOLE_CI: Final = re.compile("[A-Za-z0-9+/]{86}==")
_ENDS_CI: Final = re.compile("[AQgw] ?==(?!=)")
_BETWEEN_PIECES: Final = re.compile(r"[ ]{1,2}(?:/[ ])?")
_DI: Final = re.compile(r"(?<![A-Za-z0-9+/=])MC0GCCqG(?:[ ]{0,2}(?:/[ ])?[A-Za-z0-9+/]){55}[ ]?=?(?![A-Za-z0-9+/=])")
_ADDRESS: Final = re.compile(
    r"(?P<label>(?<![A-Za-z])(?:IP|ip|Ip)(?![A-Za-z])|아이피|ไอพี)(?P<glue>[^0-9\n]{0,10})(?P<value>[0-9]{1,3}(?:[ ]?[\[(]?[.。·][\])]?[ ]?[0-9]{1,3}){3})(?![0-9])"
)
_AT_MARK: Final = re.compile(r"[(\[{<](?:at|AT|a|앳|艾特)[)\]}>]")
_AT_WORD: Final = re.compile("[ _-](?:at|AT)[ _-]")
_NO_DIGITS: Final = re.compile("[^0-9]+")
_CI_LENGTH: Final = 88


def typed(line: str) -> str:
    """A line with what its writer spelled out, spaced or disguised in the form that rules know; mostly the same line."""
    if not line.isascii():
        line = _in_digits(line)
        if _THAI_APART.search(line):
            line = _THAI_BOXES.sub(_without_sides, line)
    if "o" in line or "O" in line or "I" in line or "l" in line:
        line = _LETTERED.sub(lambda m: m[0].translate(_LETTERS), line)
    if line.count("|") >= _LEAST_SIDES:
        line = _BOXES.sub(_without_sides, line)
    if " X" in line or " x" in line:
        line = _X_BOXES.sub(_without_sides, line)
    if "E." in line and _ON_CARD.search(line):
        line = _E_MAIL.sub("E ", line)
    if "@" in line or any(word in line for word in _MAIL_WORDS) or _AT_MARK.search(line):
        line = _mail(line)
    if "==" in line and _ENDS_CI.search(line) and not _WHOLE_CI.search(line):
        line = _PIECES.sub(_whole, line)
    if "MC0GCCqG" in line:
        line = _DI.sub(lambda m: _BETWEEN_PIECES.sub("", m[0]), line)
    if "ip" in line or "IP" in line or "아이피" in line or "ไอพี" in line:
        line = _ADDRESS.sub(lambda m: m["label"] + m["glue"] + ".".join(_NO_DIGITS.split(m["value"])), line)
    return line


def _without_sides(boxes: re.Match[str]) -> str:
    return "".join(c for c in boxes[0] if c not in "| \t")


def _in_digits(line: str) -> str:
    if _SPELLED.search(line):
        line = _SPOKEN_PHONE.sub(_spoken, line)
    return _HAN_PHONE.sub(lambda m: "".join(_HAN[digit] for digit in m[0]), line)


def _spoken(number: re.Match[str]) -> str:
    """A number in digits; one that already is stays as it stands."""
    parts = [
        "".join(_SPOKEN.get(c, c) for c in part if not c.isspace()) for part in number.group("first", "second", "third")
    ]
    spelled = any(c in _SPOKEN for c in number[0]) or "에" in number[0] or "다시" in number[0] or "의" in number[0]
    return "-".join(parts) if spelled else number[0]


def _mail(line: str) -> str:
    """A line's mail addresses without disguise. Blanks and commas mean nothing but where a mail is spoken of, or a mail's provider."""
    line = _DISGUISED.sub(lambda m: f"@{_DISGUISED_DOT.sub('.', m['domain'])}", line)
    line = _KOREAN_PROVIDER.sub(lambda m: f"{m['name']}@{_PROVIDERS[m['provider']]}", line)
    spoken_of = _MAIL.search(line)

    def loose(found: re.Match[str]) -> str:
        labelled = spoken_of is not None and spoken_of.end() <= found.start()
        if not labelled and not (_OF_PROVIDER.match(found["domain"]) and ("@" in found[0] or "골뱅이" in found[0])):
            return found[0]
        if _AT_WORD.match(line, found.end("name")) and not (
            _OF_PROVIDER.match(found["domain"]) or line[: found.start()].rstrip().endswith((":", "：", ")"))
        ):
            return found[0]  # `mail server at example.org`
        end = {"컴": "com", "넷": "net", "คอม": "com"}.get(found["end"], found["end"])
        last = f".{found['last']}" if found["last"] else ""
        return f"{found['name']}@{found['domain']}.{end}{last}"

    return _LOOSE.sub(loose, line)


def _whole(pieces: re.Match[str]) -> str:
    """The pieces of a CI as one, counted from its end; what stands before them stays apart."""
    parts = _BETWEEN_PIECES.split(pieces[0].removesuffix("==").rstrip())
    size = 2
    for first in range(len(parts) - 1, -1, -1):
        size += len(parts[first])
        if size >= _CI_LENGTH:
            break
    if size != _CI_LENGTH:
        return pieces[0]
    return " ".join((*parts[:first], f"{''.join(parts[first:])}=="))
