"""Names and values by turns, a line each: what redis-cli prints, a form that was sent or mailed, definitions, a chatbot's questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked, telling
from auditor.detectors.fields import FieldIndex
from auditor.detectors.search import Search
from auditor.detectors.values import plain
from auditor.model.content import Table, Text

_WORDS: Final = r"[^\W\d_][^\n\t\"'`=<>{}|\\;:.!?]{0,40}"
_LINES: Final = r"[^\n\t\"'`=<>{}|\\;:.!?,]+[ \t]*[:*]?\r?\n[^\n]+\r?\n\r?\n"
_ASKING: Final = r"알려|입력|기재|적어|남겨|말씀|กรุณา|โปรด|ขอ|请|(?:[Ww]hat(?:'s| is)|[Ee]nter|[Tt]ype|[Pp]rovide|[Cc]onfirm|[Ii]nput|[Ss]hare|[Tt]ell (?:me|us)|have|know|get) (?:your|the) "
MARK: Final = "|".join(
    (
        r"^[ \t]*[0-9]+\) \"[^\n]*\n[ \t]*[0-9]+\) |form-data; name=\"",
        rf"^{_LINES}{_LINES}{_LINES}",
        r"^[^\n:=<>{}|\\;]+(?:\r?\n[ \t]*:|::)[ \t]+[^\s:][^\n]*\r?\n",
        rf"^[^\n]*[:>][ \t]*[^\n:]*(?:{_ASKING})[^\n]*\r?\n[^\n]*[:>][ \t]*\S",
    )
)
"""A mark behind a name or before a value, three times two lines with an empty one after them, or a request and an answer."""
# `1) "name"` above `2) "value"`: redis-cli.
_LISTED: Final = re.compile(
    r"^[ \t]*[0-9]{1,6}\) \"(?P<name>[^\"\n]{1,200})\"[ \t]*\r?\n[ \t]*[0-9]{1,6}\) \"(?P<value>[^\n]{0,4000})\"[ \t]*$",
    re.MULTILINE,
)
# A part of a form that was sent: its name, other headers, an empty line, the value.
_PART: Final = re.compile(
    r"^content-disposition: ?form-data; ?name=\"(?P<name>[^\"\n]{1,80})\"(?![^\n]*filename)[^\n]*\r?\n(?:[\w-]{1,40}:[^\n]{0,200}\r?\n){0,4}"
    r"\r?\n(?P<value>[^\n]{1,4000}?)\r?$",
    re.MULTILINE | re.IGNORECASE,
)
# A question in a line, the answer in the next, an empty line.
_ASKED: Final = re.compile(
    rf"^[ \t]*(?P<name>{_WORDS})(?:\([^()\n]{{1,30}}\))?[ \t]*[:*]?\r?\n[ \t]*(?P<value>[^\s:][^\n]{{0,400}}?)[ \t]*\r?\n(?=[ \t]*\r?$)",
    re.MULTILINE,
)
# A name in a line, behind a colon in the next its value, or behind two in the same: definitions.
_DEFINED: Final = re.compile(
    rf"^(?P<name>{_WORDS})(?:[ \t]*\r?\n(?:[ \t]*\r?\n)?[ \t]{{0,3}}:|[ ]?::)[ \t]{{1,8}}(?P<value>[^\s:][^\n]{{0,400}}?)[ \t]*\r?$",
    re.MULTILINE,
)
# What somebody says, behind the time and who it is.
_SAID: Final = re.compile(
    r"^[ \t]*(?:\[[^\[\]\n]{1,40}\][ ]?|[0-9][0-9:./T -]{3,30}[ ])?(?P<who>[^\s:>\[\]][^:>\n\[\]]{0,20})[:>][ \t]{0,4}(?P<text>[^\s:][^\n]{0,400})\r?\n"
    r"[ \t]*(?:\[[^\[\]\n]{1,40}\][ ]?|[0-9][0-9:./T -]{3,30}[ ])?(?!(?P=who)[:>])[^\s:>\[\]][^:>\n\[\]]{0,20}[:>][ \t]{0,4}(?P<value>[^\s:][^\n]{0,400}?)[ \t]*\r?$",
    re.MULTILINE,
)
_REQUEST: Final = re.compile(
    r"(?i)(?:please\s{1,3})?(?:enter|type(?: in)?|provide|tell (?:me|us)|give (?:me|us)|confirm|input|share|what(?:'s| is)|(?:may|can|could) (?:i|we) (?:have|know|get))\s{1,3}(?:your|the)\s{1,3}"
    r"|请(?:您|你)?(?:问|输入|填写|提供|告知|告诉我|确认|选择)?(?:一下)?(?:您|你)?的?|(?:กรุณา|โปรด)(?:กรอก|ระบุ|ใส่|แจ้ง|ป้อน)?|ขอ(?:ทราบ)?"
)
_REQUESTED: Final = re.compile(
    r"[을를은는이가]?(?:\([을를은는이가]\))?\s{0,3}(?:항목을?\s{0,3})?(?:다시\s|정확히\s)?(?:입력|알려|기재|적어|남겨|말씀)\S{0,12}(?:\s\S{1,8}){0,2}$"
    r"|(?:ด้วย|หน่อย)?(?:นะ)?(?:ค่ะ|คะ|ครับ)$|是(?:什么|多少)$"
)
_NAMED: Final = re.compile(r"[【\[「『“‘\"'](?P<name>[^【】\[\]「」『』“”‘’\"'\n]{1,40})[】\]」』”’\"']")
_FAR: Final = 400
"""Characters between a record's names at most, besides its values."""
_LEAST: Final = 3
"""Questions in a row that make a form."""
_RAISED: Final = re.compile(r"\\(.)")
_ASKS: Final = Search(rf"^{_LINES}{_LINES}{_LINES}")
_REQUESTS: Final = Search(_ASKING)


