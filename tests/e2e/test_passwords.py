"""What a password opens is read, what none opens is a gap, and a password goes nowhere else."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pytest
from commands import run_here, text
from pypdfium2 import PdfDocument

REPO = Path(__file__).parents[2]
sys.path.insert(0, str(REPO / "tests/contract"))

from samples import _docx, _package  # noqa: E402 - found by the line above

sys.path.insert(0, str(REPO / "tests/unit/extractors"))

from pdf_writer import pages_of  # noqa: E402

pytestmark = pytest.mark.e2e
PASSWORD = "Winter-2031-geheim"
PHONES = [f"010-2345-6{number}89" for number in range(1, 7)]


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file of each kind, as 7z, Excel and qpdf write them; in each another phone number."""
    folder = tmp_path_factory.mktemp("locked")
    plain = folder / "plain"
    made = folder / "delivery"
    plain.mkdir()
    made.mkdir()

    def sevenzip(name: str, inner: str, text: bytes, *options: str) -> None:
        (plain / inner).write_bytes(text)
        _run("7z", "a", f"-p{PASSWORD}", *options, str(made / name), inner, cwd=plain)

    sevenzip("members.zip", "members.txt", f"phone: {PHONES[0]}\n".encode(), "-tzip", "-mem=ZipCrypto")
    sevenzip("aes.zip", "members2.txt", f"phone: {PHONES[1]}\n".encode(), "-tzip", "-mem=AES256")
    book = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(_sheet(PHONES[2]))).encrypt(PASSWORD, book)
    (made / "members.xlsx").write_bytes(book.getvalue())
    (plain / "letter.pdf").write_bytes(pages_of([f"phone: {PHONES[3]}"], compress=True))
    assert len(PdfDocument(plain / "letter.pdf")) >= 1
    _run("qpdf", "--encrypt", PASSWORD, "owner", "256", "--", "letter.pdf", str(made / "letter.pdf"), cwd=plain)
    (plain / "word").mkdir()
    (plain / "word/document.xml").write_bytes(_document(PHONES[4]))
    _run("7z", "a", f"-p{PASSWORD}", "-tzip", "-mem=AES256", str(made / "parts.docx"), "word", cwd=plain)
    return made


def _document(phone: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(_docx())) as archive:
        return archive.read("word/document.xml").replace(
            b"CANAR</w:t></w:r><w:r><w:t>Y0000X", f"phone {phone}".encode()
        )


def _sheet(phone: str) -> bytes:
    """A workbook that stays above 4 KiB in the zip: msoffcrypto cannot open smaller ones that it wrote itself."""
    chance = random.Random(1)
    more = "".join(
        f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>{chance.randbytes(30).hex()} z</t></is></c></row>'
        for n in range(3, 300)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = f'<row r="1"><c r="A1" t="inlineStr"><is><t>phone</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>{phone}</t></is></c></row>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _package(
        {
            "[Content_Types].xml": types,
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}{more}</sheetData></worksheet>",
        }
    )


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)


def _gate(delivery: Path, output: Path, *options: str) -> tuple[dict[str, Any], str]:
    done = text(run_here("gate", delivery, "--output", output, *options))
    return json.loads((output / "report.json").read_text("utf-8")), done.stdout + done.stderr


def test_without_a_password_each_is_a_gap_and_with_it_each_is_read(delivery: Path, tmp_path: Path) -> None:
    names = {path.name for path in delivery.iterdir()}
    report, _ = _gate(delivery, tmp_path / "without")
    assert {_top(gap["path"]) for gap in report["gaps"] if gap["code"] == "PASSWORD_PROTECTED"} == names
    assert report["findings"] == []

    wrong = tmp_path / "wrong"
    wrong.write_text("not this one\n")
    report, _ = _gate(delivery, tmp_path / "wrongly", "--password-file", str(wrong))
    assert {_top(gap["path"]) for gap in report["gaps"] if gap["code"] == "PASSWORD_PROTECTED"} == names

    right = tmp_path / "right"
    right.write_text(f"not this one\n{PASSWORD}\n")
    report, said = _gate(
        delivery, tmp_path / "with", "--password-file", str(right), "--matches", str(tmp_path / "m.jsonl")
    )
    assert [gap["path"] for gap in report["gaps"] if gap["code"] == "PASSWORD_PROTECTED"] == []
    assert {_top(finding["path"]) for finding in report["findings"]} == names
    assert PASSWORD not in said
    for path in (tmp_path / "m.jsonl", *(tmp_path / "with").rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            assert PASSWORD.encode() not in data and PASSWORD.encode("utf-16-le") not in data, path.name


def _top(path: str) -> str:
    return path.partition("!/")[0].rpartition("/")[2]
