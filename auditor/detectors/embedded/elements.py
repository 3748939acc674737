"""Names and values in neighbouring elements: `<dt>…</dt><dd>…</dd>`, `<span>…</span><span>…</span>`, `<b>…</b> …`, `<input name= value=>`.

Two elements that hold text and nothing else are a name and its value where they are all that their parent holds, or where two
kinds of elements come by turns. Rows of tables are markup.py's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import pairwise
from operator import attrgetter
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

MARK: Final = r"</[A-Za-z]|\b(?:value|text)=[\"']"
# An element that holds text alone, perhaps within one more element. Everything is possessive: what fails fails at once.
_LEAF: Final = re.compile(
    r"<(?P<tag>(?!(?:br|td|th|option|script|style|title|button|a)\b)[A-Za-z][\w:.-]{0,40}+)(?P<attributes>(?:\s[^<>]{0,500}+)?+)>\s*+"
    r"(?:<(?P<inner>(?!br\b)[A-Za-z][\w:.-]{0,40}+)(?:\s[^<>]{0,500}+)?+(?<!/)>\s*+)?+"
    r"(?P<text>(?:[^<>]{1,4000}+|<(?:br|wbr)\s?/?>){0,9}+)(?(inner)</(?P=inner)\s{0,9}+>\s*+)</(?P=tag)\s{0,9}+>",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"[\s:：]*+(?P<text>[^<>\s][^<>]{0,300}+)(?=</|<br|<(?P<tag>[A-Za-z][\w:.-]{0,40}+))")
_VALUED: Final = re.compile(r"\s(?:value|text)\s{0,9}=\s{0,9}[\"']", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?P<tag>[A-Za-z][\w:.-]{0,40}+)\s(?P<attributes>[^<>]{0,4000}+)>")
_ATTRIBUTE: Final = re.compile(r"""(?P<name>[\w:.-]{1,40}+)\s{0,9}+=\s{0,9}+(?:"(?P<one>[^"]*+)"|'(?P<two>[^']*+)')""")
_KIND: Final = re.compile(r"""\bclass\s{0,9}=\s{0,9}["']?([^"'>]{0,200})""", re.IGNORECASE)
_NAMED: Final = ("name", "key", "field", "column", "property", "id")
"""Attributes that say what an element's value is, the surest first."""
_LABELS: Final = re.compile(
    r"<label\s(?:[^<>]{0,300}\s)?for\s{0,9}=\s{0,9}[\"'](?P<for>[^\"'<>]{1,80})[\"'][^<>]{0,300}+>\s*+(?:<[^<>]{0,300}+>\s*+)?(?P<text>[^<>]{1,80}+)<"
)
_LABEL_BEFORE: Final = re.compile(
    r">\s{0,20}(?P<text>[^<>]{1,80}+)(?:</[a-z]{1,10}>\s{0,20})?</label>\s{0,200}(?:<[a-z][^<>]{0,200}+>\s{0,200}){0,3}$"
)
"""What names the element behind it: a label, perhaps with what holds the element between."""
_SHOWN: Final = ("aria-label", "data-label", "data-title", "data-name", "data-field", "label")
"""Attributes that say what an element is called where it is shown."""
_SHOWS: Final = re.compile(r"\s(?:(?:aria|data)-[a-z]{4,5}|label|id)\s{0,9}=")
_UNTOLD: Final = re.compile(r"(?i)\btype\s{0,9}=\s{0,9}[\"']?(?:submit|button|reset|image|checkbox|radio)\b")
_FORM_END: Final = re.compile(r"(?i)</(?:form|table|tr|fieldset)\b|<h[1-6]\b|^[^\0]{2000}")
"""What stands between the fields of two forms, in which each has its value in an attribute."""
_ANY_TAG: Final = re.compile(r"<[^<>]*+>|<!--")
_BEFORE: Final = 200
_START: Final = attrgetter("start")


@noun
class _Leaf:
    """An element of text alone. `kind`: its tag and class; `text` as written; `shown`: it stands in an attribute."""

    kind: tuple[str, str]
    text: str
    start: int
    end: int
    pair: tuple[str, str] | None = None
    shown: bool = False


