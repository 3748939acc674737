"""Avro: rows by field name under every codec, bad blocks, cut-off files."""

from __future__ import annotations

import datetime
import io

import fastavro
import pytest
from damage import mutations
from extracting import everything, gaps, rows, texts, walk

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode

CANARIES = [f"CANARY{number:04d}X" for number in range(200)]
SCHEMA = {
    "type": "record", "name": "User", "doc": "users CANARYDOC",
    "fields": [
        {"name": "ci", "type": "string"}, {"name": "n", "type": ["null", "long"]},
        {"name": "birth", "type": {"type": "int", "logicalType": "date"}},
        {"name": "address", "type": {"type": "record", "name": "A", "fields": [{"name": "city", "type": "string"}]}},
        {"name": "raw", "type": "bytes"}, {"name": "props", "type": {"type": "map", "values": "string"}},
    ],
}  # fmt: skip


def _avro(codec: str = "null") -> bytes:
    file = io.BytesIO()
    rows_ = [
        {
            "ci": c,
            "n": None,
            "birth": datetime.date(1990, 1, 2),
            "address": {"city": "서울"},
            "raw": b"hong@example.kr",
            "props": {"k": "v"},
        }
        for c in CANARIES
    ]
    fastavro.writer(
        file,
        fastavro.parse_schema(SCHEMA),
        rows_,
        codec=codec,
        sync_interval=1500,
        metadata={"note": "문의 CANARYNOTE"},
    )
    return file.getvalue()


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz"])
def test_rows_have_their_fields(codec: str) -> None:
    data = _avro(codec)
    assert choose(data[:65_536], "x") == "avro"
    contents = list(walk("users.avro", data))
    assert gaps(contents) == []
    found = rows(contents, "User")
    assert found[5] == {
        "ci": "CANARY0005X", "birth": "1990-01-02", "address.city": "서울", "raw": "hong@example.kr", "props.k": "v"
    }  # fmt: skip
    assert len(found) == 200
    assert {text.part for text in texts(contents)} == {"schema", "file metadata, note"}
    assert "CANARYDOC" in everything(contents) and "CANARYNOTE" in everything(contents)


@pytest.mark.parametrize("codec", ["snappy", "zstandard"])
def test_blocks_packed_by_other_programs(codec: str) -> None:
    """fastavro writes these with optional packages only: the blocks are packed here as the specification says."""
    import zlib

    import pyarrow as pa

    data = _avro()
    sync = data[-16:]
    start = data.index(sync) + 16
    header = data[:start].replace(
        b"\x14avro.codec\x08null", b"\x14avro.codec" + (b"\x0csnappy" if codec == "snappy" else b"\x12zstandard")
    )
    out = io.BytesIO(header)
    out.seek(0, io.SEEK_END)
    for block in data[start:].split(sync)[:-1]:
        file = io.BytesIO(block)
        count = _long(file)
        _long(file)
        body = file.read()
        if codec == "snappy":
            packed = pa.Codec("snappy").compress(body, asbytes=True) + zlib.crc32(body).to_bytes(4, "big")
        else:
            packed = pa.Codec("zstd").compress(body, asbytes=True)
        out.write(_zigzag(count) + _zigzag(len(packed)) + packed + sync)
    contents = list(walk("users.avro", out.getvalue()))
    assert gaps(contents) == []
    assert [row["ci"] for row in rows(contents, "User")] == CANARIES


def test_an_unknown_codec_is_a_gap() -> None:
    data = _avro().replace(b"\x08null", b"\x08what", 1)
    assert {gap.code for gap in gaps(list(walk("users.avro", data)))} == {GapCode.UNSUPPORTED_FILE_TYPE}


@pytest.mark.parametrize("codec", ["null", "deflate"])
def test_a_damaged_block_costs_no_more_than_itself(codec: str) -> None:
    data = _avro(codec)
    sync = data[-16:]
    whole = len(CANARIES)
    for number, (damaged, cut) in enumerate(mutations(data, 200, codec, first=8)):
        contents = list(walk("users.avro", damaged))
        seen = everything(contents)
        missing = [c for c in CANARIES if c.encode() in damaged and c not in seen]
        assert not missing or gaps(contents), f"mutation {number}: {missing[:3]}"
        if cut and not damaged.endswith(sync):
            assert gaps(contents) and seen.count("CANARY") <= whole + 4


def _long(file: io.BytesIO) -> int:
    value = shift = 0
    while True:
        byte = file.read(1)[0]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1)
        shift += 7


def _zigzag(value: int) -> bytes:
    value <<= 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def test_what_is_left_of_a_block_is_searched() -> None:
    file = io.BytesIO()
    schema = {"type": "record", "name": "u", "fields": [{"name": "ci", "type": "string"}]}
    fastavro.writer(file, schema, [{"ci": c} for c in CANARIES])
    data = file.getvalue()
    at = data.index(b"\x16CANARY0100X")
    contents = list(walk("users.avro", data[:at] + bytes(12) + data[at + 12 :]))  # twelve empty strings in place of one
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]
    assert "CANARY0199X" in everything(contents)


def test_a_schema_that_makes_no_sense_is_a_gap() -> None:
    contents = list(walk("users.avro", _avro().replace(b'"name"', b'"nale"')))
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]
    assert "CANARY0199X" in everything(contents)
