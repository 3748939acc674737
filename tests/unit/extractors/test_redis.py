"""Redis: dumps and append-only files written by a real server."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from damage import mutations
from extracting import everything, gaps, rows, walk

from auditor.extractors.identify import choose
from auditor.model.asset import GapCode
from testbed.packages import find

CANARIES = [f"CANARY{number:04d}X" for number in range(150)]


class _Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = find("redis-server")
        assert program is not None, "apt-get install redis-server"
        path = folder / "s"
        self._process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", str(path), "--dir", str(folder), "--save", "", "--appendonly", "yes",
             "--aof-use-rdb-preamble", "no", "--daemonize", "no"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._socket = socket.socket(socket.AF_UNIX)
        for _ in range(1200):
            try:
                self._socket.connect(str(path))
                break
            except OSError:
                time.sleep(0.05)
        self._file = self._socket.makefile("rb")

    def __call__(self, *words: str | bytes) -> bytes:
        parts = [word.encode() if isinstance(word, str) else word for word in words]
        self._socket.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        answer = bytes(self._file.readline())
        return bytes(self._file.readline()) if answer.startswith(b"$") else answer

    def stop(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait()


def _appended(folder: Path, last: bytes) -> bytes:
    """The append-only file, once it holds the last command: Redis writes it some seconds later while the disk is busy."""
    for _ in range(600):
        aof = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.incr.aof")) or sorted(folder.glob("*.aof")))
        if last in aof and aof.endswith(b"\r\n"):
            return aof
        time.sleep(0.05)
    raise AssertionError("Redis did not write its append-only file within half a minute")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, bytes]]:
    """A dump and an append-only file with all kinds of keys."""
    folder = tmp_path_factory.mktemp("redis")
    server = _Server(folder)
    for number, canary in enumerate(CANARIES[:100]):
        server("HSET", f"user:{number}", "name", "홍길동", "phone", f"010-1234-{number:04d}", "ci", canary)
    server("SET", "plain", CANARIES[100])
    server("SET", "long", (CANARIES[101] + " 같은 말을 되풀이한다 ") * 200)  # LZF
    server("SET", "expiring", CANARIES[102], "EX", "5000")
    server("SET", "number", "1234567890")
    server("RPUSH", "list", *CANARIES[103:110])
    server("RPUSH", "biglist", *[CANARIES[110] + "x" * 9000, CANARIES[111]])
    server("SADD", "ints", "1", "70000", "9012345678901")
    server("SADD", "set", *CANARIES[112:115])
    server("SADD", "bigset", *[f"{CANARIES[115]}-{n}" for n in range(600)])
    server("ZADD", "zset", "1.5", CANARIES[116], "2", CANARIES[117])
    server("ZADD", "bigzset", *[word for n in range(200) for word in (str(n), f"{CANARIES[118]}-{n}")])
    server("HSET", "bighash", *[word for n in range(700) for word in (f"f{n}", f"{CANARIES[119]}-{n}")])
    server("SELECT", "3")
    server("SET", "연락처", CANARIES[120])
    server("SET", "korean", "홍길동 010-2222-3333".encode("cp949"))
    server(
        "EVAL",
        "return redis.call('SET', 'json', ARGV[1])",
        "0",
        '{"phone": "010-3333-4444", "ci": "' + CANARIES[121] + '"}',
    )
    assert server("SAVE") == b"+OK\r\n"
    dump = (folder / "dump.rdb").read_bytes()
    yield dump, _appended(folder, CANARIES[121].encode())
    server.stop()


USED = CANARIES[:122]


def test_a_dump_gives_keys_and_fields(files: tuple[bytes, bytes]) -> None:
    dump, _ = files
    assert choose(dump[:65_536], "dump.rdb") == "redis"
    contents = list(walk("dump.rdb", dump))
    assert gaps(contents) == []
    assert [c for c in USED if c not in everything(contents)] == []
    found = rows(contents)
    assert {"key": "user:7", "name": "홍길동", "phone": "010-1234-0007", "ci": "CANARY0007X"} in found
    assert {"key": "plain", "value": CANARIES[100]} in found
    assert {"key": "연락처", "value": CANARIES[120]} in rows(contents, "db3")
    assert {"key": "korean", "value": "홍길동 010-2222-3333"} in found
    assert {"key": "number", "value": "1234567890"} in found
    assert {"key": "ints", "value": "9012345678901"} in found
    assert {"key": "zset", "value": CANARIES[116], "score": "1.5"} in found
    assert sum(row.get("key") == "bigset" for row in found) == 600


def test_an_append_only_file_gives_keys_and_fields(files: tuple[bytes, bytes]) -> None:
    _, aof = files
    assert choose(aof[:65_536], "appendonly.aof") == "redis"
    contents = list(walk("appendonly.aof", aof))
    assert gaps(contents) == []
    assert [c for c in USED if c not in everything(contents)] == []
    assert {"key": "user:7", "name": "홍길동", "phone": "010-1234-0007", "ci": "CANARY0007X"} in rows(contents)


def test_an_append_only_file_behind_a_dump(files: tuple[bytes, bytes]) -> None:
    dump, aof = files
    contents = list(walk("appendonly.aof", dump + aof))
    assert gaps(contents) == []
    assert everything(contents).count("CANARY0007X") == 2


def test_a_stream_is_unknown_and_says_so(tmp_path: Path) -> None:
    server = _Server(tmp_path)
    server("SET", "a", CANARIES[0])
    server("XADD", "events", "*", "name", CANARIES[1])
    server("SAVE")
    dump = (tmp_path / "dump.rdb").read_bytes()
    server.stop()
    contents = list(walk("dump.rdb", dump))
    assert {gap.code for gap in gaps(contents)} == {GapCode.UNSUPPORTED_FILE_TYPE}
    assert CANARIES[1] in everything(contents)


@pytest.mark.parametrize("which", [0, 1])
def test_cut_or_damaged_files_are_no_clean_ones(files: tuple[bytes, bytes], which: int) -> None:
    data = files[which]
    for number, (damaged, cut) in enumerate(mutations(data, 130, which, first=10)):
        contents = list(walk("x", damaged))
        seen = everything(contents)
        missing = [c for c in USED if c.encode() in damaged and c not in seen]
        assert not missing or gaps(contents), f"mutation {number}: {missing[:3]}"
        if cut and which == 0:
            assert gaps(contents)
