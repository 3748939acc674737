"""Customer files as banks export them, and what is refused with its line and without its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import InputError
from auditor.register.customer_file import CustomerFile

ROWS = [["고객번호", "성명"], ["1", "홍길동"], ["2", '임"꺽"정, 의적\n두 줄']]


def written(delimiter: str) -> str:
    return (
        delimiter.join(ROWS[0]) + "\r\n1" + delimiter + "홍길동\r\n\r\n2" + delimiter + '"임""꺽""정, 의적\n두 줄"\r\n'
    )


def read(path: Path, encoding: str | None = None) -> list[list[str]]:
    with CustomerFile(path, encoding=encoding) as file:
        return [file.header, *(fields for _, fields in file)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_encodings_and_separators(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(written(delimiter).encode(encoding))
    assert read(path) == ROWS


def test_a_named_encoding_wins(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("no,ชื่อ\n1,สมชาย\n".encode("cp874"))
    assert read(path, "cp874") == [["no", "ชื่อ"], ["1", "สมชาย"]]
    with pytest.raises(InputError, match="no encoding"):
        CustomerFile(path, encoding="klingon")


def test_trailing_separators_are_no_fields(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("a,b\n1,2,,\n")
    assert read(path)[1][:2] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\nsecret,3,4\n", "f.csv:3:1: this row has 3 field"),
        (b"a,b\n1,2\nsecret\n", "f.csv:3:1: this row has 1 field"),
        (b'a,b\n1,"secret\n3,4\n', "no well-formed CSV"),
        (b'a,b\n1,"secret"x\n', "no well-formed CSV"),
        (b"a,b\n1,2\n" * 200_000 + "c,비밀secret\n".encode("cp949"), "--encoding cp949"),
    ],
)
def test_bad_files_are_refused_without_their_content(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        CustomerFile(tmp_path / "none.csv")
