"""Lists in running text below a line that names their columns: found under the right name and line; what only looks like one stays text."""

from __future__ import annotations

import time

import pytest
from detecting import detector, entities, in_text

from auditor.detectors.embedded import EmbeddedTables, headed
from auditor.detectors.embedded.lists import Header, forms
from auditor.detectors.search import Search
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

_KOREAN = (("백은하", "010-9529-1291", "1983-12-22"), ("현하별", "010-6919-4416", "1999-10-29"))
_ADDRESS = "서울특별시 마포구 월드컵북로 232"
_FOUND = ["DATE_OF_BIRTH", "DATE_OF_BIRTH", "PERSON", "PERSON", "PHONE_NUMBER", "PHONE_NUMBER"]


def taken(*texts: str, path: str = "a.txt") -> tuple[list[Table], str]:
    """The tables of a text that comes in blocks, and what is left of it."""
    reader = EmbeddedTables(detector().index)
    tables, left, line = [], "", 1
    for text in texts:
        found, _, rest = reader.take(Text(asset=Asset(target="t", path=path), text=text, first_line=line))
        tables += found
        left += rest.text
        line += text.count("\n")
    return tables, left


def rows(*texts: str) -> list[tuple[str | None, ...]]:
    """The rows of all its lists."""
    return [row for table in taken(*texts)[0] for row in zip(*(a.to_pylist() for a in table.arrays), strict=True)]


def listed(header: str, divide: str, lead: str = "", names: tuple[str, ...] = ("성명", "휴대폰", "생년월일")) -> str:
    """A list in running text; the header's braces hold its names."""
    lines = [header.format(divide.join(names)), *(lead + divide.join(row) for row in _KOREAN)]
    return "\n".join(["배송 요청 명단입니다", *lines, "", "위 명단은 배송 후 파기할 것", ""])


@pytest.mark.parametrize(
    "divide", [", ", "、", "，", " / ", "/", " · ", "ㆍ", "; ", " - ", " – ", ",", ";", "|", " | ", "\t"]
)
def test_any_delimiter(divide: str) -> None:
    text = listed("{}", divide)
    tables, left = taken(text)
    assert [(table.columns, table.lines) for table in tables] == [(("성명", "휴대폰", "생년월일"), (3, 4))]
    assert "백은하" not in left
    assert "성명" in left
    assert entities(in_text(text)) == _FOUND


@pytest.mark.parametrize(
    "header", ["({})", "[{}]", "형식: {}", "순서: {} 순", "{} 순서", "명단 (2024.10.26) ({})", "접수 명단（{}）：", "> {}", "# {}", " * {}:"]
)  # fmt: skip
@pytest.mark.parametrize("divide", [", ", " / "])
def test_a_header_is_introduced_or_wrapped(header: str, divide: str) -> None:
    assert entities(in_text(listed(header, divide))) == _FOUND


