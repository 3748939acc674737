"""Files long enough to be examined in parts, once a part is PART bytes long."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PART: Final = 128 << 10


def write_long_files(folder: Path, seed: int = 5) -> Path:
    """A new folder: a table with cells of several lines and a quote that is never closed, a log, JSON Lines, and two that are not cut."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)

    def phone() -> str:
        return f"010-{rng.randrange(2000, 9999)}-{rng.randrange(1000, 9999)}"

    def rows() -> Iterator[str]:
        yield "no,phone,memo,created_at\n"
        for number in range(6000):
            kind = rng.random()
            memo = '"첫 줄, 둘째\n줄 ""인용"" 끝"' if kind < 0.1 else f"연락 {phone()} 으로" if kind < 0.12 else "메모"
            memo = f'"열린 {number}' if number in (2000, 5000) else memo
            yield f"{number},{phone()},{memo},2024-0{1 + number // 1000}-1{rng.randrange(10)} 10:00:00\n"

    def lines() -> Iterator[str]:
        for number in range(6000):
            kind = rng.random()
            more = (
                f"phone={phone()}" if kind < 0.05 else f"mail user{number}@mailhost-nowhere.kr" if kind < 0.1 else "ok"
            )
            yield f"2024-05-01 10:00:{number % 60:02} INFO request {number} {more}\n"

    def records() -> Iterator[str]:
        for number in range(3500):
            user = {"name": "김은하", "phone": phone()} if number % 2 else None
            yield json.dumps({"id": number, "user": user, "tags": ["a", {"x": number}]}, ensure_ascii=False) + "\n"

    (folder / "members.csv").write_text("".join(rows()))
    (folder / "app.log").write_text("".join(lines()))
    (folder / "events.jsonl").write_text("".join(records()))
    (folder / "wide.csv").write_bytes(
        ("no,phone\n" + "".join(f"{n},{phone()}\n" for n in range(6000))).encode("utf-16")
    )
    return folder
