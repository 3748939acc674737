"""Parquet, ORC, Feather and Arrow: columns as people write their values; nested, encrypted, damaged, and long files."""

from __future__ import annotations

import datetime
import io
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from damage import mutations
from extracting import everything, gaps, rows, tables, texts, walk
from pyarrow import feather, ipc, orc

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode

ROOT = Path(__file__).resolve().parents[3]
CANARIES = [f"CANARY{number:04d}X" for number in range(200)]


def _table() -> pa.Table:
    count = len(CANARIES)
    return pa.table(
        {
            "이름": ["홍길동"] * count,
            "ci": CANARIES,
            "phone": [1012345678.0, None] * (count // 2),
            "share": [0.5] * count,
            "price": [Decimal("12.30")] * count,
            "adult": [True] * count,
            "birth": [datetime.date(1990, 1, 2)] * count,
            "seen": pa.array([datetime.datetime(2024, 5, 1, 9)] * count, pa.timestamp("us")),
            "address": [{"city": "서울", "in": {"zip": 1234}}] * count,
            "tags": [["가", "나"]] * count,
            "props": pa.array([[("email", "hong@example.kr")]] * count, pa.map_(pa.string(), pa.string())),
            "bytes": [b"hong@example.kr"] * count,
        }
    )


def _write(kind: str, table: pa.Table) -> bytes:
    file = io.BytesIO()
    if kind == "parquet":
        pq.write_table(table.replace_schema_metadata({"comment": "문의 010-9999-0000"}), file, row_group_size=60)
    elif kind == "orc":
        orc.write_table(table, file)
    elif kind == "feather":
        feather.write_feather(table, file)
    else:
        with ipc.new_stream(file, table.schema) as writer:
            writer.write_table(table, max_chunksize=60)
    return file.getvalue()


KINDS = {"parquet": "parquet", "orc": "orc", "feather": "arrow", "stream": "arrow"}


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_as_people_write_them(kind: str) -> None:
    data = _write(kind, _table())
    assert choose(data[:65_536], "x") == KINDS[kind]
    contents = list(walk(f"users.{kind}", data))
    assert gaps(contents) == []
    found = rows(contents)
    assert [row["ci"] for row in found] == CANARIES
    assert found[0] == {
        "이름": "홍길동", "ci": "CANARY0000X", "phone": "1012345678", "share": "0.5", "price": "12.30", "adult": "true",
        "birth": "1990-01-02", "seen": "2024-05-01 09:00:00", "address.city": "서울", "address.in.zip": "1234",
        "tags": '["가", "나"]', "props": '{"email": "hong@example.kr"}', "bytes": "hong@example.kr",
    }  # fmt: skip
    assert "phone" not in found[1]
    firsts = [table.first_row for table in tables(contents)]
    assert firsts[0] == 1 and firsts == sorted(set(firsts))
    if kind == "parquet":
        (note,) = texts(contents)
        assert (note.part, note.text) == ("file metadata, comment", "문의 010-9999-0000")


def test_binary_values_are_searched_and_a_gap() -> None:
    data = _write("parquet", pa.table({"blob": [bytes(range(0x90, 0xFF)) + b"CANARYRAW1"]}))
    contents = list(walk("x.parquet", data))
    assert "CANARYRAW1" in everything(contents)
    assert [gap.code for gap in gaps(contents)] == [GapCode.UNSUPPORTED_FILE_TYPE]


def test_an_encrypted_footer_is_password_protected() -> None:
    data = b"PARE" + random.Random(1).randbytes(500) + b"\x10\0\0\0PARE"
    for head in (data, b"PAR1" + data[4:]):
        contents = list(walk("x.parquet", head))
        assert [gap.code for gap in gaps(contents)] == [GapCode.PASSWORD_PROTECTED]


def test_a_nested_or_strange_table_loses_nothing() -> None:
    table = pa.table(
        {
            "people": [[{"name": "홍길동", "phone": "010-1234-5678"}]],
            "far": pa.array([2**62], pa.timestamp("s")),
            "kind": pa.array(["CANARYDICT"]).dictionary_encode(),
            "big": pa.array(["CANARYBIG"], pa.large_string()),
            "view": pa.array(["CANARYVIEW"], pa.string_view()),
            "nothing": pa.nulls(1),
            "span": pa.array([datetime.timedelta(days=1)]),
        }
    )
    contents = list(walk("x.arrow", _write("stream", table)))
    assert gaps(contents) == []
    seen = everything(contents)
    assert [c for c in ("홍길동", "010-1234-5678", "CANARYDICT", "CANARYBIG", "CANARYVIEW") if c not in seen] == []


@pytest.mark.parametrize("kind", KINDS)
def test_cut_or_damaged_files_are_no_clean_ones(kind: str) -> None:
    table = pa.table({"ci": CANARIES, "n": range(len(CANARIES))})
    file = io.BytesIO()
    if kind == "parquet":
        pq.write_table(table, file, compression="none", use_dictionary=False, row_group_size=50)
        data = file.getvalue()
    else:
        data = _write(kind, table)
    for number, (damaged, cut) in enumerate(mutations(data, 60, kind, first=8)):
        contents = list(walk(f"x.{kind}", damaged))
        seen = everything(contents)
        missing = [c for c in CANARIES if c.encode() in damaged and c not in seen]
        # Without checksums nothing tells that a flipped length moved the end of a value or two.
        assert len(missing) <= 2 or gaps(contents), f"mutation {number}: {missing[:3]}"
        if cut and kind != "stream":
            assert gaps(contents)


MEMORY = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import pyarrow as pa, pyarrow.parquet as pq
from extracting import walk
from memory import Growth
table = pa.table({{"n": pa.array(range(3_000_000)), "s": pa.array(["abcdefgh"]).take(pa.array([0] * 3_000_000))}})
pq.write_table(table, {file!r}, row_group_size=3_000_000, use_dictionary=False)
del table
rows = 0
with Growth() as growth:
    for item in walk("x.parquet", open({file!r}, "rb").read()):
        rows += len(item.arrays[0])
assert rows == 3_000_000
print(growth.grown >> 20)
"""


def test_one_long_row_group_takes_little_memory(tmp_path: Path) -> None:
    code = MEMORY.format(root=str(ROOT), tests=str(ROOT / "tests"), file=str(tmp_path / "x.parquet"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 300


@pytest.mark.parametrize("many", [1, 4, 8, 64])
def test_a_byte_too_many_or_too_few_is_told(many: int) -> None:
    file = io.BytesIO()
    feather.write_feather(pa.table({"ci": CANARIES}), file, compression="uncompressed")
    data = file.getvalue()
    at = data.index(b"CANARY0100X")
    assert gaps(list(walk("users.feather", data))) == []
    for damaged in (data[:at] + data[at + many :], data[:at] + bytes(many) + data[at:]):
        contents = list(walk("users.feather", damaged))
        assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]
        assert "CANARY0099X" in everything(contents) and "0190XCANARY0191X" in everything(contents)
        assert len(tables(contents)) == 1
