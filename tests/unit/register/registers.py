"""Made-up customers and registers of them."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from auditor import ours
from auditor.fingerprint import fingerprint, normalize
from auditor.register.build import Built, build
from auditor.register.customer_file import CustomerFile
from auditor.register.mapping import parse
from auditor.register.reader import Register
from auditor.rulecommands import load

KEY = b"the bank's own key, 32 bytes long"
KINDS = ours.kinds(load())


def ci(number: int) -> str:
    return base64.b64encode(random.Random(f"ci-{number}").randbytes(64)).decode()


def phone(number: int) -> str:
    return f"010-{2000 + number // 10000}-{number % 10000:04}"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> Path:
    lines = [",".join(header), *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def make(
    folder: Path, rows: Iterable[Sequence[str]], *, header: Sequence[str] = ("고객번호", "연계정보", "휴대폰번호"),
    maps: Sequence[str] = ("ci=연계정보", "phone=휴대폰번호", "reference=고객번호"), key: bytes = KEY, any_shape: bool = False,
) -> Built:  # fmt: skip
    """Build register.bin in a folder."""
    file = write_csv(folder / "customers.csv", header, rows)
    with CustomerFile(file) as source:
        return build(source, parse(maps, KINDS), KINDS, key, folder / "register.bin", any_shape=any_shape)


def opened(folder: Path, key: bytes = KEY) -> Register:
    return Register(folder / "register.bin", key)


def print_of(entity: str, value: str, key: bytes = KEY) -> bytes:
    return fingerprint(key, entity, normalize(KINDS[entity].form, value))


def customers(number: int) -> list[tuple[str, str, str]]:
    return [(f"BANK-{n:06}", ci(n), phone(n)) for n in range(number)]
