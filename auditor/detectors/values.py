"""Values of named fields that are nobody's: placeholders, labels, types, code, masked and hashed ones."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

from auditor.detectors.fields import joined
from auditor.detectors.typed import typed

_NOTHING: Final = frozenset(
    (
        "null none nil nan undefined n/a na empty blank true false yes no y n on off unknown anonymous default test "
        "string str varchar varchar2 nvarchar char text longtext bigint int integer number numeric float double "
        "decimal boolean bool date datetime timestamp object array list map any dict json uuid enum required optional "
        "nullable readonly unique primary key index value type field column label title name hidden input password "
        "email tel button submit 없음 미입력 해당없음 미정 비공개 테스트 공백 필수 선택 무 不详 无 未知 空 ไม่มี ไม่ระบุ hash sha sha1 sha256 "
        "운영자 관리자 운영진 매니저 익명 탈퇴회원 匿名 管理员 แอดมิน "
        "sha512 md5 aes encrypt encrypted mask masked partial full asc desc int4 int8 integer() stringvalue charfield "
        "textfield"
    ).split()
)
_CODE: Final = re.compile(
    r"""
      ^[$@#:%?&!~]  | \$\{|\{\{|%[sd(]|\{[A-Za-z0-9_.]*\}|<%|%>|<[A-Za-z/]|=>|->|::|\(\)|\[\]|\\[nrtux]|&&|\|\||;$
    | ^[A-Za-z_][A-Za-z0-9_]*\(            # a call
    | ^(?:new|await|this|self|return|typeof|lambda|function|def|request|req|res|props|state|data|params|args|ctx)\b[ .(\[]
    | ^(?:varchar|nvarchar|char|int|decimal|number|string|text)\s?[(\[]
    | ^https?://
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+")
OF_CODE: Final = frozenset(
    (
        "com org net kr co io dev app www user users usr member members mbr customer account profile auth login signup join form "
        "field fields label labels title text msg message messages error errors placeholder common page home i18n lang locale "
        "props state data params param args ctx req request res response body query session this self value values item items "
        "row rows result results obj object entity dto model models schema schemas config conf settings env process window "
        "document util utils lib core main index test tests api js ts py java css json xml html txt png jpg svg yml yaml props "
        "length name nickname id key type valid invalid required min max pattern email phone address string java javax util"
    ).split()
)
"""Parts of a dotted path in code or of a text's key: a value with none of them may be somebody's `blue.cat`."""
_CAMEL_CODE: Final = re.compile(
    r"^(?:get|set|is|has|find|update|delete|create|add|list|fetch|load|make|on|handle|to|check|remove)[A-Z]\w*$"
)
_CONSTANT: Final = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
_TEMPLATE: Final = re.compile(r"\$\{|\{\{|<%|%>|^%[sd]$|^<[a-z]+>$|^https?://")
_PUNCTUATION: Final = frozenset(" -_./\\,:;#?!*+=~'\"()[]{}<>|&%$@^`")
_MASKED: Final = re.compile(r"[*●○•＊✱]{1,}|[xX#]{3,}|[○◯]")
SENTENCE: Final = re.compile(
    r"(?:입력|선택|확인|중복|변경|사용|등록|검색|설정|작성|수정|조회|삭제|필요|가능|불가|포함|이상|이하|이내|글자|자리)\s?(?:해|하|할|한|된|되|이어|입|합|없|있|해주|$|[.!?)])"
    r"|(?:습니다|합니다|입니다|주세요|십시오|세요)[.!?~]?$"
    r"|(?i:\b(?:please|enter|must|should|cannot|can't|invalid|required|the|your|this|is|of|for|and)\b)"
    r"|请|不能|必须|不可|กรุณา|โปรด|ต้อง"
)
_HASHED: Final = re.compile(
    r"[0-9a-fA-F]{32,}|[A-Za-z0-9+/_-]{40,}={0,2}|\$(?:2[aby]|argon2|pbkdf2)[^ ]*\$[^ ]+|[A-Za-z0-9+/]{22,}==|[A-Za-z0-9+/]{23,}="
)
_PARTICLE: Final = re.compile(
    r"(?:을|를|은|는|이|가|의|로|으로|에|과|와|도|란|값|명|칭)?(?:[\s:：(.,!?*]|$)|[0-9]{0,4}$"
)


_HANGUL: Final = re.compile(r"[가-힣]+")
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_UNICODE: Final = re.compile(r"(?:\\{1,3}[uU][0-9A-Fa-f]{4})+")
_BRACED: Final = re.compile(r"(?:\\x\{[0-9A-Fa-f]{1,6}\})+")
_BYTES: Final = re.compile(r"(?:\\x[89A-Fa-f][0-9A-Fa-f]){2,}|(?:\\[23][0-7]{2}){2,}")
_BYTE: Final = re.compile(r"\\(?:x(..)|(...))")
_LONG_UNICODE: Final = re.compile(r"\\{1,3}U000([0-9A-Fa-f]{5})")
_FOUR: Final = re.compile(r"[0-9A-Fa-f]{4}")
_QUERY_VALUE: Final = re.compile(
    r"(?<=[A-Za-z0-9_\])-]=)[^&\s\"'<>;,=]*%[0-9A-Fa-f]{2}[^&\s\"'<>;,]*(?=[&\s\"'<>;,]|$)"
)
_QUERY_KEY: Final = re.compile(
    r"(?<=[?&\s])(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_-])*%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_-])*(?==)"
)
_PLUSES: Final = re.compile(
    r"(?<=[?&;>])([A-Za-z0-9_.\[\]-]{1,60}=)([0-9A-Za-z-]{1,20}(?:\+[0-9A-Za-z-]{1,20}){1,6})(?=[&\s\"'<]|$)"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\"']")


def _unquoted(value: str) -> str | None:
    """A percent-encoded value as text, in UTF-8 or, as old Korean pages send it, CP949; None if it is neither."""
    raw = unquote_to_bytes(value.replace("+", " "))
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _characters(escaped: re.Match[str]) -> str:
    """`\\uD83D\\uDC3C` as one character; as it stands where it is none or would end a string."""
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in _FOUR.findall(escaped[0]))
    try:
        text = units.decode("utf-16-be")
    except UnicodeDecodeError:
        return escaped[0]
    return escaped[0] if _CONTROL.search(text) else text


def _braced(escaped: re.Match[str]) -> str:
    """Perl's `\\x{ae40}\\x{c740}` as text."""
    codes = [int(code, 16) for code in re.findall(r"\{([0-9A-Fa-f]+)", escaped[0])]
    text = "".join(map(chr, codes)) if all(code < 0xD800 or 0xDFFF < code <= 0x10FFFF for code in codes) else ""
    return escaped[0] if not text or _CONTROL.search(text) else text


def _encoded(escaped: re.Match[str]) -> str:
    """`\\xea\\xb9\\x80` and `\\352\\271\\200`, bytes of UTF-8, as text."""
    units = bytes(int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in _BYTE.findall(escaped[0]))
    try:
        return units.decode()
    except UnicodeDecodeError:
        return escaped[0]


def _escapes(line: str) -> str:
    """A line without the escapes in which programs print letters beyond ASCII."""
    if "\\U000" in line:
        line = _LONG_UNICODE.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) >= 0x10000 else m[0], line)
    if "\\u" in line or "\\U" in line:
        line = _UNICODE.sub(_characters, line)
    if "\\x{" in line:
        line = _BRACED.sub(_braced, line)
    return _BYTES.sub(_encoded, line)


def unescape(value: str) -> str:
    """A value as it was meant: without URL, JSON or HTML escapes. As it stands where they do not decode."""
    if "%" in value and _PERCENT.search(value):
        value = _unquoted(value) or value
    if "\\u" in value:
        value = _UNICODE.sub(_characters, value)
    return html.unescape(value) if "&" in value and ";" in value else value


_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, marks of direction and spaces without width: what is copied from telephones and pages holds them."""
_SPLIT: Final = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_](?:[^\W\d]|[.-]){1,30}?)[_.-]?1[\"']?[ \t]?[=:][ \t]?[\"']?(?P<one>[0-9]{2,6}|[\w.+-]{2,64})[\"']?[&,; \t]{1,3}[\"']?"
    r"(?P=name)[_.-]?2[\"']?[ \t]?[=:][ \t]?[\"']?(?P<two>[0-9]{3,7}|[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})(?![\w.])[\"']?"
    r"(?:[&,; \t]{1,3}[\"']?(?P=name)[_.-]?3[\"']?[ \t]?[=:][ \t]?[\"']?(?P<three>[0-9]{4,5})(?![\w.])[\"']?)?"
    r"(?:[&,; \t]{1,3}[\"']?(?P=name)[_.-]?4[\"']?[ \t]?[=:][ \t]?[\"']?(?P<four>[0-9]{4})(?![\w.])[\"']?)?"
)
"""Fields of one value: `hp1=010&hp2=1234&hp3=5678`. Tables: split.py."""
_MAIL: Final = re.compile("(?i)mail|메일|邮箱|邮件|อีเมล")
_BOXES: Final = re.compile(
    r"(?<![0-9])(?<![0-9][ \t])[0-9](?:[ \t]{1,2}(?:-[ \t]{1,2})?[0-9]){8,17}(?![0-9]|[ \t][0-9])"
)
"""Digits in the boxes of a form, one a box."""
_FLOAT: Final = re.compile(r"(?<=[:=])([ \t]?[0-9]{7,19})\.0{1,2}(?![0-9A-Za-z.])")


def plain(line: str) -> str:
    """A line as its writer's data was before URL or JSON encoding, so that shapes and context see it; often the same line.

    A number of a field that was kept as floating point is whole again (floats.py). A decoded value of a query is put in quotes, as it may hold spaces now.
    """
    if "%" in line and "=" in line:
        line = _QUERY_KEY.sub(lambda m: _unquoted(m[0]) or m[0], line)
        line = _QUERY_VALUE.sub(_quoted, line)
    if "+" in line and "=" in line and ("?" in line or "&" in line):
        line = _PLUSES.sub(lambda m: f'{m[1]}"{m[2].replace("+", " ")}"', line)
    if not line.isascii():
        line = _UNSEEN.sub("", line)
        line = _BOXES.sub(lambda m: "".join(m[0].split()), line)
    if "2" in line and "1" in line and ("=" in line or ":" in line):
        line = _SPLIT.sub(_together, line)
    if ".0" in line:
        line = _FLOAT.sub(r"\1", line)
    if "\\" in line:
        line = _escapes(line)
    line = typed(line)
    return line.replace("\\\\/", "/").replace("\\/", "/") if "\\/" in line else line


def _together(fields: re.Match[str]) -> str:
    """The fields, and behind them what they are together."""
    parts = [part for part in fields.group("one", "two", "three", "four") if part is not None]
    if all(part.isdigit() for part in parts):
        joint = "-"
    elif _MAIL.search(fields["name"]) and "." in parts[-1] and any(mark in fields[0] for mark in "&'\""):
        joint = "@"  # in source code both would be names
    else:
        joint = ""
    return f'{fields[0]} {fields["name"]}="{joint.join(parts)}"' if joint else fields[0]


def _quoted(value: re.Match[str]) -> str:
    text = _unquoted(value[0])
    return value[0] if text is None or _CONTROL.search(text) else f'"{text}"'


class Values:
    """Tells values from what only stands where values stand. Knows every rule's field names: those are labels."""

    def __init__(self, field_names: Iterable[str]) -> None:
        self._labels = frozenset(joined(name) for name in field_names)
        self._native: dict[str, list[str]] = {}
        for label in self._labels:
            if not label.isascii():
                self._native.setdefault(label[0], []).append(label)

    @property
    def nobodys(self) -> frozenset[str]:
        """What as a whole is nobody's value, in lower case, words joined: field names and placeholders."""
        return self._labels | _NOTHING

    @property
    def native(self) -> frozenset[str]:
        """The field names beyond ASCII: with what may follow a name they are labels too."""
        return frozenset(label for label in self._labels if not label.isascii())

    def plausible(self, value: str) -> bool:
        """Whether a value of a named field may be somebody's data at all."""
        value = value.strip()
        lowered = value.lower()
        if not value or len(value) > 200 or lowered in _NOTHING:
            return False
        if _HANGUL.fullmatch(value):  # no code, constant, mask or hash is
            return not self.label(value)
        if not any(c.isalnum() for c in value) or (not value[0].isdigit() and _CODE.search(value)):
            return False
        if _DOTTED.fullmatch(value) and (
            value.count(".") > 1
            or not OF_CODE.isdisjoint(value.lower().split("."))
            or value.rpartition(".")[2][:1].isupper()
        ):
            return False
        if _CONSTANT.match(value) or _CAMEL_CODE.match(value) or _MASKED.search(value) or _HASHED.fullmatch(value):
            return False
        return not self.label(value)

    def possible(self, value: str) -> bool:
        """Whether a value may be somebody's in a column whose other values are: anything but a placeholder or template."""
        lowered = value.lower()
        return not (
            lowered in _NOTHING
            or len(value) > 200
            or all(c in _PUNCTUATION for c in value)
            or _TEMPLATE.search(value)
            or _MASKED.search(value)
            or _HASHED.fullmatch(value)
            or self.label(value)
        )

    def label(self, value: str) -> bool:
        """Whether it names a field instead of holding one's value: `닉네임`, `닉네임을 입력하세요`, `Nickname`."""
        flat = value if _HANGUL.fullmatch(value) else joined(value)
        if (
            flat in self._labels
            or flat.rstrip("0123456789") in self._labels
            or (" " in value and SENTENCE.search(value))
        ):
            return True
        return any(
            value.startswith(label) and _PARTICLE.match(value, len(label)) is not None
            for label in self._native.get(value[0], ())
        )

    @staticmethod
    def masked(value: str) -> bool:
        """Whether parts of it are hidden."""
        return bool(_MASKED.search(value))