class Turns:
    """The names and values of one asset that take turns."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = NamedRows(index, "record")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The names and values of a text as records, and the text without the values."""
        data = text.text
        taken: list[tuple[int, int]] = []
        line, position = text.first_line, 0
        forms = (r for r in (*_records(_asked(data)), *_records(_defined(data))) if self._form(r))
        for record in [*_records(_marked(data)), *forms, *_records(self._answered(data))]:
            start = record[0][2]
            if start < position:
                line, position = text.first_line, 0
            line += data.count("\n", position, start)
            position = start
            names, values = [name for name, *_ in record], [value for _, value, *_ in record]
            if self._records.add(names, values, line):
                taken += [(begin, end) for _, _, begin, end in record if end > begin]
        return self._records.tables(text), blanked(text, _apart(sorted(taken)))

    def _answered(self, data: str) -> Iterator[tuple[int, _Turn]]:
        """What somebody was asked for and answered, where the question says something."""
        if _REQUESTS.within(data.encode("utf-8", "replace")):
            position = 0
            while (m := _SAID.search(data, position)) is not None:
                position = m.end("text")  # the answer may be a question too
                name = _requested(m["text"].strip())
                if name and telling(self._index, [name]) and not _requested(m["value"]):
                    yield m.start(), (name, m["value"], *m.span("value"))

    def _form(self, record: list[_Turn]) -> bool:
        """Whether questions in a row are a form: enough of them, two of which say something, and no answer is a question."""
        return (
            len(record) >= _LEAST
            and sum(telling(self._index, [name]) for name, *_ in record) > 1
            and not any(
                telling(self._index, [value]) and value.isascii() and value.isalpha() for _, value, *_ in record
            )
        )


_Turn = tuple[str, str, int, int]
"""A name, its value and where the value stands."""


def _marked(data: str) -> Iterator[tuple[int, _Turn]]:
    """Names that are marked as such, and where each begins."""
    for mark, expression in ((') "', _LISTED), ("form-data", _PART)):
        if mark not in data:
            continue
        for m in expression.finditer(data):
            value = plain(m["value"])
            if "\\" in value:
                value = _RAISED.sub(r"\1", value)
            yield m.start(), (plain(m["name"]), value, *m.span("value"))


def _asked(data: str) -> Iterator[tuple[int, _Turn]]:
    """Questions with answers, and where each begins."""
    if not _ASKS.within(data.encode("utf-8", "replace")):
        return
    for m in _ASKED.finditer(data):
        yield m.start(), (m["name"].strip(), m["value"], *m.span("value"))


def _defined(data: str) -> Iterator[tuple[int, _Turn]]:
    """Names with definitions, and where each begins."""
    for m in _DEFINED.finditer(data) if "\n:" in data or ":: " in data or "\n " in data else ():
        yield m.start(), (m["name"].strip(), m["value"], *m.span("value"))


def _requested(text: str) -> str:
    """The name of what a text asks for; empty if it asks for nothing."""
    asks = text.rstrip(" .!?。？！")
    before, behind = _REQUEST.match(asks), _REQUESTED.search(asks)
    if before is None and behind is None:
        return ""
    named = _NAMED.search(asks)
    if named is not None:
        return label(named["name"])
    return label(asks[before.end() if before is not None else 0 : behind.start() if behind is not None else len(asks)])


def _records(turns: Iterator[tuple[int, _Turn]]) -> Iterator[list[_Turn]]:
    """Turns that belong together: until a name comes again or much else stands between."""
    record: list[_Turn] = []
    names: set[str] = set()
    for start, turn in turns:
        if record and (turn[0] in names or start - record[-1][3] > _FAR or len(record) > 200):
            yield record
            record, names = [], set()
        record.append(turn)
        names.add(turn[0])
    if record:
        yield record


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order of which none overlaps the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
