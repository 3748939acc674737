"""PDF documents: text as a reader sees it, what lies on and behind the pages, and honesty about what cannot be read."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from extracting import everything, gaps, texts, walk
from memory import Growth
from pdf_writer import PdfWriter, pages_of

from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Member

CANARIES = [f"CANARY{number:04d}X" for number in range(120)]
CI = "Q2FuYXJ5" * 10 + "ABCDEQ=="
PAGE = f"""<html><head><meta charset="utf-8"><title>회원 명단</title></head><body><h1>회원 목록</h1>
<p>연락처: 010-1234-5678</p><p>ชื่อ สมชาย น้ำใจ</p><p>昵称：夜猫</p>
<table border=1 width=100%><tr><td width=50%><nobr>닉네임</nobr></td><td>파란곰</td></tr><tr><td>CI</td><td>{CI}</td></tr></table>
<p style="page-break-before:always">둘째 쪽</p><table width=100%><tr><td width=50%>별명</td><td>푸른곰</td></tr></table></body></html>"""


@pytest.fixture(scope="session")
def libreoffice_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "members.html").write_text(PAGE)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
               "pdf:writer_web_pdf_Export", "--outdir", str(folder), str(folder / "members.html")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "members.pdf").read_bytes()


def _parts(data: bytes, **more: object) -> dict[str, str]:
    return {text.part: text.text for text in texts(list(walk("a.pdf", data, **more)))}  # type: ignore[arg-type]


def test_korean_thai_and_chinese_page_by_page(libreoffice_pdf: bytes) -> None:
    contents = list(walk("members.pdf", libreoffice_pdf))
    assert gaps(contents) == []
    parts = {text.part: text.text for text in texts(contents)}
    assert "연락처: 010-1234-5678\n" in parts["page 1"]
    assert "ชื่อ สมชาย น้ำ" in parts["page 1"]
    assert "昵称：夜猫" in parts["page 1"]
    assert parts["page 2"].startswith("둘째 쪽\n")
    assert "Title: 회원 명단" in parts["document information"]


def test_a_label_and_its_value_are_on_one_line(libreoffice_pdf: bytes) -> None:
    assert re.search("별명[ \t]푸른곰\n", _parts(libreoffice_pdf)["page 2"])
    writer = PdfWriter()
    writer.page([(300, 700, "Blue Bear"), (50, 600, "Phone:"), (50, 700, "Nickname"), (120, 600.5, "010-1234-5678")])
    assert _parts(writer.file())["page 1"] == "Nickname\tBlue Bear\nPhone:\t010-1234-5678\n"


def test_a_turned_page_reads_as_it_is_shown() -> None:
    writer = PdfWriter()
    shown = b"BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Nickname) Tj ET BT /F1 10 Tf 0 1 -1 0 100 300 Tm (Blue Bear) Tj ET"
    writer.page(contents=writer.stream(shown), more=b"/Rotate 90")
    assert _parts(writer.file())["page 1"] == "Nickname\tBlue Bear\n"


def test_a_value_wrapped_in_a_cell_is_also_seen_whole() -> None:
    writer = PdfWriter()
    writer.page(
        [(300, 700, CI[:40]), (300, 688, CI[40:80]), (300, 676, CI[80:]), (50, 600, "900101-"), (50, 588, "1234568")]
    )
    page = _parts(writer.file())["page 1"]
    assert f"{CI}\n" in page
    assert "900101-1234568\n" in page


def test_form_fields_notes_links_and_attachments() -> None:
    writer = PdfWriter()
    field = writer.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nickname) /V <FEFFD30CB780ACF0> /Rect [50 700 200 720] >>"
    )
    note = writer.add(b"<< /Type /Annot /Subtype /Text /Contents (ask kim@example.com) /Rect [50 600 60 610] >>")
    link = writer.add(
        b"<< /Type /Annot /Subtype /Link /Rect [50 500 60 510] /A << /S /URI /URI (https://x.example/?ci=1) >> >>"
    )
    file = writer.stream(b"name,ci\nKim,CANARY\n", b"/Type /EmbeddedFile")
    spec = writer.add(b"<< /Type /Filespec /F (users.csv) /UF (users.csv) /EF << /F %d 0 R >> >>" % file)
    writer.catalogue = (
        b"/AcroForm << /Fields [%d 0 R] >> /Names << /EmbeddedFiles << /Names [(users.csv) %d 0 R] >> >>"
        % (
            field,
            spec,
        )
    )
    writer.page(["page text"], more=b"/Annots [%d 0 R %d 0 R %d 0 R]" % (field, note, link))
    contents = list(walk("a.pdf", writer.file()))
    parts = {text.part: text.text for text in texts(contents)}
    assert parts["page 1, form"] == "nickname: 파란곰\n"
    assert "ask kim@example.com" in parts["page 1, notes"]
    assert "https://x.example/?ci=1" in parts["page 1, notes"]
    (member,) = (item for item in contents if isinstance(item, Member))
    assert member.asset.path == "a.pdf!/users.csv"
    assert "CANARY" in everything(contents)


def test_xmp_compressed_or_not() -> None:
    for compress in (False, True):
        writer = PdfWriter()
        xmp = "<x:xmpmeta><dc:creator>김은하</dc:creator></x:xmpmeta>".encode()
        metadata = writer.stream(xmp, b"/Type /Metadata /Subtype /XML", compress=compress)
        writer.catalogue = b"/Metadata %d 0 R" % metadata
        writer.page(["x"])
        assert "김은하" in _parts(writer.file())["XMP"]


def test_a_page_that_is_a_picture_is_a_gap() -> None:
    writer = PdfWriter()
    image = writer.stream(
        bytes(10_000),
        b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray",
    )
    shown = writer.stream(b"q 500 0 0 700 40 40 cm /I1 Do Q")
    for _ in range(3):
        writer.page(contents=shown, more=b"/Resources << /XObject << /I1 %d 0 R >> >>" % image)
    data = writer.file().replace(b"/Resources << /Font << /F1 3 0 R >> >> /Resources", b"/Resources")
    (gap,) = gaps(list(walk("scan.pdf", data)))
    assert gap.detail == "page 1–3 is a picture: not read, as OCR is off"


def test_letters_that_mean_nothing_are_a_gap() -> None:
    writer = PdfWriter()
    font = writer.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Unknown /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
        b" /Subtype /CIDFontType2 /BaseFont /AAAAAA+Unknown /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 1000 >>] >>"
    )
    shown = writer.stream(b"BT /F9 10 Tf 50 700 Td <0031003200330034> Tj ET")
    writer.page(contents=shown)
    data = writer.file().replace(b"/F1 3 0 R", b"/F9 %d 0 R" % font)
    (gap,) = gaps(list(walk("a.pdf", data)))
    assert "does not say what its letters are" in gap.detail


def test_encrypted_is_a_gap_unless_a_password_opens_it(tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(pages_of(["CANARY0001X"]))
    assert shutil.which("qpdf"), "apt-get install qpdf"
    command = [
        "qpdf",
        "--encrypt",
        "user",
        "owner",
        "256",
        "--",
        str(tmp_path / "plain.pdf"),
        str(tmp_path / "out.pdf"),
    ]
    subprocess.run(command, check=True)
    data = (tmp_path / "out.pdf").read_bytes()
    (gap,) = gaps(list(walk("a.pdf", data)))
    assert gap.code == GapCode.PASSWORD_PROTECTED
    from extracting import OneWay, source_of

    from auditor.extractors.limits import Budget
    from auditor.extractors.pdf import PdfExtractor
    from auditor.model.asset import Asset
    from auditor.model.content import Source

    plain = source_of(Asset(target="t", path="a.pdf"), OneWay(data))
    source = Source(asset=plain.asset, head=plain.head, stream=plain.stream, passwords=("wrong", "user"))
    contents = list(PdfExtractor(Budget(Limits())).extract(source))
    assert gaps(contents) == []
    assert "CANARY0001X" in everything(contents)


def test_a_stream_of_a_gigabyte_is_left_out_and_the_rest_read() -> None:
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    mebibyte = deflater.compress(bytes(1 << 20)) + deflater.flush(zlib.Z_FULL_FLUSH)
    adler = ((1 << 30) % 65521) << 16 | 1  # of zeros
    bomb = b"\x78\x01" + mebibyte * 1024 + b"\x03\x00" + adler.to_bytes(4)
    writer = PdfWriter()
    writer.page(["CANARY0001X"])
    writer.page(contents=writer.stream(bomb, b"/Filter /FlateDecode"))
    writer.page(["CANARY0002X"])
    with Growth() as growth:
        contents = list(walk("a.pdf", writer.file()))
    assert {"CANARY0001X", "CANARY0002X"} <= set(everything(contents).split())
    assert GapCode.FILE_EXCEEDS_SIZE_LIMIT in {gap.code for gap in gaps(contents)}
    assert growth.grown < 200 << 20


def test_doubly_compressed_streams_are_left_out() -> None:
    writer = PdfWriter()
    twice = zlib.compress(zlib.compress(b"BT /F1 10 Tf 50 700 Td (hidden) Tj ET"))
    writer.page(contents=writer.stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))
    assert gaps(list(walk("a.pdf", writer.file())))[0].code == GapCode.FILE_EXCEEDS_SIZE_LIMIT


def test_cut_off_anywhere_finds_or_tells() -> None:
    data = pages_of(CANARIES, a_page=30, compress=True)
    for cut in range(10, len(data) - 8, 37):
        contents = list(walk("a.pdf", data[:cut]))
        assert gaps(contents), f"cut at {cut}"


def test_damaged_streams_are_found_or_told() -> None:
    data = pages_of(CANARIES, a_page=30, compress=True)
    inside = [
        at for match in re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL) for at in range(*match.span(1))
    ]
    chance = random.Random("pdf")
    for _ in range(200):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 2, 8))):
            damaged[chance.choice(inside)] ^= 1 << chance.randrange(8)
        contents = list(walk("a.pdf", bytes(damaged)))
        seen = everything(contents)
        assert gaps(contents) or all(canary in seen for canary in CANARIES)


def test_damage_anywhere_never_raises() -> None:
    data = pages_of(CANARIES[:60], a_page=30, compress=True)
    chance = random.Random("pdf anywhere")
    silent = 0
    for _ in range(200):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 4, 40))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        contents = list(walk("a.pdf", bytes(damaged)))
        seen = everything(contents)
        silent += not gaps(contents) and not all(canary in seen for canary in CANARIES[:60])
    assert silent <= 4  # a PDF's own structure has no checksum
