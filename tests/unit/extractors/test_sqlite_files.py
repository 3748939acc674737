"""SQLite: live rows by column, values that are files, deleted rows, write-ahead logs, damaged files."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
import zlib
from pathlib import Path

import pytest
from damage import mutations
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode

LIVE = [f"LIVE{number:04d}X" for number in range(120)]
GONE = [f"GONE{number:04d}X" for number in range(120)]


def _database(path: Path, *script: str, then: str = "") -> bytes:
    file = path / "app.db"
    database = sqlite3.connect(file)
    database.execute("pragma secure_delete = off")
    for line in script:
        database.execute(line)
    with database:
        database.executemany(
            "insert into users (name, phone, ci) values (?, ?, ?)",
            [
                (f"홍길동{n % 7}", f"010-1234-{n:04d}", c)
                for n, c in enumerate(x for pair in zip(LIVE, GONE, strict=True) for x in pair)
            ],
        )
    if then:
        database.executescript(then)
    database.close()
    return file.read_bytes()


USERS = "create table users (id integer primary key, name text, phone text, ci varchar(88))"


def test_rows_come_with_their_table_and_column_names(tmp_path: Path) -> None:
    data = _database(
        tmp_path,
        USERS,
        'create table "주문 내역" (a, "b ""c" text)',
        "create table tight (a integer, b text) strict",
        "create table pairs (k text primary key, v text) without rowid",
        "create table made (a text, b text generated always as (a || '!') virtual)",
        "create virtual table notes using fts5(body)",
        "create view v as select * from users",
        "insert into notes values ('검색되는 메모 CANARYFTS')",
        "insert into pairs values ('key1', 'CANARYPAIR')",
        "insert into made (a) values ('CANARYMADE')",
        """insert into "주문 내역" values (1.0, 'CANARYQUOTED')""",
    )
    contents = list(walk("app.db", data))
    assert choose(data[:65_536], "app.db") == "sqlite"
    assert gaps(contents) == []
    found = rows(contents, "users")
    assert found[0] == {"id": "1", "name": "홍길동0", "phone": "010-1234-0000", "ci": "LIVE0000X"}
    assert len(found) == 240
    assert rows(contents, "주문 내역") == [{"a": "1", 'b "c': "CANARYQUOTED"}]
    assert rows(contents, "made") == [{"a": "CANARYMADE", "b": "CANARYMADE!"}]
    assert "CANARYPAIR" in everything(contents)
    assert "CANARYFTS" in everything(contents)
    assert not rows(contents, "v")
    assert all(table.lines is None for table in tables(contents))


def test_a_live_value_is_seen_once(tmp_path: Path) -> None:
    seen = everything(walk("app.db", _database(tmp_path, USERS, "create index i on users (ci)")))
    assert [canary for canary in LIVE + GONE if seen.count(canary) != 1] == []


@pytest.mark.parametrize("then", ["delete from users where ci like 'GONE%'", "delete from users", "drop table users"])
def test_deleted_rows_are_found_and_live_ones_once(tmp_path: Path, then: str) -> None:
    data = _database(tmp_path, USERS, then=then)
    contents = list(walk("app.db", data))
    seen = everything(contents)
    missing = [c for c in GONE if c.encode() in data and c not in seen]
    assert missing == []
    assert len([c for c in GONE if c in seen]) >= 80  # what SQLite itself has written over is gone
    if "GONE" in then:
        assert [c for c in LIVE if seen.count(c) != 1] == []
        named = [row for row in rows(contents, "users (deleted)") if row.get("ci", "").startswith("GONE")]
        assert len(named) > 50, "most deleted rows keep their columns"
        assert all(row["phone"].startswith("010-") for row in named)


def test_values_that_are_files_are_opened(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("users.txt", "CANARYZIP " * 10)
    file = tmp_path / "app.db"
    database = sqlite3.connect(file)
    with database:
        database.execute("create table files (name text, body blob)")
        rows_ = [("a.zip", packed.getvalue()), ("z", zlib.compress("연락처 CANARYZLIB".encode())), ("t", b"CANARYTEXT"),
                 ("r", bytes(range(0x90, 0x100)) + b"CANARYRAW0")]  # fmt: skip
        database.executemany("insert into files values (?, ?)", rows_)
    database.close()
    contents = list(walk("app.db", file.read_bytes()))
    seen = everything(contents)
    assert [c for c in ("CANARYZIP", "CANARYZLIB", "CANARYTEXT", "CANARYRAW0") if c not in seen] == []
    assert any(
        gap.code == GapCode.UNSUPPORTED_FILE_TYPE and "binary values in table files" in gap.detail
        for gap in gaps(contents)
    )


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    data = _database(tmp_path, f"pragma encoding = '{encoding}'", USERS, then="delete from users where ci like 'GONE%'")
    contents = list(walk("app.db", data))
    seen = everything(contents)
    assert rows(contents, "users")[0]["name"] == "홍길동0"
    codec = encoding.lower().replace("utf-16", "utf-16-")
    # A freed row's head is written over: where two readings of the rest make sense in UTF-16, one row may come out wrong.
    assert len([c for c in GONE if c.encode(codec) in data and c not in seen]) <= 1
    assert sum(c in seen for c in GONE) > 60


def test_a_write_ahead_log_alone_is_read(tmp_path: Path) -> None:
    file = tmp_path / "app.db"
    database = sqlite3.connect(file)
    database.execute("pragma journal_mode = wal")
    database.execute(USERS)
    with database:
        database.executemany(
            "insert into users (name, phone, ci) values (?, ?, ?)", [("홍길동", "010", c) for c in LIVE]
        )
    data = Path(f"{file}-wal").read_bytes()
    database.close()
    contents = list(walk("app.db-wal", data))
    assert [c for c in LIVE if c not in everything(contents)] == []
    assert gaps(contents) == []
    found = [row for row in rows(contents) if "LIVE0000X" in row.values()]
    assert "홍길동" in found[0].values()


def test_a_cut_or_damaged_database_is_no_clean_one(tmp_path: Path) -> None:
    data = _database(tmp_path, USERS, then="delete from users where ci like 'GONE%'")
    for number, (damaged, cut) in enumerate(mutations(data, 200, 7)):
        contents = list(walk("app.db", damaged))
        seen = everything(contents)
        missing = [c for c in LIVE if c.encode() in damaged and c not in seen]
        assert not missing or gaps(contents), f"mutation {number}: {missing[:3]}"
        if cut and len(damaged) > 100:
            assert gaps(contents)


def test_what_stands_behind_the_database_is_read_as_a_file(tmp_path: Path) -> None:
    data = _database(tmp_path, USERS)
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", "name,ci\nHIDDEN01X,HIDDEN02X\n")
    for behind in (hidden.getvalue(), b"name,ci\nHIDDEN01X,HIDDEN02X\n"):
        contents = list(walk("app.db", data + behind))
        assert "HIDDEN02X" in everything(contents)
        assert set(LIVE) <= set(everything(contents).split())
        assert [item for item in contents if getattr(item, "asset", None) and "!/behind its end" in item.asset.path]
        assert gaps(contents) == []
    set_aside = list(walk("app.db", data + bytes(5000)))
    assert everything(set_aside) == everything(list(walk("app.db", data)))
    assert gaps(set_aside) == []


def test_an_encrypted_database_is_a_gap() -> None:
    data = random.Random(1).randbytes(20_000)
    contents = list(walk("app.db", data))
    assert [gap.code for gap in gaps(contents)] == [GapCode.UNSUPPORTED_FILE_TYPE]
    assert sum(len(text.text) for text in texts(contents)) < 2_000
