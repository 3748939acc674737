"""A sample for each registered extractor: the same canaries, as the format's own program or library writes them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import sys
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import bson
import fastavro
import pyarrow as pa
from pyarrow import feather, orc, parquet

from auditor.model import rows

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit/extractors"))

from compound_writer import compound
from pdf_writer import pages_of

CANARIES = [f"CANARY{number:04d}X" for number in range(120)]
TABLE = pa.table({"no": [str(n) for n in range(len(CANARIES))], "ci": CANARIES})


def _zip(compression: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for start in range(0, len(CANARIES), 60):
            archive.writestr(f"part{start}.txt", "\n".join(CANARIES[start : start + 60]))
    return file.getvalue()


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for start in range(0, len(CANARIES), 60):
            data = "\n".join(CANARIES[start : start + 60]).encode()
            member = tarfile.TarInfo(f"part{start}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def _package(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _docx() -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{c[:5]}</w:t></w:r><w:r><w:t>{c[5:]}</w:t></w:r></w:p>" for c in CANARIES)
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _package(
        {"[Content_Types].xml": types, "word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>"}
    )


def _xlsx() -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    package = "http://schemas.openxmlformats.org/package/2006"
    rows = "".join(
        f'<row r="{n + 2}"><c r="A{n + 2}"><v>{n}</v></c><c r="B{n + 2}" t="inlineStr"><is><t>{c}</t></is></c></row>'
        for n, c in enumerate(CANARIES)
    )
    head = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>no</t></is></c><c r="B1" t="inlineStr"><is><t>ci</t></is></c></row>'
    )
    return _package(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "xl/workbook.xml": f'<workbook {main} {relations}><sheets><sheet name="회원" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{head}{rows}</sheetData></worksheet>",
        }
    )


def _msg() -> bytes:
    body = "\r\n".join(CANARIES)
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le")}
    return compound({**streams, "__substg1.0_1000001F": body.encode("utf-16-le")})


def _arrow(kind: str) -> bytes:
    file = io.BytesIO()
    if kind == "arrow":
        feather.write_feather(TABLE, file, compression="uncompressed")
    elif kind == "orc":
        orc.write_table(TABLE, file)
    else:
        parquet.write_table(TABLE, file)
    return file.getvalue()


def _avro() -> bytes:
    file = io.BytesIO()
    schema = {
        "type": "record",
        "name": "u",
        "fields": [{"name": "no", "type": "int"}, {"name": "ci", "type": "string"}],
    }
    fastavro.writer(file, schema, [{"no": n, "ci": c} for n, c in enumerate(CANARIES)])
    return file.getvalue()


def _sqlite() -> bytes:
    with sqlite3.connect(":memory:") as database:
        database.execute("create table u (no integer, ci text)")
        database.executemany("insert into u values (?, ?)", enumerate(CANARIES))
    data = database.serialize()
    database.close()
    return data


def _rows() -> bytes:
    lines = [f'{n},{c},"a\n""b"""\n'.encode() for n, c in enumerate(CANARIES)]
    blocks = [rows.block(b"".join(lines[at : at + 50]), len(lines[at : at + 50])) for at in range(0, len(lines), 50)]
    return rows.head([("no", "text"), ("ci", "text"), ("note", "text")]) + b"".join(blocks)


def _rdb() -> bytes:
    def text(value: bytes) -> bytes:
        return bytes([len(value)]) + value

    pairs = b"".join(b"\x00" + text(f"user:{n}".encode()) + text(c.encode()) for n, c in enumerate(CANARIES))
    return b"REDIS0003\xfe\x00" + pairs + b"\xff"


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    texts = b"".join(chunk(b"tEXt", b"Comment\0" + c.encode()) for c in CANARIES)
    header = (200).to_bytes(4) * 2 + b"\x08\0\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + texts
        + chunk(b"IDAT", zlib.compress(bytes(201 * 200)))
        + chunk(b"IEND", b"")
    )


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "회원"
    mail.set_content("\n".join(CANARIES[:150]))
    mail.add_attachment("\n".join(CANARIES[150:]).encode(), maintype="text", subtype="plain", filename="rest.txt")
    return mail.as_bytes()


def _pgdump() -> bytes:
    """What `pg_dump -Fc -Z0` of PostgreSQL 12 to 15 writes, as far as it is read (format 1.14; docs of pg_backup_archiver.c)."""

    def number(value: int) -> bytes:
        return bytes([value < 0]) + abs(value).to_bytes(4, "little")

    def text(value: str | None) -> bytes:
        return number(-1) if value is None else number(len(value.encode())) + value.encode()

    def entry(id: int, tag: str, kind: str, section: int, defn: str, copy: str, *, data: bool, at: int) -> bytes:
        parts = [
            number(id),
            number(int(data)),
            text("1259"),
            text(str(16384 + id)),
            text(tag),
            text(kind),
            number(section),
        ]
        parts += [
            text(defn),
            text(""),
            text(copy),
            text("public"),
            text(""),
            text("heap"),
            text("app"),
            text("false"),
            text(None),
        ]
        return b"".join(parts) + (bytes([2]) + at.to_bytes(8, "little") if data else bytes([3]) + bytes(8))

    rows = "".join(f"{n}\t{c}\n" for n, c in enumerate(CANARIES)).encode() + b"\n\n"
    head = b"PGDMP" + bytes([1, 14, 0, 4, 8, 1]) + number(0) + b"".join(map(number, (0, 0, 9, 1, 0, 124, 0)))
    head += text("app") + text("15.4") + text("15.4") + number(2)
    define = "CREATE TABLE public.u (no integer, ci text);\n"
    copy = "COPY public.u (no, ci) FROM stdin;\n"

    def toc(at: int) -> bytes:
        return entry(1, "u", "TABLE", 2, define, "", data=False, at=0) + entry(
            2, "u", "TABLE DATA", 3, "", copy, data=True, at=at
        )

    at = len(head) + len(toc(0))
    return head + toc(at) + b"\x01" + number(2) + number(len(rows)) + rows + number(0)


