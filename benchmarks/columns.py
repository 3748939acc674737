"""Nanoseconds of CPU a cell that the vectorised forms of values take, by entity: `python -m benchmarks.columns [rows]`.

Each column is clean and of made-up values, a few thousand distinct ones repeated; arrays of 65,536 cells, as readers give them.
The last column is what the same cells cost one by one on the scalar path (validator and normal form alone, on a sample).
"""

from __future__ import annotations

import base64
import random
import sys
import time
from collections.abc import Callable

import pyarrow as pa

from auditor.detectors.detector import Detector
from auditor.detectors.folding import fold
from auditor.detectors.validators import VALIDATORS
from auditor.detectors.vector import forms
from auditor.fingerprint import normalize
from auditor.ruleset.loader import load
from testbed.people import GIVEN, SURNAMES

BATCH = 65_536
DISTINCT = 8_192
SAMPLE = 1_000
_THAI_LETTERS, _THAI_VOWELS = "กขคงจชซญดตถทธนบปผพฟมยรลวศสหอ", ("า", "ี", "ุ", "ำ", "่า", "้ำ", "ิ")


def columns(chance: random.Random) -> dict[tuple[str, str], Callable[[], str]]:
    """(rule, what it is) → a maker of values."""

    def digits(count: int) -> str:
        return f"{chance.randrange(10**count):0{count}d}"

    def checked(validator: str, make: Callable[[], str]) -> Callable[[], str]:
        valid = VALIDATORS[validator]

        def made() -> str:
            while True:
                base = make()
                for last in "0123456789X":
                    if valid(base + last) == 2:
                        return base + last

        return made

    def day(layout: str) -> str:
        year = chance.randint(1940, 1999)
        return layout.format(y=year, s=year % 100, b=year + 543, m=chance.randint(1, 12), d=chance.randint(2, 28))

    def thai(least: int = 2, most: int = 4) -> str:
        return "".join(
            chance.choice(_THAI_LETTERS) + chance.choice(_THAI_VOWELS) for _ in range(chance.randint(least, most))
        )

    number = chance.randint
    return {
        ("kr-ci", "base64"): lambda: base64.b64encode(chance.randbytes(64)).decode(),
        ("kr-rrn", "dashed"): checked("kr_rrn", lambda: day("{s:02d}{m:02d}{d:02d}-1") + digits(5)),
        ("kr-rrn", "plain"): checked("kr_rrn", lambda: day("{s:02d}{m:02d}{d:02d}2") + digits(5)),
        ("th-national-id", "plain"): checked("th_tnin", lambda: str(number(1, 8)) + digits(11)),
        ("cn-resident-id", "plain"): checked("cn_resident_id", lambda: "110101" + day("{y}{m:02d}{d:02d}") + digits(3)),
        ("credit-card", "plain"): checked("credit_card", lambda: "4" + digits(14)),
        ("kr-phone", "dashed"): lambda: f"010-{number(2000, 9999)}-{digits(4)}",
        ("kr-phone", "plain"): lambda: f"010{number(2000, 9999)}{digits(4)}",
        ("th-phone", "plain"): lambda: f"08{digits(8)}",
        ("cn-phone", "plain"): lambda: f"13{digits(9)}",
        ("birth-date", "ISO"): lambda: day("{y}-{m:02d}-{d:02d}"),
        ("birth-date", "compact"): lambda: day("{y}{m:02d}{d:02d}"),
        ("birth-date", "Buddhist"): lambda: day("{d:02d}/{m:02d}/{b}"),
        ("kr-bank-account", "dashed"): lambda: f"110-{digits(3)}-{digits(6)}",
        ("crypto-wallet", "lower case"): lambda: "0x" + chance.randbytes(20).hex(),
        ("ip-address", "public"): lambda: f"{number(50, 99)}.{number(0, 255)}.{number(0, 255)}.{number(1, 254)}",
        ("email", "plain"): lambda: (
            f"{chance.choice(('kim', 'lee.park'))}{digits(4)}@{chance.choice(('gmail.com', 'naver.com'))}"
        ),
        ("nickname", "Hangul"): lambda: (
            chance.choice(("푸른", "조용한")) + chance.choice(("고래", "두루미")) + digits(3)
        ),
        ("nickname", "Latin"): lambda: (
            chance.choice(("mango", "river")) + chance.choice(("", ".")) + "luna" + digits(2)
        ),
        ("person", "Hangul"): lambda: chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
        ("person", "Thai"): lambda: chance.choice(("นาย", "นางสาว")) + thai() + " " + thai(3, 5),
        ("kr-address", "road"): lambda: (
            f"서울특별시 강남구 테헤란로 {number(1, 500)}, {number(101, 120)}동 {number(101, 999)}호"
        ),
        ("th-address", "village"): lambda: (
            f"{number(1, 999)}/{number(1, 99)} หมู่ {number(1, 12)} ตำบล{thai()} อำเภอ{thai()} จังหวัด{thai()} {number(10000, 96000)}"
        ),
        ("cn-address", "street"): lambda: f"上海市浦东新区张杨路{number(1, 2000)}号",
    }


def main() -> None:
    """Print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    detector = Detector(load(validators=frozenset(VALIDATORS)), b"only for benchmarks")
    print(f"{'rule':18} {'column':11} {'bytes':>6} {'told':>7} {'ns a cell':>10} {'scalar ns':>10}")
    for (rule, name), make in columns(random.Random(1)).items():
        recognizer = detector.by_id[rule]
        values = [make() for _ in range(DISTINCT)]
        array = pa.array(values * (BATCH // DISTINCT))
        form = max(forms(recognizer), key=lambda form: form.match(array)[0].sum())
        told = form.match(array)[0].mean()
        batches = max(rows // BATCH, 1)
        begun = time.process_time()
        for _ in range(batches):
            form.match(array)
        spent = (time.process_time() - begun) / (batches * BATCH)
        begun = time.process_time()
        for value in values[:SAMPLE]:
            recognizer.canonical(fold(value).strip())
            normalize(recognizer.rule.normal_form, value)
        scalar = (time.process_time() - begun) / SAMPLE
        size = sum(len(value.encode()) for value in values) / DISTINCT
        print(f"{rule:18} {name:11} {size:6.0f} {told:7.2%} {spent * 1e9:10.0f} {scalar * 1e9:10.0f}")


if __name__ == "__main__":
    main()
