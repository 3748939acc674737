"""What every registered extractor owes: it never raises for bad input, loses nothing silently, and stays small."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from extracting import OneWay, everything, gaps, source_of, walk
from samples import CANARIES, GAPPED, PACKED, SAMPLES

from auditor import registry
from auditor.errors import ReadError
from auditor.extractors.identify import choose, extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Content, Member, Table, Text

ROOT = Path(__file__).resolve().parents[2]
EACH = pytest.mark.parametrize("kind", sorted(SAMPLES))


def test_every_registered_extractor_has_a_sample() -> None:
    assert {kind.partition("/")[0] for kind in SAMPLES} == set(registry.names("extractors"))


@EACH
def test_is_chosen_and_reads_everything(kind: str) -> None:
    name, data = SAMPLES[kind]
    assert choose(data[:65_536], name) == kind.partition("/")[0]
    contents = list(walk(name, data))
    assert [gap.code for gap in gaps(contents)] == [GapCode.UNSUPPORTED_FILE_TYPE] * (kind in GAPPED)
    seen = everything(contents)
    assert [canary for canary in CANARIES if canary not in seen] == []


@EACH
def test_content_is_well_formed(kind: str) -> None:
    name, data = SAMPLES[kind]
    for item in walk(name, data):
        assert item.asset.path.startswith(name) if not isinstance(item, Gap) else item.path.startswith(name)
        if isinstance(item, Table):
            lengths = {len(array) for array in item.arrays}
            assert len(item.arrays) == len(item.columns)
            assert len(lengths) == 1
            assert item.lines is None or len(item.lines) in lengths
            assert all(str(array.type) == "string" for array in item.arrays)
        if isinstance(item, Text):
            item.text.encode("utf-8")  # no lone surrogates
            assert item.first_line >= 1


@EACH
def test_small_reads_change_nothing(kind: str) -> None:
    name, data = SAMPLES[kind]
    assert everything(walk(name, OneWay(data, at_once=997))) == everything(walk(name, data))


def _nothing_lost_silently(name: str, damaged: bytes, contents: list[Content], encoding: str = "latin-1") -> None:
    """A canary that still stands in the damaged bytes is seen, or a gap says that something was not."""
    seen = everything(contents)
    present = damaged.decode(encoding, "replace")
    if name.endswith(".rtf"):  # a letter more before it makes it part of a control word
        present = " ".join(re.findall(r"(?<![A-Za-z0-9\x80-\xff])CANARY\d{4}X", present))
    missing = [canary for canary in CANARIES if canary in present and canary not in seen]
    assert not missing or gaps(contents), f"{name}: {len(missing)} lost without a gap, the first {missing[0]}"


@EACH
def test_cut_off_anywhere(kind: str) -> None:
    name, data = SAMPLES[kind]
    compressed = kind.startswith("archive") or kind in PACKED
    whole = everything(walk(name, data)).count("CANARY")
    for cut in [1, 2, 5, 30, 100, *range(200, len(data), max(97, len(data) // 25)), len(data) - 1]:
        contents = list(walk(name, data[:cut]))
        if compressed and choose(data[:cut], name) != "text":
            found = everything(contents).count("CANARY")
            assert found == whole or gaps(contents), f"cut at {cut}: {found} of {whole} and no gap"
        else:
            _nothing_lost_silently(name, data[:cut], contents, "utf-16-le" if "utf-16" in kind else "latin-1")


@EACH
def test_bits_flipped(kind: str) -> None:
    name, data = SAMPLES[kind]
    chance = random.Random(kind)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 4, 40))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        contents = list(walk(name, bytes(damaged)))
        if kind not in PACKED:
            _nothing_lost_silently(name, bytes(damaged), contents, "utf-16-le" if "utf-16" in kind else "latin-1")


@pytest.mark.parametrize("kind", registry.names("extractors"))
def test_random_bytes_straight_into_the_extractor(kind: str) -> None:
    chance = random.Random(kind)
    limits = Limits()
    for size in (0, 1, 2, 3, 17, 400, 5_000, 70_000):
        for alphabet in (None, b'{}[]",:\n 1a', b"(',);\nINSERT INTO t VALUES", b'a,"\n;\t|'):
            data = chance.randbytes(size) if alphabet is None else bytes(chance.choices(alphabet, k=size))
            source = source_of(Asset(target="t", path="x", size=size), OneWay(data))
            plugin = registry.load("extractors", kind)
            for item in plugin(Budget(limits)).extract(source):
                assert isinstance(item, Table | Text | Member | Gap)


@EACH
def test_a_broken_connection_is_raised_after_what_came_before_it(kind: str) -> None:
    name, data = SAMPLES[kind]
    at = len(data) // 2
    stream = OneWay(data, fails_at=at)
    asset = Asset(target="t", path=name, size=len(data))
    head = data[: min(at, 1000)]
    source = source_of(asset, _Peeked(head, stream))
    seen = []
    with pytest.raises(ReadError, match="connection was lost"):
        for item in extract(source, Budget(Limits())):
            seen.append(item)
            if isinstance(item, Member):
                seen += list(walk("", item.stream, asset=item.asset))  # type: ignore[arg-type]
    if kind not in PACKED:
        text = data[:at].decode("utf-16-le" if "utf-16" in kind else "latin-1", "replace")
        assert [canary for canary in CANARIES if canary in text and canary not in everything(seen)] == []


class _Peeked:
    """Gives the head at the first read and ends the peek there; then the rest, and the failure."""

    def __init__(self, head: bytes, stream: OneWay) -> None:
        self._head = head
        self._stream = stream
        self._reads = 0
        stream.read(len(head))

    def read(self, size: int) -> bytes:
        self._reads += 1
        if self._reads == 1:
            return self._head
        if self._reads == 2:
            return b""
        return bytes(self._stream.read(size) or b"")


MEMORY = """
import io, sys
sys.path[:0] = [{root!r}, {tests!r}]
from extracting import walk
from memory import Growth
from auditor.extractors.identify import extract
kind = {kind!r}
MB = 1 << 20
START = {{
    "one line of text": (b"", b"nick=abc ci=0123456789 ", b""),
    "text": (b"", b"2024-05-01 INFO nick=abc ci=0123456789 done\\n", b""),
    "csv": (b"name,ci,day\\n", b'"a, b",0123456789,2024-01-01\\n', b""),
    "csv, a quote never closed": (b"name,ci,day\\n", b'"a,0123456789,2024-01-01\\n', b""),
    "csv in one line": (b"name,ci,day\\n", b"a,0123456789,2024-01-01,", b""),
    "json, one array": (b'{{"users": [', b'{{"n": {{"x": "abc"}}, "ci": "0123456789"}}, ', b"]}}"),
    "json lines": (b"", b'{{"n": {{"x": "abc"}}, "ci": "0123456789"}}\\n', b""),
    "json, one string": (b'{{"blob": "', b"0123456789abcdef", b'"}}'),
    "json, one object": (b'{{"blob": 1', b',"field": "0123456789"', b"}}"),
    "json, deep": (b"", b"[", b""),
    "json, names": (b"{{", b'"name": {{"a', b"}}"),
    "sql, one statement": (b"-- MySQL dump 10\\nINSERT INTO `u` VALUES (0,'x')", b",(1,'0123456789')", b";\\n"),
    "sql, one string": (b"-- MySQL dump 10\\nINSERT INTO `u` VALUES ('", b"0123456789", b"');\\n"),
    "sql, copy": (b"-- PostgreSQL database dump\\nCOPY u (a, b) FROM stdin;\\n", b"1\\t0123456789\\n", b"\\\\.\\n"),
}}
start, body, end = START[kind]
class Endless(io.RawIOBase):
    def __init__(self, size):
        self.left, self.first, self.last = size // len(body), start, end
        self.rest = b""
    def readable(self): return True
    def readinto(self, buffer):
        while len(self.rest) < len(buffer) and (self.first or self.left or self.last):
            if self.first: part, self.first = self.first, b""
            elif self.left:
                n = min(self.left, MB // len(body)); part = body * n; self.left -= n
            else: part, self.last = self.last, b""
            self.rest += part
        data, self.rest = self.rest[:len(buffer)], self.rest[len(buffer):]
        buffer[:len(data)] = data
        return len(data)
name = "f." + ("json" if kind.startswith("json") else "csv" if kind.startswith("csv") else "sql" if kind.startswith("sql") else "txt")
for _ in walk(name, Endless(4 * MB)): pass
with Growth() as growth:
    for _ in walk(name, Endless({size} * MB)): pass
print(growth.grown >> 20)
"""


ENDLESS = [
    "one line of text", "csv, a quote never closed", "json, one array", "json, one string", "json, deep", "sql, one statement", "sql, copy",
]  # fmt: skip
if os.environ.get("HYPOTHESIS_PROFILE") == "long":  # `make test-all`
    ENDLESS += ["text", "csv", "csv in one line", "json lines", "json, one object", "json, names", "sql, one string"]


@pytest.mark.parametrize("kind", ENDLESS)
def test_memory_does_not_grow_with_the_file(kind: str) -> None:
    code = MEMORY.format(root=str(ROOT), tests=str(ROOT / "tests"), kind=kind, size=20)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 64, f"{done.stdout.strip()} MiB more for 20 MiB than for 4"