class Elements:
    """The names and values in one asset's markup."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = Records(index, "form")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The records of a text as tables, and the text with them blanked out."""
        data = text.text
        line = 1
        counted = end = 0
        flat = valued = False
        for run in self._runs(data):
            fields = list(_fields(data, run))
            if not fields:
                continue
            between = data[end : run[0].start]
            entered, valued = valued, run[0].pair is not None
            if len(self._records) and (
                _FORM_END.search(between) if entered and valued else _apart(between, within=flat)
            ):
                self._records.close()
            flat = len(fields) > 1
            for name, value, (start, stop) in fields:
                line += data.count("\n", counted, start)
                counted = start
                self._records.add(Field(name=name, value=_clean(value), line=line, span=(start, stop)))
                end = stop
        tables, taken = self._records.tables(text)
        return tables, blanked(text, taken)

    def _leaves(self, data: str, labels: Mapping[str, str]) -> Iterator[_Leaf]:
        for m in _LEAF.finditer(data):
            attributes = m["attributes"]
            kind = _KIND.search(attributes) if attributes else None
            pair = None
            if attributes and _SHOWS.search(attributes):
                named = _attributes(attributes)
                name = labels.get(named.get("id", ""), "") or next((label(named[k]) for k in _SHOWN if k in named), "")
                pair = (name, m["text"]) if name and m["text"].strip() else None
            yield _Leaf(
                kind=(m["tag"].lower(), kind[1] if kind else ""),
                text=m["text"],
                start=m.start(),
                end=m.end(),
                pair=pair,
            )

    def _valued(self, data: str, labels: Mapping[str, str]) -> Iterator[_Leaf]:
        """Elements whose attributes are a name and its value, in any order; or whose text is an attribute."""
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
            attributes = _attributes(tag["attributes"])
            value = attributes.get("value")
            if value and not _UNTOLD.search(tag["attributes"]):
                if name := self._name(attributes, labels, data[max(0, start - _BEFORE) : start]):
                    yield _Leaf(kind=("", ""), text="", start=start, end=end, pair=(name, value))
            elif attributes.get("text") and value is None:
                kind = tag["tag"].lower(), attributes.get("class", attributes.get("type", ""))
                yield _Leaf(kind=kind, text=attributes["text"], start=start, end=end, shown=True)

    def _name(self, attributes: Mapping[str, str], labels: Mapping[str, str], before: str) -> str:
        """What an element is called: the first that says something of its attributes and its label; or else the first."""
        names = [label(attributes[key]) for key in (*_NAMED, *_SHOWN) if key in attributes]
        names.append(labels.get(attributes.get("id", ""), ""))
        if "</label>" in before and (above := _LABEL_BEFORE.search(before)) is not None:
            names.append(label(html.unescape(above["text"])))
        names = [name for name in names if name]
        return next((name for name in names if telling(self._index, (name,))), names[0] if names else "")

    def _runs(self, data: str) -> Iterator[list[_Leaf]]:
        """Elements of text that follow each other with nothing between them; one with a value of its own stands alone."""
        run: list[_Leaf] = []
        end = 0
        labels = {m["for"]: label(html.unescape(m["text"])) for m in _LABELS.finditer(data)} if "<label" in data else {}
        leaves = self._leaves(data, labels)
        if "value" in data or "text=" in data:
            leaves = merge(leaves, self._valued(data, labels), key=_START)
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


def _attributes(written: str) -> dict[str, str]:
    return {m["name"].lower(): m["one"] or m["two"] or "" for m in _ATTRIBUTE.finditer(written)}


def _fields(data: str, run: Sequence[_Leaf]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The names and values in a run, and where they stand."""
    first, last = run[0], run[-1]
    if first.pair is not None:
        yield *first.pair, (first.start, first.end)
        return
    if first.shown:
        yield from _shown(run)
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


def _shown(run: Sequence[_Leaf]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The texts of a screen's elements: a label, and behind it one of another kind."""
    after = 0
    for one, other in pairwise(run):
        name = label(html.unescape(one.text))
        if one.start >= after and name and one.kind != other.kind:
            yield name, other.text, (one.start, other.end)
            after = other.end


def _apart(between: str, *, within: bool) -> bool:
    """Whether two fields belong to two records: text stands between them, or the end of what holds all fields before."""
    return between.count("</") > (0 if within else 1) or bool(_ANY_TAG.sub("", between).strip())


def _clean(value: str) -> str:
    return " ".join(html.unescape(_ANY_TAG.sub(" ", value)).split())
