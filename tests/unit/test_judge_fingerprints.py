"""Fingerprints of findings: their own each, and none that says where a delivery lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.course.identity import stable_paths, stable_subjects
from auditor.judge import judge
from auditor.model.finding import EntityTally, Evidence, Finding, Observation
from auditor.model.rule import Level, PolicyRule
from tests.unit.course_model import STARTED, TEXT

POLICY = PolicyRule(id="r", title=TEXT, level=Level.HIGH, check="content", description=TEXT, remediation=())


def judged(paths: Sequence[tuple[str, int]], root: str) -> tuple[Finding, ...]:
    seen = tuple(
        Observation(
            identity=f"delivery\0{path}\0", target="delivery", path=path,
            tallies=(EntityTally(entity="KR_CI", sensitivity="linking_identifier", matches=n, distinct=n),),
        )
        for path, n in paths
    )  # fmt: skip
    return judge([POLICY], Evidence(observations=seen, now=STARTED), "gate", stable_subjects(stable_paths([root])))[0]


def test_the_same_wherever_the_folder_lies() -> None:
    here = judged([("app/a.csv", 1), ("app/b.csv", 1)], "app")
    there = judged([("/builds/9/app2/b.csv", 1), ("/builds/9/app2/a.csv", 1)], "/builds/9/app2")
    assert [f.fingerprint for f in here] == [f.fingerprint for f in there]


def test_a_folder_above_the_delivery_makes_no_test_data_of_it() -> None:
    rule = replace(POLICY, params={"folders": ["test"]})

    def count(path: str, *roots: str) -> int:
        tally = EntityTally(entity="KR_CI", sensitivity="linking_identifier", matches=1, distinct=1)
        seen = Observation(identity=f"delivery\0{path}\0", target="delivery", path=path, tallies=(tally,))
        return len(judge([rule], Evidence(observations=(seen,), roots=roots, now=STARTED), "gate")[0])

    assert count("/ci/test/app/a.csv") == 1
    assert count("/ci/test/app/a.csv", "/ci/test/app") == 0
    assert count("/ci/test/app/test/a.csv", "/ci/test/app") == 1
    assert count("/ci/test/app/test/a.csv", "/ci/test/", "/ci/test/app/") == 1
    assert count("/ci/test/app.zip!/test/a.csv", "/ci/test/app.zip") == 1
    assert count("/ci/test/app.zip!/a.csv", "/ci/test/app.zip") == 0
    assert count("/ci/test/a.csv", "/ci/test/a.csv") == 0
    assert count("test/a.csv", ".") == 1


def test_files_that_only_their_marks_tell_apart_keep_their_own_fingerprints() -> None:
    """A name that is an identifier is masked, and its mark is another with each one-time key."""
    first = judged([("app/******-*******~aaaa.csv", 5), ("app/******-*******~bbbb.csv", 2)], "app")
    again = judged([("app/******-*******~cccc.csv", 2), ("app/******-*******~dddd.csv", 5)], "app")
    assert len({f.fingerprint for f in first}) == 2
    assert {(f.fingerprint, f.verdict.count) for f in first} == {(f.fingerprint, f.verdict.count) for f in again}
