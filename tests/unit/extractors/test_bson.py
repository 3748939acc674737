"""BSON: a collection's dump, an archive of several, broken documents."""

from __future__ import annotations

import datetime
import struct

import bson
from bson import Binary, Decimal128, Int64, ObjectId
from damage import mutations
from extracting import everything, gaps, rows, walk

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode

CANARIES = [f"CANARY{number:04d}X" for number in range(60)]
DUMP = b"".join(
    bson.encode({"_id": ObjectId(bytes.fromhex("65a1b2c3d4e5f60718293a4b")), "ci": c, "name": "홍길동", "address": {"city": "서울"}, "orders": [{"memo": "a"}, {"memo": "b"}],
                 "when": datetime.datetime(2024, 5, 1), "price": Decimal128("12.30"), "count": Int64(5), "none": None})
    for c in CANARIES
)  # fmt: skip
END = b"\xff" * 4


def test_documents_are_rows_with_dotted_paths() -> None:
    assert choose(DUMP[:65_536], "users.bson") == choose(DUMP[:65_536], "x") == "bson"
    contents = list(walk("users.bson", DUMP))
    assert gaps(contents) == []
    assert rows(contents, "users")[0] == {
        "_id": "65a1b2c3d4e5f60718293a4b", "ci": "CANARY0000X", "name": "홍길동", "address.city": "서울", "when": "2024-05-01 00:00:00",
        "price": "12.30", "count": "5",
    }  # fmt: skip
    assert rows(contents, "users[].orders")[:2] == [{"memo": "a"}, {"memo": "b"}]


def test_an_archive_names_its_collections() -> None:
    space = {"db": "shop", "collection": "users"}
    data = (
        b"\x6d\xe2\x99\x81" + bson.encode({"version": "0.1"}) + bson.encode({**space, "metadata": "{}", "size": 1}) + END
        + bson.encode({**space, "EOF": False, "CRC": Int64(0)}) + DUMP + END + bson.encode({**space, "EOF": True, "CRC": Int64(1)}) + END
    )  # fmt: skip
    assert choose(data[:65_536], "backup.archive") == "bson"
    contents = list(walk("backup.archive", data))
    assert gaps(contents) == []
    assert [row["ci"] for row in rows(contents, "shop.users") if "ci" in row] == CANARIES


def test_encrypted_and_binary_fields_are_gaps() -> None:
    data = bson.encode(
        {"a": Binary(b"x" * 40, 6), "b": Binary(bytes(range(0x90, 0xFF)) + b"CANARYRAW1"), "c": "text enough"}
    )
    contents = list(walk("x.bson", data))
    assert {gap.code for gap in gaps(contents)} == {GapCode.PASSWORD_PROTECTED, GapCode.UNSUPPORTED_FILE_TYPE}
    assert "CANARYRAW1" in everything(contents)


def test_depth_does_not_end_the_process() -> None:
    data = b"\x05\0\0\0\0"
    for _ in range(5_000):
        body = b"\x03abc\0" + data + b"\0"
        data = struct.pack("<i", len(body) + 4) + body
    assert [gap.code for gap in gaps(list(walk("x.bson", data)))] == [GapCode.MALFORMED_FILE]


def test_damaged_and_cut_dumps_are_no_clean_ones() -> None:
    ends = set()
    at = 0
    while at < len(DUMP):
        at += struct.unpack_from("<i", DUMP, at)[0]
        ends.add(at)
    for number, (damaged, cut) in enumerate(mutations(DUMP, 200, 3, first=50)):
        contents = list(walk("users.bson", damaged))
        seen = everything(contents)
        missing = [c for c in CANARIES if c.encode() in damaged and c not in seen]
        assert not missing or gaps(contents), f"mutation {number}: {missing[:3]}"
        if cut and len(damaged) not in ends:
            assert gaps(contents)
