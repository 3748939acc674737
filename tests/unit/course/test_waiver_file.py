"""Waiver files: what is refused, and where it says so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor import yamlfile
from auditor.course.waiverfile import load
from auditor.errors import InputError
from auditor.model.course import Waivers
from auditor.model.engagement import Contract
from auditor.resources import rules_dir

GOOD = "{id: W-1, rule: r, owner: o, reason: why, granted: 2026-03-01, expires: 2026-12-31}"


def read(tmp_path: Path, *entries: str, contract: Contract | None = None) -> Waivers:
    file = tmp_path / "w.yaml"
    file.write_text(
        "waivers:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else "waivers: []\n", "utf-8"
    )
    return load(
        file, contract=contract or Contract(ends=date(2026, 12, 1)), rules=frozenset({"r", "certificate"}),
        never=frozenset({"certificate"}), targets=frozenset({"t"}), entities=frozenset({"KR_CI"}),
    )  # fmt: skip


def problems(tmp_path: Path, *entries: str, contract: Contract | None = None) -> str:
    with pytest.raises(InputError) as error:
        read(tmp_path, *entries, contract=contract)
    assert all(problem.line for problem in error.value.problems)
    return str(error.value)


def test_what_a_waiver_says(tmp_path: Path) -> None:
    waivers = read(tmp_path, GOOD, GOOD.replace("W-1", "W-2").replace("2026-12-31", "contract.ends + 5d"))
    assert [w.expires for w in waivers.waivers] == [date(2026, 12, 31), date(2026, 12, 6)]
    assert waivers.waivers[1].place.endswith("w.yaml:3")
    assert len(waivers.digest) == 64


def test_no_waivers_are_no_mistake(tmp_path: Path) -> None:
    assert read(tmp_path).waivers == ()


@pytest.mark.parametrize("key", ["id", "rule", "owner", "reason", "granted", "expires"])
def test_none_of_these_may_be_missing_or_empty(tmp_path: Path, key: str) -> None:
    parts = [part for part in GOOD.strip("{}").split(", ") if not part.startswith(f"{key}:")]
    assert f'the key "{key}" is missing' in problems(tmp_path, "{" + ", ".join(parts) + "}")
    assert key in problems(tmp_path, "{" + ", ".join([*parts, f'{key}: ""']) + "}")


def test_a_missing_last_day_is_explained(tmp_path: Path) -> None:
    assert "every waiver ends" in problems(tmp_path, GOOD.replace(", expires: 2026-12-31", ""))


@pytest.mark.parametrize(
    ("granted", "longest", "too_long"),
    [
        ("2026-03-01", "2027-03-01", "2027-03-02"),
        ("2024-02-29", "2025-02-28", "2025-03-01"),
        ("2023-02-28", "2024-02-28", "2024-02-29"),
        ("2025-12-31", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_year_is_the_longest(tmp_path: Path, granted: str, longest: str, too_long: str) -> None:
    entry = GOOD.replace("2026-03-01", granted)
    assert read(tmp_path, entry.replace("2026-12-31", longest)).waivers[0].expires == date.fromisoformat(longest)
    assert f"the longest ({longest})" in problems(
        tmp_path, entry.replace("expires: 2026-12-31", f"expires: {too_long}")
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("rule: r", "rule: rr"), 'there is no policy "rr"'),
        (("rule: r", "rule: certificate"), "cannot be waived"),
        (("owner: o", "owner: o, target: u"), 'there is no target "u"'),
        (("owner: o", "owner: o, entity: KR_DI"), 'there is no entity "KR_DI"'),
        (("owner: o", 'owner: o, path: "*"'), "matches everything"),
        (("owner: o", 'owner: o, path: "?*"'), "matches everything"),
        (("owner: o", "owner: o, until: 2026-12-31"), 'did you mean "expires"?'),
        (("2026-12-31", "2026-02-28"), "before it was granted"),
        (("2026-12-31", "90d"), "is not a date"),
        (("2026-12-31", "2026-02-30"), "not a day of the calendar"),
    ],
)
def test_mistakes_are_told_with_their_lines(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert said in problems(tmp_path, GOOD.replace(*change))


def test_a_relative_day_needs_the_contracts(tmp_path: Path) -> None:
    entry = GOOD.replace("2026-12-31", "contract.ends")
    assert "needs a contract" in problems(tmp_path, entry, contract=Contract())


def test_two_of_one_id_are_refused(tmp_path: Path) -> None:
    assert "the first stands in line 2" in problems(tmp_path, GOOD, GOOD)


def test_the_example_fits_the_schema_and_loads() -> None:
    file = Path(__file__).parents[3] / "examples/waivers.yaml"
    schema = json.loads((rules_dir() / "schema/waivers.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(yamlfile.read(file).tree)
    waivers = load(
        file, contract=Contract(), rules=frozenset({"personal-data-in-test-data"}), never=frozenset(),
        targets=frozenset({"dev-server"}), entities=frozenset({"NICKNAME"}),
    )  # fmt: skip
    assert waivers.waivers[0].path == "/home/*/fixtures"
