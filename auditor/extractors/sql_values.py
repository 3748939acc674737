"""The grammar of rows in SQL dumps: tuples of INSERT, lines of COPY, names and literals."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Final

from auditor.model.noun import noun

NAME: Final = r'(?:`(?:[^`\n]|``)++`|"(?:[^"\n]|"")++"|\[[^\]\n]++\]|[\w$#@]++)'
QUALIFIED: Final = rf"{NAME}(?:\s*+\.\s*+{NAME})*+"
_COLUMNS: Final = rf"\(\s*+({NAME}(?:\s*+,\s*+{NAME})*+)\s*+\)"
INSERT: Final = re.compile(
    rf"""(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OVERWRITE|OR\s+\w+|INTO|ALL|TABLE)\s+)*+
    ({QUALIFIED})\s*+(?:{_COLUMNS})?\s*+(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*+(?=\()""",
    re.IGNORECASE | re.VERBOSE,
)
COPY: Final = re.compile(
    rf"COPY\s+({QUALIFIED})\s*+(?:{_COLUMNS})?\s*+FROM\s+STDIN\b([^;\n]*+);?[ \t]*+\n", re.IGNORECASE
)
CREATE: Final = re.compile(
    rf"CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN|CACHED|MEMORY)\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({QUALIFIED})\s*+(?=\()",
    re.IGNORECASE,
)
STATEMENT: Final = re.compile(r"(?im)(?:^|;)[ \t]*+(?=(INSERT|REPLACE|COPY|CREATE)\b)")

_ESCAPED: Final = r"'(?:[^'\\]++|\\.|'')*+'"
_STANDARD: Final = r"'(?:[^']++|'')*+'"
_ESCAPED_STRING: Final = re.compile(_ESCAPED, re.DOTALL)
_PREFIX: Final = r"(?:[NnXxBb]|[Uu]&|_[A-Za-z0-9]++\s*+)?"
_BARE: Final = r"[-+.\w]++(?!\s*+[('])"
_NOT_A_COLUMN: Final = re.compile(
    r"(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)\b", re.IGNORECASE
)
_TOKEN: Final = re.compile(
    r"""(?P<string>[Ee]'(?:[^'\\]++|\\.|'')*+'|'(?:[^']++|'')*+') | (?P<escaped>[Ee]?'(?:[^'\\]++|\\.|'')*+')
    | (?P<name>"(?:[^"\\]++|\\.|"")*+"|`(?:[^`]++|``)*+`|\[[^\]\n]*+\])
    | (?P<dollar>\$(?P<tag>\w*+)\$.*?\$(?P=tag)\$) | (?P<comment>--[^\n]*+|/\*.*?\*/) | (?P<open>\() | (?P<close>\))
    | (?P<comma>,) | (?P<end>;) | (?P<other>[^'"`\[$()/,;\-Ee]++|.)""",
    re.VERBOSE | re.DOTALL,
)
_UNESCAPE: Final = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "f": "\f", "v": "\v"}
_COPY_ESCAPE: Final = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_BACKSLASH: Final = re.compile(r"\\(.)", re.DOTALL)
_HEX: Final = re.compile(r"0[xX]((?:[0-9A-Fa-f]{2})+)")
_CODES: Final = re.compile(r"\\(?:([0-9A-Fa-f]{4})|\+([0-9A-Fa-f]{6})|\\)")
_CAST: Final = re.compile(r"CAST\s*\(\s*(.*?)\s+AS\s+[\w\s(),]+\)|(.*?)::[\w\s\[\]().\"]+", re.IGNORECASE | re.DOTALL)


@noun(kw_only=False)
class Syntax:
    """Whether a backslash escapes in a plain string: MySQL does so, standard SQL does not."""

    backslash: bool
    row: re.Pattern[str] = field(repr=False)
    cell: re.Pattern[str] = field(repr=False)


def _syntax(*, backslash: bool) -> Syntax:
    string = _ESCAPED if backslash else _STANDARD
    double = r'|"(?:[^"\\]++|\\.|"")*+"' if backslash else ""
    value = rf"(?:[Ee]{_ESCAPED}|{_PREFIX}{string}{double}|{_BARE})"
    cell = rf"([Ee]{_ESCAPED})|({_PREFIX})({string}{double})|({_BARE})"
    return Syntax(
        backslash=backslash,
        row=re.compile(rf"\(\s*+{value}(?:\s*+,\s*+{value})*+\s*+\)", re.DOTALL),
        cell=re.compile(cell, re.DOTALL),
    )


MYSQL: Final = _syntax(backslash=True)
STANDARD: Final = _syntax(backslash=False)


def syntax_of(head: str) -> Syntax:
    """MySQL's or the standard's, by what a dump's head shows."""
    if re.search(r"PostgreSQL|standard_conforming_strings", head):
        return STANDARD
    if re.search(r"(?i)MySQL|MariaDB|INTO `|TABLE `|ENGINE\s*=|/\*!\d", head):
        return MYSQL
    if re.search(r"\bSET\s+IDENTITY_INSERT|[(,\s=]N'|\[dbo\]|PRAGMA\s|BEGIN TRANSACTION|(?:INTO|TABLE) \"", head):
        return STANDARD
    # Unknown: `it\'s` is escaped, `'C:\'` is not.
    return MYSQL if len(re.findall(r"\\['\"]\w", head)) > len(re.findall(r"\\'\s*[,)]", head)) else STANDARD