@pytest.mark.parametrize(
    "lead", ["1. ", "12) ", "(3) ", "- ", "• ", "①", "> ", "# ", "// ", "-- ", " * ", "> - ", ">> 1) "]
)
def test_rows_are_numbered_quoted_or_commented(lead: str) -> None:
    text = listed("{}", " / ", lead)
    assert rows(text) == list(_KOREAN)
    assert entities(in_text(text)) == _FOUND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "名单（姓名、电话、地址）：\n1、王晓明，13893047261，北京市朝阳区建国路88号\n2、李小红，13975046183，上海市浦东新区世纪大道100号\n",
            ["ADDRESS", "ADDRESS", "PERSON", "PERSON", "PHONE_NUMBER", "PHONE_NUMBER"],
        ),
        (
            "รายชื่อ (ชื่อผู้รับ / เบอร์โทร / ที่อยู่)\n1) สุดา รักไทย / 0891947263 / 12 หมู่ 3 ต.บางพลี อ.บางพลี จ.สมุทรปราการ 10540\n",
            ["ADDRESS", "PERSON", "PHONE_NUMBER"],
        ),
        (
            "Format: customer name; phone; email\nEunha Kim; 010-8253-0105; eunha@haneul-mail.co.kr\n",
            ["EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER"],
        ),
        (f"성명, 주소\n백은하, {_ADDRESS}\n", ["ADDRESS", "PERSON"]),
    ],
    ids=["chinese", "thai", "english", "no number"],
)
def test_other_languages(text: str, expected: list[str]) -> None:
    assert entities(in_text(f"…\n{text}")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"이름 / 연락처 / 주소\n백은하 / 01095291291\n현하별 / 01069194416 / {_ADDRESS}\n", [("백은하", "01095291291", ""), ("현하별", "01069194416", _ADDRESS)]),
        (f"이름, 연락처, 주소\n백은하, 01095291291, {_ADDRESS}, 24층, 3호\n", [("백은하", "01095291291", f"{_ADDRESS}, 24층, 3호")]),
        (f"이름, 주소, 연락처\n백은하, {_ADDRESS}, 24층, 01095291291\n", [("백은하", f"{_ADDRESS}, 24층", "01095291291")]),
        ("성명/생년월일/연락처\n백은하/1983/12/22/01095291291\n", [("백은하", "1983/12/22", "01095291291")]),
        ("성명/메모/연락처\n변경/없음/-\n백은하/재방문/01095291291\n", [("변경", "없음", "-"), ("백은하", "재방문", "01095291291")]),
        ("(성명, 메모, 연락처)\n백은하 / 재방문, 두 번 / 01095291291\n", [("백은하", "재방문, 두 번", "01095291291")]),
        ("성명, 연락처\n백은하, 01095291291, 오후에 통화\n", [("백은하", "01095291291")]),
    ],
    ids=["fewer", "more at the end", "more in the middle", "days", "a row without a form", "divided otherwise", "a note"],
)  # fmt: skip
def test_rows_whose_cells_are_not_as_many(text: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(text) == expected


def test_a_list_ends_and_another_begins() -> None:
    text = (
        f"이름 / 연락처 / 주소\n백은하 / 01095291291 / {_ADDRESS}\n성명 / 생년월일 / 휴대폰\n현하별 / 1999-10-29 / 01069194416\n"
        "주소 오류 건은 반송\n나가람 / 2001-03-04 / 01069194417\n"
    )
    tables, left = taken(text)
    assert [(table.columns, table.lines) for table in tables] == [
        (("이름", "연락처", "주소"), (2,)),
        (("성명", "생년월일", "휴대폰"), (4,)),
    ]
    assert "나가람" in left


def test_a_list_goes_on_below_a_page_and_its_header_again() -> None:
    header, (one, other) = "성명 / 휴대폰 / 생년월일\n", (" / ".join(row) + "\n" for row in _KOREAN)
    assert rows(f"{header}\n{one}\n- 2 -\n\f{header}{other}") == list(_KOREAN)
    assert rows(f"{header}{one}\n2/3쪽\n\n{other}") == list(_KOREAN)
    assert rows(f"{header}{one}\n품명 / 수량 / 단가\n이어폰 / 30000000 / 12\n") == [_KOREAN[0]]
    assert rows(f"{header}{one}\n이어폰 / 30000000 / 12\n") == [_KOREAN[0]]
    assert rows(f"{header}{one}\n\n\n\n{other}") == [_KOREAN[0]]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_list_over_two_blocks(cut: int) -> None:
    lines = [f"{line}\n" for line in ("성명 / 휴대폰 / 생년월일", *map(" / ".join, _KOREAN), "끝")]
    tables, left = taken("".join(lines[:cut]), "".join(lines[cut:]))
    assert [line for table in tables for line in table.lines or ()] == [2, 3]
    assert {table.name for table in tables} == {"list 1"}
    assert left.count("\n") == 4


@pytest.mark.parametrize(
    "text",
    [
        "성명, 생년월일, 연락처를 입력하세요\n신청은 오늘까지, 방문은 내일부터, 문의는 지점으로 바랍니다.\n",
        "이름 / 연락처 / 주소\n필수 / 선택 / 선택\n최대 20자 / 11자리 / 최대 100자\n",
        "수집 항목: 성명, 생년월일, 연락처\n보유 기간: 5년, 2029-12-31까지, 파기\n문의: 개인정보팀, 02-731-5678, help@saebyeok-bank.co.kr\n",
        "품명 / 수량 / 단가\n이어폰 / 30 / 12000000\n",
        "부서, 성명\n개발1팀, 백은하\n",
        "성명, 생년월일, 휴대폰\n\n\n\n\n백은하, 1983-12-22, 01095291291\n가, 나\n1, 2\n",
        "성명, 생년월일, 휴대폰\n머리말\n백은하, 1983-12-22, 01095291291\n",
        "성명, 휴대폰 01095291291, 생년월일\n백은하, 01095291291, 1983-12-22\n",
        "성명 / 연락처\n조회 / 변경 / 삭제 / 등록 / 출력 / 2024 / 1 / 2 / 3 / 4\n",
    ],
)
def test_what_is_no_list_stays_text(text: str) -> None:
    assert taken(text) == ([], text)


def test_a_value_is_told_once_and_lines_hold_more() -> None:
    text = listed("{}", ", ").replace("1983-12-22", "1983-12-22, 메일 eunha@haneul-mail.co.kr")
    assert entities(in_text(text)) == sorted([*_FOUND, "EMAIL_ADDRESS"])


@pytest.mark.parametrize("path", ["a.py", "a.sql.java"])
def test_source_code_is_not_read(path: str) -> None:
    from auditor.detectors.scene import file_kind

    reader = EmbeddedTables(detector().index, file_kind(path))
    tables, _, _ = reader.take(Text(asset=Asset(target="t", path=path), text=listed("# {}", " / ", "# ")))
    assert tables == []


def test_most_texts_are_not_asked() -> None:
    asked = Search(headed.MARK)
    for text in (
        "The quick brown fox, who jumps over the lazy dog, is here.\nIt has 3 legs, not 4.\n",
        "2024-03-02 10:00:00 INFO user 3, phone\n2024-03-02 10:00:00 INFO a, 3\n",
        "name = value\nother = 3, 4\n",
        "Menu, tea, coffee\nno number, here\nend\n",
    ):
        assert not asked.within(text.encode())
    assert asked.within("성명, 연락처\n가, 010\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "성명, " * 800_000,
        "성명, 휴대폰\n" + "a, " * 1_700_000 + "\n",
        "".join(f"성명, 휴대폰, 열{chr(0xAC00 + n % 11_000)}{chr(0xAC00 + n // 11)}\n" for n in range(100_000)),
        "".join(
            f"성명, 휴대폰, 열{chr(0xAC00 + n % 11_000)}{chr(0xAC00 + n // 11)}\n가, {n:05}12, @\n"
            for n in range(50_000)
        ),
        "성명, 휴대폰\n" + "0" + "x" * 390 + ", 0" + "x1 " * 3 + "\n" + ("(" * 150 + "," + "[" * 150 + "1가\n") * 5_000,
        "성명, 휴대폰\n" + "가, 나\n" * 200_000,
        "성명, 휴대폰\n" + "가, 1,,,,,,,, 2\n" * 100_000,
    ],
    ids=["one line", "a long row", "headers", "headers and rows", "brackets", "rows without a form", "commas"],
)
def test_hostile_input_takes_seconds(text: str) -> None:
    began = time.process_time()
    reader = headed.Headed(detector().index)
    reader.take(Text(asset=Asset(target="t", path="a.txt"), text=text))
    assert time.process_time() - began < 10


@pytest.mark.parametrize("cell", ["あいう", "정보팀", "남궁", "조회수", "123"])
def test_a_cell_that_is_no_name_makes_no_row(cell: str) -> None:
    header = Header("이름 / 비고", ("이름", "비고"), 5, frozenset({0}), frozenset({0}))
    assert forms(header, [cell, "x"]) == frozenset()
    assert forms(header, ["김은하", "x"]) == {0}
