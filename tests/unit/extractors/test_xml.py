"""XML: read as text, in its declared encoding, with entities that are never expanded."""

from __future__ import annotations

import pytest
from damage import mutations
from extracting import everything, gaps, texts, walk

from auditor.extractors.identify import choose

CANARIES = [f"CANARY{number:04d}X" for number in range(60)]
RECORDS = (
    "<?xml version='1.0' encoding='{}'?>\n<rows>\n"
    + "".join(f"<row><nick>파란곰</nick><ci>{canary}</ci></row>\n" for canary in CANARIES)
    + "</rows>\n"
)


@pytest.mark.parametrize(
    ("declared", "codec"), [("UTF-8", "utf-8"), ("EUC-KR", "euc-kr"), ("UTF-16", "utf-16"), ("UTF-16", "utf-16-le")]
)
def test_declared_encodings(declared: str, codec: str) -> None:
    data = RECORDS.format(declared).encode(codec)
    assert choose(data[:65536], "members.xml") == "html"
    contents = list(walk("members.xml", data, encodings=()))
    assert gaps(contents) == []
    assert everything(contents).count("파란곰") == len(CANARIES)
    assert texts(contents)[0].first_line == 1


def test_entities_are_never_expanded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a0 'CANARY'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
    )
    data = (bomb + "<!ENTITY file SYSTEM 'file:///etc/passwd'>]><x>&a11;&file;</x>").encode()
    contents = list(walk("a.xml", data))
    assert gaps(contents) == []
    assert len(everything(contents)) <= len(data)
    assert "root:" not in everything(contents)


def test_a_million_levels() -> None:
    data = b"<a>" * 1_000_000 + b"CANARY0001X" + b"</a>" * 1_000_000
    contents = list(walk("deep.xml", data))
    assert gaps(contents) == []
    assert "CANARY0001X" in everything(contents)


def test_cdata_comments_and_attributes_are_text() -> None:
    data = "<r><![CDATA[닉네임: 파란곰]]><!-- 주소: 서울 --><u ci='CANARY0001X'/></r>".encode()
    seen = everything(walk("a.xml", data))
    assert all(word in seen for word in ("파란곰", "서울", "CANARY0001X"))


def test_damage_never_raises_and_loses_nothing() -> None:
    data = RECORDS.format("UTF-8").encode()
    for damaged, _ in mutations(data, 200, "xml"):
        contents = list(walk("a.xml", damaged))
        plain, seen = damaged.decode("latin-1"), everything(contents)
        assert gaps(contents) or all(canary in seen for canary in CANARIES if canary in plain)
