"""Long columns are looked through in bulk for what is encoded in their cells: with the same result as cell by cell."""

from __future__ import annotations

import base64
import io
import random

import pyarrow as pa
import pytest

from auditor.extractors._nested.candidates import candidates
from auditor.extractors._nested.found import Found
from auditor.extractors._nested.noise import surely_noise
from auditor.extractors._nested.tables import Tables
from auditor.extractors._nested.values import Values
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset
from auditor.model.content import Source, Table

_WORDS = [
    "phone=010-1234-5678",
    "푸른고래",
    '{"nickname": "푸른고래"}',
    "สมชาย ใจดี",
    "name: Kim; ",
    "서울특별시 강남구",
    "a,b,c,d",
]
ROWS = 2_500


def cell(chance: random.Random) -> str:
    """A cell of one of the kinds that a vendor's columns hold, most of them noise, some encoded."""
    text = "".join(chance.choices(_WORDS, k=chance.randint(1, 6)))
    noise = base64.b64encode(chance.randbytes(chance.choice([32, 64]))).decode()
    encodings = ("utf-8", "cp949", "utf-16-le", "cp874")
    data = text.encode(chance.choice(encodings), "ignore")
    cut = chance.randrange(1, 40)
    kinds = [
        lambda: noise,
        lambda: noise[:cut] + "/" + base64.b64encode(data).decode(),
        lambda: noise[:cut] + "+" + base64.b64encode((text * 4).encode()).decode()[: 87 - cut],
        lambda: base64.b64encode((data * 12)[:64]).decode(),
        lambda: base64.b64encode(data).decode(),
        lambda: "0x" + base64.b64encode((data * 12)[:64]).decode(),
        lambda: data.hex(),
        lambda: chance.randbytes(44).hex(),
        lambda: text,
        lambda: f"user{chance.randrange(10**7):07d}@mailhost-nowhere.kr",
        lambda: "".join(f"\\x{byte:02x}" for byte in data),
        lambda: "\n".join(noise[at : at + 8] for at in range(0, 88, 8)) + noise,
        lambda: "",
    ]
    return chance.choices(kinds, weights=[12, *[1] * (len(kinds) - 1)])[0]()


def decoded(values: list[str]) -> list[str | None]:
    """What the cells come to, a column at a time."""
    source = Source(asset=Asset(target="t", path="a.csv"), head=b"", stream=io.BytesIO(), encodings=("cp949", "cp874"))
    budget = Budget(Limits())
    found = Found(source.asset, budget)
    tables = Tables(source, budget, found, Values(found, source.encodings))
    table = Table(asset=source.asset, columns=("a",), arrays=(pa.array(values, pa.string()),), first_row=1)
    (done, *_) = [content for content in tables.table(table) if isinstance(content, Table)]
    return [tuple(str(array[row]) for array in done.arrays if array[row].is_valid) for row in range(len(values))]


@pytest.mark.parametrize("seed", range(6))
def test_a_long_column_comes_to_the_same_as_its_cells(seed: int) -> None:
    chance = random.Random(seed)
    values = [cell(chance) for _ in range(ROWS)]
    few = [row for first in range(0, ROWS, 500) for row in decoded(values[first : first + 500])]
    assert decoded(values) == few


def test_identifiers_are_noise_and_what_stands_for_text_is_not() -> None:
    chance = random.Random(3)
    noise = [base64.b64encode(chance.randbytes(64)).decode() for _ in range(5_000)]
    assert surely_noise(pa.array(noise)).mean() > 0.9
    text = ("phone=010-1234-5678, " * 4).encode()[:64]
    behind = [value[:23] + "/" + base64.b64encode(text).decode()[:62] + "==" for value in noise]
    assert not surely_noise(pa.array([*[base64.b64encode(text).decode()] * 70, *behind])).any()


def test_slices_and_nulls_keep_their_rows() -> None:
    text = base64.b64encode("휴대폰 010-1234-5678".encode()).decode()
    values = [None, "ทดสอบ", *["평범한 글"] * 2_000, text, None, "", text]
    array = pa.array(values, pa.string())
    assert candidates(array) == [2_002, 2_005]
    assert candidates(array.slice(2_001)) == [1, 4]
    assert candidates(array.slice(3, 2_001)) == [1_999]
