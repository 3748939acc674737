"""Plain blocks of a CSV file stay bytes: the same text, rows and lines come out as from decoded ones."""

from __future__ import annotations

import io
import random

import pytest
from extracting import rows, source_of, tables, walk

from auditor.extractors._csv.blocks import Blocks
from auditor.extractors.decoding import Decoder
from auditor.model.asset import Asset
from auditor.model.content import Source

_LINES = (
    b"1,kim,2024\n",
    "2,홍길동홍길동홍길동,x\n".encode(),
    "3,สมชาย ใจดี,y\r\n".encode(),
    b"4,tab\there,z\n",
    b"\n",
    b"5,lone\rreturn,z\n",
    "6,홍길동,cp949\n".encode("cp949"),
    b"7,bell\x07\x01\x02\x03\x04,z\n",
    b"8,nul\0,z\n",
    b"9," + b"long " * 120 + b",z\n",
)


def _source(data: bytes) -> Source:
    source: Source = source_of(Asset(target="t", path="a.csv"), io.BytesIO(data))
    return source


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("block", [64, 256, 1024])
def test_the_text_is_the_decoders(seed: int, block: int) -> None:
    chance = random.Random(seed)
    kinds = chance.sample(_LINES, chance.randint(1, 4))
    data = b"".join(chance.choice(kinds) for _ in range(60)) + chance.choice([b"", b"end", b"end\r", b"\r\n"])
    pieces = list(Blocks(_source(data), block=block).blocks())
    text = "".join(piece if isinstance(piece, str) else piece.decode() for piece, _ in pieces)
    assert text == "".join(Decoder(_source(data), block=block).pieces())
    for piece, whole in pieces:
        if isinstance(piece, bytes):
            assert whole
            assert piece.endswith(b"\n")


def test_clean_text_mostly_stays_bytes() -> None:
    data = "".join(f"{n},สมชาย ใจดี,{n * 7}\r\n" for n in range(5000)).encode()
    kinds = [type(piece) for piece, _ in Blocks(_source(data), block=1 << 12).blocks()]
    assert kinds[0] is str
    assert bytes in kinds[1:]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_irregular_row_far_down_keeps_lines_and_rows(end: str) -> None:
    lines = [f"{n},สมชาย ใจดี,{n * 7}" for n in range(120_000)]
    lines[50_000] = "50000,one,two,three,four"
    lines[90_000] = "90000"
    contents = list(walk("long.csv", end.join(("no,name,points", *lines, "")).encode()))
    numbered = [
        (line, array[index].as_py())
        for table in tables(contents)
        for array in (table.arrays[0],)
        for index, line in enumerate(table.lines or ())
    ]
    assert numbered == [(n + 2, str(n)) for n in range(120_000)]
    assert rows(contents)[50_000]["points"] == "two"
