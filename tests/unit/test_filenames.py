"""File names that are somebody's number: hidden in every output, found as what they are, told apart; ordinary names stay."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from auditor.filenames import holds_identifier, shown_path

REPO = Path(__file__).parents[2]
KEY = b"k" * 32


@pytest.mark.parametrize(
    "name",
    [
        "이력서_900101-1234568.pdf", "9001011234568.jpg", "신분증 870423 2345671.png", "010-2345-6789.mp3", "01023456789_녹취.m4a",
        "+82-10-2345-6789.vcf", "11010119900307002X.jpg", "1-1017-00203-45-1.pdf", "4111 1111 1111 1111.txt",
        "hong.gildong@example.co.kr.eml", "A" * 43 + "b-_" + "9" * 40 + "==.json",
    ],
)  # fmt: skip
def test_identifiers_in_names_are_hidden(name: str) -> None:
    shown = shown_path(f"/srv/data/{name}", KEY)
    assert shown.startswith("/srv/data/")
    assert not any(
        digits in shown for digits in ("1234568", "2345671", "6789", "0307", "00203", "1111", "gildong", "999999")
    )
    assert "~" in shown
    assert not holds_identifier(shown)
    assert shown != shown_path(f"/srv/data/{name}", b"x" * 32)


@pytest.mark.parametrize(
    "name",
    [
        "access.log.1712345678", "1704067200000.jpg", "backup-20250401123045.tar.gz", "v2.10.1-20240501.zip", "IMG_20240101_123456.jpg",
        "jquery-3.7.1.min.js", "0193f1a2-7c4b-7a11-9c0e-5d1f2b3a4c5d", "pack-3b18e512dba79e4c8300dd08aeb37f8e728b8dad.pack",
        "icon@2x.png", "logo@3x.webp", "node_modules/@types/node@20.1.0/index.d.ts", "dump-2025-01-31T03-00-00.sql",
    ],
)  # fmt: skip
def test_ordinary_names_stay(name: str) -> None:
    assert shown_path(f"/srv/app/{name}", KEY) == f"/srv/app/{name}"


def test_two_files_of_two_people_are_told_apart() -> None:
    assert shown_path("/a/900101-1234568.pdf", KEY) != shown_path("/a/900101-2345671.pdf", KEY)


def test_no_output_holds_a_number_that_was_a_name(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    (delivery / "상담_010-2345-6789.txt").write_text("전화: 010-9876-5432\n")
    (delivery / "010-3456-7890.woff2").write_bytes(b"wOF2\0\1\0\0" + bytes(300))
    with zipfile.ZipFile(delivery / "a.zip", "w") as archive:
        archive.writestr("신분증/010-4567-8901.txt", "phone: 010-5678-9012\n")
    command = [sys.executable, "-m", "auditor", "gate", str(delivery), "--output", str(tmp_path / "out")]
    command += ["--matches", str(tmp_path / "out/m.jsonl"), "--sarif", str(tmp_path / "out/x.sarif")]
    (tmp_path / "out").mkdir()
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(REPO)}, check=False)
    assert done.returncode == 3, done.stdout  # contact data is below the threshold, and a font was not read
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir()) + done.stdout + done.stderr
    for number in ("2345-6789", "3456-7890", "4567-8901", "23456789", "34567890", "45678901"):
        assert number.encode() not in written, number
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert {gap["code"] for gap in report["gaps"]} == {"UNSUPPORTED_FILE_TYPE"}
    lines = [json.loads(line) for line in (tmp_path / "out/m.jsonl").read_text("utf-8").splitlines()]
    assert sum("the file's name" in line["location"] for line in lines) >= 1


def test_a_sheet_called_after_its_customer_is_hidden_too(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>phone: 010-2345-678{n}</t></is></c></row>' for n in range(1, 6)
    )
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
            '<sheet name="010-7654-3210" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    command = [sys.executable, "-m", "auditor", "gate", str(book), "--matches", str(tmp_path / "m.jsonl")]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONPATH": str(REPO)}, check=False)
    written = (tmp_path / "m.jsonl").read_text() + (done.stdout + done.stderr).decode()
    assert "sheet ***-****-****~" in written
    assert "7654-3210" not in written
