"""What a gate accepts as known, and what its file says and does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.course import baseline
from auditor.errors import InputError
from tests.unit.course_model import found


def kept(tmp_path: Path, *findings: object) -> baseline.Baseline:
    file = tmp_path / "b.json"
    file.write_text(baseline.text(findings), "utf-8")  # type: ignore[arg-type]
    return baseline.read(file)


def test_what_is_known_does_not_count_what_is_new_does(tmp_path: Path) -> None:
    still, accepted, use = baseline.apply([found("a"), found("b")], kept(tmp_path, found("a"), found("c")))
    assert [f.fingerprint for f in still] == [found("b").fingerprint]
    assert [f.track.suppression.by for f in accepted if f.track.suppression] == ["b.json"]
    assert use is not None
    assert (use.entries, use.accepted, use.unmet, use.grown) == (2, 1, 1, 0)


@pytest.mark.parametrize(("count", "counts"), [(2, False), (3, False), (4, True)])
def test_more_distinct_values_than_known_count_again(tmp_path: Path, count: int, counts: bool) -> None:
    still, accepted, use = baseline.apply([found(count=count)], kept(tmp_path, found(count=3)))
    assert (bool(still), bool(accepted)) == (counts, not counts)
    assert use is not None
    assert use.grown == counts
    if counts:
        assert still[0].track.known == 3


def test_the_file_holds_hashes_and_counts_alone(tmp_path: Path) -> None:
    text = baseline.text([found("a", path="home/홍길동_900101-1234567.csv")])
    assert set(json.loads(text)["findings"][0]) == {"rule", "entity", "fingerprint", "distinct"}
    assert "home" not in text
    assert "900101" not in text
    assert "홍길동" not in text


def test_an_empty_one_is_read_too(tmp_path: Path) -> None:
    assert kept(tmp_path).known == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "is no baseline"),
        ('{"baseline": 1}', "is no baseline"),
        ('{"baseline": 2, "findings": []}', "another format"),
        ('{"baseline": true, "findings": []}', "another format"),
        ('{"baseline": 1, "findings": [\n  {"fingerprint": "xyz", "distinct": 1}\n]}', "b.json:2:1: entry 1"),
        ('{"baseline": 1, "findings": [{"fingerprint": "' + "0" * 32 + '", "distinct": -1}]}', "entry 1"),
        ('{"baseline": 1, "findings": [{"fingerprint": "' + "0" * 32 + '", "distinct": true}]}', "entry 1"),
        ("[" * 100_000, ""),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "b.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        baseline.read(file)
    assert said in str(error.value)
    assert "--write-baseline" in str(error.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b'{"a": "\xff\xfe"}')
    with pytest.raises(InputError, match="not UTF-8"):
        baseline.read(tmp_path / "b.json")
    with pytest.raises(InputError, match="cannot be read"):
        baseline.read(tmp_path / "none.json")
