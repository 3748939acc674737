"""The journal: every command, requests by kind, in order, from any thread."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from auditor.journal import Conduct, Journal


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_commands_stand_alone_and_requests_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "out" / "journal.jsonl"
    with Journal(path) as journal:
        conduct = Conduct("dev", journal=journal)
        for _ in range(3):
            conduct.ask("sftp read", 2)
        conduct.took(1000)
        conduct.command("tar --create", paths=7)
        conduct.ask("sftp open")
    found = lines(path)
    assert all(str(line.pop("at")).endswith("+00:00") for line in found)
    assert found == [
        {"target": "dev", "did": "requests", "requests": {"sftp read": 6}, "bytes": 1000},
        {"target": "dev", "did": "command", "command": "tar --create", "paths": 7},
        {"target": "dev", "did": "requests", "requests": {"sftp open": 1}, "bytes": 0},
    ]


def test_the_next_run_goes_on_behind(tmp_path: Path) -> None:
    for _ in range(2):
        with Journal(tmp_path / "j") as journal:
            journal.write("dev", "connected")
    assert len(lines(tmp_path / "j")) == 2


def test_threads_lose_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal, ThreadPoolExecutor(8) as threads:
        conduct = Conduct("dev", journal=journal)
        list(threads.map(lambda number: (conduct.ask("s3 GetObject"), conduct.took(number)), range(2000)))
    counts = [line for line in lines(tmp_path / "j") if line["did"] == "requests"]
    assert sum(dict(line["requests"])["s3 GetObject"] for line in counts) == 2000  # type: ignore[call-overload]
    assert sum(int(str(line["bytes"])) for line in counts) == sum(range(2000))
