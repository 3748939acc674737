"""HTML and XML as text: every line keeps its number, and what markup hides in a value is seen."""

from __future__ import annotations

import random

import pytest
from extracting import OneWay, everything, texts, walk

from auditor.extractors._markup.text import readable
from auditor.extractors.html import Markup
from auditor.extractors.identify import choose
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("<td>&#57;&#48;&#x30;1&#48;1-1234568</td>", "900101-1234568"),
        ("<b>9001</b>01-1234568", "900101-1234568"),
        ("900101-<span class='x' data-a=\"1\">1234568</span>", "900101-1234568"),
        ("<span>9001</span><span>01-1234568</span>", "900101-1234568"),
        ("010<!-- -->-1234-5678", "010-1234-5678"),
        ("QUJD<wbr>REVG<wbr/>R0g=", "QUJDREVGR0g="),
        ("kim<span>@</span>example.com", "kim@example.com"),
        ("홍길동&nbsp;010", "홍길동 010"),
        ("QUJD&#43;REVG&#x3D;", "QUJD+REVG="),
        ("900101&shy;-1234568", "900101-1234568"),
    ],
)
def test_values_split_by_markup_are_whole(written: str, seen: str) -> None:
    assert seen in readable(written)


@pytest.mark.parametrize(
    "kept",
    [
        "<b>주민번호</b>900101-1234568",
        "<span>900101-1234568</span><span>850505-2345678</span>",
        "<td>12</td><td>34</td>",
        "<i>2024</i><b>Kim</b>",
        "<p>5 &lt; 6 &amp;&amp; &quot;a&quot;</p>",
        "<a href='x?a=1&b=2'>1</a>",
        "&unknown; &ci;",
    ],
)
def test_what_stands_side_by_side_stays_apart(kept: str) -> None:
    assert readable(kept) == kept


def test_nothing_is_dropped_when_tags_move() -> None:
    moved = readable("<b>9001</b>01-<i title='주소: 서울'>1234568</i> end")
    assert moved == "<b>900101-1234568</b><i title='주소: 서울'></i> end"


def test_a_value_on_a_line_of_its_own_is_beside_its_tag() -> None:
    assert readable("<nick>\n  파란곰\n</nick>\n") == "\n<nick>파란곰</nick>\n\n"
    folded = "<ci>\n" + "A" * 76 + "\n" + "B" * 10 + "==\n</ci>\n"
    assert "<ci>" + "A" * 76 + "B" * 10 + "==</ci>" in readable(folded)


def test_lines_keep_their_numbers() -> None:
    chance = random.Random("markup")
    pieces = [
        "<b>1</b>2",
        "\n",
        "<ci>\n x\n</ci>",
        "&#10;",
        "900<i>1",
        "</i>-2",
        " text ",
        "<a\nb='1'>\nv\n</a>",
        "<br>",
        "@",
        "<!--",
        "-->",
    ]
    for _ in range(500):
        text = "".join(chance.choices(pieces, k=30))
        assert readable(text).count("\n") == text.count("\n")


def test_a_page_in_euc_kr_by_its_meta_tag() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"></head>\n<body>닉네임: 파란곰</body></html>'
    found = texts(list(walk("a.html", page.encode("euc-kr"), encodings=())))
    assert "닉네임: 파란곰" in found[-1].text
    assert found[-1].first_line + found[-1].text[: found[-1].text.index("닉")].count("\n") == 2


def test_a_table_in_one_endless_line_is_cut_between_rows() -> None:
    row = "<tr><td>파란곰{0}</td><td>010-1234-{0:04d}</td></tr>"
    page = "<table>" + "".join(row.format(number) for number in range(5_000)) + "</table>"
    found = texts(list(walk("list.xls", page.encode())))
    assert choose(page.encode()[:65536], "list.xls") == "html"
    assert len(found) > 3
    assert "".join(text.text for text in found) == page
    assert all(text.overlap == 0 and text.text.startswith("<t") for text in found)
    assert all(text.first_line == 1 for text in found)
    assert [text.offset for text in found] == [0, *(sum(len(t.text) for t in found[:n]) for n in range(1, len(found)))]


def test_an_endless_line_without_tags_overlaps() -> None:
    limits = Limits(window=1000, overlap=50)
    page = "<p>" + "0123456789" * 1000
    found = texts(list(walk("a.html", page.encode(), limits=limits)))
    assert "".join(text.text[text.overlap :] for text in found) == page
    assert all(text.overlap == 50 for text in found[2:])


def test_pieces_equal_the_whole() -> None:
    asset, limits = Asset(target="t", path="x"), Limits(window=200, overlap=20)
    page = "<p>one</p>\n" * 30 + "<tr><td>x</td></tr>" * 100 + "\nend\n"
    whole = [*(markup := Markup(asset, limits)).feed(page), *markup.end()]
    assert "".join(text.text[text.overlap :] for text in whole) == page
    for text in whole:
        lines = page.split("\n")
        start = sum(len(line) + 1 for line in lines[: text.first_line - 1]) + text.offset
        assert page[start : start + len(text.text)] == text.text


def test_small_reads_change_nothing() -> None:
    page = "<p>한글 <b>9001</b>01-1234568</p>\n".encode() * 500
    assert everything(walk("a.html", OneWay(page, at_once=101))) == everything(walk("a.html", page))


def test_hostile_markup_is_quick_and_whole() -> None:
    for page in (
        "<" * 200_000,
        "<b>1" * 50_000,
        "<a>" * 70_000,
        "&" * 200_000,
        "1<b><b><b>" * 30_000,
        ">\n" * 100_000,
        "@<b>" * 50_000,
    ):
        assert len(everything(walk("a.html", page.encode()))) >= len(page.rstrip())
