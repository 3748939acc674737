"""No input makes a process of the audit large: neither a worker, which may hold 512 MiB more than at its start, nor the audit itself.

Each input is one that would take far more if it, or what is found in it, were held whole. That the limit itself holds is
tests/unit/workers/test_pool.py's; what holds people and values is measured alone in test_people_storage.py and test_bulk.py, listings
in test_s3_listed_memory.py and test_local.py.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from commands import REPO
from memory import peak_of

pytestmark = pytest.mark.e2e

PHONE = "010-2345-6781"
MIB = 1 << 20
MOST = 256 * MIB
"""With everything imported a process has some 170 MiB, and none of these takes 20 more."""


def many_values(path: Path) -> int:
    """50,000 people, each with two identifiers that nobody else has: of so many values only the first are listed."""
    with path.open("w") as file:
        file.write("no,email,phone\n")
        for n in range(50_000):
            file.write(f"{n},m{n * 7919:x}@example.com,010-{2000 + n % 8000:04}-{n * 31 % 10_000:04}\n")
    return 500


def one_line(path: Path) -> int:
    """100 MiB without a line break; what is looked for stands in its middle and at its end."""
    filler = "a plain word and 12345 " * (50 * MIB // 23)
    path.write_text(f"{filler} {PHONE} {filler} 010-2345-6782")
    return 2


def many_columns(path: Path) -> int:
    """A table of 5,000 columns, more than twice as many as are read as one."""
    with path.open("w") as file:
        file.write(",".join(f"c{n}" for n in range(4_999)) + ",phone\n")
        for _ in range(20):
            file.write("x," * 4_999 + f"{PHONE}\n")
    return 1


def wide_object(path: Path) -> int:
    """A JSON object of 50,000 keys."""
    pairs = ",".join(f'"key{n}":"value {n}"' for n in range(50_000))
    path.write_text(f'{{{pairs},"phone":"{PHONE}"}}')
    return 1


def large_string(path: Path) -> int:
    """A JSON object of which one value has 48 MiB."""
    path.write_text(f'{{"phone":"{PHONE}","blob":"{"x" * 48 * MIB}"}}')
    return 1


def deep_archive(path: Path) -> int:
    """Fifteen archives inside one another; in each of them 8 MiB of text and a phone number."""
    data = b""
    for depth in range(15):
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            if data:
                archive.writestr("inner.zip", data)
            archive.writestr(f"{depth}.log", f"010-2345-67{depth:02}\n".encode() + b"\n" * 8 * MIB)
        data = file.getvalue()
    path.write_bytes(data)
    return 15


def zip_bomb(path: Path) -> int:
    """192 MiB that pack into less than one."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.log", "w") as log,
    ):
        log.write(f"{PHONE}\n".encode())
        for _ in range(192):
            log.write(b" " * MIB)
    return 1


WORST: dict[str, Callable[[Path], int]] = {
    "many_values.csv": many_values,
    "one_line.log": one_line,
    "many_columns.csv": many_columns,
    "wide_object.json": wide_object,
    "large_string.json": large_string,
    "deep_archive.zip": deep_archive,
    "zip_bomb.zip": zip_bomb,
}
"""What to write, and how many phone numbers are found in it at least."""


@pytest.mark.parametrize("name", WORST)
def test_the_worst_inputs_are_read_in_bounded_memory(name: str, tmp_path: Path) -> None:
    written = WORST[name](tmp_path / name)
    found = tmp_path / "found.jsonl"
    words = ["gate", tmp_path / name, "--matches", found, "--workers", "1", "--quiet"]
    _, said, most = peak_of([sys.executable, "-m", "auditor", *map(str, words)], REPO)
    entities = Counter(json.loads(line)["entity"] for line in found.read_text().splitlines())
    assert entities["PHONE_NUMBER"] >= written, said
    assert "Everything in scope was examined" in said  # no worker was ended by its limit
    assert most < MOST, f"{most >> 20} MiB"
