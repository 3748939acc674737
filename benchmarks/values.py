"""What a value costs: its fingerprint, its place among bulk values, its place in the register. CPU seconds and peak memory.

python -m benchmarks.values                     every part with its default number, each in a process of its own
python -m benchmarks.values bulk 55000000       one part
"""

from __future__ import annotations

import base64
import hmac
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from auditor.model.asset import Asset
from auditor.model.match import Match, Place
from auditor.register.build import build
from auditor.register.customer_file import CustomerFile
from auditor.register.mapping import Kind, parse
from auditor.register.reader import Register
from auditor.store.sqlite import Store

KEY = b"key of a bank, made up for this"
BATCH = 65_536


def fingerprints(number: int) -> Iterator[str]:
    """One by one and a column at once, beside HMAC-SHA-256 with its keyed state copied."""
    import pyarrow as pa

    from auditor.fingerprint import fingerprinter
    from auditor.fingerprint import fingerprints as at_once

    columns = {
        "phone numbers (1 block)": [f"+8210{n:08}" for n in range(number)],
        "CI values (6 blocks)": [f"{n:087}=" for n in range(number)],
    }
    for name, values in columns.items():
        array, some = pa.array(values), values[: number // 10]
        together = min(_seconds(lambda array=array: at_once(KEY, "KR_CI", array)) for _ in range(3)) / number  # type: ignore[misc]
        made, keyed = fingerprinter(KEY, "KR_CI"), hmac.new(KEY, b"KR_CI\0", "sha256")
        single = _seconds(lambda made=made, some=some: [made(value) for value in some]) / len(some)  # type: ignore[misc]

        def old(value: str, keyed: hmac.HMAC = keyed) -> bytes:
            mac = keyed.copy()
            mac.update(value.encode())
            return mac.digest()

        before = _seconds(lambda old=old, some=some: [old(value) for value in some]) / len(some)  # type: ignore[misc]
        yield f"{name}: {together * 1e9:.0f} ns a value in an Arrow array, {single * 1e9:,.0f} ns one by one; HMAC-SHA-256 {before * 1e9:,.0f} ns"


def bulk(number: int) -> Iterator[str]:
    """Distinct random keys in batches, closed; then look-ups."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "audit.sqlite") as store:
        run = store.begin(engagement="e", profile="p", started=datetime.now(UTC), key_id="", tool_version="", ruleset_digest="")  # fmt: skip
        asset = store.add_asset(run, Asset(target="t", path="customers.csv"))
        example = Match(entity="KR_CI", fingerprint=bytes(16), mask="", score=1, place=Place(), record=("", 0))
        chance = np.random.default_rng(1)
        values = store.bulk(asset, "KR_CI")

        def add() -> None:
            for done in range(0, number, BATCH):
                values.add(chance.integers(0, 2**64, min(BATCH, number - done), dtype=np.uint64), example)

        adding, closing = _seconds(add), _seconds(values.close)
        (head,) = store.bulk_heads(run)
        yield f"{head.distinct:,} distinct of {number:,}: adding {adding:.1f} s, closing {closing:.1f} s"
        asked = [chance.bytes(16) for _ in range(2000)]
        took = _seconds(lambda: [store.find(run, "KR_CI", value) for value in asked])
        size = (Path(folder) / "audit.sqlite").stat().st_size
        yield f"a look-up {took / len(asked) * 1e6:.0f} µs; the store has {size / number:.2f} bytes a value"


def register(number: int) -> Iterator[str]:
    """Customers with a CI, a phone number and a reference of ten characters, from CSV; then opened and asked."""
    with tempfile.TemporaryDirectory() as folder:
        file, made = Path(folder) / "customers.csv", Path(folder) / "register.bin"
        chance = random.Random(1)
        with file.open("w") as out:
            out.write("no,ci,hp\n")
            for n in range(number):
                ci = base64.b64encode(chance.randbytes(64)).decode()
                out.write(f"BANK{n:06},{ci},010-{2000 + n // 10000:04}-{n % 10000:04}\n")
        kinds = {"KR_CI": Kind(form="base64", identifies=True), "PHONE_NUMBER": Kind(form="phone", identifies=True)}

        def make() -> None:
            with CustomerFile(file) as source:
                build(source, parse(["ci=ci", "phone=hp", "reference=no"], kinds), kinds, KEY, made)

        seconds = _seconds(make)
        peak = _peak()
        yield f"{number:,} customers: built in {seconds:.1f} s, {peak:.0f} MB; {made.stat().st_size / 1e6:,.1f} MB"
        opened: list[Register] = []
        seconds = _seconds(lambda: opened.append(Register(made, KEY)))
        asked = np.random.default_rng(1).integers(0, 256, (1_000_000, 16), dtype=np.uint8)
        took = _seconds(lambda: opened[0].holds_many("KR_CI", asked))
        single = _seconds(lambda: list(opened[0].find("KR_CI", [row.tobytes() for row in asked])))
        yield f"opened and checked in {seconds:.2f} s; a million strangers asked in {took:.2f} s, one by one {single:.2f} s"


PARTS: dict[str, tuple[Callable[[int], Iterator[str]], int]] = {
    "fingerprints": (fingerprints, 1_000_000),
    "bulk": (bulk, 10_000_000),
    "register": (register, 2_000_000),
}


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _peak() -> float:
    """MB."""
    status = Path("/proc/self/status")  # ru_maxrss would count the process this one was forked from
    lines = status.read_text().splitlines() if status.exists() else []
    found = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return found[0] if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(words: list[str]) -> int:
    """Run parts."""
    if not words:
        return max(subprocess.run([sys.executable, "-m", "benchmarks.values", part], check=False).returncode for part in PARTS)  # fmt: skip
    part, number = PARTS[words[0]]
    for line in part(int(words[1]) if len(words) > 1 else number):
        print(f"{words[0]}: {line}", flush=True)
    print(f"{words[0]}: peak {_peak():.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
