"""Dumps that PostgreSQL's pg_dump wrote, in all its formats, whole and damaged."""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from damage import mutations
from extracting import OneWay, everything, gaps, rows, tables, walk

from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Content, Member

COUNT = 3000
CANARIES = [f"CANARY{number:05}X" for number in range(COUNT)]
SCRIPT = """
create table users (id int, "이름" text, ci text);
insert into users select i, '홍길동', 'CANARY' || lpad(i::text, 5, '0') || 'X' from generate_series(0, 2999) i;
create schema hr;
create table hr."Other Table" (a text, b text);
insert into hr."Other Table" values ('tab\there', null), ('OTHERCANARY', 'line' || chr(10) || 'end');
comment on table users is 'COMMENTCANARY';
create table nothing (x int);
select lo_from_bytea(0, 'OBJECTCANARY 1');
select lo_from_bytea(0, decode(repeat('4f424a32', 30000), 'hex'));
"""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        found = str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
    return found


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small database, dumped in every format."""
    base = Path("/tmp") / f"pg{os.getpid()}"  # the path of a socket is short, and the server's user must reach it
    base.mkdir(mode=0o755)
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(base, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(base / "data")
    options = f"-p {port} -c listen_addresses= -c unix_socket_directories={base} -c fsync=off"
    env = {**os.environ, "PGHOST": str(base), "PGPORT": str(port), "PGUSER": "postgres", "LC_ALL": "C.UTF-8"}

    def run(*command: str, stdin: bytes = b"") -> bytes:
        return subprocess.run(command, env=env, cwd=base, input=stdin, capture_output=True, check=True).stdout

    try:
        run(*user, _program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        subprocess.run(
            [*user, _program("pg_ctl"), "-D", data, "-w", "-l", str(base / "log"), "-o", options, "start"],
            check=True, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        run("psql", "-q", "-v", "ON_ERROR_STOP=1", stdin=SCRIPT.encode())
        out = tmp_path_factory.mktemp("dumps")
        run("pg_dump", "-Fc", "-f", str(out / "custom.dump"))
        (out / "piped.dump").write_bytes(run("pg_dump", "-Fc"))
        (out / "stored.dump").write_bytes(run("pg_dump", "-Fc", "-Z0"))
        (out / "inserts.dump").write_bytes(run("pg_dump", "-Fc", "--inserts"))
        run("pg_dump", "-Ft", "-f", str(out / "dump.tar"))
        run("pg_dump", "-Fd", "-f", str(out / "folder"))
        (out / "plain.sql").write_bytes(run("pg_dump"))
        for name, first in (("first.tar", True), ("last.tar", False)):
            with tarfile.open(out / name, "w") as archive:
                for path in sorted((out / "folder").iterdir(), key=lambda path: (path.name == "toc.dat") != first):
                    archive.add(path, f"dump/{path.name}")
        found = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
        found |= {f"folder/{path.name}": path.read_bytes() for path in (out / "folder").iterdir()}
    finally:
        subprocess.run([*user, _program("pg_ctl"), "-D", data, "-m", "immediate", "stop"], check=False, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        shutil.rmtree(base, ignore_errors=True)
    return found


KINDS = ["custom.dump", "piped.dump", "stored.dump", "inserts.dump", "dump.tar", "first.tar", "last.tar"]


@pytest.mark.parametrize("name", KINDS)
def test_rows_come_with_the_names_of_their_table_and_columns(dumps: dict[str, bytes], name: str) -> None:
    contents = list(walk(name, dumps[name]))
    assert gaps(contents) == []
    found = rows(contents, "public.users")
    assert [row["ci"] for row in found[:COUNT]] == CANARIES
    assert found[5] == {"id": "5", "이름": "홍길동", "ci": CANARIES[5]}
    others = [table for table in tables(contents) if table.name == "hr.Other Table"]
    assert others[0].columns == ("a", "b")
    assert rows(contents, "hr.Other Table")[:2] == [{"a": "tab\there"}, {"a": "OTHERCANARY", "b": "line\nend"}]
    assert "COMMENTCANARY" in everything(contents)


@pytest.mark.parametrize("name", KINDS)
def test_large_objects_are_read(dumps: dict[str, bytes], name: str) -> None:
    seen = everything(walk(name, dumps[name]))
    assert "OBJECTCANARY 1" in seen
    assert seen.count("OBJ2") >= 30_000


def test_rows_are_numbered_and_no_line_is_named_that_nobody_has(dumps: dict[str, bytes]) -> None:
    first = next(table for table in tables(list(walk("x", dumps["custom.dump"]))) if table.name == "public.users")
    assert (first.first_row, first.lines) == (1, None)
    parts = {
        item.part for item in walk("x", dumps["custom.dump"]) if hasattr(item, "part") and not hasattr(item, "lines")
    }
    assert "as pg_restore -f - writes it" in parts


def test_a_table_of_contents_alone_gives_definitions(dumps: dict[str, bytes]) -> None:
    contents = list(walk("toc.dat", dumps["folder/toc.dat"]))
    assert gaps(contents) == []
    assert "COMMENTCANARY" in everything(contents)


def test_small_reads_change_nothing(dumps: dict[str, bytes]) -> None:
    data = dumps["custom.dump"]
    assert everything(walk("x", OneWay(data, at_once=997))) == everything(walk("x", data))


def _recompressed(data: bytes, algorithm: int, compress: list[str]) -> bytes:
    """The dump as pg_dump 16 writes it with LZ4 or Zstandard, made from one that is not compressed."""
    from auditor.extractors._data.pgdump_toc import DumpReader

    stream = io.BytesIO(data)
    reader = DumpReader(stream)
    head = reader.head()
    entries = list(reader.entries(head))
    blocks = []
    while not reader.at_end():
        kind, number = reader.byte(), reader.integer()
        if kind != 1:
            break
        blocks.append((number, b"".join(reader.chunks())))

    def integer(value: int) -> bytes:
        return bytes([value < 0]) + abs(value).to_bytes(4, "little")

    def string(value: bytes | str | None) -> bytes:
        value = value.encode() if isinstance(value, str) else value
        return integer(-1) if value is None else integer(len(value)) + value

    out = (
        b"PGDMP"
        + bytes([1, 16, 0, 4, 8, 1, algorithm])
        + integer(0) * 7
        + string("db")
        + string("16.4")
        + string("16.4")
    )
    out += integer(len(entries))
    for entry in entries:
        out += integer(entry.number) + integer(1) + string("0") + string("0") + string(entry.tag) + string(entry.kind)
        out += (
            integer(2) + string(entry.definition) + string("") + string(entry.copy) + string(entry.schema) + string("")
        )
        out += string("heap") + integer(114) + string(entry.owner) + string("false") + string(None)
        out += bytes([1 if entry.data and entry.kind == "TABLE DATA" else 3]) + bytes(8)
    for number, content in blocks:
        packed = subprocess.run(compress, input=content, capture_output=True, check=True).stdout
        out += b"\1" + integer(number) + integer(len(packed)) + packed + integer(0)
    return out


@pytest.mark.parametrize(
    ("algorithm", "compress"), [(0, ["cat"]), (2, ["lz4", "-c"]), (3, ["zstd", "-c"])], ids=["none", "lz4", "zstd"]
)
def test_what_pg_dump_16_may_write(dumps: dict[str, bytes], algorithm: int, compress: list[str]) -> None:
    contents = list(walk("x", _recompressed(dumps["stored.dump"], algorithm, compress)))
    assert gaps(contents) == []
    assert [row["ci"] for row in rows(contents, "public.users")] == CANARIES


def test_an_unknown_version_names_the_cure() -> None:
    (gap,) = [gap for gap in gaps(list(walk("x", b"PGDMP\1\x63" + bytes(200)))) if "pg_restore" in gap.detail]
    assert gap.code == GapCode.UNSUPPORTED_FILE_TYPE
    assert "pg_restore -f -" in gap.detail


def test_a_block_that_is_damaged_costs_itself_alone(dumps: dict[str, bytes]) -> None:
    data = bytearray(dumps["custom.dump"])
    at = data.rindex(b"\x78\x9c", 0, data.rindex(b"\x78\x9c"))  # one of the data streams' beginnings
    data[at + 1] ^= 0xFF
    contents = list(walk("x", bytes(data)))
    assert GapCode.MALFORMED_FILE in {gap.code for gap in gaps(contents)}
    assert "COMMENTCANARY" in everything(contents)


@pytest.mark.parametrize(
    ("name", "rounds"), [("stored.dump", 60), ("custom.dump", 80), ("dump.tar", 40), ("first.tar", 30)]
)
def test_damage_anywhere_is_told(dumps: dict[str, bytes], name: str, rounds: int) -> None:
    data = dumps[name]
    for turn, (damaged, cut) in enumerate(mutations(data, rounds, name, first=7)):
        contents = list(walk(name, damaged))
        if damaged[:5] == b"PGDMP" or name.endswith("tar"):
            seen = set(re.findall(r"CANARY\d{5}X", everything(contents)))
            wanted = set(CANARIES)
            if name in ("stored.dump", "dump.tar"):
                wanted &= {each.decode() for each in re.findall(rb"CANARY\d{5}X", damaged)}
            if cut or name != "first.tar":  # libarchive does not compare the checksums of gzip
                assert gaps(contents) or wanted <= seen, turn


def test_memory_and_time_are_bounded(dumps: dict[str, bytes]) -> None:
    for limits, code in (
        (Limits(seconds_per_asset=0.0), GapCode.TIME_CUT_OFF_REACHED),
        (Limits(expanded_bytes=10_000), GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT),
    ):
        assert code in {gap.code for gap in gaps(list(walk("x", dumps["custom.dump"], limits=limits)))}
    head = b"PGDMP\1\x0e\0\4\x08\1" + b"\0" + (0).to_bytes(4, "little")
    huge = head + (b"\0" + bytes(4)) * 7 + b"\0" + (1 << 31).to_bytes(4, "little")
    assert {gap.code for gap in gaps(list(walk("x", huge)))} == {GapCode.MALFORMED_FILE}


def test_a_member_that_nobody_reads_does_not_stop_the_rest(dumps: dict[str, bytes]) -> None:
    from extracting import source_of

    from auditor.extractors.identify import extract
    from auditor.extractors.limits import Budget
    from auditor.model.asset import Asset

    source = source_of(Asset(target="t", path="x"), OneWay(dumps["custom.dump"]))
    items: Iterator[Content] = extract(source, Budget(Limits()))
    kinds = [type(item) for item in items]
    assert kinds.count(Member) == 2
