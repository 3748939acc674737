"""What makes a line cheap to judge leaves nothing out: each shorter way against the plain one, over lines put together at random."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from detecting import detector, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detectors import adjacent
from auditor.detectors import pairs as fields
from auditor.detectors.bare import bare
from auditor.detectors.context import word_pattern
from auditor.detectors.folding import fold
from auditor.detectors.gate import _edged
from auditor.detectors.pair import Pair
from auditor.detectors.pairs import pairs
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.scene import Scene
from auditor.detectors.search import Search
from auditor.detectors.shapes import goes_on
from auditor.detectors.told import LATIN

_OF_RULE = {
    rule.id: [line for example in rule.matches for line in (example.get("text") or "").split("\n") if line] or [rule.id]
    for rule in rules().recognizers
}
_EXAMPLES = [line for lines in _OF_RULE.values() for line in lines]
_ODD = st.text(alphabet="aZſKı09_$@.-가김ก姓 \t:=(<|→⇒>]\"'“‘「『`%&;,{}[)*\\/?#!+\r\x00－：０", max_size=12)
_PIECES = st.one_of(
    _ODD, _ODD, st.sampled_from(_EXAMPLES), st.sampled_from(_EXAMPLES).map(lambda line: line[len(line) // 2 :]),
    st.sampled_from(["name=", "생년월일 ", "닉네임을 '", " 2001-02-03", "T03:00:00Z ", "%3D", "&quot;", "insert into t (a,b) values ('x',1)", ".setName(\"x\")", "<a>b</a>", ", x=", " - ", "key=member:ci:", "findByCi(", "By", "010-2345-6789", "fill('#name', 'x')", "'x' AS name", "(a, b)=(x, y)", "${A}  x", "3) a - ", "| a | b |"]),
)  # fmt: skip
_LINES = st.lists(_PIECES, min_size=1, max_size=6).map(lambda pieces: "".join(pieces).replace("\n", " ")[:2000])

_PLAIN_PAIR = re.compile(
    r"""
    (?P<open>\\?["'`]|&quot;)?
    (?<![A-Za-z_$\u0e01-\u0e59\u4e00-\u9fff가-힣])
    (?P<key>[A-Za-z_$@\u0e01-\u0e59\u4e00-\u9fff가-힣][A-Za-z0-9_$.\-\u0e01-\u0e59\u4e00-\u9fff가-힣]{0,60}(?:[ ]?\([A-Za-z가-힣 ]{1,12}\))?
     |(?<=["'`])[가-힣A-Za-z][가-힣A-Za-z0-9 _()/-]{0,40})
    (?(open)(?P=open))(?:\]|'\])?
    [ \t]{0,20}
    (?:=>|:=|==?|:|%3[Dd])(?!=)
    [ \t]{0,20}
    (?![A-Za-z_][\w.\-]{0,60}=["'])
    (?:
      [bfrutUNL@]?(?P<quote>\\?["'`]|&quot;)(?P<quoted>(?:(?!(?P=quote)).){0,400}?)(?P=quote)
    | (?P<bare>[^\s"'`,;&|<>\[\](){}][^\s"',;&|<>\])}]{0,400})
    )
    """,
    re.VERBOSE,
)
_LIKELY = re.compile(r"[:=(<|→⇒>\]\"'“‘「『}\t]|%3[Dd]| - | [.]{4}")


def _plain_pairs(line: str) -> Iterator[tuple[str, int, int]]:
    """Every expression asked of every line."""
    if not _LIKELY.search(line) and not fields._DATED.search(line):
        return
    for m in _PLAIN_PAIR.finditer(line):
        group = "bare" if m["quoted"] is None else "quoted"
        if m[group]:
            yield m["key"], *m.span(group)
        if group == "bare":
            if (cached := fields._CACHED.match(line, *m.span(group))) is not None:
                yield cached["key"], *cached.span("value")
            more = fields._MORE_WORDS.match(line, m.end(group))
            if more is None and line[: m.start()].endswith(", "):
                more = fields._LAST_WORDS.match(line, m.end(group))
            if more is not None:
                yield m["key"], m.start(group), more.end("words")
    for expression in (adjacent._TYPED, adjacent._MOVED, adjacent._PICTURE):
        yield from ((m["key"], *m.span("value")) for m in expression.finditer(line))
    for expression in (adjacent._NEXT, adjacent._WHOLE, adjacent._BEFORE, adjacent._QUERY):
        if expression is adjacent._QUERY and "&" not in line:
            continue
        yield from ((m["key"], *m.span("value")) for m in expression.finditer(line))
    for m in adjacent._DIVIDED.finditer(line):
        yield m["variable"] or m["located"], *m.span("value")
    for m in adjacent._LISTS.finditer(line):
        yield from ((pair.key, pair.start, pair.end) for pair in adjacent._listed(m))
    if (row := adjacent._CELLS.match(line)) is not None:
        yield row["key"].rstrip(), row.start("value"), row.start("value") + len(row["value"].rstrip())
    elif (row := adjacent._NUMBERED.match(line)) is not None:
        yield row["key"], *row.span("value")
    for expression in (
        fields._QUERY,
        fields._ELEMENT,
        fields._NAMED_ELEMENT,
        fields._CALL,
        fields._DATED,
        fields._SPOKEN,
        fields._LOOKED_UP,
        fields._HYPHENED,
        fields._DECODED,
        fields._SESSION,
        fields._ANNOTATED,
    ):
        if expression is fields._QUERY and "%" not in line:
            continue
        for m in expression.finditer(line):
            group = "attribute" if expression is fields._NAMED_ELEMENT and m["attribute"] is not None else "value"
            key = unquote(m["key"]) if expression is fields._QUERY else m["key"]
            yield key.removeprefix("set") if expression is fields._CALL else key, *m.span(group)
    if "(" in line and (insert := fields._INSERT.search(line)) is not None:
        yield from ((pair.key, pair.start, pair.end) for pair in fields._positional(line, insert))
    if (
        (yaml := fields._YAML.match(line)) is not None
        and " " in yaml["value"]
        and not fields._INNER.search(yaml["value"])
    ):
        yield yaml["key"] or yaml["bracketed"], *yaml.span("value")
    if (label := fields._BRACKETED.search(line)) is not None:
        yield label["key"], *label.span("value")
    position = 0
    while (label := fields._LABEL.search(line, position)) is not None:
        start, end = label.span("value")
        yield label["key"], start, end
        position = start - 1 if fields._INSIDE.search(label["value"]) else end


def _placed(pair: Pair) -> tuple[str, int, int]:
    return pair.key, pair.start, pair.end


@given(_LINES)
@settings(max_examples=400)
def test_the_fields_of_a_line_are_those_that_every_expression_finds(line: str) -> None:
    line = fold(line)
    assert sorted(map(_placed, pairs(line))) == sorted(_plain_pairs(line))


def _plain_shapes(recognizer: Recognizer, scene: Scene) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for shape in recognizer.shapes:
        for m in shape.search.finditer(scene.folded):
            start, end = m.span("value") if shape.grouped else m.span()
            overlaps = any(start < stop and begin < end for begin, stop in taken)
            if goes_on(scene.folded, start, end):
                end = recognizer.shorter(shape, scene.folded, start, end)
            if not overlaps and end > start and recognizer.validity(scene.folded[start:end]):
                taken.append((start, end))
                yield start, end, shape.pattern.name


@given(st.data())
@settings(max_examples=400)
def test_shapes_are_those_that_every_pattern_finds(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(sorted(_OF_RULE)))
    own = st.sampled_from(_OF_RULE[rule]).flatmap(lambda line: st.sampled_from((line, line[len(line) // 2 :])))
    scene = Scene(text=" ".join(data.draw(st.lists(st.one_of(own, own, own, _PIECES), min_size=1, max_size=5))))
    recognizer = detector().by_id[rule]
    found = [(start, end, pattern.name) for start, end, pattern, _ in recognizer.shapes_in(scene)]
    assert found == list(_plain_shapes(recognizer, scene))


@given(_LINES)
@settings(max_examples=150)
def test_a_rule_left_out_of_a_line_would_find_nothing(line: str) -> None:
    own = detector()
    asked = {index: rules for index, _, rules in own.gates.concerned(line, 8192)}
    for rule in set(own.gates.rules_for(fold(line))) - set(asked.get(0) or ()) if 0 in asked else ():
        assert own.by_id[rule].hits(Scene(text=line)) == [], rule


_NAMES = ("김은하", "김은하님", "남궁별", "이 상 민", "정지훈이라고", "สมหญิง อินทรชัย", "นายกิตติ วงศ์ทอง", "คุณ", "王晓明", "欧阳娜先生", "Kim Eun-ha", "LEE, Jisoo", "Mr. Park", "Wang  Xiaoming", "씨", " 고객 ", "귀하", "Khun ")  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_NAMES), _ODD), min_size=1, max_size=6))
@settings(max_examples=400)
def test_no_name_is_looked_for_only_where_none_stands(pieces: list[str]) -> None:
    line = fold("".join(pieces).replace("\n", " "))
    if LATIN.search(line) or list(bare(line)):
        assert detector().gates.somebody(line.encode())


@given(st.lists(_LINES, min_size=1, max_size=20))
@settings(max_examples=60)
def test_presidio_says_of_lines_together_what_it_says_of_each_alone(lines: list[str]) -> None:
    own = detector()
    everything = tuple(own.by_id)
    asked = [(Scene(text=line, lead=lead), own.gates.rules_for(fold(line)) or everything) for lead, line in zip(["", *lines], lines, strict=False)]  # fmt: skip
    assert own.analyze_each(asked) == [
        own.analyze(Scene(text=scene.text, lead=scene.lead), rules) for scene, rules in asked
    ]


def _plain_words(terms: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for term in sorted(terms, key=len, reverse=True):
        body = r"[\s_-]{0,3}".join(re.escape(word) for word in term.split())
        parts.append(rf"(?<![A-Za-z]){body}(?![A-Za-z])" if term.isascii() else body)
    return re.compile("|".join(parts), re.IGNORECASE)


@given(st.data())
@settings(max_examples=300)
def test_context_words_are_those_that_each_word_finds(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(rules().recognizers))
    for terms in filter(None, (rule.context, rule.not_context)):
        term = st.sampled_from(terms).flatmap(lambda term: st.sampled_from((term, term.upper(), term.replace(" ", "_"), term.replace("s", "ſ").replace("i", "İ"))))  # fmt: skip
        text = "".join(data.draw(st.lists(st.one_of(term, _ODD), max_size=6)))
        pattern = word_pattern(terms)
        assert pattern is not None
        assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in _plain_words(terms).finditer(text)]


@pytest.mark.parametrize("boundary", ["", "[^\\n]", "[]0-9]", "[\\W]", "[[:alpha:]]", "[^0-9]"])
def test_only_a_class_of_plain_characters_counts_as_what_may_not_stand_beside_a_shape(boundary: str) -> None:
    assert _edged("x", boundary) == "x"
    assert Search(_edged("x", "[0-9_-]")).within(b"a x.")
    assert Search(_edged("x", "[-0-9]")).within(b"(x.")
    assert not Search(_edged("x", "[-0-9]")).within(b"-x")
    assert not Search(_edged("x", "[0-9_-]")).within(b"x-")
