"""How fast a table is read from a real server on loopback, beside the server's own client: ``python -m benchmarks.databases [--rows N]``.

Each line: seconds and rows a second of the client's own export, of the scanner's stream, of the stream through the extractor that a
worker runs, and (PostgreSQL) of the stream through an SSH connection.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset
from auditor.model.content import Source, Table
from auditor.model.engagement import DatabaseTarget, SshTarget
from auditor.scanners.database import scanner_of
from auditor.streams import peek
from testbed.mariadb import MariaDb
from testbed.postgres import Postgres
from testbed.redis import Redis
from testbed.s3 import short_folder
from testbed.sshd import Sshd


def _told(name: str, rows: int, work: Callable[[], int]) -> None:
    best = 0.0
    for _ in range(2):
        began = time.perf_counter()
        done = work()
        taken = time.perf_counter() - began
        assert done in (rows, -1), f"{name}: {done} of {rows} rows"
        best = min(best, taken) if best else taken
    print(f"  {name:<42} {best:6.2f} s  {rows / best:>12,.0f} rows/s", flush=True)


def _table(target: DatabaseTarget, path: str) -> Asset:
    scanner = scanner_of(target)
    found = next(item for item in scanner.scan() if isinstance(item, Asset) and item.path == path)
    scanner.close()
    return found


def _stream(target: DatabaseTarget, asset: Asset) -> int:
    scanner = scanner_of(target)
    with scanner.open(asset) as stream:
        while stream.read(1 << 20):
            pass
    scanner.close()
    return -1


def _extracted(target: DatabaseTarget, asset: Asset) -> int:
    scanner = scanner_of(target)
    rows = 0
    with scanner.open(asset) as stream:
        head, whole = peek(stream)
        for item in extract(Source(asset=asset, head=head, stream=whole), Budget(Limits())):
            rows += len(item.arrays[0]) if isinstance(item, Table) else 0
    scanner.close()
    return rows


def _client(command: list[str]) -> int:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return -1


def postgres(folder: Path, rows: int) -> None:
    """COPY."""
    with Postgres(folder=folder / "postgres") as server, Sshd(folder=folder / "ssh", allow_tcp_forwarding=True) as sshd:
        server.sql(
            f"create table t as select g as id, repeat(md5(g::text), 2) || '==' as ci, 'nick' || g as nickname, "
            f"'010' || (10000000 + g)::text as phone, now() as joined from generate_series(1, {rows}) g; analyze"
        )  # fmt: skip
        target = DatabaseTarget(
            name="t", engine="postgresql", host=server.host, port=server.port, user="postgres", database="postgres"
        )
        through = SshTarget(
            name="s", host=sshd.host, port=sshd.port, user=sshd.user, host_key=sshd.host_key_fingerprint, key_file=sshd.client_key, agent=False
        )  # fmt: skip
        asset = _table(target, "public.t")
        print("PostgreSQL")
        psql = [
            "psql",
            "-X",
            "-q",
            "-h",
            server.host,
            "-p",
            str(server.port),
            "-U",
            "postgres",
            "-c",
            "copy t to stdout (format csv)",
        ]
        _told("psql COPY", rows, lambda: _client(psql))
        _told("stream", rows, lambda: _stream(target, asset))
        _told("stream and extractor", rows, lambda: _extracted(target, asset))
        _told("stream through SSH", rows, lambda: _stream(replace(target, via=through), asset))


def mariadb(folder: Path, rows: int) -> None:
    """Unbuffered SELECT."""
    with MariaDb(folder=folder / "mariadb") as server:
        server.sql(
            f"create database b; use b; create table t as select seq as id, concat(repeat(md5(seq), 2), '==') as ci, concat('nick', seq) as nickname, "
            f"concat('010', 10000000 + seq) as phone, now() as joined from seq_1_to_{rows}; create user u identified by ''; grant select on *.* to u"
        )  # fmt: skip
        target = DatabaseTarget(name="t", engine="mysql", host=server.host, port=server.port, user="u")
        asset = _table(target, "b.t")
        print("MariaDB")
        client = [
            "mariadb",
            "--no-defaults",
            "-h",
            server.host,
            "-P",
            str(server.port),
            "-u",
            "u",
            "--quick",
            "-N",
            "-B",
        ]
        _told("mariadb --quick", rows, lambda: _client([*client, "-e", "select * from b.t"]))
        _told("stream", rows, lambda: _stream(target, asset))
        _told("stream and extractor", rows, lambda: _extracted(target, asset))


def redis(folder: Path, rows: int) -> None:
    """SCAN, TYPE and HSCAN of hashes with four fields."""
    with Redis(folder=folder / "redis") as server:
        script = "for i = 1, tonumber(ARGV[1]) do redis.call('hset', 'member:' .. i, 'ci', string.rep('a', 86) .. '==', 'nickname', 'n' .. i, 'phone', '010', 'n', i) end"
        server.cli("EVAL", script, "0", str(rows))
        target = DatabaseTarget(name="t", engine="redis", host=server.host, port=server.port)
        asset = _table(target, "db0")
        print("Redis")
        _told(
            "redis-cli --rdb",
            rows,
            lambda: _client(["redis-cli", "-p", str(server.port), "--rdb", str(folder / "dump.rdb")]),
        )
        _told("stream", rows, lambda: _stream(target, asset))
        _told("stream and extractor", rows, lambda: _extracted(target, asset))


def main() -> None:
    """Each server in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.databases", description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=500_000)
    rows = parser.parse_args().rows
    folder = short_folder("bd-")
    folder.chmod(0o755)
    try:
        postgres(folder, rows)
        mariadb(folder, rows)
        redis(folder, rows // 5)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
