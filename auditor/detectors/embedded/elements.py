"""Names and values in neighbouring elements: `<dt>…</dt><dd>…</dd>`, `<span>…</span><span>…</span>`, `<b>…</b> …`, `<input name= value=>`.

Two elements that hold text and nothing else are a name and its value where they are all that their parent holds, or where two
kinds of elements come by turns. Rows of tables are markup.py's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from heapq import merge
from operator import attrgetter
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

MARK: Final = r"</[A-Za-z]|\bvalue=[\"']"
# An element that holds text alone, perhaps within one more element. Everything is possessive: what fails fails at once.
_LEAF: Final = re.compile(
    r"<(?P<tag>(?!(?:br|td|th|option|script|style|title|button|a)\b)[A-Za-z][\w:.-]{0,40}+)(?P<attributes>(?:\s[^<>]{0,500}+)?+)>\s*+"
    r"(?:<(?P<inner>(?!br\b)[A-Za-z][\w:.-]{0,40}+)(?:\s[^<>]{0,500}+)?+(?<!/)>\s*+)?+"
    r"(?P<text>(?:[^<>]{1,4000}+|<(?:br|wbr)\s?/?>){0,9}+)(?(inner)</(?P=inner)\s{0,9}+>\s*+)</(?P=tag)\s{0,9}+>",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"[\s:：]*+(?P<text>[^<>\s][^<>]{0,300}+)(?=</|<br|<(?P<tag>[A-Za-z][\w:.-]{0,40}+))")
_VALUED: Final = re.compile(r"\svalue\s{0,9}=\s{0,9}[\"']", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?P<tag>[A-Za-z][\w:.-]{0,40}+)\s(?P<attributes>[^<>]{0,4000}+)>")
_ATTRIBUTE: Final = re.compile(r"""(?P<name>[\w:.-]{1,40}+)\s{0,9}+=\s{0,9}+(?:"(?P<one>[^"]*+)"|'(?P<two>[^']*+)')""")
_KIND: Final = re.compile(r"""\bclass\s{0,9}=\s{0,9}["']?([^"'>]{0,200})""", re.IGNORECASE)
_NAMED: Final = ("name", "key", "field", "column", "property", "id")
"""Attributes that say what an element's value is, the surest first."""
_UNTOLD: Final = re.compile(r"(?i)\btype\s{0,9}=\s{0,9}[\"']?(?:submit|button|reset|image|checkbox|radio)\b")
_ANY_TAG: Final = re.compile(r"<[^<>]*+>|<!--")
_BEFORE: Final = 200
_START: Final = attrgetter("start")


@noun
class _Leaf:
    """An element of text alone. `kind`: its tag and class; `text` as written."""

    kind: tuple[str, str]
    text: str
    start: int
    end: int
    pair: tuple[str, str] | None = None


class Elements:
    """The names and values in one asset's markup."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._records = Records(index, "form")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The records of a text as tables, and the text with them blanked out."""
        data = text.text
        line = 1
        counted = end = 0
        flat = False
        for run in _runs(data):
            fields = list(_fields(data, run))
            if not fields:
                continue
            if len(self._records) and _apart(data[end : run[0].start], within=flat):
                self._records.close()
            flat = len(fields) > 1
            for name, value, (start, stop) in fields:
                line += data.count("\n", counted, start)
                counted = start
                self._records.add(Field(name=name, value=_clean(value), line=line, span=(start, stop)))
                end = stop
        tables, taken = self._records.tables(text)
        return tables, blanked(text, taken)


def _leaves(data: str) -> Iterator[_Leaf]:
    for m in _LEAF.finditer(data):
        attributes = m["attributes"]
        kind = _KIND.search(attributes) if attributes else None
        yield _Leaf(
            kind=(m["tag"].lower(), kind[1] if kind else ""), text=m["text"], start=m.start(), end=m.end()
        )  # fmt: skip


def _valued(data: str) -> Iterator[_Leaf]:
    """Elements whose attributes are a name and its value, in any order."""
    end = 0
    for hit in _VALUED.finditer(data):
        if hit.start() < end:
            continue
        start = data.rfind("<", max(end, hit.start() - 2000), hit.start())
        tag = _TAG.match(data, start) if start >= 0 else None
        if tag is None:
            end = hit.end()  # its `<` is none of a tag's: what follows asks for another
            continue
        end = tag.end()
        attributes = {m["name"].lower(): m["one"] or m["two"] or "" for m in _ATTRIBUTE.finditer(tag["attributes"])}
        name = next((label(attributes[key]) for key in _NAMED if key in attributes), "")
        if name and attributes.get("value") and not _UNTOLD.search(tag["attributes"]):
            yield _Leaf(kind=("", ""), text="", start=start, end=end, pair=(name, attributes["value"]))


def _runs(data: str) -> Iterator[list[_Leaf]]:
    """Elements of text that follow each other with nothing between them; one with a value of its own stands alone."""
    run: list[_Leaf] = []
    end = 0
    leaves = merge(_leaves(data), _valued(data), key=_START) if "value" in data else _leaves(data)
    for leaf in leaves:
        if leaf.start < end:
            continue
        end = leaf.end
        if run and (leaf.pair or run[-1].pair or data[run[-1].end : leaf.start].strip()):
            yield run
            run = []
        run.append(leaf)
    if run:
        yield run


def _fields(data: str, run: Sequence[_Leaf]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The names and values in a run, and where they stand."""
    first, last = run[0], run[-1]
    if first.pair is not None:
        yield *first.pair, (first.start, first.end)
        return
    before = data[max(0, first.start - _BEFORE) : first.start].rstrip()
    if before and not before.endswith(">"):
        return
    if len(run) == 1:
        bare = _BARE.match(data, first.end)
        ends = bare is not None and (bare["tag"] is None or bare["tag"].lower() == first.kind[0])
        if bare is not None and ends and (name := label(html.unescape(first.text))):
            yield name, bare["text"], (first.start, bare.end("text"))
        return
    kind = first.kind
    if len(run) == 2:
        by_turns = kind != last.kind
    else:
        by_turns = all((leaf.kind[0] == kind[0]) == (place % 2 == 0) for place, leaf in enumerate(run))
    if not by_turns or data[last.end : last.end + 1].strip() not in ("", "<"):
        return
    for one, other in zip(run[::2], run[1::2], strict=False):
        if (name := label(html.unescape(one.text))) and other.text.strip():
            yield name, other.text, (one.start, other.end)


def _apart(between: str, *, within: bool) -> bool:
    """Whether two fields belong to two records: text stands between them, or the end of what holds all fields before."""
    return between.count("</") > (0 if within else 1) or bool(_ANY_TAG.sub("", between).strip())


def _clean(value: str) -> str:
    return " ".join(html.unescape(_ANY_TAG.sub(" ", value)).split())
