"""Long tables from end to end: `auditor gate` on a Thai and a Korean customer file, beside reading the file alone.

    python -m benchmarks.tables --rows 1000000          # some 150 MB and 190 MB in a temporary folder
    python -m benchmarks.tables --rows 55000000 --only thai   # the 55 million rows of issue 4: 8 GB

CPU seconds of all processes, start-up included; the peak is the largest process's. The number of people and of values must be the generator's own.
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

AT_ONCE: Final = 200_000
_SET_CHILD_SUBREAPER: Final = 36
_THAI_TITLES: Final = ["นาย", "นาง", "นางสาว"]
_THAI_SYLLABLES: Final = (
    "สม ชาย กิต ติ ณัฐ พล อร ทัย วรัญ ญา พิมพ์ ชนก ธน กร สุ ดา รัตน์ ปิ ยะ มา นะ จันทร์ เพ็ญ ศิ ริ พร อนุ ชา วิ ภา ชล ธิ".split()
)
_THAI_PLACES: Final = 7_255
"""Sub-districts of Thailand: an address ends in one of so many ways."""
_THAI_PROVINCES: Final = (
    "ขอนแก่น เชียงใหม่ สงขลา ตาก น่าน แพร่ เลย ตรัง ยะลา ชลบุรี ระยอง ลำปาง พะเยา นครปฐม สุรินทร์ อุดรธานี".split()
)
_KR_FAMILY: Final = list("김이박최정강조윤장임")
_KR_GIVEN: Final = "은하 강물 한별 서연 도윤 하준 지우 서준 민서 예린 현우 수아 지호 다은 태윤 가온".split()
_KR_NICK: Final = "달빛여우 푸른곰 새벽별 졸린고래 은하수 강바람 심심한문어 별똥별 나무늘보 고래밥".split()
_KR_ROADS: Final = [
    "서울특별시 강남구 테헤란로 ",
    "부산광역시 해운대구 센텀로 ",
    "대전광역시 유성구 대학로 ",
    "경기도 성남시 분당구 판교로 ",
]

Chunk = dict[str, pa.Array]


def thai(first: int, rows: int, chance: np.random.Generator) -> Chunk:
    """Name with title, national id, birth date (Buddhist), address, phone: the columns of the 55-million leak."""
    numbers = np.arange(first, first + rows, dtype=np.int64)
    digits = np.empty((rows, 13), np.int64)
    body = 110_000_000_000 + numbers * 7_919 % 700_000_000_000
    for at in range(12):
        digits[:, at] = body // 10 ** (11 - at) % 10
    digits[:, 12] = (11 - (digits[:, :12] * np.arange(13, 1, -1)).sum(axis=1) % 11) % 10
    ids = pa.array((digits[:, :13] * 10 ** np.arange(12, -1, -1)).sum(axis=1)).cast(pa.string())
    given, family = _thai_words(chance, 4_096, 2), _thai_words(chance, 65_536, 2)
    name = _joined(
        [
            _pick(_THAI_TITLES, chance, rows),
            _pick(given, chance, rows),
            _same(" ", rows),
            _pick(family, chance, rows),
        ]
    )
    born = _joined(
        [
            _number(chance.integers(1, 29, rows), 2),
            _same("/", rows),
            _number(chance.integers(1, 13, rows), 2),
            _same("/", rows),
            _number(chance.integers(2480, 2550, rows), 4),
        ]
    )
    house = _joined(
        [
            _number(chance.integers(1, 999, rows), 1),
            _same("/", rows),
            _number(chance.integers(1, 99, rows), 1),
            _same(" ", rows),
            _pick(_thai_places(), chance, rows),
        ]
    )
    phone = _joined([_same("08", rows), _number(numbers % 100_000_000, 8)])
    return {"ชื่อ-นามสกุล": name, "citizen_id": ids, "วันเกิด": born, "ที่อยู่": house, "phone": phone}


def korean(first: int, rows: int, chance: np.random.Generator) -> Chunk:
    """Number, name, nickname, CI, mobile, e-mail, birth date, address."""
    numbers = np.arange(first, first + rows, dtype=np.int64)
    alphabet = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)
    letters = np.empty((rows, 88), np.uint8)
    letters[:, :85] = alphabet[chance.integers(0, 64, (rows, 85))]
    letters[:, 85] = np.frombuffer(b"AQgw", np.uint8)[chance.integers(0, 4, rows)]
    letters[:, 86:] = ord("=")
    ci = pa.Array.from_buffers(
        pa.string(), rows, [None, pa.py_buffer(np.arange(0, 88 * rows + 1, 88, dtype=np.int32)), pa.py_buffer(letters)]
    )
    text = pc.cast(pa.array(numbers), pa.string())
    mobile = _joined(
        [
            _same("010-", rows),
            _number(2000 + numbers // 10_000 % 8000, 4),
            _same("-", rows),
            _number(numbers % 10_000, 4),
        ]
    )
    born = _joined(
        [
            _number(chance.integers(1950, 2006, rows), 4),
            _same("-", rows),
            _number(chance.integers(1, 13, rows), 2),
            _same("-", rows),
            _number(chance.integers(1, 29, rows), 2),
        ]
    )
    return {
        "mbr_no": text, "mbr_nm": _joined([_pick(_KR_FAMILY, chance, rows), _pick(_KR_GIVEN, chance, rows)]),
        "nick_nm": _pick(_KR_NICK, chance, rows), "ci": ci, "mbl_telno": mobile,
        "email": _joined([_same("user", rows), text, _same("@mailhost-nowhere.kr", rows)]), "brth_ymd": born,
        "addr": _joined([_pick(_KR_ROADS, chance, rows), _number(chance.integers(1, 400, rows), 1)]),
    }  # fmt: skip


def _thai_words(chance: np.random.Generator, count: int, syllables: int) -> list[str]:
    return ["".join(word) for word in chance.choice(_THAI_SYLLABLES, (count, syllables))]


@lru_cache(maxsize=1)
def _thai_places() -> list[str]:
    chance = np.random.default_rng(5)
    names = [_thai_words(chance, _THAI_PLACES, 1), _thai_words(chance, _THAI_PLACES, 2)]
    provinces = chance.choice(_THAI_PROVINCES, _THAI_PLACES)
    codes = chance.integers(1_000, 9_700, _THAI_PLACES) * 10
    return [
        f"ต.{sub} อ.{district} จ.{province} {code}"
        for sub, district, province, code in zip(*names, provinces, codes, strict=True)
    ]


def _pick(words: list[str], chance: np.random.Generator, rows: int) -> pa.Array:
    return pa.array(words).take(pa.array(chance.integers(0, len(words), rows)))


def _number(values: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pa.array(values), pa.string()), width=width, padding="0")


def _same(word: str, rows: int) -> pa.Array:
    return pa.array([word]).take(pa.array(np.zeros(rows, np.int64)))


def _joined(parts: list[pa.Array]) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def write(path: Path, made: Callable[[int, int, np.random.Generator], Chunk], rows: int) -> None:
    """A CSV of so many rows, a chunk at a time."""
    chance = np.random.default_rng(11)
    writer: pyarrow.csv.CSVWriter | None = None
    for first in range(0, rows, AT_ONCE):
        table = pa.table(made(first, min(AT_ONCE, rows - first), chance))
        writer = writer or pyarrow.csv.CSVWriter(
            path, table.schema, write_options=pyarrow.csv.WriteOptions(quoting_style="none")
        )
        writer.write_table(table)
    assert writer is not None
    writer.close()


def gate(folder: Path) -> tuple[dict[str, int], int, float, int]:
    """(values by entity, people, CPU s, peak KiB) of `auditor gate`."""
    out = folder.parent / f"{folder.name}-output"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "auditor", "gate", str(folder), "--output", str(out), "--quiet"]
    _adopt()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    with suppress(ChildProcessError):  # workers whose end the audit did not wait for
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    summary = json.loads((out / "report.json").read_text("utf-8"))["summary"]
    found = {entity["entity"]: entity["matches"] for entity in summary["entities"]}
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found, summary["people"], seconds, after.ru_maxrss


def _adopt() -> None:
    """Let processes that lose their parent become this one's children, so that their seconds count too (Linux: prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def read_alone(path: Path) -> float:
    """CPU s of Arrow reading the file in blocks, on one thread."""
    start = time.process_time()
    options = pyarrow.csv.ReadOptions(use_threads=False, block_size=4 << 20)
    for _ in pyarrow.csv.open_csv(path, read_options=options):
        pass
    return time.process_time() - start


def measured(rows: int, only: str) -> Iterator[str]:
    """A line of the table each."""
    for name, made in {"thai": thai, "korean": korean}.items():
        if only and name != only:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / name
            folder.mkdir()
            path = folder / "customers.csv"
            write(path, made, rows)
            reading = read_alone(path)
            found, people, seconds, peak = gate(folder)
            size = path.stat().st_size / 1e6
            right = "right" if people == rows else f"WRONG: {people:,} people"
            yield (
                f"| {name} | {rows:,} | {size:,.0f} | {rows / seconds:,.0f} | {size / seconds:.1f} | {seconds / reading:.1f} | {peak / 1024:.0f} | {right} | "
                + ", ".join(f"{entity} {count:,}" for entity, count in sorted(found.items()))
                + " |"
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("thai", "korean"), default="")
    arguments = parser.parse_args()
    print("| file | rows | MB | rows a CPU s | MB a CPU s | of reading alone | peak MB | people | values |")
    print("|---|--:|--:|--:|--:|--:|--:|---|---|")
    for line in measured(arguments.rows, arguments.only):
        print(line, flush=True)


if __name__ == "__main__":
    main()
