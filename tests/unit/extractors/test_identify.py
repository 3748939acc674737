"""Which extractor a file gets, and what is said of files that none reads."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from extracting import OneWay, everything, gaps, walk

from auditor.extractors.identify import Unreadable, choose
from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode

PROSE = "The quick brown fox, who was late, ran.\nIt jumped, or so they say, high.\nThen, at last, it slept.\nYes, really, it did.\n"
CODE = 'import os\n\ndef run(a, b, c):\n    return os.path.join(a, b, c)\n\nprint(run("a", "b", "c"))\n'


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("empty", b"", "text"),
        ("notes", b"hello\n", "text"),
        ("users.csv", b"ci\nabc\n", "csv"),
        ("users.csv.bak", b"a,b\n1,2\n", "csv"),
        ("users.tsv", b"a\tb\n", "csv"),
        ("export.dat", b"1|kim|2020-01-01\n2|lee|2020-01-02\n3|park|2020-01-03\n", "csv"),
        ("export.txt", b"kim,010-1234-5678\nlee,010-2345-6789\npark,010-3456-7890\n", "csv"),
        ("prose.txt", PROSE.encode(), "text"),
        ("prose", (PROSE * 40).encode(), "text"),
        ("tool.py", b"a,b,1\nc,d,2\ne,f,3\n", "text"),
        ("script", CODE.encode(), "text"),
        (
            "app.log",
            b"2024-05-01 10:00:00,123 INFO a\n2024-05-01 10:00:01,456 WARN b\n2024-05-01 10:00:02,789 INFO c d\n",
            "text",
        ),
        ("steps.txt", b"a;\nb;\nc;\nd;\n", "text"),
        ("package.json", b"{}", "json"),
        ("noname", b'{"a": 1, "b": [1, 2]}', "json"),
        ("api.log", b'{"a": 1}\n{"a": 2}\n', "json"),
        ("api.log", b'2024-05-01 INFO {"a": 1}\n', "text"),
        ("brackets.log", b"[2024] started\n[2024] stopped\n", "text"),
        ("latex", b"{\\bf bold}\n", "text"),
        ("dump.sql", b"SELECT 1;\n", "sql"),
        ("dump", b"-- MySQL dump 10.13  Distrib 8.0\n--\n", "sql"),
        ("dump.txt", b"--\n-- PostgreSQL database dump\n--\n\n", "sql"),
        ("mine", b"INSERT INTO users VALUES (1,'a');\nINSERT INTO users VALUES (2,'b');\n", "sql"),
        ("memo", b"INSERT INTO the slot and turn.\n", "text"),
        ("archive", b"PK\x03\x04rest", "archive"),
        ("korean.txt", "q한글로 쓴 글\n둘째 줄\n".encode("cp949"), "text"),
        ("ORC.txt", b"ORCHESTRATION IS HARD\n", "text"),
        ("BM", b"BMW 320d, blue\n", "text"),
        ("utf16", "이름\t연락처\n".encode("utf-16"), "text"),
        ("utf16-no-mark", "name 홍길동\r\nphone 010\r\n".encode("utf-16-le"), "text"),
        ("hive", b"kim\x01seoul\x012020-01-01\nlee\x01busan\x012020-01-02\npark\x01jeju\x012020-01-03\n", "csv"),
        ("print0", b"a/b/c.txt\0a/b/second-file.txt\0a/b/c/d/third.txt\0", "text"),
    ],
)
def test_chosen(name: str, head: bytes, expected: str) -> None:
    assert choose(head, name) == expected


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IEND", b"")


def _sqlite(path: Path) -> bytes:
    file = path / "x.db"
    with sqlite3.connect(file) as database:
        database.execute("create table t (a)")
    database.close()
    return file.read_bytes()


def test_formats_are_told_by_their_marks(tmp_path: Path) -> None:
    samples = {
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "image": _png(),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "sqlite": _sqlite(tmp_path),
        "parquet": b"PAR1\x15\x04\x15\x10\x15\0\0\0PAR1",
        "git": zlib.compress(b"blob 5\0hello"),
        "redis": b"REDIS0009\xfa\x09redis-ver\x055.0.7\xfa\x0aredis-bits\xc0\x40\xfe\0\xfb\x01\0\0",
        "pgdump": b"PGDMP\x01\x0e\0\x04\x08\x01\x01\x01\0\0\0\0",
    }
    assert {expected: choose(data[:65_536], "x") for expected, data in samples.items()} == {
        name: name for name in samples
    }
    assert choose(b"\xff\xd8\xff\xe0\0\x10JFIF\0", "x") == "image"


def test_unreadable_formats_say_what_they_are() -> None:
    samples = {
        "ELF": Path(sys.executable).resolve().read_bytes()[:65_536],
        "Windows program": b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        "font": b"wOF2\0\1\0\0" + bytes(range(200)),
    }
    for what, data in samples.items():
        choice = choose(data[:65_536], "x")
        assert isinstance(choice, Unreadable), what
        assert choice.code == GapCode.UNSUPPORTED_FILE_TYPE
        assert what in choice.detail


def test_encrypted_files_are_password_protected() -> None:
    for head in (
        b"-----BEGIN PGP MESSAGE-----\n",
        b"$ANSIBLE_VAULT;1.1;AES256\n",
        b"Salted__\x01\x02\x03\x84\x90\0\0\x07",
    ):
        choice = choose(head, "x")
        assert isinstance(choice, Unreadable)
        assert choice.code == GapCode.PASSWORD_PROTECTED


def test_unknown_binary_and_ebcdic_are_gaps_with_their_size() -> None:
    import random

    for data in (random.Random(1).randbytes(5000), bytes(5000), ("SEOUL" * 400).encode("cp037")):
        found = gaps(list(walk("data.bin", data)))
        assert [(gap.code, gap.size) for gap in found] == [(GapCode.UNSUPPORTED_FILE_TYPE, len(data))]


def test_a_real_program_that_prints_text_is_read(tmp_path: Path) -> None:
    done = subprocess.run(["tar", "--help"], capture_output=True, check=True)
    assert "--create" in everything(list(walk("help", done.stdout)))


def test_an_empty_file_is_nothing_and_no_gap() -> None:
    for name in ("x", "x.csv", "x.json", "x.sql"):
        assert list(walk(name, b"")) == []


def test_a_zip_of_documents_parts_is_a_document_whatever_its_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        archive.writestr("word/document.xml", "<w:document><w:t>홍길동 CANARY</w:t></w:document>")
    assert choose(file.getvalue(), "계약서") == "office"
    assert choose(file.getvalue().replace(b"word/document", b"xl/wor_book__"), "계약서") == "spreadsheet"


def test_time_is_cut_off_with_a_gap_and_what_came_before() -> None:
    data = b"nick=abc canary\n" * 400_000
    contents = list(walk("app.log", OneWay(data), limits=Limits(seconds_per_asset=-6.0 + 0.0)))
    assert [gap.code for gap in gaps(contents)] == [GapCode.TIME_CUT_OFF_REACHED]


def test_a_fault_in_an_extractor_is_a_gap_without_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.extractors.json import JsonExtractor

    def explode(*_: object) -> object:
        raise ValueError("900101-1234567")

    monkeypatch.setattr(JsonExtractor, "extract", explode)
    monkeypatch.setattr("auditor.registry.load", lambda *_: JsonExtractor)
    (gap,) = gaps(list(walk("a.json", json.dumps({"a": 1}).encode())))
    assert gap.code == GapCode.UNABLE_TO_PARSE_FILE
    assert "900101" not in gap.detail
