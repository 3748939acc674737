"""The fast path finds what the reference path finds, on the whole of generated files: text and tables.

The reference has no gate: every line and every cell goes through Presidio's engine with every rule.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pytest
from detecting import KEY, detector, rules
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.detector import Detector
from auditor.detectors.folding import fold
from auditor.detectors.hit import Hit
from auditor.detectors.resolve import Vault
from auditor.detectors.scene import Scene
from auditor.fingerprint import fingerprint
from auditor.model.asset import Asset
from auditor.model.content import Table, Text
from auditor.model.match import Match
from testbed.people import people


class _NoGates:
    """Lets everything through to every rule."""

    def __init__(self, every: tuple[str, ...]) -> None:
        self._every = every

    def rules_for(self, folded: str) -> tuple[str, ...]:
        return self._every

    def rules_for_each(self, folded: Sequence[str]) -> list[tuple[str, ...]]:
        return [self._every] * len(folded)

    def somebody(self, data: bytes) -> bool:
        return True

    def concerned(self, text: str, longest: int, *, unnamed: bool = True) -> Iterator[tuple[int, str, Any]]:
        for index, line in enumerate(text.split("\n")):
            yield index, fold(line.rstrip("\r")), None


class _Reference(Detector):
    def analyze(self, scene: Scene, rules: Sequence[str]) -> list[Hit]:
        return self.reference(scene)


@lru_cache(maxsize=1)
def _reference() -> Detector:
    made = _Reference(rules(), KEY)
    made.gates = _NoGates(tuple(made.by_id))  # type: ignore[assignment]
    return made


def _lines(seed: int, count: int) -> list[str]:
    """Lines as the rules' own examples have them, mangled; log lines of people; and lines with nothing in them."""
    chance = random.Random(seed)
    own = rules().recognizers
    examples = [
        line
        for rule in own
        for example in (*rule.matches, *rule.not_matches)
        for line in (example.get("text") or "\n".join(cell for row in example["table"]["rows"] for cell in row if cell)).split("\n")
    ]  # fmt: skip
    words = [
        word for rule in own for word in (*rule.field_names, *rule.weak_field_names, *rule.context, *rule.not_context)
    ]
    persons = people(200, seed)
    glue = [*"가ก中aZ09 =:\"'&;,.-_/\\<>(){}|%+@\t*", "", "", " ", "０", "\u3000", "–", "\\u", "%EA%B0%80"]

    def one() -> str:
        person, line = chance.choice(persons), chance.choice(examples)
        match chance.randrange(9):
            case 0:
                return line
            case 1:
                return "".join(chance.choices(glue, k=4)) + line + "".join(chance.choices(glue, k=4))
            case 2:
                return chance.choice(words) + chance.choice(["=", ": ", '": "', "=>", "|", " ", "\t"]) + line
            case 3:
                return f"{chance.choice(words)} {line} {chance.choice(examples)}"
            case 4:
                return f"2026-06-15T03:00:00Z INFO joined nick={person.nickname} ci={person.ci} tel={person.mobile}"
            case 5:
                characters = list(
                    line
                )  # no blanks: within a name they make one that a column may have, and no gate knows
                for _ in range(3 if characters else 0):
                    characters[chance.randrange(len(characters))] = chance.choice("0123456789abcZ-=가")
                return "".join(characters)
            case 6:
                return f"{person.name} {person.dashed_mobile} {person.email or ''} {chance.choice(words)}"
            case 7:
                return chance.choice(words)
            case _:
                return f"    for (int i = {chance.randrange(99)}; i < names.length; i++) {{ total += i * {chance.random()}; }}"

    return [one() for _ in range(count)]


def _in_text(own: Detector, path: str, text: str) -> Counter[Match]:
    asset = Asset(target="t", path=path)
    detection = own.asset(asset)
    found = [*detection.text(Text(asset=asset, text=text)), *detection.finish()]
    return Counter(match for match in found if not match.candidate)


def _in_table(own: Detector, columns: Sequence[str], rows: Sequence[Sequence[str]], header: bool) -> Counter[Match]:
    asset = Asset(target="t", path="export/data.csv")
    detection = own.asset(asset)
    arrays = tuple(pa.array([row[index] for row in rows], pa.string()) for index in range(len(columns)))
    table = Table(asset=asset, columns=tuple(columns), header=header, arrays=arrays)
    found = [*detection.table(table), *detection.finish()]
    return Counter(match for match in found if not match.candidate)


@pytest.mark.parametrize(("seed", "path"), [(1, "app.log"), (2, "src/users.py"), (3, "notes.md"), (4, "package-lock.json"), (5, "lang/ko.json")])  # fmt: skip
def test_every_line_of_a_text(seed: int, path: str) -> None:
    text = "\n".join(_lines(seed, 400))
    found = _in_text(detector(), path, text)
    assert found == _in_text(_reference(), path, text)
    assert path == "package-lock.json" or len(found) > 50


def test_one_line_of_many_kilobytes() -> None:
    text = " ".join(_lines(6, 300))
    found = _in_text(detector(), "bundle.min.txt", text)
    assert found == _in_text(_reference(), "bundle.min.txt", text)
    assert found


@pytest.mark.parametrize("header", [True, False])
def test_every_cell_of_a_table(header: bool) -> None:
    persons = people(150, 9)
    mixed = _lines(7, 150)
    columns = ["no", "nick_nm", "cust_ci", "휴대폰", "memo", "email", "birth"] if header else [f"column {n}" for n in range(1, 8)]  # fmt: skip
    rows = [
        (str(p.number), p.nickname, p.ci, p.dashed_mobile, line, p.email or "", p.birth or "")
        for p, line in zip(persons, mixed, strict=True)
    ]
    found = _in_table(detector(), columns, rows, header)
    assert found == _in_table(_reference(), columns, rows, header)
    assert len(found) > 300


@given(
    st.binary(min_size=16, max_size=200), st.sampled_from(["KR_CI", "PERSON"]), st.text(st.characters(), max_size=200)
)
def test_the_fast_fingerprint_is_the_documented_one(key: bytes, entity: str, value: str) -> None:
    vault = Vault(key, None)
    assert vault.fingerprint(entity, value) == fingerprint(key, entity, value)
    assert vault.fingerprint(entity, value + "x") == fingerprint(key, entity, value + "x")
