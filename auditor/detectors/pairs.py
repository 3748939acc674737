"""Fields in text: `key=value`, `"key": "value"`, `key: value`, XML elements and attributes, queries, calls, INSERT lists.

A pair is found by its own punctuation, so that it works in a log line, a query string, a fixture or markup alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Final
from urllib.parse import unquote

from auditor.detectors.adjacent import adjacent
from auditor.detectors.pair import LONGEST_VALUE, NAME, Pair, Style

_PAIR: Final = re.compile(
    rf"""
    (?:
      (?<![A-Za-z_$\u0e01-\u0e59\u4e00-\u9fff가-힣])(?=[A-Za-z_$@\u0e01-\u0e59\u4e00-\u9fff가-힣])  # at a word's beginning: else each of its letters is tried
    | (?P<open>["'`]|\\["'`]|&quot;)
    )
    (?P<key>{NAME}(?:[ ]?\([A-Za-z가-힣 ]{{1,12}}\)|)|(?<=["'`])[가-힣A-Za-z][가-힣A-Za-z0-9 _()/-]{{0,40}})
    (?(open)(?P=open))(?:\]|'\]|)
    [ \t]{{0,20}}+
    (?:=>|:=|==?|:|%3[Dd])(?!=)
    [ \t]{{0,20}}+
    (?![A-Za-z_][\w.\-]{{0,60}}+=["'])  # `sparkle:edSignature="…"`: what stands before the colon is a namespace
    (?:
      [bfrutUNL@]?(?P<quote>\\?["'`]|&quot;)(?P<quoted>(?:(?!(?P=quote)).){{0,{LONGEST_VALUE}}}?)(?P=quote)
    | (?P<bare>[^\s"'`,;&|<>\[\](){{}}][^\s"',;&|<>\])}}]{{0,{LONGEST_VALUE}}})
    )
    """,
    re.VERBOSE,
)
_ELEMENT: Final = re.compile(
    rf"<(?:[A-Za-z0-9]+:)?(?P<key>{NAME})(?:\s[^<>]{{0,200}})?>\s{{0,20}}(?:<!\[CDATA\[)?(?P<value>[^<>]{{1,{LONGEST_VALUE}}}?)"
    rf"(?:\]\]>)?\s{{0,20}}</(?:[A-Za-z0-9]+:)?(?P=key)\s*>"
)
_NAMED_ELEMENT: Final = re.compile(
    rf"<(?P<tag>[A-Za-z0-9:]{{1,30}})\s[^<>]{{0,100}}?\b(?:name|key|id|field|column|data-field)\s*=\s*[\"'](?P<key>{NAME})[\"'][^<>]{{0,200}}?"
    rf"(?:\b(?:value|content)\s*=\s*[\"'](?P<attribute>[^\"'<>]{{1,{LONGEST_VALUE}}})[\"']|>\s{{0,20}}(?P<value>[^<>]{{1,{LONGEST_VALUE}}}?)\s{{0,20}}</(?P=tag))"
)
_CALL: Final = re.compile(
    rf"(?:\.|->|\b(?:set|with))_?(?P<key>{NAME})\(\s{{0,5}}[bfruL@]?(?P<quote>[\"'`])(?P<value>(?:(?!(?P=quote)).){{1,{LONGEST_VALUE}}}?)(?P=quote)\s{{0,5}}[,)]"
)
# `NAME = Base64.decode("VALUE")`: what a program decodes before it keeps it.
_DECODED: Final = re.compile(
    rf"(?<![\w$.])(?P<key>{NAME})\s{{0,9}}(?:=|:=)\s{{0,9}}(?:(?:new|await)\s)?(?:[A-Za-z_][\w.:]{{0,60}}+\(\s{{0,5}}){{1,3}}+"
    rf"[bfruL@]?(?P<quote>[\"'`])(?P<value>(?:(?!(?P=quote)).){{1,{LONGEST_VALUE}}}?)(?P=quote)\s{{0,5}}[,)]"
)
# `NAME: string = "VALUE"`: a constant with its type.
_ANNOTATED: Final = re.compile(
    rf"(?<![\w$.])(?P<key>{NAME})\s?:\s?&?(?:'static\s)?[A-Za-z][\w.?]{{0,30}}(?:\[[\w, ]{{0,20}}\]|<[\w, ]{{0,20}}>)?\s?=\s?"
    rf"[bfruL@]?(?P<quote>[\"'`])(?P<value>(?:(?!(?P=quote)).){{1,{LONGEST_VALUE}}}?)(?P=quote)"
)
# `name|s:88:"VALUE";`: a session as PHP keeps it.
_SESSION: Final = re.compile(rf"(?<![\w$.-])(?P<key>{NAME})\|s:[0-9]{{1,9}}:\"(?P<value>[^\"]{{1,{LONGEST_VALUE}}})\"")
# The last name in a key of a cache: `key=member:ci:VALUE`.
_CACHED: Final = re.compile(
    rf"(?:[A-Za-z0-9_.\-]{{1,60}}+:){{1,8}}(?P<key>{NAME}):(?P<value>[^\s:]{{4,{LONGEST_VALUE}}})\Z"
)
# What somebody is looked up by: `MemberService.findByCi(VALUE)`.
_LOOKED_UP: Final = re.compile(r"By(?P<key>[A-Z][A-Za-z0-9]{1,30})\(\s{0,5}(?P<value>[^\s\"'`(),]{4,400})\s{0,5}[,)]")
_LABEL: Final = re.compile(
    r"(?:^|[\s|,;>\[(*\-]){1,4}(?P<key>[가-힣\u0e01-\u0e59\u4e00-\u9fff](?:[가-힣\u0e01-\u0e59\u4e00-\u9fffA-Za-z()（）/._ -]|(?<! )[0-9]){0,24}?)[*\s]{0,3}(?:[:|\t=→⇒]|[-=]>)[*\s]{0,3}"
    r"(?P<value>[^\s|,;<>\t\"'`\[{][^|,;<>\t]{0,80}?)(?=\s*(?:[|,;<>\t]|$|\s{2,}|\s(?:[/·] )?[가-힣\u0e01-\u0e59\u4e00-\u9fff]{2,12}\s?[:=]))"
)
# A label and its value in a sentence: `닉네임을 '파란곰'으로`, `把昵称改成“夜猫”`.
_SPOKEN: Final = re.compile(
    r"(?P<key>[가-힣\u0e01-\u0e59\u4e00-\u9fff]{2,16}?)(?:을|를|은|는|이|가|의|改成|改为|变更为|修改为|设为|是|为|เป็น|คือ|ว่า)?[ ]?"
    r"(?:(?P<open>[\"'])|[“‘「『])(?P<value>[^\"'“”‘’「」『』\n]{1,40})(?(open)(?P=open)|[”’」』])"
)
_BRACKETED: Final = re.compile(
    r"\[(?P<key>[가-힣\u0e01-\u0e59\u4e00-\u9fff][가-힣\u0e01-\u0e59\u4e00-\u9fffA-Za-z0-9 ]{1,20})\] {0,3}(?P<value>[^\s\[|,;<>\"'`][^|,;<>\t\[]{0,60}?)\s*$"
)
# A label and a date with nothing but a space between them: `환자 생년월일 1959-04-08`.
_DATED: Final = re.compile(
    r"(?P<key>[가-힣\u0e01-\u0e59\u4e00-\u9fff]{2,16})[ ](?P<value>(?:19|20|24|25)[0-9]{2}(?:[-./]|년 ?|年)[01]?[0-9](?:[-./]|월 ?|月)[0-3]?[0-9](?:일|日)?)(?![0-9])"
)
# `산모 생년월일 - 1991-03-12`. A hyphen that divides a label from more of it has no number behind it.
_HYPHENED: Final = re.compile(
    r"(?:^|[\s|,;>\[(*])(?P<key>[가-힣\u0e01-\u0e59\u4e00-\u9fff][가-힣\u0e01-\u0e59\u4e00-\u9fffA-Za-z()（）/._ ]{0,24}?) - "
    r"(?P<value>[+(0-9][^|,;<>\t:=→⇒]{3,60}?)(?=\s*(?:[,;<>]|$|\s{2,}))"
)
_INSIDE: Final = re.compile(r" ?[:=→⇒|] ?")
_INSERT: Final = re.compile(
    r"(?is)\binsert\s+(?:ignore\s+)?(?:into\s+)?[^\s(]{1,100}\s*\((?P<columns>[^()]{1,2000})\)\s*values\s*(?P<rest>\(.*)"
)
_SQL_VALUE: Final = re.compile(
    r"\s*(?:N?'(?P<quoted>(?:[^'\\]|''|\\.)*)'|(?P<bare>[^,()']*))\s*(?P<after>[,)])", re.DOTALL
)
# `toString()`: a bare value of several words, where a comma and the next field or a closing bracket ends it.
_MORE_WORDS: Final = re.compile(
    r"(?P<words>(?:,? (?:[^\s,;=:|&\"'<>()\[\]{}]{1,30}|\([^()=\n]{1,30}\))){1,12})"
    rf"(?=,\s?{NAME}\s?(?:=|:\s)|\s\|\s|[)}}\]]\s*$|[)}}\]][\s,;)}}\]])"
)
_LAST_WORDS: Final = re.compile(
    r"(?P<words>(?:,? [^\s,;=:|&\"'<>()\[\]{}]{1,30}){1,8})(?=\s[A-Za-z_][A-Za-z0-9_]{0,40}(?:=|:\s))"
)
"""The same in a list that commas separate, where something else follows its last field: `, birth=2005년 8월 16일 result=OK`."""
_QUERY: Final = re.compile(
    r"(?:^|[?&\s\"'])(?P<key>(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_]){3,200})=(?P<value>[^&\s\"'<>]{1,400})"
)
_YAML: Final = re.compile(
    rf"^[ \t]*(?:(?:#|//|;|--)[ \t]?)?(?:- |export )?(?:\[(?P<bracketed>{NAME})\][ ]?=>[ ]?|(?P<key>{NAME})[ ]?(?::[ ]{{1,10}}|[ ]?=[ ]?))"
    r"(?P<value>[^\s\"'\[{&*|>#!][^#\n]{0,200}?)\s*$"
)
_INNER: Final = re.compile(rf"(?:^|[\s,;(]){NAME}(?:=|:\s)")
_LIKELY: Final = re.compile(r"[:=(<|→⇒>\]}\"'“‘「『\t]")
"""What every line that holds a pair has, or `%3D`, or a hyphen between spaces, or a row of dots."""
_NATIVE: Final = re.compile("[가-힣\u0e01-\u0e59\u4e00-\u9fff]")
_OPENS_CALL: Final = re.compile(r"\(\s{0,5}[bfruL@]?[\"'`]")
_OPENS_SPOKEN: Final = re.compile("[\"'“‘「『]")
_ENDS_WORDS: Final = ",|)}]"
"""Of which one stands after every match of `_MORE_WORDS`."""
_BEFORE_LABEL: Final = 4
"""Characters that a match of `_LABEL` may have before its label."""
_PLACE: Final = attrgetter("start", "end")


def pairs(line: str) -> list[Pair]:
    """The fields of one line, in the order of their values. Overlapping ones are kept: each may be the right reading.

    Most expressions are asked only where the line has a character that each of their matches holds.
    """
    native = None if line.isascii() else _NATIVE.search(line)
    likely = _LIKELY.search(line) or "%3D" in line or "%3d" in line or " - " in line or " ...." in line
    if not likely and (native is None or not _DATED.search(line, native.start())):
        return []
    found = list(_simple(line))
    found += adjacent(line)
    if "%" in line and "=" in line:
        found += [_pair(unquote(m["key"]), m, "value", "bare") for m in _QUERY.finditer(line)]
    if "<" in line:
        found += _elements(line)
    if "(" in line:
        found += _calls(line)
    if "=" in line and ":" in line:
        found += [_pair(m["key"], m, "value", "quoted") for m in _ANNOTATED.finditer(line)]
    if "|s:" in line:
        found += [_pair(m["key"], m, "value", "quoted") for m in _SESSION.finditer(line)]
    if (yaml := _YAML.match(line)) is not None and " " in yaml["value"] and not _INNER.search(yaml["value"]):
        found.append(_pair(yaml["key"] or yaml["bracketed"], yaml, "value", "bare"))
    if native is not None:
        found += _labelled(line, native.start())
    found.sort(key=_PLACE)
    return found


def _pair(key: str, found: re.Match[str], group: str, style: Style) -> Pair:
    start, end = found.span(group)
    return Pair(key=key, start=start, end=end, style=style, value=found[group])


def _simple(line: str) -> Iterator[Pair]:
    """`key=value`, `"key": "value"`, `key: value of several words,`."""
    last = max(map(line.rfind, _ENDS_WORDS))  # after it, no match of `_MORE_WORDS` ends
    for m in _PAIR.finditer(line):
        key, quoted, value = m.group("key", "quoted", "bare")
        if value is None:
            if quoted:
                start, end = m.span("quoted")
                yield Pair(key=key, start=start, end=end, style="quoted", value=quoted)
            continue
        start, end = m.span("bare")
        yield Pair(key=key, start=start, end=end, style="bare", value=value)
        if ":" in value and (cached := _CACHED.match(line, start, end)) is not None:
            yield _pair(cached["key"], cached, "value", "passed")
        more = _MORE_WORDS.match(line, end) if last > end else None
        if more is None and line.endswith(", ", 0, m.start()):
            more = _LAST_WORDS.match(line, end)
        if more is not None:
            yield Pair(key=key, start=start, end=more.end(), style="bare", value=line[start : more.end()])


def _elements(line: str) -> Iterator[Pair]:
    for m in _ELEMENT.finditer(line):
        yield _pair(m["key"], m, "value", "element")
    for m in _NAMED_ELEMENT.finditer(line):
        yield _pair(m["key"], m, "value" if m["attribute"] is None else "attribute", "element")


def _calls(line: str) -> Iterator[Pair]:
    if _OPENS_CALL.search(line):
        for m in _CALL.finditer(line):
            yield _pair(m["key"].removeprefix("set"), m, "value", "call")
        if "=" in line:
            for m in _DECODED.finditer(line):
                yield _pair(m["key"], m, "value", "passed")
    if "By" in line:
        for m in _LOOKED_UP.finditer(line):
            yield _pair(m["key"], m, "value", "passed")
    if (not line.isascii() or "insert" in line.lower()) and (insert := _INSERT.search(line)) is not None:
        yield from _positional(line, insert)


def _labelled(line: str, first: int) -> Iterator[Pair]:
    """Labels in Hangul, Thai or Chinese with their values; the first such letter stands at `first`."""
    for m in _DATED.finditer(line, first):
        yield _pair(m["key"], m, "value", "bare")
    if "[" in line and (label := _BRACKETED.search(line)) is not None:
        yield _pair(label["key"], label, "value", "bare")
    if _OPENS_SPOKEN.search(line, first):
        for m in _SPOKEN.finditer(line, first):
            yield _pair(m["key"], m, "value", "quoted")
    if " - " in line:
        for m in _HYPHENED.finditer(line, max(0, first - 1)):
            yield _pair(m["key"], m, "value", "bare")
    position = max(0, first - _BEFORE_LABEL)
    while (label := _LABEL.search(line, position)) is not None:
        yield _pair(label["key"], label, "value", "bare")
        # What looks like a value may be the next label: `14:28<tab>somebody<tab>이름 : …`.
        position = label.start("value") - 1 if _INSIDE.search(label["value"]) else label.end("value")


def _positional(line: str, insert: re.Match[str]) -> Iterator[Pair]:
    columns = [column.strip().strip("`\"[]' ") for column in insert["columns"].split(",")]
    position = insert.start("rest")
    while (position := line.find("(", position)) >= 0:
        position += 1
        for column in columns:
            m = _SQL_VALUE.match(line, position)
            if m is None:
                return
            group = "bare" if m["quoted"] is None else "quoted"
            if m[group] and (group == "quoted" or m[group].strip().upper() != "NULL"):
                yield Pair(key=column, start=m.start(group), end=m.end(group), style="positional", value=m[group])
            position = m.end()
            if m["after"] == ")":
                break
