"""How a CSV is written: its delimiter, its escapes, and whether its first row names the columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

_SAMPLE_LINES: Final = 50
_DELIMITERS: Final = (",", "\t", ";", "|", "\x01")
_PREFERRED: Final = {".tsv": "\t", ".tab": "\t", ".psv": "|"}
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.|"")*"?')
# A value by its shape, never a column's name: numbers, dates, times, phones, amounts, e-mail, URLs, UUIDs, long base64 or hex.
_VALUE: Final = re.compile(
    r"""(?ix) [-+(]?[\d๐-๙０-９][\d๐-๙０-９\s.,:/()%TZ+*xX-]* | \d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}.* | [^@\s]+@[^@\s]+\.[^@\s]+
    | [a-z][a-z0-9+.-]*://.* | [0-9a-f]{8}-[0-9a-f-]{27} | [0-9a-f]{16,} | [a-z0-9+/_-]{40,}={0,2} | \W+ | true | false | null
    | [a-z]{0,4}[-_]?\d{4,} | \w{1,3}\*+\w*"""
)
_NAME: Final = re.compile(
    r"""(?ix) .*(?: \b(?:id|no|name|nick|ci|di|rrn|ssn|email|mail|phone|mobile|tel|birth|addr|address|user|gender|sex|age
      |date|time|type|status|code|seq|idx|key|value|created|updated|memo|zip|city|country)s?\b
      | _(?:id|no|nm|name|dt|at|ts|cd|yn|num) | (?:user|nick|member|first|last|full|file|cust|customer|acct)_?name
      | 이름|성명|고객|회원|닉네임|별명|번호|아이디|주소|전화|연락처|휴대|이메일|메일|생년|생일|성별|나이|일자|일시|날짜|시간|연계정보
      | 구분|코드|상태|비고|ชื่อ|นามสกุล|โทร|อีเมล|ที่อยู่|วันเกิด|เลข|姓名|名字|昵称|手机|电话|邮箱|地址|身份证|生日|性别|编号|日期 ).*"""
)
_CODE: Final = re.compile(
    r"[{}]|=>|\(\)|\);?\s*$|^\s*(?:#include|import|from|def|class|function|var|let|const|return|//)\b"
)

_LOG: Final = re.compile(r"\W?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d,\d{3}\b")  # milliseconds after a comma


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`width` is the number of columns that most rows have; `backslash`: a quote inside is `\\"`, not `""`."""

    delimiter: str
    width: int
    backslash: bool = False


def split(line: str, dialect: Dialect) -> list[str]:
    """The cells of one record. A quote that is never closed is an ordinary character."""
    rows = split_all([line], dialect)
    return rows[0] if len(rows) == 1 else line.split(dialect.delimiter)


def split_all(lines: list[str], dialect: Dialect, *, strict: bool = False) -> list[list[str]]:
    """The cells of each record; as many rows as lines unless quotes or line ends are not as they should be.

    `strict`: after a closing quote only a delimiter or the record's end will do; otherwise there are no rows.
    """
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if any('"' in line for line in lines) else csv.QUOTE_NONE
    escape = "\\" if dialect.backslash else None
    try:
        return list(
            csv.reader(
                lines,
                delimiter=dialect.delimiter,
                quoting=quoting,
                escapechar=escape,
                doublequote=not dialect.backslash,
                strict=strict,
            )
        )
    except csv.Error:
        return []


def dialect_of(sample: str, name: str) -> Dialect:
    """The dialect of a file that is a table by its name. `sample` is where it starts, whole lines."""
    lines = _lines(sample)
    if lines and (hint := re.fullmatch(r"sep=(.)", lines[0])):  # Excel's own line
        return _dialect(lines[1:], hint[1])
    suffix = name.lower()[-4:]
    best = _dialect(lines, _PREFERRED.get(suffix, ","))
    if suffix in _PREFERRED and best.width > 1:
        return best
    best_share = _share(lines, best)
    for delimiter in _DELIMITERS:
        other = _dialect(lines, delimiter)
        share = _share(lines, other)
        if other.width > 1 and (best.width == 1 or share > best_share + 0.2):
            best, best_share = other, share
    return best


def sniff(sample: str, *, whole: bool) -> Dialect | None:
    """The dialect of a text without a telling name, only if it is a table beyond doubt: prose and code are not.

    `whole` says that the sample is the whole file; otherwise its last line is a part of one.
    """
    end = sample.rfind("\n")
    text = sample if whole else sample[:end]
    lines = [line for line in text.split("\n", _SAMPLE_LINES + 1)[:_SAMPLE_LINES] if line.strip()]
    if len(lines) < 3:
        return None
    for delimiter in _DELIMITERS:
        if delimiter not in lines[0]:
            continue
        counts = {_QUOTED.sub("", line).count(delimiter) for line in lines}
        if len(counts) != 1 or 0 in counts:
            continue
        if delimiter in ",;|" and not _tabular(lines, delimiter):
            continue
        return _dialect(lines, delimiter)
    return None


def _tabular(lines: list[str], delimiter: str) -> bool:
    """Whether lines with as many commas each are rows, not sentences or statements."""
    bare = [_QUOTED.sub('""', line) for line in lines]
    if any(_CODE.search(line) or _LOG.match(line) for line in bare):
        return False
    if all(line.rstrip().endswith(delimiter) or line.lstrip().startswith(delimiter) for line in bare):
        return False
    if sum(f"{delimiter} " in line for line in bare) * 2 > len(bare):
        return False
    cells = [cell.strip() for line in bare for cell in line.split(delimiter)]
    wordy = sum(cell.count(" ") > 4 for cell in cells)
    if wordy * 5 > len(cells) or len(set(lines)) * 2 < len(lines):
        return False
    # Of a list of words nothing tells that it is a table but a second column beside values.
    return any(_VALUE.fullmatch(cell) for cell in cells if cell)


def header_of(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows names the columns. In doubt it is data: then no value is lost."""
    first = [cell.strip() for cell in rows[0]]
    names = [cell for cell in first if cell]
    if not names or len(first) - len(names) > 1 or len(set(names)) < len(names):
        return False
    if any(len(name) > 64 or _VALUE.fullmatch(name) for name in names):
        return False
    known = sum(_NAME.fullmatch(name) is not None for name in names)
    later = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if not later:
        return known * 2 > len(names)
    for column, name in enumerate(first):
        values = [row[column].strip() for row in later if column < len(row) and row[column].strip()]
        if name and name in values:
            return False
        shaped = sum(_VALUE.fullmatch(value) is not None for value in values)
        if values and shaped * 10 >= len(values) * 8:
            return True
    return known * 2 >= len(names)


def _lines(sample: str) -> list[str]:
    return [line for line in sample.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]


def _dialect(lines: list[str], delimiter: str) -> Dialect:
    backslash = sum(line.count('\\"') for line in lines) > 0 and not any(
        re.search(r'[^,;|\t\\]""', line) for line in lines
    )
    plain = Dialect(delimiter=delimiter, width=1, backslash=backslash)
    widths = Counter(len(split(line, plain)) for line in lines)
    width = max(widths, key=lambda w: (widths[w], w)) if widths else 1
    return Dialect(delimiter=delimiter, width=width, backslash=backslash)


def _share(lines: list[str], dialect: Dialect) -> float:
    return sum(len(split(line, dialect)) == dialect.width for line in lines) / len(lines) if lines else 0.0
