"""docs/formats.md says what the code does: every extractor, every row, every format that was asked for."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from samples import SAMPLES

from auditor import registry, schemas
from auditor.extractors import formats
from auditor.extractors.formats import FORMATS, Format
from auditor.extractors.identify import choose

ROOT = Path(__file__).resolve().parents[2]
ASKED = (
    "docx doc pptx ppt xlsx xls xlsb ods odt odp rtf hwp hwpx pdf html xml yaml eml mbox msg csv tsv json jsonl ndjson har ipynb "
    "parquet orc feather avro bson sqlite rdb aof ibd hprof env bash_history log zip 7z rar tar gz bz2 xz zst lz4 git"
)


def _ustar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return file.getvalue()


_NOISE = bytes(range(256)) * 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ZIP = SAMPLES["archive/zip"][1]
_MAIL = SAMPLES["mail"][1]
HEADS: dict[str, bytes] = {
    # Where a suffix has a mark of its own; every other is tried with the sample of its extractor.
    **dict.fromkeys((".doc", ".xls", ".ppt", ".msg", ".hwp"), _OLE),
    **dict.fromkeys((".pptx", ".odt", ".odp", ".odg", ".hwpx", ".vsdx", ".xltx", ".xlsb", ".ods"), _ZIP),
    **dict.fromkeys((".zip", ".jar", ".war", ".apk", ".whl"), _ZIP),
    **dict.fromkeys((".yaml", ".yml"), b"users:\n  - ci: a\n    nick: b\n"),
    ".bash_history": b"cd /srv\nmysql -u root\n",
    ".jpg": b"\xff\xd8\xff\xe0" + _NOISE, ".gif": b"GIF89a" + _NOISE, ".tiff": b"II*\0" + _NOISE, ".bmp": b"BM" + _NOISE,
    ".webp": b"RIFF\x10\0\0\0WEBPVP8 " + _NOISE, ".ico": b"\0\0\1\0" + _NOISE,
    ".db-wal": b"7\x7f\x06\x82" + _NOISE,
    ".aof": b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n",
    ".arrows": b"\xff\xff\xff\xff\x78\0\0\0\x10\0\0\0\0\0\x0a\0" + bytes(90), ".archive": b"\x6d\xe2\x99\x81" + _NOISE,
    ".hprof": b"JAVA PROFILE 1.0.2\0" + _NOISE, ".core": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x04\0" + _NOISE, ".ser": b"\xac\xed\0\x05" + _NOISE,
    ".7z": b"7z\xbc\xaf\x27\x1c" + _NOISE, ".rar": b"Rar!\x1a\x07\x01\0" + _NOISE, ".cab": b"MSCF\0\0\0\0" + _NOISE,
    ".iso": bytes(0x8001) + b"CD001" + _NOISE, ".cpio": b"070701" + b"0" * 104 + b"a\0", ".rpm": b"\xed\xab\xee\xdb" + _NOISE,
    ".deb": b"!<arch>\n" + _NOISE, ".lha": b"\x20\x20-lh5-" + _NOISE, ".xar": b"xar!" + _NOISE, ".tar": _ustar(),
    ".gz": b"\x1f\x8b\x08" + _NOISE, ".tgz": b"\x1f\x8b\x08" + _NOISE, ".bz2": b"BZh91AY&SY" + _NOISE, ".xz": b"\xfd7zXZ\0" + _NOISE,
    ".zst": b"\x28\xb5\x2f\xfd" + _NOISE, ".lz4": b"\x04\x22\x4d\x18" + _NOISE, ".lzma": b"\x5d\0\0\x80" + _NOISE, ".lz": b"LZIP\1" + _NOISE,
    ".Z": b"\x1f\x9d\x90" + _NOISE, ".pack": b"PACK\0\0\0\2" + _NOISE, ".bundle": b"# v2 git bundle\n" + _NOISE,
    ".mbox": b"From a@example.com Sat Jan  1 10:00:00 2024\n" + _MAIL,
}  # fmt: skip


def test_the_page_is_the_tables() -> None:
    assert schemas.FORMATS_PAGE.read_text("utf-8") == formats.markdown()


def test_every_extractor_has_a_row_and_every_row_an_extractor() -> None:
    assert {each.extractor for each in FORMATS} == set(registry.names("extractors"))


def test_every_format_that_was_asked_for_is_there() -> None:
    suffixes = {suffix.lstrip(".") for each in FORMATS for suffix in each.suffixes}
    assert set(ASKED.split()) - suffixes == set()
    page = formats.markdown()
    for words in ("docker save", "OCI", "heap", "shell histories", "source code", "-wal", "loose objects"):
        assert words in page, words


@pytest.mark.parametrize(
    ("row", "suffix"), [(each, suffix) for each in FORMATS for suffix in each.suffixes if suffix != ".git"]
)
def test_a_file_of_that_name_goes_to_that_extractor(row: Format, suffix: str) -> None:
    head = HEADS[suffix] if suffix in HEADS else SAMPLES[row.extractor][1]
    assert choose(head[:65_536], f"example{suffix}") == row.extractor


def test_what_is_refused_is_refused() -> None:
    page = formats.markdown()
    for what in ("Photoshop image", "Windows program", "PGP-encrypted file"):
        assert what in formats.refused() and what in page
    assert not set(formats.refused()) & set(registry.names("extractors"))
