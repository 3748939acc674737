"""Tables in every way that spreadsheets, databases and scripts write them: the cells come out as they went in."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

HEADERS = (
    ["no", "name", "nickname", "address", "phone", "birth"],
    ["번호", "이름", "닉네임", "주소", "전화", "생일"],
)
NAMES = ("봉태규리", "탁재훈섭", "예지원", "도경완", "O'Brien, Pat", "금새록")
NICKNAMES = ("졸린너구리", "깐풍기|조아", "월급루팡", "칼퇴,요정", "nick;er", "tab\tby", "", r"\N")
ADDRESSES = (
    "경기 의왕시 갈미로 19, 3층",
    "인천 연수구 컨벤시아대로 130, C동, 402호",
    "9 Elm Rd., Apt 4, Springfield",
    "대구 수성구 들안로 77; 후문",
)
TITLES = ([], ["회원 명단"], ["고객 목록 (담당: 위하늬, 010-1111-2222)"], ["Member list 2024-05-01", ""])


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    name: str
    data: bytes
    truth: list[dict[str, str]]


def written(seed: int) -> Written:
    """A table in some dialect."""
    chance = random.Random(seed)
    delimiter = chance.choice(",\t;|")
    quoting = chance.choice(("minimal", "all", "text", "none"))
    end = chance.choice(("\n", "\r\n", "\r"))
    encoding = chance.choice(("utf-8", "utf-8-sig", "cp949", "utf-16"))
    header = chance.choice(HEADERS)
    breaks = quoting != "none" and end != "\r" and chance.random() < 0.25
    name = chance.choice(("x.csv", "x.csv", "x.txt", "export", "x.tsv" if delimiter == "\t" else "x.csv"))
    named = name.endswith(("csv", "tsv"))
    count = chance.choice((1, 2, 5, 30, 200) if named else (6, 30, 200))
    ragged = count > 6 and chance.random() < 0.25

    def quoted(cell: str, *, number: bool) -> str:
        needed = delimiter in cell or '"' in cell or "\n" in cell
        if quoting == "none" or cell == r"\N" or not (needed or quoting == "all" or (quoting == "text" and not number)):
            return cell
        return '"' + cell.replace('"', '""') + '"'

    body = []
    for number in range(count):
        row = [str(number + 1), chance.choice(NAMES), chance.choice(NICKNAMES), chance.choice(ADDRESSES)]
        row += [f"010-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}", f"19{chance.randrange(60, 99)}-03-1{chance.randrange(9)}"]  # fmt: skip
        if breaks and chance.random() < 0.3:
            row[3] += '\n2층 "별관"'
        if quoting == "none":
            row = [cell.replace(delimiter, " ") for cell in row]
        body.append(row[:4] if ragged and chance.random() < 0.1 else row)
    lines = [f"sep={delimiter}"] if chance.random() < 0.2 else []
    lines += chance.choice(TITLES)
    lines += ["# exported by tool, version 2"] if chance.random() < 0.2 else []
    for row in (header, *body):
        lines.append(delimiter.join(quoted(cell, number=not at) for at, cell in enumerate(row)).replace("\n", end))
    text = end.join(lines) + chance.choice((end, ""))
    truth = [{k: v for k, v in zip(header, row, strict=False) if v not in ("", r"\N")} for row in body]
    return Written(name=name, data=text.encode(encoding), truth=truth)


@pytest.mark.parametrize("seed", range(300))
def test_cells_come_out_as_they_went_in(seed: int) -> None:
    table = written(seed)
    seen = rows(list(walk(table.name, table.data)))
    assert [{k: v for k, v in row.items() if v} for row in seen] == table.truth


HEADER = ["회원번호", "성명", "자택주소", "연락처"]
BODY = [
    ["1", "봉태규리", "경기 의왕시 갈미로 19, 3층", "010-1234-5678"],
    ["2", "예지원", "부산 해운대구 우동 1408-2, 101동", "010-2345-6789"],
    ["3", "도경완", "9 Elm Rd., Apt 4", "010-4567-8901"],
]


def table_of(delimiter: str, quote: str = "") -> str:
    return "\n".join(delimiter.join(quote + cell + quote for cell in row) for row in (HEADER, *BODY)) + "\n"


@pytest.mark.parametrize("quote", ["", '"', "'", "`"])
@pytest.mark.parametrize("delimiter", ["|", "\t", ";", "\x01", "\x1f", "^", "~", "||", "|@|", "^|", "@@", ",", ", "])
def test_rare_delimiters_and_quotes(delimiter: str, quote: str) -> None:
    if delimiter[0] == "," and not quote:
        return  # such addresses are written with quotes
    for name in ("x.csv", "members.dat"):
        contents = list(walk(name, table_of(delimiter, quote).encode()))
        assert tables(contents)[0].columns == tuple(HEADER), name
        assert [list(row.values()) for row in rows(contents)] == BODY


@pytest.mark.parametrize("delimiter", ["|", "\t"])
@pytest.mark.parametrize("name", ["x.csv", "members"])
def test_no_header(delimiter: str, name: str) -> None:
    contents = list(walk(name, "\n".join(map(delimiter.join, BODY)).encode()))
    assert not tables(contents)[0].header
    assert [list(row.values()) for row in rows(contents)] == BODY


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("주소\n서울, 강남구\n부산, 우동\n", ("주소",), ["서울, 강남구"]),
        ('"주소"\n"서울, 강남구"\n"부산, 우동"\n', ("주소",), ["서울, 강남구"]),
        ("닉네임\n달빛여우\n감자\n", ("닉네임",), ["달빛여우"]),
        ("name;amount\nkim;1,5\nlee;2,5\n", ("name", "amount"), ["kim", "1,5"]),
        ("a_x|b_x|c_x\nkim|서울, 강남|010-1234-5678\n", ("a_x", "b_x", "c_x"), ["kim", "서울, 강남", "010-1234-5678"]),
        ("name|ci|\nkim|a1|\nlee|b2|\n", ("name", "ci", "column 3"), ["kim", "a1", ""]),
        ("name,ci\nkim,a1,\nlee,b2,\n", ("name", "ci", "column 3"), ["kim", "a1", ""]),
        ('"name","phone"\n"1","kim","010-1234-5678"\n"2","lee","010-1234-5679"\n', ("column 1", "name", "phone"), ["1", "kim", "010-1234-5678"]),
        ("회원 명단,,,\n,,,\n번호,이름,주소,전화\n1,kim,서울,010-1234-5678\n2,lee,부산,010-1234-5679\n", ("번호", "이름", "주소", "전화"), ["1", "kim", "서울", "010-1234-5678"]),
        ("이름,전화,전화\nkim,010-1234-5678,02-123-4567\n", ("이름", "전화", "전화 2"), ["kim", "010-1234-5678", "02-123-4567"]),
        ('id,payload,phone\n1,"{""a"":1,""b"":""x,y""}",010-1234-5678\n', ("id", "payload", "phone"), ["1", '{"a":1,"b":"x,y"}', "010-1234-5678"]),
        ('"id","name","memo"\n"1",\\N,"a \\"q\\", b"\n"2","kim","c, d"\n', ("id", "name", "memo"), ["1", "", 'a "q", b']),
    ],
)  # fmt: skip
def test_shapes(text: str, columns: tuple[str, ...], first: list[str]) -> None:
    contents = list(walk("x.csv", text.encode()))
    assert tables(contents)[0].columns == columns
    assert list(rows(contents)[0].values()) == first


@pytest.mark.parametrize("name", ["x.csv", "x.dat"])
def test_delimiters_that_are_half_a_character(name: str) -> None:
    text = "姓名|地址|電話\n功夫許|臺北市功|0912345678\n蓋許|臺中市|0912345679\n"
    (table,) = tables(list(walk(name, text.encode("big5"), encodings=("big5",))))
    assert table.columns == ("姓名", "地址", "電話")
    assert table.arrays[0].to_pylist() == ["功夫許", "蓋許"]


def test_a_row_of_megabytes_below_the_header() -> None:
    long = "y" * (3 << 20)
    data = f'no,name,photo,phone\n1,kim,{long},010-1\n2,lee,z,010-2\n3,"le,e",{long},"010-3"\n4,park,{long},010-4'
    contents = list(walk("x.csv", data.encode()))
    assert {table.columns for table in tables(contents)} == {("no", "name", "photo", "phone")}
    assert [(row["no"], row["name"], row.get("phone")) for row in rows(contents)] == [
        ("1", "kim", "010-1"),
        ("2", "lee", "010-2"),
        ("3", "le,e", "010-3"),
        ("4", "park", None),
    ]
    assert [line for table in tables(contents) for line in table.lines or ()] == [2, 3, 4, 5]
    assert everything(contents).count("010-4") == 1
    assert all(len(text.text) < 200_000 for text in texts(contents))
    assert len(gaps(contents)) == 1
