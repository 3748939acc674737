"""The printable-run pass: what a person finds with `strings` is found, in every encoding, and noise is not."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest
from extracting import OneWay, everything, gaps, texts, walk

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode
from testbed.packages import find

NOISE = random.Random(5).randbytes(200_000)
SAID = "고객 홍길동 연락처 010-1234-5678"
THAI = "ชื่อ สมชาย ใจดี โทรศัพท์ 081-234-5678 กรุงเทพมหานคร"


@pytest.mark.parametrize("place", [0, 1, 4_097, 100_001])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp949"])
def test_text_among_noise_is_found(encoding: str, place: int) -> None:
    data = b"\x01\x02\xff\0" + NOISE[:place] + b"\0" + SAID.encode(encoding) + b"\0\0\0" + NOISE[place:]
    contents = list(walk("memory.dmp", data))
    assert SAID in everything(contents)
    (text,) = [text for text in texts(contents) if SAID in text.text]
    start = int(text.part.removeprefix("byte 0x"), 16)
    assert start <= data.index(SAID.encode(encoding)) < start + 16_384
    assert [gap.code for gap in gaps(contents)] == [GapCode.UNSUPPORTED_FILE_TYPE]


def test_priors_open_thai_and_chinese() -> None:
    for encoding, said in (("cp874", THAI), ("gb18030", "客户 张伟 电话 13812345678 北京市朝阳区")):
        data = NOISE[:50_000] + b"\0" + said.encode(encoding) + b"\0" + NOISE[:50_000]
        assert said in everything(walk("memory.dmp", data, encodings=(encoding,)))


def test_a_run_over_a_block_end_is_whole() -> None:
    for shift in range(-40, 5, 7):
        data = bytes([1]) * ((1 << 20) + shift) + SAID.encode() + b"\1" * 100
        seen = everything(walk("memory.dmp", data))
        assert seen.count("010-1234-5678") == 1
    line = b"\1\2\3" + b"".join(b"entry %07d, " % n for n in range(200_000)) + b"\1\2\3"
    found = everything(walk("memory.dmp", line))
    assert all(f"entry {n:07d}" in found for n in range(0, 200_000, 997))


def test_a_length_before_a_value_is_cut_off() -> None:
    ci = "A1b2" * 21 + "xy=="
    data = (
        b"\1\2\3\0\0\xff"
        + bytes([len(ci)])
        + ci.encode()
        + b"\x0d010-1234-5678\0\x01"
        + bytes([64])
        + b"d" * 64
        + b"\0\2"
    )
    lines = everything(walk("rows.bin", data)).split("\n")
    assert ci in lines and "d" * 64 in lines


def test_small_reads_change_nothing() -> None:
    data = NOISE[:60_000] + SAID.encode() + NOISE[:60_000]
    assert everything(walk("x.bin", OneWay(data, at_once=997))).count(SAID) == 1


def test_noise_and_compressed_data_say_next_to_nothing() -> None:
    contents = list(walk("x.bin", NOISE))
    assert sum(len(text.text) for text in texts(contents)) < len(NOISE) // 50


def test_it_is_fast() -> None:
    data = random.Random(2).randbytes(8 << 20)
    list(walk("x.bin", data[: 1 << 20]))
    began = time.process_time()
    list(walk("x.bin", data))
    assert time.process_time() - began < 8 / 5, "at least 5 MB a second even on a machine shared by many"


def test_programs_keep_their_gap_and_dumps_of_memory_are_searched() -> None:
    program = Path("/bin/ls").read_bytes()
    assert not texts(list(walk("ls", program)))
    core = program[:16] + b"\x04\0" + program[18:64] + b"\0" + SAID.encode() + b"\0"
    assert choose(core, "core.123") == "binary"
    assert SAID in everything(walk("core.123", core))


def test_rows_of_an_innodb_table_deleted_ones_too(tmp_path: Path) -> None:
    install, server = find("mariadb-install-db"), find("mariadbd")
    assert install and server, "apt-get install mariadb-server"
    data, ci = tmp_path / "data", "A1b2" * 21 + "xy=="
    reverse = f"{ci[::-1][4:]}zz=="
    sql = (
        "\n".join(
            (
                "create database if not exists s;",
                "use s;",
                "drop table if exists u;",
                "create table u (id int primary key auto_increment, nick varchar(50), phone varchar(20), ci varchar(88), email varchar(80));",
                "insert into u (nick, phone, ci, email) values ('LIVE', '010-1234-5678', '%s', 'a@b.kr'), ('GONE', '010-9999-8888', '%s', 'c@d.kr');",
                "delete from u where id = 2;\n",
            )
        )
        .replace("%s", ci, 1)
        .replace("%s", reverse)
    )
    subprocess.run(
        [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--user=root"],
        check=True, capture_output=True,
    )  # fmt: skip
    options = [
        "--no-defaults",
        "--user=root",
        f"--datadir={data}",
        "--bootstrap",
        "--innodb-fast-shutdown=1",
        "--default-storage-engine=InnoDB",
    ]
    table = b""
    for _ in range(8):  # a moment after the deletion MariaDB clears a row's bytes: then nobody can find them
        subprocess.run([server, *options], input=sql, text=True, check=True, capture_output=True)
        table = (data / "s" / "u.ibd").read_bytes()
        if reverse.encode() in table:
            break
    lines = everything(walk("u.ibd", table)).split("\n")
    assert [v for v in ("010-1234-5678", "010-9999-8888", ci, reverse, "a@b.kr") if v not in lines] == []
