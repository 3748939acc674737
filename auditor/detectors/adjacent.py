"""Fields in text whose names and values are tokens side by side: `fill("#name", "value")`, `"name" "value"`, `'value' AS name`, `MOVE 'value' TO name`.

What stands between them is a comma, a call, an arrow or only blanks: no sign of a field by itself. The quotes are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.pair import LONGEST_VALUE, NAME, Pair, Style

_VALUE: Final = rf"(?P<quote>[\"'`])(?P<value>(?:\\.|(?!(?P=quote)|\\).){{1,{LONGEST_VALUE}}}+)(?P=quote)"
# `"name", "value"`; `'#name', 'value'`; `('[name=x]').type('value')`; `"name" -> "value"`; `"name" "value"`; `"name";s:5:"value"`; `"name", with: "value"`.
# The value is only looked at: it may be the next field's name.
_NEXT: Final = re.compile(
    rf"(?P<open>[\"'`])(?:[#.]|\[?[A-Za-z-]{{1,20}}[*^$~]?=\\?[\"']?)?(?P<key>{NAME}(?:[ ][^\W\d][\w()]{{0,20}}+){{0,3}})\\?[\"']?\]?(?P=open)"
    r"(?:\s{0,3}(?:,|->|→|:|=>?)?\s{0,3}|,\s{0,3}(?:with|to|value|text|val|content|input|data)\s?[:=]\s{0,3}"
    r"|[\])]{1,3}\s{0,3}\.\s{0,3}[A-Za-z_]\w{0,30}\(\s{0,3}(?:[A-Za-z_]\w{0,30}\(\s{0,3})?|;[A-Za-z]:[0-9]{1,9}:|\s(?:with|as|to|is)\s)"
    rf"(?=[bfruLN@]?{_VALUE})"
)
# `"name=value of several words"`: an argument of a command.
_WHOLE: Final = re.compile(
    rf"(?<![\w=])(?P<quote>[\"'])(?P<key>{NAME})=(?P<value>(?:(?!(?P=quote)).){{1,{LONGEST_VALUE}}}?)(?P=quote)"
)
# `?name=value&name=value`: a query, in source code too.
_QUERY: Final = re.compile(
    rf"[?&](?P<key>{NAME})=(?P<value>[^&\s\"'<>{{}}$%()\[\]+]{{1,{LONGEST_VALUE}}})(?=[&\s\"'#]|$)"
)
# `'value' AS name`, `'value' for key 'table.name'`.
_BEFORE: Final = re.compile(
    rf"(?P<quote>['\"])(?P<value>(?:''|(?!(?P=quote)).){{1,{LONGEST_VALUE}}}+)(?P=quote)\s{{1,3}}"
    rf"(?:[aA][sS]|for\s(?:key|column|field|index|constraint))\s{{1,3}}[\"'`\[]?(?P<key>{NAME})"
)
# `withId(R.id.name)).perform(replaceText("value"))`, `name.sendKeys("value")`: what is typed into a field.
_TYPES: Final = r"\.\s{0,3}(?:perform\(\s{0,3})?(?:(?:type|replace|set|enter|input)_?[Tt]ext|type|fill|send_?[Kk]eys|set_?[Vv]alue|clearText)\(\s{0,3}"
_TYPED: Final = re.compile(rf"(?P<key>[^\W\d]\w{{0,60}}+)(?:\){{1,3}}\s{{0,3}})?{_TYPES}{_VALUE}")
_TYPING: Final = re.compile(_TYPES)
# `MOVE 'value' TO NAME`, `NAME PIC X(20) VALUE 'value'`.
_MOVED: Final = re.compile(rf"(?i:\bmove)\s{{1,9}}{_VALUE}\s{{1,9}}(?i:to)\s{{1,9}}(?P<key>{NAME})")
_PICTURE: Final = re.compile(
    rf"(?P<key>{NAME})\s{{1,40}}(?i:pic(?:ture)?)\s{{1,9}}\S{{1,30}}\s{{1,40}}(?i:value)\s{{1,9}}(?i:is\s)?{_VALUE}"
)
_COBOL: Final = ("MOVE", "PIC", "move", "pic", "Move", "Pic")
_AFTER: Final = re.compile(r"['\"]\s{1,3}(?:[aA][sS]|for)\s")
# `(name, name)=(value, value)`: a database of a key that exists.
_LISTS: Final = re.compile(
    r"\((?P<keys>[^()=]{1,300})\) ?= ?\((?P<values>(?:(?!\) ?=).){1,1000})\)(?=\s+[a-z]|\s*[.,;]?\s*$)"
)
# `${NAME}    value`, `id=name    value`: a script whose arguments two blanks divide.
_DIVIDED: Final = re.compile(
    rf"(?:^|(?<=\s))(?:[$@&]\{{(?P<variable>{NAME})\}}|[a-z]{{1,12}}[=:](?P<located>{NAME}))(?: {{2,40}}|\t)\s{{0,40}}(?P<value>\S(?:(?!\s\s|\t).){{0,{LONGEST_VALUE}}})"
)
# `3) name - value`, `3. name<tab>value`, `3. name ....... value`, `3. name [ value ]`: a form whose questions have numbers.
_NUMBERED: Final = re.compile(
    r"^\s{0,8}[0-9]{1,3}[.)]\s{1,4}(?P<key>[^\W\d][^\t:.\[\]|\n]{0,40}?)"
    r"(?:[ ]?\t| ?: |[ ]-[ ]|[ ]\.{4,80}[ ]|[ ]\[)\s{0,4}(?P<value>[^\s\[][^\s\]]{0,200}+(?: [^\s\]]{1,200}+){0,20}+)[ ]{0,40}+\]?\s*+$"
)
# `| name | value |`: a table of two columns.
_CELLS: Final = re.compile(
    r"^\s{0,40}\|[ ]{0,9}(?P<key>[^|\s][^|]{0,60}+)\|[ ]{0,9}(?P<value>[^|\s][^|]{0,400}+)\|\s*$"
)


def adjacent(line: str) -> Iterator[Pair]:
    """The fields of one line whose names stand right beside their values, as tokens of their own."""
    if '"' in line or "'" in line or "`" in line:
        for m in _NEXT.finditer(line):
            if not _is_listed(line, m):
                yield _pair(m["key"], m, "call")
        if "=" in line:
            for m in _WHOLE.finditer(line):
                yield _pair(m["key"], m, "quoted")
        if _AFTER.search(line):
            for m in _BEFORE.finditer(line):
                yield _pair(m["key"], m, "quoted")
        if "(" in line and _TYPING.search(line):
            for m in _TYPED.finditer(line):
                yield _pair(m["key"], m, "call")
        if any(word in line for word in _COBOL):
            for m in (*_MOVED.finditer(line), *_PICTURE.finditer(line)):
                yield _pair(m["key"], m, "quoted")
    if ")=(" in line or ") = (" in line:
        for m in _LISTS.finditer(line):
            yield from _listed(m)
    if "&" in line and "=" in line:
        for m in _QUERY.finditer(line):
            yield _pair(m["key"], m, "call")
    if "  " in line or "\t" in line:
        for m in _DIVIDED.finditer(line):
            yield _pair(m["variable"] or m["located"], m, "quoted")
    if (cells := _CELLS.match(line)) is not None:
        value = cells["value"].rstrip()
        start = cells.start("value")
        yield Pair(key=cells["key"].rstrip(), start=start, end=start + len(value), style="bare", value=value)
    elif (numbered := _NUMBERED.match(line)) is not None:
        yield _pair(numbered["key"], numbered, "bare")


def _is_listed(line: str, found: re.Match[str]) -> bool:
    """Whether name and value are two words of a list: `"password", "email", "phone"`. Values in one have digits or other letters."""
    if "," not in line[found.end("key") : found.start("quote")]:
        return False
    longer = line[: found.start()].rstrip().endswith(",") or line[found.end("value") + 1 :].lstrip().startswith(",")
    value = found["value"]
    return longer and value.isascii() and value.replace("_", "").isalpha()


def _pair(key: str, found: re.Match[str], style: Style) -> Pair:
    start, end = found.span("value")
    return Pair(key=key, start=start, end=end, style=style, value=found["value"])


def _listed(found: re.Match[str]) -> Iterator[Pair]:
    """Names and as many values; those of one name are one value whatever commas it has."""
    keys, values = found["keys"].split(", "), [found["values"]]
    if len(keys) > 1:
        values = found["values"].split(", ")
    if len(keys) != len(values):
        return
    start = found.start("values")
    for key, value in zip(keys, values, strict=True):
        yield Pair(key=key.strip('"` '), start=start, end=start + len(value), style="quoted", value=value)
        start += len(value) + 2