def _lines(form: str) -> str:
    return "".join(form.format(c=c) for c in CANARIES)


_BLOB = "\n".join(CANARIES).encode()
SAMPLES: dict[str, tuple[str, bytes]] = {
    "text": ("app.log", _lines("2024-05-01 INFO nick=홍길동 ci={c} done\n").encode()),
    "text/utf-16": ("notes.txt", "\r\n".join(f"메모 {c}" for c in CANARIES).encode("utf-16")),
    "csv": ("users.csv", ("이름,ci,날짜\r\n" + _lines('"홍, 길동",{c},2024-01-01\r\n')).encode("cp949")),
    "json": (
        "users.json",
        json.dumps(
            {"v": 1, "users": [{"nick": {"n": "홍"}, "ci": c} for c in CANARIES]}, ensure_ascii=False, indent=1
        ).encode(),
    ),
    "json/lines": ("api.jsonl", "".join(json.dumps({"u": {"ci": c}, "n": 1}) + "\n" for c in CANARIES).encode()),
    "sql": (
        "dump.sql",
        (
            "-- MySQL dump 10.13\nCREATE TABLE `u` (`id` int, `ci` varchar(88));\nINSERT INTO `u` VALUES "
            + ",".join(f"({n},'{c}')" for n, c in enumerate(CANARIES))
            + ";\n"
        ).encode(),
    ),
    "sql/copy": (
        "pg.sql",
        ("-- PostgreSQL database dump\nCOPY public.u (id, ci) FROM stdin;\n" + _lines("1\t{c}\n") + "\\.\n").encode(),
    ),
    "html": ("page.html", ("<html><body>\n" + _lines("<p>ci: {c}</p>\n") + "</body></html>\n").encode()),
    "yaml": ("users.yaml", ("users:\n" + _lines("  - ci: {c}\n    nickname: 홍길동\n")).encode()),
    "rtf": ("letter.rtf", ("{\\rtf1\\ansi\\ansicpg949 " + _lines("{c}\\par\n") + "}").encode()),
    "mail": ("letter.eml", _mail()),
    "archive": ("backup.tar", _tar()),
    "archive/zip": ("backup.zip", _zip(zipfile.ZIP_DEFLATED)),
    "archive/stored": ("stored.zip", _zip(zipfile.ZIP_STORED)),
    "archive/tgz": ("backup.tar.gz", gzip.compress(_tar())),
    "archive/bz2": ("backup.tar.bz2", bz2.compress(_tar())),
    "archive/xz": ("app.log.xz", lzma.compress("\n".join(CANARIES).encode())),
    "arrow": ("users.feather", _arrow("arrow")),
    "avro": ("users.avro", _avro()),
    "bson": ("users.bson", b"".join(bson.encode({"no": n, "ci": c}) for n, c in enumerate(CANARIES))),
    "git": ("3b18e512dba79e4c8300dd08aeb37f8e728b8dad", zlib.compress(b"blob %d\0" % len(_BLOB) + _BLOB)),
    "image": ("scan.png", _png()),
    "office": ("letter.docx", _docx()),
    "ole": ("letter.msg", _msg()),
    "orc": ("users.orc", _arrow("orc")),
    "parquet": ("users.parquet", _arrow("parquet")),
    "pdf": ("letter.pdf", pages_of(CANARIES, compress=True)),
    "redis": ("dump.rdb", _rdb()),
    "rows": ("public.users", _rows()),
    "spreadsheet": ("users.xlsx", _xlsx()),
    "sqlite": ("users.sqlite", _sqlite()),
    "pgdump": ("app.dump", _pgdump()),
    "binary": ("users.dat", bytes(range(256)) + b"\0\x07\x80".join(c.encode() for c in CANARIES) + bytes(range(256))),
}
PACKED = frozenset(
    {
        "archive/zip",
        "archive/tgz",
        "archive/bz2",
        "archive/xz",
        "git",
        "office",
        "orc",
        "parquet",
        "pdf",
        "spreadsheet",
    }
)
"""Compressed, encoded or with values in pieces: a canary's bytes do not stand in the file."""
GAPPED = frozenset({"binary", "image"})
"""Always with a gap: what they hold besides text is not read."""
