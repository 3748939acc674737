"""Pictures: what is written about them is searched, what they show is read where OCR is on, and said to be unread where it is off."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from damage import mutations
from extracting import everything, gaps, texts, walk

from auditor.extractors._image import ocr
from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Member


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(*chunks: bytes, width: int = 100, height: int = 100) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\xff" * width) * height)
    parts = (_chunk(b"IHDR", head), *chunks, _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _exif(order: str = "<") -> bytes:
    """Artist, an XP comment, and a GPS latitude of 37.5."""
    artist, comment = "김은하".encode() + b"\0", "달토끼 010-1234-5678".encode("utf-16-le") + b"\0\0"
    gps_at = 8 + 2 + 3 * 12 + 4
    data_at = gps_at + 2 + 12 + 4 + 24
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    out += struct.pack(order + "H", 3)
    out += struct.pack(order + "HHII", 0x013B, 2, len(artist), data_at)
    out += struct.pack(order + "HHII", 0x8825, 4, 1, gps_at)
    out += struct.pack(order + "HHII", 0x9C9C, 1, len(comment), data_at + len(artist))
    out += struct.pack(order + "I", 0)
    out += struct.pack(order + "HHHIII", 1, 2, 5, 3, gps_at + 18, 0)
    out += struct.pack(order + "6I", 37, 1, 30, 1, 0, 1)
    return out + artist + comment


def _jpeg(*segments: tuple[int, bytes]) -> bytes:
    frame = struct.pack(">BHHB", 8, 100, 200, 1) + b"\x01\x11\0"
    out = b"\xff\xd8"
    for code, data in (*segments, (0xC0, frame)):
        out += struct.pack(">BBH", 0xFF, code, len(data) + 2) + data
    return out + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x11" * 50 + b"\xff\xd9"


def _seen(data: bytes) -> dict[str, str]:
    return {text.part: text.text for text in texts(list(walk("a.bin", data)))}


def test_png_texts_compressed_and_not() -> None:
    data = _png(
        _chunk(b"tEXt", b"Author\0" + "김은하".encode()),
        _chunk(b"tEXt", b"Comment\0caf\xe9"),
        _chunk(b"zTXt", b"Note\0\0" + zlib.compress(b"kim@example.com")),
        _chunk(b"iTXt", b"Title\0\1\0ko\0\0" + zlib.compress("파란곰".encode())),
        _chunk(b"eXIf", _exif()),
    )
    seen = _seen(data)
    assert "Author: 김은하" in seen["PNG text"]
    assert all(word in seen["PNG text"] for word in ("café", "kim@example.com", "파란곰"))
    assert "XPComment: 달토끼 010-1234-5678" in seen["EXIF"]


@pytest.mark.parametrize("order", ["<", ">"])
def test_jpeg_exif_xmp_iptc_and_comments(order: str) -> None:
    iptc = b"\x1c\x02\x50" + struct.pack(">H", 9) + "김은하".encode()
    photoshop = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc
    data = _jpeg(
        (0xE1, b"Exif\0\0" + _exif(order)),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + "<dc:creator>달토끼</dc:creator>".encode()),
        (0xED, photoshop),
        (0xFE, "회원 사진".encode("cp949")),
    )
    seen = _seen(data)
    assert "Artist: 김은하\n" in seen["EXIF"]
    assert "GPSLatitude: 37.500000" in seen["EXIF"]
    assert "달토끼" in seen["XMP"]
    assert "김은하" in seen["IPTC"]
    assert "회원 사진" in seen["comment"]


def test_tiff_gif_webp_and_bmp() -> None:
    assert "김은하" in _seen(_exif())["EXIF"]
    gif = b"GIF89a" + struct.pack("<HHBBB", 99, 99, 0, 0, 0) + b"!\xfe\x0fkim@example.com\0;"
    assert _seen(gif)["comment"] == "kim@example.com\n"
    inner = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + b"\x63\0\0\x63\0\0"
        + b"EXIF"
        + struct.pack("<I", len(_exif()))
        + _exif()
    )
    webp = b"RIFF" + struct.pack("<I", len(inner) + 4) + b"WEBP" + inner
    assert "김은하" in _seen(webp)["EXIF"]
    bmp = (
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 54 + 30_000, 0, 0, 54, 40, 100, -100, 1, 24, 0, 30_000, 0, 0, 0, 0)
        + bytes(30_000)
    )
    assert [gap.code for gap in gaps(list(walk("a.bmp", bmp)))] == [GapCode.UNSUPPORTED_FILE_TYPE]


def test_an_unread_picture_is_a_gap_an_icon_is_none() -> None:
    (gap,) = gaps(list(walk("a.png", _png())))
    assert gap.code == GapCode.UNSUPPORTED_FILE_TYPE
    assert gap.detail.startswith("PNG image: ")
    assert gaps(list(walk("a.png", _png(width=48, height=48)))) == []
    assert gaps(list(walk("line.png", _png(width=900, height=4)))) == []
    icon = b"\0\0\1\0\1\0\x20\x20" + bytes(14) + bytes(100)
    assert gaps(list(walk("favicon.ico", icon))) == []


def test_what_hangs_on_behind_a_picture_is_opened() -> None:
    contents = list(walk("a.png", _png() + b"name,ci\n" + b"Kim,CANARY0001X\n" * 10))
    (member,) = (item for item in contents if isinstance(item, Member))
    assert member.asset.path == "a.png!/data behind the picture"
    assert "CANARY0001X" in everything(contents)


def test_damage_never_raises() -> None:
    samples = (_png(_chunk(b"eXIf", _exif())), _jpeg((0xE1, b"Exif\0\0" + _exif(">"))), _exif())
    for data in samples:
        for damaged, _ in mutations(data, 100, "image"):
            contents = list(walk("a.png", damaged))
            assert (
                "김은하" in everything(contents) or gaps(contents) or b"\xb9\x80\xec\x9d\x80\xed\x95\x98" not in damaged
            )


CARDS = {
    "cp949": ("주민등록증 홍길동", "주민등록증"),
    "cp874": ("บัตรประจำตัวประชาชน", "ประชาชน"),
    "gb18030": ("居民身份证 姓名 王小明", "身份证"),
}


@pytest.fixture(scope="session")
def cards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A card a language as a PDF whose page is drawn, then rendered as a scan would be."""
    import pypdfium2

    from auditor.extractors._pdf.pictures import rendered

    folder = tmp_path_factory.mktemp("cards")
    found = {}
    for name, (words, _) in CARDS.items():
        (folder / f"{name}.txt").write_text(f"{words}\n\n900101-1234568\n", encoding="utf-8")
    sources = [str(folder / f"{name}.txt") for name in CARDS]
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=Text (encoded):UTF8",
               "--convert-to", "pdf", "--outdir", str(folder), *sources]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for name in CARDS:
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        picture = rendered(document[0])
        assert picture is not None
        found[name] = picture
        document.close()
    return found


@pytest.mark.parametrize("encoding", CARDS)
def test_ocr_reads_a_card(cards: dict[str, bytes], encoding: str) -> None:
    contents = list(walk("card.png", cards[encoding], encodings=(encoding,), limits=Limits(ocr=True)))
    assert gaps(contents) == []
    seen = everything(contents)
    assert "900101-1234568" in seen
    assert CARDS[encoding][1] in seen.replace(" ", "")


def test_a_missing_program_or_language_is_a_gap_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (gap,) = gaps(list(walk("a.png", _png(), encodings=("cp932",), limits=Limits(ocr=True))))
    assert "apt-get install tesseract-ocr-jpn" in gap.detail
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.installed.cache_clear()
    (gap,) = gaps(list(walk("a.png", _png(), limits=Limits(ocr=True))))
    ocr.installed.cache_clear()
    assert "apt-get install tesseract-ocr" in gap.detail


def test_a_picture_that_cannot_be_decoded_is_a_gap() -> None:
    (gap,) = gaps(
        list(
            walk(
                "a.bmp",
                b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 100, 100, 1, 24, 9, 0, 0, 0, 0, 0),
                limits=Limits(ocr=True),
            )
        )
    )
    assert "could not read the picture" in gap.detail