def unquote(name: str) -> str:
    """A name without its quotes; the parts of a qualified one are joined by dots."""
    parts = re.findall(NAME, name)
    return ".".join(part[1:-1].replace("``", "`").replace('""', '"') if part[0] in '`"[' else part for part in parts)


def names(listed: str) -> tuple[str, ...]:
    """The names of a column list."""
    return tuple(unquote(name) for name in re.findall(NAME, listed))


def cells(row: str, syntax: Syntax) -> list[str | None]:
    """The values of a tuple that `syntax.row` matched."""
    values: list[str | None] = []
    add = values.append
    backslash = syntax.backslash
    for escaped, prefix, string, bare in syntax.cell.findall(row):
        if string:
            text = string[1:-1]
            if "''" in text or (backslash and ("\\" in text or string[0] == '"')):
                text = unescape(text, backslash=backslash, quote=string[0])
            add(_bytes(text) if prefix in ("X", "x") else _letters(text) if prefix[-1:] == "&" else text)
        elif bare:
            add(word_value(bare))
        else:
            add(unescape(escaped[2:-1], backslash=True))
    return values


def tuple_at(text: str, position: int, syntax: Syntax) -> tuple[list[str | None], int] | None:
    """The values of the tuple that opens at `position`, expressions as they are written, and its end; None: no end."""
    values: list[str | None] = []
    depth = 0
    start = position + 1
    while token := _TOKEN.match(text, position):
        kind = token.lastgroup if token.lastgroup != "tag" else "dollar"
        position = token.end()
        if kind == "string" and syntax.backslash and text[token.start()] == "'":
            escaped = _ESCAPED_STRING.match(text, token.start())
            if escaped is None:
                return None
            position = escaped.end()
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                values.append(_expression(text[start : token.start()].strip(), syntax))
                return values, position
        elif kind == "comma" and depth == 1:
            values.append(_expression(text[start : token.start()].strip(), syntax))
            start = position
        elif kind == "end" or (kind == "other" and token[0] == "'"):
            return None
    return None


def columns_of(text: str, position: int) -> tuple[str, ...] | None:
    """The column names of a CREATE TABLE whose list opens at `position`; None if it has no end here."""
    parsed = tuple_at(text, position, STANDARD)
    if parsed is None:
        parsed = tuple_at(text, position, MYSQL)
    if parsed is None:
        return None
    found = []
    for definition in parsed[0]:
        body = re.sub(r"\A(?:\s+|--[^\n]*\n|/\*.*?\*/)+", "", definition or "", flags=re.DOTALL)
        name = re.match(NAME, body)
        if name and not _NOT_A_COLUMN.match(body):
            found.append(unquote(name[0]))
    return tuple(found)


def copy_cells(line: str) -> list[str | None]:
    """The values of a line of COPY in its text format."""
    fields = line.split("\t")
    if "\\" not in line:
        return list(fields)
    return [None if cell == "\\N" else copy_unescape(cell) for cell in fields]


def copy_unescape(cell: str) -> str:
    """What a cell of COPY means that is not `\\N`."""
    return _COPY_ESCAPE.sub(_copy_escape, cell)


def _copy_escape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8) & 0xFF)
    return _UNESCAPE.get(code, code) if code != "0" else "\0"


def unescape(body: str, *, backslash: bool, quote: str = "'") -> str:
    """What stands between the quotes of a string, as it is meant: a doubled `quote` is one."""
    if quote * 2 in body:
        body = body.replace(quote * 2, quote)
    if backslash and "\\" in body:
        body = _BACKSLASH.sub(lambda match: _UNESCAPE.get(match[1], match[1]), body)
    return body


def word_value(word: str) -> str | None:
    """The value of a word without quotes."""
    if word in ("NULL", "null", "Null"):
        return None
    if word[:2] in ("0x", "0X") and (digits := _HEX.fullmatch(word)):
        return _bytes(digits[1]) or word
    return word


def _letters(text: str) -> str:
    r"""The text of standard SQL's `U&'\\ae40\\+01f43b'`."""
    return _CODES.sub(_of_code, text)


def _of_code(code: re.Match[str]) -> str:
    point = int(code[1] or code[2], 16) if code[1] or code[2] else 0x5C
    return chr(point) if point < 0xD800 or 0xDFFF < point <= 0x10FFFF else code[0]


def _bytes(digits: str) -> str:
    """Hexadecimal digits as the text they stand for (a binary column of `mysqldump --hex-blob`), if they do."""
    try:
        text = bytes.fromhex(digits).decode()
    except ValueError:
        return digits
    return text if text.isprintable() else digits


def _expression(text: str, syntax: Syntax) -> str | None:
    """A literal's value; of a cast the literal's; anything else as it is written."""
    cast = _CAST.fullmatch(text)
    inner = (cast[1] or cast[2]) if cast else text
    match = syntax.cell.fullmatch(inner)
    if match:
        return cells(inner, syntax)[0]
    if inner.startswith("$") and (dollar := re.fullmatch(r"\$(\w*)\$(.*)\$\1\$", inner, re.DOTALL)):
        return dollar[2]
    return text
